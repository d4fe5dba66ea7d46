internal import UntrailModel

/// One line of a subtitle that a drone or a camera wrote.
///
///     HOME(149.0251,-20.2533) 2017.08.05 14:11:51        longitude, latitude, as GPS in the same file
///     GPS(149.0251,-20.2533,16) BAROMETER:1.9            longitude, latitude, satellites or metres
///     F/2.8, SS 206.14, ISO 150, GPS (-59.409424, -34.650200, 16), HOME (-59.407880, -34.650736, 7.60m)
///     GPS(-20.2533,149.0251,0.0M), and before BAROMETER( latitude, longitude
///     GPS(W: 118.323281, N: 33.952263, 49.86m)           with letters, in any order
///     2020-08-12 08:55:21,745,078                        also with points or strokes, and one fraction
///     [latitude : -34.869950] [longtitude : -57.823395]  also spelled rightly, and without brackets
///     2021/03/04 05:06:07 N:22.535455 E:114.019200
struct TelemetryLine {
  struct Position {
    var latitude: Double
    var longitude: Double
    /// What the line calls it.
    var name: String
    /// Bytes from the start of the line.
    var index: Int
  }

  /// Two numbers of which one is the latitude.
  struct Pair {
    var first: Double
    var second: Double
    /// Bytes from the start of the line.
    var index: Int
    /// Nil where the line does not say; most drones write the longitude first.
    var isLatitudeFirst: Bool?

    var position: Position {
      isLatitudeFirst ?? false
        ? Position(latitude: first, longitude: second, name: "GPS", index: index)
        : Position(latitude: second, longitude: first, name: "GPS", index: index)
    }
  }

  private(set) var position: Position?
  private(set) var home: Pair?
  /// Civil seconds since 1970, and where they stand in the line.
  private(set) var time: (seconds: Int64, index: Int)?
  /// Whether the line has settings of a camera, as only such devices write them.
  private(set) var hasSettings = false

  private let bytes: [UInt8]
  private let isWhole: Bool
  private var latitude: (value: Double, index: Int)?
  private var longitude: Double?

  /// - Parameter isWhole: false where the line may be cut, so that a number at its end may be.
  init(_ bytes: [UInt8], isWhole: Bool) {
    self.bytes = bytes
    self.isWhole = isWhole
    var index = 0
    while index < bytes.count {
      if Self.isLetter(bytes[index]) {
        let start = index
        while index < bytes.count, Self.isLetter(bytes[index]) || bytes[index] == UInt8(ascii: "_") {
          index += 1
        }
        index = readWord(start..<index)
      } else if Self.isDigit(bytes[index]) {
        if time == nil, let seconds = dateTime(at: index) { time = (seconds, index) }
        while index < bytes.count, Self.isDigit(bytes[index]) { index += 1 }
      } else {
        index += 1
      }
    }
    if let latitude, let longitude, position == nil {
      position = Position(
        latitude: latitude.value, longitude: longitude, name: "latitude", index: latitude.index)
    }
  }

  private static func isLetter(_ byte: UInt8) -> Bool { byte & 0xDF >= 0x41 && byte & 0xDF <= 0x5A }
  private static func isDigit(_ byte: UInt8) -> Bool { byte >= 0x30 && byte <= 0x39 }

  /// - Returns: where to go on.
  private mutating func readWord(_ range: Range<Int>) -> Int {
    guard range.count <= 10 else { return range.upperBound }
    let word = String(decoding: bytes[range], as: UTF8.self)
    if word == "GPS" || word == "HOME", let (pair, end) = pair(behind: range) {
      if word == "GPS" { position = position ?? pair.position } else { home = home ?? pair }
      return end
    }
    switch word.lowercased() {
    case "latitude", "lat":
      if let value = number(behind: range.upperBound) { latitude = (value, range.lowerBound) }
    case "longitude", "longtitude", "lon", "lng", "long":
      longitude = number(behind: range.upperBound) ?? longitude
    case "n": if let value = fineNumber(behind: range) { latitude = (value, range.lowerBound) }
    case "s": if let value = fineNumber(behind: range) { latitude = (-value, range.lowerBound) }
    case "e": longitude = fineNumber(behind: range) ?? longitude
    case "w": longitude = fineNumber(behind: range).map { -$0 } ?? longitude
    case "iso", "shutter", "fnum", "framecnt", "srtcnt", "barometer", "ev":
      hasSettings = hasSettings || isSetting(range)
    default: break
    }
    return range.upperBound
  }

  /// Whether a colon or a number stands behind a word.
  private func isSetting(_ range: Range<Int>) -> Bool {
    guard let next = bytes[range.upperBound...].first(where: { $0 != 0x20 }) else { return false }
    return next == UInt8(ascii: ":") || Self.isDigit(next)
  }

  /// The number behind a name, with its hemisphere where a letter follows: `: -34.86`, `=22.53 S`.
  private func number(behind start: Int) -> Double? {
    guard let (value, end) = signedNumber(from: start, needsMark: true) else { return nil }
    var index = end
    while index < bytes.count, bytes[index] == 0x20 || bytes[index] > 0x7F { index += 1 }
    guard index < bytes.count, index + 1 == bytes.count || !Self.isLetter(bytes[index + 1]) else {
      return value
    }
    return "SWsw".utf8.contains(bytes[index]) && value > 0 ? -value : value
  }

  /// The number behind a hemisphere's letter, where it has three decimals at least.
  private func fineNumber(behind range: Range<Int>) -> Double? {
    // "H.S 1.843m/s" is a speed.
    if range.lowerBound > 0, bytes[range.lowerBound - 1] == UInt8(ascii: ".") { return nil }
    guard let (value, end) = signedNumber(from: range.upperBound, needsMark: false), value >= 0 else {
      return nil
    }
    let digits = bytes[..<end].reversed().prefix(while: Self.isDigit)
    return digits.count >= 3 && end - digits.count > 0 && bytes[end - digits.count - 1] == UInt8(ascii: ".")
      ? value : nil
  }

  /// - Parameter needsMark: whether a colon or an equals sign must stand before the number.
  private func signedNumber(from start: Int, needsMark: Bool) -> (value: Double, end: Int)? {
    var index = start
    var hasMark = false
    while index < bytes.count, bytes[index] == 0x20 || ":=".utf8.contains(bytes[index]) {
      if bytes[index] != 0x20 { hasMark = true }
      index += 1
    }
    guard hasMark || !needsMark else { return nil }
    var end = index
    while end < bytes.count, Self.isDigit(bytes[end]) || "+-.".utf8.contains(bytes[end]) { end += 1 }
    guard end < bytes.count || isWhole, let value = WrittenNumber.read(bytes[index..<end]) else { return nil }
    return (value, end)
  }

  /// Two numbers with fractions in parentheses, and where they end.
  private func pair(behind range: Range<Int>) -> (pair: Pair, end: Int)? {
    guard let open = bytes[range.upperBound...].firstIndex(where: { $0 != 0x20 }),
      bytes[open] == UInt8(ascii: "("),
      let close = bytes[open...].firstIndex(of: UInt8(ascii: ")"))
    else { return nil }
    let parts = bytes[(open + 1)..<close].split(
      separator: UInt8(ascii: ","), omittingEmptySubsequences: false)
    guard parts.count >= 2, let first = Self.part(parts[0]), let second = Self.part(parts[1]) else {
      return nil
    }
    var pair = Pair(first: first.value, second: second.value, index: range.lowerBound)
    if first.letter != 0 {
      pair.isLatitudeFirst = "NS".utf8.contains(first.letter)
    } else if abs(first.value) > 90 || abs(second.value) > 90 {
      pair.isLatitudeFirst = abs(first.value) <= 90
    } else if parts.count > 2, parts[2].last == UInt8(ascii: "M") {
      // Matrice 300: GPS(48.8584,2.2945,0.0M).
      pair.isLatitudeFirst = true
    } else if String(decoding: bytes[close...].prefix(16), as: UTF8.self).hasPrefix(") BAROMETER(") {
      // Avata 2: GPS(48.858400,2.294500,35.1) BAROMETER(91.2).
      pair.isLatitudeFirst = true
    }
    return (pair, close)
  }

  /// A number with a hemisphere's letter before it; the letter is 0 where there is none.
  private static func part(_ bytes: ArraySlice<UInt8>) -> (value: Double, letter: UInt8)? {
    var rest = bytes.filter { $0 != 0x20 }[...]
    var letter: UInt8 = 0
    if let first = rest.first, "NSEW".utf8.contains(first) {
      letter = first
      rest = rest.dropFirst()
      if rest.first == UInt8(ascii: ":") { rest = rest.dropFirst() }
    }
    guard rest.contains(UInt8(ascii: ".")), let value = WrittenNumber.read(rest) else { return nil }
    return (letter == UInt8(ascii: "S") || letter == UInt8(ascii: "W") ? -value : value, letter)
  }

  /// Reads YYYY-MM-DD HH:MM:SS, also with points or strokes in the date.
  private func dateTime(at start: Int) -> Int64? {
    guard start + 19 <= bytes.count, start == 0 || !Self.isDigit(bytes[start - 1]) else { return nil }
    func number(_ at: Int, _ count: Int) -> Int? {
      WrittenNumber.whole(bytes[(start + at)..<(start + at + count)])
    }
    guard let year = number(0, 4), let month = number(5, 2), let day = number(8, 2), let hour = number(11, 2),
      let minute = number(14, 2), let second = number(17, 2), "-./".utf8.contains(bytes[start + 4]),
      bytes[start + 7] == bytes[start + 4], " T".utf8.contains(bytes[start + 10]),
      bytes[start + 13] == UInt8(ascii: ":"), bytes[start + 16] == UInt8(ascii: ":"), year >= 1980, hour < 24,
      minute < 60, second <= 60, CivilDate.isValid(year: year, month: month, day: day)
    else { return nil }
    return CivilDate.days(year: year, month: month, day: day) * 86_400
      + Int64(hour * 3600 + minute * 60 + second)
  }
}

/// One sentence of NMEA 0183.
///
///     $ TT SSS , field , field ... * HH      talker, sentence, fields, exclusive or of what is between $ and *
///     $ P MMM...                             of a maker
///     ! TT SSS                               with a message packed into six bits a character
///
/// Source: IEC 61162-1:2016, section 7.
struct NMEASentence {
  enum Checksum {
    case right
    case wrong
    case missing
  }

  /// Talker and sentence, or P with the maker and the sentence.
  let address: String
  /// What stands behind the address, field by field.
  let fields: [ArraySlice<UInt8>]
  let checksum: Checksum

  /// The sentence without its talker; nil for those of makers.
  var kind: Substring? {
    let isOfMaker = address.first == "P" || address.hasPrefix("LXWP")
    return address.count == 5 && !isOfMaker ? address.dropFirst(2) : nil
  }

  /// The sentences in a line, whatever stands before and between them; each with the place of its first byte in the
  /// line.
  static func all(in line: [UInt8]) -> [(sentence: NMEASentence, index: Int)] {
    var found: [(NMEASentence, Int)] = []
    var index = line.startIndex
    while let start = line[index...].firstIndex(where: isStart) {
      let next = line[(start + 1)...].firstIndex(where: isStart) ?? line.endIndex
      if let sentence = NMEASentence(line[(start + 1)..<next]) { found.append((sentence, start)) }
      index = next
    }
    return found
  }

  private static func isStart(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: "$") || byte == UInt8(ascii: "!")
  }

  /// - Parameter bytes: what stands behind the first character, to the next sentence or the end of the line.
  init?(_ bytes: ArraySlice<UInt8>) {
    guard let comma = bytes.firstIndex(of: UInt8(ascii: ",")), comma - bytes.startIndex >= 3,
      comma - bytes.startIndex <= 10,
      bytes[..<comma].allSatisfy({ $0 >= 0x30 && $0 <= 0x39 || $0 >= 0x41 && $0 <= 0x5A })
    else { return nil }
    address = String(decoding: bytes[..<comma], as: UTF8.self)
    var end = bytes.endIndex
    var checksum = Checksum.missing
    if let star = bytes.lastIndex(of: UInt8(ascii: "*")), star > comma, bytes.endIndex - star >= 3,
      let high = Hexadecimal.digit(bytes[star + 1]), let low = Hexadecimal.digit(bytes[star + 2])
    {
      end = star
      let sum = bytes[..<star].reduce(0) { $0 ^ $1 }
      // What the sum of other letters than ASCII was made of is not known.
      let isASCII = bytes[..<star].allSatisfy { $0 < 0x80 }
      checksum = sum == high << 4 | low ? .right : isASCII ? .wrong : .missing
    }
    self.checksum = checksum
    fields = bytes[(comma + 1)..<end].split(separator: UInt8(ascii: ","), omittingEmptySubsequences: false)
  }

  /// The text of a field; empty where there is none.
  func text(_ index: Int) -> String {
    guard fields.indices.contains(index) else { return "" }
    return ExifText.ascii(fields[index]) ?? ""
  }

  func number(_ index: Int) -> Double? {
    guard fields.indices.contains(index) else { return nil }
    return WrittenNumber.read(fields[index])
  }

  /// The letter in a field; 0 where there is none.
  func letter(_ index: Int) -> UInt8 { fields.indices.contains(index) ? fields[index].first ?? 0 : 0 }

  /// Degrees of a latitude or longitude that is written as degrees and minutes, DDDMM.MMMM, with its hemisphere in
  /// the next field; nil where either is missing.
  func degrees(_ index: Int) -> Double? {
    guard let value = number(index), value >= 0, value < 18_100 else { return nil }
    let degrees = (value / 100).rounded(.down)
    let minutes = value - degrees * 100
    guard minutes < 60 else { return nil }
    switch letter(index + 1) {
    case UInt8(ascii: "N"), UInt8(ascii: "E"): return degrees + minutes / 60
    case UInt8(ascii: "S"), UInt8(ascii: "W"): return -(degrees + minutes / 60)
    default: return nil
    }
  }

  /// Seconds since midnight of HHMMSS with a fraction; nil where it is no time.
  func secondsOfDay(_ index: Int) -> Int64? {
    guard fields.indices.contains(index), fields[index].count >= 6,
      let value = WrittenNumber.whole(fields[index].prefix(6))
    else { return nil }
    let (hour, minute, second) = (value / 10_000, value / 100 % 100, value % 100)
    guard hour < 24, minute < 60, second <= 60 else { return nil }
    return Int64(hour * 3600 + minute * 60 + second)
  }

  /// Days since 1970 of DDMMYY; nil where it is no date.
  func day(_ index: Int) -> Int64? {
    guard fields.indices.contains(index), fields[index].count == 6,
      let value = WrittenNumber.whole(fields[index])
    else { return nil }
    return TwoDigitYear.day(value % 100, month: value / 100 % 100, day: value / 10_000)
  }
}

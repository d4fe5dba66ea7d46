/// Reads what a ship's own transponder says of the ship: AIS messages in VDO sentences.
///
///     payload: six bits a character, 48 and up, 40 values, then 96 and up; texts: six bits a letter, 0 is @
///     bits 0-5 type, 8-37 MMSI
///     types 1-3, 9   longitude at 61, latitude at 89       28 and 27 bits, signed, 1/600000 degree
///     types 18, 19   longitude at 57, latitude at 85
///     type 27        longitude at 44, latitude at 62       18 and 17 bits, signed, 1/600 degree
///     type 5         call sign at 70, name at 112          7 and 20 letters
///     type 24        part at 38; 0: name at 40; 1: call sign at 90
///
/// Source: ITU-R M.1371-5, annex 8, section 3.
struct AISShip {
  struct Report {
    var number: UInt64
    var name = ""
    var callSign = ""
    var position: (latitude: Double, longitude: Double)?
  }

  private var parts: [UInt8] = []
  private var partCount = 0

  /// Takes a sentence; gives the report when it is complete.
  mutating func add(_ sentence: NMEASentence) -> Report? {
    guard sentence.fields.count >= 6, let total = sentence.number(0), let part = sentence.number(1),
      total >= 1, total <= 9
    else { return nil }
    if part == 1 { (parts, partCount) = ([], 0) }
    guard part == Double(partCount + 1) else { return nil }
    for byte in sentence.fields[4] {
      guard byte >= 48, byte <= 87 || byte >= 96 && byte <= 119, parts.count < 1024 else { return nil }
      parts.append(byte < 96 ? byte - 48 : byte - 56)
    }
    partCount += 1
    guard part == total else { return nil }
    defer { (parts, partCount) = ([], 0) }
    return report
  }

  private func bits(_ start: Int, _ count: Int) -> UInt64? {
    guard start + count <= parts.count * 6 else { return nil }
    return (start..<(start + count)).reduce(0) { value, bit in
      value << 1 | UInt64(parts[bit / 6] >> UInt8(5 - bit % 6) & 1)
    }
  }

  private func signed(_ start: Int, _ count: Int) -> Double? {
    bits(start, count).map { Double(Int64(bitPattern: $0 << UInt64(64 - count)) >> Int64(64 - count)) }
  }

  private func text(_ start: Int, _ count: Int) -> String {
    var text = ""
    for index in 0..<count {
      guard let value = bits(start + 6 * index, 6), value > 0 else { break }
      text.unicodeScalars.append(Unicode.Scalar(UInt8(value < 32 ? value + 64 : value)))
    }
    while text.last == " " { text.removeLast() }
    return text
  }

  private var report: Report? {
    guard let type = bits(0, 6), let number = bits(8, 30), number > 0 else { return nil }
    var report = Report(number: number)
    switch type {
    case 1...3, 9: report.position = position(61, 28, 27, perDegree: 600_000)
    case 18, 19: report.position = position(57, 28, 27, perDegree: 600_000)
    case 27: report.position = position(44, 18, 17, perDegree: 600)
    case 5: (report.callSign, report.name) = (text(70, 7), text(112, 20))
    case 24:
      if bits(38, 2) == 0 { report.name = text(40, 20) } else { report.callSign = text(90, 7) }
    default: break
    }
    return report
  }

  /// Nil where the ship does not know: longitude 181, latitude 91.
  private func position(
    _ start: Int, _ longitudeBits: Int, _ latitudeBits: Int, perDegree: Double
  ) -> (latitude: Double, longitude: Double)? {
    guard let longitude = signed(start, longitudeBits),
      let latitude = signed(start + longitudeBits, latitudeBits)
    else { return nil }
    let degrees = (latitude: latitude / perDegree, longitude: longitude / perDegree)
    return degrees.latitude == 91 || degrees.longitude == 181 ? nil : degrees
  }
}

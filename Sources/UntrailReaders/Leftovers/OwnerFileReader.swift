internal import UntrailBytes
internal import UntrailModel

/// Owner files of office programs, which lie beside a document while it is open, and after a crash.
///
///     ~$plan.docx: LL name, 53 bytes; LL LL name, 106 bytes or more      Microsoft; the name again in UTF-16
///
/// Source: Microsoft, support article 211632 (owner files of Word); files of Word and Excel 365.
struct OwnerFileReader: MetadataReader {
  var name: String { "Office owner file" }
  var mediaTypes: [String] { ["application/x-ms-office-owner"] }
  var channels: String { "who has the document open" }

  func read(
    _ source: ByteSource, into result: inout ReadResult, with tools: ReaderTools
  ) throws(ParseError) {
    let shortLength = Int(try source.u8(at: 0))
    // Excel has one byte more before the second name.
    for start in [54, 55] where start + 2 <= source.count {
      let length = Int(try source.u16(at: start, .little))
      guard length > 0, length <= 52, start + 2 + 2 * length <= source.count,
        let user = ExifText.utf16(try source.bytes(at: start + 2, count: 2 * length), isLittleEndian: true)
      else { continue }
      result.add(.account, .person(user), "OwnerFile:User", at: start + 2)
      return
    }
    if let user = ExifText.ascii(try source.bytes(at: 1, count: min(shortLength, 52))) {
      result.add(.account, .person(user), "OwnerFile:User", at: 1)
    }
  }
}

/// Lock files of LibreOffice and OpenOffice: .~lock.plan.odt#
///
///     NAME,USER,COMPUTER,DD.MM.YYYY HH:MM,file:///PROFILE;
///
/// Source: LibreOffice, svl/source/misc/lockfilecommon.cxx.
struct OfficeLockReader: MetadataReader {
  var name: String { "LibreOffice lock file" }
  var mediaTypes: [String] { ["text/x-libreoffice-lock"] }
  var channels: String { "who has the document open, on which computer, since when" }

  func read(
    _ source: ByteSource, into result: inout ReadResult, with tools: ReaderTools
  ) throws(ParseError) {
    let bytes = try source.bytes(at: 0, count: min(source.count, tools.limits.text))
    guard let fields = Self.fields(bytes) else {
      throw ParseError(.malformed, at: 0, "no five fields")
    }
    func text(_ index: Int) -> String? { ExifText.ascii(fields[index].bytes) }
    if let name = text(0) { result.add(.author, .person(name), "Lock:Name", at: fields[0].offset) }
    if let user = text(1) { result.add(.account, .person(user), "Lock:User", at: fields[1].offset) }
    if let host = text(2) {
      result.add(.host, .device(Device(hostName: host)), "Lock:Host", at: fields[2].offset)
    }
    if let time = text(3).flatMap(Self.time) {
      result.add(.edited, .timestamp(time), "Lock:Time", at: fields[3].offset)
    }
    if let profile = text(4) { result.add(.path, .link(profile), "Lock:Profile", at: fields[4].offset) }
  }

  private struct Field {
    var bytes: [UInt8]
    var offset: Int
  }

  /// The five fields; a backslash stands before a comma, a semicolon and itself inside of one.
  private static func fields(_ bytes: some Collection<UInt8>) -> [Field]? {
    var fields = [Field(bytes: [], offset: 0)]
    var isEscaped = false
    for (offset, byte) in bytes.enumerated() {
      if isEscaped {
        fields[fields.count - 1].bytes.append(byte)
        isEscaped = false
      } else if byte == UInt8(ascii: "\\") {
        isEscaped = true
      } else if byte == UInt8(ascii: ",") {
        guard fields.count < 5 else { return nil }
        fields.append(Field(bytes: [], offset: offset + 1))
      } else if byte == UInt8(ascii: ";") {
        return fields.count == 5 ? fields : nil
      } else if byte < 0x20 {
        return nil
      } else {
        fields[fields.count - 1].bytes.append(byte)
      }
    }
    return nil
  }

  /// DD.MM.YYYY HH:MM
  private static func time(_ text: String) -> Timestamp? {
    let numbers = text.split(whereSeparator: { ". :".contains($0) }).map { Int($0) ?? -1 }
    guard numbers.count == 5, numbers[2] >= 1980,
      CivilDate.isValid(year: numbers[2], month: numbers[1], day: numbers[0]),
      (0..<24).contains(numbers[3]), (0..<60).contains(numbers[4])
    else { return nil }
    let day = CivilDate.days(year: numbers[2], month: numbers[1], day: numbers[0])
    return Timestamp(
      civilSeconds: day * 86_400 + Int64(numbers[3] * 3600 + numbers[4] * 60), precision: .minute)
  }
}

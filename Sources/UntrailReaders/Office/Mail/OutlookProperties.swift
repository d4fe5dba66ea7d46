internal import UntrailBytes
internal import UntrailModel

/// The properties of one object of an Outlook message: the message itself, a recipient, an attachment.
///
///     __substg1.0_IIIITTTT             stream: a property that is no number: its number, its type
///     __properties_version1.0          stream: 8 bytes (recipient, attachment), 24 (message inside) or 32; then each:
///       TT TT II II FF FF FF FF value, 8 bytes
///
/// Types: 001E text, 001F text in UTF-16, 0102 bytes, 0003 number, 0040 time, 000D object.
///
/// Source: Microsoft, MS-OXMSG, sections 2.1 and 2.4.
struct OutlookProperties {
  /// Properties are asked for one by one, by a copy of this as well.
  private final class Flaws {
    var first: ParseError?
  }

  private let file: CompoundFile
  private let folder: [String]
  private let streams: [String: CompoundDirectory.Entry]
  private(set) var times: [UInt16: Timestamp] = [:]
  private(set) var numbers: [UInt16: UInt32] = [:]
  private let limits: Limits
  private let flaws = Flaws()
  var codePage = 1252

  static let streamName = "__properties_version1.0"
  private static let prefix = "__substg1.0_"

  /// - Parameter headSize: bytes before the first property.
  init(
    _ file: CompoundFile, _ folder: [String], headSize: Int, into result: inout ReadResult, _ limits: Limits
  ) {
    self.file = file
    self.folder = folder
    self.limits = limits
    var streams: [String: CompoundDirectory.Entry] = [:]
    for entry in file.directory.streams(in: folder) where entry.name.hasPrefix(Self.prefix) {
      streams[String(entry.name.dropFirst(Self.prefix.count))] = entry
    }
    self.streams = streams
    guard let entry = file.directory.stream(Self.streamName, in: folder),
      let block = file.block(entry, into: &result)
    else { return }
    for offset in stride(from: headSize, through: block.count - 16, by: 16) {
      guard let type = try? block.u16(at: offset, .little), let id = try? block.u16(at: offset + 2, .little)
      else { return }
      switch type {
      case 0x0003: numbers[id] = try? block.u32(at: offset + 8, .little)
      case 0x0040: times[id] = (try? block.u64(at: offset + 8, .little)).flatMap(WindowsTime.timestamp)
      default: break
      }
    }
    // The code page of the texts, or that of the body.
    if let number = numbers[0x3FFD] ?? numbers[0x3FDE] { codePage = Int(number) }
  }

  private func bytes(_ id: UInt16, _ type: String, _ most: Int) -> [UInt8]? {
    guard let entry = streams[Self.hexadecimal(id) + type] else { return nil }
    do throws(ParseError) {
      return try file.bytes(of: entry, count: most)
    } catch {
      flaws.first = flaws.first ?? error
      return nil
    }
  }

  /// Says what could not be read of what was asked for.
  func addFlaw(into result: inout ReadResult) {
    if let flaw = flaws.first { result.damage(flaw.code.rawValue, flaw.what, at: nil) }
  }

  func text(_ id: UInt16) -> String? {
    if let bytes = bytes(id, "001F", 2 * limits.text) { return ExifText.utf16(bytes, isLittleEndian: true) }
    return bytes(id, "001E", limits.text).flatMap { CodePage.decode($0, codePage, limits) }
  }

  /// A long text as it stands there, in UTF-8 where it was UTF-16.
  func longText(_ id: UInt16) -> [UInt8]? {
    if let bytes = bytes(id, "001F", 2 * limits.structure) {
      return ExifText.utf16(bytes, isLittleEndian: true).map { Array($0.utf8) }
    }
    return bytes(id, "001E", limits.structure)
  }

  func data(_ id: UInt16, most: Int) -> [UInt8]? { bytes(id, "0102", most) }

  /// The storage that holds a message inside this object; nil where there is none.
  func object(_ id: UInt16) -> [String]? {
    let name = Self.prefix + Self.hexadecimal(id) + "000D"
    return file.directory.storages(in: folder).contains { $0.name == name } ? folder + [name] : nil
  }

  /// Four digits, as they stand in the names.
  private static func hexadecimal(_ id: UInt16) -> String {
    HexText.of([UInt8(id >> 8), UInt8(id & 0xFF)]).uppercased()
  }
}

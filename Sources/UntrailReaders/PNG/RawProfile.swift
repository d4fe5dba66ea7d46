internal import UntrailBytes
internal import UntrailModel

/// A block of another standard that ImageMagick and its kin keep in a text chunk, in hexadecimal digits.
///
///     "Raw profile type exif" 00      the keyword names the standard
///     0A "exif" 0A                    its name
///     "     468" 0A                   bytes of the block
///     "45786966..." 0A                digits, 72 a line
///
/// Source: ImageMagick, coders/png.c (Magick_png_write_raw_profile), as ExifTool's PNG.pm describes it.
enum RawProfile {
  enum Kind {
    /// EXIF, or XMP with the head of a JPEG segment.
    case exif
    case xmp
    /// IPTC data sets or the Photoshop resources around them.
    case iptc
    case icc

    /// - Parameter name: what the keyword says, in small letters.
    init?(name: Substring) {
      switch name {
      case "exif", "app1": self = .exif
      case "xmp": self = .xmp
      case "iptc", "8bim": self = .iptc
      case "icc", "icm": self = .icc
      default: return nil
      }
    }
  }

  static func decode(_ text: ByteView, _ kind: Kind, into result: inout ReadResult, _ tools: ReaderTools) {
    let diagnostics = result.diagnostics.count
    defer { result.forgetPlaces(from: diagnostics) }
    do throws(ParseError) {
      let bytes = try bytes(of: text, tools.limits)
      let block = ByteView(ByteSource(bytes: bytes, isJoined: true), start: 0, count: bytes.count)
      switch kind {
      case .exif where block.begins(with: packetHead):
        EmbeddedBlocks.xmp(block.dropping(packetHead.count), into: &result, tools)
      case .exif where block.begins(with: "<".utf8), .xmp: EmbeddedBlocks.xmp(block, into: &result, tools)
      case .exif: tools.exif.decode(block, into: &result, with: tools)
      case .iptc where block.begins(with: "8BIM".utf8): EmbeddedBlocks.photoshop(block, into: &result, tools)
      case .iptc: EmbeddedBlocks.iptc(block, into: &result, tools)
      case .icc: EmbeddedBlocks.icc(block, into: &result, tools)
      }
    } catch {
      result.damage(error)
    }
  }

  private static let packetHead = "http://ns.adobe.com/xap/1.0/\0".utf8

  /// The bytes that the digits stand for, behind the name and the length.
  private static func bytes(of text: ByteView, _ limits: Limits) throws(ParseError) -> [UInt8] {
    guard text.count <= limits.structure else {
      throw ParseError(.limit, at: text.start, "a profile in digits longer than \(limits.structure) bytes")
    }
    return try text.withBytes(at: 0, count: text.count) { run throws(ParseError) in
      // The name is a line of its own; writers differ in the blanks around it.
      let rest = run.drop { $0 <= 0x20 }.drop { $0 != 0x0A }.drop { $0 <= 0x20 }
      let length = rest.prefix { isDigit($0) }
      guard !length.isEmpty, length.count <= 10 else {
        throw ParseError(.malformed, at: text.start, "a profile in digits that does not say its length")
      }
      let stated = length.reduce(0) { $0 * 10 + Int($1 - UInt8(ascii: "0")) }
      let digits = rest.dropFirst(length.count).prefix { $0 <= 0x20 || Hexadecimal.digit($0) != nil }
      let bytes = Array(Hexadecimal.bytes(digits).prefix(stated))
      guard bytes.count == stated else {
        throw ParseError(.truncated, at: text.start, "a profile in digits that is shorter than it says")
      }
      return bytes
    }
  }

  private static func isDigit(_ byte: UInt8) -> Bool {
    byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9")
  }
}

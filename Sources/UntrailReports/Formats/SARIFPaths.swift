internal import UntrailBytes
internal import UntrailModel

/// Names files in a SARIF report: relative to the root on the command line, and never by a whole path of the machine
/// unless the report is exact.
///
/// Source: RFC 3986; SARIF 2.1.0, sections 3.4 and 3.14.14.
struct SARIFPaths {
  private let paths: RelativePaths
  private let level: PrivacyLevel

  init(_ header: RunHeader) {
    level = header.privacy
    paths = RelativePaths(header.roots)
  }

  /// A file's URI, and the root that it is relative to.
  struct Location {
    var uri: String
    var root: Int?
  }

  /// - Parameter path: as the level shows it.
  func location(_ path: PathBytes) -> Location {
    let (tail, root) = relative(path)
    if root == nil, level == .exact, path.bytes.first == UInt8(ascii: "/") {
      return Location(uri: "file://" + Self.encoded(path.bytes[...], isAbsolute: true), root: nil)
    }
    let uri = Self.encoded(tail, isAbsolute: false)
    return Location(uri: uri.isEmpty ? "./" : uri, root: root)
  }

  /// The path from its root on.
  func relative(_ path: PathBytes) -> (tail: ArraySlice<UInt8>, root: Int?) {
    level == .share ? (path.bytes[...], nil) : paths.relative(path)
  }

  /// "originalUriBaseIds": a root has a URI only in an exact report, and only where it is absolute.
  func bases(into buffer: ByteBuffer) {
    buffer.append("{")
    for (number, root) in paths.roots.enumerated() where level != .share {
      if number > 0 { buffer.append(",") }
      buffer.append(utf8: "\"ROOT\(number)\":{")
      if level == .exact, root.isEmpty || root.first == UInt8(ascii: "/") {
        buffer.append("\"uri\":")
        let path = Self.encoded(root[...], isAbsolute: true)
        buffer.json("file://" + (path.hasSuffix("/") ? path : path + "/"))
        buffer.append(",")
      }
      buffer.append(utf8: "\"description\":{\"text\":\"path \(number + 1) of the command line\"}}")
    }
    buffer.append("}")
  }

  /// The parts of a path as a URI has them; what could lead out of the base (`.` and `..`) is left out.
  static func encoded(_ path: ArraySlice<UInt8>, isAbsolute: Bool) -> String {
    let parts = path.split(separator: UInt8(ascii: "/"))
      .filter { !$0.elementsEqual(".".utf8) && !$0.elementsEqual("..".utf8) }
      .map { part in part.map(encoded).joined() }
    return (isAbsolute ? "/" : "") + parts.joined(separator: "/")
  }

  private static func encoded(_ byte: UInt8) -> String {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"),
      UInt8(ascii: "~"):
      return String(UnicodeScalar(byte))
    default:
      return "%" + (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true)
    }
  }
}

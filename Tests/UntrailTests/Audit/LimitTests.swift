import Testing
import UntrailAudit
import UntrailIdentify
import UntrailModel

#if canImport(Glibc)
  import Glibc
#endif

/// Every limit inside a file, reached: the file is partial, says so, and keeps what was read before.
@Suite("Limits")
struct LimitTests {
  private static let comment = String(repeating: "long ", count: 1000)

  /// A photo with a long comment behind its make.
  private static func photo() -> [UInt8] {
    var exif = ExifBuilder()
    exif.add(.image, 0x010F, ascii: "Osprey")
    exif.add(.image, 0x0110, ascii: "OX-1")
    exif.add(.exif, 0x9286, bytes: Array("ASCII\0\0\0".utf8) + Array(comment.utf8), format: 7)
    return Container.jpeg(exif.build())
  }

  private func examine(_ bytes: [UInt8], _ limits: Limits) throws -> Examination {
    let folder = try TemporaryFolder()
    let path = try folder.write(bytes, to: "file")
    let descriptor = open(path, O_RDONLY)
    defer { close(descriptor) }
    return try FileExaminer(database: try MagicDatabase.open(), limits: limits)
      .examine(descriptor, Artifact(path: PathBytes("file")), byteCount: bytes.count)
  }

  @Test("far from any limit a file is read whole")
  func unlimited() throws {
    let examination = try examine(Self.photo(), Limits())
    #expect(examination.coverage == .read)
    #expect(examination.observations.count == 2)
  }

  @Test(
    "a limit that is reached cuts what lies behind it, and says so",
    arguments: [("bytes", 4096), ("structure", 4096), ("entries", 1), ("observations", 1), ("text", 64)])
  func reached(name: String, value: Int) throws {
    var limits = Limits()
    limits[try #require(Limits.name(name[...]))] = value
    let examination = try examine(Self.photo(), limits)
    #expect(examination.coverage == .partial)
    #expect(examination.diagnostics.contains { $0.code == "limit" })
    let texts = examination.observations.compactMap(\.text)
    #expect(!texts.contains(Self.comment.trimmed))
    if name == "text" { #expect(texts.contains { Self.comment.hasPrefix($0) && $0.utf8.count > 40 }) }
  }

  @Test("texts that are too long together are left out from there on, and the rest reaches the parent")
  func texts() throws {
    let comment = Container.segment(0xFE, [UInt8](repeating: 0x41, count: 8000))
    let comments = [[UInt8]](repeating: comment, count: 600).joined()
    let bytes: [UInt8] = [0xFF, 0xD8] + comments + [0xFF, 0xDA, 0, 2]
    let examination = try examine(bytes, Limits())
    #expect(examination.coverage == .partial)
    #expect(examination.observations.count == (4 << 20) / 8000)
    #expect(examination.diagnostics.map(\.code) == ["limit"])
  }

  @Test("structures inside each other end at a limit")
  func nesting() throws {
    var limits = Limits()
    limits.nesting = 1
    #expect(try examine(CIFFTests.jpeg, limits).coverage == .partial)
    #expect(try examine(CIFFTests.jpeg, Limits()).coverage == .read)
  }

  @Test("a text is cut at the end of a character")
  func cut() {
    var observation = Observation(.title, .text("aé😀b"), field: "T", offset: nil)
    let isLonger = (observation.cut(to: 8), observation.cut(to: 6))
    #expect(isLonger == (false, true))
    #expect(observation.text == "aé")
    var device = Observation(
      .camera, .device(Device(make: "Osprey", model: "OX-1")), field: "T", offset: nil)
    _ = device.cut(to: 4)
    #expect(device.fact == .device(Device(make: "Ospr", model: "OX-1")))
  }

  @Test("limits survive the way to a worker; what is no limit is refused")
  func encoded() {
    var limits = Limits()
    for name in Limits.names { limits[name] = name.range.upperBound }
    #expect(Limits(encoded: limits.encoded) == limits)
    for wrong in ["bytes", "bytes=0", "bytes=x", "size=1", "folders=-1"] {
      #expect(Limits(encoded: wrong) == nil)
    }
  }
}

extension String {
  fileprivate var trimmed: String { String(reversed().drop { $0 == " " }.reversed()) }
}

import Testing
import UntrailModel
import UntrailReaders

/// XMP in the containers that hold it.
@Suite("XMP in containers")
struct XMPContainerTests {
  static let packet = Array(XMPBuilder.text(attributes: "photoshop:City='Paris'").utf8)
  static let head = Array("http://ns.adobe.com/xap/1.0/\0".utf8)
  static let oddHead = Array("XMP\0://ns.adobe.com/xap/1.0/\0".utf8)

  static let cases: [(String, String, [UInt8])] = {
    var exif = ExifBuilder()
    exif.add(.image, 0x02BC, bytes: packet, format: 1)
    func jpeg(_ head: [UInt8]) -> [UInt8] {
      [0xFF, 0xD8] + Container.segment(0xE1, head + packet) + [0xFF, 0xDA, 0, 2]
    }
    return [
      ("JPEG", "image/jpeg", jpeg(head)), ("JPEG, another head", "image/jpeg", jpeg(oddHead)),
      ("WebP", "image/webp", Container.webp([("VP8 ", [1, 2, 3]), ("XMP ", packet)])),
      ("TIFF", "image/tiff", exif.build()),
    ]
  }()

  @Test("reads, at its offset", arguments: cases.map(\.0))
  func reads(name: String) throws {
    let (_, mediaType, bytes) = try #require(Self.cases.first { $0.0 == name })
    let result = read(bytes, as: mediaType)
    #expect(result.facts == ["XMP-photoshop:City=Paris"])
    #expect(bytes[try #require(result.observations.first?.offset)...].starts(with: "Paris".utf8))
    #expect(!result.isDamaged)
  }

  /// Segments of an extended packet, in an order of the writer's own.
  static func extended(_ packet: [UInt8], guid: String, size: Int) -> [UInt8] {
    var segments: [[UInt8]] = []
    var start = 0
    while start < packet.count {
      let piece = packet[start..<min(start + size, packet.count)]
      let head = Array("http://ns.adobe.com/xmp/extension/\0".utf8) + Array(guid.utf8)
      segments.append(
        Container.segment(0xE1, head + Container.big(packet.count) + Container.big(start) + piece))
      start += size
    }
    return segments.reversed().flatMap { $0 }
  }

  @Test("an extended packet in pieces, beside pieces of an older one, longer than a structure may be")
  func extendedPacket() throws {
    let depth = String(repeating: "ABCD", count: 500_000)
    let text = XMPBuilder.text("<photoshop:City>Paris</photoshop:City>", attributes: "GDepth:Data='\(depth)'")
    let newer = Self.extended(Array(text.utf8), guid: String(repeating: "A", count: 32), size: 60_000)
    let older = Self.extended(Self.packet, guid: String(repeating: "B", count: 32), size: 200)
    let bytes = [0xFF, 0xD8] + newer + older + [0xFF, 0xDA, 0, 2]
    let result = read(bytes, as: "image/jpeg")
    #expect(result.byteCount(of: .depthMap) == 1_500_000)
    #expect(result.facts == ["XMP-photoshop:City=Paris"])
    #expect(!result.isDamaged)
    let city = try #require(result.observations.first { $0.role == .city })
    #expect(bytes[try #require(city.offset)...].starts(with: "Paris".utf8))
  }

  @Test("a piece that is missing is damage")
  func missingPiece() {
    let newer = Self.extended(Self.packet, guid: String(repeating: "A", count: 32), size: 200)
    let cut = [0xFF, 0xD8] + newer.dropFirst(300) + [0xFF, 0xDA, 0, 2]
    #expect(read(cut, as: "image/jpeg").isDamaged)
  }
}

import Testing
import UntrailModel
import UntrailReaders

@Suite("CIFF")
struct CIFFTests {
  /// A block with make, model, owner and serial number, in a heap inside the heap.
  static let block: [UInt8] = {
    func little(_ value: Int, _ size: Int) -> [UInt8] { (0..<size).map { UInt8(value >> (8 * $0) & 255) } }
    func heap(_ entries: [(Int, [UInt8])]) -> [UInt8] {
      var data: [UInt8] = []
      var directory = little(entries.count, 2)
      for (tag, value) in entries {
        directory += little(tag, 2) + little(value.count, 4) + little(data.count, 4)
        data += value
      }
      return data + directory + little(data.count, 4)
    }
    let inner = heap([
      (0x080A, Array("Osprey\0OX-1\0".utf8)), (0x0810, Array("Mara Example\0".utf8)),
      (0x180B, little(123_456, 4)),
    ])
    return Array("II".utf8) + little(14, 4) + Array("HEAPJPGM".utf8) + heap([(0x2807, inner)])
  }()

  static let jpeg: [UInt8] = [0xFF, 0xD8] + Container.segment(0xE0, block) + [0xFF, 0xDA, 0, 2]

  @Test("reads")
  func reads() {
    let result = read(Self.jpeg, as: "image/jpeg")
    #expect(result.text(.device, .camera) == "Osprey OX-1")
    #expect(result.text(.person, .owner) == "Mara Example")
    #expect(result.text(.serial, .body) == "123456")
    #expect(!result.isDamaged)
  }

  @Test("is clean")
  func isClean() {
    let jpeg = [0xFF, 0xD8] + Container.segment(0xE0, Array("II12345678901234".utf8)) + [0xFF, 0xDA, 0, 2]
    let result = read(jpeg, as: "image/jpeg")
    #expect(result.observations.isEmpty)
    #expect(result.diagnostics.isEmpty)
  }

  /// A heap whose values of up to eight bytes stand in its directory where the tag has bit 4000.
  private static func heap(_ entries: [(Int, [UInt8])]) -> [UInt8] {
    func little(_ value: Int, _ size: Int) -> [UInt8] { (0..<size).map { UInt8(value >> (8 * $0) & 255) } }
    var data: [UInt8] = []
    var directory = little(entries.count, 2)
    for (tag, value) in entries {
      directory += little(tag, 2)
      if tag & 0x4000 != 0 {
        directory += value + [UInt8](repeating: 0, count: 8 - value.count)
      } else {
        directory += little(value.count, 4) + little(data.count, 4)
        data += value
      }
    }
    return data + directory + little(data.count, 4)
  }

  private static func file(_ model: String) -> [UInt8] {
    let camera = heap([(0x580B, [0x39, 0x30, 0x02, 0x00]), (0x080A, Array("Canon\0\(model)\0".utf8))])
    let zone: [UInt8] = [0x20, 0x1C, 0, 0, 0, 0, 0, 0x80]
    let image = heap([
      (0x180E, [0x00, 0x4A, 0x32, 0x66] + zone), (0x5817, [0x02, 0xB8, 0x11, 0]),
      (0x0816, Array("CRW_0001.CRW\0".utf8)), (0x2008, [0xFF, 0xD8, 0xFF, 0xD9]),
    ])
    return Array("II".utf8) + [14, 0, 0, 0] + Array("HEAPCCDR".utf8)
      + heap([(0x2807, camera), (0x300A, image)])
  }

  @Test("a whole file")
  func wholeFile() throws {
    let file = Self.file("Canon EOS X1")
    let result = read(file, as: "image/x-canon-crw")
    #expect(result.diagnostics.isEmpty)
    #expect(result.text(.serial, .body) == "0000143417")
    #expect(result.text(.link, .imageCounter) == "116-1218")
    #expect(result.text(.link, .originalFileName) == "CRW_0001.CRW")
    #expect(
      result.timestamp(.original) == Timestamp(civilSeconds: 1_714_571_776, utcOffsetMinutes: 120))
    let thumbnail = try #require(result.observations.first { $0.role == .thumbnail })
    #expect(thumbnail.fact == .hidden(HiddenContent(byteCount: 4)))
    let offset = try #require(thumbnail.offset)
    #expect(Array(file[offset..<(offset + 4)]) == [0xFF, 0xD8, 0xFF, 0xD9])
    surviveDamage(file, as: "image/x-canon-crw")
  }

  @Test("each model shows its serial number in its own way")
  func serials() {
    #expect(read(Self.file("Canon EOS D30"), as: "image/x-canon-crw").text(.serial, .body) == "2-12345")
    #expect(read(Self.file("Canon PowerShot X1"), as: "image/x-canon-crw").text(.serial, .body) == nil)
  }

  @Test("Canon's data at the end of a file")
  func optionalData() {
    let packet = Array(
      (#"<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF "#
        + #"xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about="" "#
        + #"xmlns:photoshop="http://ns.adobe.com/photoshop/1.0/" photoshop:City="Rome"/>"#
        + "</rdf:RDF></x:xmpmeta>").utf8)
    let edit: [UInt8] = [0xFF, 0xFF, 0x00, 0xF4, 0, 0, 0, 1, 9]
    let blocks = edit + [0xFF, 0xFF, 0x00, 0xF6] + Container.big(packet.count) + packet
    let name = Array("CANON OPTIONAL DATA\0".utf8)
    let head = name + [0, 0, 0, 0] + Container.big(blocks.count)
    let foot = name + Container.big(blocks.count) + [UInt8](repeating: 0, count: 40)
    let builder = TIFFBuilder(filling: Array("CR".utf8) + [2, 0, 0, 0, 0, 0])
    let file = builder.build([[builder.long(0xFE, 0)]])
    let result = read(file + head + blocks + foot, as: "image/x-canon-cr2")
    let isHandedOn =
      result.codes == ["xmp-not-read"]
      && result.diagnostics.first?.offset == file.count + head.count + edit.count + 8
    #expect(isHandedOn || result.text(.place, .city) == "Rome")
    surviveDamage(file + head + blocks + foot, as: "image/x-canon-cr2")
  }

  @Test("heaps that lie in each other end at a limit")
  func nested() {
    // Each of 255 entries is a heap, and all of them are the whole heap of 2,556 (09FC) bytes.
    let entry: [UInt8] = [0x07, 0x28, 0xFC, 0x09, 0, 0, 0, 0, 0, 0]
    let heap: [UInt8] = [0xFF, 0] + (0..<255).flatMap { _ in entry } + [0, 0, 0, 0]
    let head: [UInt8] = Array("II".utf8) + [14, 0, 0, 0]
    let block: [UInt8] = head + Array("HEAPCCDR".utf8) + heap
    #expect(read(block, as: "image/x-canon-crw").codes == ["limit"])
  }

  @Test("is damaged")
  func isDamaged() {
    for length in 15..<Self.block.count {
      let result = read(Array(Self.block.prefix(length)), as: "image/x-canon-crw")
      #expect(result.isDamaged || !result.observations.isEmpty, "cut at \(length)")
    }
  }
}

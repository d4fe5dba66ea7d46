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

import Testing
import UntrailModel
import UntrailReaders

/// GoPro's segment of a JPEG file.
@Suite("GPMF")
struct GPMFTests {
  private static func element(_ key: String, _ type: Character, _ size: Int, _ value: [UInt8]) -> [UInt8] {
    let padding = [UInt8](repeating: 0, count: (4 - value.count % 4) % 4)
    let count = value.count / size
    return Array(key.utf8) + [type.asciiValue ?? 0, UInt8(size), UInt8(count >> 8), UInt8(count & 255)]
      + value
      + padding
  }

  private static func text(_ key: String, _ value: String) -> [UInt8] {
    element(key, "c", 1, Array(value.utf8))
  }

  private static func container(_ elements: [UInt8]) -> [UInt8] { element("DEVC", "\0", 1, elements) }

  private static func file(_ elements: [UInt8]) -> [UInt8] {
    [0xFF, 0xD8] + Container.segment(0xE6, Array("GoPro\0".utf8) + container(elements))
      + [0xFF, 0xDA, 0, 2, 0xFF, 0xD9]
  }

  private static let identity =
    text("DVNM", "Photo Global Settings") + text("MINF", "HERO9 Black") + text("CASN", "C0000000000042")
    + text("FMWR", "HD9.01.01.60.00")
    + element("MUID", "L", 4, Container.big(7) + Container.big(8) + [UInt8](repeating: 0, count: 24))

  @Test("model, serial number, firmware and the id of the recording")
  func reads() {
    let result = read(Self.file(Self.identity), as: "image/jpeg")
    #expect(result.text(.device, .camera) == "GoPro HERO9 Black")
    #expect(result.text(.serial, .body) == "C0000000000042")
    #expect(result.text(.software, .firmware) == "HD9.01.01.60.00")
    #expect(result.text(.link, .contentIdentifier) == "7 8 0 0 0 0 0 0")
    #expect(!result.isDamaged)
  }

  @Test("settings say nothing of anybody")
  func clean() {
    let settings = Self.text("PTWB", "AUTO") + Self.element("MUID", "L", 4, [UInt8](repeating: 0, count: 32))
    let result = read(Self.file(settings), as: "image/jpeg")
    #expect(result.observations.isEmpty && result.diagnostics.isEmpty)
  }

  @Test("a block that is cut, too long or too deep is damage, and what came before it stays")
  func damaged() {
    var long = Self.identity
    long += Array("CASN".utf8) + [0x63, 1, 0xFF, 0xFF]
    let result = read(Self.file(long), as: "image/jpeg")
    #expect(result.isDamaged && result.text(.serial, .body) == "C0000000000042")
    var deep = Self.text("CASN", "C0000000000042")
    for _ in 0..<40 { deep = Self.container(deep) }
    #expect(read(Self.file(deep), as: "image/jpeg").codes.contains("limit"))
    surviveDamage(Self.file(Self.identity), as: "image/jpeg")
  }
}

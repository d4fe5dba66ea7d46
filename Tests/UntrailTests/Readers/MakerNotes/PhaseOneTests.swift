import Testing
import UntrailBytes
import UntrailModel
import UntrailReaders

@Suite("Phase One, Leaf and Kodak in TIFF files")
struct PhaseOneTests {
  private static func big(_ value: Int) -> [UInt8] { Container.big(value) }

  /// A note with values of these tags: text, or a number of four bytes.
  static func note(_ values: [(Int, [UInt8])]) -> [UInt8] {
    var texts: [UInt8] = []
    var directory = big(values.count) + big(0)
    for (tag, value) in values {
      directory += big(tag) + big(4) + big(value.count)
      directory += value.count <= 4 ? value : big(12 + texts.count)
      if value.count > 4 { texts += value }
    }
    return Array("MMMMRawT".utf8) + big(12 + texts.count) + texts + directory
  }

  static func file(_ note: [UInt8]) -> [UInt8] {
    let builder = TIFFBuilder(order: .big)
    return builder.build([[builder.directories(0x8769, [[builder.bytes(0x927C, note)]])]])
  }

  static let back = file(
    note([
      (0x0102, Array("LD001055\0".utf8)), (0x0112, big(1_714_564_800)), (0x0113, big(1288)),
      (0x0203, Array("Camera back 1.01\0".utf8)), (0x0412, Array("Osprey 80mm\0".utf8)),
    ]))

  @Test("reads")
  func reads() throws {
    let result = read(Self.back, as: "image/tiff")
    #expect(result.diagnostics.isEmpty)
    #expect(result.text(.serial, .body) == "LD001055")
    #expect(result.text(.link, .imageCounter) == "1288")
    #expect(result.text(.software, .firmware) == "Camera back 1.01")
    #expect(result.text(.device, .lens) == "Osprey 80mm")
    #expect(result.timestamp(.original)?.civilSeconds == 1_714_564_800)
    let offset = try #require(result.observations.first { $0.kind == .serial }?.offset)
    #expect(Self.back[offset..<(offset + 8)].elementsEqual("LD001055".utf8))
  }

  @Test("is clean")
  func isClean() {
    let result = read(
      Self.file(Self.note([(0x0105, [0, 0, 0, 100]), (0x0102, [0, 0, 0, 0])])), as: "image/tiff")
    #expect(result.observations.isEmpty && result.diagnostics.isEmpty)
  }

  @Test("is damaged")
  func isDamaged() {
    surviveDamage(Self.back, as: "image/tiff")
    #expect(read(Self.file(Array(Self.note([(0x0102, [1])]).prefix(20))), as: "image/tiff").isDamaged)
  }

  @Test("Leaf's packets")
  func leaf() {
    func packet(_ name: String, _ value: [UInt8]) -> [UInt8] {
      let padding = [UInt8](repeating: 0, count: 40 - name.utf8.count)
      return Array("PKTS".utf8) + Self.big(1) + Array(name.utf8) + padding + Self.big(value.count) + value
    }
    let capture = packet("CaptProf_serial_number", Array("WH001234 1\0".utf8))
    let camera =
      packet("CamProf_name", Array("Osprey 645\0".utf8)) + packet("CamProf_capture_profile", capture)
    let data = packet("JPEG_preview_data", [1, 2, 3]) + packet("camera_profile", camera)
    let builder = TIFFBuilder(order: .big)
    let file = builder.build([[builder.bytes(0x8606, data)]])
    let result = read(file, as: "image/tiff")
    #expect(
      result.observations.map(\.field) == ["Leaf:PreviewImage", "Leaf:CameraName", "Leaf:CaptureSerial"])
    #expect(result.text(.serial, .body) == "WH001234")
    #expect(result.diagnostics.isEmpty)
    surviveDamage(file, as: "image/tiff")
    let cut = builder.build([[builder.bytes(0x8606, Array(data.dropLast()))]])
    #expect(read(cut, as: "image/tiff").isDamaged)
  }

  @Test("Kodak's directories")
  func kodak() {
    let builder = TIFFBuilder()
    let file = builder.build([
      [
        builder.directories(0x8290, [[builder.text(0x03E9, "OSPR0001.DCR"), builder.text(0x03FC, "-")]]),
        builder.directories(0xFE00, [[builder.text(0xFA00, "KCX001234")]]),
      ]
    ])
    let result = read(file, as: "image/tiff")
    #expect(result.observations.map(\.field) == ["KodakIFD:OriginalFileName", "KDC_IFD:SerialNumber"])
    #expect(result.text(.serial, .body) == "KCX001234")
    surviveDamage(file, as: "image/tiff")
  }
}

import Testing
import UntrailBytes
import UntrailModel
import UntrailReaders

/// Segments of a JPEG file that makers of cameras have for themselves: each reads, is clean, is damaged.
@Suite("Segments of camera makers")
struct CameraSegmentTests {
  struct Case: CustomTestStringConvertible, Sendable {
    var name: String
    var segments: [UInt8]
    var unset: [UInt8]
    var lines: [String]
    var testDescription: String { name }

    var jpeg: [UInt8] { [0xFF, 0xD8] + segments + [0xFF, 0xDA, 0, 2, 0xFF, 0xD9] }
  }

  private static func fixed(_ count: Int, _ parts: [(Int, [UInt8])]) -> [UInt8] {
    var bytes = [UInt8](repeating: 0, count: count)
    for (offset, part) in parts { bytes.replaceSubrange(offset..<(offset + part.count), with: part) }
    return bytes
  }

  private static func little(_ value: UInt64, _ size: Int) -> [UInt8] {
    (0..<size).map { UInt8(truncatingIfNeeded: value >> UInt64(8 * $0)) }
  }

  // MARK: FLIR

  /// FLIR's records: the camera, and where it was.
  static func flir(latitude: Double, longitude: Double, isValid: Bool = true, serial: String) -> [UInt8] {
    let camera = fixed(
      0x390,
      [
        (0, little(2, 2)), (0xD4, Array("FLIR_x9".utf8)), (0x104, Array(serial.utf8)),
        (0x114, Array("18.0.1".utf8)), (0x170, Array("FOL18".utf8)), (0x1A0, Array("L0012345".utf8)),
        (0x384, little(1_328_966_228, 4) + little(253, 4) + little(UInt64(UInt16(bitPattern: -60)), 2)),
      ])
    let place = fixed(
      0x70,
      [
        (0, little(isValid ? 1 : 0, 4)), (0x10, little(latitude.bitPattern, 8)),
        (0x18, little(longitude.bitPattern, 8)), (0x20, little(UInt64(Float(35).bitPattern), 4)),
      ])
    func record(_ kind: Int, _ offset: Int, _ length: Int) -> [UInt8] {
      fixed(
        0x20,
        [
          (0, [UInt8(kind >> 8), UInt8(kind & 255)]), (0x0C, Container.big(offset)),
          (0x10, Container.big(length)),
        ])
    }
    let head = fixed(
      0x40,
      [
        (0, Array("FFF\0".utf8)), (0x14, Container.big(101)), (0x18, Container.big(0x40)),
        (0x1C, Container.big(3)),
      ])
    let start = 0x40 + 3 * 0x20
    let directory =
      record(1, 0xFFFF_FFFF, 0xFFFF_FFFF) + record(0x20, start, camera.count)
      + record(0x2B, start + camera.count, place.count)
    return head + directory + camera + place
  }

  static func segments(_ file: [UInt8], pieces: Int) -> [UInt8] {
    let size = (file.count + pieces - 1) / pieces
    var bytes: [UInt8] = []
    for piece in 0..<pieces {
      let head: [UInt8] = [0x46, 0x4C, 0x49, 0x52, 0, 1, UInt8(piece), UInt8(pieces - 1)]
      let end = min(file.count, (piece + 1) * size)
      bytes += Container.segment(0xE1, head + Array(file[(piece * size)..<end]))
    }
    return bytes
  }

  private static let flirLines = [
    "device/camera FLIR:CameraModel FLIR_x9", "serial/body FLIR:CameraSerialNumber 470012345",
    "software/firmware FLIR:CameraSoftware 18.0.1", "device/lens FLIR:LensModel FOL18",
    "serial/lens FLIR:LensSerialNumber L0012345",
    "timestamp/original FLIR:DateTimeOriginal 2012-02-11-14-17-08 60",
    "location/camera FLIR:GPSLatitude 48.85837, 2.294481",
  ]

  // MARK: The others

  private static let infiRay: [UInt8] = {
    let sensors = fixed(
      0x300,
      [
        (0xC0, Array("P200019B15656148".utf8)), (0x100, Array("1.02".utf8)),
        (0x240, Array("V200019B15656148".utf8)),
      ])
    return Container.segment(0xE2, [2, 0, 1, 1] + Array("IJPEG\0".utf8) + [UInt8](repeating: 0, count: 70))
      + Container.segment(0xE9, sensors)
  }()

  private static let pictureInfo =
    "[picture info]\r\nTimeDate=909698819\r\nShutter=7692\r\nSerial#=#00001234\r\n"
    + "[camera info]\r\nType=DCHT\r\nVersion=v83-0\r\n[end]\r\n"

  private static let ducky: [UInt8] = {
    func text(_ tag: UInt8, _ text: String) -> [UInt8] {
      let utf16 = text.utf16.flatMap { [UInt8($0 >> 8), UInt8($0 & 255)] }
      return [0, tag, 0, UInt8(utf16.count + 4)] + Container.big(text.utf16.count) + utf16
    }
    return Array("Ducky".utf8) + [0, 1, 0, 4, 0, 0, 0, 60] + text(2, "At the harbour")
      + text(3, "Mara Example") + [0, 0]
  }()

  private static let tdhd: [UInt8] = {
    func record(_ tag: String, _ kind: UInt64, _ body: [UInt8]) -> [UInt8] {
      Array(tag.utf8) + little(kind, 4) + little(UInt64(body.count), 4) + body
    }
    let inner = record("FWRV", 1, Array("3.21".utf8)) + record("CMSN", 1, Array("CN61B1234X\0".utf8))
    return record("TDHD", 0x10001, record("LSLV", 0x10001, inner) + [0, 0, 0, 0])
  }()

  private static let casio = fixed(
    0x70,
    [
      (0, Array("QVCI\0".utf8)), (0x4D, Array("1998.10.24.12.08.57".utf8)), (0x62, Array("QV-700".utf8)),
    ])

  static let cases = [
    Case(
      name: "FLIR",
      segments: segments(flir(latitude: 48.85837, longitude: 2.294481, serial: "470012345"), pieces: 1),
      unset: Container.segment(
        0xE1,
        Array("FLIR\0".utf8) + [1, 0, 0] + Array("FFF\0".utf8) + fixed(0x3C, [(0x10, Container.big(101))])),
      lines: flirLines),
    Case(
      name: "FLIR in three pieces",
      segments: segments(flir(latitude: 48.85837, longitude: 2.294481, serial: "470012345"), pieces: 3),
      unset: Container.segment(0xE1, Array("FLIR\0".utf8) + [1, 0, 0] + fixed(0x40, [])), lines: flirLines),
    Case(
      name: "InfiRay", segments: infiRay, unset: Container.segment(0xE9, fixed(0x300, [])),
      lines: [
        "serial/internal InfiRay:IRSensorSerialNumber P200019B15656148",
        "software/firmware InfiRay:IRSensorFirmware 1.02",
        "serial/internal InfiRay:VisibleSensorSerialNumber V200019B15656148",
      ]),
    Case(
      name: "picture info", segments: Container.segment(0xEC, Array(pictureInfo.utf8)),
      unset: Container.segment(0xEC, Array("[picture info]\r\nTimeDate=0\r\nSerial#=#00000000\r\n".utf8)),
      lines: [
        "timestamp/original PictureInfo:DateTimeOriginal 1998-10-29-22-06-59",
        "serial/body PictureInfo:SerialNumber #00001234",
        "software/firmware PictureInfo:Version v83-0",
      ]),
    Case(
      name: "Ducky", segments: Container.segment(0xEC, ducky),
      unset: Container.segment(0xEC, Array("Ducky".utf8) + [0, 1, 0, 4, 0, 0, 0, 60, 0, 0]),
      lines: ["text/comment Ducky:Comment At the harbour", "person/copyright Ducky:Copyright Mara Example"]),

    Case(
      name: "HP", segments: Container.segment(0xE6, tdhd),
      unset: Container.segment(0xE6, Array("TDHD".utf8) + [1, 0, 1, 0, 4, 0, 0, 0, 0, 0, 0, 0]),
      lines: ["software/firmware HP:FirmwareVersion 3.21", "serial/body HP:SerialNumber CN61B1234X"]),

    Case(
      name: "Casio", segments: Container.segment(0xE1, casio),
      unset: Container.segment(0xE1, fixed(0x70, [(0, Array("QVCI\0".utf8))])),
      lines: [
        "device/camera Casio:ModelType Casio QV-700",
        "timestamp/original Casio:DateTimeOriginal 1998-10-24-12-08-57",
      ]),
  ]

  @Test("reads", arguments: cases)
  func reads(_ segment: Case) {
    let result = read(segment.jpeg, as: "image/jpeg")
    #expect(result.observations.map(\.line).sorted() == segment.lines.sorted())
    #expect(result.diagnostics.isEmpty)
  }

  @Test("is clean where nothing is set", arguments: cases)
  func isClean(_ segment: Case) {
    let result = read([0xFF, 0xD8] + segment.unset + [0xFF, 0xDA, 0, 2], as: "image/jpeg")
    #expect(result.observations.isEmpty)
    #expect(result.diagnostics.isEmpty)
  }

  @Test("cut anywhere, it says so", arguments: cases)
  func isCut(_ segment: Case) {
    let bytes = segment.jpeg
    for length in 0..<(bytes.count - 4) {
      let result = read(Array(bytes.prefix(length)), as: "image/jpeg")
      #expect(result.isDamaged, "cut at \(length)")
      #expect(result.locations.allSatisfy { abs($0.coordinate.latitude - 48.85837) < 1e-9 })
    }
  }

  @Test("bytes changed at random never crash it", arguments: cases)
  func isChanged(_ segment: Case) {
    var random = SeededGenerator(seed: 20_261_123)
    for _ in 0..<300 {
      var bytes = segment.jpeg
      for _ in 0..<Int.random(in: 1...8, using: &random) {
        bytes[Int.random(in: 6..<bytes.count, using: &random)] = UInt8.random(in: 0...255, using: &random)
      }
      _ = read(bytes, as: "image/jpeg")
    }
  }

  @Test(
    "FLIR: no place is invented",
    arguments: [(0.0, 0.0, true), (91, 2, true), (.nan, 1, true), (48, 2, false)])
  func noPlace(_ latitude: Double, _ longitude: Double, _ isValid: Bool) {
    let file = Self.flir(latitude: latitude, longitude: longitude, isValid: isValid, serial: "000000")
    let result = read([0xFF, 0xD8] + Self.segments(file, pieces: 2) + [0xFF, 0xDA, 0, 2], as: "image/jpeg")
    #expect(result.locations.isEmpty)
    #expect(!result.observations.contains { $0.kind == .serial && $0.role == .body })
    #expect(result.codes.isEmpty == !isValid)
  }

  @Test("FLIR: a piece that is missing is damage")
  func missingPiece() {
    let file = Self.flir(latitude: 48, longitude: 2, serial: "470012345")
    let first = Self.segments(file, pieces: 2).prefix(file.count / 2)
    let result = read([0xFF, 0xD8] + first + [0xFF, 0xDA, 0, 2], as: "image/jpeg")
    #expect(result.isDamaged)
    let whole = Self.segments(file, pieces: 2)
    let length = Int(whole[2]) << 8 | Int(whole[3])
    let half = read([0xFF, 0xD8] + whole.prefix(length + 2) + [0xFF, 0xDA, 0, 2], as: "image/jpeg")
    #expect(half.codes == ["truncated"])
  }
}

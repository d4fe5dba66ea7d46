import Testing
import UntrailModel
import UntrailReaders

@Suite("Colour profiles")
struct ICCTests {
  static func jpeg(_ profile: [UInt8]) -> [UInt8] {
    [0xFF, 0xD8] + Container.segment(0xE2, Array("ICC_PROFILE\0\u{1}\u{1}".utf8) + profile) + [
      0xFF, 0xDA, 0, 2,
    ]
  }

  static let identity = Array("mmod".utf8) + [0, 0x10AC, 0x1234, 81_516_234, 0].flatMap { Block.big($0, 4) }

  /// As macOS makes them: names in several languages, and what the display says of itself.
  static let display = Block.profile(
    "mntr",
    [
      ("desc", Block.localized([("deDE", "Maras Bildschirm"), ("enUS", "Mara's display")])),
      ("vcgt", Array("vcgt".utf8) + Block.big(0, 8)), ("mmod", identity),
      ("calt", Array("dtim".utf8) + Block.big(0, 4) + [2026, 7, 2, 9, 30, 0].flatMap { Block.big($0, 2) }),
      ("cprt", Array("text".utf8) + Block.big(0, 4) + Array("made by Mara Example\0".utf8)),
    ], id: [UInt8](1...16))

  @Test("reads the profile of a display")
  func reads() throws {
    let result = read(Self.jpeg(Self.display), as: "image/jpeg")
    let device = try #require(result.observations.first { $0.kind == .device })
    #expect(device.role == .display)
    #expect(device.fact == .device(Device(make: "Dell", model: "Mara's display")))
    #expect(result.text(.serial, .display) == "81516234")
    #expect(result.text(.link, .profile) == "0102030405060708090a0b0c0d0e0f10")
    let times = result.observations.filter { $0.kind == .timestamp }
    #expect(times.map(\.field) == ["ICC-header:ProfileDateTime", "ICC-Profile:CalibrationDateTime"])
    #expect(result.timestamp(.profile)?.civilSeconds == 1_782_898_200)
    #expect(result.timestamp(.profile)?.utcOffsetMinutes == 0)
    #expect(result.diagnostics.isEmpty)
  }

  @Test("reads maker and model, and the names and values of a calibration")
  func readsOthers() {
    let named = Block.profile(
      "mntr",
      [
        ("desc", Block.described("Mara's display")), ("dmnd", Block.described("Heron Displays")),
        ("dmdd", Block.described("HD-27")),
      ])
    #expect(read(Self.jpeg(named), as: "image/jpeg").text(.device, .display) == "Heron Displays HD-27")
    func word(_ text: String, at offset: Int) -> [UInt8] {
      Block.big(offset, 4) + Block.big(2 * text.utf16.count, 4)
    }
    let words = ["EDID_serial", "SN-2207", "EDID_model", "HD-32"]
    var offsets: [Int] = []
    var texts: [UInt8] = []
    for text in words {
      offsets.append(48 + texts.count)
      texts += Block.utf16(text)
    }
    let records = zip(words, offsets).flatMap { word($0.0, at: $0.1) }
    let meta = Array("dict".utf8) + Block.big(0, 4) + Block.big(2, 4) + Block.big(16, 4) + records + texts
    let calibrated = Block.profile("mntr", [("vcgt", Array("vcgt".utf8) + Block.big(0, 8)), ("meta", meta)])
    let result = read(Self.jpeg(calibrated), as: "image/jpeg")
    #expect(result.text(.serial, .display) == "SN-2207")
    #expect(result.text(.device, .display) == "HD-32")
    let printer = Block.profile("prtr", [("dmdd", Block.described("Photo Printer 9"))])
    #expect(read(Self.jpeg(printer), as: "image/jpeg").text(.device, .accessory) == "Photo Printer 9")
  }

  @Test(
    "a colour space is no display: only its name is told",
    arguments: [
      ("sRGB IEC61966-2.1", "IEC http://www.iec.ch", "IEC 61966-2.1 Default RGB colour space - sRGB"),
      ("Display P3", nil, nil), ("Adobe RGB (1998)", nil, nil), ("GIMP built-in sRGB", "GIMP", "sRGB"),
      ("Generic Gray Profile", nil, nil),
    ] as [(String, String?, String?)])
  func colourSpaces(name: String, maker: String?, model: String?) {
    var tags = [("desc", Block.described(name)), ("cprt", Block.described("Example Corporation"))]
    if let maker { tags.append(("dmnd", Block.described(maker))) }
    if let model { tags.append(("dmdd", Block.described(model))) }
    let result = read(Self.jpeg(Block.profile("mntr", tags, id: [1, 2, 3])), as: "image/jpeg")
    #expect(result.observations.map(\.field) == ["ICC-Profile:ProfileDescription"])
    #expect(result.text(.text, .profile) == name)
    #expect(result.diagnostics.isEmpty)
  }

  @Test("of a profile in pieces the first one is read, in whatever order they are")
  func pieces() {
    func piece(_ number: UInt8, _ bytes: some Sequence<UInt8>) -> [UInt8] {
      Container.segment(0xE2, Array("ICC_PROFILE\0".utf8) + [number, 2] + bytes)
    }
    let long = Self.display + [UInt8](repeating: 7, count: 1000)
    let (first, second) = (piece(1, long.prefix(900)), piece(2, long.dropFirst(900)))
    for bytes in [first + second, second + first] {
      let result = read([0xFF, 0xD8] + bytes + [0xFF, 0xDA, 0, 2], as: "image/jpeg")
      #expect(result.text(.serial, .display) == "81516234")
      #expect(result.diagnostics.isEmpty)
    }
  }

  @Test("is clean")
  func isClean() {
    let result = read(Self.jpeg(Block.profile("mntr", [])), as: "image/jpeg")
    #expect(result.observations.isEmpty)
    #expect(result.diagnostics.isEmpty)
  }

  @Test("is damaged")
  func isDamaged() {
    // The last value is filled up.
    for length in 0..<(Self.display.count - 3) {
      let result = read(Self.jpeg(Array(Self.display.prefix(length))), as: "image/jpeg")
      #expect(result.isDamaged, "cut at \(length)")
    }
    var random = SeededGenerator(seed: 20_261_123)
    for _ in 0..<500 {
      var changed = Self.display
      for _ in 0..<8 {
        changed[Int.random(in: 0..<changed.count, using: &random)] = UInt8.random(in: 0...255, using: &random)
      }
      let bytes = Self.jpeg(changed)
      for observation in read(bytes, as: "image/jpeg").observations {
        #expect(observation.offset.map { (0...bytes.count).contains($0) } ?? true)
      }
    }
  }
}

import Testing
import UntrailModel
import UntrailReaders

/// Decoders of telemetry by themselves.
@Suite("Telemetry blocks")
struct TelemetryBlockTests {
  private typealias Build = MovieBuilder

  private static func read(_ bytes: [UInt8], as block: TelemetryBlock) -> ReadResult {
    var result = ReadResult()
    bytes.withUnsafeBytes { block.decode($0, into: &result) }
    return result
  }

  private static func padded(_ pieces: [(offset: Int, bytes: [UInt8])], length: Int = 160) -> [UInt8] {
    var block = [UInt8](repeating: 0, count: length)
    block.replaceSubrange(0..<12, with: Build.words(length) + Array("freeGPS ".utf8))
    for (offset, bytes) in pieces { block.replaceSubrange(offset..<(offset + bytes.count), with: bytes) }
    return block
  }

  private static func letters(_ text: String) -> [UInt8] { Array(text.utf8) }
  private static func numbers(_ values: [Int]) -> [UInt8] { values.flatMap { Build.little($0, 4) } }
  private static let north = Build.float(4851.504)
  private static let east = Build.float(217.67)
  private static let time = numbers([10, 30, 0])
  private static let date = numbers([23, 6, 1])

  /// The position of a record of Ambarella, with its bytes changed.
  private static func enciphered(_ key: UInt8) -> [UInt8] {
    let text = "20230601103000.20230601103000" + "\u{3}" + "N48515040E002176700"
    return ([0, 0, 0x58, 0x4B, 0x5A, 0x44, 0xFE, 0xFE] + letters(text)).map { $0 ^ key }
  }

  /// A ring of positions, the newest in the middle.
  private static func ring() -> [UInt8] {
    var block: [(Int, [UInt8])] = []
    for (index, second) in [3, 4, 1, 2].enumerated() {
      var record = [UInt8](repeating: 0, count: 52)
      record.replaceSubrange(0x0D..<0x10, with: [9, 30, UInt8(second)])
      record.replaceSubrange(0x10..<0x14, with: Build.little(488_584_000, 4))
      record.replaceSubrange(0x18..<0x1C, with: Build.little(22_945_000, 4))
      record.replaceSubrange(0x2C..<0x30, with: Build.little(2023, 2) + [6, 1])
      for place in Array(0...0x14) + Array(0x18...0x1B) { record[place] ^= 0x5A }
      for place in [0x1C] + Array(0x20...0x32) { record[place] ^= 0xA5 }
      // A key changes itself to 0, and so says what it is.
      (record[0x14], record[0x1C]) = (0x5A, 0xA5)
      record.replaceSubrange(0x15..<0x18, with: letters("ATC"))
      record.replaceSubrange(0x1D..<0x20, with: letters("001"))
      block.append((0x30 + 52 * index, record))
    }
    return padded(block, length: 0x30 + 52 * 4 + 8)
  }

  static let layouts: [(name: String, bytes: [UInt8], count: Int, isLocal: Bool)] = [
    ("Azdome", padded([(18, enciphered(0xAA))]), 1, true),
    ("Viofo A119 v3", padded([(16, time + date + letters("ANE\0") + north + east)]), 1, false),
    (
      "Akaso",
      padded([
        (48, time + letters("A\0\0\0") + north + letters("N\0\0\0") + east + letters("E\0\0\0")), (88, date),
      ]), 1, false
    ),
    (
      "Transcend",
      padded([
        (48, time + letters("A\0\0\0")), (64, Build.double(4851.504) + letters("N\0\0\0\0\0\0\0")),
        (80, Build.double(217.67) + letters("E\0\0\0")), (112, date),
      ]), 1, false
    ),
    (
      "IQS",
      padded([
        (16, letters("IQS")), (48, time + date + letters("ANE\0") + numbers([488_584_000, 22_945_000])),
      ]), 1, false
    ),
    ("Vantrue S1", padded([(64, letters("ANE\0") + date + time), (92, east + north)]), 1, false),
    (
      "Vantrue N4",
      padded([
        (16, time + letters("A\0\0\0") + Build.double(4851.504) + letters("N")),
        (48, Build.double(217.67) + letters("E")), (80, date),
      ]), 1, false
    ),
    (
      "NextBase 512GW",
      padded([
        (52, letters("20230601123000")),
        (80, letters(Build.sentence("GPRMC,103000.00,A,4851.504,N,00217.670,E,1.2,90.0,010623,,"))),
      ]), 1, false
    ),
    (
      "NextBase 512G",
      padded([
        (54, [0x07, 0xE7, 6, 1, 10, 30, 0, 5, 2] + Build.words(488_584_000, 22_945_000)),
        (86, [0x07, 0xE7, 6, 1, 10, 30, 0, 15, 2] + Build.words(488_584_000, 22_945_000)),
      ]), 2, false
    ),
    (
      "shifted",
      padded([(60, letters("$GPRMC,103000.00,A,4851.504,N,00217.670,E,1.2,90.0,010623,,").map { $0 + 16 })]),
      1, false
    ),
    ("a ring", ring(), 2, false),
    (
      "INNOVV", padded([(16, letters("ANE\0") + north + east), (48, letters("ANE\0") + north + east)]), 2,
      false
    ),
  ]

  @Test("freeGPS of many makers", arguments: layouts.indices)
  func freeGPS(_ index: Int) throws {
    let layout = Self.layouts[index]
    let result = Self.read(layout.bytes, as: .freeGPS)
    let track = try #require(result.tracks().first, "\(layout.name)")
    #expect(track.pointCount == layout.count, "\(layout.name)")
    #expect(track.points[0].coordinate.isNear(48.8584, 2.2945, within: 2e-5), "\(layout.name)")
    #expect(track.isLocalTime == layout.isLocal, "\(layout.name)")
    if layout.name != "INNOVV", layout.name != "a ring" {
      #expect(track.start == Int64(MovieBuilder.begun), "\(layout.name)")
    }
  }

  @Test("enciphered text, gps0, and logs in text")
  func others() {
    let record = Self.enciphered(0xAA)
    let text = [0, 0] + Array(record[2...]) + [UInt8](repeating: 0xAA, count: 240)
    #expect(Self.read(text, as: .text).tracks().map(\.isLocalTime) == [true])
    #expect(Self.read(Build.gps0(0) + Build.gps0(1), as: .gps0).tracks().map(\.pointCount) == [2])
    let line = "210318073213[1][N][48515040][E][002176700][+00152][100][00140][C000000]+000+000+000\n"
    #expect(Self.read(Self.letters(line + line), as: .log).tracks().map(\.pointCount) == [2])
  }

  @Test("bytes changed at random crash no decoder", arguments: TelemetryBlock.allCases)
  func random(_ block: TelemetryBlock) {
    var generator = SeededGenerator(seed: 23)
    let seeds: [[UInt8]] =
      switch block {
      case .gpmf: [Build.gps5(1), Build.gps9(1)]
      case .camm: [Build.cammFix(1, epoch: 5) + Build.cammPlace(1)]
      case .rtmd: [Build.sony(1)]
      case .djmd: [Build.osmo(0)]
      case .freeGPS: Self.layouts.map(\.bytes)
      case .gps0: [Build.gps0(0) + Build.gps0(1)]
      case .text, .log: [Self.letters(Build.sentences(1)), Build.text("GPS (2.2945, 48.8584, 16)")]
      }
    for seed in seeds {
      for length in 0..<seed.count { _ = Self.read(Array(seed.prefix(length)), as: block) }
      for _ in 0..<500 {
        var bytes = seed
        for _ in 0..<4 {
          bytes[Int.random(in: 0..<bytes.count, using: &generator)] = UInt8.random(
            in: 0...255, using: &generator)
        }
        for place in Self.read(bytes, as: block).allPlaces {
          #expect(Coordinate.flaw(latitude: place.latitude, longitude: place.longitude) == nil)
        }
      }
    }
  }
}

/// Builds films with one track of telemetry, byte by byte, as the specifications have them.
enum MovieBuilder {
  static let begun = 1_685_615_400  // 2023-06-01T10:30:00Z

  static func full(_ type: String, _ body: [UInt8]) -> [UInt8] { Container.box(type, [0, 0, 0, 0] + body) }

  static func words(_ values: Int...) -> [UInt8] { values.flatMap { Block.big($0, 4) } }

  static let head = Container.box("ftyp", Array("isom".utf8) + [0, 0, 2, 0] + Array("isommp41".utf8))

  /// A film whose movie box stands before its samples.
  ///
  /// - Parameters:
  ///   - entry: what the description of the samples holds besides.
  ///   - perChunk: samples of a chunk; between chunks there are seven bytes of something else.
  ///   - userData: boxes of the movie's `udta`.
  ///   - behind: what stands behind all of it.
  static func film(
    _ samples: [[UInt8]], handler: String, format: String, entry: [UInt8] = [], perChunk: Int = 2,
    userData: [UInt8] = [], behind: [UInt8] = []
  ) -> [UInt8] {
    var data: [UInt8] = []
    var offsets: [Int] = []
    for (index, sample) in samples.enumerated() {
      if index % perChunk == 0 {
        data += [UInt8](repeating: 0x55, count: 7)
        offsets.append(data.count)
      }
      data += sample
    }
    func movie(_ start: Int) -> [UInt8] {
      let description = Container.box(format, [0, 0, 0, 0, 0, 0, 0, 1] + entry)
      let left = samples.count % perChunk
      let last = left == 0 ? [] : words(offsets.count, left, 1)
      let tables =
        full("stsd", words(1) + description) + full("stts", words(1, samples.count, 1000))
        + full("stsc", words(left == 0 ? 1 : 2, 1, perChunk, 1) + last)
        + full("stsz", words(0, samples.count) + samples.flatMap { words($0.count) })
        + full("stco", words(offsets.count) + offsets.flatMap { words($0 + start) })
      let media =
        full("mdhd", words(0, 0, 1000, 1000 * samples.count, 0))
        + full("hdlr", words(0) + Array(handler.utf8) + [UInt8](repeating: 0, count: 13))
        + Container.box("minf", Container.box("stbl", tables))
      return header(
        Container.box("trak", Container.box("mdia", media))
          + (userData.isEmpty ? [] : Container.box("udta", userData)))
    }
    let start = head.count + movie(0).count + 8
    return head + movie(start) + Container.box("mdat", data) + behind
  }

  /// A movie box with its own head and other boxes.
  static func header(_ boxes: [UInt8]) -> [UInt8] {
    let created = begun + 2_082_844_800
    return Container.box(
      "moov", full("mvhd", words(created, created, 1000, 60_000) + [UInt8](repeating: 0, count: 80)) + boxes)
  }

  static func little(_ value: Int, _ size: Int) -> [UInt8] { Block.big(value, size).reversed() }
  static func float(_ value: Double) -> [UInt8] { little(Int(Float(value).bitPattern), 4) }
  static func double(_ value: Double) -> [UInt8] { little(Int(bitPattern: UInt(value.bitPattern)), 8) }

  // MARK: GPMF

  static func element(_ key: String, _ type: Character, _ size: Int, _ value: [UInt8]) -> [UInt8] {
    let padding = [UInt8](repeating: 0, count: (4 - value.count % 4) % 4)
    return Array(key.utf8) + [type.asciiValue ?? 0, UInt8(size)] + Block.big(value.count / size, 2) + value
      + padding
  }

  static func list(_ key: String, _ elements: [UInt8]...) -> [UInt8] {
    element(key, "\0", 1, elements.flatMap { $0 })
  }

  /// Positions of one second, a hundred-thousandth of a degree from each other.
  static func gps5(_ second: Int, count: Int = 3, fix: Int = 3) -> [UInt8] {
    let rows = (0..<count).flatMap { row in
      words(488_584_000 + 100 * (second * count + row), 22_945_000, 35_000, 1200, 120)
    }
    return list(
      "DEVC", element("DVID", "L", 4, words(1)), element("DVNM", "c", 1, Array("Hero6 Black".utf8)),
      list(
        "STRM", element("GPSF", "L", 4, words(fix)),
        element("GPSU", "U", 16, Array("2306011030\(second < 10 ? "0" : "")\(second).000".utf8)),
        element("SCAL", "l", 4, words(10_000_000, 10_000_000, 1000, 1000, 100)),
        element("GPS5", "l", 20, rows)))
  }

  /// As `gps5`, in the structure of later cameras.
  static func gps9(_ second: Int, count: Int = 3, fix: Int = 3) -> [UInt8] {
    let rows = (0..<count).flatMap { row -> [UInt8] in
      words(488_584_000 + 100 * (second * count + row), 22_945_000, 35_000, 1200, 120, 8552)
        + words((37_800 + second) * 1000) + Block.big(150, 2) + Block.big(fix, 2)
    }
    return list(
      "DEVC", element("DVNM", "c", 1, Array("HERO11 Black".utf8)),
      list(
        "STRM", element("TYPE", "c", 1, Array("lllllllSS".utf8)),
        element("SCAL", "l", 4, words(10_000_000, 10_000_000, 1000, 1000, 100, 1, 1000, 100, 1)),
        element("GPS9", "?", 32, rows)))
  }

  // MARK: Others

  static func cammFix(_ second: Int, epoch: Int, fix: Int = 3) -> [UInt8] {
    [0, 0, 6, 0] + double(Double(epoch + second)) + little(fix, 4)
      + double(48.8584 + Double(second) * 1e-5) + double(2.2945)
      + [35, 1, 1, 0, 0, 0, 0].flatMap { float($0) }
  }

  static func cammPlace(_ second: Int) -> [UInt8] {
    [0, 0, 5, 0] + double(48.8584 + Double(second) * 1e-5) + double(2.2945) + double(35)
  }

  static func sony(_ second: Int, status: String = "A") -> [UInt8] {
    func tag(_ number: Int, _ value: [UInt8]) -> [UInt8] {
      Block.big(number, 2) + Block.big(value.count, 2) + value
    }
    let clock: [UInt8] = [0, 0x20, 0x23, 0x06, 0x01, 0x12, 0x30, 0]
    let items: [[UInt8]] = [
      [0x06, 0x0E, 0x2B, 0x34, 2, 0x53] + [UInt8](repeating: 0, count: 10), [0x83, 0, 0, 0],
      tag(0x8114, Array("ILCE-7SM3 5072108".utf8)), tag(0xE304, clock), tag(0x8501, Array("N".utf8)),
      tag(0x8502, words(48, 1, 51, 1, 30_240 + 36 * second, 1000)), tag(0x8503, Array("W".utf8)),
      tag(0x8504, words(2, 1, 17, 1, 40_200, 1000)), tag(0x8507, words(10, 1, 30, 1, second, 1)),
      tag(0x8509, Array(status.utf8)), tag(0x851D, Array("2023:06:01".utf8)),
    ]
    return [0, 0x1C] + [UInt8](repeating: 0, count: 26) + items.flatMap { $0 }
  }

  /// A text behind its length.
  static func text(_ text: String) -> [UInt8] { Block.big(text.utf8.count, 2) + Array(text.utf8) }

  static func sentence(_ body: String) -> String {
    let sum = body.utf8.reduce(0) { $0 ^ $1 }
    let digits = String(sum, radix: 16, uppercase: true)
    return "$\(body)*\(digits.utf8.count < 2 ? "0" : "")\(digits)\r\n"
  }

  /// Two sentences of the same time.
  static func sentences(_ second: Int) -> String {
    let time = "1030\(second < 10 ? "0" : "")\(second).00"
    return sentence("GPGGA,\(time),4851.504\(second % 10),N,00217.6700,E,1,8,1.1,35.0,M,,M,,")
      + sentence("GPRMC,\(time),A,4851.504\(second % 10),N,00217.6700,E,1.2,90.0,010623,,")
  }

  /// A block of Novatek, padded to a length.
  static func freeGPS(_ second: Int, length: Int = 128, status: String = "A") -> [UInt8] {
    let fields = [10, 30, second, 23, 6, 1].flatMap { little($0, 4) } + Array(status.utf8) + Array("NE".utf8)
    let numbers = [4851.504 + Double(second) * 0.001, 217.67, 5, 90].flatMap { float($0) }
    let block =
      words(length) + Array("freeGPS ".utf8) + little(0x4C, 4) + [UInt8](repeating: 0, count: 32) + fields + [
        0
      ]
      + numbers
    return block + [UInt8](repeating: 0, count: length - block.count)
  }

  static func gps0(_ second: Int) -> [UInt8] {
    double(4851.504 + Double(second) * 0.001) + double(217.67) + little(35, 4) + little(12, 2)
      + [23, 6, 1, 10, 30, UInt8(second), 0x2D, 1, 1, 0]
  }

  static func insta360(_ count: Int) -> [UInt8] {
    let positions = (0..<count).flatMap { second -> [UInt8] in
      little(begun + second, 4) + little(second * 1000, 4) + [0, 0] + Array("A".utf8)
        + double(48.8584 + Double(second) * 1e-5) + Array("N".utf8) + double(2.2945) + Array("O".utf8)
        + double(1) + double(90) + double(35)
    }
    func named(_ key: UInt8, _ text: String) -> [UInt8] { [key, UInt8(text.utf8.count)] + Array(text.utf8) }
    let identity = named(0x0A, "IXE00000000042") + named(0x12, "Insta360 ONE X") + named(0x1A, "v1.17.16")
    let records = positions + little(0x700, 2) + little(positions.count, 4) + identity
    let tail = little(0x101, 2) + little(identity.count, 4) + [UInt8](repeating: 0, count: 32)
    return records + tail + little(records.count + 78, 4) + little(3, 4)
      + Array("8db42d694ccc418790edff439fe026bf".utf8)
  }

  static func protobuf(_ number: UInt8, _ value: [UInt8]) -> [UInt8] {
    [number << 3 | 2, UInt8(value.count)] + value
  }

  /// What an Osmo Action 4 says of one picture.
  static func osmo(_ second: Int) -> [UInt8] {
    let place = [8, 1, 0x11] + double(48.8584 + Double(second) * 1e-4) + [0x19] + double(2.2945)
    let time = protobuf(1, Array("2023-06-01 10:30:0\(second)".utf8))
    let frame = protobuf(3, protobuf(4, protobuf(2, protobuf(1, place) + protobuf(6, time))))
    guard second == 0 else { return frame }
    let identity =
      protobuf(1, Array("dvtm_ac203.proto".utf8)) + protobuf(5, Array("53HXN00000042".utf8))
      + protobuf(10, Array("DJI OsmoAction4".utf8))
    return protobuf(1, protobuf(1, identity)) + frame
  }
}

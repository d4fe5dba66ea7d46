/// Builds films box by box, as ISO/IEC 14496-12 and Apple's QuickTime File Format have them.
enum Movie {
  /// 2026-07-14T10:00:00Z in seconds since 1904.
  static let noon = 1_784_023_200 + 2_082_844_800

  /// A box; the copyright sign in its type is one byte.
  static func box(_ type: String, _ body: [UInt8]) -> [UInt8] {
    let code = type.unicodeScalars.map { UInt8(truncatingIfNeeded: $0.value) }
    return Block.big(body.count + 8, 4) + code + body
  }

  static func text(_ text: String) -> [UInt8] { Array(text.utf8) }

  static func times(_ created: Int, _ modified: Int? = nil) -> [UInt8] {
    Block.big(0, 4) + Block.big(created, 4) + Block.big(modified ?? created, 4) + Block.big(0, 8)
  }

  static func fileType(_ brand: String) -> [UInt8] {
    box("ftyp", text(brand) + Block.big(0, 4) + text(brand))
  }

  /// A text of QuickTime's user data, in a language of ISO 639.
  static func international(_ type: String, _ value: String, language: Int = 0x15C7) -> [UInt8] {
    box(type, Block.big(value.utf8.count, 2) + Block.big(language, 2) + text(value))
  }

  /// A text of 3GPP.
  static func threeGPP(_ type: String, _ value: [UInt8]) -> [UInt8] {
    box(type, Block.big(0, 4) + Block.big(0x15C7, 2) + value + [0])
  }

  static func handler(_ kind: String, _ name: [UInt8]) -> [UInt8] {
    box("hdlr", Block.big(0, 8) + text(kind) + Block.big(0, 12) + name)
  }

  static func data(_ kind: Int, _ value: [UInt8]) -> [UInt8] {
    box("data", Block.big(kind, 4) + Block.big(0, 4) + value)
  }

  /// A list of keys and their values.
  static func keys(_ pairs: [(String, [UInt8])]) -> [UInt8] {
    let names = pairs.flatMap { Block.big($0.0.utf8.count + 8, 4) + text("mdta" + $0.0) }
    let items = pairs.enumerated().flatMap { index, pair in
      Block.big(pair.1.count + 8, 4) + Block.big(index + 1, 4) + pair.1
    }
    return box(
      "meta",
      handler("mdta", []) + box("keys", Block.big(0, 4) + Block.big(pairs.count, 4) + names)
        + box("ilst", items))
  }

  /// A list of iTunes, with the version that ISO wants.
  static func list(_ items: [UInt8]) -> [UInt8] {
    box("meta", Block.big(0, 4) + handler("mdir", []) + box("ilst", items))
  }

  static func freeForm(_ name: String, _ value: String) -> [UInt8] {
    box(
      "----",
      box("mean", Block.big(0, 4) + text("com.example")) + box("name", Block.big(0, 4) + text(name))
        + data(1, text(value)))
  }

  /// A track of pictures.
  static func track(_ created: Int, writer: [UInt8], compressor: String) -> [UInt8] {
    let name = [UInt8(compressor.utf8.count)] + text(compressor)
    let entry =
      Block.big(0, 42) + name + [UInt8](repeating: 0, count: 32 - name.count) + Block.big(0x18FFFF, 4)
    let description = box("stsd", Block.big(0, 4) + Block.big(1, 4) + box("avc1", entry))
    return box(
      "trak",
      box("tkhd", times(created))
        + box(
          "mdia",
          box("mdhd", times(created)) + handler("vide", writer) + box("minf", box("stbl", description))))
  }

  static func film(_ boxes: [UInt8], brand: String = "mp42", behind: [UInt8] = []) -> [UInt8] {
    fileType(brand) + box("moov", box("mvhd", times(noon)) + boxes) + box("mdat", [1, 2, 3, 4]) + behind
  }
}

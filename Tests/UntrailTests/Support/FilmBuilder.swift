/// Builds films and sounds of many containers, byte by byte, as the specifications have them.
enum Film {
  // MARK: RIFF

  static func chunk(_ type: String, _ data: [UInt8]) -> [UInt8] {
    Still.text(type) + Still.little(data.count) + data + (data.count % 2 == 1 ? [0] : [])
  }

  static func list(_ kind: String, _ content: [UInt8]) -> [UInt8] {
    chunk("LIST", Still.text(kind) + content)
  }

  static func riff(_ form: String, _ content: [UInt8]) -> [UInt8] {
    chunk("RIFF", Still.text(form) + content)
  }

  static func texts(_ texts: [(String, String)]) -> [UInt8] {
    texts.flatMap { chunk($0.0, Still.text($0.1) + [0]) }
  }

  static func broadcast() -> [UInt8] {
    var bytes = Still.padded("harbour, north side", 256) + Still.padded("ZOOM Handy Recorder H5", 32)
    bytes += Still.padded("USZOM00012345678909151200000000", 32) + Still.text("2026-03-0409:15:12")
    bytes += [UInt8](repeating: 0, count: 10) + [UInt8](repeating: 0x5A, count: 64)
    bytes += [UInt8](repeating: 0, count: 190) + Still.text("A=PCM,F=48000,T=H5\r\n")
    return chunk("bext", bytes)
  }

  // MARK: EBML

  static func element(_ id: String, _ data: [UInt8]) -> [UInt8] {
    Still.hex(id) + Still.big(0x1000_0000 | data.count) + data
  }

  static func head(_ kind: String = "webm") -> [UInt8] {
    element("1A45DFA3", element("4282", Still.text(kind)))
  }

  static func tag(_ name: String, _ value: String) -> [UInt8] {
    element("67C8", element("45A3", Still.text(name)) + element("4487", Still.text(value)))
  }

  static func tags(_ pairs: [(String, String)]) -> [UInt8] {
    element("1254C367", element("7373", pairs.flatMap { tag($0.0, $0.1) }))
  }

  // MARK: ASF

  static func object(_ identifier: String, _ data: [UInt8]) -> [UInt8] {
    Still.hex(identifier) + Still.little(data.count + 24, 8) + data
  }

  static func wide(_ text: String) -> [UInt8] { text.utf16.flatMap { Still.little(Int($0), 2) } + [0, 0] }

  static func asf(_ objects: [[UInt8]]) -> [UInt8] {
    object("3026B2758E66CF11A6D900AA0062CE6C", Still.little(objects.count) + [1, 2] + objects.flatMap { $0 })
  }

  static func attributes(_ pairs: [(String, String)]) -> [UInt8] {
    var bytes = Still.little(pairs.count, 2)
    for (name, value) in pairs {
      let (name, value) = (wide(name), wide(value))
      bytes += Still.little(name.count, 2) + name + [0, 0] + Still.little(value.count, 2) + value
    }
    return object("40A4D0D207E3D21197F000A0C95EA850", bytes)
  }

  // MARK: FLV

  static func amf(_ text: String) -> [UInt8] { Still.big(text.utf8.count, 2) + Still.text(text) }

  static func flv(_ script: [UInt8]) -> [UInt8] {
    let tag: [UInt8] = [18] + Still.big(script.count, 3) + [0, 0, 0, 0, 0, 0, 0] + script
    return Still.text("FLV") + [1, 1] + Still.big(9) + Still.big(0) + tag + Still.big(tag.count)
  }

  // MARK: Transport streams

  /// One packet that starts a unit, filled up with an adaptation field.
  static func packet(_ identifier: Int, _ payload: [UInt8]) -> [UInt8] {
    var head: [UInt8] = [0x47, 0x40 | UInt8(identifier >> 8), UInt8(identifier & 0xFF), 0x30]
    let room = 184 - payload.count - 1
    head += [UInt8(room)] + (room > 0 ? [0] + [UInt8](repeating: 0xFF, count: room - 1) : [])
    return head + payload
  }

  /// A table with its length and room for a checksum.
  static func table(_ kind: UInt8, _ body: [UInt8]) -> [UInt8] {
    let rest: [UInt8] = [0, 1, 0xC1, 0, 0] + body + [0, 0, 0, 0]
    return [0, kind] + Still.big(0xB000 | rest.count, 2) + rest
  }

  static func camcorder(_ notes: [(UInt8, [UInt8])]) -> [UInt8] {
    let programs = table(0, [0, 1, 0xE1, 0x00])
    let streams = table(2, [0xF0, 0x01, 0xF0, 0x00, 0x1B, 0xF0, 0x11, 0xF0, 0x00])
    var message = Still.hex("17EE8C60F84D11D98CD60800200C9A66") + Still.text("MDPM") + [UInt8(notes.count)]
    for (tag, value) in notes { message += [tag] + value }
    let unit: [UInt8] = escaped([5, UInt8(message.count)] + message + [0x80])
    let picture: [UInt8] = [0, 0, 1, 0xE0, 0, 0, 0x80, 0, 0, 0, 0, 1, 6] + unit + [0, 0, 1, 9]
    return packet(0, programs) + packet(0x100, streams) + packet(0x1011, picture) + packet(0x1FFF, [])
      + packet(0x1FFF, [])
  }

  private static func escaped(_ bytes: [UInt8]) -> [UInt8] {
    var result: [UInt8] = []
    var zeros = 0
    for byte in bytes {
      if zeros == 2, byte <= 3 {
        result.append(3)
        zeros = 0
      }
      zeros = byte == 0 ? zeros + 1 : 0
      result.append(byte)
    }
    return result
  }
}

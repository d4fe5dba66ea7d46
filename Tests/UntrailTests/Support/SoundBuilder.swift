/// Builds sounds and their tags, byte by byte, as the specifications have them.
enum Sound {
  static func text(_ text: String) -> [UInt8] { Array(text.utf8) }

  static func synchsafe(_ value: Int) -> [UInt8] {
    (0..<4).reversed().map { UInt8(value >> (7 * $0) & 0x7F) }
  }

  // MARK: ID3

  /// Bytes and texts one behind the other.
  static func join(_ parts: [UInt8]...) -> [UInt8] { parts.flatMap { $0 } }

  static func tag(_ frames: [[UInt8]], version: UInt8 = 3, flags: UInt8 = 0) -> [UInt8] {
    let body = frames.flatMap { $0 }
    var bytes = text("ID3")
    bytes += [version, 0, flags]
    bytes += synchsafe(body.count)
    return bytes + body
  }

  static func frame(_ code: String, _ body: [UInt8], version: UInt8 = 3, flags: UInt8 = 0) -> [UInt8] {
    let size =
      version == 2
      ? Block.big(body.count, 3) : version == 3 ? Block.big(body.count, 4) : synchsafe(body.count)
    return text(code) + size + (version == 2 ? [] : [0, flags]) + body
  }

  static func frame(_ code: String, _ value: String, version: UInt8 = 3) -> [UInt8] {
    frame(code, [version == 4 ? 3 : 0] + text(value), version: version)
  }

  /// The last 128 bytes of a file.
  static func oldTag(title: String, artist: String) -> [UInt8] {
    var bytes = text("TAG")
    bytes += Still.padded(title, 30)
    bytes += Still.padded(artist, 30)
    return bytes + zeros(65)
  }

  /// A frame of sound that says what made it.
  static let mpeg: [UInt8] = {
    var bytes: [UInt8] = [0xFF, 0xFB, 0x90, 0x00]
    bytes += zeros(32)
    bytes += text("Info")
    bytes += zeros(4)
    bytes += text("LAME3.100")
    return bytes + zeros(364)
  }()

  static func zeros(_ count: Int) -> [UInt8] { [UInt8](repeating: 0, count: count) }

  // MARK: APE

  static func ape(_ items: [(String, [UInt8])]) -> [UInt8] {
    var body: [UInt8] = []
    for (name, value) in items {
      body += Still.little(value.count)
      body += Still.little(0)
      body += text(name)
      body.append(0)
      body += value
    }
    func block(_ flags: UInt8) -> [UInt8] {
      var bytes = text("APETAGEX")
      bytes += Still.little(2000)
      bytes += Still.little(body.count + 32)
      bytes += Still.little(items.count)
      return bytes + [0, 0, 0, flags] + zeros(8)
    }
    return block(0xA0) + body + block(0x80)
  }

  // MARK: Vorbis comments, FLAC, Ogg

  static func comments(_ texts: [String]) -> [UInt8] {
    var bytes = Still.little(9)
    bytes += text("Heron 1.2")
    bytes += Still.little(texts.count)
    for comment in texts {
      bytes += Still.little(comment.utf8.count)
      bytes += text(comment)
    }
    return bytes
  }

  static func picture(_ bytes: [UInt8], about: String = "") -> [UInt8] {
    var block = Block.big(3, 4)
    block += Block.big(10, 4)
    block += text("image/jpeg")
    block += Block.big(about.utf8.count, 4)
    block += text(about)
    block += zeros(16)
    block += Block.big(bytes.count, 4)
    return block + bytes
  }

  static func flac(_ blocks: [(UInt8, [UInt8])]) -> [UInt8] {
    var bytes = text("fLaC")
    bytes += Block.big(34, 4)
    bytes += zeros(34)
    for (type, body) in blocks {
      bytes.append(type)
      bytes += Block.big(body.count, 3)
      bytes += body
    }
    return bytes + [0x81, 0, 0, 0]
  }

  /// One packet a page.
  static func ogg(_ packets: [[UInt8]], stream: UInt8 = 1) -> [UInt8] {
    var bytes: [UInt8] = []
    for (number, packet) in packets.enumerated() {
      var lengths = [UInt8](repeating: 255, count: packet.count / 255)
      lengths.append(UInt8(packet.count % 255))
      bytes += text("OggS")
      bytes += [0, number == 0 ? 2 : 0]
      bytes += zeros(8)
      bytes += [stream, 0, 0, 0]
      bytes += Still.little(number)
      bytes += zeros(4)
      bytes.append(UInt8(lengths.count))
      bytes += lengths
      bytes += packet
    }
    return bytes
  }

  static func vorbis(_ texts: [String]) -> [UInt8] {
    var second = text("\u{3}vorbis")
    second += comments(texts)
    second.append(1)
    return ogg([text("\u{1}vorbis") + zeros(23), second])
  }

  // MARK: AIFF, CAF

  static func chunk(_ type: String, _ body: [UInt8]) -> [UInt8] {
    var bytes = text(type)
    bytes += Block.big(body.count, 4)
    bytes += body
    return body.count % 2 == 1 ? bytes + [0] : bytes
  }

  static func aiff(_ chunks: [[UInt8]]) -> [UInt8] { chunk("FORM", text("AIFF") + chunks.flatMap { $0 }) }

  static func caf(_ strings: [(String, String)]) -> [UInt8] {
    var body = Block.big(strings.count, 4)
    for (name, value) in strings {
      body += text(name + "\0" + value)
      body.append(0)
    }
    var bytes = text("caff")
    bytes += [0, 1, 0, 0]
    bytes += text("info")
    bytes += Block.big(body.count, 8)
    return bytes + body
  }
}

import UntrailBytes

/// Builds blocks that stand in containers of many kinds, byte by byte, as the specifications have them.
enum Block {
  static func big(_ value: Int, _ size: Int) -> [UInt8] {
    (0..<size).reversed().map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
  }

  static func utf16(_ text: String) -> [UInt8] { text.utf16.flatMap { big(Int($0), 2) } }

  // MARK: IPTC and Photoshop

  static func iptc(_ record: Int, _ number: Int, _ value: [UInt8]) -> [UInt8] {
    [0x1C, UInt8(record), UInt8(number)] + big(value.count, 2) + value
  }

  static func iptc(_ number: Int, _ text: String) -> [UInt8] { iptc(2, number, Array(text.utf8)) }

  /// 1:90, UTF-8.
  static let iptcUTF8 = iptc(1, 90, [0x1B, 0x25, 0x47])

  static func resource(_ id: Int, _ value: [UInt8], name: String = "") -> [UInt8] {
    let head = [UInt8(name.utf8.count)] + Array(name.utf8) + (name.utf8.count % 2 == 0 ? [0] : [])
    return Array("8BIM".utf8) + big(id, 2) + head + big(value.count, 4) + value
      + (value.count % 2 == 1 ? [0] : [])
  }

  /// A number of units, then the text.
  static func counted(_ text: String) -> [UInt8] { big(text.utf16.count + 1, 4) + utf16(text) + [0, 0] }

  static func photoshopJPEG(_ resources: [UInt8]) -> [UInt8] {
    [0xFF, 0xD8] + Container.segment(0xED, Array("Photoshop 3.0\0".utf8) + resources) + [0xFF, 0xDA, 0, 2]
  }

  // MARK: ICC

  static func described(_ text: String) -> [UInt8] {
    Array("desc".utf8) + big(0, 4) + big(text.utf8.count + 1, 4) + Array(text.utf8) + [0]
  }

  static func localized(_ records: [(language: String, text: String)]) -> [UInt8] {
    var head = Array("mluc".utf8) + big(0, 4) + big(records.count, 4) + big(12, 4)
    var texts: [UInt8] = []
    for (language, text) in records {
      let bytes = utf16(text)
      head += Array(language.utf8) + big(bytes.count, 4) + big(16 + 12 * records.count + texts.count, 4)
      texts += bytes
    }
    return head + texts
  }

  static func profile(_ kind: String, _ tags: [(String, [UInt8])], id: [UInt8] = []) -> [UInt8] {
    var body: [UInt8] = []
    var table = big(tags.count, 4)
    let start = 128 + 4 + 12 * tags.count
    for (signature, value) in tags {
      table += Array(signature.utf8) + big(start + body.count, 4) + big(value.count, 4)
      body += value + [UInt8](repeating: 0, count: (4 - value.count % 4) % 4)
    }
    var head = big(start + body.count, 4) + Array("test".utf8) + [4, 0x20, 0, 0] + Array(kind.utf8)
    head += Array("RGB XYZ ".utf8) + [2026, 7, 1, 9, 30, 0].flatMap { big($0, 2) } + Array("acsp".utf8)
    head += [UInt8](repeating: 0, count: 84 - head.count) + id
    return head + [UInt8](repeating: 0, count: 128 - head.count) + table + body
  }

  // MARK: CBOR and DER

  indirect enum Value {
    case number(Int)
    case text(String)
    case bytes([UInt8])
    case list([Value])
    case map([(Value, Value)])
    case tag(Int, Value)
    case null
  }

  static func cbor(_ value: Value) -> [UInt8] {
    func head(_ type: UInt8, _ number: Int) -> [UInt8] {
      if number < 24 { return [type << 5 | UInt8(number)] }
      if number < 256 { return [type << 5 | 24, UInt8(number)] }
      return [type << 5 | 25] + big(number, 2)
    }
    switch value {
    case .number(let number): return number < 0 ? head(1, -1 - number) : head(0, number)
    case .bytes(let bytes): return head(2, bytes.count) + bytes
    case .text(let text): return head(3, text.utf8.count) + Array(text.utf8)
    case .list(let items): return head(4, items.count) + items.flatMap(cbor)
    case .map(let pairs): return head(5, pairs.count) + pairs.flatMap { cbor($0.0) + cbor($0.1) }
    case .tag(let number, let value): return head(6, number) + cbor(value)
    case .null: return [0xF6]
    }
  }

  /// A map with texts as keys.
  static func map(_ pairs: [(String, Value)]) -> Value { .map(pairs.map { (.text($0.0), $0.1) }) }

  static func der(_ tag: UInt8, _ parts: [UInt8]...) -> [UInt8] {
    let body = parts.flatMap { $0 }
    if body.count < 0x80 { return [tag, UInt8(body.count)] + body }
    return [tag, 0x82] + big(body.count, 2) + body
  }

  static func name(_ pairs: [([UInt8], String)]) -> [UInt8] {
    der(0x30, pairs.flatMap { der(0x31, der(0x30, der(0x06, $0.0), der(0x0C, Array($0.1.utf8)))) })
  }

  // MARK: JUMBF

  static func superbox(_ kind: String, _ label: String, _ content: [UInt8]...) -> [UInt8] {
    let tail: [UInt8] = [0x00, 0x11, 0x00, 0x10, 0x80, 0x00, 0x00, 0xAA, 0x00, 0x38, 0x9B, 0x71]
    let description = Container.box("jumd", Array(kind.utf8) + tail + [3] + Array(label.utf8) + [0])
    return Container.box("jumb", description + content.flatMap { $0 })
  }

  static func assertion(_ label: String, _ value: Value) -> [UInt8] {
    superbox("cbor", label, Container.box("cbor", cbor(value)))
  }

  static func assertion(_ label: String, json: String) -> [UInt8] {
    superbox("json", label, Container.box("json", Array(json.utf8)))
  }
}

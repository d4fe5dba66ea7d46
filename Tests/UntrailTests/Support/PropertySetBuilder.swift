/// Builds property sets of OLE2, value by value.
///
/// Source: Microsoft, MS-OLEPS, sections 2.2 to 2.21.
enum PropertySetBuilder {
  typealias Property = (id: Int, value: [UInt8])

  private static func aligned(_ bytes: [UInt8]) -> [UInt8] {
    Leftover.padded(bytes, (bytes.count + 3) / 4 * 4)
  }

  /// Bytes of the code page of the section.
  static func text(_ bytes: [UInt8]) -> [UInt8] {
    aligned(Leftover.little(30, 4) + Leftover.little(bytes.count + 1, 4) + bytes + [0])
  }

  static func text(_ text: String) -> [UInt8] { Self.text(Array(text.utf8)) }

  static func wide(_ text: String) -> [UInt8] {
    aligned(
      Leftover.little(31, 4) + Leftover.little(text.utf16.count + 1, 4) + Leftover.wide(text) + [0, 0])
  }

  static func time(_ ticks: Int) -> [UInt8] { Leftover.little(64, 4) + Leftover.little(ticks, 8) }
  static func number(_ value: Int) -> [UInt8] { Leftover.little(3, 4) + Leftover.little(value, 4) }
  static func codePage(_ number: Int) -> Property {
    (1, Leftover.little(2, 4) + Leftover.little(number, 4))
  }

  /// A picture for the clipboard (71), or bytes (65).
  static func bytes(_ type: Int, _ bytes: [UInt8]) -> [UInt8] {
    aligned(Leftover.little(type, 4) + Leftover.little(bytes.count, 4) + bytes)
  }

  /// Names for the numbers of the section, in a code page of one byte a character.
  static func names(_ names: [(id: Int, name: String)]) -> Property {
    var value = Leftover.little(names.count, 4)
    for (id, name) in names {
      value += Leftover.little(id, 4) + Leftover.little(name.utf8.count + 1, 4) + Array(name.utf8) + [0]
    }
    return (0, aligned(value))
  }

  static func set(_ sections: [[Property]]) -> [UInt8] {
    var head: [UInt8] = [0xFE, 0xFF, 0, 0, 6, 1, 2, 0] + [UInt8](repeating: 0, count: 16)
    head += Leftover.little(sections.count, 4)
    let built = sections.map(section)
    var start = head.count + 20 * sections.count
    for section in built {
      head += [UInt8](repeating: 7, count: 16) + Leftover.little(start, 4)
      start += section.count
    }
    return head + built.flatMap { $0 }
  }

  private static func section(_ properties: [Property]) -> [UInt8] {
    var places: [UInt8] = []
    var values: [UInt8] = []
    for (id, value) in properties {
      places += Leftover.little(id, 4) + Leftover.little(8 + 8 * properties.count + values.count, 4)
      values += value
    }
    let body = Leftover.little(properties.count, 4) + places + values
    return Leftover.little(body.count + 4, 4) + body
  }
}

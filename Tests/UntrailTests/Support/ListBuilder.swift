/// Builds binary property lists.
indirect enum ListBuilder {
  case text(String)
  case number(Int)
  case real(Double)
  case date(Double)
  case flag(Bool)
  case data([UInt8])
  case reference(Int)
  case list([ListBuilder])
  case map([(String, ListBuilder)])

  var bytes: [UInt8] {
    var objects: [[UInt8]] = []
    _ = add(to: &objects)
    var body = Array("bplist00".utf8)
    var table: [UInt8] = []
    for object in objects {
      table += Block.big(body.count, 4)
      body += object
    }
    let trailer =
      [0, 0, 0, 0, 0, 0, 4, 2] + Block.big(objects.count, 8) + Block.big(0, 8) + Block.big(body.count, 8)
    return body + table + trailer
  }

  private static func head(_ kind: UInt8, _ count: Int) -> [UInt8] {
    count < 15 ? [kind << 4 | UInt8(count)] : [kind << 4 | 0xF, 0x12] + Block.big(count, 4)
  }

  private func add(to objects: inout [[UInt8]]) -> Int {
    let index = objects.count
    objects.append([])
    func references(_ values: [ListBuilder]) -> [UInt8] {
      var all: [UInt8] = []
      for value in values { all += Block.big(value.add(to: &objects), 2) }
      return all
    }
    switch self {
    case .text(let text):
      let isPlain = text.utf8.allSatisfy { $0 < 0x80 }
      objects[index] =
        isPlain
        ? Self.head(5, text.utf8.count) + Array(text.utf8)
        : Self.head(6, text.utf16.count) + Block.utf16(text)
    case .number(let number): objects[index] = [0x13] + Block.big(number, 8)
    case .real(let number): objects[index] = [0x23] + Block.big(Int(bitPattern: UInt(number.bitPattern)), 8)
    case .date(let number): objects[index] = [0x33] + Block.big(Int(bitPattern: UInt(number.bitPattern)), 8)
    case .flag(let flag): objects[index] = [flag ? 9 : 8]
    case .data(let bytes): objects[index] = Self.head(4, bytes.count) + bytes
    case .reference(let number): objects[index] = [0x81] + Block.big(number, 2)
    case .list(let items): objects[index] = Self.head(0xA, items.count) + references(items)
    case .map(let pairs):
      let keys = references(pairs.map { .text($0.0) })
      objects[index] = Self.head(0xD, pairs.count) + keys + references(pairs.map(\.1))
    }
    return index
  }
}

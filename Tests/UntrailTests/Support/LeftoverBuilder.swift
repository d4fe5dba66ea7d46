import UntrailModel

/// Builds files that lie around others, byte by byte, as their descriptions have them.
enum Leftover {
  static func little(_ value: Int, _ size: Int) -> [UInt8] {
    (0..<size).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
  }

  static func wide(_ text: String) -> [UInt8] { text.utf16.flatMap { little(Int($0), 2) } }

  /// 2026-07-29T11:12:44Z
  static let moment = 1_785_323_564
  static var ticks: Int { (moment + 11_644_473_600) * 10_000_000 }

  static func padded(_ bytes: [UInt8], _ count: Int) -> [UInt8] {
    bytes + [UInt8](repeating: 0, count: max(0, count - bytes.count))
  }

  // MARK: Apple

  /// A binary property list that is a list of texts of ASCII, each shorter than 15 bytes, or is a text alone.
  static func propertyList(_ texts: [String]) -> [UInt8] {
    var bytes = Array("bplist00".utf8)
    var offsets = [bytes.count]
    bytes += [0xA0 | UInt8(texts.count)] + (1...max(texts.count, 1)).prefix(texts.count).map { UInt8($0) }
    for text in texts {
      offsets.append(bytes.count)
      if text.utf8.count < 15 {
        bytes += [0x50 | UInt8(text.utf8.count)]
      } else {
        bytes += [0x5F, 0x10, UInt8(text.utf8.count)]
      }
      bytes += Array(text.utf8)
    }
    let table = bytes.count
    bytes += offsets.map { UInt8($0) }
    return bytes + [0, 0, 0, 0, 0, 0, 1, 1] + Block.big(offsets.count, 8) + Block.big(0, 8)
      + Block.big(table, 8)
  }

  static func appleDouble(_ attributes: [(name: String, value: [UInt8])], comment: String = "") -> [UInt8] {
    let entryCount = comment.isEmpty ? 1 : 2
    let finder = 26 + 12 * entryCount
    var names: [UInt8] = []
    var values: [UInt8] = []
    var nameLength = 0
    for (name, _) in attributes { nameLength += (11 + name.utf8.count + 1 + 3) & ~3 }
    let valueStart = (finder + 34 + 36 + nameLength + 3) & ~3
    for (name, value) in attributes {
      var entry = Block.big(valueStart + values.count, 4) + Block.big(value.count, 4) + [0, 0]
      entry += [UInt8(name.utf8.count + 1)] + Array(name.utf8) + [0]
      names += entry
      // Entries start at multiples of four bytes of the file.
      while (finder + 34 + 36 + names.count) % 4 != 0 { names.append(0) }
      values += value
    }
    var body = [UInt8](repeating: 0, count: 34) + Array("ATTR".utf8) + Block.big(0, 4)
    body += Block.big(0, 4) + Block.big(valueStart, 4) + Block.big(values.count, 4)
    body += [UInt8](repeating: 0, count: 12) + [0, 0] + Block.big(attributes.count, 2) + names
    body = padded(body, valueStart - finder) + values
    var file: [UInt8] =
      [0, 5, 0x16, 7, 0, 2, 0, 0] + padded(Array("Mac OS X".utf8), 16) + Block.big(entryCount, 2)
    file += Block.big(9, 4) + Block.big(finder, 4) + Block.big(body.count, 4)
    if !comment.isEmpty {
      file += Block.big(4, 4) + Block.big(finder + body.count, 4) + Block.big(comment.utf8.count, 4)
    }
    return file + body + Array(comment.utf8)
  }

  struct Record {
    var name: String
    var code: String
    var text: String
  }

  /// A store with one leaf.
  static func desktopStore(_ records: [Record], dates: [(name: String, seconds: Double)] = []) -> [UInt8] {
    var node = Block.big(0, 4) + Block.big(records.count + dates.count, 4)
    func name(_ text: String) -> [UInt8] { Block.big(text.utf16.count, 4) + Block.utf16(text) }
    for record in records {
      node += name(record.name) + Array(record.code.utf8) + Array("ustr".utf8) + name(record.text)
    }
    for (text, seconds) in dates {
      node += name(text) + Array("modDblob".utf8) + Block.big(8, 4)
      node += little(Int(Int64(bitPattern: seconds.bitPattern)), 8)
    }
    // Block 0 is the root at 2048, 1 the tree's head at 32, 2 its leaf at 4096.
    let head =
      Block.big(2, 4) + Block.big(0, 4) + Block.big(records.count, 4) + Block.big(1, 4) + Block.big(4096, 4)
    var root = Block.big(3, 4) + Block.big(0, 4)
    root += Block.big(2048 | 11, 4) + Block.big(32 | 5, 4) + Block.big(4096 | 12, 4)
    root +=
      [UInt8](repeating: 0, count: 253 * 4) + Block.big(1, 4) + [4] + Array("DSDB".utf8) + Block.big(1, 4)
    var file =
      Block.big(1, 4) + Array("Bud1".utf8) + Block.big(2048, 4) + Block.big(2048, 4) + Block.big(2048, 4)
    file = padded(file, 36) + head
    file = padded(file, 2052) + root
    return padded(file, 4100) + node
  }

  // MARK: Windows

  static func recycled(_ path: String, version: Int) -> [UInt8] {
    let head = little(version, 8) + little(4096, 8) + little(ticks, 8)
    if version == 1 { return head + padded(wide(path), 520) }
    return head + little(path.utf16.count + 1, 4) + wide(path) + [0, 0]
  }

  /// A compound file with small streams only.
  static func compound(_ streams: [(name: String, bytes: [UInt8])]) -> [UInt8] {
    var small: [UInt8] = []
    var smallTable: [Int] = []
    var places: [Int] = []
    for stream in streams {
      places.append(smallTable.count)
      let count = max(1, (stream.bytes.count + 63) / 64)
      for index in 0..<count {
        smallTable.append(index == count - 1 ? 0xFFFF_FFFE : smallTable.count + 1)
      }
      small += padded(stream.bytes, count * 64)
    }
    let directoryCount = (streams.count + 1 + 3) / 4
    let smallCount = (small.count + 511) / 512
    let smallTableCount = (smallTable.count + 127) / 128
    // 0: table, then directory, then the small table, then small streams.
    var table = [0xFFFF_FFFD]
    func addChain(_ count: Int) -> Int {
      let first = table.count
      for index in 0..<count { table.append(index == count - 1 ? 0xFFFF_FFFE : table.count + 1) }
      return first
    }
    let directory = addChain(directoryCount)
    let smallTableStart = addChain(smallTableCount)
    let smallStart = addChain(smallCount)
    var head: [UInt8] = [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1] + [UInt8](repeating: 0, count: 16)
    head += little(0x3E, 2) + little(3, 2) + [0xFE, 0xFF] + little(9, 2) + little(6, 2)
    head += [UInt8](repeating: 0, count: 10) + little(1, 4) + little(directory, 4) + little(0, 4)
    head += little(4096, 4) + little(smallTableStart, 4) + little(smallTableCount, 4)
    head += little(0xFFFF_FFFE, 4) + little(0, 4) + little(0, 4)
    head += [UInt8](repeating: 0xFF, count: 512 - head.count)
    func entry(_ name: String, _ type: UInt8, _ sector: Int, _ count: Int) -> [UInt8] {
      var entry = padded(wide(name), 64) + little(2 * name.utf16.count + 2, 2) + [type, 1]
      entry += [UInt8](repeating: 0xFF, count: 12) + [UInt8](repeating: 0, count: 36)
      return entry + little(sector, 4) + little(count, 4) + little(0, 4)
    }
    var entries = entry("Root Entry", 5, smallStart, small.count)
    for (index, stream) in streams.enumerated() {
      entries += entry(stream.name, 2, places[index], stream.bytes.count)
    }
    var file = head + padded(table.flatMap { little($0, 4) }, 512)
    file += padded(entries, directoryCount * 512)
    file += padded(smallTable.flatMap { little($0, 4) }, smallTableCount * 512)
    return file + padded(small, smallCount * 512)
  }

  static func catalog(_ names: [String]) -> [UInt8] {
    var bytes = little(16, 2) + little(7, 2) + little(names.count, 4) + little(96, 4) + little(96, 4)
    for (index, name) in names.enumerated() {
      let text = wide(name) + [0, 0, 0, 0]
      bytes += little(16 + text.count, 4) + little(index + 1, 4) + little(ticks, 8) + text
    }
    return bytes
  }

  static func pictureStream(_ picture: [UInt8]) -> [UInt8] {
    little(12, 4) + little(1, 4) + little(picture.count, 4) + picture
  }

  static func thumbnailCache(version: Int, _ pictures: [[UInt8]]) -> [UInt8] {
    let head =
      version >= 0x1C
      ? little(version, 4) + little(2, 4) + little(0, 4) + little(32, 4) + [UInt8](repeating: 0, count: 12)
      : little(version, 4) + little(2, 4) + little(24, 4) + little(0, 4) + little(0, 4)
    var file = Array("CMMM".utf8) + head
    for picture in pictures {
      let name = wide("0123456789abcdef")
      let tail = name + picture
      let isLate = version >= 0x1A
      let fields = little(name.count, 4) + little(0, 4) + little(picture.count, 4)
      let rest = [UInt8](repeating: 0, count: isLate ? 28 : 20)
      let ending: [UInt8] = version == 0x14 ? padded(wide("jpg"), 8) : []
      let length = 16 + ending.count + fields.count + rest.count + tail.count
      file += Array("CMMM".utf8) + little(length, 4) + little(0x1234, 8) + ending + fields + rest + tail
    }
    return file
  }

  static func shortcut(path: String, host: String, mac: [UInt8], comment: String) -> [UInt8] {
    let flags = 0b1000_0110
    var file = little(0x4C, 4) + [1, 0x14, 2, 0, 0, 0, 0, 0, 0xC0, 0, 0, 0, 0, 0, 0, 0x46]
    file += little(flags, 4) + little(0x20, 4) + little(ticks, 8) + little(ticks, 8) + little(ticks, 8)
    file += little(100, 4) + [UInt8](repeating: 0, count: 20)
    let volume =
      little(20 + 6, 4) + little(3, 4) + little(0xC8F0_D326, 4) + little(16, 4) + Array("STICK\0".utf8)
    let place = volume + Array(path.utf8) + [0] + [0]
    var info = little(28 + place.count, 4) + little(28, 4) + little(1, 4) + little(28, 4)
    info += little(28 + volume.count, 4) + little(0, 4) + little(28 + place.count - 1, 4)
    file += info + place
    file += little(comment.utf16.count, 2) + wide(comment)
    let id: [UInt8] = [0xA0, 0x15, 0x88, 0x6A, 0x85, 0xA5, 0xDE, 0x11, 0xAC, 0xF5] + mac
    file +=
      little(0x60, 4) + little(0xA000_0003, 4) + little(0x58, 4) + little(0, 4) + padded(Array(host.utf8), 16)
    return file + [UInt8](repeating: 7, count: 16) + id + [UInt8](repeating: 7, count: 16) + id + little(0, 4)
  }

  // MARK: Editors

  static func swap(user: String, host: String, path: String) -> [UInt8] {
    var head =
      Array("b0VIM 9.1".utf8) + [0, 0, 0] + little(4096, 4) + little(moment, 4) + little(5, 4) + little(6, 4)
    head += padded(Array(user.utf8), 40) + padded(Array(host.utf8), 40) + padded(Array(path.utf8), 900)
    return padded(head, 4096) + Array("some text".utf8)
  }

  static func owner(_ name: String) -> [UInt8] {
    var short = [UInt8(name.utf16.count)] + Array(name.utf8)
    short += [UInt8](repeating: 0x20, count: 54 - short.count)
    return padded(short + little(name.utf16.count, 2) + wide(name), 162)
  }
}

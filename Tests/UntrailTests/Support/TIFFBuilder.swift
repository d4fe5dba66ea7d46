import UntrailBytes

/// Builds TIFF and BigTIFF structures with directories below each other, byte by byte, as the specifications have
/// them.
struct TIFFBuilder {
  struct Entry {
    var tag: UInt16
    var format: UInt16
    var count: Int
    var content: Content
  }

  enum Content {
    case bytes([UInt8])
    /// Directories elsewhere in the file; the value is where each begins.
    case directories([[Entry]])
    /// Bytes elsewhere in the file; the value is where they begin.
    case block([UInt8])
  }

  var order = ByteOrder.little
  var isBig = false
  /// What stands in the place of 42.
  var magic: UInt16 = 42
  /// What stands between the head and the first directory.
  var filling: [UInt8] = []

  func text(_ tag: UInt16, _ text: String, format: UInt16 = 2) -> Entry {
    let bytes = Array(text.utf8) + [0]
    return Entry(tag: tag, format: format, count: bytes.count, content: .bytes(bytes))
  }

  func bytes(_ tag: UInt16, _ bytes: [UInt8], format: UInt16 = 7) -> Entry {
    Entry(tag: tag, format: format, count: bytes.count, content: .bytes(bytes))
  }

  func shorts(_ tag: UInt16, _ numbers: [Int]) -> Entry {
    Entry(tag: tag, format: 3, count: numbers.count, content: .bytes(numbers.flatMap { number($0, 2) }))
  }

  func long(_ tag: UInt16, _ value: Int) -> Entry {
    Entry(tag: tag, format: 4, count: 1, content: .bytes(number(value, 4)))
  }

  func doubles(_ tag: UInt16, _ numbers: [Double]) -> Entry {
    Entry(
      tag: tag, format: 12, count: numbers.count,
      content: .bytes(numbers.flatMap { number(Int(truncatingIfNeeded: $0.bitPattern), 8) }))
  }

  func directories(_ tag: UInt16, _ list: [[Entry]]) -> Entry {
    Entry(tag: tag, format: isBig ? 18 : 4, count: list.count, content: .directories(list))
  }

  /// Where a picture stands, and how long it is.
  func picture(_ offsetTag: UInt16, _ lengthTag: UInt16, _ bytes: [UInt8]) -> [Entry] {
    [Entry(tag: offsetTag, format: 4, count: 1, content: .block(bytes)), long(lengthTag, bytes.count)]
  }

  /// The structure with a chain of directories.
  func build(_ chain: [[Entry]]) -> [UInt8] {
    var file: [UInt8] = order.isBig ? [0x4D, 0x4D] : [0x49, 0x49]
    file += number(Int(isBig ? 43 : magic), 2)
    if isBig { file += number(8, 2) + number(0, 2) }
    let link = file.count
    file += number(0, wordSize) + filling
    var place = link
    for directory in chain {
      if file.count % 2 == 1 { file.append(0) }
      put(file.count, at: place, in: &file)
      place = append(directory, to: &file)
    }
    return file
  }

  private var wordSize: Int { isBig ? 8 : 4 }

  /// Appends a directory and what it points to.
  ///
  /// - Returns: where the offset of the next one goes.
  private func append(_ directory: [Entry], to file: inout [UInt8]) -> Int {
    file += number(directory.count, isBig ? 8 : 2)
    let start = file.count
    let entrySize = 4 + 2 * wordSize
    file += [UInt8](repeating: 0, count: entrySize * directory.count + wordSize)
    for (index, entry) in directory.enumerated() {
      var value: [UInt8]
      switch entry.content {
      case .bytes(let bytes): value = bytes
      case .block(let bytes):
        value = number(file.count, 4)
        file += bytes
      case .directories(let list):
        value = []
        for one in list {
          value += number(file.count, isBig ? 8 : 4)
          _ = append(one, to: &file)
        }
      }
      if value.count > wordSize {
        let offset = file.count
        file += value
        value = number(offset, wordSize)
      }
      let head = number(Int(entry.tag), 2) + number(Int(entry.format), 2) + number(entry.count, wordSize)
      for (at, byte) in (head + value).enumerated() { file[start + entrySize * index + at] = byte }
    }
    return start + entrySize * directory.count
  }

  private func put(_ value: Int, at offset: Int, in file: inout [UInt8]) {
    for (index, byte) in number(value, wordSize).enumerated() { file[offset + index] = byte }
  }

  private func number(_ value: Int, _ size: Int) -> [UInt8] {
    let bytes = (0..<size).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
    return order.isBig ? bytes.reversed() : bytes
  }
}

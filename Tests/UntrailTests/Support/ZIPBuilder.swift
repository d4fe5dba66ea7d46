import UntrailReaders

/// Builds ZIP archives as the specification has them.
struct ZIPBuilder {
  struct File {
    var name: String
    var content: [UInt8]
    var isDeflated = false
    /// Whether the sizes follow the content.
    var hasDescriptor = false
    var flags = 0
    var method: Int?

    init(_ name: String, _ content: [UInt8]) {
      self.name = name
      self.content = content
    }

    init(_ name: String, _ text: String) { self.init(name, Array(text.utf8)) }
  }

  var files: [File]
  var comment = ""
  /// Whether all numbers stand in the extra fields.
  var isLarge = false
  /// Where the directory says that the files start; nil for the truth.
  var offsets: [Int]?

  init(_ files: [File]) { self.files = files }

  static func small(_ value: Int, _ size: Int) -> [UInt8] {
    (0..<size).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
  }

  /// A raw deflate stream that holds the bytes as they are.
  static func deflated(_ bytes: [UInt8]) -> [UInt8] {
    let size = small(bytes.count, 2)
    return [1] + size + size.map { ~$0 } + bytes
  }

  static func checksum(_ bytes: [UInt8]) -> Int {
    var sum: UInt32 = 0xFFFF_FFFF
    for byte in bytes {
      sum ^= UInt32(byte)
      for _ in 0..<8 { sum = sum & 1 == 1 ? sum >> 1 ^ 0xEDB8_8320 : sum >> 1 }
    }
    return Int(~sum)
  }

  var bytes: [UInt8] {
    var body: [UInt8] = []
    var directory: [UInt8] = []
    for (index, file) in files.enumerated() {
      let packed = file.isDeflated ? Self.deflated(file.content) : file.content
      let method = file.method ?? (file.isDeflated ? 8 : 0)
      let flags = file.flags | (file.hasDescriptor ? 8 : 0)
      let sum = Self.checksum(file.content)
      let name = Array(file.name.utf8)
      let start = offsets?[index] ?? body.count
      let sizes = Self.small(packed.count, 4) + Self.small(file.content.count, 4)
      let head = Self.small(flags, 2) + Self.small(method, 2) + [0, 0, 0x21, 0x58]
      let local = file.hasDescriptor ? [UInt8](repeating: 0, count: 12) : Self.small(sum, 4) + sizes
      body += [0x50, 0x4B, 3, 4, 20, 0] + head + local + Self.small(name.count, 2) + [0, 0] + name + packed
      if file.hasDescriptor { body += [0x50, 0x4B, 7, 8] + Self.small(sum, 4) + sizes }
      let all = Self.small(file.content.count, 8) + Self.small(packed.count, 8) + Self.small(start, 8)
      let extra = isLarge ? [1, 0, 24, 0] + all : []
      let open = [UInt8](repeating: 0xFF, count: 4)
      directory +=
        [0x50, 0x4B, 1, 2, 20, 0, 20, 0] + head + Self.small(sum, 4) + (isLarge ? open + open : sizes)
      directory += Self.small(name.count, 2) + Self.small(extra.count, 2) + [UInt8](repeating: 0, count: 10)
      directory += (isLarge ? open : Self.small(start, 4)) + name + extra
    }
    var end: [UInt8] = []
    if isLarge {
      let counts = Self.small(files.count, 8) + Self.small(files.count, 8)
      end +=
        [0x50, 0x4B, 6, 6] + Self.small(44, 8) + [45, 0, 45, 0] + [UInt8](repeating: 0, count: 8) + counts
      end += Self.small(directory.count, 8) + Self.small(body.count, 8)
      end += [0x50, 0x4B, 6, 7, 0, 0, 0, 0] + Self.small(body.count + directory.count, 8) + [1, 0, 0, 0]
    }
    let count = isLarge ? [0xFF, 0xFF] : Self.small(files.count, 2)
    end += [0x50, 0x4B, 5, 6, 0, 0, 0, 0] + count + count
    end +=
      isLarge
      ? [UInt8](repeating: 0xFF, count: 8) : Self.small(directory.count, 4) + Self.small(body.count, 4)
    return body + directory + end + Self.small(comment.utf8.count, 2) + Array(comment.utf8)
  }
}

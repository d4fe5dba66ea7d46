import UntrailBytes
import UntrailIdentify
import UntrailModel
import UntrailReaders

/// Builds archives by hand.
enum ArchiveBuilder {
  struct File {
    var name: String
    var content: [UInt8] = []
    var user = ""
    /// What a symbolic link leads to.
    var target = ""
    /// Bytes that the header claims; nil for the truth.
    var claimed: Int?

    init(_ name: String, _ content: [UInt8] = [], user: String = "", target: String = "") {
      self.name = name
      self.content = content
      self.user = user
      self.target = target
    }
  }

  /// A ustar archive, as POSIX.1 has it; files were changed on 2024-04-28 at 21:09:02 UTC.
  static func tar(_ files: [File]) -> [UInt8] {
    var bytes: [UInt8] = []
    for file in files {
      var header = [UInt8](repeating: 0, count: 512)
      func put(_ text: String, _ start: Int) {
        for (index, byte) in text.utf8.enumerated() { header[start + index] = byte }
      }
      func octal(_ value: Int, _ digits: Int) -> String {
        let text = String(value, radix: 8)
        return String(repeating: "0", count: digits - text.count) + text
      }
      put(file.name, 0)
      put("0000644", 100)
      put("0001750", 108)
      put("0001750", 116)
      put(octal(file.claimed ?? file.content.count, 11), 124)
      put(octal(1_714_338_542, 11), 136)
      put(file.target.isEmpty ? "0" : "2", 156)
      put(file.target, 157)
      put("ustar", 257)
      put("00", 263)
      put(file.user, 265)
      for index in 148..<156 { header[index] = 0x20 }
      put(octal(header.reduce(0) { $0 + Int($1) }, 6), 148)
      header[154] = 0
      bytes += header + file.content
      bytes += [UInt8](repeating: 0, count: (512 - file.content.count % 512) % 512)
    }
    return bytes + [UInt8](repeating: 0, count: 1024)
  }

  /// A gzip file around a raw deflate stream.
  static func gzip(deflated: [UInt8], name: String = "", of content: [UInt8] = []) -> [UInt8] {
    [0x1F, 0x8B, 8, name.isEmpty ? 0 : 8] + ZIPBuilder.small(1_714_338_542, 4) + [0, 3]
      + (name.isEmpty ? [] : Array(name.utf8) + [0]) + deflated
      + ZIPBuilder.small(ZIPBuilder.checksum(content), 4) + ZIPBuilder.small(content.count, 4)
  }

  static func gzip(_ content: [UInt8], name: String = "") -> [UInt8] {
    gzip(deflated: ZIPBuilder.deflated(content), name: name, of: content)
  }
}

/// What is made of bytes in memory whose type is told as in a run.
func examineWhole(_ bytes: [UInt8], _ limits: Limits = Limits()) throws -> Examination {
  let identifier = try Identifier(database: MagicDatabase.open())
  let tools = ReaderTools(limits: limits) { prefix, count in
    (try? identifier.identify(prefix, byteCount: count)) ?? .unknown
  }
  let type = try bytes.withUnsafeBytes {
    try identifier.identify(
      UnsafeRawBufferPointer(rebasing: $0.prefix(ByteSource.pageSize)), byteCount: bytes.count)
  }
  var result = ReadResult()
  let isRead = result.read(ByteSource(bytes: bytes), of: type, with: tools)
  return result.examination(
    of: Artifact(path: PathBytes("a"), byteCount: bytes.count), type, isRead: isRead)
}

/// A picture with a position at the Eiffel Tower.
func pictureOfTower() -> [UInt8] {
  var exif = ExifBuilder()
  exif.addPosition(latitude: 48.8584, longitude: 2.2945)
  return Container.jpeg(exif.build())
}

extension Examination {
  /// The ways into files with a position.
  var waysToPlaces: [[String]] {
    members.filter { $0.observations.contains { $0.kind == .location } }.map(\.artifact.member)
  }
}

/// How files that lie around others start: records of trashes, thumbnail stores, locks, attributes.
enum LeftoverSniffs {
  typealias Bytes = UnsafeRawBufferPointer

  /// AppleDouble and AppleSingle of version 2.
  static func isAppleDouble(_ prefix: Bytes) -> Bool {
    prefix.starts(with: [0x00, 0x05, 0x16, 0x07, 0x00, 0x02, 0x00, 0x00])
      || prefix.starts(with: [0x00, 0x05, 0x16, 0x00, 0x00, 0x02, 0x00, 0x00])
  }

  static func isDesktopServicesStore(_ prefix: Bytes) -> Bool {
    prefix.starts(with: [0, 0, 0, 1]) && prefix.dropFirst(4).starts(with: "Bud1".utf8)
  }

  static func isThumbnailCache(_ prefix: Bytes) -> Bool {
    prefix.count >= 24 && prefix.starts(with: "CMMM".utf8) && (0x14...0x30).contains(prefix[4])
      && prefix[5..<8].allSatisfy { $0 == 0 }
  }

  static func isSwapFile(_ prefix: Bytes) -> Bool {
    guard prefix.count >= 108 else { return false }
    return prefix.starts(with: "b0VIM ".utf8) || prefix.starts(with: "b0nano ".utf8)
  }

  /// A compound file whose directory, where the first page holds its beginning, names a catalog or small pictures.
  ///
  /// Source: Microsoft, MS-CFB.
  static func isThumbnailDatabase(_ prefix: Bytes) -> Bool {
    guard prefix.count >= 1536, prefix.starts(with: [0xD0, 0xCF, 0x11, 0xE0]), prefix[30] == 9 else {
      return false
    }
    let sector = Int(UInt32(littleEndian: prefix.loadUnaligned(fromByteOffset: 48, as: UInt32.self)))
    guard sector < 7 else { return false }
    let start = (sector + 1) * 512
    // The first entry is the root.
    for entry in stride(from: start, through: min(start + 384, prefix.count - 128), by: 128)
    where prefix[entry + 66] == 2 {
      let length = Int(prefix[entry + 64])
      guard (4...64).contains(length) else { return false }
      let name = stride(from: entry, to: entry + length - 2, by: 2).map { prefix[$0] }
      return name.elementsEqual("Catalog".utf8) || isSizeAndHash(name)
    }
    return false
  }

  /// 256_0123456789abcdef
  private static func isSizeAndHash(_ name: [UInt8]) -> Bool {
    let digits = name.prefix { $0 &- 0x30 < 10 }.count
    return (2...4).contains(digits) && name.count > digits + 8 && name[digits] == UInt8(ascii: "_")
      && name[(digits + 1)...].allSatisfy { $0 &- 0x30 < 10 || ($0 | 0x20) &- 0x61 < 6 }
  }

  /// A version, a size, a time after 1970 and a path with a drive or a server.
  static func isRecycled(_ prefix: Bytes) -> Bool {
    guard prefix.count >= 36, prefix[0] == 1 || prefix[0] == 2, prefix[1..<8].allSatisfy({ $0 == 0 }) else {
      return false
    }
    let ticks = UInt64(littleEndian: prefix.loadUnaligned(fromByteOffset: 16, as: UInt64.self))
    // 1970 to 2185.
    guard (116_444_736_000_000_000..<0x0290_0000_0000_0000).contains(ticks) else { return false }
    let path = prefix[0] == 1 ? 24 : 28
    guard prefix[path + 1] == 0, prefix[path + 3] == 0, prefix[path + 5] == 0 else { return false }
    let (first, second, third) = (prefix[path], prefix[path + 2], prefix[path + 4])
    return second == UInt8(ascii: ":") && third == UInt8(ascii: "\\")
      || first == UInt8(ascii: "\\") && second == UInt8(ascii: "\\")
  }

  /// A file of one of the sizes that they have, and a name of as many letters as its first byte says, in both sets.
  static func isOwnerFile(_ prefix: Bytes) -> Bool {
    guard [54, 162, 165, 171].contains(prefix.count), (1...52).contains(prefix[0]) else { return false }
    let end = 1 + Int(prefix[0])
    guard prefix[1..<end].allSatisfy({ $0 >= 0x20 && $0 != 0x7F }),
      prefix[end..<54].allSatisfy({ $0 == 0x20 || $0 == 0 })
    else { return false }
    return prefix.count == 54 || [54, 55].contains { prefix[$0] == prefix[0] && prefix[$0 + 1] == 0 }
      || prefix[1..<end].contains { $0 >= 0x80 }
  }

  /// Five fields behind each other, the last one with the address of a profile.
  static func isOfficeLock(_ prefix: Bytes) -> Bool {
    guard prefix.count < 2048, let end = prefix.lastIndex(of: UInt8(ascii: ";")), end + 2 >= prefix.count,
      let last = prefix[..<end].lastIndex(of: UInt8(ascii: ","))
    else { return false }
    let commas = prefix[..<end].count { $0 == UInt8(ascii: ",") }
    return commas >= 4 && commas <= 8 && prefix[(last + 1)...].starts(with: "file:".utf8)
      && prefix[..<end].allSatisfy { $0 >= 0x20 }
  }

  /// Whether a text of sections starts with one of these, whatever the encoding.
  static func hasFirstSection(_ prefix: Bytes, _ names: [String]) -> Bool {
    let text = plain(prefix)
    return names.contains { name in
      text.count >= name.utf8.count && zip(text, name.utf8).allSatisfy { $0 | 0x20 == $1 | 0x20 }
    }
  }

  /// Picasa's file starts with any section: with itself, with contacts, with a picture.
  static func isPicasa(_ prefix: Bytes) -> Bool {
    let text = plain(prefix.prefix(2048))
    guard text.first == UInt8(ascii: "[") else { return false }
    let lines = text.split { $0 == 0x0A || $0 == 0x0D }
    let words = [
      "[Picasa]", "[Contacts2]", "[Contacts]", "[.album:", "faces=rect64(", "backuphash=", "rotate=rotate(",
      "filters=", "star=yes", "IIDLIST_",
    ]
    return lines.contains { line in words.contains { line.starts(with: $0.utf8) } }
  }

  /// Without the bytes that UTF-16 has more than ASCII, and without a byte order mark.
  private static func plain(_ prefix: some Collection<UInt8>) -> ArraySlice<UInt8> {
    var text = prefix.prefix(2048).filter { $0 != 0 }[...]
    for mark in [[0xEF, 0xBB, 0xBF], [0xFF, 0xFE]] as [[UInt8]] where text.starts(with: mark) {
      text = text.dropFirst(mark.count)
    }
    return text.drop { $0 == 0x20 || $0 >= 0x09 && $0 <= 0x0D }
  }
}

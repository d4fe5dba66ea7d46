internal import UntrailBytes
internal import UntrailModel

/// Finds the entries of a ZIP archive: by its directory, or, where that is gone, by the headers of the entries.
///
///     entries:    50 4B 03 04 | 2 version, 2 flags, 2 method, 2 time, 2 date, 4 checksum, 4 packed size, 4 size,
///                 2 length of name, 2 length of extra, name, extra, packed bytes
///     directory:  50 4B 01 02 | 2 made by, 2 version, 2 flags, 2 method, 2 time, 2 date, 4 checksum, 4 packed size,
///                 4 size, 2 length of name, 2 of extra, 2 of comment, 2 disk, 2 and 4 attributes, 4 offset of entry,
///                 name, extra, comment
///     zip64 end:  50 4B 06 06 | 8 size, 2 made by, 2 version, 4 disk, 4 disk, 8 entries here, 8 entries,
///                 8 size of directory, 8 offset of directory
///     locator:    50 4B 06 07 | 4 disk, 8 offset of zip64 end, 4 disks
///     end:        50 4B 05 06 | 2 disk, 2 disk, 2 entries here, 2 entries, 4 size of directory, 4 offset of directory,
///                 2 length of comment, comment
///     extra:      2 id, 2 length: 0001 = size, packed size, offset, 8 bytes each, of those that are FFFFFFFF above;
///                 7075 = version, 4 checksum of the name, name in UTF-8
///
/// Source: PKWARE, APPNOTE.TXT 6.3.10, sections 4.3 and 4.5.
struct ZIPDirectory {
  private(set) var entries: [ZIPEntry] = []
  /// The comment on the whole archive, and where it stands.
  private(set) var comment: (text: String, offset: Int)?
  /// What is wrong with the directory.
  private(set) var flaws: [ParseError] = []

  private let source: ByteSource
  private let limits: Limits
  private static let endSize = 22

  init(_ source: ByteSource, _ limits: Limits) throws(ParseError) {
    self.source = source
    self.limits = limits
    if let end = try findEnd() {
      do throws(ParseError) {
        try readDirectory(end)
      } catch {
        flaws.append(error)
      }
    } else {
      flaws.append(ParseError(.truncated, at: source.count, "an archive without its directory"))
    }
    if entries.isEmpty, !flaws.isEmpty { try readHeaders() }
    dropOverlapping()
  }

  // MARK: The end

  /// Where the end of the directory stands; nil where there is none.
  private mutating func findEnd() throws(ParseError) -> Int? {
    guard source.count >= Self.endSize else { return nil }
    let length = min(source.count, Self.endSize + 0xFFFF)
    let start = source.count - length
    let tail = try source.bytes(at: start, count: length)
    var fallback: Int?
    var index = length - Self.endSize
    while index >= 0 {
      defer { index -= 1 }
      guard tail[index] == 0x50, tail[index...].starts(with: [0x50, 0x4B, 0x05, 0x06]) else { continue }
      let commentSize = Int(tail[index + 20]) | Int(tail[index + 21]) << 8
      if index + Self.endSize + commentSize == length {
        takeComment(tail[(index + Self.endSize)...], at: start + index + Self.endSize)
        return start + index
      }
      fallback = fallback ?? start + index
    }
    return fallback
  }

  private mutating func takeComment(_ bytes: ArraySlice<UInt8>, at offset: Int) {
    guard let text = BoundedText.decode(bytes, limits), BoundedText.isPrintable(text) else { return }
    comment = (text, offset)
  }

  private mutating func readDirectory(_ end: Int) throws(ParseError) {
    var count = Int(try source.u16(at: end + 10, .little))
    var size = Int(try source.u32(at: end + 12, .little))
    var offset = Int(try source.u32(at: end + 16, .little))
    var directoryEnd = end
    if count == 0xFFFF || size == 0xFFFF_FFFF || offset == 0xFFFF_FFFF, let large = try largeEnd(before: end)
    {
      directoryEnd = large
      count = try number(at: large + 32)
      size = try number(at: large + 40)
      offset = try number(at: large + 48)
    }
    // What was put in front of the archive moves everything.
    var shift = 0
    if size <= directoryEnd, offset <= directoryEnd - size { shift = directoryEnd - size - offset }
    if try !isDirectory(at: offset + shift) { shift = 0 }
    var position = offset + shift
    for index in 0..<max(0, count) {
      guard index < limits.entries else {
        throw ParseError(.limit, at: position, "an archive of more than \(limits.entries) files")
      }
      guard position < end, try isDirectory(at: position) else {
        throw ParseError(
          .malformed, at: min(position, source.count), "the directory of an archive breaks off")
      }
      position += try readEntry(at: position, shift)
    }
  }

  private func isDirectory(at offset: Int) throws(ParseError) -> Bool {
    guard offset >= 0, offset <= source.count - 4 else { return false }
    return try source.u32(at: offset, .little) == 0x0201_4B50
  }

  /// Where the end of a large archive stands; nil where it is none.
  private func largeEnd(before end: Int) throws(ParseError) -> Int? {
    guard end >= 20, try source.u32(at: end - 20, .little) == 0x0706_4B50 else { return nil }
    for offset in [try number(at: end - 12), end - 76] {
      guard offset >= 0, offset <= end - 76, try source.u32(at: offset, .little) == 0x0606_4B50 else {
        continue
      }
      return offset
    }
    return nil
  }

  /// A number of eight bytes, cut so that sums of a few such numbers are numbers, too.
  private func number(at offset: Int) throws(ParseError) -> Int {
    min(Int(clamping: try source.u64(at: offset, .little)), Int.max / 4)
  }

  // MARK: Entries

  /// - Returns: bytes of the entry in the directory.
  private mutating func readEntry(at start: Int, _ shift: Int) throws(ParseError) -> Int {
    let flags = try source.u16(at: start + 8, .little)
    let method = try source.u16(at: start + 10, .little)
    let checksum = try source.u32(at: start + 16, .little)
    var packedSize = Int(try source.u32(at: start + 20, .little))
    var size = Int(try source.u32(at: start + 24, .little))
    let nameSize = Int(try source.u16(at: start + 28, .little))
    let extraSize = Int(try source.u16(at: start + 30, .little))
    let commentSize = Int(try source.u16(at: start + 32, .little))
    var offset = Int(try source.u32(at: start + 42, .little))
    var name = try name(at: start + 46, nameSize)
    var details = ZIPEntry.Details()
    details.system = try source.u8(at: start + 5)
    details.mode = try source.u16(at: start + 40, .little)
    details.localTime = ZIPTimes.local(try source.u32(at: start + 12, .little))
    for (id, extra) in try extras(at: start + 46 + nameSize, extraSize) {
      ZIPTimes.take(id, try source.bytes(at: extra.lowerBound, count: min(extra.count, 64)), into: &details)
      if id == 0x7075, extra.count > 5 {
        name = try text(at: extra.lowerBound + 5, extra.count - 5) ?? name
      }
      guard id == 0x0001 else { continue }
      var position = extra.lowerBound
      func next(_ value: inout Int) throws(ParseError) {
        guard value == 0xFFFF_FFFF, position + 8 <= extra.upperBound else { return }
        value = try number(at: position)
        position += 8
      }
      try next(&size)
      try next(&packedSize)
      try next(&offset)
    }
    if commentSize > 0, entries.count < limits.members {
      let place = start + 46 + nameSize + extraSize
      details.comment = try text(at: place, commentSize).flatMap { text in
        BoundedText.isPrintable(text) ? (text, place) : nil
      }
    }
    entries.append(
      ZIPEntry(
        name: name, method: ZIPEntry.Method(method), isEncrypted: flags & 1 != 0, packedSize: packedSize,
        size: size, checksum: checksum, headerOffset: offset + shift, details: details))
    return 46 + nameSize + extraSize + commentSize
  }

  private func extras(at start: Int, _ length: Int) throws(ParseError) -> [(id: UInt16, range: Range<Int>)] {
    var found: [(id: UInt16, range: Range<Int>)] = []
    var position = start
    let end = start + length
    while position + 4 <= end, found.count < 64 {
      let id = try source.u16(at: position, .little)
      let size = Int(try source.u16(at: position + 2, .little))
      guard position + 4 + size <= end else { break }
      found.append((id, position + 4..<position + 4 + size))
      position += 4 + size
    }
    return found
  }

  private func name(at offset: Int, _ length: Int) throws(ParseError) -> String {
    try text(at: offset, length) ?? ""
  }

  private func text(at offset: Int, _ length: Int) throws(ParseError) -> String? {
    BoundedText.decode(try source.bytes(at: offset, count: length), limits)
  }

  // MARK: Without a directory

  /// Walks from header to header, as far as the sizes are known.
  private mutating func readHeaders() throws(ParseError) {
    var position = 0
    while position + 30 <= source.count, entries.count < limits.entries,
      try source.u32(at: position, .little) == 0x0403_4B50
    {
      let flags = try source.u16(at: position + 6, .little)
      let isOpen = flags & 8 != 0
      let packedSize = Int(try source.u32(at: position + 18, .little))
      let nameSize = Int(try source.u16(at: position + 26, .little))
      let extraSize = Int(try source.u16(at: position + 28, .little))
      let content = position + 30 + nameSize + extraSize
      guard content <= source.count else { return }
      let isUnknown = isOpen && packedSize == 0 || packedSize == 0xFFFF_FFFF
      entries.append(
        ZIPEntry(
          name: try name(at: position + 30, nameSize),
          method: ZIPEntry.Method(try source.u16(at: position + 8, .little)), isEncrypted: flags & 1 != 0,
          packedSize: isUnknown ? nil : packedSize,
          size: isUnknown ? nil : Int(try source.u32(at: position + 22, .little)),
          checksum: isOpen ? nil : try source.u32(at: position + 14, .little), headerOffset: position))
      guard let next = isUnknown ? try nextHeader(from: content) : content + packedSize else { return }
      position = next
      // The sizes may follow.
      if isOpen, !isUnknown { position = try nextHeader(from: min(position, source.count)) ?? source.count }
    }
  }

  /// Where the next header stands within one structure; nil where there is none.
  private func nextHeader(from start: Int) throws(ParseError) -> Int? {
    var position = start
    while position < source.count, position - start < limits.structure {
      let length = min(source.count - position, ByteSource.pageSize)
      let found = try source.withBytes(at: position, count: length) { run throws(ParseError) -> Int? in
        guard length >= 4 else { return nil }
        return (0...(length - 4)).first { run[$0] == 0x50 && run[$0...].starts(with: [0x50, 0x4B, 3, 4]) }
      }
      if let found { return position + found }
      guard length == ByteSource.pageSize else { return nil }
      position += length - 3
    }
    return nil
  }

  /// Leaves out entries that begin inside another one: archives that become much larger than they are have them.
  private mutating func dropOverlapping() {
    var end = 0
    var inside: Set<Int> = []
    let order = entries.indices.sorted {
      (entries[$0].headerOffset, $0) < (entries[$1].headerOffset, $1)
    }
    for index in order {
      let entry = entries[index]
      if entry.headerOffset < end {
        inside.insert(index)
      } else {
        end = entry.headerOffset + 30 + (entry.packedSize ?? 0)
      }
    }
    guard !inside.isEmpty else { return }
    flaws.append(ParseError(.malformed, at: 0, "files of an archive lie inside each other"))
    entries = entries.indices.filter { !inside.contains($0) }.map { entries[$0] }
  }
}

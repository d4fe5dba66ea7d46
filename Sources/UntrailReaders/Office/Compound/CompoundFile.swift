internal import UntrailBytes
internal import UntrailModel

/// Compound files (OLE2): streams in sectors, which chains in a table put together.
///
///     D0 CF 11 E0 A1 B1 1A E1 ...      head, 512 bytes, little-endian; from its start:
///       30: logarithm of the bytes of a sector, 32: of a small sector
///       48: first sector of the directory, 56: bytes below which a stream is small
///       60: first sector of the small table, 68: first sector of the list of the table's sectors, 72: how many
///       76: the first 109 of them
///
/// Sectors are numbered from the one behind the head. Small streams lie in the stream of the first entry of the
/// directory.
///
/// Source: Microsoft, MS-CFB, sections 2.2 to 2.5.
struct CompoundFile {
  private let source: ByteSource
  private let limits: Limits
  private let sectorSize: Int
  private let smallSize: Int
  private let smallBelow: Int
  /// The sectors of the table, in its order.
  private var table: [Int] = []
  private var smallTable: [Int] = []
  /// The sectors of the stream that holds the small ones.
  private var smallSectors: [Int] = []
  private(set) var directory = CompoundDirectory()
  /// What is wrong with the directory or the tables, so that streams may be missing without a word.
  private(set) var flaw: ParseError?

  /// Numbers from here on are marks: the end of a chain, a free sector.
  private static let lastSector = 0xFFFF_FFF0

  static let magic: [UInt8] = [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1]

  /// - Throws: where the head or the directory breaks off.
  init(_ source: ByteSource, _ limits: Limits) throws(ParseError) {
    self.source = source
    self.limits = limits
    let sectorShift = Int(try source.u16(at: 30, .little))
    let smallShift = Int(try source.u16(at: 32, .little))
    guard try source.bytes(at: 0, count: 8) == Self.magic, sectorShift == 9 || sectorShift == 12,
      (2...9).contains(smallShift)
    else { throw ParseError(.malformed, at: 0, "no head of a compound file") }
    sectorSize = 1 << sectorShift
    smallSize = 1 << smallShift
    smallBelow = Int(try source.u32(at: 56, .little))
    try readTable()
    smallTable = try wholeChain(Int(try source.u32(at: 60, .little)))
    for sector in try wholeChain(Int(try source.u32(at: 48, .little))) {
      let count = min(sectorSize, source.count - place(sector))
      if count < sectorSize { flaw = ParseError(.truncated, at: source.count, "a directory ends too early") }
      directory.append(try source.bytes(at: place(sector), count: count))
    }
    directory.link(limits)
    if let root = directory.root { smallSectors = try wholeChain(root.firstSector) }
  }

  /// As `chain`, of what all streams need: that it leads out of the file is kept as a flaw.
  private mutating func wholeChain(_ first: Int) throws(ParseError) -> [Int] {
    let (sectors, next) = try chain(from: first, most: .max)
    if next < Self.lastSector {
      flaw = flaw ?? ParseError(.truncated, at: source.count, "a sector behind the end of the file")
    }
    return sectors
  }

  /// Where a sector starts in the file.
  private func place(_ sector: Int) -> Int { (sector + 1) * sectorSize }

  private func isSector(_ number: Int) -> Bool {
    number < Self.lastSector && place(number) < source.count
  }

  private mutating func readTable() throws(ParseError) {
    for index in 0..<109 {
      let sector = Int(try source.u32(at: 76 + 4 * index, .little))
      if sector < Self.lastSector { table.append(sector) }
    }
    var list = Int(try source.u32(at: 68, .little))
    // Every list names a sector of its own: there cannot be more of them than sectors.
    var listsLeft = min(Int(try source.u32(at: 72, .little)), source.count / sectorSize)
    while isSector(list), listsLeft > 0, table.count < limits.entries {
      listsLeft -= 1
      let entries = sectorSize / 4 - 1
      for index in 0..<entries {
        let sector = Int(try source.u32(at: place(list) + 4 * index, .little))
        if sector < Self.lastSector { table.append(sector) }
      }
      list = Int(try source.u32(at: place(list) + 4 * entries, .little))
    }
  }

  /// The sectors of a chain, in their order, at most `most`.
  private func chain(_ first: Int, most: Int) throws(ParseError) -> [Int] {
    try chain(from: first, most: most).sectors
  }

  /// - Returns: the sectors, and the number that was behind the last of them.
  private func chain(from first: Int, most: Int) throws(ParseError) -> (sectors: [Int], next: Int) {
    var sectors: [Int] = []
    var sector = first
    while isSector(sector), sectors.count < most {
      guard sectors.count < min(limits.bytes / sectorSize, source.count / sectorSize) + 1 else {
        throw ParseError(.malformed, at: place(sector), "a chain of sectors has no end")
      }
      sectors.append(sector)
      let entries = sectorSize / 4
      guard sector / entries < table.count else {
        throw ParseError(.malformed, at: place(sector), "a sector that is in no table")
      }
      sector = Int(try source.u32(at: place(table[sector / entries]) + 4 * (sector % entries), .little))
    }
    return (sectors, sector)
  }

  /// The first bytes of a stream, or all of it.
  ///
  /// - Parameter count: the most bytes that are wanted.
  /// - Throws: `limit` where more is wanted than is read of one file, `truncated` where the stream ends too early, and
  ///   `malformed` where a chain is broken.
  func bytes(of stream: CompoundDirectory.Entry, count: Int = .max) throws(ParseError) -> [UInt8] {
    let count = min(count, stream.byteCount)
    guard count <= limits.bytes else {
      throw ParseError(.limit, at: 0, "a stream is longer than \(limits.bytes) bytes")
    }
    let bytes =
      stream.byteCount < smallBelow
      ? try smallBytes(stream.firstSector, count) : try largeBytes(stream.firstSector, count)
    guard bytes.count == count else {
      throw ParseError(.truncated, at: source.count, "a stream ends too early")
    }
    return bytes
  }

  private func largeBytes(_ first: Int, _ count: Int) throws(ParseError) -> [UInt8] {
    var bytes: [UInt8] = []
    // What the stream claims is not reserved before it is there.
    bytes.reserveCapacity(min(count, source.count))
    let sectors = try chain(first, most: count / sectorSize + 1)
    var index = 0
    while index < sectors.count, bytes.count < count {
      let start = place(sectors[index])
      var length = 0
      // Sectors that lie behind each other are read at once.
      while index < sectors.count, place(sectors[index]) == start + length,
        length + sectorSize <= source.runLimit
      {
        length += sectorSize
        index += 1
      }
      bytes += try source.bytes(at: start, count: min(length, source.count - start, count - bytes.count))
    }
    return bytes
  }

  private func smallBytes(_ first: Int, _ count: Int) throws(ParseError) -> [UInt8] {
    var bytes: [UInt8] = []
    var sector = first
    // No chain is longer than all small sectors.
    var sectorsLeft = smallSectors.count * (sectorSize / smallSize)
    while bytes.count < count, sector < Self.lastSector {
      guard sectorsLeft > 0 else {
        throw ParseError(.malformed, at: 0, "a chain of small sectors has no end")
      }
      sectorsLeft -= 1
      let start = try smallPlace(sector)
      bytes += try source.bytes(at: start, count: min(smallSize, count - bytes.count))
      sector = try next(small: sector)
    }
    return bytes
  }

  private func smallPlace(_ sector: Int) throws(ParseError) -> Int {
    let offset = sector * smallSize
    guard offset / sectorSize < smallSectors.count else {
      throw ParseError(.malformed, at: 0, "a small sector that is not there")
    }
    return place(smallSectors[offset / sectorSize]) + offset % sectorSize
  }

  private func next(small sector: Int) throws(ParseError) -> Int {
    let entries = sectorSize / 4
    guard sector / entries < smallTable.count else {
      throw ParseError(.malformed, at: 0, "a small sector that is in no table")
    }
    return Int(try source.u32(at: place(smallTable[sector / entries]) + 4 * (sector % entries), .little))
  }
}

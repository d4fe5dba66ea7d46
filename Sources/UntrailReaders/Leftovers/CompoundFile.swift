internal import UntrailBytes
internal import UntrailModel

/// Compound files (OLE2): streams in sectors, which chains in a table put together.
///
///     D0 CF 11 E0 A1 B1 1A E1 ...      head, 512 bytes, little-endian; from its start:
///       30: logarithm of the bytes of a sector, 32: of a small sector
///       48: first sector of the directory, 56: bytes below which a stream is small
///       60: first sector of the small table, 68: first sector of the list of the table's sectors, 72: how many
///       76: the first 109 of them
///     directory entry, 128 bytes: name, 64 bytes; LL LL bytes of it with its end; TT type; ...
///       100: created, 108: changed, 116: first sector, 120: bytes
///
/// Sectors are numbered from the one behind the head. Small streams lie in the stream of the first entry.
///
/// Source: Microsoft, MS-CFB.
struct CompoundFile {
  struct Stream {
    var name: String
    var firstSector: Int
    var byteCount: Int
    var modified: Timestamp?
    var created: Timestamp?
  }

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
  private(set) var streams: [Stream] = []

  static let magic: [UInt8] = [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1]
  private static let end = 0xFFFF_FFFE

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
    smallTable = try chain(Int(try source.u32(at: 60, .little)))
    try readDirectory(Int(try source.u32(at: 48, .little)))
  }

  /// Where a sector starts in the file.
  private func place(_ sector: Int) -> Int { (sector + 1) * sectorSize }

  private func isSector(_ number: Int) -> Bool {
    number < 0xFFFF_FFF0 && place(number) < source.count
  }

  private mutating func readTable() throws(ParseError) {
    for index in 0..<109 {
      let sector = Int(try source.u32(at: 76 + 4 * index, .little))
      if isSector(sector) { table.append(sector) }
    }
    var list = Int(try source.u32(at: 68, .little))
    // Every list names a sector of its own: there cannot be more of them than sectors.
    var listsLeft = min(Int(try source.u32(at: 72, .little)), source.count / sectorSize)
    while isSector(list), listsLeft > 0, table.count < limits.entries {
      listsLeft -= 1
      let entries = sectorSize / 4 - 1
      for index in 0..<entries {
        let sector = Int(try source.u32(at: place(list) + 4 * index, .little))
        if isSector(sector) { table.append(sector) }
      }
      list = Int(try source.u32(at: place(list) + 4 * entries, .little))
    }
  }

  /// The sectors of a chain, in their order.
  private func chain(_ first: Int) throws(ParseError) -> [Int] {
    var sectors: [Int] = []
    var sector = first
    while isSector(sector) {
      guard sectors.count < min(limits.entries, source.count / sectorSize + 1) else {
        throw ParseError(.malformed, at: place(sector), "a chain of sectors has no end")
      }
      sectors.append(sector)
      let entries = sectorSize / 4
      guard sector / entries < table.count else {
        throw ParseError(.malformed, at: place(sector), "a sector that is in no table")
      }
      sector = Int(try source.u32(at: place(table[sector / entries]) + 4 * (sector % entries), .little))
    }
    return sectors
  }

  private mutating func readDirectory(_ first: Int) throws(ParseError) {
    for sector in try chain(first) {
      for index in 0..<(sectorSize / 128) {
        let entry = place(sector) + 128 * index
        guard entry + 128 <= source.count else { return }
        let type = try source.u8(at: entry + 66)
        guard type == 2 || type == 5 else { continue }
        let length = min(max(Int(try source.u16(at: entry + 64, .little)) - 2, 0), 62)
        let name = try source.bytes(at: entry, count: length)
        let firstSector = Int(try source.u32(at: entry + 116, .little))
        let byteCount = Int(try source.u32(at: entry + 120, .little))
        if type == 5 {
          smallSectors = try chain(firstSector)
          continue
        }
        streams.append(
          Stream(
            name: ExifText.utf16(name, isLittleEndian: true) ?? "", firstSector: firstSector,
            byteCount: byteCount,
            modified: WindowsTime.timestamp(try source.u64(at: entry + 108, .little)),
            created: WindowsTime.timestamp(try source.u64(at: entry + 100, .little))))
      }
    }
  }

  /// The bytes of a stream.
  ///
  /// - Throws: `limit` where it is longer than one structure may be; where a chain breaks off, what stands before is
  ///   lost.
  func bytes(of stream: Stream) throws(ParseError) -> [UInt8] {
    guard stream.byteCount <= limits.structure else {
      throw ParseError(.limit, at: 0, "a stream is longer than \(limits.structure) bytes")
    }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(stream.byteCount)
    if stream.byteCount < smallBelow {
      var sector = stream.firstSector
      var sectorsLeft = stream.byteCount / smallSize + 1
      while bytes.count < stream.byteCount, sector < 0xFFFF_FFF0, sectorsLeft > 0 {
        sectorsLeft -= 1
        bytes += try source.bytes(at: try smallPlace(sector), count: smallSize)
        sector = try next(small: sector)
      }
    } else {
      for sector in try chain(stream.firstSector) where bytes.count < stream.byteCount {
        bytes += try source.bytes(at: place(sector), count: min(sectorSize, source.count - place(sector)))
      }
    }
    guard bytes.count >= stream.byteCount else {
      throw ParseError(.truncated, at: source.count, "a stream ends too early")
    }
    return Array(bytes.prefix(stream.byteCount))
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

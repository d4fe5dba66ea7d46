internal import UntrailBytes
internal import UntrailModel

/// Reads directories of TIFF entries, wherever they stand: in TIFF files, camera raws and maker notes.
///
///     NN NN                                   number of entries
///     TT TT FF FF CC CC CC CC VV VV VV VV     tag, format, count, value (up to 4 bytes) or its offset
///     OO OO OO OO                             offset of the next directory, or 0
///
/// In BigTIFF the number of entries, counts, values and offsets have eight bytes, so that an entry has 20.
///
/// Offsets count from `base`, which is the start of the TIFF structure, or of the maker note where a maker does it
/// so. A directory is read once, and all directories together have no more entries than the limits allow: circles
/// and bombs cost nothing.
///
/// Source: TIFF 6.0 (Adobe, 1992), section 2; BigTIFF (Aware Systems, "The BigTIFF File Format", 2005).
struct ImageFileDirectoryReader {
  /// How wide counts and offsets are.
  enum Layout {
    case classic
    case big

    /// Bytes of the number of entries.
    var countSize: Int { self == .big ? 8 : 2 }
    /// Bytes of a count, of an offset, and of a value that stands in its entry.
    var wordSize: Int { self == .big ? 8 : 4 }
    var entrySize: Int { 4 + 2 * wordSize }
  }

  struct Entry {
    var tag: UInt16
    var format: UInt16
    var count: Int
    /// Bytes from the start of `view` to the value.
    var offset: Int
    /// Bytes of the value.
    var byteCount: Int
  }

  struct Directory {
    var entries: [Entry]
    /// Bytes from the start of `view` to the next directory; nil where there is none.
    var next: Int?
    /// What was damaged; reading went on.
    var flaws: [ParseError] = []

    subscript(_ tag: UInt16) -> Entry? { entries.first { $0.tag == tag } }
  }

  /// What directories and their values stand in.
  let view: ByteView
  let order: ByteOrder
  /// Added to every offset that an entry states.
  let base: Int
  private let layout: Layout
  private var entriesLeft: Int
  private var visited: Set<Int> = []

  /// - Parameters:
  ///   - view: the whole block: values may stand anywhere in it.
  ///   - base: bytes from the start of `view` to where offsets count from.
  init(
    _ view: ByteView, _ order: ByteOrder, base: Int = 0, layout: Layout = .classic, _ limits: Limits
  ) {
    self.view = view
    self.order = order
    self.base = base
    self.layout = layout
    entriesLeft = limits.entries
  }

  /// The directory at a place. Entries whose value does not stand in the block are left out, with a flaw.
  ///
  /// - Parameters:
  ///   - offset: bytes from the start of `view`.
  ///   - isWanted: the tags to keep; damage in others is of no interest.
  /// - Throws: where there is no directory, or it was read before.
  mutating func directory(
    at offset: Int, isWanted: (UInt16) -> Bool = { _ in true }
  ) throws(ParseError) -> Directory {
    guard visited.insert(offset).inserted else {
      throw ParseError(.malformed, at: place(offset), "two directories at the same place")
    }
    let stated =
      layout == .big ? Int(clamping: try view.u64(at: offset, order)) : Int(try view.u16(at: offset, order))
    let entrySize = layout.entrySize
    let room = max(0, (view.count - offset - layout.countSize) / entrySize)
    var directory = Directory(entries: [])
    let count = min(stated, room, entriesLeft)
    if count < stated {
      directory.flaws.append(
        ParseError(
          stated > room ? .truncated : .limit, at: place(offset),
          "a directory of \(stated) entries, of which \(count) can be read"))
    }
    // An empty directory counts as well: a chain of them must end.
    entriesLeft = max(0, entriesLeft - max(1, count))
    var index = 0
    while index < count {
      let some = min(count - index, ByteSource.pageSize / entrySize)
      let start = offset + layout.countSize + entrySize * index
      try view.withBytes(at: start, count: entrySize * some) { run throws(ParseError) in
        for place in 0..<some {
          take(
            UnsafeRawBufferPointer(rebasing: run[(entrySize * place)..<(entrySize * (place + 1))]),
            at: start + entrySize * place, into: &directory, isWanted)
        }
      }
      index += some
    }
    let end = offset + layout.countSize + entrySize * count
    if count == stated, end + layout.wordSize <= view.count {
      let next =
        layout == .big ? Int(clamping: try view.u64(at: end, order)) : Int(try view.u32(at: end, order))
      directory.next = next == 0 ? nil : fromBase(next)
    }
    return directory
  }

  /// Adds the entry in the bytes of one, which stand at a place of `view`.
  private func take(
    _ run: UnsafeRawBufferPointer, at offset: Int, into directory: inout Directory,
    _ isWanted: (UInt16) -> Bool
  ) {
    let isBig = order.isBig
    func u16(_ at: Int) -> UInt16 {
      let value = run.loadUnaligned(fromByteOffset: at, as: UInt16.self)
      return isBig ? UInt16(bigEndian: value) : UInt16(littleEndian: value)
    }
    func u32(_ at: Int) -> Int {
      let value = run.loadUnaligned(fromByteOffset: at, as: UInt32.self)
      return Int(isBig ? UInt32(bigEndian: value) : UInt32(littleEndian: value))
    }
    func u64(_ at: Int) -> Int {
      let value = run.loadUnaligned(fromByteOffset: at, as: UInt64.self)
      return Int(clamping: isBig ? UInt64(bigEndian: value) : UInt64(littleEndian: value))
    }
    let tag = u16(0)
    guard isWanted(tag) else { return }
    let format = u16(2)
    let (stated, word) = layout == .big ? (u64(4), u64(12)) : (u32(4), u32(8))
    guard let size = Self.size(ofFormat: format) else {
      directory.flaws.append(
        ParseError(.malformed, at: place(offset + 2), "an entry of the unknown format \(format)"))
      return
    }
    let (byteCount, isOverflow) = size.multipliedReportingOverflow(by: stated)
    let inEntry = offset + 4 + layout.wordSize
    guard !isOverflow, let value = byteCount <= layout.wordSize ? inEntry : fromBase(word), value >= 0,
      value <= view.count, byteCount <= view.count - value
    else {
      directory.flaws.append(
        ParseError(.truncated, at: place(offset), "a value that stands behind the end of its block"))
      return
    }
    directory.entries.append(
      Entry(tag: tag, format: format, count: stated, offset: value, byteCount: byteCount))
  }

  /// An offset that the structure states, from the start of `view`; nil where there is no such number.
  private func fromBase(_ offset: Int) -> Int? {
    let (place, isOverflow) = base.addingReportingOverflow(offset)
    return isOverflow ? nil : place
  }

  /// Bytes of one number of a format. 13 is IFD (Adobe PageMaker 6.0 TIFF notes), 16 to 18 are the eight-byte
  /// numbers of BigTIFF, 129 is UTF-8 (Exif 3.0).
  static func size(ofFormat format: UInt16) -> Int? {
    switch format {
    case 1, 2, 6, 7, 129: 1
    case 3, 8: 2
    case 4, 9, 11, 13: 4
    case 5, 10, 12, 16, 17, 18: 8
    default: nil
    }
  }

  /// A place in the file, for messages.
  private func place(_ offset: Int) -> Int { view.start + min(max(offset, 0), view.count) }

  // MARK: Values

  /// Where the value of an entry stands in the file; nil for a block that was joined from several pieces of it.
  func fileOffset(_ entry: Entry) -> Int? { view.source.hasPlaces ? view.start + entry.offset : nil }

  /// The value as a view of its own.
  func bytes(_ entry: Entry) -> ByteView {
    ByteView(view.source, start: view.start + entry.offset, count: entry.byteCount)
  }

  /// The value as an offset of something, from the start of `view`; nil where it is no single whole number.
  func pointer(_ entry: Entry, _ index: Int = 0) -> Int? { integer(entry, index).flatMap { fromBase($0) } }

  /// A whole number of the value; nil where it has none there.
  func integer(_ entry: Entry, _ index: Int = 0) -> Int? {
    guard index >= 0, index < entry.count, let size = Self.size(ofFormat: entry.format) else { return nil }
    let offset = entry.offset + index * size
    switch entry.format {
    case 1, 7: return (try? view.u8(at: offset)).map { Int($0) }
    case 6: return (try? view.u8(at: offset)).map { Int(Int8(bitPattern: $0)) }
    case 3: return (try? view.u16(at: offset, order)).map { Int($0) }
    case 8: return (try? view.u16(at: offset, order)).map { Int(Int16(bitPattern: $0)) }
    case 4, 13: return (try? view.u32(at: offset, order)).map { Int($0) }
    case 9: return (try? view.u32(at: offset, order)).map { Int(Int32(bitPattern: $0)) }
    case 16, 18: return (try? view.u64(at: offset, order)).flatMap { Int(exactly: $0) }
    case 17: return (try? view.u64(at: offset, order)).map { Int(Int64(bitPattern: $0)) }
    default: return nil
    }
  }

  /// A number of the value, fractions included; nil where it has none there, or it is not finite.
  func number(_ entry: Entry, _ index: Int = 0) -> Double? {
    guard index >= 0, index < entry.count else { return nil }
    switch entry.format {
    case 5, 10:
      let offset = entry.offset + 8 * index
      guard let above = try? view.u32(at: offset, order), let below = try? view.u32(at: offset + 4, order),
        below != 0
      else { return nil }
      return entry.format == 5
        ? Double(above) / Double(below)
        : Double(Int32(bitPattern: above)) / Double(Int32(bitPattern: below))
    case 11:
      let number = (try? view.u32(at: entry.offset + 4 * index, order)).map { Double(Float(bitPattern: $0)) }
      return number.flatMap { $0.isFinite ? $0 : nil }
    case 12:
      let number = (try? view.u64(at: entry.offset + 8 * index, order)).map { Double(bitPattern: $0) }
      return number.flatMap { $0.isFinite ? $0 : nil }
    default:
      return integer(entry, index).map { Double($0) }
    }
  }

  /// The value as text: up to the first NUL, trimmed; nil where nothing is left.
  ///
  /// - Parameter limit: bytes that are looked at.
  func text(_ entry: Entry, limit: Int = 8192) -> String? {
    switch entry.format {
    case 1, 2, 7, 129: break
    default: return nil
    }
    let text = try? view.withBytes(at: entry.offset, count: min(entry.byteCount, limit)) {
      run throws(ParseError) in
      ExifText.ascii(run.bindMemory(to: UInt8.self))
    }
    return text ?? nil
  }
}

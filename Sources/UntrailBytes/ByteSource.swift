#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Darwin)
  internal import Darwin
#endif

/// Bounded random access to the bytes of one file or block, reading from the disk only what is asked for.
///
/// A file is read by `pread` in pages of 4 KiB: its beginning is kept, and a few windows behind it. One
/// source serves one file after another (`reset`), so that no file costs an allocation. Not `Sendable`: one
/// per worker.
package final class ByteSource {
  /// Bytes of the beginning that are always kept, and the grain of every other read.
  package static let pageSize = 4096

  /// Bytes in the file or block.
  package private(set) var count = 0
  /// Whether offsets are places in the file or member; false for bytes that were joined from several of them.
  package private(set) var hasPlaces = true
  /// The longest run of bytes that one call may ask for.
  package let runLimit: Int
  /// Bytes read from the file since `reset`.
  package private(set) var bytesRead = 0

  private struct Window {
    var start = 0
    var count = 0
    let base: UnsafeMutableRawPointer
  }

  private var descriptor: Int32 = -1
  private var byteLimit = 0
  private static let shortRun = 2048
  /// From this length on a run is a block that is read as a whole, and is read without what stands around it.
  private static let blockRun = 512
  private let prefix: UnsafeMutableRawPointer
  private var prefixCount = 0
  private var windows: [Window]
  private var nextWindow = 0
  /// The window that was asked for last: most runs stand beside each other.
  private var recent: Window
  /// For runs longer than a page, `runLimit` bytes; nil until one is asked for. Holds the last such run.
  private var largeBase: UnsafeMutableRawPointer?
  private var largeStart = 0
  private var largeCount = 0
  /// For a reader that goes through the whole file; nil until one does.
  private var pieceBase: UnsafeMutableRawPointer?
  /// Bytes held where the source is no file.
  private var memory: UnsafeMutableRawPointer?
  /// The source of which this is a part: it owns the memory, and counts what is read.
  private var whole: ByteSource?
  /// Where this part starts in the file.
  private var base = 0

  /// - Parameter runLimit: the longest run of bytes that one call may ask for.
  package init(runLimit: Int = 1 << 20) {
    self.runLimit = runLimit
    prefix = .allocate(byteCount: Self.pageSize, alignment: 16)
    recent = Window(base: prefix)
    windows = (0..<6).map { _ in
      // Two pages: a run of up to a page may straddle a boundary.
      Window(base: .allocate(byteCount: 2 * Self.pageSize, alignment: 16))
    }
  }

  /// A source over bytes in memory.
  ///
  /// - Parameter isJoined: whether they were put together from several places of a file.
  package convenience init(bytes: [UInt8], isJoined: Bool = false) {
    self.init()
    hasPlaces = !isJoined
    let copy = UnsafeMutableRawPointer.allocate(byteCount: max(bytes.count, 1), alignment: 16)
    copy.copyMemory(from: bytes, byteCount: bytes.count)
    memory = copy
    count = bytes.count
  }

  /// A part of a source as a source of its own, in which places count from its start.
  ///
  /// - Parameters:
  ///   - start: bytes from the start of `whole`.
  ///   - count: not beyond the end of `whole`.
  package convenience init(partOf whole: ByteSource, start: Int, count: Int) {
    self.init(runLimit: whole.runLimit)
    self.whole = whole.whole ?? whole
    base = whole.base + start
    descriptor = whole.descriptor
    byteLimit = whole.byteLimit
    hasPlaces = whole.hasPlaces
    self.count = count
    memory = whole.memory.map { $0 + start }
  }

  deinit {
    prefix.deallocate()
    for window in windows { window.base.deallocate() }
    largeBase?.deallocate()
    pieceBase?.deallocate()
    if whole == nil { memory?.deallocate() }
  }

  /// Turns to another file and reads its first page.
  ///
  /// - Parameters:
  ///   - descriptor: open for reading; stays the caller's.
  ///   - count: bytes in the file.
  ///   - byteLimit: the most bytes that may be read of this file.
  /// - Throws: `system` where the first page cannot be read. A file shorter than `count` is no error here.
  package func reset(descriptor: Int32, count: Int, byteLimit: Int) throws(ParseError) {
    self.descriptor = descriptor
    self.count = count
    self.byteLimit = byteLimit
    bytesRead = 0
    prefixCount = 0
    largeCount = 0
    recent.count = 0
    for index in windows.indices { windows[index].count = 0 }
    prefixCount = try load(into: prefix, at: 0, count: min(Self.pageSize, count))
  }

  /// Gives the first page, or as much of it as there is.
  package func withPrefix<Result>(_ body: (UnsafeRawBufferPointer) -> Result) -> Result {
    if let memory {
      return body(UnsafeRawBufferPointer(start: memory, count: min(count, Self.pageSize)))
    }
    // Most parts are read without it.
    if prefixCount == 0, whole != nil {
      prefixCount = (try? load(into: prefix, at: 0, count: min(Self.pageSize, count))) ?? 0
    }
    return body(UnsafeRawBufferPointer(start: prefix, count: prefixCount))
  }

  /// Gives `length` bytes from `offset` on; they are valid inside `body` only, and `body` must not read again.
  ///
  /// - Throws: `truncated` where the file ends earlier, `limit` where more than `runLimit` bytes are asked
  ///   for or the file's byte limit is reached, `system` where the system refuses.
  package func withBytes<Result>(
    at offset: Int, count length: Int, _ body: (UnsafeRawBufferPointer) throws(ParseError) -> Result
  ) throws(ParseError) -> Result {
    let start = try locate(offset, length)
    return try body(UnsafeRawBufferPointer(start: start, count: length))
  }

  /// As `withBytes`, but for the heads of a chain of blocks that are skipped: reads two kilobytes, since
  /// the next head is either near or far away.
  ///
  /// - Parameter length: at most `shortRun`.
  package func withShortRun<Result>(
    at offset: Int, count length: Int, _ body: (UnsafeRawBufferPointer) throws(ParseError) -> Result
  ) throws(ParseError) -> Result {
    let start = try locate(offset, length, isShort: true)
    return try body(UnsafeRawBufferPointer(start: start, count: length))
  }

  package func bytes(at offset: Int, count length: Int) throws(ParseError) -> [UInt8] {
    try withBytes(at: offset, count: length) { run throws(ParseError) in Array(run) }
  }

  package func u8(at offset: Int) throws(ParseError) -> UInt8 {
    try locate(offset, 1).load(as: UInt8.self)
  }

  package func u16(at offset: Int, _ order: ByteOrder) throws(ParseError) -> UInt16 {
    let value = try locate(offset, 2).loadUnaligned(as: UInt16.self)
    return order.isBig ? UInt16(bigEndian: value) : UInt16(littleEndian: value)
  }

  package func u32(at offset: Int, _ order: ByteOrder) throws(ParseError) -> UInt32 {
    let value = try locate(offset, 4).loadUnaligned(as: UInt32.self)
    return order.isBig ? UInt32(bigEndian: value) : UInt32(littleEndian: value)
  }

  package func u64(at offset: Int, _ order: ByteOrder) throws(ParseError) -> UInt64 {
    let value = try locate(offset, 8).loadUnaligned(as: UInt64.self)
    return order.isBig ? UInt64(bigEndian: value) : UInt64(littleEndian: value)
  }

  /// Finds or reads a run of bytes, and gives where it now stands in memory.
  private func locate(
    _ offset: Int, _ length: Int, isShort: Bool = false
  ) throws(ParseError) -> UnsafeRawPointer {
    guard offset >= 0, length >= 0, offset <= count, length <= count - offset else {
      throw ParseError(.truncated, at: min(max(offset, 0), count), "the file ends inside a structure")
    }
    if let memory { return UnsafeRawPointer(memory + offset) }
    if offset + length <= prefixCount { return UnsafeRawPointer(prefix + offset) }
    if offset >= recent.start, offset + length <= recent.start + recent.count {
      return UnsafeRawPointer(recent.base + (offset - recent.start))
    }
    for window in windows where offset >= window.start && offset + length <= window.start + window.count {
      recent = window
      return UnsafeRawPointer(window.base + (offset - window.start))
    }
    if let largeBase, offset >= largeStart, offset + length <= largeStart + largeCount {
      return UnsafeRawPointer(largeBase + (offset - largeStart))
    }
    guard length <= Self.pageSize else { return try locateLarge(offset, length) }
    var (start, end) = (offset, offset + length)
    if isShort {
      end = max(end, offset + Self.shortRun)
    } else if length < Self.blockRun {
      start &= ~(Self.pageSize - 1)
      end = (end + Self.pageSize - 1) & ~(Self.pageSize - 1)
    }
    let slot = nextWindow
    nextWindow = (nextWindow + 1) % windows.count
    recent.count = 0
    windows[slot].start = start
    windows[slot].count = 0
    windows[slot].count = try load(into: windows[slot].base, at: start, count: min(end, count) - start)
    guard offset + length <= start + windows[slot].count else {
      throw shrunk(at: start + windows[slot].count)
    }
    return UnsafeRawPointer(windows[slot].base + (offset - start))
  }

  private func locateLarge(_ offset: Int, _ length: Int) throws(ParseError) -> UnsafeRawPointer {
    guard length <= runLimit else {
      throw ParseError(.limit, at: offset, "a structure is longer than \(runLimit) bytes")
    }
    let base = largeBase ?? .allocate(byteCount: runLimit, alignment: 16)
    largeBase = base
    largeStart = offset
    largeCount = 0
    largeCount = try load(into: base, at: offset, count: length)
    guard largeCount == length else { throw shrunk(at: offset + largeCount) }
    return UnsafeRawPointer(base)
  }

  /// Reads bytes for a reader that goes through the whole file and keeps its own count of them: they are not
  /// counted against the byte limit, and are valid until the next call.
  ///
  /// - Parameter length: at most `PieceReader.pieceSize`, and not beyond the end.
  package func piece(at offset: Int, count length: Int) throws(ParseError) -> UnsafeRawBufferPointer {
    if let memory { return UnsafeRawBufferPointer(start: memory + offset, count: length) }
    let base = pieceBase ?? .allocate(byteCount: PieceReader.pieceSize, alignment: 16)
    pieceBase = base
    let have = try fill(base, at: offset, count: length)
    let counter = whole ?? self
    counter.bytesRead += have
    counter.byteLimit += have
    guard have > 0 else { throw shrunk(at: offset) }
    return UnsafeRawBufferPointer(start: base, count: have)
  }

  private func shrunk(at offset: Int) -> ParseError {
    ParseError(.truncated, at: offset, "the file became shorter while it was read")
  }

  /// Reads until `count` bytes are there or the file ends.
  private func load(
    into target: UnsafeMutableRawPointer, at offset: Int, count: Int
  ) throws(ParseError) -> Int {
    let counter = whole ?? self
    guard counter.bytesRead + count <= counter.byteLimit else {
      throw ParseError(
        .limit, at: offset, "more than \(counter.byteLimit) bytes of the file would have to be read")
    }
    let done = try fill(target, at: offset, count: count)
    counter.bytesRead += done
    return done
  }

  /// - Returns: how many bytes there are before the file ends, up to `count`.
  private func fill(
    _ target: UnsafeMutableRawPointer, at offset: Int, count: Int
  ) throws(ParseError) -> Int {
    var done = 0
    while done < count {
      let got = pread(descriptor, target + done, count - done, off_t(base + offset + done))
      if got > 0 {
        done += got
      } else if got == 0 {
        break
      } else if errno != EINTR {
        throw ParseError(.system, at: offset + done, "the system could not read the file", errno: errno)
      }
    }
    return done
  }
}

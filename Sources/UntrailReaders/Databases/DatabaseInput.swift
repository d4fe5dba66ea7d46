internal import CSQLite
internal import UntrailBytes
internal import UntrailModel

/// Hands a source to SQLite as a file that nobody changes: no locks, no journal, no shared memory.
///
/// A database whose newest content stands in a file beside it is shown as one that keeps a journal: what is beside
/// it is not read. A database that is cut is shown as long as it says it is, so that what is left of it is read.
final class DatabaseInput {
  private let source: ByteSource
  /// Where the pages of the database stand, where the source is a log of changes.
  private let log: WriteAheadLog?
  private let limit: Int
  /// The bytes that the file is shown to have.
  fileprivate let shownCount: Int
  private var bytesRead = 0
  /// What was read last, and where it stands: valid until the next piece.
  private var piece = UnsafeRawBufferPointer(start: nil, count: 0)
  private var pieceOffset = 0
  private(set) var flaw: ParseError?

  /// Instructions of SQLite's machine that are left.
  fileprivate var stepsLeft: Int
  /// How many pass between two questions whether to go on.
  static let stepGrain = 1000

  /// Some seconds of work, in all that is counted: instructions, pages, and values that are long.
  private static let steps = 40_000_000
  private static let stepsOfPage = 50
  private static let bytesOfStep = 64

  /// - Parameter shownCount: bytes that a database says it has.
  init(_ source: ByteSource, shownCount: Int, _ limits: Limits) {
    self.source = source
    log = nil
    self.shownCount = max(shownCount, source.count)
    limit = limits.stream
    stepsLeft = Self.steps
  }

  init(_ source: ByteSource, log: WriteAheadLog, _ limits: Limits) {
    self.source = source
    self.log = log
    shownCount = log.pageSize * log.pageCount
    limit = limits.stream
    stepsLeft = Self.steps
  }

  var isExhausted: Bool { stepsLeft <= 0 }

  /// Counts a value of a row: a row may have a long one that costs SQLite one instruction.
  func countValue(_ byteCount: Int) { stepsLeft -= byteCount / Self.bytesOfStep }

  static let tooMuchWork = ParseError(.limit, at: 0, "the database needs more work than is done for a file")

  /// - Returns: SQLite's code.
  fileprivate func read(into target: UnsafeMutableRawBufferPointer, at offset: Int) -> Int32 {
    do throws(ParseError) {
      stepsLeft -= Self.stepsOfPage
      guard !isExhausted else { throw Self.tooMuchWork }
      // Of a page that is cut, values would be cut too: it counts as none.
      guard offset <= (log == nil ? source.count : shownCount) - target.count else {
        for place in target.indices { target[place] = 0 }
        return SQLITE_IOERR | 2 << 8
      }
      if log != nil {
        try copyPages(into: target, at: offset)
      } else {
        try copy(into: target, at: offset)
      }
      // The two bytes that say whether there is a write-ahead log.
      for place in 18...19 where (offset..<(offset + target.count)).contains(place) {
        target[place - offset] = 1
      }
      return SQLITE_OK
    } catch {
      flaw = flaw ?? error
      return SQLITE_IOERR
    }
  }

  /// Copies what stands in a log; a page that is not in it is of zeros.
  private func copyPages(into target: UnsafeMutableRawBufferPointer, at offset: Int) throws(ParseError) {
    guard let log else { return }
    var done = 0
    while done < target.count {
      let (place, rest) = log.find(offset + done)
      let part = UnsafeMutableRawBufferPointer(rebasing: target[done...].prefix(rest))
      if let place {
        try copy(into: part, at: place)
      } else {
        for index in part.indices { part[index] = 0 }
      }
      done += part.count
    }
  }

  private func copy(into target: UnsafeMutableRawBufferPointer, at offset: Int) throws(ParseError) {
    var done = 0
    while done < target.count {
      let wanted = offset + done
      if wanted < pieceOffset || wanted >= pieceOffset + piece.count {
        // Of a table that is gone through, what follows is read as well.
        let follows = wanted == pieceOffset + piece.count && piece.count > 0
        let count = min(
          follows ? PieceReader.pieceSize : target.count - done, source.count - wanted, PieceReader.pieceSize)
        guard bytesRead <= limit - count else {
          throw ParseError(.limit, at: wanted, "more of the database would have to be read than is allowed")
        }
        piece = UnsafeRawBufferPointer(start: nil, count: 0)
        piece = try source.piece(at: wanted, count: count)
        pieceOffset = wanted
        bytesRead += piece.count
      }
      let run = piece[(wanted - pieceOffset)...].prefix(target.count - done)
      UnsafeMutableRawBufferPointer(rebasing: target[done...]).copyMemory(
        from: UnsafeRawBufferPointer(rebasing: run))
      done += run.count
    }
  }
}

/// SQLite's view of the one file there is.
///
/// Source: SQLite, "The OS Backend (VFS)" and `sqlite3.h`, version 3.40.
enum DatabaseFileSystem {
  /// SQLite's part of an open file, and ours behind it.
  private struct OpenFile {
    var base: sqlite3_file
    var input: Unmanaged<DatabaseInput>?
  }

  /// Fills in a file system in which every name is the source. The input must outlive it.
  static func fill(_ system: inout sqlite3_vfs, name: UnsafePointer<CChar>, _ input: DatabaseInput) {
    system.iVersion = 1
    system.szOsFile = Int32(MemoryLayout<OpenFile>.size)
    system.mxPathname = 64
    system.zName = name
    system.pAppData = Unmanaged.passUnretained(input).toOpaque()
    system.xOpen = { system, _, file, flags, given in
      guard let file, let data = system?.pointee.pAppData else { return SQLITE_CANTOPEN }
      file.pointee.pMethods = nil
      // Nothing else is opened: no journal, no file for a sort.
      guard flags & SQLITE_OPEN_MAIN_DB != 0 else { return SQLITE_CANTOPEN }
      UnsafeMutableRawPointer(file).assumingMemoryBound(to: OpenFile.self).pointee.input = .fromOpaque(data)
      file.pointee.pMethods = DatabaseFileSystem.methods
      given?.pointee = SQLITE_OPEN_READONLY
      return SQLITE_OK
    }
    system.xDelete = { _, _, _ in SQLITE_READONLY }
    system.xAccess = { _, _, _, answer in
      answer?.pointee = 0
      return SQLITE_OK
    }
    system.xFullPathname = { _, _, size, target in
      guard let target, size >= 2 else { return SQLITE_CANTOPEN }
      (target[0], target[1]) = (0x64, 0)
      return SQLITE_OK
    }
    system.xRandomness = { _, count, target in
      guard let target else { return 0 }
      for index in 0..<Int(max(0, count)) { target[index] = 0 }
      return count
    }
    system.xSleep = { _, _ in 0 }
    system.xCurrentTime = { _, time in
      time?.pointee = 0
      return SQLITE_OK
    }
    system.xGetLastError = { _, _, _ in 0 }
  }

  private nonisolated(unsafe) static let methods: UnsafePointer<sqlite3_io_methods> = {
    let methods = UnsafeMutablePointer<sqlite3_io_methods>.allocate(capacity: 1)
    var table = sqlite3_io_methods()
    table.iVersion = 1
    table.xClose = { _ in SQLITE_OK }
    table.xRead = { file, target, count, offset in
      guard let input = DatabaseFileSystem.input(of: file), let target, count >= 0,
        let offset = Int(exactly: offset), offset >= 0
      else { return SQLITE_IOERR }
      return input.read(into: UnsafeMutableRawBufferPointer(start: target, count: Int(count)), at: offset)
    }
    table.xWrite = { _, _, _, _ in SQLITE_READONLY }
    table.xTruncate = { _, _ in SQLITE_READONLY }
    table.xSync = { _, _ in SQLITE_OK }
    table.xFileSize = { file, size in
      guard let input = DatabaseFileSystem.input(of: file) else { return SQLITE_IOERR }
      size?.pointee = Int64(input.shownCount)
      return SQLITE_OK
    }
    table.xLock = { _, _ in SQLITE_OK }
    table.xUnlock = { _, _ in SQLITE_OK }
    table.xCheckReservedLock = { _, answer in
      answer?.pointee = 0
      return SQLITE_OK
    }
    table.xFileControl = { _, _, _ in SQLITE_NOTFOUND }
    table.xSectorSize = { _ in 4096 }
    table.xDeviceCharacteristics = { _ in SQLITE_IOCAP_IMMUTABLE }
    methods.initialize(to: table)
    return UnsafePointer(methods)
  }()

  private static func input(of file: UnsafeMutablePointer<sqlite3_file>?) -> DatabaseInput? {
    guard let file else { return nil }
    return UnsafeMutableRawPointer(file).assumingMemoryBound(to: OpenFile.self).pointee.input?
      .takeUnretainedValue()
  }

  /// Counts down what a file may cost; tells SQLite to stop where nothing is left.
  static func countSteps(_ database: OpaquePointer, _ input: DatabaseInput) {
    sqlite3_progress_handler(
      database, Int32(DatabaseInput.stepGrain),
      { data in
        guard let data else { return 1 }
        let input = Unmanaged<DatabaseInput>.fromOpaque(data).takeUnretainedValue()
        input.stepsLeft -= DatabaseInput.stepGrain
        return input.isExhausted ? 1 : 0
      }, Unmanaged.passUnretained(input).toOpaque())
  }
}

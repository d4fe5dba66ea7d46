internal import UntrailBytes
internal import UntrailModel

/// The pages of a database that stand in the file beside it, until they are put into it.
///
///     0   37 7F 06 82 or 83           u32, big-endian as all
///     8   bytes of a page             u32
///     16  two numbers of this round   u32, u32
///     32  frames: number of the page, pages of the database where a change ends and else 0, the two numbers of the
///         round, two checksums, each u32; then the page
///
/// Frames of an earlier round, and of a change that did not end, do not count.
///
/// Source: SQLite, "WAL-mode File Format", section 4.
struct WriteAheadLog {
  let pageSize: Int
  /// Pages that the database has with the last change.
  let pageCount: Int
  /// For each page that is there, where its newest form stands.
  let places: [Int: Int]

  private static let headerSize = 32
  private static let frameHeaderSize = 24
  private static let frameLimit = 1_000_000

  /// Nil where no change in it ended.
  ///
  /// - Throws: `malformed` where the header is none, and what reading throws.
  init?(_ source: ByteSource) throws(ParseError) {
    let size = Int(try source.u32(at: 8, .big))
    guard (512...65_536).contains(size), size & (size - 1) == 0 else {
      throw ParseError(.malformed, at: 8, "the log's pages have no size that there is")
    }
    let round = try source.bytes(at: 16, count: 8)
    var offset = Self.headerSize
    var (places, pages, change, frames) = ([Int: Int](), 0, [Int: Int](), 0)
    while offset <= source.count - Self.frameHeaderSize - size, frames < Self.frameLimit {
      let frame = try source.withShortRun(at: offset, count: Self.frameHeaderSize) {
        head throws(ParseError) in
        (
          page: Int(UInt32(bigEndian: head.loadUnaligned(as: UInt32.self))),
          end: Int(UInt32(bigEndian: head.loadUnaligned(fromByteOffset: 4, as: UInt32.self))),
          isCurrent: head[8..<16].elementsEqual(round)
        )
      }
      guard frame.isCurrent, frame.page > 0 else { break }
      change[frame.page] = offset + Self.frameHeaderSize
      if frame.end > 0 {
        places.merge(change) { $1 }
        change = [:]
        pages = frame.end
      }
      offset += Self.frameHeaderSize + size
      frames += 1
    }
    guard pages > 0 else { return nil }
    (pageSize, pageCount, self.places) = (size, pages, places)
  }

  /// Where in the log a place of the database stands, and how many bytes follow on the page; without a place where
  /// the page is not in the log.
  func find(_ offset: Int) -> (place: Int?, rest: Int) {
    let within = offset % pageSize
    return (places[offset / pageSize + 1].map { $0 + within }, pageSize - within)
  }
}

/// The file beside a database in which the newest content stands, by itself.
///
/// It is read where the first page is in it, on which the names of the tables stand; of tables that are elsewhere
/// only what was written last is there.
struct WriteAheadLogReader: MetadataReader {
  var name: String { "SQLite write-ahead log" }
  var mediaTypes: [String] { ["application/x-sqlite-wal"] }
  var channels: String { DatabaseReader().channels }

  func read(
    _ source: ByteSource, into result: inout ReadResult, with tools: ReaderTools
  ) throws(ParseError) {
    // An empty log is left behind by a database that was closed.
    guard source.count > 32, let log = try WriteAheadLog(source) else { return }
    guard log.places[1] != nil else {
      return result.notRead(
        "write-ahead-log", "changes of a database whose names of tables stand in the database beside", at: 0)
    }
    let input = DatabaseInput(source, log: log, tools.limits)
    do throws(ParseError) {
      try DatabaseReader.readTables(try Database.open(input), into: &result, tools.limits)
    } catch {
      // Pages that are not in the log are no damage.
      guard error.code == .malformed, log.places.count < log.pageCount else { throw error }
    }
    guard log.places.count < log.pageCount else { return }
    result.diagnostics.removeAll { $0.code == ParseError.Code.malformed.rawValue && $0.nature == .damage }
    result.notRead("write-ahead-log", "the rest of the database stands in the file beside the log", at: 0)
  }
}

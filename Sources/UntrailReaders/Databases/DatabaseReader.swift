internal import UntrailBytes
internal import UntrailModel

/// Databases of SQLite, in which phones, browsers and apps keep what they know.
///
///     0   "SQLite format 3" 00
///     16  bytes of a page, 1 for 65,536         u16, big-endian as all
///     18  2 where the newest content may stand in a file with "-wal" behind the name
///     24  how often the file was changed        u32
///     28  pages, valid where 24 and 92 are the same
///     92  24 when 28 was written
///
/// Told are positions of any table, mail addresses that are a value by themselves, addresses of networks, and people,
/// telephone numbers, searches and files of programs that are known; see `DatabaseMeaning`.
///
/// Source: SQLite, "Database File Format", section 1.3.
struct DatabaseReader: MetadataReader {
  var name: String { "SQLite" }
  var mediaTypes: [String] { ["application/vnd.sqlite3", "application/x-sqlite3"] }
  var channels: String {
    "location histories, places in messages and photo libraries, contacts, calls, accounts, searches, downloads"
  }

  private static let headerSize = 100

  func read(
    _ source: ByteSource, into result: inout ReadResult, with tools: ReaderTools
  ) throws(ParseError) {
    guard source.count >= Self.headerSize else {
      throw ParseError(.truncated, at: source.count, "the database ends inside its header")
    }
    let stated = try Self.statedSize(source)
    if stated > source.count {
      result.damage("truncated", "the database ends before its last page", at: source.count)
    }
    if try source.u8(at: 19) == 2 {
      result.doubt(
        "write-ahead-log",
        "what was written last may stand in a file beside the database, with -wal behind its name",
        at: 19)
    }
    let input = DatabaseInput(source, shownCount: stated, tools.limits)
    try Self.readTables(try Database.open(input), into: &result, tools.limits)
  }

  /// Adds what the tables say. Damage of one of them is said, and ends that one only.
  ///
  /// - Throws: `malformed` where the names of the tables cannot be read.
  static func readTables(
    _ database: consuming Database, into result: inout ReadResult, _ limits: Limits
  ) throws(ParseError) {
    var facts = DistinctFacts(limits)
    for table in try database.tables() {
      var reading = DatabaseTable(table, limits)
      if reading.isEmpty { continue }
      do throws(ParseError) {
        try reading.read(database, &facts, into: &result)
      } catch {
        result.damageOnce(error.code.rawValue, error.what)
        // Nothing more is done where the work that a file may cost is done.
        if database.isExhausted { return }
      }
    }
  }

  /// Bytes that the header says the database has; 0 where it does not say.
  private static func statedSize(_ source: ByteSource) throws(ParseError) -> Int {
    guard try source.u32(at: 24, .big) == source.u32(at: 92, .big) else { return 0 }
    let pageSize = Int(try source.u16(at: 16, .big))
    return Int(try source.u32(at: 28, .big)) * (pageSize == 1 ? 65_536 : pageSize)
  }
}

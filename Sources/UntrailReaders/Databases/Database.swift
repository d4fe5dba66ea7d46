internal import CSQLite
internal import UntrailBytes
internal import UntrailModel

/// The one owner of a connection to a database, of which only tables are read.
///
/// Nothing in the file is an order: views, triggers, functions and columns that are worked out are left alone, and an
/// authorizer refuses everything but reading.
///
/// Source: SQLite, "Defense Against The Dark Arts" (2023).
struct Database: ~Copyable {
  struct Table {
    var name: String
    var columns: [Column]
  }

  struct Column {
    var name: String
    /// The declared type in capitals; empty where there is none.
    var type: String
  }

  private let handle: OpaquePointer
  private let input: DatabaseInput
  private let system: UnsafeMutablePointer<sqlite3_vfs>
  private let systemName: UnsafeMutablePointer<CChar>

  /// Bytes of one value, and of what SQLite needs in all.
  private static let valueLimit: Int32 = 16 << 20
  private static let heapLimit: Int64 = 128 << 20
  private static let tableLimit = 1000
  private static let columnLimit = 500

  private init(
    _ handle: OpaquePointer, _ input: DatabaseInput, _ system: UnsafeMutablePointer<sqlite3_vfs>,
    _ systemName: UnsafeMutablePointer<CChar>
  ) {
    (self.handle, self.input, self.system, self.systemName) = (handle, input, system, systemName)
  }

  deinit {
    sqlite3_close_v2(handle)
    sqlite3_vfs_unregister(system)
    system.deallocate()
    systemName.deallocate()
  }

  /// Makes the library set up what it sets up when first used.
  static func warmUp() {
    sqlite3_initialize()
    sqlite3_hard_heap_limit64(heapLimit)
    var byte: UInt8 = 0
    sqlite3_randomness(1, &byte)
  }

  /// - Throws: `system` where there is no memory.
  static func open(_ input: DatabaseInput) throws(ParseError) -> Database {
    warmUp()
    let system = UnsafeMutablePointer<sqlite3_vfs>.allocate(capacity: 1)
    system.initialize(to: sqlite3_vfs())
    // Connections of several threads have one each.
    let name = Array("source-\(UInt(bitPattern: system))".utf8CString)
    let systemName = UnsafeMutablePointer<CChar>.allocate(capacity: name.count)
    systemName.initialize(from: name, count: name.count)
    DatabaseFileSystem.fill(&system.pointee, name: systemName, input)
    var handle: OpaquePointer?
    guard sqlite3_vfs_register(system, 0) == SQLITE_OK,
      sqlite3_open_v2("d", &handle, SQLITE_OPEN_READONLY | SQLITE_OPEN_NOMUTEX, systemName) == SQLITE_OK,
      let handle
    else {
      sqlite3_close_v2(handle)
      sqlite3_vfs_unregister(system)
      system.deallocate()
      systemName.deallocate()
      throw ParseError(.system, at: 0, "the database could not be opened")
    }
    let database = Database(handle, input, system, systemName)
    try database.defend()
    return database
  }

  private func defend() throws(ParseError) {
    let limits: [(Int32, Int32)] = [
      (SQLITE_LIMIT_LENGTH, Self.valueLimit), (SQLITE_LIMIT_SQL_LENGTH, 1 << 20),
      (SQLITE_LIMIT_EXPR_DEPTH, 100),
      (SQLITE_LIMIT_COMPOUND_SELECT, 10), (SQLITE_LIMIT_VDBE_OP, 100_000), (SQLITE_LIMIT_FUNCTION_ARG, 100),
      (SQLITE_LIMIT_ATTACHED, 0), (SQLITE_LIMIT_LIKE_PATTERN_LENGTH, 100), (SQLITE_LIMIT_VARIABLE_NUMBER, 10),
      (SQLITE_LIMIT_TRIGGER_DEPTH, 1), (SQLITE_LIMIT_WORKER_THREADS, 0),
    ]
    for (limit, value) in limits { sqlite3_limit(handle, limit, value) }
    let settings =
      "PRAGMA mmap_size=0; PRAGMA temp_store=MEMORY; PRAGMA cell_size_check=ON; PRAGMA query_only=ON"
    guard untrail_sqlite_defend(handle) == SQLITE_OK,
      sqlite3_exec(handle, settings, nil, nil, nil) == SQLITE_OK
    else { throw ParseError(.system, at: 0, "the database could not be opened safely") }
    DatabaseFileSystem.countSteps(handle, input)
    sqlite3_set_authorizer(
      handle,
      { _, action, first, _, _, _ in
        switch action {
        case SQLITE_SELECT, SQLITE_READ: SQLITE_OK
        case SQLITE_PRAGMA:
          first.map { String(cString: $0) == "table_xinfo" } ?? false ? SQLITE_OK : SQLITE_DENY
        default: SQLITE_DENY
        }
      }, nil)
  }

  // MARK: Reading

  /// Whether the work is done that a file may cost.
  var isExhausted: Bool { input.isExhausted }

  /// The tables with their columns, but for SQLite's own and those of an index for words.
  ///
  /// - Throws: `malformed` where the schema cannot be read.
  func tables() throws(ParseError) -> [Table] {
    var names: [String] = []
    try query("SELECT name, type, rootpage FROM sqlite_schema") { row in
      guard row.text(1, limit: 16) == "table", (row.whole(2) ?? 0) > 0, let name = row.text(0, limit: 200),
        !name.lowercased().hasPrefix("sqlite_"), !Self.isIndex(name)
      else { return true }
      names.append(name)
      return names.count < Self.tableLimit
    }
    var tables: [Table] = []
    for name in names {
      var columns: [Column] = []
      try query("PRAGMA table_xinfo(\(Self.quoted(name)))") { row in
        // Hidden ones are worked out, or are of a table that is none.
        guard row.whole(6) == 0, let column = row.text(1, limit: 200) else { return true }
        columns.append(Column(name: column, type: row.text(2, limit: 60)?.uppercased() ?? ""))
        return columns.count < Self.columnLimit
      }
      if !columns.isEmpty { tables.append(Table(name: name, columns: columns)) }
    }
    return tables
  }

  /// Hands out the rows of a table until `body` says that it wants no more.
  ///
  /// - Throws: what is wrong with the table; rows that could be read were handed out.
  func rows(
    of table: Table, _ columns: [String], _ body: (DatabaseRow) -> Bool
  ) throws(ParseError) {
    let list = columns.map(Self.quoted).joined(separator: ", ")
    try query("SELECT \(list) FROM main.\(Self.quoted(table.name)) NOT INDEXED", body)
  }

  private func query(_ text: String, _ body: (DatabaseRow) -> Bool) throws(ParseError) {
    var statement: OpaquePointer?
    let status = sqlite3_prepare_v3(handle, text, -1, 0, &statement, nil)
    guard status == SQLITE_OK, let statement else { throw flaw(status) }
    defer { sqlite3_finalize(statement) }
    while true {
      switch sqlite3_step(statement) {
      case SQLITE_ROW:
        countValues(of: statement)
        if !body(DatabaseRow(statement: statement)) { return }
      case SQLITE_DONE: return
      case let status: throw flaw(status)
      }
    }
  }

  private func countValues(of statement: OpaquePointer) {
    for column in 0..<sqlite3_data_count(statement) {
      switch sqlite3_column_type(statement, column) {
      case SQLITE_TEXT, SQLITE_BLOB: input.countValue(Int(sqlite3_column_bytes(statement, column)))
      default: break
      }
    }
  }

  private func flaw(_ status: Int32) -> ParseError {
    if let flaw = input.flaw { return flaw }
    switch status & 0xFF {
    case SQLITE_INTERRUPT: return DatabaseInput.tooMuchWork
    case SQLITE_TOOBIG: return ParseError(.limit, at: 0, "a value of the database is too long")
    case SQLITE_NOMEM: return ParseError(.limit, at: 0, "the database needs more memory than is given")
    case SQLITE_NOTADB:
      return ParseError(.malformed, at: 0, "the database's header is damaged, or it is encrypted")
    default: return ParseError(.malformed, at: 0, "a part of the database is damaged")
    }
  }

  private static func quoted(_ name: String) -> String {
    "\"" + name.replacing("\"", with: "\"\"") + "\""
  }

  /// Tables in which an index for words keeps its parts.
  private static func isIndex(_ name: String) -> Bool {
    ["_segments", "_segdir", "_docsize", "_stat", "_idx"].contains { name.hasSuffix($0) }
  }
}

/// The row at hand of a query; valid until the next.
struct DatabaseRow {
  fileprivate let statement: OpaquePointer

  /// A number, or a text that is one.
  func number(_ column: Int) -> Double? {
    switch sqlite3_column_type(statement, Int32(column)) {
    case SQLITE_INTEGER, SQLITE_FLOAT: return sqlite3_column_double(statement, Int32(column))
    case SQLITE_TEXT: return text(column, limit: 64).flatMap { WrittenNumber.read(Array($0.utf8)) }
    default: return nil
    }
  }

  func whole(_ column: Int) -> Int64? {
    guard sqlite3_column_type(statement, Int32(column)) == SQLITE_INTEGER else { return nil }
    return sqlite3_column_int64(statement, Int32(column))
  }

  func isWhole(_ column: Int) -> Bool { sqlite3_column_type(statement, Int32(column)) == SQLITE_INTEGER }

  /// Whether a column is a text that has a byte in it.
  func has(_ byte: UInt8, in column: Int) -> Bool {
    let column = Int32(column)
    guard sqlite3_column_type(statement, column) == SQLITE_TEXT,
      let start = sqlite3_column_text(statement, column)
    else { return false }
    let count = min(Int(sqlite3_column_bytes(statement, column)), 1024)
    return UnsafeBufferPointer(start: start, count: count).contains(byte)
  }

  /// The text of a column without blanks around it; nil where it is no text, is empty, or is longer than `limit` bytes.
  func text(_ column: Int, limit: Int) -> String? {
    let column = Int32(column)
    guard sqlite3_column_type(statement, column) == SQLITE_TEXT,
      let start = sqlite3_column_text(statement, column)
    else { return nil }
    let count = Int(sqlite3_column_bytes(statement, column))
    guard count > 0, count <= limit else { return nil }
    let text = String(decoding: UnsafeBufferPointer(start: start, count: count), as: UTF8.self).trimmedText
    return text.isEmpty || text.utf8.contains(0) ? nil : text
  }
}

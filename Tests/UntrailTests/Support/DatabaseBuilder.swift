import CSQLite

/// Makes databases of SQLite in memory.
enum DatabaseBuilder {
  /// The bytes of a database with small pages; none where an order is wrong.
  static func database(_ orders: String) -> [UInt8] {
    var handle: OpaquePointer?
    defer { sqlite3_close(handle) }
    guard sqlite3_open(":memory:", &handle) == SQLITE_OK,
      sqlite3_exec(handle, "PRAGMA page_size=512;" + orders, nil, nil, nil) == SQLITE_OK
    else { return [] }
    var count: Int64 = 0
    guard let bytes = sqlite3_serialize(handle, "main", &count, 0) else { return [] }
    defer { sqlite3_free(bytes) }
    return Array(UnsafeBufferPointer(start: bytes, count: Int(count)))
  }

  /// The pages of a database as the file beside it would hold them, in one change.
  static func log(of database: [UInt8], leavingOut left: Set<Int> = []) -> [UInt8] {
    func big(_ number: Int) -> [UInt8] { (0..<4).map { UInt8(truncatingIfNeeded: number >> (24 - 8 * $0)) } }
    let size = 512
    let pages = (1...(database.count / size)).filter { !left.contains($0) }
    var log = big(0x377F_0682) + big(3_007_000) + big(size) + big(0) + big(7) + big(8) + big(0) + big(0)
    for page in pages {
      log +=
        big(page) + big(page == pages.last ? database.count / size : 0) + big(7) + big(8) + big(0) + big(0)
      log += database[((page - 1) * size)..<(page * size)]
    }
    return log
  }
}

/// Tells tables by the names of their columns.
enum TableSniff {
  /// A list of flights as Flighty exports it.
  static func isFlights(_ prefix: UnsafeRawBufferPointer) -> Bool {
    let line = prefix.prefix { $0 != 0x0A && $0 != 0x0D }
    guard line.count < 4096 else { return false }
    let columns = String(decoding: line, as: UTF8.self)
    return columns.contains("Airline,Flight,From,To,") && columns.contains("PNR")
  }
}

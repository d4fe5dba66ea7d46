internal import UntrailModel

/// Times of Windows: ticks of 100 nanoseconds since 1601-01-01, UTC.
///
/// Source: Microsoft, MS-DTYP section 2.3.3 (FILETIME).
enum WindowsTime {
  /// Seconds from 1601 to 1970.
  private static let epoch: Int64 = 11_644_473_600

  /// Nil for what no clock said: before 1980, or behind the last year.
  static func timestamp(_ ticks: UInt64) -> Timestamp? {
    let seconds = Int64(clamping: ticks / 10_000_000) - epoch
    guard seconds > 315_532_800, seconds <= Timestamp.lastSecond else { return nil }
    return Timestamp(civilSeconds: seconds, utcOffsetMinutes: 0)
  }
}

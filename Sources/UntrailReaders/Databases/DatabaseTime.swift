internal import UntrailModel

/// Points in time as databases keep them, told apart by what is in living memory:
///
///     1.0e8 ...    seconds since 2001-01-01, as Apple counts; before 2030
///     9.2e8 ...    seconds since 1970; from 1999 on
///     9.2e11 ...   thousandths, 9.2e14 ... millionths, 9.2e17 ... billionths of them
///     1.2e16 ...   millionths of a second since 1601, as browsers count
///     1.2e17 ...   tenths of millionths since 1601, as Windows counts
///     1.5e17 ...   billionths since 2001, as Apple's messages count
///
/// Texts are read as elsewhere.
///
/// Source: Apple, NSDate timeIntervalSinceReferenceDate; Chromium, base/time/time.h; Microsoft, FILETIME.
enum DatabaseTime {
  private static let appleEpoch = 978_307_200.0
  private static let windowsEpoch = -11_644_473_600.0

  static func read(_ row: DatabaseRow, _ column: Int) -> JSONTime? {
    if let number = row.number(column) { return JSONTime(epoch: seconds(number)) }
    guard let text = row.text(column, limit: 64) else { return nil }
    return Array(text.utf8).withUnsafeBufferPointer { JSONTime(text: $0) }
  }

  /// Seconds since 1970; 0 where the number is none.
  static func seconds(_ number: Double) -> Double {
    switch number {
    case 1e8..<9.2e8: number + appleEpoch
    case 9.2e8..<4.2e9: number
    case 9.2e11..<4.2e12: number / 1e3
    case 9.2e14..<4.2e15: number / 1e6
    case 1.2e16..<1.6e16: number / 1e6 + windowsEpoch
    case 1.2e17..<1.5e17: number / 1e7 + windowsEpoch
    case 1.5e17..<9.2e17: number / 1e9 + appleEpoch
    case 9.2e17..<4.2e18: number / 1e9
    default: 0
    }
  }

  /// Which of several columns says when something was somewhere; nil where none does.
  static func column(of columns: [Database.Column]) -> String? {
    let candidates = columns.filter { column in
      let name = plain(column.name)
      return !others.contains { name.contains($0) }
        && (name == "t" || name == "ts" || name == "utc" || words.contains { name.contains($0) })
    }
    for name in best {
      if let column = candidates.first(where: { plain($0.name) == name }) { return column.name }
    }
    return candidates.first?.name
  }

  /// A name without signs, and without the letter that Core Data puts before it.
  private static func plain(_ name: String) -> String {
    let isCoreData = name.hasPrefix("Z") && name == name.uppercased()
    return (isCoreData ? name.dropFirst() : name[...]).lowercased().filter {
      $0 != "_" && $0 != "-" && $0 != " "
    }
  }

  private static let best = [
    "timestamp", "time", "datetime", "date", "ts", "t", "utc", "gpstime", "datetaken", "datecreated",
    "recordedat",
    "starttime", "startdate",
  ]
  private static let words = [
    "time", "date", "stamp", "created", "taken", "recorded", "visited", "seen", "epoch",
  ]
  private static let others = [
    "zone", "duration", "modif", "updat", "expir", "delet", "timeout", "sync", "interval", "offset",
    "elapsed",
    "validat", "candidat", "timescale", "mandat", "trash", "timeto",
  ]
}

internal import UntrailModel

/// Which columns of a table say when, and how they are to be read.
struct DelimitedClock {
  /// A column with date and time, or with the date alone.
  private var day: Int?
  /// A column with the time of day alone.
  private var second: Int?
  private var order = DelimitedTime.Order.unknown
  private var clockOrder = DelimitedTime.Order.unknown
  /// Whether the headings say that times are in UTC.
  private var isUTC = false

  /// - Parameters:
  ///   - position: the columns of the positions; times whose headings begin alike go with them.
  ///   - sample: the first rows.
  init(_ columns: DelimitedColumns, for position: DelimitedColumns.Position, sample: ArraySlice<DelimitedRow>)
  {
    // Columbus loggers: INDEX,TAG,DATE,TIME,LATITUDE N/S,LONGITUDE E/W,...; in UTC.
    if columns.headings.starts(with: ["INDEX", "TAG", "DATE", "TIME"]) {
      (day, second, order, clockOrder, isUTC) = (2, 3, .yearFirst, .clock, true)
      return
    }
    let stem = String(position.rest.prefix(5))
    func isNear(_ column: Int) -> Bool {
      !stem.isEmpty && CoordinateName.words(columns.headings[column]).joined().hasPrefix(stem)
    }
    let candidates = columns.times.filter(isNear) + columns.times.filter { !isNear($0) }
    var dates: [Int] = []
    var clocks: [Int] = []
    for column in candidates.prefix(16) {
      let orders = sample.lazy.map { DelimitedTime.order($0[column]) }
      let order = orders.first { $0 != .unknown } ?? .unknown
      let readings = sample.prefix(20).compactMap { DelimitedTime($0[column], order: order) }
      guard let reading = readings.first else { continue }
      if reading.day != nil, reading.second != nil {
        (day, second, self.order) = (column, nil, order)
        isUTC = Self.saysUTC(columns.headings[column])
        return
      }
      if reading.day != nil {
        if dates.isEmpty { self.order = order }
        dates.append(column)
      } else {
        clocks.append(column)
      }
    }
    guard let date = dates.first, let clock = clocks.first else { return }
    (day, second) = (date, clock)
    isUTC = Self.saysUTC(columns.headings[date]) || Self.saysUTC(columns.headings[clock])
  }

  private static func saysUTC(_ heading: String) -> Bool {
    CoordinateName.words(heading).contains { ["utc", "gmt", "zulu"].contains($0) }
  }

  /// Seconds since 1970 of a row, and whether they are of a zone that is not named.
  func time(of row: DelimitedRow) -> (seconds: Int64, isLocal: Bool)? {
    guard let day, var time = DelimitedTime(row[day], order: order) else { return nil }
    if let second {
      guard let clock = DelimitedTime(row[second], order: clockOrder), clock.day == nil else { return nil }
      time.second = clock.second
      time.offset = clock.offset
    }
    guard let date = time.day, let second = time.second else { return nil }
    let offset = time.offset ?? (isUTC ? 0 : nil)
    return (date * 86_400 + second - Int64(offset ?? 0) * 60, offset == nil)
  }
}

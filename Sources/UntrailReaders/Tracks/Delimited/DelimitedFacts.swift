internal import UntrailModel

/// What the rows of a table say.
struct DelimitedFacts {
  private let columns: DelimitedColumns
  private var groups: [DelimitedGroup]
  private var distinct: DistinctFacts
  private let limits: Limits

  /// More pairs of columns than this are no table of places.
  private static let groupLimit = 4

  init(_ columns: DelimitedColumns, sample: ArraySlice<DelimitedRow>, _ limits: Limits) {
    self.columns = columns
    self.limits = limits
    distinct = DistinctFacts(limits)
    groups = columns.positions.prefix(Self.groupLimit).map { position in
      let name = position.isBoth ? "coordinates" : "latitude"
      return DelimitedGroup(
        columns: position, clock: DelimitedClock(columns, for: position, sample: sample),
        field: columns.field(position.latitude, else: name), track: TrackRecorder(limits))
    }
  }

  /// Reads what stands before the headings: names and values, as the scanners of networks write them.
  static func readPreamble(_ row: DelimitedRow, into result: inout ReadResult) {
    var device = Device()
    var place: Int?
    for index in row.fields.indices.prefix(32) {
      let parts = row.text(index).split(separator: "=", maxSplits: 1)
      guard parts.count == 2 else { continue }
      switch parts[0].lowercased() {
      case "model": (device.model, place) = (String(parts[1]), row.place(index))
      case "brand", "manufacturer": device.make = String(parts[1])
      case "apprelease":
        result.add(
          .application, .software("\(row.text(0)) \(parts[1])"), "CSV:appRelease", at: row.place(index))
      default: break
      }
    }
    if !device.model.isEmpty { result.add(.recorder, .device(device), "CSV:model", at: place) }
  }

  mutating func add(_ row: DelimitedRow, _ result: inout ReadResult) {
    for index in groups.indices { addPosition(row, index, &result) }
    var device = Device()
    var deviceColumn: Int?
    for (index, meaning) in columns.others where !row[index].isEmpty {
      guard let (role, fact) = meaning.fact(row.text(index)) else { continue }
      if case .device(let part) = fact {
        if device.make.isEmpty { device.make = part.make }
        if device.model.isEmpty { device.model = part.model }
        deviceColumn = part.model.isEmpty ? deviceColumn ?? index : index
        continue
      }
      distinct.add(role, fact, columns.field(index, else: "\(meaning)"), at: row.place(index), into: &result)
    }
    guard let deviceColumn else { return }
    let field = columns.field(deviceColumn, else: "device")
    distinct.add(.recorder, .device(device), field, at: row.place(deviceColumn), into: &result)
  }

  mutating func finish(_ result: inout ReadResult) {
    for group in groups {
      if group.columns.rest.hasPrefix("home") { continue }
      if group.isWay || !columns.times.isEmpty, let track = group.track.track(isLocalTime: group.isLocal) {
        result.add(.recorded, .track(track), group.field, at: group.place)
        continue
      }
      for (coordinate, offset) in group.places {
        distinct.add(
          .waypoint, .location(Location(coordinate: coordinate)), group.field, at: offset, into: &result)
      }
      if group.track.count > group.places.count {
        result.damageOnce("limit", "the table has more places than are listed")
      }
    }
  }

  // MARK: Positions

  private mutating func addPosition(_ row: DelimitedRow, _ index: Int, _ result: inout ReadResult) {
    let columns = groups[index].columns
    let field = row[columns.latitude]
    let place = row.place(columns.latitude)
    guard !field.isEmpty, !row[columns.longitude].isEmpty else { return }
    guard let (latitude, longitude, decimals, otherDecimals) = Self.position(row, columns) else {
      // Headings may be followed by units, and "null" says that there is none.
      if groups[index].track.count > 0, field.contains(where: { $0 >= 0x31 && $0 <= 0x39 }) {
        result.doubtOnce("position-malformed", "the numbers of a position are none", at: place)
      }
      return
    }
    if row.isLast, max(columns.latitude, columns.longitude) >= row.fields.count - 1,
      decimals + 2 < max(groups[index].decimals, otherDecimals)
    {
      return result.doubtOnce(
        "position-incomplete", "the last line may be cut inside a position", at: place)
    }
    guard let coordinate = CheckedPlace.coordinate(latitude, longitude, at: place, into: &result) else {
      return
    }
    groups[index].decimals = decimals
    if columns.rest.hasPrefix("home") {
      // Where a drone took off.
      distinct.add(
        .waypoint, .location(Location(coordinate: coordinate)), groups[index].field, at: place, into: &result)
      return
    }
    let time = groups[index].clock.time(of: row)
    if let time {
      if !groups[index].hasTime { groups[index].isLocal = time.isLocal }
      groups[index].hasTime = true
    }
    groups[index].add(coordinate, time?.seconds, at: place, placesLimit: limits.observations / 2)
  }

  /// The position of a row; how many decimals that number has that stands last, and how many the other.
  private static func position(
    _ row: DelimitedRow, _ columns: DelimitedColumns.Position
  ) -> (latitude: Double, longitude: Double, decimals: Int, otherDecimals: Int)? {
    if columns.isBoth {
      let text = row.text(columns.latitude)
      guard let pair = WrittenCoordinate.pair(text, isLongitudeFirst: columns.isLongitudeFirst) else {
        return nil
      }
      return (pair.latitude, pair.longitude, 0, 0)
    }
    func letter(_ column: Int?) -> Character? {
      let letter = column.flatMap { row[$0].first }.map { Character(Unicode.Scalar($0 & 0xDF)) }
      return letter.flatMap { "NSEW".contains($0) ? $0 : nil }
    }
    guard
      let north = WrittenCoordinate.read(row[columns.latitude], hemisphere: letter(columns.northOrSouth)),
      let east = WrittenCoordinate.read(row[columns.longitude], hemisphere: letter(columns.eastOrWest)),
      north.hemisphere.map({ $0 == "N" || $0 == "S" }) ?? true,
      east.hemisphere.map({ $0 == "E" || $0 == "W" }) ?? true
    else { return nil }
    let isLatitudeLast = columns.latitude > columns.longitude
    return (
      north.degrees / columns.scale, east.degrees / columns.scale,
      isLatitudeLast ? north.decimals : east.decimals, isLatitudeLast ? east.decimals : north.decimals
    )
  }
}

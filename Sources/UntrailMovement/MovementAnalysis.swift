package import UntrailModel

/// Makes stays, places, trips and the like out of position fixes.
package enum MovementAnalysis {
  /// Seconds without a fix that are a gap.
  private static let gap: Int64 = 3 * 86_400

  /// - Parameters:
  ///   - fixes: in any order; where somebody was, not where somebody will be.
  ///   - context: gives countries and local times.
  package static func analyse(_ fixes: consuming [PositionFix], context: AuditContext) -> Movement {
    var movement = Movement()
    movement.fixCount = fixes.count
    guard !fixes.isEmpty else { return movement }
    sort(&fixes)
    var clock = LocalClock(context.utcOffset)
    var kept: [PositionFix] = []
    kept.reserveCapacity(fixes.count)
    var start = 0
    while start < fixes.count {
      var end = start + 1
      while end < fixes.count, fixes[end].device == fixes[start].device { end += 1 }
      let stream = Outliers.removed(from: fixes[start..<end])
      movement.stayPoints += StayPoints.find(stream[...])
      kept += stream
      start = end
    }
    movement.outlierCount = fixes.count - kept.count
    fixes = []
    movement.stayPoints.sort { ($0.arrived, $0.left, $0.device) < ($1.arrived, $1.left, $1.device) }
    kept.sort { $0.time < $1.time }
    movement.start = kept.first?.time
    movement.end = kept.last?.time

    let singles = kept.filter { $0.source != .track }
    let places = Places(stays: movement.stayPoints, fixes: singles, clock: &clock)
    movement.places = places.places
    for index in movement.places.indices {
      movement.places[index].country = context.country(movement.places[index].coordinate)
    }
    for index in movement.stayPoints.indices { movement.stayPoints[index].place = places.ofStay[index] }
    movement.hoursOfWeek = places.hoursOfWeek
    movement.distinctPoints = distinctPoints(kept)
    movement.trips = trips(movement.stayPoints, kept)
    let finder = PlaceFinder(movement.places)
    let steps = Journeys.steps(kept, placeOf: { finder.place(at: $0.coordinate) }, country: context.country)
    movement.crossings = Journeys.crossings(steps)
    if let home = movement.places.first(where: { $0.role == .home }) ?? movement.places.first {
      movement.journeys = Journeys.journeys(steps, from: home.coordinate, clock: &clock)
    }
    for (one, other) in zip(kept, kept.dropFirst()) where other.time - one.time > gap {
      movement.gaps.append(Movement.Gap(start: one.time, end: other.time))
    }
    movement.coPresences = CoPresences.find(kept)
    return movement
  }

  /// By device, then by time. Most runs come sorted already.
  private static func sort(_ fixes: inout [PositionFix]) {
    func precedes(_ one: PositionFix, _ other: PositionFix) -> Bool {
      if one.device != other.device { return one.device < other.device }
      if one.time != other.time { return one.time < other.time }
      if one.coordinate != other.coordinate {
        return (one.coordinate.latitude, one.coordinate.longitude)
          < (other.coordinate.latitude, other.coordinate.longitude)
      }
      return one.file < other.file
    }
    for index in fixes.indices.dropFirst() where precedes(fixes[index], fixes[index - 1]) {
      fixes.sort(by: precedes)
      return
    }
  }

  private static func distinctPoints(_ fixes: [PositionFix]) -> Int {
    struct Point: Hashable {
      var cell: Int
      var hour: Int64
    }
    var points: Set<Point> = []
    var last: Point?
    for fix in fixes {
      let point = Point(
        cell: fix.coordinate.cell(cellsPerDegree: 500), hour: CivilDate.floorDivide(fix.time, 3600))
      if point == last { continue }
      last = point
      points.insert(point)
    }
    return points.count
  }

  /// The ways between stays of one device at different places.
  private static func trips(_ stays: [StayPoint], _ fixes: [PositionFix]) -> [Trip] {
    var trips: [Trip] = []
    var last: [UInt32: StayPoint] = [:]
    for stay in stays {
      defer { last[stay.device] = stay }
      guard let before = last[stay.device], before.place == nil || before.place != stay.place,
        before.left <= stay.arrived
      else { continue }
      var distance = 0.0
      var position = before.coordinate
      var index = firstIndex(notBefore: before.left, in: fixes)
      while index < fixes.count, fixes[index].time <= stay.arrived {
        if fixes[index].device == stay.device {
          distance += position.distance(to: fixes[index].coordinate)
          position = fixes[index].coordinate
        }
        index += 1
      }
      distance += position.distance(to: stay.coordinate)
      trips.append(
        Trip(
          from: before.place, to: stay.place, origin: before.coordinate, destination: stay.coordinate,
          start: before.left, end: stay.arrived, distance: distance))
    }
    return trips
  }
}

extension MovementAnalysis {
  private static func firstIndex(notBefore time: Int64, in fixes: [PositionFix]) -> Int {
    var (low, high) = (0, fixes.count)
    while low < high {
      let middle = (low + high) / 2
      if fixes[middle].time < time { low = middle + 1 } else { high = middle }
    }
    return low
  }
}

/// The place that a position belongs to: one within 300 m.
private struct PlaceFinder {
  private var cells: [Int: [Int]] = [:]
  private let places: [Place]
  private static let cellsPerDegree = 100.0

  init(_ places: [Place]) {
    self.places = places
    for (number, place) in places.enumerated() {
      cells[Self.key(place.coordinate, 0, 0), default: []].append(number)
    }
  }

  func place(at coordinate: Coordinate) -> Int? {
    if cells.isEmpty { return nil }
    var nearest: (number: Int, distance: Double)?
    for row in -1...1 {
      for column in -1...1 {
        for number in cells[Self.key(coordinate, row, column)] ?? [] {
          let distance = coordinate.distance(to: places[number].coordinate)
          if distance <= 300, distance < nearest?.distance ?? .infinity { nearest = (number, distance) }
        }
      }
    }
    return nearest?.number
  }

  private static func key(_ coordinate: Coordinate, _ row: Int, _ column: Int) -> Int {
    let ownRow = Int((coordinate.latitude * cellsPerDegree).rounded(.down))
    let ownColumn = Int((coordinate.longitude * cellsPerDegree).rounded(.down))
    return (ownRow + row) &* 1_000_003 &+ ownColumn + column
  }
}

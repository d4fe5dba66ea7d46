internal import UntrailModel

/// Makes places out of stays and photos, and says which may be home and work.
struct Places {
  /// Local hours that count as night, and as working hours.
  static let nightStart: Int64 = 22 * 3600
  static let nightEnd: Int64 = 7 * 3600
  static let workStart: Int64 = 9 * 3600
  static let workEnd: Int64 = 18 * 3600
  /// Seconds of a stay inside a night or working hours that count.
  static let overlap: Int64 = 3600
  /// A role with less is not named.
  static let leastConfidence = 0.3

  private(set) var places: [Place] = []
  /// The place of each stay, and of each single fix; nil for none.
  private(set) var ofStay: [Int?] = []
  private(set) var ofFix: [Int?] = []
  private(set) var hoursOfWeek = [Int](repeating: 0, count: 168)

  /// - Parameters:
  ///   - stays: of all devices.
  ///   - fixes: single fixes: photos and the like.
  init(stays: [StayPoint], fixes: [PositionFix], clock: inout LocalClock) {
    var clustering = Clustering()
    var bins: [Int] = []
    bins.reserveCapacity(stays.count + fixes.count)
    for stay in stays {
      let day = clock.civil(stay.arrived, at: stay.coordinate).civilDay
      bins.append(clustering.add(stay.coordinate, day: day, isStay: true))
    }
    for fix in fixes {
      let day = clock.civil(fix.time, at: fix.coordinate).civilDay
      bins.append(clustering.add(fix.coordinate, day: day, isStay: false))
    }
    let clusters = clustering.clusters()
    var numbers: [Int: Int] = [:]
    var drafts: [PlaceDraft] = []
    func draft(of bin: Int) -> Int? {
      guard let cluster = clusters[bin] else { return nil }
      if let number = numbers[cluster] { return number }
      numbers[cluster] = drafts.count
      drafts.append(PlaceDraft())
      return drafts.count - 1
    }
    for (index, stay) in stays.enumerated() {
      let number = draft(of: bins[index])
      ofStay.append(number)
      let civil = clock.civil(stay.arrived, at: stay.coordinate)
      let end = civil + (stay.left - stay.arrived)
      count(civil, end)
      if let number { drafts[number].add(stay, civil, end) }
    }
    for (index, fix) in fixes.enumerated() {
      let number = draft(of: bins[stays.count + index])
      ofFix.append(number)
      let civil = clock.civil(fix.time, at: fix.coordinate)
      hoursOfWeek[Int(civil.weekday * 24 + civil.secondOfDay / 3600)] += 1
      if let number { drafts[number].add(fix, civil) }
    }
    order(&drafts)
    places = drafts.compactMap(Self.place)
    nameRoles(drafts)
  }

  /// Most days first; the numbers of stays and fixes follow.
  private mutating func order(_ drafts: inout [PlaceDraft]) {
    // A place has a stay, or pictures of two days.
    let kept = drafts.indices.filter { !drafts[$0].stays.isEmpty || drafts[$0].photos.count >= 2 }
    let sorted = kept.sorted { one, other in
      let (first, second) = (drafts[one], drafts[other])
      if first.days.count != second.days.count { return first.days.count > second.days.count }
      if first.seconds != second.seconds { return first.seconds > second.seconds }
      return (first.first, one) < (second.first, other)
    }
    var moved = [Int?](repeating: nil, count: drafts.count)
    for (new, old) in sorted.enumerated() { moved[old] = new }
    drafts = sorted.map { drafts[$0] }
    ofStay = ofStay.map { $0.flatMap { moved[$0] } }
    ofFix = ofFix.map { $0.flatMap { moved[$0] } }
  }

  private mutating func count(_ civil: Int64, _ end: Int64) {
    var hour = CivilDate.floorDivide(civil, 3600)
    // What is said of a stay of weeks says the first fortnight.
    let last = min(CivilDate.floorDivide(end, 3600), hour + 14 * 24)
    while hour <= last {
      let time = hour * 3600
      hoursOfWeek[Int(time.weekday * 24 + time.secondOfDay / 3600)] += 1
      hour += 1
    }
  }

  private static func place(_ draft: PlaceDraft) -> Place? {
    let center =
      draft.stays.isEmpty
      ? Coordinate.mean(draft.photos.sorted { $0.key < $1.key }.map(\.value)) : Coordinate.mean(draft.stays)
    guard let center else { return nil }
    return Place(
      coordinate: center, stays: max(draft.stays.count, draft.photos.count), days: draft.days.count,
      nights: draft.nights.count, workdays: draft.workdays.count, first: draft.first, last: draft.last)
  }

  private mutating func nameRoles(_ drafts: [PlaceDraft]) {
    guard places.count == drafts.count else { return }
    let nights = drafts.reduce(into: Set<Int64>()) { $0.formUnion($1.nights) }
    let home = drafts.indices.filter { drafts[$0].nights.count >= (drafts[$0].sleptNights.isEmpty ? 3 : 2) }
      .max { one, other in
        let first = (drafts[one].sleptNights.count, drafts[one].nights.count, drafts[one].seconds)
        let second = (drafts[other].sleptNights.count, drafts[other].nights.count, drafts[other].seconds)
        return first < second || first == second && one > other
      }
    if let home {
      name(.home, home, drafts[home].nights.count, of: nights.count, drafts)
    }
    let workdays = drafts.reduce(into: Set<Int64>()) { $0.formUnion($1.workdays) }
    let work = drafts.indices.filter { index in
      places[index].role == nil && drafts[index].workdays.count >= 3
        && drafts[index].nights.count * 3 <= drafts[index].workdays.count
        && home.map { drafts[index].first >= drafts[$0].first - 366 * 86_400 } ?? true
    }
    .max { one, other in
      let first = (drafts[one].workdays.count, drafts[one].seconds)
      let second = (drafts[other].workdays.count, drafts[other].seconds)
      return first < second || first == second && one > other
    }
    if let work { name(.work, work, drafts[work].workdays.count, of: workdays.count, drafts) }
  }

  /// The more nights (or working days), the larger their share, and the longer the time that they span, the surer.
  private mutating func name(
    _ role: Place.Role, _ index: Int, _ count: Int, of known: Int, _ drafts: [PlaceDraft]
  ) {
    var enough = 1.0
    for _ in 0..<min(count, 20) { enough *= 0.7 }
    let share = Double(count) / Double(max(known, 1))
    let span = Double(drafts[index].last - drafts[index].first) / 86_400
    let confidence = (1 - enough) * min(1, 0.4 + 0.6 * share) * min(1, 0.6 + span / 35)
    guard confidence >= Self.leastConfidence else { return }
    places[index].role = role
    places[index].confidence = confidence
  }
}

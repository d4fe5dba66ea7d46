internal import UntrailModel

/// What is known of a place while it is made.
struct PlaceDraft {
  var stays: [Coordinate] = []
  var photos: [Int64: Coordinate] = [:]
  var days: Set<Int64> = []
  var nights: Set<Int64> = []
  /// Nights of a stay: more than that a picture was taken.
  var sleptNights: Set<Int64> = []
  var workdays: Set<Int64> = []
  var first = Int64.max
  var last = Int64.min
  var seconds: Int64 = 0

  mutating func add(_ stay: StayPoint, _ civil: Int64, _ end: Int64) {
    stays.append(stay.coordinate)
    first = min(first, stay.arrived)
    last = max(last, stay.left)
    seconds += stay.left - stay.arrived
    // A stay of more than a year is a gap in a log, not a stay.
    let days = civil.civilDay...min(end.civilDay, civil.civilDay + 400)
    for day in days {
      self.days.insert(day)
      let midnight = day * 86_400
      func lasts(_ from: Int64, _ to: Int64) -> Bool { min(end, to) - max(civil, from) >= Places.overlap }
      if lasts(midnight + Places.workStart, midnight + Places.workEnd), midnight.weekday < 5 {
        workdays.insert(day)
      }
    }
    for night in days.lowerBound - 1...days.upperBound {
      let from = night * 86_400 + Places.nightStart
      let inside = min(end, (night + 1) * 86_400 + Places.nightEnd) - max(civil, from)
      if inside >= Places.overlap { nights.insert(night) }
      if inside >= 4 * 3600 { sleptNights.insert(night) }
    }
  }

  mutating func add(_ fix: PositionFix, _ civil: Int64) {
    let day = civil.civilDay
    if photos[day] == nil { photos[day] = fix.coordinate }
    days.insert(day)
    first = min(first, fix.time)
    last = max(last, fix.time)
    let second = civil.secondOfDay
    if second >= Places.nightStart { nights.insert(day) }
    if second < Places.nightEnd { nights.insert(day - 1) }
    if second >= Places.workStart, second < Places.workEnd, civil.weekday < 5 { workdays.insert(day) }
  }
}

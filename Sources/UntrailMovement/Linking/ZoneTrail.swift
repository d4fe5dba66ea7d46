internal import UntrailModel

/// The zones of a reporter's clocks from day to day: where home is, and when and how far away they were.
struct ZoneTrail {
  /// Days one after the other with one offset.
  private struct Run {
    var offset: Int16
    var days: [Int32]
    var fileCount = 0
    var comparedCount = 0
    var namedCount = 0
    /// The zones that have the offset on the first and on the last day.
    var candidates: [ZoneNames.Candidate] = []
    var isHome = false

    var first: Int32 { days.first ?? 0 }
    var last: Int32 { days.last ?? 0 }
  }

  private static let listLimit = 8
  /// Days further apart are two stays.
  private static let longestGap: Int32 = 14

  private let days: [Int32: WeakLocationAnalysis.Day]
  private let names: ZoneNames
  private let places: PlaceTrail
  private var runs: [Run] = []
  private var home: [ZoneNames.Candidate] = []

  init(_ days: [Int32: WeakLocationAnalysis.Day], _ names: ZoneNames, _ places: PlaceTrail) {
    self.days = days
    self.names = names
    self.places = places
    makeRuns()
    findHome()
  }

  /// The clocks that follow their place. One that nobody sets on a journey says every day that it is at home.
  private var movingClocks: Set<Int> {
    var offsets: [Int: Set<Int16>] = [:]
    for day in days.values {
      for count in day.counts { offsets[count.clock, default: []].insert(count.offset) }
    }
    return Set(offsets.filter { $0.value.count > 1 }.keys)
  }

  private mutating func makeRuns() {
    let moving = movingClocks
    for (number, day) in days.sorted(by: { $0.key < $1.key }) {
      let followed = day.counts.filter { moving.contains($0.clock) }
      let counts = followed.isEmpty ? day.counts : followed
      var ofOffset: [Int16: WeakLocationAnalysis.OffsetCount] = [:]
      for count in counts {
        var sum = ofOffset[count.offset] ?? count
        if ofOffset[count.offset] != nil {
          sum.fileCount += count.fileCount
          sum.comparedCount += count.comparedCount
          sum.namedCount += count.namedCount
        }
        ofOffset[count.offset] = sum
      }
      // UTC is what a clock says that nobody set: any other goes before it.
      let majority = ofOffset.values.max {
        ($0.fileCount, $0.offset == 0 ? 0 : 1, $0.offset) < ($1.fileCount, $1.offset == 0 ? 0 : 1, $1.offset)
      }
      guard let majority else { continue }
      let isOn = runs.last.map { $0.offset == majority.offset && number - $0.last <= Self.longestGap }
      if isOn != true { runs.append(Run(offset: majority.offset, days: [])) }
      runs[runs.count - 1].days.append(number)
      runs[runs.count - 1].fileCount += majority.fileCount
      runs[runs.count - 1].comparedCount += majority.comparedCount
      runs[runs.count - 1].namedCount += majority.namedCount
    }
  }

  /// Noon of a local day, in seconds since 1970-01-01T00:00:00 UTC.
  private static func noon(_ day: Int32, _ offset: Int16) -> Int64 {
    Int64(day) * 86_400 + 43_200 - Int64(offset) * 60
  }

  /// Home is the zone that has the offsets of most days. A zone with daylight saving has both of its own, so that their
  /// change is no travel.
  private mutating func findHome() {
    var runsOfZone: [String: [Int]] = [:]
    for index in runs.indices {
      let run = runs[index]
      let last = Set(names.zones(run.offset, Self.noon(run.last, run.offset)).map(\.zone))
      runs[index].candidates = names.zones(run.offset, Self.noon(run.first, run.offset)).filter {
        last.contains($0.zone)
      }
      // Where geography knows no zone, the offset stands for one.
      if runs[index].candidates.isEmpty {
        runs[index].candidates = [ZoneNames.Candidate(zone: "", countries: [], population: Int(run.offset))]
      }
      for candidate in runs[index].candidates { runsOfZone[Self.key(candidate), default: []].append(index) }
    }
    func dayCount(_ numbers: [Int]) -> Int { numbers.reduce(0) { $0 + runs[$1].days.count } }
    let best = runsOfZone.values.max {
      let (first, other) = (dayCount($0), dayCount($1))
      return first == other ? $1.lexicographicallyPrecedes($0) : first < other
    }
    // Where nobody was for more than half of the days, nothing says what is home.
    guard let best, dayCount(best) * 2 > dayCount(Array(runs.indices)) else { return }
    for index in best { runs[index].isHome = true }
    for candidate in runs[best[0]].candidates where runsOfZone[Self.key(candidate)] == best {
      home.append(candidate)
    }
  }

  private static func key(_ candidate: ZoneNames.Candidate) -> String {
    candidate.zone.isEmpty ? "offset \(candidate.population)" : candidate.zone
  }

  func locations() -> [WeakLocation] {
    var locations: [WeakLocation] = []
    if let home = homeLocation() { locations.append(home) }
    for index in runs.indices where !runs[index].isHome {
      // A single file says something only where others say something else.
      if homeOffset != nil || runs[index].fileCount > 1 { locations.append(travel(index)) }
    }
    return locations
  }

  /// The offset of most days at home.
  private var homeOffset: Int16? {
    var dayCounts: [Int16: Int] = [:]
    for run in runs where run.isHome { dayCounts[run.offset, default: 0] += run.days.count }
    return dayCounts.max { ($0.value, $1.key) < ($1.value, $0.key) }?.key
  }

  private func homeLocation() -> WeakLocation? {
    let ofHome = runs.filter(\.isHome)
    let fileCount = ofHome.reduce(0) { $0 + $1.fileCount }
    let dayCount = ofHome.reduce(0) { $0 + $1.days.count }
    guard let first = ofHome.first?.first, let last = ofHome.last?.last, let offset = homeOffset,
      fileCount >= WeakLocationAnalysis.leastFiles
    else { return nil }
    var confidence = 0.4 + min(0.3, Double(dayCount) * 0.02)
    var reason = "Most local times differ from UTC by \(Self.text(offset))"
    reason +=
      ofHome.contains { $0.offset != offset } ? ", and by an hour more or less in another season." : "."
    let inSeason = ofHome.filter { $0.offset == offset }.flatMap(\.days)
    adjust(&confidence, &reason, inSeason, offset)
    // Days of travel in between are none of home's.
    let evidence = ofHome.map { places.evidence(in: $0.first...$0.last) }
    let answer = ranked(
      home, network: evidence.flatMap(\.network), named: evidence.flatMap(\.named),
      towns: evidence.flatMap(\.towns))
    note(answer.agrees, &confidence, &reason)
    return WeakLocation(
      basis: Self.basis(ofHome), firstDay: Int64(first), lastDay: Int64(last), utcOffsetMinutes: offset,
      countries: answer.countries, names: answer.names, fileCount: fileCount,
      confidence: Self.bounded(confidence), reason: reason)
  }

  private func travel(_ index: Int) -> WeakLocation {
    let run = runs[index]
    var first = run.first
    var last = run.last
    // On a day of travel both offsets stand; it counts to both.
    if index > 0, hasTravelDay(runs[index - 1].last, runs[index - 1], run) { first = runs[index - 1].last }
    if index + 1 < runs.count, hasTravelDay(runs[index + 1].first, runs[index + 1], run) {
      last = runs[index + 1].first
    }
    let isBetween = index > 0 && index + 1 < runs.count
    var confidence: Double
    switch run.fileCount {
    case 1: confidence = 0.2
    case 2: confidence = 0.35
    default: confidence = 0.45 + min(0.3, Double(run.days.count - 1) * 0.08)
    }
    if run.fileCount > 2, isBetween { confidence += 0.05 }
    // A clock set an hour wrong is commoner than one set eight hours wrong.
    if let homeOffset, abs(Int(run.offset) - Int(homeOffset)) <= 60 { confidence -= 0.1 }
    var reason = "Local times differ from UTC by \(Self.text(run.offset))"
    reason += homeOffset.map { ", otherwise mostly by \(Self.text($0))." } ?? "."
    if run.fileCount == 1 { reason += " It is a single file, whose clock may be wrong." }
    if run.namedCount == run.fileCount {
      confidence -= 0.05
      reason += " The clock in the files' names is compared with the one inside."
    }
    adjust(&confidence, &reason, run.days, run.offset)
    let evidence = places.evidence(in: min(first, last)...max(first, last))
    let answer = ranked(
      run.candidates, network: evidence.network, named: evidence.named, towns: evidence.towns)
    note(answer.agrees, &confidence, &reason)
    return WeakLocation(
      basis: Self.basis([run]), firstDay: Int64(first), lastDay: Int64(last), utcOffsetMinutes: run.offset,
      countries: answer.countries, names: answer.names, fileCount: run.fileCount,
      confidence: Self.bounded(confidence), reason: reason)
  }

  /// Whether a neighbour's day at the border of a run has the run's offset too.
  private func hasTravelDay(_ day: Int32, _ neighbour: Run, _ run: Run) -> Bool {
    guard neighbour.offset != run.offset,
      abs(day - (day < run.first ? run.first : run.last)) <= Self.longestGap
    else { return false }
    return days[day]?.counts.contains { $0.offset == run.offset } ?? false
  }

  private func adjust(_ confidence: inout Double, _ reason: inout String, _ numbers: [Int32], _ offset: Int16)
  {
    switch QuietHours.verdict(numbers.compactMap { days[$0]?.hours }, offsetMinutes: offset) {
    case .night?:
      confidence += 0.05
      reason += " The hours without files are night there."
    case .day?:
      confidence -= 0.2
      reason += " But the hours without files are the middle of the day there."
    case nil: break
    }
  }

  private func note(_ agrees: Bool?, _ confidence: inout Double, _ reason: inout String) {
    guard let agrees else { return }
    confidence += agrees ? 0.15 : -0.15
    reason +=
      agrees
      ? " Networks or names of places in the files agree."
      : " But networks or names of places in the files are of countries with other zones."
  }

  /// Countries and names that come into question, most likely first, and whether what files name is among them; nil
  /// where they name nothing.
  private func ranked(
    _ candidates: [ZoneNames.Candidate], network: [String], named: [String], towns: [String]
  ) -> (countries: [String], names: [String], agrees: Bool?) {
    let sorted = candidates.filter { !$0.zone.isEmpty }.sorted {
      ($1.population, $0.zone) < ($0.population, $1.zone)
    }
    var countries: [String] = []
    for country in sorted.flatMap(\.countries) where !countries.contains(country) {
      countries.append(country)
    }
    let zones = sorted.map(\.zone)
    guard !countries.isEmpty else { return (Self.short(network + named), Self.short(towns), nil) }
    // A network is heard where the phone is; a name may be of the picture's subject.
    let heard = countries.filter(network.contains)
    if !heard.isEmpty { return (Self.short(heard), Self.short(towns + zones), true) }
    let mentioned = countries.filter(named.contains)
    if !mentioned.isEmpty {
      return (
        Self.short(mentioned + countries.filter { !mentioned.contains($0) }), Self.short(towns + zones), true
      )
    }
    return (Self.short(countries), Self.short(zones), network.isEmpty ? nil : false)
  }

  private static func short(_ texts: [String]) -> [String] {
    var seen: [String] = []
    for text in texts where seen.count < listLimit && !seen.contains(text) { seen.append(text) }
    return seen
  }

  private static func basis(_ runs: [Run]) -> WeakLocation.Basis {
    runs.allSatisfy { $0.namedCount == $0.fileCount } ? .fileName : .utcOffset
  }

  private static func bounded(_ confidence: Double) -> Double {
    (min(0.95, max(0.1, confidence)) * 100).rounded() / 100
  }

  /// "+05:45"
  private static func text(_ minutes: Int16) -> String {
    let size = abs(Int(minutes))
    func padded(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
    return (minutes < 0 ? "-" : "+") + padded(size / 60) + ":" + padded(size % 60)
  }
}

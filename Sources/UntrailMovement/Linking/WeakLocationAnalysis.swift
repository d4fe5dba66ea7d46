package import UntrailModel

/// Says where somebody was although no file has a position: from the zones of clocks, the countries of networks and the
/// names of towns. Channel F5; what is concluded and what is not stands in docs/linking.md.
///
/// No file is kept: a day leaves its offsets and its hours.
package struct WeakLocationAnalysis: Sendable {
  /// Files of one clock and one offset on one day.
  struct OffsetCount: Sendable {
    var clock: Int
    var offset: Int16
    var fileCount: Int
    /// Of these, by two clocks that were compared, and by the file's name.
    var comparedCount = 0
    var namedCount = 0
  }

  struct Day: Sendable {
    var counts: [OffsetCount] = []
    /// Bit n stands for a file in the hour n of UTC.
    var hours: UInt32 = 0
  }

  /// A name of a place, and on which days it stands in how many files.
  struct Mention: Sendable {
    var role: Role
    var text: String
    var days: [Int32: Int] = [:]
  }

  private static let clockLimit = 16
  private static let mentionLimit = 512
  /// Pairs of a name and a day.
  private static let mentionDayLimit = 100_000
  /// Fewer files with an offset say nothing of a zone.
  static let leastFiles = 3

  private var days: [Int32: Day] = [:]
  private var fileCount = 0
  private var mentions: [Mention] = []
  private var mentionNumbers: [Mention.Key: Int] = [:]
  private var mentionDays = 0

  package init() {}

  /// Takes a file in. Files may come in any order.
  package mutating func add(_ file: JudgedFile) {
    let clock = FileClock(file)
    guard let day = clock.day else { return }
    if let offset = clock.offset { add(clock, offset, on: day) }
    for observation in file.examination.observations {
      switch (observation.fact, observation.role) {
      case (.place(let text), .networkCountry), (.place(let text), .city), (.place(let text), .country),
        (.place(let text), .landmark), (.place(let text), .homeCity), (.place(let text), .timeZoneCity):
        mention(text, observation.role, on: day)
      case (.text(let text), .timeZone) where !FileClock.isOfOthers(observation.field):
        mention(Self.town(ofZone: text), .timeZone, on: day)
      default: break
      }
    }
  }

  /// What the files say together, in the order of the days.
  package func results(using names: ZoneNames) -> [WeakLocation] {
    let places = PlaceTrail(mentions, names)
    var results: [WeakLocation] = []
    if fileCount >= Self.leastFiles { results = ZoneTrail(days, names, places).locations() }
    results += places.locations()
    return results.enumerated().sorted {
      ($0.element.firstDay, $0.offset) < ($1.element.firstDay, $1.offset)
    }
    .map(\.element)
  }

  private mutating func add(_ clock: FileClock, _ offset: Int16, on number: Int32) {
    fileCount += 1
    var day = days[number] ?? Day()
    if let time = clock.time, time.precision != .day {
      let hour = CivilDate.floorDivide(time.civilSeconds - Int64(offset) * 60, 3600) % 24
      day.hours |= 1 << UInt32(hour < 0 ? hour + 24 : hour)
    }
    var index = day.counts.firstIndex { $0.clock == clock.clock && $0.offset == offset }
    if index == nil, day.counts.count < Self.clockLimit {
      index = day.counts.count
      day.counts.append(OffsetCount(clock: clock.clock, offset: offset, fileCount: 0))
    }
    if let index {
      day.counts[index].fileCount += 1
      if clock.source == .compared { day.counts[index].comparedCount += 1 }
      if clock.source == .fileName { day.counts[index].namedCount += 1 }
    }
    days[number] = day
  }

  private mutating func mention(_ text: String, _ role: Role, on day: Int32) {
    guard (2...128).contains(text.utf8.count) else { return }
    let key = Mention.Key(role: role, text: text)
    let number: Int
    if let known = mentionNumbers[key] {
      number = known
    } else {
      guard mentions.count < Self.mentionLimit else { return }
      number = mentions.count
      mentions.append(Mention(role: role, text: text))
      mentionNumbers[key] = number
    }
    if let count = mentions[number].days[day] {
      mentions[number].days[day] = count + 1
    } else if mentionDays < Self.mentionDayLimit {
      mentionDays += 1
      mentions[number].days[day] = 1
    }
  }

  /// "America/Argentina/Buenos_Aires" is Buenos Aires; what is no such name stays empty.
  private static func town(ofZone name: String) -> String {
    guard let slash = name.lastIndex(of: "/"), !name.hasPrefix("Etc/") else { return "" }
    return String(name[name.index(after: slash)...].map { $0 == "_" ? " " : $0 })
  }
}

extension WeakLocationAnalysis.Mention {
  struct Key: Sendable, Hashable {
    var role: Role
    var text: String
  }
}

internal import UntrailModel
internal import UntrailMovement

/// Gathers what the files of a run say together, and keeps none of them.
struct Joiner {
  /// Bookings and appointments that are named.
  private static let upcomingLimit = 200

  private let context: AuditContext
  private let zones: ZoneNames
  private var fixes: FixCollector
  private var linker = DeviceLinker()
  private var weakLocations = WeakLocationAnalysis()
  private var upcoming: [JoinedFacts.Upcoming] = []

  init(_ context: AuditContext, _ zones: ZoneNames) {
    self.context = context
    self.zones = zones
    fixes = FixCollector(context)
  }

  /// Files must come in the order of the walk.
  mutating func add(_ file: JudgedFile) {
    fixes.add(file, device: linker.add(file))
    weakLocations.add(file)
    for (place, entry) in file.index.entries.enumerated() where entry.kind == .travel {
      guard case .travel(let travel) = file.examination.observations[place].fact,
        let last = travel.end ?? travel.start, last.civilDay >= context.day
      else { continue }
      add(
        JoinedFacts.Upcoming(
          reservation: travel,
          file: FileReference(ordinal: file.ordinal, path: file.examination.artifact.path)))
    }
  }

  private mutating func add(_ new: JoinedFacts.Upcoming) {
    // A booking stands in the mail, in the calendar and in the wallet.
    guard !upcoming.contains(where: { $0.reservation == new.reservation }) else { return }
    let place = upcoming.firstIndex { Self.start(new) < Self.start($0) } ?? upcoming.count
    upcoming.insert(new, at: place)
    if upcoming.count > Self.upcomingLimit { upcoming.removeLast() }
  }

  private static func start(_ upcoming: JoinedFacts.Upcoming) -> Int64 {
    upcoming.reservation.start?.civilSeconds ?? .max
  }

  mutating func facts() -> JoinedFacts {
    var facts = JoinedFacts()
    let links = linker.links()
    facts.devices = links.groups
    facts.identities = links.identities
    facts.documents = links.documents
    facts.weakLocations = weakLocations.results(using: zones)
    facts.movement = MovementAnalysis.analyse(fixes.takeFixes(device: links.final), context: context)
    facts.movement.describePlaces()
    facts.movement.outlierCount += fixes.doubtfulCount
    facts.movement.fixCount += fixes.doubtfulCount
    facts.movement.droppedCount = fixes.droppedCount
    for index in upcoming.indices { upcoming[index].findCountry() }
    facts.upcoming = upcoming
    return facts
  }
}

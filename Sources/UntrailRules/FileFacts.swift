internal import UntrailModel

/// What rules for files together ask of a file beside the observation that they count: looked up once, when asked for.
struct FileFacts {
  private let file: JudgedFile
  private let moments: Moments
  /// The most places and people of one file that are told apart.
  private static let limit = 8

  init(_ file: JudgedFile, _ context: AuditContext) {
    self.file = file
    moments = Moments(context: context)
  }

  /// When something was, in seconds since 1970-01-01T00:00:00 UTC as far as the zone is known, and its civil day.
  struct When {
    var seconds: Int64
    var day: Int64
  }

  /// Serial number of the device itself, else make and model; nil where the file names none.
  lazy var device: (kind: Kind, role: Role, text: String)? = {
    var model: (Kind, Role, String)?
    for observation in file.examination.observations {
      switch observation.fact {
      case .serial(let serial) where observation.role == .body: return (.serial, .body, serial)
      case .device(let device) where [.camera, .handset, .recorder, .vehicle].contains(observation.role):
        let name = Device(make: device.make, model: device.model).name
        if model == nil, !name.isEmpty { model = (.device, observation.role, name) }
      default: break
      }
    }
    return model
  }()

  /// Names of people, each once.
  lazy var people: [(role: Role, name: String)] = {
    var people: [(role: Role, name: String)] = []
    for observation in file.examination.observations {
      guard case .person(let name) = observation.fact, !people.contains(where: { $0.name == name }) else {
        continue
      }
      people.append((observation.role, name))
      if people.count == Self.limit { break }
    }
    return people
  }()

  /// Positions in the file, the first ones.
  lazy var positions: [Coordinate] = {
    var positions: [Coordinate] = []
    for observation in file.examination.observations {
      if let position = Self.position(observation) { positions.append(position) }
      if positions.count == Self.limit { break }
    }
    return positions
  }()

  /// When the file was made, as its observations say.
  lazy var time: When? = {
    let roles: [Role] = [.original, .created, .digitized, .gps, .start, .upload, .fileName]
    var best: (rank: Int, place: Int)?
    for (place, observation) in file.examination.observations.enumerated() {
      let rank: Int
      switch observation.fact {
      case .timestamp:
        guard let found = roles.firstIndex(of: observation.role) else { continue }
        rank = found
      case .location(let location) where location.time != nil: rank = roles.count
      case .track(let track) where track.start != nil: rank = roles.count + 1
      case .travel(let travel) where travel.start != nil: rank = roles.count + 2
      default: continue
      }
      if best.map({ rank < $0.rank }) ?? true { best = (rank, place) }
    }
    guard let best else { return nil }
    return own(file.examination.observations[best.place])
  }()

  /// When the observation was, else the file.
  mutating func time(of observation: Observation) -> When? { own(observation) ?? time }

  private mutating func own(_ observation: Observation) -> When? {
    switch observation.fact {
    case .location(let location): return location.time.map { when($0, location.coordinate) }
    case .timestamp(let timestamp):
      return when(timestamp, timestamp.utcOffsetMinutes == nil ? positions.first : nil)
    case .travel(let travel): return travel.start.map { when($0, travel.coordinate) }
    case .track(let track):
      guard let start = track.start else { return nil }
      if track.isLocalTime { return When(seconds: start, day: CivilDate.floorDivide(start, 86_400)) }
      let offset = track.points.first.flatMap { moments.context.utcOffset($0.coordinate, start) } ?? 0
      return When(seconds: start, day: CivilDate.floorDivide(start &+ Int64(offset) &* 60, 86_400))
    default: return nil
    }
  }

  private func when(_ time: Timestamp, _ coordinate: Coordinate?) -> When {
    if let minutes = time.utcOffsetMinutes {
      return When(seconds: time.civilSeconds &- Int64(minutes) &* 60, day: time.civilDay)
    }
    let offset = coordinate.flatMap { moments.context.utcOffset($0, time.civilSeconds) } ?? 0
    return When(seconds: time.civilSeconds &- Int64(offset) &* 60, day: time.civilDay)
  }

  static func position(_ observation: borrowing Observation) -> Coordinate? {
    switch observation.fact {
    case .location(let location): location.coordinate
    case .travel(let travel): travel.coordinate
    case .track(let track): track.points.first?.coordinate
    default: nil
    }
  }
}

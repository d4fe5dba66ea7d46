internal import UntrailModel

/// What the files say together, as observations of the kind `movement`: so that rules can ask for it like for any
/// other.
enum Derived {
  static func observations(_ facts: JoinedFacts) -> [Observation] {
    var observations: [Observation] = []
    func add(_ role: Role, _ inference: Inference) {
      observations.append(
        Observation(role, .movement(inference), field: "untrail:\(role.name)", offset: nil))
    }
    for place in facts.movement.places {
      switch place.role {
      case .home: add(.home, inference(place))
      case .work: add(.work, inference(place))
      case nil: if place.days >= 2 { add(.frequentPlace, inference(place)) }
      }
    }
    for journey in facts.movement.journeys {
      var inference = inference(journey.start, journey.end)
      inference.coordinate = journey.farthest
      inference.country = journey.countries.first ?? ""
      inference.nights = journey.nights
      inference.days = journey.nights + 1
      inference.count = journey.fixCount
      inference.distance = journey.distance
      add(.trip, inference)
    }
    for crossing in facts.movement.crossings {
      var inference = inference(crossing.after, crossing.before)
      inference.country = crossing.to
      inference.text = "\(crossing.from) \(crossing.to)"
      add(.borderCrossing, inference)
    }
    for gap in facts.movement.gaps {
      var inference = inference(gap.start, gap.end)
      inference.days = Int((gap.end - gap.start) / 86_400)
      add(.gap, inference)
    }
    for meeting in facts.movement.coPresences where !meeting.isOnePerson {
      var inference = Inference()
      inference.start = meeting.times.first
      inference.end = meeting.times.last
      inference.coordinate = meeting.coordinate
      inference.count = meeting.times.count
      inference.confidence = min(1, Double(meeting.times.count) / 10)
      add(.coPresence, inference)
    }
    if facts.movement.distinctPoints > 0 {
      var inference = Inference()
      inference.count = facts.movement.distinctPoints
      inference.start = facts.movement.start
      inference.end = facts.movement.end
      add(.uniqueness, inference)
    }
    for device in facts.devices {
      var inference = Inference()
      inference.text = device.name
      inference.count = device.fileCount
      inference.confidence = device.confidence
      if let first = device.firstDay, let last = device.lastDay {
        inference.start = first * 86_400
        inference.end = last * 86_400
        inference.days = Int(last - first) + 1
      }
      add(.deviceGroup, inference)
    }
    for identity in facts.identities {
      var inference = Inference()
      inference.count = identity.accounts.count
      inference.confidence = 1
      add(.account, inference)
    }
    for location in facts.weakLocations {
      var inference = inference(location.firstDay * 86_400, location.lastDay * 86_400)
      inference.country = location.countries.first ?? ""
      inference.count = location.fileCount
      inference.days = Int(location.lastDay - location.firstDay) + 1
      inference.confidence = location.confidence
      add(location.basis == .utcOffset ? .zoneTrail : .weakLocation, inference)
    }
    if !facts.upcoming.isEmpty {
      var inference = Inference()
      inference.count = facts.upcoming.count
      add(.upcoming, inference)
    }
    return observations
  }

  private static func inference(_ start: Int64, _ end: Int64) -> Inference {
    var inference = Inference()
    inference.start = start
    inference.end = end
    return inference
  }

  private static func inference(_ place: Place) -> Inference {
    var inference = inference(place.first, place.last)
    inference.coordinate = place.coordinate
    inference.country = place.country
    inference.text = place.town
    inference.count = place.stays
    inference.days = place.days
    inference.nights = place.nights
    inference.confidence = place.confidence
    return inference
  }
}

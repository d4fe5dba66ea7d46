import Testing
import UntrailModel
import UntrailRules

/// Rules as YAML texts, and observations to hold them against.
enum RuleText {
  /// A rule file with these lines for what it matches, which start at its line 5.
  static func yaml(_ lines: String, id: String = "test-rule", severity: String = "low") -> String {
    """
    id: \(id)
    title: A test
    severity: \(severity)
    category: location
    \(lines)
    shows: Something.
    who: Somebody.
    do: [Nothing.]
    falsePositives: Never.
    tests:
      match: [a.jpg]
      noMatch: [b.jpg]

    """
  }

  static func rule(_ lines: String, id: String = "test-rule", severity: String = "low") throws -> Rule {
    try RuleParser.parse(yaml(lines, id: id, severity: severity), path: "test.yaml")
  }

  static func judge(
    _ rules: [Rule], _ observations: [Observation], _ context: AuditContext = AuditContext(day: 20_000)
  ) -> [FileFinding] {
    RuleEngine(rules: rules, context: context).judge(observations, ObservationIndex(observations))
  }

  static func coordinate(_ latitude: Double, _ longitude: Double) throws -> Coordinate {
    try #require(Coordinate(latitude: latitude, longitude: longitude))
  }

  static func location(
    _ latitude: Double, _ longitude: Double, _ change: (inout Location) -> Void = { _ in }
  ) throws -> Observation {
    var location = Location(coordinate: try coordinate(latitude, longitude))
    change(&location)
    return Observation(.camera, .location(location), field: "f", offset: nil)
  }

  static func text(_ value: String) -> Observation {
    Observation(.comment, .text(value), field: "f", offset: nil)
  }

  /// Seconds of a civil time, as if it were UTC.
  static func seconds(_ year: Int, _ month: Int, _ day: Int, _ hour: Int = 12, _ minute: Int = 0) -> Int64 {
    CivilDate.days(year: year, month: month, day: day) * 86_400 + Int64(hour * 3600 + minute * 60)
  }

  static func time(
    _ year: Int, _ month: Int, _ day: Int, _ hour: Int = 12, offset: Int16? = nil, role: Role = .original
  ) -> Observation {
    let timestamp = Timestamp(civilSeconds: seconds(year, month, day, hour), utcOffsetMinutes: offset)
    return Observation(role, .timestamp(timestamp), field: "f", offset: nil)
  }

  static func movement(_ role: Role, _ change: (inout Inference) -> Void) -> Observation {
    var inference = Inference()
    change(&inference)
    return Observation(role, .movement(inference), field: "derived", offset: nil)
  }

  static func trip(_ change: (inout TripProfile) -> Void = { _ in }) -> AuditContext {
    var trip = TripProfile()
    trip.countries = ["CN"]
    trip.transit = ["AE"]
    trip.days = CivilDate.days(year: 2026, month: 5, day: 10)...CivilDate.days(year: 2026, month: 5, day: 20)
    change(&trip)
    // A world of two countries: east of 100 degrees is CN at UTC+8, the rest AE at UTC+4.
    return AuditContext(
      day: CivilDate.days(year: 2026, month: 5, day: 1), trip: trip,
      country: { $0.longitude > 100 ? "CN" : "AE" },
      utcOffset: { place, _ in place.longitude > 100 ? 480 : 240 })
  }
}

@Suite("What rules ask of an observation")
struct RuleConditionTests {
  private func holds(
    _ lines: String, _ observation: Observation, _ context: AuditContext = AuditContext(day: 20_000)
  ) throws -> Bool {
    !RuleText.judge([try RuleText.rule(lines)], [observation], context).isEmpty
  }

  private func matchesText(_ test: String, _ text: String, _ context: AuditContext = AuditContext(day: 1))
    throws -> Bool
  {
    try holds("match: {observation: text, text: \(test)}", RuleText.text(text), context)
  }

  @Test("a rule for some files looks at no others")
  func files() throws {
    let observations = [RuleText.text("a")]
    let index = ObservationIndex(observations)
    func judge(_ files: String, _ mediaType: String, isInside: Bool = false) throws -> Bool {
      let rule = try RuleText.rule("files: {\(files)}\nmatch: {observation: text}")
      let engine = RuleEngine(rules: [rule], context: AuditContext(day: 20_000))
      return !engine.judge(observations, index, mediaType: mediaType, isInside: isInside).isEmpty
    }
    #expect(try judge("types: [video/, audio/]", "video/mp4"))
    #expect(try !judge("types: [video/, audio/]", "image/jpeg"))
    #expect(try !judge("types: video/, exceptTypes: video/mp2t", "video/mp2t"))
    #expect(try judge("exceptTypes: video/", "image/jpeg"))
    #expect(try judge("inside: true", "image/jpeg", isInside: true))
    #expect(try !judge("inside: true", "image/jpeg"))
    #expect(try !judge("inside: false", "image/jpeg", isInside: true))
  }

  @Test(
    "numbers of a location",
    arguments: [
      ("accuracy: {atMost: 50}", 50.0, 51.0), ("accuracy: {below: 50}", 49, 50),
      ("altitude: {atLeast: 3000}", 3000, 2999),
      ("altitude: {above: 3000}", 3001, 3000), ("speed: {equals: 3}", 3, 4),
      ("course: {in: [1, 2.5]}", 2.5, 2),
      ("direction: {atLeast: 10, below: 20}", 10, 20),
    ])
  func numbers(test: String, yes: Double, no: Double) throws {
    func location(_ value: Double) throws -> Observation {
      try RuleText.location(1.5, 2.5) {
        $0.accuracy = value
        $0.altitude = value
        $0.speed = value
        $0.course = value
        $0.direction = value
      }
    }
    let lines = "match: {observation: location, where: {\(test)}}"
    #expect(try holds(lines, location(yes)))
    #expect(try !holds(lines, location(no)))
    #expect(try !holds(lines, RuleText.location(1.5, 2.5)), "what is not stated meets no comparison")
  }

  @Test("numbers of other kinds")
  func otherNumbers() throws {
    let hidden = Observation(.trailer, .hidden(HiddenContent(byteCount: 1000)), field: "f", offset: nil)
    #expect(try holds("match: {observation: hidden, where: {byteCount: {atLeast: 1000}}}", hidden))
    #expect(try !holds("match: {observation: hidden, where: {byteCount: {above: 1000}}}", hidden))
    let zone = Observation(.zone, .utcOffset(480), field: "f", offset: nil)
    #expect(try holds("match: {observation: utc-offset, where: {utcOffset: {in: [480]}}}", zone))
    #expect(try !holds("match: {observation: utc-offset, where: {utcOffset: {equals: 60}}}", zone))
    let time = RuleText.time(2009, 3, 1, 23)
    #expect(
      try holds("match: {observation: timestamp, where: {year: {below: 2010}, hour: {equals: 23}}}", time))
    #expect(try !holds("match: {observation: timestamp, where: {year: {below: 2009}}}", time))
    #expect(try !holds("match: {observation: timestamp, where: {hour: {below: 23}}}", time))
    let track = try Self.track([(1, 1, RuleText.seconds(2026, 5, 1)), (2, 2, RuleText.seconds(2026, 5, 3))])
    #expect(
      try holds("match: {observation: track, where: {days: {equals: 3}, pointCount: {equals: 2}}}", track))
    #expect(try !holds("match: {observation: track, where: {pointCount: {above: 2}}}", track))
  }

  static func track(_ points: [(Double, Double, Int64?)], local: Bool = false) throws -> Observation {
    let times = points.compactMap(\.2)
    return Observation(
      .recorded,
      .track(
        Track(
          pointCount: points.count, south: 0, west: 0, north: 9, east: 9, start: times.min(),
          end: times.max(),
          isLocalTime: local,
          points: try points.map {
            TrackPoint(coordinate: try RuleText.coordinate($0.0, $0.1), time: $0.2)
          })), field: "f", offset: nil)
  }

  @Test(
    "texts",
    arguments: [
      ("{startsWith: [img_, DSC]}", "dsc0001", "a dsc"), ("{endsWith: .raw}", "A.RAW", "a.raw.jpg"),
      (#"{pattern: '^\d{3}-x'}"#, "123-X", "12-x"), ("{equals: abc, startsWith: ab}", "ABC", "ab"),
      ("{contains: [b, c], hasDigit: true}", "b1", "b"),
    ])
  func texts(test: String, yes: String, no: String) throws {
    #expect(try matchesText(test, yes))
    #expect(try !matchesText(test, no))
  }

  @Test("lists of the file and of the trip")
  func lists() throws {
    let lines = "lists: {airlines: [Air One, Air Two]}\nmatch: {observation: text, text: {in: airlines}}"
    #expect(try holds(lines, RuleText.text("air two")))
    #expect(try !holds(lines, RuleText.text("air two hundred")))
    let context = RuleText.trip { $0.protectedNames = ["Mara Löw"] }
    #expect(try matchesText("{in: protected-names}", "by mara löw, 2026", context))
    #expect(try !matchesText("{in: protected-names}", "Mara Löwe", context))
    #expect(try !matchesText("{in: protected-names}", "by Mara Löw"), "no trip, no names")
  }

  @Test("places")
  func places() throws {
    let near = "match: {observation: location, near: {place: [48.8584, 2.2945], within: 500}}"
    #expect(try holds(near, RuleText.location(48.8594, 2.2945)))
    #expect(try !holds(near, RuleText.location(48.8684, 2.2945)))
    let list = "match: {observation: location, near: {list: protected-places}}"
    let home = try RuleText.coordinate(48.8584, 2.2945)
    let context = RuleText.trip {
      $0.protectedPlaces = [ProtectedPlace(name: "x", coordinate: home, radius: 100)]
    }
    #expect(try holds(list, RuleText.location(48.8585, 2.2945), context))
    #expect(try !holds(list, RuleText.location(48.8604, 2.2945), context))
    #expect(try !holds(list, RuleText.location(48.8585, 2.2945)))
    let box = "match: {observation: location, within: {box: [-20, 170, -10, -170]}}"
    #expect(try holds(box, RuleText.location(-15, 175)))
    #expect(try holds(box, RuleText.location(-15, -175)))
    #expect(try !holds(box, RuleText.location(-15, 10)))
    #expect(try !holds(box, RuleText.location(-25, 175)))
    let country = "match: {observation: location, within: {country: [IR, CN]}}"
    #expect(try holds(country, RuleText.location(30, 110), context))
    #expect(try !holds(country, RuleText.location(30, 10), context))
    #expect(try !holds(country, RuleText.location(30, 110)), "nothing knows the country")
    let trip = "match: {observation: location, within: {country: trip}}"
    #expect(try holds(trip, RuleText.location(30, 10), context))
    #expect(try !holds(trip, RuleText.location(30, 10), RuleText.trip { $0.transit = [] }))
  }

  @Test("one point of a track is enough, and travel has a place")
  func otherPlaces() throws {
    let near = "near: {place: [48.8584, 2.2945], within: 500}"
    let track = try Self.track([(1, 1, nil), (48.8584, 2.2945, nil)])
    #expect(try holds("match: {observation: track, \(near)}", track))
    #expect(try !holds("match: {observation: track, \(near)}", Self.track([(1, 1, nil), (2, 2, nil)])))
    var travel = Reservation(.lodging)
    travel.coordinate = try RuleText.coordinate(48.8584, 2.2945)
    let stay = Observation(.reservation, .travel(travel), field: "f", offset: nil)
    #expect(try holds("match: {observation: travel, \(near)}", stay))
    travel.coordinate = nil
    let nowhere = Observation(.reservation, .travel(travel), field: "f", offset: nil)
    #expect(try !holds("match: {observation: travel, \(near)}", nowhere))
  }

  @Test("local hours and days of the week")
  func localTimes() throws {
    func when(_ times: String, _ observation: Observation, _ context: AuditContext = AuditContext(day: 1))
      throws -> Bool
    {
      try holds("match: {observation: \(observation.kind.name), when: [\(times)]}", observation, context)
    }
    // 2026-05-15 was a Friday.
    #expect(try when("night", RuleText.time(2026, 5, 15, 23)))
    #expect(try when("night", RuleText.time(2026, 5, 15, 6)))
    #expect(try !when("night", RuleText.time(2026, 5, 15, 7)))
    #expect(try !when("night", RuleText.time(2026, 5, 15, 21)))
    #expect(try when("weekday", RuleText.time(2026, 5, 15)))
    #expect(try !when("weekend", RuleText.time(2026, 5, 15)))
    #expect(try when("weekend", RuleText.time(2026, 5, 16)))
    #expect(try when("weekend, night", RuleText.time(2026, 5, 16, 23)))
    #expect(try !when("weekend, night", RuleText.time(2026, 5, 16, 12)))
    // Satellite time without a position: nobody knows what time it was there.
    #expect(try !when("night", RuleText.time(2026, 5, 15, 23, offset: 0, role: .gps)))
    let day = Observation(
      .original, .timestamp(Timestamp(civilSeconds: RuleText.seconds(2026, 5, 15, 0), precision: .day)),
      field: "f", offset: nil)
    #expect(try !when("night", day))
    #expect(try when("weekday", day))
    // 16:00 UTC is midnight at UTC+8.
    let seen = try RuleText.location(30, 110) {
      $0.time = Timestamp(civilSeconds: RuleText.seconds(2026, 5, 15, 16), utcOffsetMinutes: 0)
    }
    #expect(try when("night, weekend", seen, RuleText.trip()))
    #expect(try !when("night", seen), "the zone is not known")
    let track = try Self.track([(30, 110, RuleText.seconds(2026, 5, 15, 16))])
    #expect(try when("night", track, RuleText.trip()))
    #expect(try !when("night", track))
    let local = try Self.track([(30, 110, RuleText.seconds(2026, 5, 15, 23))], local: true)
    #expect(try when("night", local))
    #expect(try !when("night", RuleText.location(30, 110)), "no time at all")
  }

  @Test("a track must be at the place at that time, not at another")
  func placeAndTime() throws {
    let lines = "match: {observation: track, near: {place: [30, 110], within: 500}, when: night}"
    let night = RuleText.seconds(2026, 5, 15, 23)
    let noon = RuleText.seconds(2026, 5, 15, 12)
    #expect(try holds(lines, Self.track([(30, 110, night), (40, 110, noon)], local: true)))
    #expect(try !holds(lines, Self.track([(30, 110, noon), (40, 110, night)], local: true)))
  }

  @Test("days of the trip")
  func tripDays() throws {
    func when(_ times: String, _ observation: Observation, _ context: AuditContext = RuleText.trip())
      throws -> Bool
    {
      try holds("match: {observation: \(observation.kind.name), when: \(times)}", observation, context)
    }
    #expect(try when("before-trip", RuleText.time(2026, 5, 9)))
    #expect(try !when("before-trip", RuleText.time(2026, 5, 10)))
    #expect(try when("during-trip", RuleText.time(2026, 5, 20)))
    #expect(try !when("during-trip", RuleText.time(2026, 5, 21)))
    #expect(try when("after-trip", RuleText.time(2026, 5, 21)))
    #expect(try !when("after-trip", RuleText.time(2026, 5, 20)))
    #expect(try when("future", RuleText.time(2026, 5, 1)))
    #expect(try !when("future", RuleText.time(2026, 4, 30)))
    #expect(try !when("during-trip", RuleText.time(2026, 5, 12), AuditContext(day: 1)))
    var travel = Reservation(.lodging)
    travel.start = Timestamp(civilSeconds: RuleText.seconds(2026, 5, 1))
    travel.end = Timestamp(civilSeconds: RuleText.seconds(2026, 5, 30))
    let stay = Observation(.reservation, .travel(travel), field: "f", offset: nil)
    #expect(try when("during-trip", stay), "what lasts is judged by all of its days")
    #expect(try !when("after-trip", stay))
  }

  @Test("sensitive dates, everywhere and in one country")
  func sensitiveDates() throws {
    let day = CivilDate.days(year: 2026, month: 6, day: 4)
    func context(_ country: String) -> AuditContext {
      RuleText.trip {
        $0.sensitiveDates = [
          SensitiveDate(days: day...day, country: country, name: "x", confidence: 1, source: "")
        ]
      }
    }
    let lines = "match: {observation: location, when: on-sensitive-date}"
    func seen(_ longitude: Double, _ day: Int) throws -> Observation {
      try RuleText.location(30, longitude) {
        $0.time = Timestamp(civilSeconds: RuleText.seconds(2026, 6, day))
      }
    }
    #expect(try holds(lines, seen(110, 4), context("CN")))
    #expect(try holds(lines, seen(10, 4), context("")))
    #expect(try !holds(lines, seen(10, 4), context("CN")))
    #expect(try !holds(lines, seen(110, 5), context("CN")))
    #expect(try !holds(lines, seen(110, 4)))
  }
}

@Suite("Rules that look at each other")
struct RuleRelationTests {
  static let time = "match: {observation: timestamp}"
  static let place = "match: {observation: location}"

  @Test("a rule matches only where what it requires does, whatever their order")
  func requires() throws {
    let first = try RuleText.rule(Self.place + "\nrequires: [b-rule]", id: "a-rule")
    let second = try RuleText.rule(Self.time + "\nrequires: [c-rule]", id: "b-rule")
    let third = try RuleText.rule("match: {observation: text}", id: "c-rule")
    let all = [try RuleText.location(1, 2), RuleText.time(2026, 5, 1), RuleText.text("x")]
    #expect(RuleText.judge([first, second, third], all).map(\.rule) == [0, 1, 2])
    #expect(RuleText.judge([first, second, third], Array(all.dropLast())).isEmpty)
    #expect(RuleText.judge([first, second, third], Array(all.dropFirst())).map(\.rule) == [1, 2])
    #expect(RuleText.judge([first], all).isEmpty, "what is required is not there")
  }

  @Test("a finding is raised where another rule matched the same file")
  func raisedByRule() throws {
    let raised = try RuleText.rule(
      Self.place + "\nraise: {to: critical, when: {rules: [b-rule]}}", id: "a-rule")
    let other = try RuleText.rule(Self.time, id: "b-rule")
    let place = try RuleText.location(1, 2)
    let both = RuleText.judge([raised, other], [place, RuleText.time(2026, 5, 1)])
    #expect(both.map(\.severity) == [.critical, .low])
    #expect(RuleText.judge([raised, other], [place]).map(\.severity) == [.low])
  }

  @Test("a finding is raised by the trip, and by what else stands in the file")
  func raisedByTrip() throws {
    let place = try RuleText.location(30, 110)
    let trip = try RuleText.rule(Self.place + "\nraise: {to: high, when: {trip: [CN]}}")
    #expect(RuleText.judge([trip], [place], RuleText.trip()).map(\.severity) == [.high])
    #expect(RuleText.judge([trip], [place]).map(\.severity) == [.low])
    let here = try RuleText.rule(
      Self.place + "\nraise: {to: high, when: {observation: location, within: {country: trip}}}")
    #expect(RuleText.judge([here], [place], RuleText.trip()).map(\.severity) == [.high])
    let other = RuleText.trip { $0.countries = ["IR"] }
    #expect(RuleText.judge([here], [place], other).map(\.severity) == [.low])
    let both = try RuleText.rule(
      Self.place + "\nraise: {to: high, when: {trip: [CN], match: {observation: text}}}")
    #expect(RuleText.judge([both], [place], RuleText.trip()).map(\.severity) == [.low])
    #expect(RuleText.judge([both], [place, RuleText.text("x")], RuleText.trip()).map(\.severity) == [.high])
  }

  @Test("rules over what was derived from the run")
  func run() throws {
    let rule = try RuleText.rule(
      "scope: run\nmatch: {observation: movement, role: home, where: {nights: {atLeast: 3}, confidence: {above: 0.5}}}"
    )
    let home = RuleText.movement(.home) {
      $0.nights = 3
      $0.confidence = 0.9
    }
    let visited = RuleText.movement(.frequentPlace) { $0.nights = 9 }
    let engine = RuleEngine(rules: [rule], context: AuditContext(day: 1))
    let findings = engine.judgeRun([visited, home])
    #expect(findings.map(\.evidence) == [[home]])
    #expect(findings.map(\.group) == [.run])
    #expect(findings.map(\.severity) == [.low])
    #expect(engine.judgeRun([visited]).isEmpty)
    #expect(engine.judgeRun([]).isEmpty)
    #expect(engine.judge([home], ObservationIndex([home])).isEmpty, "a file is not the run")
  }

  @Test("rules over the run know which files matched, and can be raised")
  func runRequires() throws {
    let rule = try RuleText.rule(
      """
      scope: run
      match: {observation: movement, role: home}
      requires: [b-rule]
      raise: {to: critical, when: {observation: movement, near: {list: protected-places}}}
      """, id: "a-rule")
    let other = try RuleText.rule(Self.place, id: "b-rule")
    let coordinate = try RuleText.coordinate(30, 110)
    let home = RuleText.movement(.home) { $0.coordinate = coordinate }
    let engine = RuleEngine(rules: [rule, other], context: AuditContext(day: 1))
    #expect(engine.judgeRun([home]).isEmpty)
    #expect(engine.judgeRun([home], matched: [1]).map(\.severity) == [.low])
    let context = RuleText.trip {
      $0.protectedPlaces = [ProtectedPlace(name: "x", coordinate: coordinate, radius: 10)]
    }
    let raised = RuleEngine(rules: [rule, other], context: context).judgeRun([home], matched: [1])
    #expect(raised.map(\.severity) == [.critical])
  }
}

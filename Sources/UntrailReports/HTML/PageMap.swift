internal import UntrailModel

/// The map as a drawing, what its marks mean, and the same facts as tables.
extension ScanPageWriter {
  /// A place on the map: several that the privacy level makes one.
  private struct Mark {
    var number: Int
    var latitude, longitude: Double
    var role: Place.Role?
  }

  func writeMap(_ movement: Movement, into page: Markup) {
    section("map", into: page) {
      guard redactor.level != .share else { return page.element("p", "", html(.mapWithheld)) }
      let places = movement.places.enumerated().sorted { one, other in
        let (left, right) = (one.element, other.element)
        let ranks = (Self.rank(left.role), Self.rank(right.role))
        return (ranks.0, right.days, one.offset) < (ranks.1, left.days, other.offset)
      }.map(\.element).prefix(limits.places)
      let (marks, numbers) = marks(Array(places))
      var all =
        marks.map { ($0.latitude, $0.longitude) } + positions.spots.map { ($0.latitude, $0.longitude) }
      if all.isEmpty {
        all = movement.journeys.map { shown($0.farthest) } + movement.stayPoints.map { shown($0.coordinate) }
      }
      let projections = projections(all, marks)
      guard !projections.isEmpty else { return page.element("p", "", html(.mapNoData)) }
      for (number, projection) in projections.enumerated() {
        writeDrawing(projection, number, marks, movement, into: page)
      }
      page.element(
        "p", "class=\"note\"",
        html(redactor.isExact ? .mapNoticeExact : .mapNoticeCoarse) + " " + html(.mapSource))
      writeLegend(marks, movement, into: page)
      writePlaces(Array(places), numbers, movement, into: page)
      writePositions(into: page)
    }
  }

  /// One map of everything; where that is so wide that places fall together, also one of the places, and one of what
  /// is near the first of them.
  private func projections(_ all: [(latitude: Double, longitude: Double)], _ marks: [Mark]) -> [MapProjection]
  {
    let least = redactor.isExact ? 0.08 : 1.6
    var found = [MapProjection(all, least: least)].compactMap(\.self)
    let places = marks.map { ($0.latitude, $0.longitude) }
    var candidates = [places]
    if let first = marks.first {
      candidates.append(
        all.filter { abs($0.latitude - first.latitude) < 1 && abs($0.longitude - first.longitude) < 1.5 })
    }
    for candidate in candidates {
      guard let last = found.last, let closer = MapProjection(candidate, least: least),
        closer.unitsPerDegree > 3 * last.unitsPerDegree
      else { continue }
      found.append(closer)
    }
    return found
  }

  private static func rank(_ role: Place.Role?) -> Int {
    switch role {
    case .home: 0
    case .work: 1
    case nil: 2
    }
  }

  private func shown(_ coordinate: Coordinate) -> (Double, Double) {
    (redactor.degrees(coordinate.latitude), redactor.degrees(coordinate.longitude))
  }

  /// The marks of places, and for each place the number of its mark.
  private func marks(_ places: [Place]) -> (marks: [Mark], numbers: [Int]) {
    var marks: [Mark] = []
    let numbers = places.map { place in
      let (latitude, longitude) = shown(place.coordinate)
      if let known = marks.first(where: { $0.latitude == latitude && $0.longitude == longitude }) {
        return known.number
      }
      marks.append(
        Mark(number: marks.count + 1, latitude: latitude, longitude: longitude, role: place.role))
      return marks.count
    }
    return (marks, numbers)
  }

  // MARK: Drawing

  private func writeDrawing(
    _ projection: MapProjection, _ number: Int, _ marks: [Mark], _ movement: Movement, into page: Markup
  ) {
    let marks = marks.filter { projection.holds(latitude: $0.latitude, longitude: $0.longitude) }
    let spots = positions.spots.filter { projection.holds(latitude: $0.latitude, longitude: $0.longitude) }
    let ids = "map-title-\(number) map-text-\(number)"
    let height = Markup.decimal(projection.height, 0)
    let values = [
      "south": degrees(projection.south), "north": degrees(projection.north),
      "west": degrees(projection.west), "east": degrees(projection.east), "places": "\(marks.count)",
      "positions": "\(spots.count)",
    ]
    page.put(
      "<figure>\n<svg class=\"map\" viewBox=\"0 0 800 \(height)\" role=\"img\" aria-labelledby=\"\(ids)\">\n")
    page.element("title", "id=\"map-title-\(number)\"", html(number == 0 ? .mapAll : .mapCloser))
    page.element("desc", "id=\"map-text-\(number)\"", html(.mapDescription, values))
    writeOutlines(projection, into: page)
    writeReaches(projection, marks, spots, into: page)
    writeWays(projection, movement.trips, into: page)
    for spot in spots {
      let point = projection.point(latitude: spot.latitude, longitude: spot.longitude)
      page.put("<circle class=\"spot\" cx=\"\(Self.unit(point.x))\" cy=\"\(Self.unit(point.y))\" r=\"4\"/>\n")
    }
    writeTowns(projection, marks, into: page)
    // The first number lies on top.
    for mark in marks.reversed() { write(mark, projection, into: page) }
    writeScale(projection, into: page)
    page.put("</svg>\n")
    page.element("figcaption", "", html(number == 0 ? .mapAll : .mapCloser))
    page.put("</figure>\n")
  }

  private static func unit(_ value: Double) -> String { Markup.decimal(value) }

  private func degrees(_ value: Double) -> String {
    let turned = value > 180 ? value - 360 : value < -180 ? value + 360 : value
    return Markup.decimal(turned, 1)
  }

  private func writeOutlines(_ projection: MapProjection, into page: Markup) {
    var step = max(projection.east - projection.west, projection.north - projection.south) / 1600
    var lines: [[(x: Double, y: Double)]] = []
    for _ in 0..<8 {
      lines = projection.pieces.flatMap { piece in
        map.outlines(piece.bounds, step).map { line in
          let points = line.map {
            projection.drawn(latitude: $0.latitude, longitude: $0.longitude + piece.shift)
          }
          return MapProjection.simplified(points)
        }.filter { !$0.isEmpty }
      }
      if lines.reduce(0, { $0 + $1.count }) <= limits.outlinePoints { break }
      step *= 2
    }
    guard !lines.isEmpty else { return }
    var path = ""
    var count = 0
    for line in lines {
      count += line.count
      guard count <= limits.outlinePoints else { break }
      for (place, point) in line.enumerated() {
        path += (place == 0 ? "M" : " ") + Self.unit(point.x) + " " + Self.unit(point.y)
      }
    }
    page.put("<path class=\"outline\" d=\"\(path)\"/>\n")
  }

  /// How far off positions may be: what files state at `exact`, the half of a rounded cell's diagonal at `coarse`.
  private func writeReaches(
    _ projection: MapProjection, _ marks: [Mark], _ spots: [PagePositions.Spot], into page: Markup
  ) {
    var reaches: [(latitude: Double, longitude: Double, metres: Double)] = []
    if redactor.isExact {
      for spot in spots {
        if let accuracy = spot.accuracy { reaches.append((spot.latitude, spot.longitude, accuracy)) }
      }
    } else {
      // 0.05 degree each way, 7.9 km at the equator.
      reaches = marks.map { ($0.latitude, $0.longitude, 7900) }
      reaches += spots.filter { spot in
        !marks.contains { $0.latitude == spot.latitude && $0.longitude == spot.longitude }
      }.map { ($0.latitude, $0.longitude, 7900) }
    }
    for reach in reaches.prefix(500) {
      let radius = reach.metres * projection.unitsPerMetre
      // Smaller ones lie under the dot; larger ones than the map would only tint it.
      guard radius > 5, radius < 800 else { continue }
      let point = projection.point(latitude: reach.latitude, longitude: reach.longitude)
      page.put(
        "<circle class=\"reach\" cx=\"\(Self.unit(point.x))\" cy=\"\(Self.unit(point.y))\" r=\"\(Self.unit(radius))\"/>\n"
      )
    }
  }

  private func writeWays(_ projection: MapProjection, _ trips: [Trip], into page: Markup) {
    var seen: Set<String> = []
    for trip in trips {
      guard seen.count < limits.trips else { break }
      let ends = [trip.origin, trip.destination].map { coordinate in
        let (latitude, longitude) = shown(coordinate)
        let point = projection.point(latitude: latitude, longitude: longitude)
        return "\(Self.unit(point.x)) \(Self.unit(point.y))"
      }
      // There and back is one line.
      guard ends[0] != ends[1], seen.insert(ends.sorted().joined(separator: "L")).inserted else { continue }
      page.put("<path class=\"way\" d=\"M\(ends[0])L\(ends[1])\"/>\n")
    }
  }

  /// Names of towns where there is room.
  private func writeTowns(_ projection: MapProjection, _ marks: [Mark], into page: Markup) {
    struct Box {
      var left, top, right, bottom: Double

      func meets(_ other: Box) -> Bool {
        left < other.right && other.left < right && top < other.bottom && other.top < bottom
      }
    }
    var taken = marks.map { mark in
      let point = projection.point(latitude: mark.latitude, longitude: mark.longitude)
      return Box(left: point.x - 14, top: point.y - 14, right: point.x + 14, bottom: point.y + 14)
    }
    taken.append(Box(left: 0, top: projection.height - 40, right: 200, bottom: projection.height))
    var count = 0
    for town in projection.pieces.flatMap({ map.towns($0.bounds, 60) }) where count < 14 {
      let point = projection.point(latitude: town.coordinate.latitude, longitude: town.coordinate.longitude)
      let width = 14 + 8 * Double(town.name.count)
      // Narrow screens show the first in letters twice as large.
      let scale = count < 5 ? 2.0 : 1
      let box = Box(
        left: point.x - 5, top: point.y - 9 * scale, right: point.x + width * scale,
        bottom: point.y + 9 * scale)
      guard box.right < MapProjection.width, box.top > 0, box.bottom < projection.height, box.left > 0,
        !taken.contains(where: { $0.meets(box) })
      else { continue }
      taken.append(box)
      let kind = count < 5 ? "" : " class=\"minor\""
      count += 1
      page.put(
        "<g\(kind)><rect class=\"town\" x=\"\(Self.unit(point.x - 2.5))\" y=\"\(Self.unit(point.y - 2.5))\" width=\"5\" height=\"5\"/>"
          + "<text class=\"town\" x=\"\(Self.unit(point.x + 7))\" y=\"\(Self.unit(point.y))\" dy=\".35em\">"
          + "\(MarkupEscape.untrusted(town.name))</text></g>\n")
    }
  }

  private func write(_ mark: Mark, _ projection: MapProjection, into page: Markup) {
    let point = projection.point(latitude: mark.latitude, longitude: mark.longitude)
    let (x, y) = (Self.unit(point.x), Self.unit(point.y))
    let shape =
      switch mark.role {
      case .home:
        "<rect class=\"place home\" x=\"\(Self.unit(point.x - 12))\" y=\"\(Self.unit(point.y - 12))\" width=\"24\" height=\"24\"/>"
      case .work:
        "<path class=\"place work\" d=\"M\(x) \(Self.unit(point.y - 16))l16 16-16 16-16-16Z\"/>"
      case nil: "<circle class=\"place\" cx=\"\(x)\" cy=\"\(y)\" r=\"12\"/>"
      }
    page.put("<g>\(shape)<text class=\"tag\" x=\"\(x)\" y=\"\(y)\" dy=\".35em\">\(mark.number)</text></g>\n")
  }

  private func writeScale(_ projection: MapProjection, into page: Markup) {
    // The longest of 1, 2, 5, 10 … km that takes at most a quarter of the width.
    var kilometres = 1
    for length in [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000]
    where Double(length) * 1000 * projection.unitsPerMetre <= 200 {
      kilometres = length
    }
    let length = min(Double(kilometres) * 1000 * projection.unitsPerMetre, 400)
    let bottom = projection.height - 12
    page.put(
      "<path class=\"scale\" d=\"M12 \(Self.unit(bottom - 6))v6h\(Self.unit(length))v-6\"/>"
        + "<text x=\"16\" y=\"\(Self.unit(bottom - 8))\">\(html(.mapScale, ["count": "\(kilometres)"]))</text>\n"
    )
  }

  // MARK: Words

  private func writeLegend(_ marks: [Mark], _ movement: Movement, into page: Markup) {
    var lines: [PageMessage] = []
    if marks.contains(where: { $0.role == .home }) { lines.append(.legendHome) }
    if marks.contains(where: { $0.role == .work }) { lines.append(.legendWork) }
    if marks.contains(where: { $0.role == nil }) { lines.append(.legendPlace) }
    if !positions.spots.isEmpty { lines.append(.legendPosition) }
    if !movement.trips.isEmpty { lines.append(.legendTrip) }
    lines += [.legendAccuracy, .legendTown]
    page.element("h3", "", html(.mapLegend))
    page.put("<ul class=\"legend\">\n")
    for line in lines { page.element("li", "", html(line)) }
    page.put("</ul>\n")
  }

  private func writePlaces(_ places: [Place], _ numbers: [Int], _ movement: Movement, into page: Markup) {
    guard !places.isEmpty else { return }
    page.table(
      caption: html(.mapCaption),
      columns: [
        (html(.columnNumber), true), (html(.columnWhat), false), (html(.columnPlace), false),
        (html(.columnTown), false), (html(.columnDays), true), (html(.columnNights), true),
        (html(.columnFirst), false), (html(.columnLast), false),
      ],
      rows: zip(places, numbers).map { place, number in
        let what: PageMessage =
          switch place.role {
          case .home: .placeHome
          case .work: .placeWork
          case nil: .placeOther
          }
        let names = [place.town, place.country].filter { !$0.isEmpty }
        return [
          self.number(number), html(what), isolated(phrases.coordinate(place.coordinate)),
          names.isEmpty ? "" : isolated(TerminalText.escaped(names.joined(separator: ", "))),
          self.number(place.days), self.number(place.nights),
          day(CivilDate.floorDivide(place.first, 86_400)), day(CivilDate.floorDivide(place.last, 86_400)),
        ]
      })
    let rest = movement.places.count - places.count
    if rest > 0 { page.element("p", "class=\"note\"", html(.mapMore, ["count": number(rest)])) }
  }

  private func writePositions(into page: Markup) {
    guard !positions.spots.isEmpty else { return }
    let spots = positions.spots.enumerated()
      .sorted { ($1.element.fileCount, $0.offset) < ($0.element.fileCount, $1.offset) }.map(\.element)
    page.put(
      "<details>\n<summary>\(html(.mapPositionsFold, ["count": number(spots.count)]))</summary>\n")
    page.table(
      caption: html(.mapPositionsCaption),
      columns: [
        (html(.columnPlace), false), (html(.columnFiles), true), (html(.columnAccuracy), true),
        (html(.columnFirst), false), (html(.columnLast), false),
      ],
      rows: spots.prefix(limits.positionRows).map { spot in
        let position = Coordinate(latitude: spot.latitude, longitude: spot.longitude)
        let metres = spot.accuracy.map { Markup.decimal($0) } ?? (redactor.isExact ? "" : "7900")
        return [
          position.map { isolated(phrases.coordinate($0)) } ?? "", number(spot.fileCount),
          metres.isEmpty ? "" : html(.accuracyMetres, ["count": "<bdi>\(metres)</bdi>"]),
          spot.firstDay.map { day($0) } ?? "", spot.lastDay.map { day($0) } ?? "",
        ]
      })
    let rest = max(0, spots.count - limits.positionRows) + positions.restCount
    if rest > 0 { page.element("p", "class=\"note\"", html(.mapMore, ["count": number(rest)])) }
    page.put("</details>\n")
  }
}

internal import UntrailModel

/// GeoJSON: places, lines and areas, and what is said of them.
///
///     {"type": "FeatureCollection", "crs": {"type": "name", "properties": {"name": ""}}, "features": [
///       {"type": "Feature",
///        "geometry": {"type": "Point", "coordinates": [2.2945, 48.8584, 35.0]},     east first
///        "properties": {"name": "", "address": "", "time": "", "coordTimes": [""]}}]}
///
/// A line with times is a track; so are points with times, in their order. Google writes saved places, reviews and
/// labelled places so.
///
/// Source: RFC 7946; H. Butler et al., "The GeoJSON Format Specification" (2008), for `crs`.
struct GeoJSONFeatures {
  private let facts: ExportFacts
  private let places: GeoJSONPlaces
  /// Lines and areas that are kept apart: half of the positions that there may be.
  private var lines: [(role: Role, track: Track, line: HistoryTrack)] = []
  /// What has no room there, in one.
  private var surplus: HistoryTrack
  private let halfLimits: Limits
  private var pointsLeft: Int
  /// The system of the numbers, where it is not that of the whole Earth.
  private var foreignSystem: (name: String, offset: Int?)?

  init(_ facts: ExportFacts) {
    self.facts = facts
    var limits = facts.limits
    limits.points = max(2, limits.points / 2)
    halfLimits = limits
    pointsLeft = limits.points
    limits.points = max(2, limits.points / 2)
    surplus = HistoryTrack(limits)
    places = GeoJSONPlaces(facts, limits)
  }

  static func isFeature(_ record: JSONValue) -> Bool {
    record[.geometry] != nil && (record[.properties] != nil || record[.type]?.text == "Feature")
  }

  // MARK: Parts

  mutating func take(_ feature: JSONValue) {
    let properties = feature[.properties]
    if let geometry = feature[.geometry] { take(geometry, properties) }
    noteSystem(feature[.crs])
    facts.add(.handset, properties?[.deviceID], "GeoJSON:device_id") { .serial($0) }
    facts.add(.ssid, properties?[.ssid], "GeoJSON:wifi") { .network($0) }
    if let point = properties?[.bssid], let address = GoogleNumbers.hardwareAddress(point) {
      let text = GoogleNumbers.text(ofAddress: address)
      facts.add(.bssid, .network(text), "GeoJSON:bssid", at: point.offset, once: text)
    }
  }

  /// Takes a part of a bare collection of geometries.
  mutating func takeGeometry(_ geometry: JSONValue) { take(geometry, nil) }

  /// - Returns: false where this is no GeoJSON.
  mutating func takeHead(_ head: JSONValue) -> Bool {
    noteSystem(head[.crs])
    switch head[.type]?.text {
    case "FeatureCollection", "GeometryCollection": return true
    case "Feature": take(head)
    case "Topology":
      guard head[.arcs] != nil else { return false }
      facts.notRead("topology-not-read", "TopoJSON is there; this version does not read it", at: head.offset)
    default:
      if Self.isFeature(head) {
        take(head)
      } else {
        guard head[.coordinates]?.node.kind == .positions else { return false }
        take(head, nil)
      }
    }
    return true
  }

  /// Takes a position that has no room with the others.
  mutating func takeSurplus(_ position: JSONTape.Position) {
    guard let coordinate = facts.coordinate(position.y, position.x, at: nil) else { return }
    surplus.add(coordinate, nil, "GeoJSON:coordinates", at: nil)
  }

  func finish() {
    if let foreignSystem {
      facts.doubt(
        "position-ambiguous", "the positions are in another system than WGS 84", at: foreignSystem.offset)
      return
    }
    places.finish()
    for (role, track, line) in lines { facts.addTrack(role, track, line.field, at: line.offset) }
    if let track = surplus.track {
      facts.addTrack(track.start == nil ? .planned : .recorded, track, surplus.field, at: surplus.offset)
    }
  }

  // MARK: Geometries

  private mutating func take(_ geometry: JSONValue, _ properties: JSONValue?) {
    if let parts = geometry[.geometries] {
      for part in parts.children { take(part, properties) }
    }
    guard let list = geometry[.coordinates], let type = geometry[.type]?.text else { return }
    switch type {
    case "Point", "MultiPoint":
      for position in list.positions { places.take(position, properties, at: list.offset) }
    case "LineString", "MultiLineString", "Polygon", "MultiPolygon":
      takeLine(list, properties, "GeoJSON:\(type)")
    default: break
    }
  }

  private mutating func takeLine(_ list: JSONValue, _ properties: JSONValue?, _ field: String) {
    let times = Self.times(properties)
    var line = HistoryTrack(halfLimits)
    for (index, position) in list.positions.enumerated() {
      let time = index < times.count ? JSONTime(times[index]) : position.extra.flatMap { JSONTime(epoch: $0) }
      if let coordinate = facts.coordinate(position.y, position.x, at: list.offset) {
        line.add(coordinate, time, field, at: list.offset)
      }
    }
    guard let track = line.track else { return }
    places.takeTexts(properties, .waypoint)
    if lines.count < facts.limits.members, track.points.count <= pointsLeft {
      pointsLeft -= track.points.count
      lines.append((track.start == nil ? .planned : .recorded, track, line))
    } else {
      for point in track.points {
        surplus.add(
          point.coordinate, point.time.flatMap { JSONTime(epoch: Double($0)) }, field, at: list.offset)
      }
    }
  }

  /// The times of a line's positions, those of several lines one behind the other.
  private static func times(_ properties: JSONValue?) -> [JSONValue] {
    let list = properties?[.coordinateTimes] ?? properties?[.coordinateProperties]?[.coordinateTimes]
    return (list?.children ?? []).flatMap { $0.isList ? $0.children : [$0] }
  }

  // MARK: System

  private mutating func noteSystem(_ system: JSONValue?) {
    guard foreignSystem == nil, let system, system.isObject else { return }
    let name = system[.properties]?[.name]?.text ?? system[.name]?.text ?? ""
    if !Self.isWorldwide(name) { foreignSystem = (name, system.offset) }
  }

  /// Whether a system is WGS 84, with or without heights.
  private static func isWorldwide(_ name: String) -> Bool {
    let word = name.uppercased()
    return ["CRS84", "CRS84H", ":4326", ":4979", "/4326", "WGS84", "WGS 84"].contains { word.hasSuffix($0) }
  }
}

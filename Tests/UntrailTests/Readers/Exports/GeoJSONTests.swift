import Testing
import UntrailModel
import UntrailReaders

@Suite("GeoJSON")
struct GeoJSONTests {
  private func feature(_ type: String, _ coordinates: String, _ properties: String = "{}") -> String {
    """
    {"type": "Feature", "properties": \(properties), "geometry": {"type": "\(type)", "coordinates": \(coordinates)}}
    """
  }

  private func collection(_ features: String..., crs: String = "") -> String {
    "{\"type\": \"FeatureCollection\", \(crs)\"features\": [\(features.joined(separator: ","))]}"
  }

  @Test("a point is a place, east first, with what is said of it")
  func point() throws {
    let properties =
      #"{"name": "Tower", "address": "Paris", "description": "meet here", "device_id": "mara-1", "wifi": "Cafe"}"#
    let result = readExport(collection(feature("Point", "[2.2945, 48.8584, 35]", properties)))
    let place = try #require(result.places(with: .saved).first)
    #expect(place.coordinate == Coordinate(latitude: 48.8584, longitude: 2.2945))
    #expect(place.altitude == 35)
    #expect(result.texts(.place, .saved) == ["Tower", "Paris"])
    #expect(result.text(.text, .description) == "meet here")
    #expect(result.text(.serial, .handset) == "mara-1")
    #expect(result.text(.network, .ssid) == "Cafe")
    #expect(readExport(feature("Point", "[2.2945, 48.8584]")).places(with: .waypoint).count == 1)
    #expect(readExport(feature("Point", #"["2.2945", "48.8584"]"#)).places(with: .waypoint).count == 1)
    #expect(readExport(#"{"type": "Point", "coordinates": [2.2945, 48.8584]}"#).locations.count == 1)
  }

  @Test(
    "every kind of geometry gives its positions",
    arguments: [
      ("MultiPoint", "[[1.5, 2.5], [3.5, 4.5]]", 2), ("LineString", "[[1.5, 2.5], [3.5, 4.5]]", 2),
      ("MultiLineString", "[[[1.5, 2.5], [3.5, 4.5]], [[5.5, 6.5], [7.5, 8.5]]]", 4),
      ("Polygon", "[[[1.5, 2.5], [3.5, 4.5], [5.5, 2.5], [1.5, 2.5]]]", 3),
      ("MultiPolygon", "[[[[1.5, 2.5], [3.5, 4.5], [5.5, 2.5], [1.5, 2.5]]]]", 3),
    ])
  func geometries(type: String, coordinates: String, count: Int) {
    #expect(readExport(collection(feature(type, coordinates))).positions.count == count)
    let bare = "{\"coordinates\": \(coordinates), \"type\": \"\(type)\"}"
    #expect(readExport(bare).positions.count == count)
    #expect(
      readExport("{\"type\": \"GeometryCollection\", \"geometries\": [\(bare)]}").positions.count == count)
    let nested =
      "{\"type\": \"Feature\", \"properties\": null, \"geometry\": {\"type\": \"GeometryCollection\", \"geometries\": [\(bare)]}}"
    #expect(readExport(collection(nested)).positions.count == count)
  }

  @Test("a line with times is recorded, one without is planned")
  func lines() throws {
    let times = #"{"coordTimes": ["2024-04-28T23:09:02Z", "2024-04-28T23:10:02Z"]}"#
    let track = try #require(
      readExport(feature("LineString", "[[1.5, 2.5], [3.5, 4.5]]", times)).track(with: .recorded))
    #expect(track.points.map(\.time) == [1_714_345_742, 1_714_345_802])
    let several =
      #"{"coordinateProperties": {"times": [["2024-04-28T23:09:02Z"], ["2024-04-28T23:10:02Z"]]}}"#
    let both = readExport(feature("MultiLineString", "[[[1.5, 2.5]], [[3.5, 4.5]]]", several))
    #expect(both.track(with: .recorded)?.end == 1_714_345_802)
    #expect(readExport(feature("LineString", "[[1.5, 2.5], [3.5, 4.5]]")).track(with: .planned)?.start == nil)
  }

  @Test("points with times are a track in their order")
  func timedPoints() throws {
    let text = collection(
      feature("Point", "[2.2945, 48.8584]", #"{"timestamp": "2024-04-28T23:09:02+02:00"}"#),
      feature("Point", "[2.3376, 48.8606]", #"{"time": 1714338642}"#))
    let result = readExport(text)
    #expect(result.track(with: .recorded)?.pointCount == 2)
    #expect(result.locations.isEmpty)
    let overland =
      "{\"locations\": [\(feature("Point", "[2.2945, 48.8584]", #"{"timestamp": "2024-04-28T23:09:02Z"}"#))]}"
    #expect(readExport(overland).places(with: .waypoint).first?.time?.utcOffsetMinutes == 0)
  }

  @Test(
    "home and work are known in many languages, by Google's labels only",
    arguments: [
      ("Home", "Work"), ("Zuhause", "Arbeit"), ("Domicile", "Travail"), ("Дом", "Работа"), ("家", "公司"),
      ("自宅", "職場"),
    ])
  func labels(home: String, work: String) {
    let text = collection(
      feature("Point", "[14.4213, 50.0875]", "{\"address\": \"Praha 1\", \"name\": \"\(home)\"}"),
      feature("Point", "[14.4016, 50.0911]", "{\"address\": \"Praha 2\", \"name\": \"\(work)\"}"))
    let result = readExport(text)
    #expect(result.places(with: .home).map(\.coordinate.latitude) == [50.0875])
    #expect(result.places(with: .work).map(\.coordinate.latitude) == [50.0911])
    #expect(result.texts(.place, .home) == [home, "Praha 1"])
    let church = readExport(feature("Point", "[6.9581, 50.9413]", #"{"name": "Dom"}"#))
    #expect(church.places(with: .home).isEmpty && church.locations.count == 1)
  }

  @Test("saved places: where the point is 0, 0 the link may say where")
  func saved() {
    let text = collection(
      feature(
        "Point", "[0, 0]",
        #"{"date": "2024-01-06T10:00:00Z", "google_maps_url": "https://www.google.com/maps/search/50.0865,14.4114"}"#
      ),
      feature(
        "Point", "[0, 0]",
        #"{"google_maps_url": "http://maps.google.com/?cid=1", "location": {"name": "Louvre", "address": "Paris"}}"#
      ),
      feature(
        "Point", "[0, 0]",
        #"{"Title": "Pin", "Google Maps URL": "http://maps.google.com/?cid=2", "Location": {"Geo Coordinates": {"Latitude": "48.8584", "Longitude": "2.2945"}}}"#
      ))
    let result = readExport(text)
    #expect(result.places(with: .saved).map(\.coordinate.latitude) == [50.0865, 48.8584])
    #expect(result.texts(.place, .saved) == ["Louvre", "Paris", "Pin"])
    #expect(result.diagnostics.isEmpty)
  }

  @Test(
    "numbers of another system are no positions",
    arguments: [
      ("urn:ogc:def:crs:OGC:1.3:CRS84", true), ("EPSG:4326", true), ("urn:ogc:def:crs:EPSG::3857", false),
      ("EPSG:14326", false), ("urn:ogc:def:crs:EPSG::25832", false),
    ])
  func systems(name: String, isWorldwide: Bool) {
    let crs = "\"crs\": {\"type\": \"name\", \"properties\": {\"name\": \"\(name)\"}}"
    let point = feature("Point", "[2.2945, 48.8584]")
    for text in [
      collection(point, crs: crs + ","),
      "{\"features\": [\(point)], \"type\": \"FeatureCollection\", \(crs)}",
    ] {
      let result = readExport(text)
      #expect(result.positions.isEmpty != isWorldwide, "\(text)")
      #expect(result.codes == (isWorldwide ? [] : ["position-ambiguous"]))
    }
  }

  @Test(
    "what has no position gives none",
    arguments: [
      #"{"type": "FeatureCollection", "features": []}"#,
      #"{"type": "Feature", "geometry": null, "properties": {"name": null}}"#,
      #"{"type": "Feature", "geometry": {"type": "Point", "coordinates": []}, "properties": null}"#,
      #"{"type": "Feature", "geometry": {"type": "Point", "coordinates": [2.5]}, "properties": {}}"#,
      #"{"type": "Feature", "geometry": {"type": "Point", "coordinates": [500000.5, 5400000.5]}, "properties": {}}"#,
      #"{"type": "Topology", "arcs": [[[1.5, 2.5]]]}"#,
    ])
  func clean(text: String) { #expect(readExport(text).positions.isEmpty) }

  @Test("one feature a line, and sequences")
  func lineByLine() {
    let line = feature("Point", "[2.2945, 48.8584]").split(separator: "\n").joined()
    let other = feature("Point", "[2.3376, 48.8606]").split(separator: "\n").joined()
    #expect(readExport("\(line)\n\(other)\n").locations.count == 2)
    #expect(readExport("\u{1E}\(line)\n\u{1E}\(other)\n").locations.count == 2)
  }

  @Test("a line of any length, and any number of lines, keep within the limits")
  func bounds() {
    var limits = Limits()
    limits.points = 100
    let long = (0..<3000).map { "[\(Double($0) / 100), 48.5]" }.joined(separator: ",")
    let one = readExport(feature("LineString", "[\(long)]"), limits)
    let many = readExport(
      "["
        + (0..<1000).map { feature("LineString", "[[\(Double($0) / 100), 48.5], [1.5, 2.5]]") }.joined(
          separator: ",") + "]", limits)
    for (result, count) in [(one, 3000), (many, 2000)] {
      let tracks = result.observations.compactMap {
        if case .track(let track) = $0.fact { track } else { nil }
      }
      #expect(tracks.reduce(0) { $0 + $1.points.count } <= 100)
      #expect(tracks.reduce(0) { $0 + $1.pointCount } == count)
    }
  }

  @Test("damage") func damage() {
    surviveExportDamage(
      collection(
        feature("Point", "[2.2945, 48.8584, 35.5]", #"{"name": "Tower"}"#),
        feature("LineString", "[[1.5, 2.5], [3.5, 4.5]]", #"{"coordTimes": ["2024-04-28T23:09:02Z", "x"]}"#)))
  }
}

internal import UntrailBytes
internal import UntrailModel

/// KML: places, lines and tracks of Google Earth, Google Maps and others.
///
///     Placemark > name, address, phoneNumber, description, TimeStamp, TimeSpan, a geometry
///       Point, LineString, LinearRing (of a Polygon), MultiGeometry > coordinates
///       gx:Track > when, gx:coord "lon lat alt"; gx:MultiTrack
///       Model > Location > longitude, latitude
///     NetworkLink > Link > href                      what is fetched when the file is opened
///
/// Where a camera looks from (LookAt, Camera) and the extent of a picture on the map are views, not places of anybody,
/// and are left out.
///
/// Source: OGC 12-007r2 (KML 2.3); Google, KML Reference (gx).
struct KMLReader: MetadataReader {
  var name: String { "KML" }
  var mediaTypes: [String] { ["application/vnd.google-earth.kml+xml"] }
  var channels: String {
    "places, lines and tracks with their names, addresses and times, links that are fetched"
  }

  func read(
    _ source: ByteSource, into result: inout ReadResult, with tools: ReaderTools
  ) throws(ParseError) {
    let handler = KMLHandler(tools.limits)
    let flaw = XMLDocument.read(source, tools.limits, handler)
    handler.finish()
    result.observations += handler.result.observations
    result.diagnostics += handler.result.diagnostics
    if let flaw { result.damage(flaw) }
  }
}

private final class KMLHandler: XMLDocumentHandler {
  var result = ReadResult()
  private let limits: Limits
  private var path: [String] = []
  private var once: DistinctFacts
  private var marks: MarkedPlaces
  private var line: TrackRecorder
  /// Lines behind the first hundreds.
  private var rest: TrackRecorder
  private var lineCount = 0
  private var coordinates = KMLCoordinates()
  private var offset: Int?
  /// The times of a track, each to be joined with its position.
  private var times: [JSONTime?] = []
  private var nextTime = 0
  private var place: (longitude: Double?, latitude: Double?) = (nil, nil)
  /// Of the placemark at hand.
  private var time: JSONTime?
  private var zoned = ZonedTimes()

  /// Lines that are told one by one.
  private static let singleLines = 300

  init(_ limits: Limits) {
    self.limits = limits
    once = DistinctFacts(limits)
    marks = MarkedPlaces(.waypoint, "KML:coordinates", limits)
    line = TrackRecorder(limits)
    rest = TrackRecorder(limits)
  }

  func start(_ tag: XMLStartTag) {
    path.append(tag.name)
    switch tag.name {
    case "Placemark":
      time = nil
      offset = tag.offset
    case "Track":
      times = []
      nextTime = 0
    case "coordinates": coordinates = KMLCoordinates()
    case "Location": place = (nil, nil)
    default: break
    }
  }

  func wantsText(of name: String) -> Bool {
    switch name {
    case "coordinates", "coord", "when", "begin", "end", "name", "address", "phoneNumber", "description",
      "href",
      "longitude", "latitude", "email", "uri", "Snippet":
      true
    default: false
    }
  }

  func takePiece(of name: String, _ text: UnsafeBufferPointer<UInt8>) -> Bool {
    guard name == "coordinates" else { return false }
    var found: [[Double]] = []
    coordinates.take(text) { found.append($0) }
    for tuple in found { take(tuple) }
    return true
  }

  func end(_ name: String, text: UnsafeBufferPointer<UInt8>) {
    _ = path.popLast()
    switch name {
    case "coordinates":
      var found: [[Double]] = []
      coordinates.finish { found.append($0) }
      for tuple in found { take(tuple) }
      if path.last != "Point" { endLine(path.last == "LinearRing" ? .area : .recorded) }
    case "coord": takeCoordinate(String(decoding: text, as: UTF8.self))
    case "when" where path.last == "Track":
      let time = JSONTime(text: text)
      times.append(time)
      zoned.note(time)
      // Times that no position follows are no track.
      if times.count > limits.entries { times.removeFirst(limits.entries / 2) }
    case "when", "begin", "end": observeTime(name, text)
    case "Track": endLine(.recorded)
    case "longitude" where path.last == "Location": place.longitude = WrittenNumber.readLoosely(text)
    case "latitude" where path.last == "Location": place.latitude = WrittenNumber.readLoosely(text)
    case "Location":
      if let longitude = place.longitude, let latitude = place.latitude { mark([longitude, latitude]) }
    default:
      guard !text.isEmpty else { return }
      observe(name, String(decoding: text, as: UTF8.self))
    }
  }

  private func take(_ tuple: [Double]) {
    if path.last == "Point" || path.last == "coordinates" && path.dropLast().last == "Point" {
      return mark(tuple)
    }
    guard let coordinate = CheckedPlace.coordinate(tuple[1], tuple[0], at: offset, into: &result) else {
      return
    }
    addToLine(coordinate, time: nil)
  }

  private func mark(_ tuple: [Double]) {
    guard let coordinate = CheckedPlace.coordinate(tuple[1], tuple[0], at: offset, into: &result) else {
      return
    }
    var location = Location(coordinate: coordinate)
    if tuple.count > 2, tuple[2] != 0 { location.altitude = tuple[2] }
    location.time = time?.timestamp
    marks.add(location, at: offset, into: &result)
  }

  /// "lon lat alt" of a track, at the next of its times.
  private func takeCoordinate(_ text: String) {
    let parts = text.split { $0.isWhitespace || $0 == "," }.compactMap { Double($0) }
    let time = nextTime < times.count ? times[nextTime] : nil
    nextTime += 1
    if nextTime > 1024 {
      times.removeFirst(min(nextTime, times.count))
      nextTime = 0
    }
    guard parts.count >= 2,
      let coordinate = CheckedPlace.coordinate(parts[1], parts[0], at: offset, into: &result)
    else { return }
    addToLine(coordinate, time: time?.seconds)
  }

  private func addToLine(_ coordinate: Coordinate, time: Int64?) {
    if lineCount < Self.singleLines {
      line.add(coordinate, time: time)
    } else {
      rest.add(coordinate, time: time)
    }
  }

  private func endLine(_ role: Role) {
    guard lineCount < Self.singleLines, let track = line.track() else { return }
    lineCount += 1
    result.add(role, .track(track), role == .area ? "KML:LinearRing" : "KML:LineString", at: offset)
    line = TrackRecorder(limits)
  }

  private func observeTime(_ name: String, _ text: UnsafeBufferPointer<UInt8>) {
    guard let timestamp = WrittenTime.read(String(decoding: text, as: UTF8.self)) else { return }
    if name != "end" { time = JSONTime(text: text) }
    once.add(name == "end" ? .end : .start, .timestamp(timestamp), "KML:" + name, at: nil, into: &result)
  }

  private func observe(_ name: String, _ text: String) {
    let holder = path.last ?? ""
    switch name {
    case "name" where holder == "author":
      once.add(.author, .person(text), "KML:author", at: nil, into: &result)
    case "name" where holder == "Placemark":
      if marks.isTellingNext { once.add(.label, .place(text), "KML:name", at: nil, into: &result) }
    case "name" where holder == "Document" || holder == "Folder":
      once.add(.title, .text(text), "KML:name", at: nil, into: &result)
    case "address": once.add(.landmark, .place(text), "KML:address", at: nil, into: &result)
    case "phoneNumber":
      let number = text.hasPrefix("tel:") ? String(text.dropFirst(4)) : text
      once.add(.phone, .contact(number), "KML:phoneNumber", at: nil, into: &result)
    case "email": once.add(.email, .contact(text), "KML:email", at: nil, into: &result)
    case "description", "Snippet":
      if marks.isTellingNext { once.add(.description, .text(text), "KML:" + name, at: nil, into: &result) }
    case "href" where path.contains("NetworkLink"):
      once.add(.networkLink, .link(text), "KML:href", at: nil, into: &result)
    default: break
    }
  }

  func finish() {
    endLine(.recorded)
    marks.finish(into: &result)
    zoned.finish("KML:when", into: &result)
    if let track = rest.track() { result.add(.recorded, .track(track), "KML:LineString", at: nil) }
  }
}

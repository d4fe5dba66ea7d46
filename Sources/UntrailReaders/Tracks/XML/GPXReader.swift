internal import UntrailBytes
internal import UntrailModel

/// GPX: marks, routes and tracks of GPS receivers and apps.
///
///     gpx creator= version=              the program or device that wrote it
///       metadata (1.0: gpx itself)       name, desc, author, email, link, time, keywords, copyright
///       wpt lat= lon=                    a mark: ele, time, name, cmt, desc, ...
///       rte > rtept lat= lon=            a route that is planned
///       trk > trkseg > trkpt lat= lon=   a track that was recorded
///       extensions                       what makers add: devices, serial numbers
///
/// Source: Topografix, GPX 1.1 Schema Documentation; GPX 1.0 Developer's Manual.
struct GPXReader: MetadataReader {
  var name: String { "GPX" }
  var mediaTypes: [String] { ["application/gpx+xml"] }
  var channels: String {
    "tracks, routes and marks with their times and names, authors, programs and devices"
  }

  func read(
    _ source: ByteSource, into result: inout ReadResult, with tools: ReaderTools
  ) throws(ParseError) {
    let handler = GPXHandler(tools.limits)
    let flaw = XMLDocument.read(source, tools.limits, handler)
    handler.finish()
    result.observations += handler.result.observations
    result.diagnostics += handler.result.diagnostics
    if let flaw { result.damage(flaw) }
  }
}

private final class GPXHandler: XMLDocumentHandler {
  var result = ReadResult()
  private let limits: Limits
  private var path: [String] = []
  private var marks: MarkedPlaces
  private var track: TrackRecorder
  private var trackOffset: Int?
  private var once: DistinctFacts
  private var point: Point?
  private var zoned = ZonedTimes()

  private struct Point {
    var coordinate: Coordinate?
    var offset: Int?
    var altitude: Double?
    var time: JSONTime?
    var texts: [(field: String, text: String)] = []
  }

  init(_ limits: Limits) {
    self.limits = limits
    marks = MarkedPlaces(.waypoint, "GPX:wpt", limits)
    track = TrackRecorder(limits)
    once = DistinctFacts(limits)
  }

  func start(_ tag: XMLStartTag) {
    path.append(tag.name)
    switch tag.name {
    case "gpx":
      if let creator = tag.attribute("creator"), !creator.isEmpty {
        result.add(.generator, .software(creator), "GPX:creator", at: tag.offset)
      }
    case "wpt", "rtept", "trkpt": beginPoint(tag)
    case "trk", "rte":
      track = TrackRecorder(limits)
      trackOffset = tag.offset
    case "email":
      if let id = tag.attribute("id"), let domain = tag.attribute("domain"), !id.isEmpty {
        once.add(.email, .contact(id + "@" + domain), "GPX:email", at: tag.offset, into: &result)
      }
    case "link":
      if let address = tag.attribute("href"), !address.isEmpty, point == nil {
        once.add(.url, .contact(address), "GPX:link", at: tag.offset, into: &result)
      }
    case "copyright":
      if let author = tag.attribute("author"), !author.isEmpty {
        once.add(.copyright, .person(author), "GPX:copyright", at: tag.offset, into: &result)
      }
    default: break
    }
  }

  private func beginPoint(_ tag: XMLStartTag) {
    var point = Point(offset: tag.offset)
    if let latitude = tag.bytes("lat").flatMap(WrittenNumber.readLoosely),
      let longitude = tag.bytes("lon").flatMap(WrittenNumber.readLoosely)
    {
      point.coordinate = CheckedPlace.coordinate(latitude, longitude, at: tag.offset, into: &result)
    } else {
      result.doubtOnce("position-malformed", "the numbers of a position are none", at: tag.offset)
    }
    self.point = point
  }

  func wantsText(of name: String) -> Bool {
    switch name {
    case "time", "ele", "name", "cmt", "desc", "author", "email", "url", "keywords", "urlname", "src", "type",
      "sym",
      "text", "SerialNumber", "serialNumber", "serial", "UnitId", "DeviceId", "device", "deviceName",
      "address",
      "StreetAddress", "City", "State", "Country", "PhoneNumber", "owner", "placed_by", "finder":
      true
    default: false
    }
  }

  func end(_ name: String, text: UnsafeBufferPointer<UInt8>) {
    _ = path.popLast()
    switch name {
    case "trkpt", "rtept", "wpt": endPoint(name)
    case "trk": endTrack(.recorded, "GPX:trkpt")
    case "rte": endTrack(.planned, "GPX:rtept")
    case "time":
      let time = JSONTime(text: text)
      if point != nil, path.last == "wpt" || path.last == "trkpt" || path.last == "rtept" {
        point?.time = time
        zoned.note(time)
      } else if let time {
        let role: Role = path.last == "metadata" || path.last == "gpx" ? .created : .modified
        once.add(role, .timestamp(time.timestamp), "GPX:time", at: nil, into: &result)
      }
    case "ele": point?.altitude = WrittenNumber.read(text)
    default:
      guard !text.isEmpty else { return }
      observe(name, String(decoding: text, as: UTF8.self))
    }
  }

  private func endPoint(_ name: String) {
    guard let point else { return }
    self.point = nil
    guard let coordinate = point.coordinate else { return }
    guard name == "wpt" else {
      track.add(coordinate, time: point.time?.seconds)
      if name == "rtept", track.count <= 100 {
        for (field, text) in point.texts where field == "GPX:name" {
          once.add(.label, .place(text), field, at: nil, into: &result)
        }
      }
      return
    }
    let isTold = marks.isTellingNext
    var location = Location(coordinate: coordinate)
    location.altitude = point.altitude
    location.time = point.time?.timestamp
    marks.add(location, at: point.offset, into: &result)
    guard isTold else { return }
    for (field, text) in point.texts {
      once.add(field == "GPX:name" ? .label : .landmark, .place(text), field, at: nil, into: &result)
    }
  }

  private func endTrack(_ role: Role, _ field: String) {
    if let track = track.track() { result.add(role, .track(track), field, at: trackOffset) }
    track = TrackRecorder(limits)
  }

  /// A text of the file, of a track or of a mark.
  private func observe(_ name: String, _ text: String) {
    let field = "GPX:" + name
    if point != nil {
      switch name {
      case "name", "cmt", "desc": point?.texts.append((field, text))
      case "StreetAddress", "City", "State", "Country", "address": point?.texts.append((field, text))
      case "PhoneNumber": once.add(.phone, .contact(text), field, at: nil, into: &result)
      case "owner", "placed_by", "finder": once.add(.creator, .person(text), field, at: nil, into: &result)
      default: break
      }
      return
    }
    switch name {
    case "name" where path.last == "author":
      once.add(.author, .person(text), "GPX:author", at: nil, into: &result)
    case "author": once.add(.author, .person(text), field, at: nil, into: &result)
    case "email": once.add(.email, .contact(text), field, at: nil, into: &result)
    case "url": once.add(.url, .contact(text), field, at: nil, into: &result)
    case "keywords": once.add(.keywords, .text(text), field, at: nil, into: &result)
    case "name": once.add(.title, .text(text), field, at: nil, into: &result)
    case "desc", "cmt", "src", "urlname", "text":
      once.add(.description, .text(text), field, at: nil, into: &result)
    case "SerialNumber", "serialNumber", "serial", "UnitId", "DeviceId":
      once.add(.body, .serial(text), field, at: nil, into: &result)
    case "device", "deviceName":
      once.add(.recorder, .device(Device(model: text)), field, at: nil, into: &result)
    default: break
    }
  }

  func finish() {
    // Of a file that is cut in the middle of a track, what there is.
    endTrack(path.contains("rte") ? .planned : .recorded, path.contains("rte") ? "GPX:rtept" : "GPX:trkpt")
    marks.finish(into: &result)
    zoned.finish("GPX:time", into: &result)
  }
}

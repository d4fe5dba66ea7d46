internal import UntrailBytes
internal import UntrailModel

/// TCX: workouts and courses of Garmin's Training Center.
///
///     Activities > Activity > Id, Lap > Track > Trackpoint > Time, Position > LatitudeDegrees, LongitudeDegrees
///       Creator > Name, UnitId, ProductID, Version        the device
///     Courses > Course > Name, Track, CoursePoint         a route that is planned
///     Author > Name, LangID, PartNumber                   the program
///
/// Source: Garmin, TrainingCenterDatabasev2.xsd.
struct TCXReader: MetadataReader {
  var name: String { "TCX" }
  var mediaTypes: [String] { ["application/vnd.garmin.tcx+xml"] }
  var channels: String { "tracks with their times, courses, the device with its number, the program" }

  func read(
    _ source: ByteSource, into result: inout ReadResult, with tools: ReaderTools
  ) throws(ParseError) {
    let handler = TCXHandler(tools.limits)
    let flaw = XMLDocument.read(source, tools.limits, handler)
    handler.finish()
    result.observations += handler.result.observations
    result.diagnostics += handler.result.diagnostics
    if let flaw { result.damage(flaw) }
  }
}

private final class TCXHandler: XMLDocumentHandler {
  var result = ReadResult()
  private let limits: Limits
  private var path: [String] = []
  private var track: TrackRecorder
  private var trackOffset: Int?
  private var once: DistinctFacts
  private var latitude: Double?
  private var longitude: Double?
  private var time: JSONTime?
  private var zoned = ZonedTimes()
  private var version: [String] = []
  private var program: String?
  private var isInCourse: Bool { path.contains("Course") }

  init(_ limits: Limits) {
    self.limits = limits
    track = TrackRecorder(limits)
    once = DistinctFacts(limits)
  }

  func start(_ tag: XMLStartTag) {
    path.append(tag.name)
    switch tag.name {
    case "Activity", "Course", "MultiSportSession": trackOffset = tag.offset
    case "Trackpoint", "CoursePoint", "BeginPosition", "EndPosition":
      (latitude, longitude, time) = (nil, nil, nil)
    case "Version": version = []
    case "Lap":
      if let start = tag.bytes("StartTime"), let time = JSONTime(text: start) {
        once.add(.start, .timestamp(time.timestamp), "TCX:StartTime", at: tag.offset, into: &result)
      }
    default: break
    }
  }

  func wantsText(of name: String) -> Bool {
    switch name {
    case "Time", "LatitudeDegrees", "LongitudeDegrees", "Id", "Name", "UnitId", "ProductID", "VersionMajor",
      "VersionMinor", "Notes", "LangID", "PartNumber":
      true
    default: false
    }
  }

  func end(_ name: String, text: UnsafeBufferPointer<UInt8>) {
    _ = path.popLast()
    switch name {
    case "Time":
      time = JSONTime(text: text)
      zoned.note(time)
    case "LatitudeDegrees": latitude = WrittenNumber.readLoosely(text)
    case "LongitudeDegrees": longitude = WrittenNumber.readLoosely(text)
    case "Trackpoint", "BeginPosition", "EndPosition": endPoint()
    case "CoursePoint":
      if let coordinate = coordinate() {
        result.add(.waypoint, .location(Location(coordinate: coordinate)), "TCX:CoursePoint", at: nil)
      }
    case "Activity": endTrack(.recorded)
    case "Course": endTrack(.planned)
    case "VersionMajor", "VersionMinor": version.append(String(decoding: text, as: UTF8.self))
    case "Version":
      guard version.count >= 2 else { return }
      let role: Role = path.last == "Creator" ? .firmware : .generator
      let number = version.prefix(2).joined(separator: ".")
      let words = role == .generator ? program.map { $0 + " " + number } ?? number : number
      once.add(role, .software(words), "TCX:Version", at: nil, into: &result)
    default:
      guard !text.isEmpty else { return }
      observe(name, String(decoding: text, as: UTF8.self))
    }
  }

  private func observe(_ name: String, _ text: String) {
    switch (name, path.last ?? "") {
    case ("Name", "Creator"):
      once.add(.recorder, .device(Device(model: text)), "TCX:Creator", at: nil, into: &result)
    case ("Name", "Author"):
      program = text
      once.add(.generator, .software(text), "TCX:Author", at: nil, into: &result)
    case ("Name", "Course"), ("Name", "CoursePoint"), ("Notes", _):
      once.add(name == "Notes" ? .description : .title, .text(text), "TCX:" + name, at: nil, into: &result)
    case ("UnitId", _) where text.contains { $0 != "0" }:
      once.add(.body, .serial(text), "TCX:UnitId", at: nil, into: &result)
    case ("Id", "Activity"):
      if let time = WrittenTime.read(text) {
        once.add(.original, .timestamp(time), "TCX:Id", at: nil, into: &result)
      }
    default: break
    }
  }

  private func coordinate() -> Coordinate? {
    guard let latitude, let longitude else { return nil }
    return CheckedPlace.coordinate(latitude, longitude, at: nil, into: &result)
  }

  private func endPoint() {
    if let coordinate = coordinate() { track.add(coordinate, time: time?.seconds) }
    (latitude, longitude, time) = (nil, nil, nil)
  }

  private func endTrack(_ role: Role) {
    if let track = track.track() { result.add(role, .track(track), "TCX:Trackpoint", at: trackOffset) }
    track = TrackRecorder(limits)
  }

  func finish() {
    endTrack(isInCourse ? .planned : .recorded)
    zoned.finish("TCX:Time", into: &result)
  }
}

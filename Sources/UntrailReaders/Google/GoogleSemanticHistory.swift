internal import UntrailModel

/// A month of the Semantic Location History: what Google took the positions for.
///
///     {"timelineObjects": [
///       {"placeVisit": {
///         "location": {"latitudeE7": 0, "longitudeE7": 0, "placeId": "", "name": "", "address": "",
///                      "semanticType": "TYPE_HOME", "sourceInfo": {"deviceTag": 0}},
///         "duration": {"startTimestamp": "", "endTimestamp": ""},
///         "otherCandidateLocations": [...], "childVisits": [...]}},
///       {"activitySegment": {
///         "startLocation": {...}, "endLocation": {...}, "duration": {...},
///         "waypointPath": {"waypoints": [{"latE7": 0, "lngE7": 0}]},
///         "simplifiedRawPath": {"points": [{"latE7": 0, "lngE7": 0, "timestamp": ""}]},
///         "transitPath": {"transitStops": [...]}, "parkingEvent": {"location": {...}, "timestamp": ""}}}]}
///
/// Places that somebody may have been at instead of the one visited are left out.
///
/// Source: C. Bergillos, "Location History Format", Semantic Location History (2022).
enum GoogleSemanticHistory {
  private static let visitField = "GoogleLocationHistory:placeVisit"
  private static let pathField = "GoogleLocationHistory:activitySegment"

  static func take(_ record: JSONValue, _ timeline: inout GoogleTimeline) {
    if let visit = record[.placeVisit] { takeVisit(visit, &timeline) }
    if let segment = record[.activitySegment] { takeSegment(segment, &timeline) }
  }

  private static func takeVisit(_ visit: JSONValue, _ timeline: inout GoogleTimeline) {
    let (start, end) = times(visit[.duration])
    if let location = visit[.location] {
      timeline.takeVisit(
        GoogleTimeline.Visit(
          coordinate: timeline.coordinate(location), start: start, end: end,
          semanticType: location[.semanticType]?.text, name: location[.name], address: location[.address],
          placeID: location[.placeID], offset: location.offset), visitField)
      timeline.takeDevice(location[.source]?[.deviceTag])
    }
    takePath(visit[.simplifiedRawPath]?[.points], &timeline)
    // Their own parts are no deeper than the text may be.
    for child in visit[.childVisits]?.children ?? [] { takeVisit(child, &timeline) }
  }

  private static func takeSegment(_ segment: JSONValue, _ timeline: inout GoogleTimeline) {
    let (start, end) = times(segment[.duration])
    if let place = segment[.startLocation] {
      timeline.takePosition(place, start, pathField)
      timeline.takeDevice(place[.source]?[.deviceTag])
    }
    takePath(segment[.waypointPath]?[.waypoints], &timeline)
    takePath(segment[.simplifiedRawPath]?[.points], &timeline)
    for stop in segment[.transitPath]?[.transitStops]?.children ?? [] {
      timeline.takePosition(stop, nil, pathField)
      timeline.facts.add(.visit, stop[.name], "GoogleLocationHistory:transitStops") { .place($0) }
    }
    if let place = segment[.endLocation] { timeline.takePosition(place, end, pathField) }
    if let parking = segment[.parkingEvent], let place = parking[.location] {
      let time = JSONTime(parking[.timestamp]) ?? JSONTime(parking[.timestampMs])
      timeline.takePosition(place, time, pathField)
    }
  }

  private static func takePath(_ points: JSONValue?, _ timeline: inout GoogleTimeline) {
    for point in points?.children ?? [] {
      timeline.takePosition(
        point, JSONTime(point[.timestamp]) ?? JSONTime(point[.timestampMs]), pathField)
    }
  }

  private static func times(_ duration: JSONValue?) -> (start: JSONTime?, end: JSONTime?) {
    (
      JSONTime(duration?.first([.startTimestamp, .startTimestampMs])),
      JSONTime(duration?.first([.endTimestamp, .endTimestampMs]))
    )
  }
}

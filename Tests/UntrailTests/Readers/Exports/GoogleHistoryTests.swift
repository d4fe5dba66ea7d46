import Testing
import UntrailModel
import UntrailReaders

@Suite("Google location history")
struct GoogleHistoryTests {
  private static let home = Coordinate(latitude: 50.0875, longitude: 14.4213)
  private static let work = Coordinate(latitude: 50.0911, longitude: 14.4016)

  // MARK: Records.json

  private static let records = """
    {"locations": [
      {"latitudeE7": 500875000, "longitudeE7": 144213000, "accuracy": 20, "source": "WIFI",
       "deviceTag": 1184882232, "platformType": "ANDROID", "osLevel": 33,
       "activity": [{"activity": [{"type": "STILL", "confidence": 90}], "timestamp": "2022-01-12T17:18:24.190Z"}],
       "locationMetadata": [{"timestamp": "2022-01-12T17:18:20.190Z", "wifiScan": {"accessPoints": [
         {"mac": "180931062235137", "strength": -40}, {"mac": "180931062235137"}, {"mac": "0"}]}}],
       "timestamp": "2022-01-12T17:18:24.190Z"},
      {"timestampMs": "1642008000000", "latitudeE7": 500911000, "longitudeE7": 144016000, "deviceTag": 0}]}
    """

  @Test("each position of Records.json, its phone and its networks")
  func reads() throws {
    let result = readExport(Self.records)
    let track = try #require(result.track(with: .history))
    #expect(track.points.map(\.coordinate) == [Self.home, Self.work])
    #expect(track.points.map(\.time) == [1_642_007_904, 1_642_008_000])
    #expect(!track.isLocalTime)
    #expect(result.texts(.serial, .handset) == ["1184882232"])
    #expect(result.texts(.software, .firmware) == ["ANDROID 33"])
    #expect(result.texts(.network, .bssid) == ["a4:8e:4b:b1:80:01"])
    #expect(result.locations.isEmpty && result.diagnostics.isEmpty)
    #expect(result.observations.first { $0.kind == .track }?.field == "GoogleLocationHistory:locations")
  }

  @Test("numbers that overflowed are what they were before")
  func overflow() throws {
    let text = """
      {"locations": [{"latitudeE7": 4186900000, "longitudeE7": 3586000000, "timestampMs": "1642008000000"}]}
      """
    let place = try #require(readExport(text).track(with: .history)?.points.first?.coordinate)
    #expect(abs(place.latitude + 10.8067296) < 1e-9)
    #expect(abs(place.longitude + 70.8967296) < 1e-9)
  }

  @Test(
    "a history without positions gives none",
    arguments: [
      #"{"locations": []}"#, #"{"locations": [{"timestampMs": "1642008000000"}]}"#,
      #"{"locations": [{"latitudeE7": 0, "longitudeE7": 0, "timestampMs": "1642008000000"}]}"#,
      #"{"locations": [{"latitudeE7": 48, "timestamp": "2022-01-12T17:18:24Z"}]}"#,
    ])
  func clean(text: String) { #expect(readExport(text).positions.isEmpty) }

  @Test("a long history keeps within the limits of one file")
  func bounds() throws {
    var limits = Limits()
    limits.points = 100
    limits.observations = 200
    let list = (0..<5000).map {
      """
      {"latitudeE7": \(500_000_000 + $0 * 100), "longitudeE7": 144213000, "timestampMs": "\(1_642_008_000_000 + $0 * 1000)",
       "activeWifiScan": {"accessPoints": [{"mac": "\(180_931_062_235_137 + $0)"}]}}
      """
    }
    let result = readExport("{\"locations\": [\(list.joined(separator: ","))]}", limits)
    let track = try #require(result.track(with: .history))
    #expect(track.pointCount == 5000)
    #expect(track.points.count <= 100)
    #expect(track.end == 1_642_012_999)
    #expect(result.texts(.network, .bssid).count == 20)
    #expect(result.codes == ["list-cut"])
  }

  @Test("damage") func damage() { surviveExportDamage(Self.records) }

  // MARK: Semantic Location History

  private static let month = """
    {"timelineObjects": [
      {"placeVisit": {
        "location": {"latitudeE7": 500875000, "longitudeE7": 144213000, "placeId": "ChIJ-home",
          "address": "Staroměstské náměstí 1", "name": "Old Town Hall", "semanticType": "TYPE_HOME",
          "sourceInfo": {"deviceTag": 7}},
        "duration": {"startTimestamp": "2022-01-12T06:00:00Z", "endTimestamp": "2022-01-12T07:00:00.5Z"},
        "otherCandidateLocations": [{"latitudeE7": 488738000, "longitudeE7": 22950000, "name": "Elsewhere"}],
        "childVisits": [{"location": {"latitudeE7": 500875100, "longitudeE7": 144213100},
                         "duration": {"startTimestampMs": "1641970800000", "endTimestampMs": "1641970900000"}}]}},
      {"activitySegment": {
        "startLocation": {"latitudeE7": 500875000, "longitudeE7": 144213000},
        "endLocation": {"latitudeE7": 500911000, "longitudeE7": 144016000},
        "duration": {"startTimestamp": "2022-01-12T07:00:01Z", "endTimestamp": "2022-01-12T07:30:00Z"},
        "waypointPath": {"waypoints": [{"latE7": 500880000, "lngE7": 144200000}]},
        "simplifiedRawPath": {"points": [{"latE7": 500890000, "lngE7": 144100000, "timestamp": "2022-01-12T07:20:00Z"}]},
        "transitPath": {"transitStops": [{"latitudeE7": 500900000, "longitudeE7": 144050000, "name": "Malostranská"}]},
        "parkingEvent": {"location": {"latitudeE7": 500911100, "longitudeE7": 144016100}, "timestamp": "2022-01-12T07:29:00Z"}}}]}
    """

  @Test("a month: visits, ways, stops, what is home")
  func semantic() throws {
    let result = readExport(Self.month)
    #expect(result.places(with: .home).map(\.coordinate) == [Self.home])
    #expect(result.places(with: .home).first?.time?.civilSeconds == 1_641_967_200)
    #expect(result.places(with: .visit).count == 1)
    #expect(result.texts(.place, .home) == ["Old Town Hall", "Staroměstské náměstí 1"])
    #expect(result.texts(.link, .home) == ["ChIJ-home"])
    #expect(result.texts(.place, .visit) == ["Malostranská"])
    #expect(result.texts(.serial, .handset) == ["7"])
    let track = try #require(result.track(with: .history))
    // Both ends of two visits, both ends of the way, and four places on it.
    #expect(track.pointCount == 10)
    #expect(track.south > 50 && track.west > 14)
    let times = track.points.compactMap(\.time)
    #expect(times == times.sorted())
  }

  @Test("damage of a month") func semanticDamage() { surviveExportDamage(Self.month) }

  // MARK: Timeline.json

  private static let android = """
    {"semanticSegments": [
      {"startTime": "2024-04-03T08:13:57.000+02:00", "endTime": "2024-04-03T20:10:18.000+02:00",
       "startTimeTimezoneUtcOffsetMinutes": 120, "endTimeTimezoneUtcOffsetMinutes": 120,
       "visit": {"hierarchyLevel": 0, "topCandidate": {"placeId": "ChIJ-work", "semanticType": "INFERRED_WORK",
         "placeLocation": {"latLng": "50.0911000°, 14.4016000°"}}}},
      {"startTime": "2024-04-03T20:10:18.000+02:00", "endTime": "2024-04-03T20:40:18.000+02:00",
       "activity": {"start": {"latLng": "50.0911\\u00b0, 14.4016\\u00b0"}, "end": {"latLng": "50.0875°, 14.4213°"},
                    "topCandidate": {"type": "WALKING"}}},
      {"startTime": "2024-04-03T20:00:00.000+02:00", "endTime": "2024-04-03T22:00:00.000+02:00",
       "timelinePath": [{"point": "50.0900°, 14.4100°", "time": "2024-04-03T20:20:00.000+02:00"}]},
      {"startTime": "2024-04-03T20:00:00.000+02:00", "endTime": "2024-04-05T22:00:00.000+02:00",
       "timelineMemory": {"trip": {"destinations": [{"identifier": {"placeId": "ChIJ-trip"}}]}}}],
     "rawSignals": [
      {"wifiScan": {"deliveryTime": "2024-04-03T20:00:00.000+02:00", "devicesRecords": [{"mac": 180931062235137, "rawRssi": -76}]}},
      {"position": {"LatLng": "50.0890°, 14.4150°", "accuracyMeters": 13, "timestamp": "2024-04-03T20:30:00.000+02:00"}},
      {"activityRecord": {"probableActivities": [{"type": "STILL"}], "timestamp": "2024-04-03T20:30:00.000+02:00"}}],
     "userLocationProfile": {
      "frequentPlaces": [{"placeId": "ChIJ-home", "placeLocation": "50.0875°, 14.4213°", "label": "HOME"},
                         {"placeId": "ChIJ-park", "placeLocation": "50.0865°, 14.4114°"}],
      "frequentTrips": [{"startTimeMinutes": 470, "endTimeMinutes": 500, "commuteDirection": "COMMUTE_DIRECTION_HOME_TO_WORK"}],
      "persona": {"travelModeAffinities": [{"mode": "CYCLING", "affinity": 0.7}]}}}
    """

  @Test("the timeline of an Android phone")
  func timeline() throws {
    let result = readExport(Self.android)
    #expect(result.places(with: .home).map(\.coordinate) == [Self.home])
    #expect(result.places(with: .work).map(\.coordinate) == [Self.work])
    #expect(result.places(with: .visit).count == 1)
    #expect(result.texts(.link, .visit) == ["ChIJ-trip", "ChIJ-park"])
    #expect(result.texts(.network, .bssid) == ["a4:8e:4b:b1:80:01"])
    #expect(result.texts(.text, .history) == ["COMMUTE_DIRECTION_HOME_TO_WORK 07:50 - 08:20"])
    #expect(result.texts(.text, .category) == ["CYCLING"])
    #expect(result.observations.contains { $0.role == .zone && $0.fact == .utcOffset(120) })
    let track = try #require(result.track(with: .history))
    #expect(track.pointCount == 6)
    #expect(track.start == 1_712_124_837)
    let times = track.points.compactMap(\.time)
    #expect(times.count == 6 && times == times.sorted())
    #expect(result.diagnostics.isEmpty)
  }

  @Test("damage of a timeline") func timelineDamage() { surviveExportDamage(Self.android) }

  private static let iphone = """
    [{"endTime": "2023-08-27T17:04:26.999-05:00", "startTime": "2023-08-27T15:48:56.000-05:00",
      "visit": {"hierarchyLevel": "0", "topCandidate": {"probability": "0.78", "semanticType": "Inferred Home",
        "placeID": "ChIJ-home", "placeLocation": "geo:50.087500,14.421300"}, "probability": "0.71"}},
     {"endTime": "2023-08-27T22:00:00.000Z", "startTime": "2023-08-27T20:00:00.000Z", "timelinePath": [
       {"point": "geo:50.088000,14.420000", "durationMinutesOffsetFromStartTime": "49"}]},
     {"endTime": "2023-08-27T23:00:00.000Z", "startTime": "2023-08-27T22:30:00.000Z",
      "activity": {"start": "geo:50.087500,14.421300", "end": "geo:50.091100,14.401600"}},
     {"endTime": "2023-09-02T23:25:59.000-06:00", "startTime": "2023-08-27T14:48:56.000-06:00",
      "timelineMemory": {"destinations": [{"identifier": "ChIJ-trip"}]}}]
    """

  @Test("the timeline of an iPhone")
  func appleTimeline() throws {
    let result = readExport(Self.iphone)
    #expect(result.places(with: .home).map(\.coordinate) == [Self.home])
    #expect(result.texts(.link, .home) == ["ChIJ-home"])
    #expect(result.texts(.link, .visit) == ["ChIJ-trip"])
    let track = try #require(result.track(with: .history))
    #expect(track.pointCount == 5)
    // 49 minutes behind the start of the path.
    #expect(track.points.contains { $0.time == 1_693_169_340 })
    #expect(
      result.observations.filter { $0.role == .zone }.map(\.fact) == [.utcOffset(-300), .utcOffset(-360)])
  }

  @Test("damage of the other timeline") func appleDamage() { surviveExportDamage(Self.iphone) }

  @Test(
    "a timeline without places gives none",
    arguments: [
      #"{"semanticSegments": [], "rawSignals": [], "userLocationProfile": {}}"#,
      #"[{"startTime": "2024-01-01T00:00:00Z", "endTime": "2024-01-01T01:00:00Z", "visit": {"topCandidate": {"placeLocation": "geo:"}}}]"#,
      #"[{"startTime": "2024-01-01T00:00:00Z", "endTime": "2024-01-01T01:00:00Z", "activity": {"start": "50.1", "end": "a, b"}}]"#,
      #"{"rawSignals": [{"position": {"LatLng": "0.0°, 0.0°", "timestamp": "2024-01-01T01:00:00Z"}}]}"#,
    ])
  func cleanTimeline(text: String) { #expect(readExport(text).positions.isEmpty) }

  @Test("edits of a timeline: signals and places of many hours")
  func edits() throws {
    let text = """
      {"timelineEdits": [
        {"deviceId": "-1613859921", "rawSignal": {"signal": {"position": {
          "point": {"latE7": 500875000, "lngE7": 144213000}, "timestamp": "2024-02-17T05:54:00.932Z"}}}},
        {"deviceId": "0", "placeAggregates": {"placeAggregateInfo": [
          {"score": 1228.0, "point": {"latE7": 500911000, "lngE7": 144016000}, "placeId": "ChIJ-x"}]}},
        {"rawSignal": {"signal": {"wifiScan": {"devices": [{"mac": "180931062235137"}]}}}}]}
      """
    let result = readExport(text)
    #expect(result.track(with: .history)?.points.first?.coordinate == Self.home)
    #expect(result.places(with: .visit).map(\.coordinate) == [Self.work])
    #expect(result.texts(.serial, .handset) == ["-1613859921"])
    #expect(result.texts(.network, .bssid) == ["a4:8e:4b:b1:80:01"])
    surviveExportDamage(text)
  }

  // MARK: Settings.json

  @Test("the phones of an account")
  func settings() throws {
    let text = """
      {"gaiaId": "1000", "createdTime": "2019-01-07T18:13:23.713Z", "modifiedTime": "2020-07-01T21:27:31.880Z",
       "deviceSettings": [{"deviceTag": -12, "devicePrettyName": "Mara's phone", "platformType": "ANDROID",
         "androidOsLevel": 33, "legalCountryCode": "cz", "deviceCreationTime": "2023-05-01T08:00:00.000Z",
         "deviceSpec": {"manufacturer": "Google", "model": "Pixel 7"}}]}
      """
    let result = readExport(text)
    #expect(
      result.observations.contains {
        $0.role == .handset
          && $0.fact == .device(Device(make: "Google", model: "Pixel 7", hostName: "Mara's phone"))
      })
    #expect(result.texts(.serial, .handset) == ["-12"])
    #expect(result.texts(.place, .country) == ["CZ"])
    #expect(result.texts(.person, .account) == ["1000"])
    #expect(result.timestamp(.modified)?.civilSeconds == 1_593_638_851)
    #expect(result.observations.filter { $0.role == .created }.count == 2)
    surviveExportDamage(text)
  }
}

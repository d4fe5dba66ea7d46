internal import UntrailModel

/// Records.json, called Location History.json before 2022: each position that a phone sent.
///
///     {"locations": [{
///       "latitudeE7": 488583700, "longitudeE7": 22945000, "timestamp": "2022-01-12T17:18:24.190Z",
///       "accuracy": 20, "altitude": 35, "velocity": 1, "heading": 270, "source": "WIFI",
///       "deviceTag": 1234567890, "platformType": "ANDROID", "osLevel": 28,
///       "locationMetadata": [{"wifiScan": {"accessPoints": [{"mac": "180931062235137"}]}}],
///       "activity": [...]}]}
///
/// Source: C. Bergillos, "Location History Format", Records.json (2022).
enum GoogleRecords {
  static func take(_ record: JSONValue, _ timeline: inout GoogleTimeline) {
    var latitude: JSONValue?
    var longitude: JSONValue?
    var time: JSONTime?
    var tag: JSONValue?
    var level: JSONValue?
    var platform: JSONValue?
    var scans: [JSONValue] = []
    // There may be millions of them: each is gone over once.
    record.forEach { key, value in
      switch key {
      case .latitudeE7: latitude = value
      case .longitudeE7: longitude = value
      case .timestampMs, .timestamp: time = time ?? JSONTime(value)
      case .deviceTag: tag = value
      case .osLevel: level = value
      case .platformType: platform = value
      case .locationMetadata: scans += value.children.compactMap { $0[.wifiScan] }
      case .activeWifiScan: scans.append(value)
      default: break
      }
    }
    if let latitude, let longitude, let coordinate = timeline.coordinate(latitude, longitude) {
      timeline.facts.addHistory(coordinate, time, "GoogleLocationHistory:locations", at: record.offset)
    }
    timeline.takeDevice(tag)
    timeline.takeSystem(platform, level)
    for scan in scans { timeline.takeAccessPoints(scan[.accessPoints], "GoogleLocationHistory:accessPoints") }
  }
}

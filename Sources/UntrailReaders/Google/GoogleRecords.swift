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
    let time = JSONTime(record[.timestampMs]) ?? JSONTime(record[.timestamp])
    timeline.takePosition(record, time, "GoogleLocationHistory:locations")
    timeline.takeDevice(record)
    for metadata in record[.locationMetadata]?.children ?? [] {
      timeline.takeAccessPoints(metadata[.wifiScan]?[.accessPoints], "GoogleLocationHistory:accessPoints")
    }
    timeline.takeAccessPoints(record[.activeWifiScan]?[.accessPoints], "GoogleLocationHistory:accessPoints")
  }
}

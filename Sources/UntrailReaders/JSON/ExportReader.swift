internal import UntrailBytes
internal import UntrailModel

/// JSON that people export from their accounts, phones and apps. What it is shows what stands in it, never its name:
/// exports have names in the language of the account.
///
///     {"locations": [{"latitudeE7": 0, ...}]}        Google: Records.json, Location History.json
///     {"timelineObjects": [{"placeVisit": {}}]}      Google: a month of the Semantic Location History
///     {"semanticSegments": [], "rawSignals": []}     Google: Timeline.json of an Android phone
///     [{"startTime": "", "visit": {}}]               Google: location-history.json of an iPhone
///     {"timelineEdits": [{"rawSignal": {}}]}         Google: Timeline Edits.json
///     {"deviceSettings": [{"deviceTag": 0}]}         Google: Settings.json
///     {"photoTakenTime": {}, "geoData": {}}          Google Photos: what stands beside a picture or in an album
///     [{"header": "", "title": "", "time": ""}]      Google: My Activity
///     {"type": "FeatureCollection", "features": []}  GeoJSON, as Google's saved and labelled places are
///     {"lat": 0.0, "lon": 0.0, "time": ""}           others
struct ExportReader: MetadataReader {
  var name: String { "JSON" }
  var mediaTypes: [String] { ["application/json", "application/x-ndjson", "application/geo+json"] }
  var channels: String {
    "location histories, saved places, home and work, devices, networks, photo sidecars"
  }

  func read(
    _ source: ByteSource, into result: inout ReadResult, with tools: ReaderTools
  ) throws(ParseError) {
    var records = JSONRecords(source, tools.limits, into: ExportMeaning(ExportFacts(tools.limits)))
    var failure: ParseError?
    do throws(ParseError) {
      try records.read()
    } catch {
      failure = error
    }
    records.sink.finish()
    result.observations += records.sink.facts.result.observations
    result.diagnostics += records.sink.facts.result.diagnostics
    if records.isCut { result.damage("limit", "a record has more values than are looked at", at: nil) }
    if let failure { throw failure }
  }
}

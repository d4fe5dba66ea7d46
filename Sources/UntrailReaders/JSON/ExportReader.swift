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
///     {"chats": {"list": [{"messages": []}]}}        Telegram, Facebook, Instagram and others: see `AccountExport`
///     window.YTD.tweets.part0 = [{"tweet": {}}]      X: a program that is JSON but for its first words
///     {"lat": 0.0, "lon": 0.0, "time": ""}           others
struct ExportReader: MetadataReader {
  var name: String { "JSON" }
  var mediaTypes: [String] {
    ["application/json", "application/x-ndjson", "application/geo+json", "application/x-twitter-archive"]
  }
  var channels: String {
    "location histories, saved places, home and work, devices, networks, photo sidecars, chats, accounts"
  }

  func read(
    _ source: ByteSource, into result: inout ReadResult, with tools: ReaderTools
  ) throws(ParseError) {
    let start = Self.start(of: source)
    let text = start == 0 ? source : ByteSource(partOf: source, start: start, count: source.count - start)
    var records = JSONRecords(text, tools.limits, into: ExportMeaning(ExportFacts(tools.limits)))
    var failure: ParseError?
    do throws(ParseError) {
      try records.read()
    } catch {
      failure = error
    }
    records.sink.finish()
    result.observations += records.sink.facts.result.observations.map { observation in
      var observation = observation
      observation.offset = observation.offset.map { $0 + start }
      return observation
    }
    result.diagnostics += records.sink.facts.result.diagnostics
    if records.isCut { result.damage("limit", "a record has more values than are looked at", at: nil) }
    if let failure { throw failure }
  }

  /// Where the JSON starts in a program that gives it a name; 0 where it is no program.
  private static func start(of source: ByteSource) -> Int {
    source.withPrefix { prefix in
      guard prefix.starts(with: "window.".utf8) else { return 0 }
      return prefix.prefix(200).firstIndex(of: UInt8(ascii: "=")).map { $0 + 1 } ?? 0
    }
  }
}

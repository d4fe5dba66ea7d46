internal import UntrailBytes
internal import UntrailModel

/// What camcorders write beside a film as XML.
///
///     Sony, C0001M01.XML, and Canon XF: NonRealTimeMeta lastUpdate=
///       TargetMaterial umidRef=   CreationDate value=   Device manufacturer= modelName= serialNo=
///       RelevantFiles/RelatedTo umid=   AcquisitionRecord/Group name="ExifGPS"
///         Item name="Latitude" value="48:51:30.2", LatitudeRef, Longitude, ..., TimeStamp, DateStamp, Status
///     Panasonic P2, XF: P2Main/ClipContent
///       GlobalClipID  ClipName  ClipMetadata: UserClipName, DataSource, Access (Creator, CreationDate, LastUpdateDate,
///       LastUpdatePerson), Device (Manufacturer, SerialNo, ModelName), Shoot (Shooter, StartDate, EndDate,
///       Location: Altitude, Longitude, Latitude, Source, PlaceName), Scenario, News (Reporter, Purpose, Object), Memo
///
/// Source: Sony, XDCAM metadata (nonRealTimeMeta 2.00); Panasonic, P2 clip metadata 1.0, sections 3 and 4.
struct ClipDescriptionReader: MetadataReader {
  var name: String { "Camcorder's clip description" }
  var mediaTypes: [String] { ["application/x-clip-description"] }
  var channels: String { "position, places, camera, serial number, times, people, identifiers" }

  func read(
    _ source: ByteSource, into result: inout ReadResult, with tools: ReaderTools
  ) throws(ParseError) {
    let view = ByteView(source, start: 0, count: source.count)
    var facts = ClipFacts(tools.limits)
    for element in MarkupElements.read(view, into: &result, tools.limits) {
      facts.take(element, into: &result)
    }
    facts.finish(into: &result)
  }
}

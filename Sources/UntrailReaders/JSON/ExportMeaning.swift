internal import UntrailModel

/// Gives each part of an export to what understands it.
struct ExportMeaning: JSONRecordSink {
  let facts: ExportFacts
  private var timeline: GoogleTimeline
  private var photos: GooglePhotos
  private var features: GeoJSONFeatures
  private var others: OtherPlaces
  private let accounts: AccountExport
  private var hasDeviceSettings = false

  init(_ facts: ExportFacts) {
    self.facts = facts
    timeline = GoogleTimeline(facts)
    photos = GooglePhotos(facts)
    features = GeoJSONFeatures(facts)
    others = OtherPlaces(facts)
    accounts = AccountExport(facts)
  }

  mutating func take(_ record: JSONValue, of list: JSONKey) {
    switch list {
    case .locations where record[.latitudeE7] != nil: GoogleRecords.take(record, &timeline)
    case .timelineObjects: GoogleSemanticHistory.take(record, &timeline)
    case .rawSignals: timeline.takeSignal(record)
    case .frequentPlaces: timeline.takeFrequentPlace(record)
    case .frequentTrips: timeline.takeFrequentTrip(record)
    case .travelModeAffinities: timeline.takeTravelMode(record)
    case .timelineEdits: timeline.takeEdit(record)
    case .deviceSettings:
      hasDeviceSettings = true
      GoogleSettings.takeDevice(record, &timeline)
    case .people, .sharedAlbumComments: photos.takePart(record, of: list)
    case .geometries: features.takeGeometry(record)
    case _ where GeoJSONFeatures.isFeature(record): features.take(record)
    case _ where timeline.takeSegment(record): break
    case _ where GoogleActivity.take(record, facts): break
    default:
      accounts.take(record, of: list)
      others.take(record)
    }
  }

  mutating func takeHead(_ head: JSONValue) {
    if hasDeviceSettings || head[.gaiaID] != nil { GoogleSettings.takeHead(head, facts) }
    if photos.takeHead(head) { return }
    if features.takeHead(head) { return }
    accounts.take(head, of: .other)
    others.take(head)
  }

  mutating func takeSurplus(_ position: JSONTape.Position) { features.takeSurplus(position) }

  mutating func finish() {
    features.finish()
    others.finish()
    facts.finish()
  }
}

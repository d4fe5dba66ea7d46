internal import UntrailModel

/// Corners of maps.
///
///     /VP [ << /Measure << /Subtype /GEO /GPTS [ 48.2 16.3 48.3 16.3 48.3 16.4 48.2 16.4 ] >> >> ]
///     /LGIDict << /Projection << /ProjectionType /GEOGRAPHIC >> /Registration [ [ x y east north ] ... ] >>
///
/// Source: ISO 32000-2:2020, section 12.10; OGC 08-139r3, PDF Geo-registration Encoding Best Practice (2011).
enum PDFGeography {
  private static let most = 16

  static func observe(_ page: PDFDictionary, _ session: inout PDFSession, into result: inout ReadResult) {
    for viewport in session.array(page["VP"]).prefix(most) {
      guard let measure = session.dictionary(session.dictionary(viewport)?["Measure"]),
        session.value(measure["Subtype"])?.name == "GEO"
      else { continue }
      let numbers = session.array(measure["GPTS"]).prefix(2 * most).map { number($0, session) }
      for index in stride(from: 0, to: numbers.count - 1, by: 2) {
        add(numbers[index], numbers[index + 1], "PDF:GPTS", at: measure.place, &session, into: &result)
      }
    }
    let frames = session.value(page["LGIDict"])
    for frame in frames?.array ?? [frames ?? .null] {
      if let frame = session.dictionary(frame) { observe(frame: frame, &session, into: &result) }
    }
  }

  /// Only where the map counts in degrees itself.
  private static func observe(
    frame: PDFDictionary, _ session: inout PDFSession, into result: inout ReadResult
  ) {
    guard let projection = session.dictionary(frame["Projection"]),
      session.text(projection["ProjectionType"])?.text.uppercased() == "GEOGRAPHIC"
    else { return }
    for point in session.array(frame["Registration"]).prefix(most) {
      let numbers = session.array(point).prefix(4).map { number($0, session) }
      guard numbers.count == 4 else { continue }
      add(numbers[3], numbers[2], "PDF:Registration", at: frame.place, &session, into: &result)
    }
    let matrix = session.array(frame["CTM"]).prefix(6).compactMap { number($0, session) }
    let line = session.array(frame["Neatline"]).prefix(2 * most).compactMap { number($0, session) }
    guard matrix.count == 6 else { return }
    for index in stride(from: 0, to: line.count - 1, by: 2) {
      let (x, y) = (line[index], line[index + 1])
      let east = matrix[0] * x + matrix[2] * y + matrix[4]
      let north = matrix[1] * x + matrix[3] * y + matrix[5]
      add(north, east, "PDF:Neatline", at: frame.place, &session, into: &result)
    }
  }

  /// A number, which some writers put into a string.
  private static func number(_ object: PDFObject, _ session: PDFSession) -> Double? {
    session.value(object)?.number ?? session.text(object).flatMap { GeoText.number($0.text[...]) }
  }

  private static func add(
    _ north: Double?, _ east: Double?, _ field: String, at place: Int?, _ session: inout PDFSession,
    into result: inout ReadResult
  ) {
    guard let north, let east,
      let coordinate = CheckedPlace.coordinate(north, east, at: place, into: &result)
    else { return }
    session.add(.area, .location(Location(coordinate: coordinate)), field, at: place, into: &result)
  }
}

package import UntrailBytes
package import UntrailModel

/// The exact positions in the files of a run as KML. Writes no position unless the report is exact.
///
/// A Placemark for each position, file by file. The Document's data say what the report is; the Folder `summary`, the
/// last feature, how many files there were.
///
/// Source: OGC KML 2.2 (07-147r2); the part that is used stands in Tests/Schemas/kml.xsd.
package struct ScanKMLWriter: ReportWriter {
  private let redactor: Redactor
  private var rules: [Rule] = []
  private var placemarkCount = 0

  package init(redactor: Redactor) { self.redactor = redactor }

  package mutating func begin(_ header: RunHeader, into buffer: ByteBuffer) {
    rules = header.rules
    buffer.append("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n")
    buffer.append("<kml xmlns=\"http://www.opengis.net/kml/2.2\"><Document><name>untrail</name>\n")
    data(RunFacts.header(header), into: buffer)
  }

  package mutating func add(_ file: JudgedFile, into buffer: ByteBuffer) {
    guard redactor.isExact else { return }
    let artifact = file.examination.artifact
    let path = TerminalText.escaped(artifact.path) + TerminalText.way(artifact.member)
    for spot in MapPositions.spots(file, rules) {
      placemarkCount += 1
      buffer.append(utf8: "<Placemark><name>\(MarkupEscape.escaped(path))</name>")
      if let time = spot.time {
        if let end = spot.end {
          buffer.append(utf8: "<TimeSpan><begin>\(time)</begin><end>\(end)</end></TimeSpan>")
        } else {
          buffer.append(utf8: "<TimeStamp><when>\(time)</when></TimeStamp>")
        }
      }
      buffer.append("\n")
      let facts = [
        ("kind", spot.observation.kind.name), ("role", spot.observation.role.name),
        ("rules", spot.rules.joined(separator: " ")),
      ]
      data(facts, into: buffer)
      geometry(spot, into: buffer)
      buffer.append("</Placemark>\n")
    }
  }

  package mutating func end(_ summary: RunSummary, into buffer: ByteBuffer) {
    buffer.append("<Folder><name>summary</name>\n")
    data(RunFacts.trailer(summary) + [("placemarks", String(placemarkCount))], into: buffer)
    buffer.append("</Folder>\n</Document></kml>\n")
  }

  private func geometry(_ spot: MapPositions.Spot, into buffer: ByteBuffer) {
    let pieces = MapPositions.pieces(spot.line).filter { $0.count > 1 }
    if pieces.isEmpty, let coordinate = spot.line.first {
      buffer.append("<Point>")
      if spot.altitude != nil { buffer.append("<altitudeMode>absolute</altitudeMode>") }
      buffer.append("<coordinates>")
      position(coordinate, altitude: spot.altitude, into: buffer)
      return buffer.append("</coordinates></Point>\n")
    }
    if pieces.count > 1 { buffer.append("<MultiGeometry>") }
    for piece in pieces {
      buffer.append("<LineString><coordinates>")
      for (place, coordinate) in piece.enumerated() {
        if place > 0 { buffer.append(" ") }
        position(coordinate, altitude: nil, into: buffer)
      }
      buffer.append("</coordinates></LineString>\n")
    }
    if pieces.count > 1 { buffer.append("</MultiGeometry>\n") }
  }

  private func position(_ coordinate: Coordinate, altitude: Double?, into buffer: ByteBuffer) {
    buffer.append(coordinate.longitude, decimals: 9)
    buffer.append(",")
    buffer.append(coordinate.latitude, decimals: 9)
    if let altitude {
      buffer.append(",")
      buffer.append(altitude, decimals: 3)
    }
  }

  private func data(_ facts: [(name: String, value: String)], into buffer: ByteBuffer) {
    buffer.append("<ExtendedData>")
    for (name, value) in facts {
      buffer.append(
        utf8: "<Data name=\"\(name)\"><value>\(MarkupEscape.untrusted(value))</value></Data>")
    }
    buffer.append("</ExtendedData>\n")
  }
}

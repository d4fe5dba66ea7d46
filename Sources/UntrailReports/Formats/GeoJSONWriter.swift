package import UntrailBytes
package import UntrailModel

/// The exact positions in the files of a run, for programs that draw maps. Writes no position unless the report is exact.
///
/// A FeatureCollection whose features come file by file; `untrail` says what the report is, and `summary`, the last
/// key, how many files and features there were. Both are foreign members.
///
/// Source: RFC 7946.
package struct ScanGeoJSONWriter: ReportWriter {
  private let redactor: Redactor
  private let encoding: RecordEncoding
  private var rules: [Rule] = []
  private var featureCount = 0

  package init(redactor: Redactor) {
    self.redactor = redactor
    encoding = RecordEncoding(redactor: redactor)
  }

  package mutating func begin(_ header: RunHeader, into buffer: ByteBuffer) {
    rules = header.rules
    buffer.append("{\"type\":\"FeatureCollection\",\"untrail\":{\"tool\":{\"name\":\"untrail\",\"version\":")
    buffer.json(header.toolVersion)
    buffer.append("},\"privacy\":")
    buffer.json(header.privacy.name)
    encoding.editions(header, into: buffer)
    buffer.append("},\"features\":[")
  }

  package mutating func add(_ file: JudgedFile, into buffer: ByteBuffer) {
    guard redactor.isExact else { return }
    for spot in MapPositions.spots(file, rules) {
      buffer.append(featureCount == 0 ? "\n" : ",\n")
      featureCount += 1
      buffer.append("{\"type\":\"Feature\",\"geometry\":{\"type\":")
      geometry(spot, into: buffer)
      buffer.append("},\"properties\":{")
      buffer.path(file.examination.artifact.path, first: true)
      if !file.examination.artifact.member.isEmpty {
        buffer.key("member")
        encoding.list(file.examination.artifact.member, into: buffer) { buffer.json($0) }
      }
      buffer.key("kind")
      buffer.json(spot.observation.kind.name)
      buffer.key("role")
      buffer.json(spot.observation.role.name)
      for (name, time) in [("time", spot.time), ("end", spot.end)] as [(StaticString, String?)] {
        guard let time else { continue }
        buffer.key(name)
        buffer.json(time)
      }
      buffer.key("rules")
      encoding.list(spot.rules, into: buffer) { buffer.json($0) }
      buffer.append("}}")
    }
  }

  package mutating func end(_ summary: RunSummary, into buffer: ByteBuffer) {
    buffer.append("\n],\"summary\":{\"features\":")
    buffer.append(featureCount)
    encoding.summary(summary, withFindings: true, into: buffer)
    buffer.append("}}\n")
  }

  /// The type and the coordinates: a place is a Point, a track a LineString or, across 180 degrees, a MultiLineString.
  private func geometry(_ spot: MapPositions.Spot, into buffer: ByteBuffer) {
    let pieces = MapPositions.pieces(spot.line).filter { $0.count > 1 }
    if pieces.isEmpty, let coordinate = spot.line.first {
      buffer.append("\"Point\",\"coordinates\":")
      position(coordinate, altitude: spot.altitude, into: buffer)
    } else if pieces.count == 1 {
      buffer.append("\"LineString\",\"coordinates\":")
      encoding.list(pieces[0], into: buffer) { position($0, altitude: nil, into: buffer) }
    } else {
      buffer.append("\"MultiLineString\",\"coordinates\":")
      encoding.list(pieces, into: buffer) { piece in
        encoding.list(piece, into: buffer) { position($0, altitude: nil, into: buffer) }
      }
    }
  }

  private func position(_ coordinate: Coordinate, altitude: Double?, into buffer: ByteBuffer) {
    buffer.append("[")
    buffer.append(coordinate.longitude, decimals: 9)
    buffer.append(",")
    buffer.append(coordinate.latitude, decimals: 9)
    if let altitude {
      buffer.append(",")
      buffer.append(altitude, decimals: 3)
    }
    buffer.append("]")
  }
}

internal import UntrailBytes
internal import UntrailModel

/// The files of OziExplorer, and those of the Geolife data that look like them.
///
///     OziExplorer Track Point File Version 2.1 | Geolife trajectory
///     datum, unit, and other lines                 six lines in all
///     latitude,longitude,break,feet,days,date,time
///
///     OziExplorer Waypoint File Version 1.1        four lines in all
///     number,name,latitude,longitude,days,symbol,status,display,fore,back,description,...
///
///     OziExplorer Route File Version 1.0           four lines in all
///     R,route,name,description,colour
///     W,route,place,number,name,latitude,longitude,days,symbol,status,display,fore,back,description
///
/// Days count from 1899-12-30, in UTC; 0 is no time.
///
/// Source: OziExplorer, "File Formats"; Y. Zheng et al., "GeoLife User Guide" 1.3 (Microsoft Research, 2012).
struct PLTReader: MetadataReader {
  var name: String { "OziExplorer" }
  var mediaTypes: [String] { ["text/x-oziexplorer"] }
  var channels: String { "tracks, waypoints and routes with names and times" }

  func read(
    _ source: ByteSource, into result: inout ReadResult, with tools: ReaderTools
  ) throws(ParseError) {
    var lines = TextLines(source, tools.limits)
    guard let title = try lines.next() else { return }
    var facts = PLTFacts(title.text, tools.limits)
    defer { facts.finish(&result) }
    var number = 1
    while let line = try lines.next() {
      number += 1
      facts.add(line, number: number, isLast: line.offset + line.bytes.count >= source.count, &result)
    }
  }
}

private struct PLTFacts {
  private enum Kind {
    case track
    case waypoints
    case route
  }

  private let kind: Kind
  private let prefix: String
  private var track: TrackRecorder
  private var trackPlace: Int?
  private var distinct: DistinctFacts

  init(_ title: String, _ limits: Limits) {
    let title = title.lowercased()
    kind = title.holds("waypoint") ? .waypoints : title.holds("route") ? .route : .track
    prefix = title.holds("geolife") ? "Geolife" : "Ozi"
    track = TrackRecorder(limits)
    distinct = DistinctFacts(limits)
  }

  mutating func add(_ line: TextLine, number: Int, isLast: Bool, _ result: inout ReadResult) {
    let fields = line.bytes.split(separator: UInt8(ascii: ","), omittingEmptySubsequences: false).map {
      field in
      let core = field.drop { $0 <= 0x20 }
      return core.lastIndex { $0 > 0x20 }.map { core[...$0] } ?? []
    }
    func text(_ index: Int) -> String {
      // A comma in a text stands as the character 209.
      let field = fields.indices.contains(index) ? fields[index].map { $0 == 209 ? 0x2C : $0 } : []
      return ExifText.ascii(field) ?? ""
    }
    func place(_ index: Int) -> Int {
      line.offset + (fields[index].first == nil ? 0 : fields[index].startIndex)
    }
    func coordinate(_ index: Int) -> Coordinate? {
      guard fields.count > index + 1, !(isLast && fields.count == index + 2),
        let latitude = WrittenNumber.read(fields[index]),
        let longitude = WrittenNumber.read(fields[index + 1])
      else { return nil }
      return CheckedPlace.coordinate(latitude, longitude, at: place(index), into: &result)
    }
    switch kind {
    case .track:
      if number == 5, fields.count >= 4, prefix == "Ozi", !text(3).isEmpty {
        distinct.add(.title, .text(text(3)), "Ozi:TrackDescription", at: place(3), into: &result)
      }
      guard number > 6, let coordinate = coordinate(0) else { return }
      if trackPlace == nil { trackPlace = line.offset }
      track.add(coordinate, time: fields.count > 4 ? Self.time(fields[4]) : nil)
    case .waypoints:
      guard number > 4, let coordinate = coordinate(2) else { return }
      var location = Location(coordinate: coordinate)
      location.time = Self.time(fields.count > 4 ? fields[4] : []).map {
        Timestamp(civilSeconds: $0, utcOffsetMinutes: 0)
      }
      distinct.add(.waypoint, .location(location), "Ozi:Waypoint", at: place(2), into: &result)
      addName(text(1), text(10), at: fields.count > 1 ? place(1) : line.offset, &result)
    case .route:
      if fields.first?.first == UInt8(ascii: "R"), !text(2).isEmpty {
        distinct.add(.title, .text(text(2)), "Ozi:RouteName", at: place(2), into: &result)
      }
      guard number > 4, fields.first?.first == UInt8(ascii: "W"), let coordinate = coordinate(5) else {
        return
      }
      if trackPlace == nil { trackPlace = line.offset }
      track.add(coordinate, time: nil)
      addName(text(4), text(13), at: place(4), &result)
    }
  }

  private mutating func addName(
    _ name: String, _ description: String, at offset: Int, _ result: inout ReadResult
  ) {
    if !name.isEmpty { distinct.add(.waypoint, .place(name), "Ozi:Name", at: offset, into: &result) }
    if !description.isEmpty, description != name {
      distinct.add(.description, .text(description), "Ozi:Description", at: offset, into: &result)
    }
  }

  mutating func finish(_ result: inout ReadResult) {
    guard let track = track.track() else { return }
    result.add(
      kind == .route ? .planned : .recorded, .track(track), prefix + (kind == .route ? ":Route" : ":Track"),
      at: trackPlace)
  }

  /// Seconds since 1970 of days since 1899-12-30, from 1980 to 2100; nil for others.
  private static func time(_ field: ArraySlice<UInt8>) -> Int64? {
    guard let days = WrittenNumber.read(field), days >= 29_221, days < 73_051 else { return nil }
    return Int64(((days - 25_569) * 86_400).rounded())
  }
}

internal import UntrailBytes
internal import UntrailModel

/// GeoTIFF: where on Earth a raster stands.
///
///     8482 ModelTiepoint              per point: column, row, 0 of the raster; longitude, latitude, height
///     85D8 ModelTransformation        4 by 4 numbers; the fourth of the first two rows is where the raster begins
///     87AF GeoKeyDirectory            version, revision, minor revision, number of keys;
///                                     per key: number, where its value stands (0: here), count, value
///       0400 GTModelType              2: longitude and latitude
///       0800 GeographicType           10E6: WGS 84
///       0806 GeogAngularUnits         238E: degrees
///
/// Only longitude and latitude on WGS 84 in degrees are places here; other systems are said to be there.
///
/// Source: OGC 19-008r4, GeoTIFF Standard 1.1, annexes B and C.
enum GeoTIFF {
  private static let tiepoints: UInt16 = 0x8482
  private static let transformation: UInt16 = 0x85D8
  private static let keyDirectory: UInt16 = 0x87AF
  /// More points say no more of where the raster is.
  private static let pointLimit = 4

  static func isWanted(_ tag: UInt16) -> Bool {
    tag == tiepoints || tag == transformation || tag == keyDirectory
  }

  /// Adds the places that a directory states.
  static func observe(
    _ entries: [ImageFileDirectoryReader.Entry], _ reader: ImageFileDirectoryReader,
    into result: inout ReadResult
  ) {
    guard let keys = entries.first(where: { $0.tag == keyDirectory }),
      let place = entries.first(where: { $0.tag != keyDirectory })
    else { return }
    guard isDegreesOnWGS84(keys, reader) else {
      return result.notRead(
        "geotiff-not-read",
        "the raster's place on Earth is there, in a coordinate system that this version does not read",
        at: reader.view.start + place.offset)
    }
    if place.tag == transformation {
      guard place.count >= 12 else { return }
      observe(place, longitude: 3, latitude: 7, "EXIF:ModelTransform", reader, into: &result)
    } else {
      for point in 0..<min(place.count / 6, pointLimit) {
        observe(
          place, longitude: 6 * point + 3, latitude: 6 * point + 4, "EXIF:ModelTiePoint", reader,
          into: &result)
      }
    }
  }

  private static func observe(
    _ entry: ImageFileDirectoryReader.Entry, longitude: Int, latitude: Int, _ field: String,
    _ reader: ImageFileDirectoryReader, into result: inout ReadResult
  ) {
    let offset = reader.fileOffset(entry).map { $0 + 8 * longitude }
    guard let east = reader.number(entry, longitude), let north = reader.number(entry, latitude) else {
      return result.doubt("position-malformed", "\(field): the numbers of the position are none", at: offset)
    }
    switch Coordinate.flaw(latitude: north, longitude: east) {
    case .notFinite:
      result.doubt("position-malformed", "\(field): the numbers of the position are none", at: offset)
    case .outOfRange:
      result.doubt(
        "position-out-of-range", "\(field): there is no such latitude or longitude on Earth", at: offset)
    case .nullIsland:
      result.doubt("null-island", "\(field): 0, 0: what is written where there is no position", at: offset)
    case nil:
      guard let coordinate = Coordinate(latitude: north, longitude: east) else { return }
      result.add(.area, .location(Location(coordinate: coordinate)), field, at: offset)
    }
  }

  private static func isDegreesOnWGS84(
    _ keys: ImageFileDirectoryReader.Entry, _ reader: ImageFileDirectoryReader
  ) -> Bool {
    var model: Int?
    var system: Int?
    var unit: Int?
    // 0 ... 3 are the head; there are about sixty keys.
    for index in 1..<max(1, min(keys.count / 4, 128)) where reader.integer(keys, 4 * index + 1) == 0 {
      let value = reader.integer(keys, 4 * index + 3)
      switch reader.integer(keys, 4 * index) {
      case 0x0400: model = value
      case 0x0800: system = value
      case 0x0806: unit = value
      default: break
      }
    }
    return model == 2 && system == 4326 && (unit ?? 9102) == 9102
  }
}

internal import UntrailModel

/// The values of the GPS directory, and what they say: channel A1.
///
/// Source: CIPA DC-008-2023, section 4.6.6, table 15.
struct GPSValues {
  private var values: [ExifValue?] = Array(repeating: nil, count: Int(GPSTag.last) + 1)
  private var isEmpty = true

  init() {}

  mutating func note(_ value: ExifValue) {
    guard value.count > 0, value.tag <= GPSTag.last else { return }
    values[Int(value.tag)] = value
    isEmpty = false
  }

  private func value(_ tag: UInt16) -> ExifValue? { values[Int(tag)] }

  /// - Parameter original: the picture's own time, to tell the zone from the gap between the two.
  func observe(_ places: EntryPlaces, original: Timestamp?, into result: inout ReadResult) {
    guard !isEmpty else { return }
    let time = observeTime(places, into: &result)
    observePosition(time, places, into: &result)
    observeDestination(places, into: &result)
    observeTexts(places, into: &result)
    if let time, let original, let minutes = ExifTime.derivedOffset(local: original, utc: time) {
      result.add(
        .derived, .utcOffset(minutes), "EXIF:GPSTimeStamp", at: places.offset(GPSTag.timeStamp, in: .gps))
    }
  }

  // MARK: Position

  private enum Position {
    case none
    case place(Coordinate)
    case doubt(String, String)
    /// The hemisphere is missing: four places are meant.
    case ambiguous(latitude: Double, longitude: Double)
  }

  private func observePosition(
    _ time: Timestamp?, _ places: EntryPlaces, into result: inout ReadResult
  ) {
    let offset = places.offset(GPSTag.latitude, in: .gps)
    switch position(GPSTag.latitude, GPSTag.latitudeRef, GPSTag.longitude, GPSTag.longitudeRef) {
    case .none:
      break
    case .doubt(let code, let message):
      result.doubt(code, "EXIF:GPSLatitude: " + message, at: offset)
    case .ambiguous(let latitude, let longitude):
      observeAmbiguous(latitude, longitude, "EXIF:GPSLatitude", at: offset, into: &result)
    case .place(let coordinate):
      var location = Location(coordinate: coordinate)
      location.time = time
      location.altitude = altitude
      location.accuracy = value(GPSTag.horizontalPositioningError)?.number()
        .flatMap { (0.001...40_000_000).contains($0) ? $0 : nil }
      location.speed = speed
      location.course = angle(GPSTag.track)
      location.direction = angle(GPSTag.imgDirection)
      result.add(.camera, .location(location), "EXIF:GPSLatitude", at: offset)
    }
  }

  private func observeDestination(_ places: EntryPlaces, into result: inout ReadResult) {
    let offset = places.offset(GPSTag.destLatitude, in: .gps)
    let position = position(
      GPSTag.destLatitude, GPSTag.destLatitudeRef, GPSTag.destLongitude, GPSTag.destLongitudeRef)
    switch position {
    case .none:
      break
    case .doubt(let code, let message):
      result.doubt(code, "EXIF:GPSDestLatitude: " + message, at: offset)
    case .ambiguous(let latitude, let longitude):
      observeAmbiguous(latitude, longitude, "EXIF:GPSDestLatitude", at: offset, into: &result)
    case .place(let coordinate):
      var location = Location(coordinate: coordinate)
      location.course = angle(GPSTag.destBearing)
      result.add(.destination, .location(location), "EXIF:GPSDestLatitude", at: offset)
    }
  }

  private func observeAmbiguous(
    _ latitude: Double, _ longitude: Double, _ field: String, at offset: Int?, into result: inout ReadResult
  ) {
    result.doubt(
      "hemisphere-missing", "\(field): a position without its hemisphere could be one of four places",
      at: offset)
    result.add(
      .ambiguousPosition, .place("\(latitude), \(longitude) (hemisphere not given)"), field, at: offset)
  }

  private func position(
    _ latitudeTag: UInt16, _ latitudeRef: UInt16, _ longitudeTag: UInt16, _ longitudeRef: UInt16
  ) -> Position {
    guard let latitudeValue = value(latitudeTag), let longitudeValue = value(longitudeTag) else {
      return value(latitudeTag) == nil && value(longitudeTag) == nil
        ? .none : .doubt("position-incomplete", "one half of a position is missing")
    }
    guard let latitude = degrees(latitudeValue), let longitude = degrees(longitudeValue) else {
      return .doubt("position-malformed", "the numbers of the position are none")
    }
    let north = sign(value(latitudeRef), negative: "S", positive: "N")
    let east = sign(value(longitudeRef), negative: "W", positive: "E")
    switch Coordinate.flaw(latitude: latitude, longitude: longitude) {
    case .notFinite: return .doubt("position-malformed", "the numbers of the position are none")
    case .outOfRange:
      return .doubt("position-out-of-range", "there is no such latitude or longitude on Earth")
    case .nullIsland: return .doubt("null-island", "0, 0: what a device writes that has no position")
    case nil: break
    }
    // A negative number says its hemisphere itself.
    guard let north = latitude < 0 ? 1 : north, let east = longitude < 0 ? 1 : east else {
      return .ambiguous(latitude: latitude, longitude: longitude)
    }
    guard let coordinate = Coordinate(latitude: latitude * north, longitude: longitude * east) else {
      return .none
    }
    return .place(coordinate)
  }

  private func sign(_ value: ExifValue?, negative: Unicode.Scalar, positive: Unicode.Scalar) -> Double? {
    switch value?.letter {
    case UInt8(ascii: negative): -1
    case UInt8(ascii: positive): 1
    default: nil
    }
  }

  /// Degrees, minutes and seconds, of which the later ones may be missing or 0/0.
  private func degrees(_ value: ExifValue) -> Double? {
    guard value.count <= 3, let whole = value.number(0) else { return nil }
    guard value.count > 1 else { return whole }
    guard let minutes = value.number(1, zeroOverZero: 0) else { return nil }
    guard value.count > 2 else { return whole + minutes / 60 }
    guard let seconds = value.number(2, zeroOverZero: 0) else { return nil }
    return whole + minutes / 60 + seconds / 3600
  }

  private var altitude: Double? {
    guard let metres = value(GPSTag.altitude)?.number(), abs(metres) < 1_000_000 else {
      return nil
    }
    // 1 and 3 say below; some writers put the digit as text.
    let reference = value(GPSTag.altitudeRef)?.bytes.first ?? 0
    let isBelow = [1, 3, UInt8(ascii: "1"), UInt8(ascii: "3")].contains(reference)
    return isBelow ? -abs(metres) : metres
  }

  private var speed: Double? {
    // Faster than anything that carries a camera is a slip of the device.
    guard let stated = value(GPSTag.speed)?.number(), (0...40_000).contains(stated) else { return nil }
    return switch value(GPSTag.speedRef)?.letter {
    case UInt8(ascii: "M"): stated * 0.44704
    case UInt8(ascii: "N"): stated * 1852 / 3600
    default: stated / 3.6
    }
  }

  private func angle(_ tag: UInt16) -> Double? {
    value(tag)?.number().flatMap { (0...360).contains($0) ? $0 : nil }
  }

  // MARK: Time and texts

  private func observeTime(_ places: EntryPlaces, into result: inout ReadResult) -> Timestamp? {
    guard let day = value(GPSTag.dateStamp) else { return nil }
    let offset = places.offset(GPSTag.dateStamp, in: .gps)
    guard case .time(var timestamp) = ExifTime.dateTime(day.bytes) else {
      if case .malformed = ExifTime.dateTime(day.bytes) {
        result.doubt("time-malformed", "EXIF:GPSDateStamp is not a date", at: offset)
      }
      return nil
    }
    timestamp.civilSeconds = timestamp.civilDay * 86_400
    timestamp.precision = .day
    timestamp.subseconds = ""
    timestamp.utcOffsetMinutes = 0
    if let clock = value(GPSTag.timeStamp), let hours = clock.number(0), let minutes = clock.number(1),
      let seconds = clock.number(2, zeroOverZero: 0), (0..<24).contains(hours),
      (0..<60).contains(minutes),
      (0..<61).contains(seconds)
    {
      let total = hours * 3600 + minutes * 60 + seconds
      timestamp.civilSeconds += Int64(total)
      timestamp.precision = .second
      let thousandths = Int(((total - total.rounded(.down)) * 1000).rounded(.down))
      if thousandths > 0 {
        timestamp.subseconds = String(String(1000 + thousandths).dropFirst())
      }
    }
    result.add(
      .gps, .timestamp(timestamp),
      timestamp.precision == .day ? "EXIF:GPSDateStamp" : "EXIF:GPSTimeStamp",
      at: timestamp.precision == .day ? offset : places.offset(GPSTag.timeStamp, in: .gps))
    return timestamp
  }

  private func observeTexts(_ places: EntryPlaces, into result: inout ReadResult) {
    if let method = value(GPSTag.processingMethod),
      let text = ExifText.withCharacterSet(method.bytes, isLittleEndian: method.isLittleEndian)
    {
      result.add(
        .positioningMethod, .text(text), "EXIF:GPSProcessingMethod",
        at: places.offset(GPSTag.processingMethod, in: .gps))
    }
    if let area = value(GPSTag.areaInformation),
      let text = ExifText.withCharacterSet(area.bytes, isLittleEndian: area.isLittleEndian)
    {
      result.add(
        .area, .place(text), "EXIF:GPSAreaInformation",
        at: places.offset(GPSTag.areaInformation, in: .gps))
    }
    if let datum = value(GPSTag.mapDatum), let text = ExifText.ascii(datum.bytes) {
      let offset = places.offset(GPSTag.mapDatum, in: .gps)
      result.add(.geodeticDatum, .text(text), "EXIF:GPSMapDatum", at: offset)
      if !text.uppercased().holds("84") {
        result.doubt(
          "other-datum",
          "the position is stated in another geodetic system than WGS 84; it may be some hundred metres off",
          at: offset)
      }
    }
  }
}

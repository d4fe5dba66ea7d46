internal import UntrailModel

extension PictureNotes {
  /// Adds the position of the camera; none where the receiver said that it had no fix.
  func observePosition(into result: inout ReadResult) {
    guard let latitude = degrees(0xB2, negative: "S", 0xB1),
      let longitude = degrees(0xB6, negative: "W", 0xB5)
    else { return }
    // "V": what is there is an older fix, or none.
    if value(0xBE)?.first == UInt8(ascii: "V") {
      return result.doubtOnce("position-void", "the receiver had no fix", at: place)
    }
    guard let coordinate = CheckedPlace.coordinate(latitude, longitude, at: place, into: &result) else {
      return
    }
    var location = Location(coordinate: coordinate)
    if let metres = ratio(0xBA) {
      let isBelow = value(0xB9).map { $0.contains { $0 != 0 } } ?? false
      location.altitude = isBelow ? -metres : metres
    }
    location.time = positionTime
    if let direction = ratio(0xC6), direction <= 360 { location.direction = direction }
    result.add(.camera, .location(location), "H264:GPSLatitude", at: place)
    if let time = location.time { result.add(.gps, .timestamp(time), "H264:GPSDateTime", at: place) }
    if let datum = value(0xC7).flatMap({ ExifText.ascii($0 + (value(0xC8) ?? [])) }),
      let text = MakerNoteText.readable(datum)
    {
      result.add(.geodeticDatum, .text(text), "H264:GPSMapDatum", at: place)
    }
  }

  /// Two numbers of 16 bits.
  private func ratio(_ tag: UInt8) -> Double? {
    guard let bytes = value(tag) else { return nil }
    let lower = Int(bytes[2]) << 8 | Int(bytes[3])
    return lower == 0 ? nil : Double(Int(bytes[0]) << 8 | Int(bytes[1])) / Double(lower)
  }

  /// Degrees, minutes and seconds in three tags, and the letter of the hemisphere in another.
  private func degrees(_ first: UInt8, negative letter: Unicode.Scalar, _ hemisphere: UInt8) -> Double? {
    guard let whole = ratio(first), let sign = value(hemisphere)?.first,
      "NSEW".utf8.contains(sign)
    else { return nil }
    let degrees = whole + (ratio(first + 1) ?? 0) / 60 + (ratio(first + 2) ?? 0) / 3600
    return sign == UInt8(ascii: letter) ? -degrees : degrees
  }

  /// Hours, minutes and seconds in UTC, with the day "YYYY:MM:DD" in three tags.
  private var positionTime: Timestamp? {
    guard let day = value(0xCA), let middle = value(0xCB), let end = value(0xCC),
      let text = ExifText.ascii(day + middle + end), let date = WrittenTime.read(text),
      let hours = ratio(0xBB), let minutes = ratio(0xBC), let seconds = ratio(0xBD), hours < 24, minutes < 60,
      seconds < 61
    else { return nil }
    var time = Timestamp(
      civilSeconds: date.civilDay * 86_400 + Int64(hours) * 3600 + Int64(minutes) * 60 + Int64(seconds))
    time.utcOffsetMinutes = 0
    return time
  }
}

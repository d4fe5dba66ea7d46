internal import UntrailModel

/// The position of a camcorder, from the parts that stand in elements of their own.
struct ClipPosition {
  private var latitude: WrittenCoordinate.Reading?
  private var longitude: WrittenCoordinate.Reading?
  private var altitude: Double?
  private var hemispheres: [Character] = []
  private var isVoid = false
  private var day: String?
  private var time: String?
  private var place: Int?

  mutating func take(_ name: String, _ text: String, _ offset: Int?) {
    switch name {
    case "Latitude":
      latitude = WrittenCoordinate.read(text.utf8)
      place = offset
    case "Longitude": longitude = WrittenCoordinate.read(text.utf8)
    case "LatitudeRef", "LongitudeRef": if let letter = text.first { hemispheres.append(letter) }
    case "Altitude": altitude = WrittenNumber.read(text.utf8)
    case "Status": isVoid = text.uppercased() == "V"
    case "DateStamp": day = text
    case "TimeStamp": time = text
    default: break
    }
  }

  func observe(into result: inout ReadResult) {
    guard let latitude, let longitude else { return }
    if isVoid { return result.doubtOnce("position-void", "the receiver had no fix", at: place) }
    let south = hemispheres.contains("S")
    let west = hemispheres.contains("W")
    guard
      let coordinate = CheckedPlace.coordinate(
        south ? -abs(latitude.degrees) : latitude.degrees, west ? -abs(longitude.degrees) : longitude.degrees,
        at: place, into: &result)
    else { return }
    var location = Location(coordinate: coordinate)
    location.altitude = altitude
    if let day, let time, var fix = WrittenTime.read(day + " " + time.prefix(8)), fix.precision != .day {
      fix.utcOffsetMinutes = 0
      location.time = fix
      result.add(.gps, .timestamp(fix), "XML:GPSDateTime", at: place)
    }
    result.add(.camera, .location(location), "XML:Latitude", at: place)
  }
}

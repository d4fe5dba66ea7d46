internal import UntrailBytes
internal import UntrailModel

/// What recorders of film sound write as XML: project, scene, notes, the recorder, where it was.
///
///     <BWFXML> <PROJECT> <SCENE> <TAKE> <TAPE> <NOTE> <FILE_UID> <UBITS>
///       <SPEED> <TIMESTAMP_...>   <HISTORY> <ORIGINAL_FILENAME> <PARENT_UID>
///       <FILE_SET> <FAMILY_UID>   <TRACK_LIST> <TRACK> <NAME>
///       <BEXT> <BWF_ORIGINATOR> ...   <USER> AUDIO_RECORDER_MODEL, ..._SERIAL_NUMBER, free text
///       <LOCATION> <LOCATION_NAME> <LOCATION_GPS> <LOCATION_ALTITUDE>
///       <ASWG> sound designers' tags
///
/// Source: the iXML specification, revision 2.10 (gallery.co.uk/ixml).
enum ProductionMarkup {
  static func decode(_ body: ByteView, into result: inout ReadResult, _ limits: Limits) {
    var facts = FactSet(limit: limits.observations)
    for element in MarkupElements.read(body, into: &result, limits) where !element.text.isEmpty {
      observe(element, &facts, into: &result)
    }
  }

  private static func observe(
    _ element: MarkupElement, _ facts: inout FactSet, into result: inout ReadResult
  ) {
    let (text, place) = (element.text, element.offset)
    func add(_ role: Role, _ fact: Observation.Fact) {
      facts.add(role, fact, "XML:" + element.name, at: place, into: &result)
    }
    switch element.name.uppercased() {
    case "PROJECT", "EDITOR_PROJECT": add(.title, .text(text))
    case "SCENE", "TAPE", "TAKE", "EVENT": add(.label, .text(text))
    case "NOTE", "NOTES", "USER": add(.comment, .text(text))
    case "NAME" where element.isInside("TRACK"): add(.label, .text(text))
    case "FILE_UID": add(.contentIdentifier, .link(text))
    case "FAMILY_UID", "FAMILY_NAME": add(.mediaGroup, .link(text))
    case "PARENT_UID": add(.derivedFrom, .link(text))
    case "ORIGINAL_FILENAME", "CURRENT_FILENAME", "PARENT_FILENAME":
      add(.originalFileName, .link(text))
    case "LOCATION_NAME": add(.landmark, .place(text))
    case "LOCATION_GPS": addPlace(text, place, into: &result)
    case "BWF_DESCRIPTION": add(.description, .text(text))
    case "BWF_ORIGINATOR_REFERENCE": add(.contentIdentifier, .link(text))
    case "BWF_UMID" where text.contains { $0 != "0" }: add(.contentIdentifier, .link(text))
    case "BWF_ORIGINATOR", "AUDIO_RECORDER_MODEL", "RECORDER_MODEL", "DEVICE":
      add(.recorder, .device(Device(model: text)))
    case "AUDIO_RECORDER_SERIAL_NUMBER", "RECORDER_SERIAL_NUMBER", "SERIAL_NUMBER", "SERIALNUMBER":
      if let serial = MakerNoteText.serial(text) { add(.body, .serial(serial)) }
    case "AUDIO_RECORDER_FIRMWARE", "FIRMWARE", "FIRMWARE_VERSION": add(.firmware, .software(text))
    case "BWF_ORIGINATION_DATE", "ORIGINATION_DATE", "DATE", "CREATIONDATE":
      if let time = WrittenTime.read(text) { add(.original, .timestamp(time)) }
    case "BWF_CODING_HISTORY": add(.history, .text(text))
    case "DIRECTOR", "PRODUCER", "SOUND_MIXER_NAME", "PRODUCTION_SOUND_MIXER", "RECORDINGENGINEER",
      "RECENGINEER", "CREATORID", "COMPOSER", "ARTIST", "MIXER", "EDITOR":
      add(.creator, .person(text))
    case "RECSTUDIO", "RECORDINGLOC", "PRODUCTION_NAME": add(.landmark, .place(text))
    default: break
    }
  }

  /// Two numbers; the second is the longitude.
  private static func addPlace(_ text: String, _ place: Int?, into result: inout ReadResult) {
    guard let pair = WrittenCoordinate.pair(text, isLongitudeFirst: false) ?? plainPair(text) else {
      return result.doubt("position-malformed", "XML:LOCATION_GPS is no position", at: place)
    }
    guard
      let coordinate = CheckedPlace.coordinate(pair.latitude, pair.longitude, at: place, into: &result)
    else { return }
    result.add(.camera, .location(Location(coordinate: coordinate)), "XML:LOCATION_GPS", at: place)
  }

  /// Two numbers of any number of decimals: the element says what they are.
  private static func plainPair(_ text: String) -> (latitude: Double, longitude: Double)? {
    let parts = text.prefix(80).split { $0 == "," || $0 == ";" || $0 == " " }
    guard parts.count == 2, let latitude = WrittenNumber.read(parts[0].utf8),
      let longitude = WrittenNumber.read(parts[1].utf8)
    else { return nil }
    return (latitude, longitude)
  }
}

internal import UntrailModel

/// A tag of a film or a sound by the name that programs give it, and what its value says.
struct MediaTag {
  private enum Meaning {
    case person(Role)
    case software(Role)
    case time(Role)
    case place(Role)
    case link(Role)
    case contact
    case text(Role)
    case make
    case model
    case serial
    case position
  }

  /// The name as the file has it.
  private let name: String
  private let meaning: Meaning?

  init(_ name: String) {
    self.name = name
    meaning = Self.meanings[name.lowercased()] ?? Self.meaning(of: name.lowercased())
  }

  /// Adds what a value says; nothing where the name is not known.
  func observe(
    _ text: String, group: String, at place: Int?, _ facts: inout FactSet, into result: inout ReadResult
  ) {
    guard let meaning, !text.isEmpty else { return }
    let field = "\(group):\(Self.field(name))"
    func add(_ role: Role, _ fact: Observation.Fact) {
      facts.add(role, fact, field, at: place, into: &result)
    }
    switch meaning {
    case .person(let role): add(role, .person(text))
    case .software(let role): add(role, .software(text))
    case .place(let role): add(role, .place(text))
    case .link(let role): add(role, .link(text))
    case .contact: add(ContactText.role(of: text), .contact(text))
    case .text(let role): add(role, .text(text))
    case .make: add(.camera, .device(Device(make: text)))
    case .model: add(.camera, .device(Device(model: text)))
    case .serial:
      if let serial = MakerNoteText.serial(text) { add(.body, .serial(serial)) }
    case .time(let role):
      // A year alone is no time of anybody.
      guard text.count > 4 else { return add(.label, .text(text)) }
      if let time = RIFFTime.read(text) { add(role, .timestamp(time)) }
    case .position: Self.addPosition(text, field, at: place, &facts, into: &result)
    }
  }

  /// A position as ISO 6709 has it; other texts are names of places.
  private static func addPosition(
    _ text: String, _ field: String, at place: Int?, _ facts: inout FactSet, into result: inout ReadResult
  ) {
    var pair = ISO6709.position(text)
    if pair == nil, let read = WrittenCoordinate.pair(text, isLongitudeFirst: false) {
      pair = (read.latitude, read.longitude, nil)
    }
    guard let pair else { return facts.add(.landmark, .place(text), field, at: place, into: &result) }
    guard let coordinate = CheckedPlace.coordinate(pair.latitude, pair.longitude, at: place, into: &result)
    else { return }
    var location = Location(coordinate: coordinate)
    location.altitude = pair.altitude
    facts.add(.camera, .location(location), field, at: place, into: &result)
  }

  /// The name in words that begin with a capital: DATE_RECORDED is DateRecorded.
  static func field(_ name: String) -> String {
    if let special = fields[name.uppercased()] { return special }
    let words = name.split { !($0.isASCII && ($0.isLetter || $0.isNumber)) }
    let isShouted = !name.contains { $0.isLowercase }
    return words.map { word in
      word.prefix(1).uppercased() + (isShouted ? word.dropFirst().lowercased() : String(word.dropFirst()))
    }.joined()
  }

  private static let fields = [
    "DATE_RECORDED": "DateTimeOriginal", "DATE_DIGITIZED": "CreateDate",
    "METADATADATE": "MetadataDate", "METADATACREATOR": "MetadataCreator", "CREATIONDATE": "CreateDate",
  ]

  /// Names that end like others: com.apple.quicktime.make, com.android.manufacturer.
  private static func meaning(of name: String) -> Meaning? {
    if name.hasSuffix("location.iso6709") || name.hasPrefix("location-") { return .position }
    guard name.hasPrefix("com.") || name.hasPrefix("wm/"),
      let cut = name.lastIndex(where: { $0 == "." || $0 == "/" })
    else { return nil }
    return meanings[String(name[name.index(after: cut)...])]
  }

  private static let meanings: [String: Meaning] = [
    "location": .position, "recording_location": .position, "composition_location": .place(.landmark),
    "location-eng": .position, "gps": .position, "country": .place(.country), "city": .place(.city),
    "make": .make, "manufacturer": .make, "camera_make": .make, "device_make": .make,
    "model": .model, "camera_model": .model, "device_model": .model, "device": .model,
    "serial": .serial, "serial_number": .serial, "serialnumber": .serial, "camera_serial_number": .serial,
    "software": .software(.processing), "version": .software(.firmware), "encoder": .software(.processing),
    "encoded_using": .software(.processing), "encodedusing": .software(.processing),
    "encodingsettings": .software(.processing), "encodersettings": .software(.processing),
    "encoder_settings": .software(.processing),
    "encoded_with": .software(.processing), "toolname": .software(.processing),
    "tool": .software(.processing), "creation_tool": .software(.processing),
    "_statistics_writing_app": .software(.processing), "handler_name": .software(.processing),
    "author": .person(.author), "artist": .person(.artist), "albumartist": .person(.artist),
    "album_artist": .person(.artist), "performer": .person(.artist), "lead_performer": .person(.artist),
    "composer": .person(.creator), "arranger": .person(.creator), "lyricist": .person(.creator),
    "conductor": .person(.creator), "director": .person(.creator), "assistant_director": .person(.creator),
    "director_of_photography": .person(.photographer), "sound_engineer": .person(.creator),
    "art_director": .person(.creator), "production_designer": .person(.creator),
    "choregrapher": .person(.creator), "costume_designer": .person(.creator), "actor": .person(.depicted),
    "accompaniment": .person(.artist), "written_by": .person(.author), "writer": .person(.author),
    "screenplay_by": .person(.author), "edited_by": .person(.editor), "producer": .person(.creator),
    "coproducer": .person(.creator), "executive_producer": .person(.creator),
    "distributed_by": .person(.publisher), "mastered_by": .person(.creator), "mixed_by": .person(.creator),
    "remixed_by": .person(.creator), "production_studio": .person(.publisher),
    "thanks_to": .person(.credit), "publisher": .person(.publisher), "label": .person(.publisher),
    "encoded_by": .person(.creator), "encodedby": .person(.creator), "provider": .person(.publisher),
    "purchase_owner": .person(.owner), "owner": .person(.owner), "userwebname": .person(.owner),
    "copyright": .person(.copyright), "production_copyright": .person(.copyright),
    "modifiedby": .person(.editor), "contentdistributor": .person(.publisher),
    "title": .text(.title), "subtitle": .text(.title), "album": .text(.title), "albumtitle": .text(.title),
    "description": .text(.description), "subtitledescription": .text(.description),
    "summary": .text(.description), "synopsis": .text(.description), "comment": .text(.comment),
    "comments": .text(.comment), "text": .text(.comment), "subject": .text(.subject),
    "keywords": .text(.keywords), "genre": .text(.category), "lyrics": .text(.comment),
    "category": .text(.category), "purchase_info": .text(.comment), "purchase_item": .text(.label),
    "date": .time(.created), "year": .time(.created), "creation_time": .time(.created),
    "creationdate": .time(.created), "createdate": .time(.created), "creation_date": .time(.created),
    "date_recorded": .time(.original), "date_digitized": .time(.digitized),
    "date_encoded": .time(.created), "date_tagged": .time(.metadata), "date_written": .time(.created),
    "date_purchased": .time(.created), "date_released": .time(.created), "recordingtime": .time(.original),
    "encodingtime": .time(.created), "originalreleasetime": .time(.created),
    "mediaoriginalbroadcastdatetime": .time(.created), "_statistics_writing_date_utc": .time(.created),
    "metadatadate": .time(.metadata), "datetimeoriginal": .time(.original),
    "metadatacreator": .software(.processing), "creator": .person(.creator),
    "uniquefileidentifier": .link(.contentIdentifier), "filename": .link(.originalFileName),
    "originalfilename": .link(.originalFileName), "mediaclassprimaryid": .link(.mediaGroup),
    "mediaclasssecondaryid": .link(.mediaGroup), "contentgroupid": .link(.mediaGroup),
    "url": .contact, "authorurl": .contact, "promotionurl": .contact, "audiofileurl": .contact,
    "audiosourceurl": .contact, "copyrighturl": .contact, "email": .contact, "phone": .contact,
    "address": .contact, "barcode": .text(.barcode), "stationname": .text(.label),
    "originalartist": .person(.artist), "originallyricist": .person(.creator),
    "content.identifier": .link(.contentIdentifier), "identifier": .link(.contentIdentifier),
  ]
}

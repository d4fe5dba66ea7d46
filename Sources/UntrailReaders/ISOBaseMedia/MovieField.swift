internal import UntrailModel

/// What a text of a film means.
struct MovieField {
  /// ExifTool's name for it.
  let name: String
  let meaning: Meaning

  enum Meaning {
    case place
    case make
    case model
    case time(Role)
    case software(Role)
    case person(Role)
    case serial(Role)
    case link(Role)
    case text(Role)
    case lens
    /// The name of a place.
    case landmark
    case url
    case accuracy
    case direction
    case course
    case placeTime
    case zone
    case account
    case system
  }

  init(_ name: String, _ meaning: Meaning) {
    self.name = name
    self.meaning = meaning
  }

  /// The field of a box in `udta` or `ilst`; the first letter may be a copyright sign or, from Ricoh, an @.
  static func of(_ type: FourCC) -> MovieField? {
    if let field = plain[type] { return field }
    guard [0xA9, 0x40].contains(type.value >> 24) else { return nil }
    return signed[FourCC(type.value & 0xFF_FFFF | 0x4000_0000)]
  }

  /// Boxes whose type begins with the sign.
  ///
  /// Source: Apple, QuickTime File Format, User Data Atoms; names as in ExifTool's QuickTime.pm.
  private static let signed: [FourCC: MovieField] = [
    "@xyz": MovieField("GPSCoordinates", .place), "@mak": MovieField("Make", .make),
    "@mod": MovieField("Model", .model), "@mdl": MovieField("Model", .model),
    "@swr": MovieField("SoftwareVersion", .software(.processing)),
    "@too": MovieField("Encoder", .software(.generator)), "@enc": MovieField("EncodedBy", .person(.creator)),
    "@day": MovieField("ContentCreateDate", .time(.original)), "@aut": MovieField("Author", .person(.author)),
    "@ART": MovieField("Artist", .person(.artist)), "@wrt": MovieField("Composer", .person(.artist)),
    "@com": MovieField("Composer", .person(.artist)), "@prf": MovieField("Performers", .person(.artist)),
    "@arg": MovieField("Arranger", .person(.artist)), "@con": MovieField("Conductor", .person(.artist)),
    "@sol": MovieField("Soloist", .person(.artist)), "@ope": MovieField("OriginalArtist", .person(.artist)),
    "@swf": MovieField("SongWriter", .person(.artist)), "@dir": MovieField("Director", .person(.creator)),
    "@prd": MovieField("Producer", .person(.creator)),
    "@xpd": MovieField("ExecutiveProducer", .person(.creator)),
    "@ard": MovieField("ArtDirector", .person(.creator)),
    "@sne": MovieField("SoundEngineer", .person(.creator)),
    "@cpy": MovieField("Copyright", .person(.copyright)),
    "@phg": MovieField("RecordingCopyright", .person(.copyright)),
    "@src": MovieField("SourceCredits", .person(.credit)),
    "@lab": MovieField("RecordLabelName", .person(.publisher)),
    "@nam": MovieField("Title", .text(.title)), "@cmt": MovieField("Comment", .text(.comment)),
    "@des": MovieField("Description", .text(.description)),
    "@inf": MovieField("Information", .text(.description)),
    "@fmt": MovieField("Format", .text(.label)), "@req": MovieField("Requirements", .text(.instructions)),
    "@grp": MovieField("Grouping", .text(.category)), "@gen": MovieField("Genre", .text(.category)),
    "@alb": MovieField("Album", .text(.event)), "@key": MovieField("Keywords", .text(.keywords)),
    "@snm": MovieField("Subtitle", .text(.subject)), "@st3": MovieField("Subtitle", .text(.subject)),
    "@lal": MovieField("RecordLabelURL", .url), "@mal": MovieField("MakerURL", .url),
    "@prl": MovieField("PerformerURL", .url), "@gyw": MovieField("CameraYaw", .direction),
    "@fyw": MovieField("Yaw", .course), "@ed1": MovieField("Edit1", .text(.history)),
    "@ed2": MovieField("Edit2", .text(.history)), "@ed3": MovieField("Edit3", .text(.history)),
    "@uid": MovieField("UserData_uid", .link(.imageUniqueID)),
  ]

  /// Source: 3GPP TS 26.244, section 8; QuickTime.pm.
  private static let plain: [FourCC: MovieField] = [
    "titl": MovieField("Title", .text(.title)), "auth": MovieField("Author", .person(.author)),
    "perf": MovieField("Performer", .person(.artist)), "gnre": MovieField("Genre", .text(.category)),
    "dscp": MovieField("Description", .text(.description)),
    "cprt": MovieField("Copyright", .person(.copyright)),
    "albm": MovieField("Album", .text(.event)), "coll": MovieField("CollectionName", .text(.category)),
    "rtng": MovieField("Rating", .text(.label)), "clsf": MovieField("Classification", .text(.category)),
    "aART": MovieField("AlbumArtist", .person(.artist)), "albr": MovieField("AlbumArtist", .person(.artist)),
    "desc": MovieField("Description", .text(.description)),
    "ldes": MovieField("LongDescription", .text(.description)),
    "sdes": MovieField("StoreDescription", .text(.description)),
    "catg": MovieField("Category", .text(.category)),
    "keyw": MovieField("Keyword", .text(.keywords)), "purd": MovieField("PurchaseDate", .time(.created)),
    "apID": MovieField("AppleStoreAccount", .account), "ownr": MovieField("Owner", .person(.owner)),
    "cnID": MovieField("AppleStoreCatalogID", .link(.documentID)),
    "xid ": MovieField("ISRC", .link(.documentID)),
    "egid": MovieField("EpisodeGlobalUniqueID", .link(.documentID)), "purl": MovieField("PodcastURL", .url),
    "soar": MovieField("SortArtist", .person(.artist)),
    "soaa": MovieField("SortAlbumArtist", .person(.artist)),
    "soco": MovieField("SortComposer", .person(.artist)), "tvsh": MovieField("TVShow", .text(.title)),
    "name": MovieField("Name", .text(.title)), "date": MovieField("DateTimeOriginal", .time(.original)),
    "manu": MovieField("Make", .make), "modl": MovieField("Model", .model),
    "cmnm": MovieField("Model", .model),
    "slno": MovieField("SerialNumber", .serial(.body)), "SNum": MovieField("SerialNumber", .serial(.body)),
    "cmid": MovieField("CameraID", .serial(.body)),
    "clfn": MovieField("ClipFileName", .link(.originalFileName)),
    "clid": MovieField("ClipID", .link(.documentID)), "reel": MovieField("ReelName", .text(.label)),
    "scen": MovieField("Scene", .text(.label)), "shot": MovieField("ShotName", .text(.label)),
    "vndr": MovieField("Vendor", .make), "cver": MovieField("CodeVersion", .software(.firmware)),
    "CNMN": MovieField("Model", .model), "CNFV": MovieField("FirmwareVersion", .software(.firmware)),
    "CNCV": MovieField("CompressorVersion", .software(.generator)),
    "FIRM": MovieField("FirmwareVersion", .software(.firmware)),
    "LENS": MovieField("LensSerialNumber", .serial(.lens)),
    "ccid": MovieField("ContentID", .link(.documentID)),
    "infu": MovieField("InfoURL", .url), "icnu": MovieField("IconURI", .url),
    "cvru": MovieField("CoverURI", .url),
  ]
}

extension MovieSession {
  /// Adds what a text says in a field.
  func observe(_ field: MovieField, _ text: String, at offset: Int?) {
    guard BoundedText.isPrintable(text), !text.isEmpty else { return }
    let name = "QuickTime:" + field.name
    switch field.meaning {
    case .place: addPlace(text, name, at: offset)
    case .make: addDevice(make: text, at: offset)
    case .model: addDevice(model: text, at: offset)
    case .time(let role): addTime(text, role, name, at: offset)
    case .software(let role): add(role, .software(text), name, at: offset)
    case .system: add(.processing, .software("Android " + text), name, at: offset)
    case .person(let role): add(role, .person(text), name, at: offset)
    case .serial(let role):
      if let serial = MakerNoteText.serial(text) { add(role, .serial(serial), name, at: offset) }
    case .link(let role): add(role, .link(text), name, at: offset)
    case .text(let role): add(role, .text(text), name, at: offset)
    case .lens: add(.lens, .device(Device(model: text)), name, at: offset)
    case .landmark: add(.landmark, .place(text), name, at: offset)
    case .url: add(.url, .contact(text), name, at: offset)
    case .account:
      add(.account, .person(text), name, at: offset)
      if ContactText.role(of: text) == .email { add(.email, .contact(text), name, at: offset) }
    case .accuracy: placeDetails.accuracy = Self.number(text).flatMap { $0 > 0 ? $0 : nil }
    case .direction: placeDetails.direction = Self.angle(text)
    case .course: placeDetails.course = Self.angle(text)
    case .placeTime: placeDetails.time = WrittenTime.read(text)
    case .zone:
      let minutes = Array(text.utf8).withUnsafeBufferPointer { ExifTime.offset($0) }
      if let minutes { add(.zone, .utcOffset(minutes), name, at: offset) }
    }
  }

  /// The number that a text begins with.
  private static func number(_ text: String) -> Double? {
    let digits = text.prefix { $0.isASCII && ($0.isNumber || "+-.".contains($0)) }
    guard digits.count < 24, let number = Double(digits), number.isFinite else { return nil }
    return number
  }

  /// Degrees from north, 0 to 360.
  private static func angle(_ text: String) -> Double? {
    guard let number = number(text), abs(number) <= 360 else { return nil }
    return number < 0 ? number + 360 : number
  }
}

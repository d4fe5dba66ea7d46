internal import UntrailModel

/// The names of metadata in `keys`, and those that anybody gives in a list of iTunes.
///
/// Source: Apple, QuickTime File Format, Metadata Keys; AVFoundation, AVMetadataIdentifiers; names as in ExifTool's
/// QuickTime.pm.
enum MetadataKey {
  /// The field of a key; nil where it says nothing of anybody.
  static func field(_ name: String) -> MovieField? {
    var name = name.lowercased()
    for prefix in ["mdta", "com.apple.quicktime.", "com.apple.photos."] where name.hasPrefix(prefix) {
      name.removeFirst(prefix.count)
    }
    if let field = known[name] { return field }
    // Other makers put the name of their own before the same words.
    var rest = Substring(name)
    while let dot = rest.firstIndex(of: ".") {
      rest = rest[rest.index(after: dot)...]
      if let field = known[String(rest)] { return field }
    }
    return byEnding.first { rest.hasSuffix($0.0) }?.1
  }

  private static let known: [String: MovieField] = [
    "location.iso6709": MovieField("GPSCoordinates", .place),
    "location.accuracy.horizontal": MovieField("LocationAccuracyHorizontal", .accuracy),
    "location.name": MovieField("LocationName", .landmark),
    "location.note": MovieField("LocationNote", .text(.description)),
    "location.date": MovieField("LocationDate", .placeTime),
    "location.body": MovieField("LocationBody", .text(.label)),
    "direction.facing": MovieField("CameraDirection", .direction),
    "direction.motion": MovieField("CameraMotion", .course),
    "creationdate": MovieField("CreationDate", .time(.original)), "make": MovieField("Make", .make),
    "manufacturer": MovieField("Make", .make), "model": MovieField("Model", .model),
    "marketname": MovieField("Model", .model), "software": MovieField("Software", .software(.processing)),
    "com.android.version": MovieField("AndroidVersion", .system),
    "content.identifier": MovieField("ContentIdentifier", .link(.contentIdentifier)),
    "camera.identifier": MovieField("CameraIdentifier", .text(.label)),
    "camera.lens_model": MovieField("LensModel", .lens), "lens.model": MovieField("LensModel", .lens),
    "lensmodel": MovieField("LensModel", .lens), "author": MovieField("Author", .person(.author)),
    "artist": MovieField("Artist", .person(.artist)), "director": MovieField("Director", .person(.creator)),
    "producer": MovieField("Producer", .person(.creator)),
    "publisher": MovieField("Publisher", .person(.publisher)),
    "copyright": MovieField("Copyright", .person(.copyright)), "title": MovieField("Title", .text(.title)),
    "displayname": MovieField("DisplayName", .text(.title)), "album": MovieField("Album", .text(.event)),
    "description": MovieField("Description", .text(.description)),
    "information": MovieField("Information", .text(.description)),
    "comment": MovieField("Comment", .text(.comment)),
    "keywords": MovieField("Keywords", .text(.keywords)), "genre": MovieField("Genre", .text(.category)),
    "collection.user": MovieField("UserCollection", .text(.category)),
    "encoded_with": MovieField("EncodedWith", .software(.generator)),
    "encoder": MovieField("Encoder", .software(.generator)),
    "originatingsignature": MovieField("OriginatingSignature", .link(.derivedFrom)),
    "finalcutstudio.media.uuid": MovieField("MediaUUID", .link(.documentID)),
    "clipid": MovieField("ClipID", .link(.documentID)),
    "originaldatetime": MovieField("DateTimeOriginal", .time(.original)),
    "utc_offset": MovieField("UTCOffset", .zone), "camera.serial": MovieField("SerialNumber", .serial(.body)),
    "{tiff}.make": MovieField("Make", .make), "{tiff}.model": MovieField("Model", .model),
    "{tiff}.software": MovieField("Software", .software(.processing)),
  ]

  private static let byEnding: [(String, MovieField)] = [
    ("lensserialnumber", MovieField("LensSerialNumber", .serial(.lens))),
    ("lens_serial_number", MovieField("LensSerialNumber", .serial(.lens))),
    ("serialnumber", MovieField("SerialNumber", .serial(.body))),
    ("serial_number", MovieField("SerialNumber", .serial(.body))),
    ("firmwareversion", MovieField("FirmwareVersion", .software(.firmware))),
    ("firmware_version", MovieField("FirmwareVersion", .software(.firmware))),
  ]

  /// The field of a name in a list of iTunes.
  static func freeForm(_ name: String) -> MovieField? {
    let word = name.lowercased().filter { $0.isLetter || $0.isNumber }
    if let field = words[word] { return field }
    return word.hasPrefix("musicbrainz") || word.hasPrefix("acoustid") || word.hasPrefix("itunescddb1")
      ? MovieField(name, .link(.documentID)) : known[name.lowercased()]
  }

  private static let words: [String: MovieField] = [
    "artists": MovieField("Artists", .person(.artist)),
    "performer": MovieField("Performer", .person(.artist)),
    "director": MovieField("Director", .person(.creator)),
    "producer": MovieField("Producer", .person(.creator)),
    "engineer": MovieField("SoundEngineer", .person(.creator)),
    "lyricist": MovieField("Lyricist", .person(.artist)),
    "arranger": MovieField("Arranger", .person(.artist)), "remixer": MovieField("Remixer", .person(.artist)),
    "label": MovieField("Label", .person(.publisher)),
    "publisher": MovieField("Publisher", .person(.publisher)),
    "encodedby": MovieField("EncodedBy", .person(.creator)),
    "encoder": MovieField("Encoder", .software(.generator)),
    "encodersettings": MovieField("EncoderSettings", .software(.generator)),
    "tool": MovieField("Encoder", .software(.generator)), "barcode": MovieField("Barcode", .text(.barcode)),
    "originaldate": MovieField("OriginalDate", .time(.created)),
    "isrc": MovieField("ISRC", .link(.documentID)),
    "source": MovieField("Source", .text(.label)), "notes": MovieField("Notes", .text(.comment)),
    "copyright": MovieField("Copyright", .person(.copyright)),
  ]
}

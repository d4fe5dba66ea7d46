internal import UntrailModel

/// What the value of a tag says, whatever the format it came in.
enum AudioMeaning: Equatable, Sendable {
  case person(Role)
  /// A person, or a program: as it reads.
  case encodedBy
  case software
  case time(Role)
  case place(Role)
  /// A place by its name or by its position, as it reads.
  case location
  case latitude
  case longitude
  case contact
  case url
  case link(Role)
  case text(Role)
  case make
  case model
  /// Says nothing of anybody: numbers of tracks, loudness, the kind of music.
  case technical
}

/// Meanings of tags that have names instead of codes: Vorbis comments, APE items, the user's own frames of ID3.
///
/// Source: Xiph.Org, Ogg Vorbis I format specification: comment field; Hydrogenaudio, APE key; MusicBrainz Picard,
/// Appendix B: tag mapping.
enum AudioNames {
  /// The meaning of a name, in any case and with any signs between its words; nil for a name that is not known.
  static func meaning(of name: String) -> AudioMeaning? {
    var key = ""
    for scalar in name.unicodeScalars.prefix(64) where scalar.properties.isAlphabetic || isDigit(scalar) {
      key.unicodeScalars.append(scalar)
    }
    key = key.uppercased()
    if let known = names[key] { return known }
    if technicalStarts.contains(where: { key.hasPrefix($0) })
      || technicalEnds.contains(where: { key.hasSuffix($0) })
    {
      return .technical
    }
    if key.hasPrefix("MUSICBRAINZ") || key.hasPrefix("ACOUSTID") || key.hasPrefix("ITUNESCDDB") {
      return .link(.documentID)
    }
    return nil
  }

  private static func isDigit(_ scalar: Unicode.Scalar) -> Bool {
    scalar.value >= 0x30 && scalar.value <= 0x39
  }

  private static let technicalStarts = [
    "REPLAYGAIN", "ITUNNORM", "ITUNSMPB", "ITUNPGAP", "ITUNESCDDBTRACK", "ITUNESADVISORY", "ITUNESMEDIA",
    "ITUNESGAPLESS", "ACCURATERIP", "CTDB", "MP3GAIN", "TRACK", "DISC", "DISK", "TOTAL", "COVERART", "RATING",
    "FMPS", "R128", "SERATO",
  ]

  private static let technicalEnds = [
    "SORT", "SORTORDER", "TOTAL", "GAIN", "PEAK", "ALBUMTYPE", "ALBUMSTATUS", "RELEASECOUNTRY",
    "ALBUMRELEASECOUNTRY",
  ]

  private static let names: [String: AudioMeaning] = [
    "ARTIST": .person(.artist), "ARTISTS": .person(.artist), "PERFORMER": .person(.artist),
    "ALBUMARTIST": .person(.artist), "BAND": .person(.artist), "ENSEMBLE": .person(.artist),
    "CONDUCTOR": .person(.artist), "ACTOR": .person(.artist), "SOLOIST": .person(.artist),
    "ORIGINALARTIST": .person(.artist), "NARRATOR": .person(.artist), "VOCALIST": .person(.artist),
    "COMPOSER": .person(.author), "LYRICIST": .person(.author), "WRITER": .person(.author),
    "AUTHOR": .person(.author), "SONGWRITER": .person(.author),
    "ENGINEER": .person(.creator), "PRODUCER": .person(.creator), "DIRECTOR": .person(.creator),
    "MIXER": .person(.creator), "ARRANGER": .person(.creator), "REMIXER": .person(.creator),
    "MIXARTIST": .person(.creator), "DJMIXER": .person(.creator), "CREATOR": .person(.creator),
    "RECORDIST": .person(.creator), "INTERVIEWER": .person(.creator), "REPORTER": .person(.creator),
    "INTERVIEWEE": .person(.depicted), "SPEAKER": .person(.depicted),
    "TAGGER": .person(.editor), "RIPPER": .person(.editor), "OWNER": .person(.owner),
    "COPYRIGHT": .person(.copyright), "LICENSE": .text(.instructions),
    "ORGANIZATION": .person(.publisher), "PUBLISHER": .person(.publisher), "LABEL": .person(.publisher),
    "ENCODER": .software, "ENCODEROPTIONS": .software, "ENCODEDUSING": .software,
    "ENCODERSETTINGS": .software,
    "ENCODING": .software, "ENCODINGAPPLICATION": .software, "ENCODINGTOOL": .software,
    "SOURCEENCODER": .software,
    "SOFTWARE": .software, "TOOL": .software, "TOOLNAME": .software, "TOOLVERSION": .software,
    "TAGGINGSOFTWARE": .software, "VENDOR": .software, "MEDIAJUKEBOXTOOLNAME": .software,
    "MEDIAJUKEBOXTOOLVERSION": .software, "PROGRAM": .software,
    "ENCODEDBY": .encodedBy, "RIPPEDBY": .encodedBy,
    "DATE": .time(.created), "RECORDINGDATE": .time(.original), "RECORDINGTIME": .time(.original),
    "RECORDDATE": .time(.original), "RECORDEDDATE": .time(.original), "RECORDED": .time(.original),
    "CREATIONTIME": .time(.created), "CREATIONDATE": .time(.created), "YEAR": .time(.created),
    "ORIGINALDATE": .time(.created), "RELEASEDATE": .time(.created), "RELEASETIME": .time(.created),
    "PURCHASEDATE": .time(.created), "ENCODINGTIME": .time(.digitized), "DIGITIZATIONDATE": .time(.digitized),
    "RIPDATE": .time(.digitized), "TAGGINGTIME": .time(.modified), "TAGGINGDATE": .time(.modified),
    "DATETIME": .time(.original), "DATETIMEORIGINAL": .time(.original), "TIMEOFDAY": .technical,
    "LASTPLAYED": .time(.lastUsed),
    "LOCATION": .location, "RECORDLOCATION": .location, "RECORDINGLOCATION": .location, "VENUE": .location,
    "GEOLOCATION": .location, "GEO": .location, "GPS": .location, "GPSCOORDINATES": .location,
    "COORDINATES": .location, "LOCATIONCOORDINATES": .location, "COMAPPLEQUICKTIMELOCATIONISO6709": .location,
    "LATITUDE": .latitude, "GEOLATITUDE": .latitude, "GPSLATITUDE": .latitude, "LAT": .latitude,
    "LONGITUDE": .longitude, "GEOLONGITUDE": .longitude, "GPSLONGITUDE": .longitude, "LON": .longitude,
    "CITY": .place(.city), "COUNTRY": .place(.country), "RECORDINGCOUNTRY": .place(.country),
    "CONTACT": .contact, "EMAIL": .contact, "PHONE": .contact, "ADDRESS": .contact,
    "URL": .url, "WEBSITE": .url, "WWW": .url, "RELATED": .url, "FILE": .url, "PURL": .url,
    "PODCASTURL": .url, "ARTISTURL": .url, "SOURCEURL": .url,
    "ISRC": .link(.documentID), "BARCODE": .link(.documentID), "CATALOGNUMBER": .link(.documentID),
    "CATALOG": .link(.documentID), "LABELNO": .link(.documentID), "EANUPN": .link(.documentID),
    "ISBN": .link(.documentID), "ASIN": .link(.documentID), "UPC": .link(.documentID),
    "CDDB": .link(.documentID), "DISCID": .link(.documentID), "UUID": .link(.documentID),
    "DISCOGSRELEASEID": .link(.documentID), "ORIGINALFILENAME": .link(.originalFileName),
    "FILENAME": .link(.originalFileName),
    "TITLE": .text(.title), "ALBUM": .text(.label), "SUBTITLE": .text(.title), "VERSION": .text(.title),
    "COMMENT": .text(.comment), "COMMENTS": .text(.comment), "DESCRIPTION": .text(.description),
    "SYNOPSIS": .text(.description), "NOTES": .text(.comment), "GROUPING": .text(.label),
    "CONTENTGROUP": .text(.label), "KEYWORDS": .text(.keywords), "PODCASTKEYWORDS": .text(.keywords),
    "MAKE": .make, "MODEL": .model,
    "GENRE": .technical, "BPM": .technical, "TEMPO": .technical, "KEY": .technical, "INITIALKEY": .technical,
    "MOOD": .technical, "LANGUAGE": .technical, "MEDIA": .technical, "SOURCEMEDIA": .technical,
    "COMPILATION": .technical, "MAJORBRAND": .technical, "MINORVERSION": .technical,
    "COMPATIBLEBRANDS": .technical, "PLAYCOUNT": .technical, "PART": .technical, "PARTNUMBER": .technical,
    "LYRICS": .technical, "UNSYNCEDLYRICS": .technical, "SCRIPT": .technical, "DURATION": .technical,
    "RELEASETYPE": .technical, "RELEASESTATUS": .technical, "RELEASECOUNTRY": .technical,
    "CUESHEET": .technical, "LENGTH": .technical, "CHANNELLAYOUT": .technical, "KEYSIGNATURE": .technical,
    "TIMESIGNATURE": .technical, "ORIGINALYEAR": .technical, "SERIES": .technical,
    "METADATABLOCKPICTURE": .technical,
    "PODCAST": .technical, "CDTOC": .technical, "MEDIATYPE": .technical, "STYLE": .technical,
    "MEDIAJUKEBOXDATE": .technical, "CATEGORY": .technical, "DUMMY": .technical,
    "WAVEFORMATEXTENSIBLECHANNELMASK": .technical,
  ]
}

internal import UntrailModel

/// What the frames of ID3 that are one text say, by their codes.
///
/// Source: M. Nilsson, ID3 tag version 2.3.0, section 4; version 2.4.0 - Native Frames, section 4; iTunes' own frames as
/// programs write them.
enum ID3Names {
  /// The name of a field and what it means; nil for a frame that is not known, or says nothing of anybody.
  static func meaning(of code: String) -> (name: String, meaning: AudioMeaning)? { frames[code] }

  private static let frames: [String: (name: String, meaning: AudioMeaning)] = [
    "TIT1": ("Grouping", .text(.label)), "TIT2": ("Title", .text(.title)),
    "TIT3": ("Subtitle", .text(.title)),
    "TALB": ("Album", .text(.label)), "TOAL": ("OriginalAlbum", .text(.label)),
    "GRP1": ("Grouping", .text(.label)), "TSST": ("SetSubtitle", .text(.title)),
    "TPE1": ("Artist", .person(.artist)), "TPE2": ("Band", .person(.artist)),
    "TPE3": ("Conductor", .person(.artist)), "TPE4": ("InterpretedBy", .person(.artist)),
    "TOPE": ("OriginalArtist", .person(.artist)), "TCOM": ("Composer", .person(.author)),
    "TEXT": ("Lyricist", .person(.author)), "TOLY": ("OriginalLyricist", .person(.author)),
    "TCOP": ("Copyright", .person(.copyright)), "TPRO": ("ProducedNotice", .person(.copyright)),
    "TPUB": ("Publisher", .person(.publisher)), "TOWN": ("FileOwner", .person(.owner)),
    "TRSN": ("InternetRadioStationName", .person(.publisher)),
    "TRSO": ("InternetRadioStationOwner", .person(.publisher)),
    "TENC": ("EncodedBy", .encodedBy), "TSSE": ("EncoderSettings", .software),
    "TDEN": ("EncodingTime", .time(.digitized)), "TDOR": ("OriginalReleaseTime", .time(.created)),
    "TDRC": ("RecordingTime", .time(.original)), "TDRL": ("ReleaseTime", .time(.created)),
    "TDTG": ("TaggingTime", .time(.modified)), "XDOR": ("OriginalReleaseTime", .time(.created)),
    "TRDA": ("RecordingDates", .time(.original)),
    "TOFN": ("OriginalFileName", .link(.originalFileName)), "TSRC": ("ISRC", .link(.documentID)),
    "TGID": ("PodcastID", .link(.documentID)), "TDES": ("PodcastDescription", .text(.description)),
    "TKWD": ("PodcastKeywords", .text(.keywords)),
    "WCOM": ("CommercialURL", .url), "WCOP": ("CopyrightURL", .url),
    "WOAF": ("FileURL", .url), "WOAR": ("ArtistURL", .url), "WOAS": ("SourceURL", .url),
    "WORS": ("InternetRadioStationURL", .url), "WPAY": ("PaymentURL", .url), "WPUB": ("PublisherURL", .url),
    "WFED": ("PodcastURL", .url),
  ]

  /// Version 3's codes for version 2's.
  static let ofVersion2: [String: String] = [
    "CNT": "PCNT", "COM": "COMM", "GEO": "GEOB", "IPL": "IPLS", "PIC": "PIC", "POP": "POPM", "TAL": "TALB",
    "TCM": "TCOM", "TCR": "TCOP", "TDA": "TDAT", "TEN": "TENC", "TIM": "TIME", "TOA": "TOPE", "TOF": "TOFN",
    "TOL": "TOLY", "TOT": "TOAL", "TP1": "TPE1", "TP2": "TPE2", "TP3": "TPE3", "TP4": "TPE4", "TPB": "TPUB",
    "TRC": "TSRC", "TRD": "TRDA", "TSS": "TSSE", "TT1": "TIT1", "TT2": "TIT2", "TT3": "TIT3", "TXT": "TEXT",
    "TXX": "TXXX", "TYE": "TYER", "UFI": "UFID", "ULT": "USLT", "WAF": "WOAF", "WAR": "WOAR", "WAS": "WOAS",
    "WCM": "WCOM", "WCP": "WCOP", "WPB": "WPUB", "WXX": "WXXX",
  ]
}

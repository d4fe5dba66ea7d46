internal import UntrailModel

/// What libmagic's answer is refined to where it stops short of what a reader needs to know.
enum Refinement {
  /// One content sniff: what libmagic must have said, what the bytes must look like, what it then is.
  private struct Sniff: Sendable {
    var name: String
    /// libmagic's answers that it refines.
    var answers: [String]
    var mediaType: String
    var matches: @Sendable (UnsafeRawBufferPointer) -> Bool
  }

  /// The first that matches wins.
  private static let sniffs: [Sniff] = [
    Sniff(
      name: "avif-brand", answers: ["application/octet-stream", "image/heif", "video/mp4"],
      mediaType: "image/avif", matches: { hasBrand($0, ["avif", "avis"]) }),
    Sniff(
      name: "heic-brand", answers: ["application/octet-stream", "image/heif", "video/mp4"],
      mediaType: "image/heic", matches: { hasBrand($0, ["heic", "heix", "heim", "heis"]) }),
    Sniff(
      name: "heif-brand", answers: ["application/octet-stream"],
      mediaType: "image/heif", matches: { hasBrand($0, ["mif1", "msf1", "mif2", "miaf"]) }),
    Sniff(
      name: "cr3-brand", answers: ["application/octet-stream"],
      mediaType: "image/x-canon-cr3", matches: { hasBrand($0, ["crx "]) }),
    Sniff(
      name: "quicktime-boxes", answers: ["application/octet-stream"],
      mediaType: "video/quicktime", matches: MovieSniff.isQuickTime),
    Sniff(
      name: "movie-boxes", answers: ["application/octet-stream"],
      mediaType: "video/mp4", matches: MovieSniff.isMovie),
    Sniff(
      name: "rw2-magic", answers: ["application/octet-stream"],
      mediaType: "image/x-panasonic-rw2", matches: { $0.starts(with: [0x49, 0x49, 0x55, 0x00]) }),
    Sniff(
      name: "mrw-magic", answers: ["application/octet-stream"],
      mediaType: "image/x-minolta-mrw", matches: { $0.starts(with: [0x00, 0x4D, 0x52, 0x4D]) }),
    Sniff(
      name: "kyocera-make", answers: ["application/octet-stream"],
      mediaType: "image/x-kyocera-raw",
      matches: { $0.count >= 0x9C && $0[0x19..<0x20].elementsEqual("ARECOYK".utf8) }),
    Sniff(
      name: "svg-element", answers: markup, mediaType: "image/svg+xml",
      matches: { startsAsMarkup($0, ["<svg "], not: ["<html", "<rdf:RDF"]) }),
    Sniff(
      name: "gpx-element", answers: markup + ["text/html"], mediaType: "application/gpx+xml",
      matches: { startsAsMarkup($0, ["<gpx", ":gpx "], not: ["<html", "<svg", "<kml"]) }),
    Sniff(
      name: "kml-element", answers: markup + ["text/html"], mediaType: "application/vnd.google-earth.kml+xml",
      matches: { startsAsMarkup($0, ["<kml", ":kml ", "<Placemark"], not: ["<html", "<svg", "<gpx"]) }),
    Sniff(
      name: "tcx-element", answers: markup + ["text/html"], mediaType: "application/vnd.garmin.tcx+xml",
      matches: {
        startsAsMarkup($0, ["<TrainingCenterDatabase", ":TrainingCenterDatabase "], not: ["<html"])
      }),
    Sniff(
      name: "health-document", answers: markup, mediaType: "application/x-apple-health",
      matches: { startsAsMarkup($0, ["<!DOCTYPE HealthData", "<HealthData"], not: ["<html"]) }),
    Sniff(
      name: "xmp-packet", answers: markup, mediaType: "application/rdf+xml",
      matches: {
        startsAsMarkup($0, ["<?xpacket ", ":xmpmeta ", ":xapmeta ", ":RDF", "<RDF "], not: ["<html"])
      }),
    Sniff(
      name: "psp-magic", answers: ["application/octet-stream"], mediaType: "image/x-paintshoppro",
      matches: { $0.starts(with: "Paint Shop Pro Image File".utf8) }),
    Sniff(
      name: "indesign-guid", answers: ["application/octet-stream"], mediaType: "application/x-indesign",
      matches: {
        $0.starts(with: [
          0x06, 0x06, 0xED, 0xF5, 0xD8, 0x1D, 0x46, 0xE5, 0xBD, 0x31, 0xEF, 0xE7, 0xFE, 0x74, 0xB7,
        ])
      }),
    Sniff(
      name: "mail-fields",
      answers: plainText + ["text/html", "message/news", "application/x-wine-extension-ini"],
      mediaType: "message/rfc822", matches: { MailSniff.isMessage($0) }),
    Sniff(
      name: "mailbox-line", answers: plainText + ["text/html", "message/rfc822"],
      mediaType: "application/mbox", matches: { MailSniff.isMailbox($0) }),
    Sniff(
      name: "apple-mail-length", answers: plainText + ["text/html", "message/rfc822"],
      mediaType: "message/x-emlx", matches: { MailSniff.isAppleMessage($0) }),
    Sniff(
      name: "passes-entry", answers: ["application/zip"], mediaType: "application/vnd.apple.pkpasses",
      matches: { PassSniff.isPasses($0) }),
    Sniff(
      name: "pass-entry", answers: ["application/zip", "application/octet-stream"],
      mediaType: "application/vnd.apple.pkpass", matches: { PassSniff.isPass($0) }),
    Sniff(
      name: "kmz-entry", answers: ["application/zip", "application/octet-stream"],
      mediaType: "application/vnd.google-earth.kmz", matches: { PassSniff.isMap($0) }),
    Sniff(
      name: "riff-sound", answers: ["application/octet-stream"], mediaType: "audio/x-wav",
      matches: { FilmSniffs.isRIFF($0, "WAVE") }),
    Sniff(
      name: "riff-film", answers: ["application/octet-stream"], mediaType: "video/x-msvideo",
      matches: { FilmSniffs.isRIFF($0, "AVI ") }),
    Sniff(
      name: "matroska-kind", answers: ["application/octet-stream"], mediaType: "video/x-matroska",
      matches: { FilmSniffs.isEBML($0, "matroska") }),
    Sniff(
      name: "webm-kind", answers: ["application/octet-stream"], mediaType: "video/webm",
      matches: { FilmSniffs.isEBML($0, "webm") }),
    Sniff(
      name: "transport-stream", answers: ["application/octet-stream"], mediaType: "video/MP2T",
      matches: { FilmSniffs.isTransportStream($0) }),
    Sniff(
      name: "moi-version", answers: ["application/octet-stream", "text/plain"],
      mediaType: "application/x-moi",
      matches: { FilmSniffs.isRecorderInformation($0) }),
    Sniff(
      name: "gopro-version", answers: ["application/json"] + plainText,
      mediaType: "application/x-gopro-version", matches: { FilmSniffs.isGoProVersion($0) }),
    Sniff(
      name: "clip-description", answers: markup, mediaType: "application/x-clip-description",
      matches: {
        startsAsMarkup($0, ["<NonRealTimeMeta", "<P2Main", "<ClipContent", "<XFClip"], not: ["<html"])
      }),
    Sniff(
      name: "open-xml-entry", answers: ["application/zip", "application/octet-stream"],
      mediaType: "application/x-ooxml", matches: { OfficeSniff.isOpenXML($0) }),
    Sniff(
      name: "open-document-entry", answers: ["application/zip", "application/octet-stream"],
      mediaType: "application/vnd.oasis.opendocument.text", matches: { OfficeSniff.isOpenDocument($0) }),
    Sniff(
      name: "open-document-element", answers: markup,
      mediaType: "application/vnd.oasis.opendocument.text-flat-xml",
      matches: { startsAsMarkup($0, ["<office:document "], not: ["<html"]) }),
    Sniff(
      name: "book-entry", answers: ["application/zip", "application/octet-stream"],
      mediaType: "application/epub+zip", matches: { OfficeSniff.isBook($0) }),
    Sniff(
      name: "compound-magic", answers: ["application/octet-stream"], mediaType: "application/x-ole-storage",
      matches: { OfficeSniff.isCompound($0) }),
    Sniff(
      name: "rich-text", answers: plainText, mediaType: "text/rtf", matches: { OfficeSniff.isRichText($0) }),
    Sniff(
      name: "pass-description", answers: ["application/json"] + plainText,
      mediaType: "application/x-apple-pass+json", matches: { PassSniff.isDescription($0) }),
    Sniff(
      name: "google-wallet", answers: ["application/json"] + plainText,
      mediaType: "application/x-google-wallet", matches: { PassSniff.isGoogleWallet($0) }),
    Sniff(
      name: "plist-binary", answers: ["application/octet-stream", "application/x-bplist"],
      mediaType: "application/x-plist", matches: { PropertyListSniff.isBinary($0) }),
    Sniff(
      name: "plist-element", answers: markup, mediaType: "application/x-plist",
      matches: { startsAsMarkup($0, ["<plist ", "<plist>", "<!DOCTYPE plist"], not: ["<html"]) }),
    Sniff(
      name: "plist-signed",
      answers: ["application/octet-stream", "application/pkcs7-mime", "application/pkcs7-signature"],
      mediaType: "application/x-apple-aspen-config", matches: { PropertyListSniff.isSigned($0) }),
    Sniff(
      name: "plist-written", answers: plainText, mediaType: "application/x-plist",
      matches: { PropertyListSniff.isWritten($0) }),
    Sniff(
      name: "android-wifi", answers: markup, mediaType: "application/x-android-wifi",
      matches: {
        startsAsMarkup(
          $0, ["<WifiConfigStoreData", "<WifiBackupData", "<WifiConfigStoreSoftAp", "<SoftApBackup"],
          not: ["<html"])
      }),
    Sniff(
      name: "windows-wlan", answers: markup, mediaType: "application/x-windows-wlan",
      matches: { startsAsMarkup($0, ["<WLANProfile "], not: ["<html"]) }),
    Sniff(
      name: "wpa-supplicant", answers: plainText, mediaType: "text/x-wpa-supplicant",
      matches: { NetworkSniff.isSupplicant($0) }),
    Sniff(
      name: "network-manager", answers: plainText, mediaType: "application/x-networkmanager",
      matches: { NetworkSniff.isNetworkManager($0) }),
    Sniff(
      name: "connman", answers: plainText, mediaType: "application/x-connman",
      matches: { NetworkSniff.isConnMan($0) }),
    Sniff(
      name: "iwd", answers: plainText, mediaType: "application/x-iwd", matches: { NetworkSniff.isIWD($0) }),
    Sniff(
      name: "netplan", answers: plainText, mediaType: "application/x-netplan",
      matches: { NetworkSniff.isNetplan($0) }),
    Sniff(
      name: "dhcp-leases", answers: plainText, mediaType: "text/x-dhcp-leases",
      matches: { NetworkSniff.isLeases($0) }),
    Sniff(
      name: "desktop-entry", answers: plainText, mediaType: "application/x-desktop",
      matches: { LeftoverSniffs.hasFirstSection($0, ["[Desktop Entry]"]) }),
    Sniff(
      name: "geojson-type", answers: ["application/json", "text/plain", "application/octet-stream"],
      mediaType: "application/geo+json", matches: { JSONSniff.isGeoJSON($0) }),
    Sniff(
      name: "google-activity-cells", answers: ["text/html"], mediaType: "application/x-google-activity",
      matches: { TakeoutSniff.isActivity($0) }),
    Sniff(
      name: "google-log-columns", answers: ["text/csv", "application/csv", "text/plain"],
      mediaType: "application/x-google-access-log", matches: { TakeoutSniff.isAccessLog($0) }),
    Sniff(
      name: "google-list-links", answers: ["text/csv", "application/csv", "text/plain"],
      mediaType: "application/x-google-saved-list", matches: { TakeoutSniff.isSavedList($0) }),
    Sniff(
      name: "apple-double", answers: ["application/octet-stream"], mediaType: "application/applefile",
      matches: { LeftoverSniffs.isAppleDouble($0) }),
    Sniff(
      name: "ds-store", answers: ["application/octet-stream"], mediaType: "application/x-apple-dsstore",
      matches: { LeftoverSniffs.isDesktopServicesStore($0) }),
    Sniff(
      name: "thumbs-db",
      answers: ["application/CDFV2", "application/x-ole-storage", "application/octet-stream"],
      mediaType: "application/x-ms-thumbs-db", matches: { LeftoverSniffs.isThumbnailDatabase($0) }),
    Sniff(
      name: "thumbcache", answers: ["application/octet-stream"], mediaType: "application/x-ms-thumbcache",
      matches: { LeftoverSniffs.isThumbnailCache($0) }),
    Sniff(
      name: "recycled", answers: ["application/octet-stream"], mediaType: "application/x-windows-recycled",
      matches: { LeftoverSniffs.isRecycled($0) }),
    Sniff(
      name: "editor-swap", answers: ["application/octet-stream"], mediaType: "application/x-vim-swap",
      matches: { LeftoverSniffs.isSwapFile($0) }),
    Sniff(
      name: "office-owner", answers: ["application/octet-stream", "text/plain"],
      mediaType: "application/x-ms-office-owner", matches: { LeftoverSniffs.isOwnerFile($0) }),
    Sniff(
      name: "office-lock", answers: ["text/plain", "text/csv", "application/csv"],
      mediaType: "text/x-libreoffice-lock", matches: { LeftoverSniffs.isOfficeLock($0) }),
    Sniff(
      name: "zone-identifier", answers: ["text/plain"], mediaType: "text/x-zone-identifier",
      matches: { LeftoverSniffs.hasFirstSection($0, ["[ZoneTransfer]"]) }),
    Sniff(
      name: "trash-info", answers: ["text/plain"], mediaType: "application/x-trash-info",
      matches: { LeftoverSniffs.hasFirstSection($0, ["[Trash Info]"]) }),
    Sniff(
      name: "desktop-ini", answers: ["text/plain", "application/octet-stream"],
      mediaType: "application/x-wine-extension-ini",
      matches: {
        LeftoverSniffs.hasFirstSection(
          $0, ["[.ShellClassInfo]", "[LocalizedFileNames]", "[DeleteOnCopy]", "[ViewState]"])
      }),
    Sniff(
      name: "picasa-ini", answers: ["text/plain"], mediaType: "text/x-picasa-ini",
      matches: { LeftoverSniffs.isPicasa($0) }),
    Sniff(
      name: "fit-magic", answers: ["application/octet-stream"], mediaType: "application/vnd.ant.fit",
      matches: { $0.count >= 12 && $0[0] >= 12 && $0[8..<12].elementsEqual(".FIT".utf8) }),
    Sniff(
      name: "mpeg-audio-frames", answers: ["application/octet-stream"], mediaType: "audio/mpeg",
      matches: { AudioSniff.isMPEG($0) }),
    Sniff(
      name: "caf-magic", answers: ["application/octet-stream"], mediaType: "audio/x-caf",
      matches: { AudioSniff.isCAF($0) }),
    Sniff(
      name: "wavpack-magic", answers: ["application/octet-stream"], mediaType: "audio/x-wavpack",
      matches: { AudioSniff.isWavPack($0) }),
    Sniff(
      name: "tta-magic", answers: ["application/octet-stream"], mediaType: "audio/x-tta",
      matches: { AudioSniff.isTTA($0) }),
    Sniff(
      name: "ogg-page", answers: ["application/octet-stream"], mediaType: "application/ogg",
      matches: { AudioSniff.isOgg($0) }),
    Sniff(
      name: "calendar-begin", answers: ["text/plain", "application/octet-stream"], mediaType: "text/calendar",
      matches: { CalendarSniff.isCalendar($0) }),
    Sniff(
      name: "contact-begin", answers: ["text/plain", "application/octet-stream"], mediaType: "text/vcard",
      matches: { CalendarSniff.isContact($0) }),
    Sniff(
      name: "calendar-in-json", answers: ["application/json", "text/plain", "application/octet-stream"],
      mediaType: "application/calendar+json", matches: { CalendarSniff.isJSON($0, ["vcalendar"]) }),
    Sniff(
      name: "contact-in-json", answers: ["application/json", "text/plain", "application/octet-stream"],
      mediaType: "application/vcard+json", matches: { CalendarSniff.isJSON($0, ["vcard"]) }),
    Sniff(
      name: "calendar-in-xml", answers: markup, mediaType: "application/calendar+xml",
      matches: { startsAsMarkup($0, ["<icalendar "], not: ["<html"]) }),
    Sniff(
      name: "contact-in-xml", answers: markup, mediaType: "application/vcard+xml",
      matches: { startsAsMarkup($0, ["<vcards "], not: ["<html"]) }),
    Sniff(
      name: "web-page", answers: markup, mediaType: "text/html", matches: { CalendarSniff.isPage($0) }),
    Sniff(
      name: "igc-records", answers: plainText, mediaType: "text/x-igc", matches: { TrackSniff.isIGC($0) }),
    Sniff(
      name: "nmea-sentences", answers: plainText, mediaType: "text/x-nmea-0183",
      matches: { TrackSniff.isNMEA($0) }),
    Sniff(
      name: "subtitles", answers: plainText, mediaType: "application/x-subrip",
      matches: { TrackSniff.isSubtitles($0) }),
    Sniff(
      name: "oziexplorer-title", answers: plainText, mediaType: "text/x-oziexplorer",
      matches: { TrackSniff.isOziExplorer($0) }),
    Sniff(
      name: "table-of-positions", answers: ["text/plain", "application/octet-stream"], mediaType: "text/csv",
      matches: { TrackSniff.isTable($0, delimiters: ",;|") }),
    Sniff(
      name: "table-with-tabs", answers: ["text/plain", "application/octet-stream"],
      mediaType: "text/tab-separated-values", matches: { TrackSniff.isTable($0, delimiters: "\t") }),
    Sniff(
      name: "whatsapp-messages", answers: ["text/plain", "application/octet-stream", "text/csv"],
      mediaType: "text/x-whatsapp-chat", matches: { ChatSniff.isWhatsApp($0) }),
    Sniff(
      name: "pdf-header", answers: ["text/plain", "application/octet-stream"], mediaType: "application/pdf",
      matches: { DocumentSniff.isPDF($0) }),
    Sniff(
      name: "write-ahead-log", answers: ["application/octet-stream"], mediaType: "application/x-sqlite-wal",
      matches: {
        $0.starts(with: [0x37, 0x7F, 0x06, 0x82, 0x00, 0x2D, 0xE2, 0x18])
          || $0.starts(with: [0x37, 0x7F, 0x06, 0x83, 0x00, 0x2D, 0xE2, 0x18])
      }),
    Sniff(
      name: "twitter-archive", answers: plainText + ["application/javascript", "text/javascript"],
      mediaType: "application/x-twitter-archive", matches: { $0.starts(with: "window.YTD.".utf8) }),
    Sniff(
      name: "flight-columns", answers: ["text/csv", "application/csv", "text/plain"],
      mediaType: "application/x-flight-table", matches: { TableSniff.isFlights($0) }),
    Sniff(
      name: "json-start", answers: ["text/plain", "application/octet-stream"],
      mediaType: "application/json", matches: { JSONSniff.isJSON($0) }),
    Sniff(
      name: "front-matter", answers: ["text/plain", "application/octet-stream"],
      mediaType: "text/x-front-matter",
      matches: { NoteSniff.hasFrontMatter($0) }),
    Sniff(
      name: "note-of-place", answers: ["text/plain"], mediaType: "text/x-note",
      matches: { NoteSniff.namesPlace($0) }),
  ]

  /// What libmagic says of markup: it knows few kinds of it, and takes text that is not whole for bytes.
  private static let markup = ["text/plain", "text/xml", "application/xml", "application/octet-stream"]

  /// What libmagic says of plain text: lines with commas are a table to it, and a stray byte makes text none.
  private static let plainText = [
    "text/plain", "text/csv", "application/csv", "application/x-subrip", "application/octet-stream",
  ]

  static func refine(_ answer: String, _ prefix: UnsafeRawBufferPointer) -> MediaType {
    for sniff in sniffs where sniff.mediaType != answer && sniff.answers.contains(answer) {
      if sniff.matches(prefix) {
        return MediaType(sniff.mediaType, magicName: answer, refinement: sniff.name)
      }
    }
    return MediaType(answer)
  }

  /// Whether the file's `ftyp` box names one of these brands, as its major one or among the compatible ones.
  ///
  /// Source: ISO/IEC 14496-12:2022, section 4.3.
  private static func hasBrand(_ prefix: UnsafeRawBufferPointer, _ brands: [String]) -> Bool {
    guard prefix.count >= 16, prefix[4..<8].elementsEqual("ftyp".utf8) else { return false }
    let size = Int(UInt32(bigEndian: prefix.loadUnaligned(as: UInt32.self)))
    var offset = 8
    while offset + 4 <= min(size, prefix.count) {
      let brand = prefix[offset..<(offset + 4)]
      if offset != 12, brands.contains(where: { brand.elementsEqual($0.utf8) }) { return true }
      offset += 4
    }
    return false
  }

  /// Whether the bytes are markup, in any encoding of Unicode, in which one of these words stands before every one
  /// of the others.
  private static func startsAsMarkup(
    _ prefix: UnsafeRawBufferPointer, _ words: [String], not others: [String]
  ) -> Bool {
    // Most files are none: told without a copy.
    let first = prefix.first {
      $0 > 0x20 && $0 != 0xEF && $0 != 0xBB && $0 != 0xBF && $0 != 0xFE && $0 != 0xFF
    }
    guard first == UInt8(ascii: "<") else { return false }
    var bytes = prefix.filter { $0 != 0 }[...]
    for mark in [[0xEF, 0xBB, 0xBF], [0xFF, 0xFE], [0xFE, 0xFF]] as [[UInt8]] where bytes.starts(with: mark) {
      bytes = bytes.dropFirst(mark.count)
    }
    bytes = bytes.drop { $0 == 0x20 || $0 >= 0x09 && $0 <= 0x0D }
    guard bytes.first == UInt8(ascii: "<") else { return false }
    return bytes.withUnsafeBytes { bytes in
      for start in bytes.indices where bytes[start] == UInt8(ascii: "<") || bytes[start] == UInt8(ascii: ":")
      {
        let rest = UnsafeRawBufferPointer(rebasing: bytes[start...])
        if words.contains(where: { starts(rest, with: $0) }) { return true }
        if others.contains(where: { starts(rest, with: $0) }) { return false }
      }
      return false
    }
  }

  private static func starts(_ bytes: UnsafeRawBufferPointer, with word: String) -> Bool {
    var word = word
    return word.withUTF8 { word in
      bytes.count >= word.count && word.indices.allSatisfy { bytes[$0] == word[$0] }
    }
  }
}

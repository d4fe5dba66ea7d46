extension Sniff {
  /// Sound by its first bytes, calendars, tracks and other texts: the least certain come last.
  static let texts: [Sniff] = [
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
      name: "calendar-in-xml", answers: markupAnswers, mediaType: "application/calendar+xml",
      matches: { startsAsMarkup($0, ["<icalendar "], not: ["<html"]) }),
    Sniff(
      name: "contact-in-xml", answers: markupAnswers, mediaType: "application/vcard+xml",
      matches: { startsAsMarkup($0, ["<vcards "], not: ["<html"]) }),
    Sniff(
      name: "web-page", answers: markupAnswers, mediaType: "text/html", matches: { CalendarSniff.isPage($0) }),
    Sniff(
      name: "igc-records", answers: textAnswers, mediaType: "text/x-igc", matches: { TrackSniff.isIGC($0) }),
    Sniff(
      name: "nmea-sentences", answers: textAnswers, mediaType: "text/x-nmea-0183",
      matches: { TrackSniff.isNMEA($0) }),
    Sniff(
      name: "subtitles", answers: textAnswers, mediaType: "application/x-subrip",
      matches: { TrackSniff.isSubtitles($0) }),
    Sniff(
      name: "oziexplorer-title", answers: textAnswers, mediaType: "text/x-oziexplorer",
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
      name: "twitter-archive", answers: textAnswers + ["application/javascript", "text/javascript"],
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
}

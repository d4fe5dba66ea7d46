extension Sniff {
  /// Mail, packages and office documents, and files of cameras.
  static let packages: [Sniff] = [
    Sniff(
      name: "mail-fields",
      answers: textAnswers + ["text/html", "message/news", "application/x-wine-extension-ini"],
      mediaType: "message/rfc822", matches: { MailSniff.isMessage($0) }),
    Sniff(
      name: "mailbox-line", answers: textAnswers + ["text/html", "message/rfc822"],
      mediaType: "application/mbox", matches: { MailSniff.isMailbox($0) }),
    Sniff(
      name: "apple-mail-length", answers: textAnswers + ["text/html", "message/rfc822"],
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
      name: "gopro-version", answers: ["application/json"] + textAnswers,
      mediaType: "application/x-gopro-version", matches: { FilmSniffs.isGoProVersion($0) }),
    Sniff(
      name: "clip-description", answers: markupAnswers, mediaType: "application/x-clip-description",
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
      name: "open-document-element", answers: markupAnswers,
      mediaType: "application/vnd.oasis.opendocument.text-flat-xml",
      matches: { startsAsMarkup($0, ["<office:document "], not: ["<html"]) }),
    Sniff(
      name: "book-entry", answers: ["application/zip", "application/octet-stream"],
      mediaType: "application/epub+zip", matches: { OfficeSniff.isBook($0) }),
    Sniff(
      name: "compound-magic", answers: ["application/octet-stream"], mediaType: "application/x-ole-storage",
      matches: { OfficeSniff.isCompound($0) }),
    Sniff(
      name: "rich-text", answers: textAnswers, mediaType: "text/rtf", matches: { OfficeSniff.isRichText($0) }),
  ]
}

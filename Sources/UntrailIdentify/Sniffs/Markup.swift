extension Sniff {
  /// Kinds of XML, and what begins with a word of its own.
  static let markup: [Sniff] = [
    Sniff(
      name: "svg-element", answers: markupAnswers, mediaType: "image/svg+xml",
      matches: { startsAsMarkup($0, ["<svg "], not: ["<html", "<rdf:RDF"]) }),
    Sniff(
      name: "gpx-element", answers: markupAnswers + ["text/html"], mediaType: "application/gpx+xml",
      matches: { startsAsMarkup($0, ["<gpx", ":gpx "], not: ["<html", "<svg", "<kml"]) }),
    Sniff(
      name: "kml-element", answers: markupAnswers + ["text/html"],
      mediaType: "application/vnd.google-earth.kml+xml",
      matches: { startsAsMarkup($0, ["<kml", ":kml ", "<Placemark"], not: ["<html", "<svg", "<gpx"]) }),
    Sniff(
      name: "tcx-element", answers: markupAnswers + ["text/html"],
      mediaType: "application/vnd.garmin.tcx+xml",
      matches: {
        startsAsMarkup($0, ["<TrainingCenterDatabase", ":TrainingCenterDatabase "], not: ["<html"])
      }),
    Sniff(
      name: "health-document", answers: markupAnswers, mediaType: "application/x-apple-health",
      matches: { startsAsMarkup($0, ["<!DOCTYPE HealthData", "<HealthData"], not: ["<html"]) }),
    Sniff(
      name: "xmp-packet", answers: markupAnswers, mediaType: "application/rdf+xml",
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
  ]
}

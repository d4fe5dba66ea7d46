extension Sniff {
  /// Pictures and films by their brands and first bytes.
  static let pictures: [Sniff] = [
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
  ]
}

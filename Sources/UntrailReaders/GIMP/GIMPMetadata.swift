internal import UntrailBytes
internal import UntrailModel

/// What GIMP remembers of a picture's EXIF, XMP and IPTC: a list of tags by exiv2's names.
///
///     <?xml version='1.0' encoding='UTF-8'?>
///     <metadata>
///       <tag name="Exif.GPSInfo.GPSLatitude">48/1 51/1 3013/100</tag>
///       <tag name="Iptc.Application2.City" encoding="base64">...</tag>
///     </metadata>
///
/// Source: GIMP, libgimpbase/gimpmetadata.c (gimp_metadata_serialize); exiv2, tag reference.
enum GIMPMetadata {
  static func decode(
    _ data: ByteView, into result: inout ReadResult, _ tools: ReaderTools
  ) throws(ParseError) {
    guard data.count <= tools.limits.structure else {
      throw ParseError(.limit, at: data.start, "a list of tags longer than \(tools.limits.structure) bytes")
    }
    let text = try data.withBytes(at: 0, count: data.count) { run throws(ParseError) in
      String(decoding: run, as: UTF8.self)
    }
    var properties = MagickProperties()
    var tagsLeft = min(tools.limits.entries, 10_000)
    for piece in text.split(separator: "<tag ").dropFirst() where tagsLeft > 0 {
      tagsLeft -= 1
      // Encoded values are those of several lines, and binary ones.
      guard let close = piece.firstIndex(of: ">"), let end = piece[close...].firstIndex(of: "<"),
        let name = attribute("name", of: piece[..<close]), !piece[..<close].holds("base64")
      else { continue }
      let value = unescaped(String(piece[piece.index(after: close)..<end].prefix(tools.limits.text)))
      guard !value.isEmpty else { continue }
      if let key = exifKey(name) {
        properties.note(key, key.hasPrefix("exif:gps") ? listed(value) : value, at: nil)
      } else if let (role, fact, field) = meaning(name) {
        result.add(role, fact(value), field, at: nil)
      }
    }
    properties.observe("GIMP", into: &result)
  }

  private static func attribute(_ name: String, of head: Substring) -> String? {
    let parts = head.split(separator: "\"", omittingEmptySubsequences: false)
    guard parts.count >= 2, parts[0].contains(name) else { return nil }
    return String(parts[1])
  }

  private static func unescaped(_ text: String) -> String {
    guard text.contains("&") else { return text }
    var result = ""
    var rest = text[...]
    while let ampersand = rest.firstIndex(of: "&") {
      result += rest[..<ampersand]
      rest = rest[ampersand...]
      let known = entities.first { rest.hasPrefix($0.name) }
      result += known?.text ?? "&"
      rest = rest.dropFirst(known?.name.count ?? 1)
    }
    return result + rest
  }

  private static let entities = [
    (name: "&lt;", text: "<"), (name: "&gt;", text: ">"), (name: "&quot;", text: "\""),
    (name: "&apos;", text: "'"), (name: "&amp;", text: "&"),
  ]

  /// "Exif.Photo.DateTimeOriginal" as `MagickProperties` has it.
  private static func exifKey(_ name: String) -> String? {
    let parts = name.split(separator: ".")
    guard parts.count == 3, parts[0] == "Exif", ["Image", "Photo", "GPSInfo"].contains(parts[1]) else {
      return nil
    }
    let key = "exif:" + parts[2].lowercased()
    return MagickProperties.isWanted(key) ? key : nil
  }

  /// Numbers with commas between them.
  private static func listed(_ value: String) -> String {
    value.split(separator: " ").joined(separator: ", ")
  }

  private typealias Meaning = (role: Role, fact: (String) -> Observation.Fact, field: String)

  private static func meaning(_ name: String) -> Meaning? {
    switch name {
    case "Xmp.dc.creator": (.creator, { .person($0) }, "XMP-dc:Creator")
    case "Xmp.dc.title": (.title, { .text($0) }, "XMP-dc:Title")
    case "Xmp.dc.description": (.description, { .text($0) }, "XMP-dc:Description")
    case "Xmp.dc.rights": (.copyright, { .person($0) }, "XMP-dc:Rights")
    case "Xmp.photoshop.City": (.city, { .place($0) }, "XMP-photoshop:City")
    case "Xmp.photoshop.State": (.state, { .place($0) }, "XMP-photoshop:State")
    case "Xmp.photoshop.Country": (.country, { .place($0) }, "XMP-photoshop:Country")
    case "Xmp.xmpMM.DocumentID": (.documentID, { .link($0) }, "XMP-xmpMM:DocumentID")
    case "Xmp.xmpMM.InstanceID": (.instanceID, { .link($0) }, "XMP-xmpMM:InstanceID")
    case "Xmp.xmpMM.OriginalDocumentID": (.originalDocumentID, { .link($0) }, "XMP-xmpMM:OriginalDocumentID")
    case "Iptc.Application2.City": (.city, { .place($0) }, "IPTC:City")
    case "Iptc.Application2.CountryName": (.country, { .place($0) }, "IPTC:Country-PrimaryLocationName")
    case "Iptc.Application2.Byline": (.artist, { .person($0) }, "IPTC:By-line")
    case "Iptc.Application2.Caption": (.description, { .text($0) }, "IPTC:Caption-Abstract")
    default: nil
    }
  }
}

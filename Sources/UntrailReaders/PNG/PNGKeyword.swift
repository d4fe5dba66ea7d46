internal import UntrailModel

/// The keywords of PNG text chunks: those of the specification, and those of writers that are common.
///
/// Source: W3C PNG specification (third edition), section 11.3.3.1; freedesktop.org, Thumbnail Managing Standard 0.9;
/// ImageMagick, "Image Properties"; ExifTool's PNG.pm.
enum PNGKeyword {
  enum Meaning: Sendable {
    /// One observation. The field has no group yet.
    case fact(String, Role, @Sendable (String) -> Observation.Fact)
    /// A written time.
    case time(String, Role)
    /// Seconds since 1970, UTC.
    case epoch(String, Role)
    case make
    case model
    case xmp
    /// A block of another standard, in hexadecimal digits.
    case profile(RawProfile.Kind)
    /// A document inside the picture.
    case hidden(String)
    /// A property of ImageMagick, of which several make a fact.
    case magick
    /// Technical, or repeated elsewhere.
    case nothing
    case unknown
  }

  static func meaning(_ keyword: String) -> Meaning {
    let key = keyword.lowercased()
    if let known = table[key] { return known }
    if key.hasPrefix("raw profile type ") {
      return RawProfile.Kind(name: key.dropFirst(17)).map { .profile($0) } ?? .nothing
    }
    if let colon = key.firstIndex(of: ":") {
      let group = key[..<colon]
      if group == "exif" { return MagickProperties.isWanted(key) ? .magick : .nothing }
      if technicalGroups.contains(String(group)) { return .nothing }
    }
    return .unknown
  }

  /// Groups of properties that describe the picture's coding, or repeat what its own blocks say.
  private static let technicalGroups: Set<String> = [
    "png", "jpeg", "icc", "tiff", "thumb", "pdf", "svg", "dng", "webp", "heic", "gif", "bmp", "image",
  ]

  private static func text(_ field: String, _ role: Role) -> Meaning {
    .fact(field, role) { .text($0) }
  }

  private static func person(_ field: String, _ role: Role) -> Meaning {
    .fact(field, role) { .person($0) }
  }

  private static func path(_ field: String) -> Meaning { .fact(field, .path) { .link($0) } }

  private static func url(_ field: String) -> Meaning { .fact(field, .url) { .contact($0) } }

  private static let table: [String: Meaning] = [
    // The specification's own
    "title": text("Title", .title),
    "author": person("Author", .author),
    "description": text("Description", .description),
    "copyright": person("Copyright", .copyright),
    "creation time": .time("CreationTime", .created),
    "software": .fact("Software", .processing) { .software($0) },
    "disclaimer": text("Disclaimer", .comment),
    "warning": text("PNGWarning", .comment),
    "source": text("Source", .comment),
    "comment": text("Comment", .comment),
    "collection": text("Collection", .comment),
    "xml:com.adobe.xmp": .xmp,
    // Common writers
    "artist": person("Artist", .artist),
    "creator": person("Creator", .creator),
    "owner": person("Owner", .owner),
    "document": text("Document", .documentName),
    "label": text("Label", .label),
    "caption": text("Caption", .description),
    "subject": text("Subject", .subject),
    "keywords": text("Keywords", .keywords),
    "headline": text("Headline", .headline),
    "make": .make,
    "model": .model,
    "url": url("URL"),
    "hostcomputer": .fact("HostComputer", .host) { .device(Device(hostName: $0)) },
    "create-date": .time("CreateDate", .created),
    "modify-date": .time("ModDate", .modified),
    "timestamp": .time("TimeStamp", .modified),
    "date:create": .time("Datecreate", .created),
    "date:modify": .time("Datemodify", .modified),
    "date:timestamp": .time("Datetimestamp", .metadata),
    "svg:base-uri": path("Svgbase-uri"),
    // Thumbnails in ~/.cache/thumbnails
    "thumb::uri": path("ThumbURI"),
    "thumb::mtime": .epoch("ThumbMTime", .modified),
    "thumb::document::author": person("ThumbDocumentAuthor", .author),
    "thumb::document::title": text("ThumbDocumentTitle", .title),
    // Drawings that are kept in the picture of them
    "mxfile": .hidden("PNG:Mxfile"),
    "mxgraphmodel": .hidden("PNG:MxGraphModel"),
    "application/vnd.excalidraw+json": .hidden("PNG:Excalidraw"),
    // What picture generators were asked for
    "parameters": text("Parameters", .description),
    "prompt": text("Prompt", .description),
    "negative_prompt": text("Negative_prompt", .description),
    "workflow": text("Workflow", .comment),
    "dream": text("Dream", .description),
    "sd-metadata": text("Sd-metadata", .comment),
    "invokeai_metadata": text("Invokeai_metadata", .comment),
    "invokeai_graph": text("Invokeai_graph", .comment),
    "generation_data": text("Generation_data", .comment),
    "generation time": .nothing,
    "aesthetic_score": .nothing,
  ]
}

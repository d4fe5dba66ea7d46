internal import UntrailBytes
internal import UntrailModel

/// SVG: the RDF of its metadata, and what drawing programs note beside the drawing.
///
///     <!-- Generator: ... -->
///     <svg sodipodi:docname="..." inkscape:export-filename="..." inkscape:version="...">
///       <title>...</title> <desc>...</desc>
///       <metadata> <rdf:RDF> ... </rdf:RDF> </metadata>
///       <image xlink:href="file:///..." sodipodi:absref="..."/>
///     </svg>
///
/// Source: W3C, Scalable Vector Graphics 1.1 (second edition), sections 5.4 and 21; Inkscape, sodipodi.dtd.
struct SVGReader: MetadataReader {
  var name: String { "SVG" }
  var mediaTypes: [String] { ["image/svg+xml"] }
  var channels: String { "RDF metadata, title and description, file names and paths, the program" }

  func read(
    _ source: ByteSource, into result: inout ReadResult, with tools: ReaderTools
  ) throws(ParseError) {
    let text = XMLText([ByteView(source, start: 0, count: source.count)], tools.limits)
    let handler = SVGHandler(text, tools.limits)
    let flaw = XMLStream.read(text, handler)
    for observation in handler.result.observations { result.observations.append(observation) }
    result.diagnostics += handler.result.diagnostics
    let packet = XMPPacket(
      properties: handler.rdf.properties, flaws: [text.flaw, flaw].compactMap { $0 })
    XMPObserver.observe(packet, into: &result, tools.limits)
    if let manifest = handler.manifest {
      EmbeddedBlocks.jumbf(
        ByteView(ByteSource(bytes: manifest, isJoined: true), start: 0, count: manifest.count), into: &result,
        tools)
    }
  }
}

/// Notes what SVG says outside of RDF, and hands the RDF on.
private final class SVGHandler: XMLHandler {
  private(set) var result = ReadResult()
  let rdf: RDFReader
  /// The bytes of a C2PA manifest.
  private(set) var manifest: [UInt8]?

  private let text: XMLText
  private let limits: Limits
  private var depth = 0
  /// Elements between rdf:RDF and here; 0 outside of it.
  private var depthInRDF = 0
  private var wanted: Wanted?
  private var value: [UInt8] = []

  private enum Wanted: Equatable {
    case title(Int)
    case description(Int)
    case manifest
  }

  init(_ text: XMLText, _ limits: Limits) {
    self.text = text
    self.limits = limits
    rdf = XMPPacket.reader(text, limits)
  }

  var isFull: Bool { rdf.isFull || result.observations.count > limits.observations }

  func start(_ element: XMLElement) {
    depth += 1
    if depthInRDF > 0 || XMPNamespace.prefix(element.name) == "rdf" && element.name.local == "RDF" {
      depthInRDF += 1
      return rdf.start(element)
    }
    value = []
    switch (element.name.local, depth) {
    // The drawing's own; those of its parts are names of shapes.
    case ("title", 2): wanted = .title(element.contentStart)
    case ("desc", 2): wanted = .description(element.contentStart)
    case ("manifest", _) where element.name.prefix == "c2pa": wanted = .manifest
    default: wanted = nil
    }
    noteAttributes(element)
  }

  func end(at offset: Int) {
    depth -= 1
    if depthInRDF > 0 {
      depthInRDF -= 1
      return rdf.end(at: offset)
    }
    defer { wanted = nil }
    let value = String(decoding: value, as: UTF8.self).trimmed
    guard !value.isEmpty else { return }
    switch wanted {
    case .title(let start): result.add(.title, .text(value), "SVG:Title", at: place(start))
    case .description(let start): result.add(.description, .text(value), "SVG:Desc", at: place(start))
    case .manifest: manifest = Base64.decode(self.value)
    case nil: break
    }
  }

  func text(_ bytes: UnsafeBufferPointer<UInt8>) {
    if depthInRDF > 0 { return rdf.text(bytes) }
    if wanted != nil, value.count < 2 * limits.text { value += bytes }
  }

  func comment(_ bytes: UnsafeBufferPointer<UInt8>) {
    guard depthInRDF == 0 else { return }
    let comment = String(decoding: bytes, as: UTF8.self).trimmed
    guard !comment.isEmpty else { return }
    for start in ["Generator:", "Created with", "Created using"] where comment.hasPrefix(start) {
      let program = String(comment.dropFirst(start.count)).trimmed
      return result.add(.generator, .software(program), "SVG:Comment", at: nil)
    }
    result.add(.comment, .text(comment), "SVG:Comment", at: nil)
  }

  // MARK: Attributes

  private func noteAttributes(_ element: XMLElement) {
    for attribute in element.attributes {
      let value = attribute.value.trimmed
      guard !value.isEmpty else { continue }
      let offset = attribute.range.flatMap { text.place($0.lowerBound) }
      switch (attribute.name.prefix, attribute.name.local) {
      case ("sodipodi", "docname"):
        result.add(.originalFileName, .link(value), "SVG-sodipodi:Docname", at: offset)
      case ("sodipodi", "docbase"): result.add(.path, .link(value), "SVG-sodipodi:Docbase", at: offset)
      case ("sodipodi", "absref"): result.add(.path, .link(value), "SVG-sodipodi:Absref", at: offset)
      case ("inkscape", "export-filename"):
        result.add(.path, .link(value), "SVG-inkscape:Export-filename", at: offset)
      case ("inkscape", "version"):
        result.add(.generator, .software("Inkscape " + value), "SVG-inkscape:Version", at: offset)
      case (_, "href"): noteReference(value, offset)
      default: break
      }
    }
  }

  private func noteReference(_ value: String, _ offset: Int?) {
    if value.hasPrefix("data:image/") {
      if let offset {
        result.notRead(
          "embedded-picture-not-read", "pictures are embedded; this version does not look into them",
          at: offset)
      }
    } else if value.hasPrefix("file:") || value.holds(":\\") || value.hasPrefix("/") {
      result.add(.path, .link(value), "SVG:Href", at: offset)
    }
  }

  private func place(_ offset: Int) -> Int? {
    var start = offset
    while start < text.bytes.count, text.bytes[start] <= 0x20 { start += 1 }
    return text.place(start)
  }
}

internal import UntrailBytes
internal import UntrailModel

/// An XMP packet, or the RDF of one, as flat properties.
///
///     <?xpacket begin="..." id="W5M0MpCehiHzreSzNTczkc9d"?>    may be missing
///     <x:xmpmeta xmlns:x="adobe:ns:meta/" x:xmptk="...">       may be missing
///     <rdf:RDF ...> ... </rdf:RDF>
///     </x:xmpmeta>
///     white space, so that there is room to write in place
///     <?xpacket end="w"?>
///
/// In UTF-8, UTF-16 or UTF-32, with or without a byte order mark.
///
/// Source: XMP specification part 1 (ISO 16684-1:2019), section 7; part 3, section 2.
struct XMPPacket {
  let properties: [XMPProperty]
  /// What was damaged; the properties before it are there.
  let flaws: [ParseError]

  init(properties: [XMPProperty], flaws: [ParseError]) {
    self.properties = properties
    self.flaws = flaws
  }

  /// - Parameter pieces: the packet, in the order in which it belongs together.
  init(_ pieces: [ByteView], _ limits: Limits) {
    let text = XMLText(pieces, limits)
    let reader = Self.reader(text, limits)
    var flaws = [text.flaw, XMLStream.read(text, reader)].compactMap { $0 }
    let place = text.place(0) ?? text.start
    if reader.isTooDeep {
      flaws.append(ParseError(.limit, at: place, "XMP structures more than \(limits.nesting) deep"))
    }
    if reader.isFull {
      flaws.append(
        ParseError(.limit, at: place, "more XMP than the limits allow: \(limits.entries) properties"))
    }
    properties = reader.properties
    self.flaws = flaws
  }

  static func reader(_ text: XMLText, _ limits: Limits) -> RDFReader {
    RDFReader(text, nesting: limits.nesting, properties: limits.entries, value: 2 * limits.text + 16)
  }

  /// The first value of a property of the subject itself, as `xmpNote:HasExtendedXMP`.
  subscript(_ key: String) -> String? {
    properties.first { $0.path.count == 1 && $0.leaf.key == key }?.value
  }
}

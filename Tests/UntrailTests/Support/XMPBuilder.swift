import UntrailModel
import UntrailReaders

/// Builds XMP packets around the properties that a test is about.
enum XMPBuilder {
  static let prefixes = [
    "dc": "http://purl.org/dc/elements/1.1/",
    "xmp": "http://ns.adobe.com/xap/1.0/",
    "xmpMM": "http://ns.adobe.com/xap/1.0/mm/",
    "xmpGImg": "http://ns.adobe.com/xap/1.0/g/img/",
    "stRef": "http://ns.adobe.com/xap/1.0/sType/ResourceRef#",
    "stEvt": "http://ns.adobe.com/xap/1.0/sType/ResourceEvent#",
    "tiff": "http://ns.adobe.com/tiff/1.0/",
    "exif": "http://ns.adobe.com/exif/1.0/",
    "exifEX": "http://cipa.jp/exif/1.0/",
    "aux": "http://ns.adobe.com/exif/1.0/aux/",
    "photoshop": "http://ns.adobe.com/photoshop/1.0/",
    "photomechanic": "http://ns.camerabits.com/photomechanic/1.0/",
    "Iptc4xmpCore": "http://iptc.org/std/Iptc4xmpCore/1.0/xmlns/",
    "Iptc4xmpExt": "http://iptc.org/std/Iptc4xmpExt/2008-02-29/",
    "plus": "http://ns.useplus.org/ldf/xmp/1.0/",
    "lr": "http://ns.adobe.com/lightroom/1.0/",
    "acdsee": "http://ns.acdsee.com/iptc/1.0/",
    "GIMP": "http://www.gimp.org/xmp/",
    "mwg-rs": "http://www.metadataworkinggroup.com/schemas/regions/",
    "mwg-kw": "http://www.metadataworkinggroup.com/schemas/keywords/",
    "MP": "http://ns.microsoft.com/photo/1.2/",
    "MPRI": "http://ns.microsoft.com/photo/1.2/t/RegionInfo#",
    "MPReg": "http://ns.microsoft.com/photo/1.2/t/Region#",
    "drone-dji": "http://www.dji.com/drone-dji/1.0/",
    "geo": "http://www.w3.org/2003/01/geo/wgs84_pos#",
    "cell": "http://developer.sonyericsson.com/cell/1.0/",
    "GCamera": "http://ns.google.com/photos/1.0/camera/",
    "GDepth": "http://ns.google.com/photos/1.0/depthmap/",
    "Container": "http://ns.google.com/photos/1.0/container/",
    "Item": "http://ns.google.com/photos/1.0/container/item/",
    "kestrel": "http://example.org/kestrel/1.0/",
  ]

  /// The text of a packet. Every prefix is declared that is written as `prefix:`.
  ///
  /// - Parameters:
  ///   - properties: elements in the rdf:Description.
  ///   - attributes: attributes of it.
  ///   - nodes: what stands beside it.
  static func text(_ properties: String = "", attributes: String = "", nodes: String = "") -> String {
    let declarations = prefixes.sorted { $0.key < $1.key }
      .filter { (properties + " " + attributes + nodes).contains($0.key + ":") }
      .map { "xmlns:\($0.key)=\"\($0.value)\"" }.joined(separator: " ")
    return """
      <?xpacket begin="\u{FEFF}" id="W5M0MpCehiHzreSzNTczkc9d"?>
      <x:xmpmeta xmlns:x="adobe:ns:meta/">
       <rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" \(declarations)>
        <rdf:Description rdf:about="" \(attributes)>\(properties)</rdf:Description>
        \(nodes)
       </rdf:RDF>
      </x:xmpmeta>
      \(String(repeating: " ", count: 100))
      <?xpacket end="w"?>
      """
  }

  static func read(_ properties: String = "", attributes: String = "", nodes: String = "") -> ReadResult {
    UntrailTests.read(
      Array(text(properties, attributes: attributes, nodes: nodes).utf8), as: "application/rdf+xml")
  }

  static func array(_ kind: String, _ items: String...) -> String {
    "<rdf:\(kind)>" + items.map { "<rdf:li>\($0)</rdf:li>" }.joined() + "</rdf:\(kind)>"
  }
}

extension ReadResult {
  /// Field and text of the observations that have one, as `XMP-dc:Creator=Mara Example`.
  var facts: [String] { observations.compactMap { o in o.text.map { "\(o.field)=\($0)" } } }

  /// Kind, role, field and text of an observation, as `person creator XMP-dc:Creator=Mara Example`.
  var fullFacts: [String] {
    observations.compactMap { o in o.text.map { "\(o.kind.name) \(o.role.name) \(o.field)=\($0)" } }
  }

  func timestamp(of field: String) -> Timestamp? {
    for observation in observations where observation.field == field {
      if case .timestamp(let time) = observation.fact { return time }
    }
    return nil
  }

  func byteCount(of role: Role) -> Int?? {
    for observation in observations where observation.role == role {
      if case .hidden(let content) = observation.fact { return content.byteCount }
    }
    return nil
  }
}

internal import UntrailBytes
internal import UntrailModel

/// Blocks of one standard that stand in containers of many kinds, and who decodes them.
enum EmbeddedBlocks {
  /// An XMP packet, or the RDF of one.
  static func xmp(_ view: ByteView, into result: inout ReadResult, _ tools: ReaderTools) {
    tools.packets.decode(view, into: &result) { xmp([view], into: &$0, tools) }
  }

  /// An XMP packet in pieces, in the order in which they belong together.
  static func xmp(_ pieces: [ByteView], into result: inout ReadResult, _ tools: ReaderTools) {
    XMPObserver.observe(XMPPacket(pieces, tools.limits), into: &result, tools.limits)
  }

  /// IPTC-IIM data sets.
  static func iptc(_ view: ByteView, into result: inout ReadResult, _ tools: ReaderTools) {
    result.notRead(
      "iptc-not-read", "IPTC captions and places are there; this version does not read them", at: view.start)
  }

  /// Photoshop image resources ("8BIM" blocks).
  static func photoshop(_ view: ByteView, into result: inout ReadResult, _ tools: ReaderTools) {
    result.notRead(
      "photoshop-not-read",
      "Photoshop resources are there (IPTC captions and places); this version does not read them",
      at: view.start)
  }

  /// A colour profile.
  static func icc(_ view: ByteView, into result: inout ReadResult, _ tools: ReaderTools) {}

  /// JUMBF boxes, which hold C2PA manifests.
  static func jumbf(_ view: ByteView, into result: inout ReadResult, _ tools: ReaderTools) {
    result.notRead(
      "c2pa-not-read", "a JUMBF box is there (C2PA provenance); this version does not read it",
      at: view.start)
  }
}

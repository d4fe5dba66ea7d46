internal import UntrailBytes
internal import UntrailModel

/// Blocks of one standard that stand in containers of many kinds, and who decodes them.
enum EmbeddedBlocks {
  /// What blocks cost so far in one file. A few bytes can name the same block many times over, and blocks can lie in
  /// each other.
  struct Cost {
    fileprivate var depth = 0
    fileprivate var bytes = 0
    fileprivate var isExceeded = false
  }

  /// An XMP packet, or the RDF of one.
  static func xmp(_ view: ByteView, into result: inout ReadResult, _ tools: ReaderTools) {
    xmp([view], into: &result, tools)
  }

  /// An XMP packet in pieces, in the order in which they belong together.
  static func xmp(_ pieces: [ByteView], into result: inout ReadResult, _ tools: ReaderTools) {
    guard let first = pieces.first else { return }
    decode(first, into: &result, tools) { result in
      tools.packets.decode(pieces, into: &result) {
        XMPObserver.observe(XMPPacket(pieces, tools.limits), into: &$0, tools.limits)
      }
    }
  }

  /// A TIFF structure, or "Exif\0\0" and one.
  static func exif(_ view: ByteView, into result: inout ReadResult, _ tools: ReaderTools) {
    decode(view, into: &result, tools) { tools.exif.decode(view, into: &$0, with: tools) }
  }

  /// IPTC-IIM data sets.
  static func iptc(_ view: ByteView, into result: inout ReadResult, _ tools: ReaderTools) {
    decode(view, into: &result, tools) { IPTCDecoder.decode(view, into: &$0, tools.limits) }
  }

  /// Photoshop image resources ("8BIM" blocks).
  static func photoshop(_ view: ByteView, into result: inout ReadResult, _ tools: ReaderTools) {
    decode(view, into: &result, tools) { PhotoshopResources.decode(view, into: &$0, tools) }
  }

  /// A colour profile, or its first piece.
  static func icc(
    _ view: ByteView, isWhole: Bool = true, into result: inout ReadResult, _ tools: ReaderTools
  ) {
    decode(view, into: &result, tools) {
      ICCProfile.decode(view, isWhole: isWhole, into: &$0, tools.limits)
    }
  }

  /// JUMBF boxes, which hold C2PA manifests.
  static func jumbf(_ view: ByteView, into result: inout ReadResult, _ tools: ReaderTools) {
    decode(view, into: &result, tools) { ManifestStore.decode(view, into: &$0, tools.limits) }
  }

  /// Has a block decoded, unless that leads too deep or costs too much.
  private static func decode(
    _ view: ByteView, into result: inout ReadResult, _ tools: ReaderTools,
    _ body: (inout ReadResult) -> Void
  ) {
    // Of a long block not all is read; of none, at least its head.
    let bytes = result.blockCost.bytes + min(max(view.count, 256), tools.limits.structure)
    guard result.blockCost.depth < tools.limits.nesting, bytes <= tools.limits.bytes else {
      if !result.blockCost.isExceeded {
        result.damage("limit", "too many blocks, or blocks too deep in each other", at: view.place(0))
      }
      result.blockCost.isExceeded = true
      return
    }
    result.blockCost.bytes = bytes
    result.blockCost.depth += 1
    body(&result)
    result.blockCost.depth -= 1
  }
}

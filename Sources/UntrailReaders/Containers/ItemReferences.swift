internal import UntrailBytes
internal import UntrailModel

/// What the items of a `meta` box are to each other.
///
///     iref: version and flags, then boxes
///       "thmb", "auxl", "dimg" ...: from item, NN NN, to items; numbers of 2 bytes, or 4 in version 1
///     thmb: a thumbnail of the others; auxl: depth and the like; dimg: made from the others
///
/// Source: ISO/IEC 14496-12:2022, section 8.11.12; ISO/IEC 23008-12:2022, section 6.4.
struct ItemReferences {
  private(set) var thumbnails: Set<UInt32> = []
  private(set) var auxiliaries: Set<UInt32> = []
  /// Items that others are put together from.
  private(set) var parts: Set<UInt32> = []

  init() {}

  init(fullBox body: ByteView, _ limits: Limits) throws(ParseError) {
    let isWide = try body.u8(at: 0) > 0
    let size = isWide ? 4 : 2
    func id(_ box: ByteView, _ offset: Int) throws(ParseError) -> UInt32 {
      isWide ? try box.u32(at: offset, .big) : UInt32(try box.u16(at: offset, .big))
    }
    var boxes = BoxWalker(body.dropping(4), limits)
    var left = limits.entries
    while let box = try boxes.next() {
      let from = try id(box.body, 0)
      switch box.type {
      case "thmb": thumbnails.insert(from)
      case "auxl": auxiliaries.insert(from)
      case "dimg":
        let count = Int(try box.body.u16(at: size, .big))
        for index in 0..<min(count, left) { parts.insert(try id(box.body, size + 2 + index * size)) }
        left -= min(count, left)
      default: break
      }
    }
  }
}

internal import UntrailBytes
internal import UntrailModel

/// The items of a `meta` box: what they are and where their bytes stand. See `HEIFReader` for the layout.
struct ItemTable {
  struct Item {
    var id: UInt32
    var type: FourCC
    var constructionMethod: UInt8 = 0
    var extents: [Range<Int>] = []
  }

  private(set) var items: [Item] = []
  /// Bytes from the start of the source to the box's body.
  let start: Int
  /// Whether a box in it claims more bytes than there are.
  private(set) var isCut = false
  private var itemData: ByteView?

  /// Only items of these types are kept; the picture's own tiles are many.
  private static let wanted: [FourCC] = ["Exif", "mime"]
  private static let extentLimit = 256
  private let limits: Limits

  init(fullBox body: ByteView, _ limits: Limits) throws(ParseError) {
    self.limits = limits
    start = body.start
    var boxes = BoxWalker(ByteView(body.source, start: body.start + 4, count: body.count - 4), limits)
    var locations: ByteView?
    while let box = try boxes.next() {
      isCut = isCut || box.isCut
      switch box.type {
      case "iinf": try readInfo(box.body)
      case "iloc": locations = box.body
      case "idat": itemData = box.body
      default: break
      }
    }
    if let locations, !items.isEmpty { try readLocations(locations) }
  }

  private mutating func readInfo(_ body: ByteView) throws(ParseError) {
    let isWide = try body.u8(at: 0) > 0
    let headSize = isWide ? 8 : 6
    var boxes = BoxWalker(
      ByteView(body.source, start: body.start + headSize, count: body.count - headSize), limits)
    while let box = try boxes.next() {
      isCut = isCut || box.isCut
      guard box.type == "infe", box.body.count >= 12 else { continue }
      let version = try box.body.u8(at: 0)
      guard version >= 2 else { continue }
      let idSize = version == 2 ? 2 : 4
      guard box.body.count >= 4 + idSize + 6 else { continue }
      let type = FourCC(try box.body.u32(at: 4 + idSize + 2, .big))
      guard Self.wanted.contains(type) else { continue }
      let id = idSize == 2 ? UInt32(try box.body.u16(at: 4, .big)) : try box.body.u32(at: 4, .big)
      items.append(Item(id: id, type: type))
    }
  }

  private mutating func readLocations(_ body: ByteView) throws(ParseError) {
    let version = try body.u8(at: 0)
    let sizes = try body.u16(at: 4, .big)
    let offsetSize = Int(sizes >> 12)
    let lengthSize = Int(sizes >> 8 & 15)
    let baseSize = Int(sizes >> 4 & 15)
    let indexSize = version > 0 ? Int(sizes & 15) : 0
    var offset = 6
    func number(_ size: Int) throws(ParseError) -> Int {
      defer { offset += size }
      switch size {
      case 0: return 0
      case 2: return Int(try body.u16(at: offset, .big))
      case 4: return Int(try body.u32(at: offset, .big))
      case 8: return Int(clamping: try body.u64(at: offset, .big))
      default: throw ParseError(.malformed, at: body.start + 4, "an iloc box with a field size of \(size)")
      }
    }
    let count = try number(version < 2 ? 2 : 4)
    for _ in 0..<min(count, limits.entries) {
      let id = try number(version < 2 ? 2 : 4)
      let method = version > 0 ? UInt8(truncatingIfNeeded: try number(2) & 15) : 0
      offset += 2
      let base = try number(baseSize)
      let extentCount = try number(2)
      let index = items.firstIndex { Int($0.id) == id }
      guard let index else {
        let (size, overflow) = extentCount.multipliedReportingOverflow(
          by: indexSize + offsetSize + lengthSize)
        offset = overflow ? .max / 2 : offset + size
        continue
      }
      items[index].constructionMethod = method
      for _ in 0..<min(extentCount, Self.extentLimit) {
        offset += indexSize
        let (from, overflow) = base.addingReportingOverflow(try number(offsetSize))
        let length = try number(lengthSize)
        guard !overflow, length >= 0, from <= Int.max - length else {
          throw ParseError(.malformed, at: body.start + offset, "an extent beyond all files")
        }
        items[index].extents.append(from..<(from + length))
      }
    }
  }

  /// The item's bytes; joined in memory where they stand in more than one piece.
  ///
  /// - Returns: nil where the item has no extent, or is made from other items.
  /// - Throws: where an extent is longer than one read may be.
  func data(of item: Item, in source: ByteSource) throws(ParseError) -> ByteView? {
    let base: ByteView
    switch item.constructionMethod {
    case 0: base = ByteView(source, start: 0, count: source.count)
    case 1:
      guard let itemData else { return nil }
      base = itemData
    default: return nil
    }
    guard !item.extents.isEmpty else { return nil }
    // A length of 0 means: to the end.
    func view(_ extent: Range<Int>) -> ByteView {
      ByteView(
        source, start: min(base.start + min(extent.lowerBound, base.count), source.count),
        count: min(extent.isEmpty ? base.count : extent.count, max(0, base.count - extent.lowerBound)))
    }
    return try ByteView.joined(item.extents.map(view), limit: limits.structure)
  }
}

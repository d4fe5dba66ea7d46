internal import UntrailBytes
internal import UntrailModel

/// The items of a `meta` box: what they are and where their bytes stand.
///
///     meta: version and flags, then boxes
///       pitm: version and flags, the item that is shown
///       iinf: one infe per item: version and flags, item, protection, type ("Exif", "mime", "hvc1" ...), name 00;
///             a mime item: content type 00, encoding 00
///       iloc: per item: construction method, base offset, extents (offset, length)
///       idat: data of items with construction method 1
///       iref, iprp: see ItemReferences, ItemProperties
///
/// Source: ISO/IEC 14496-12:2022, sections 8.11.1 to 8.11.6.
struct ItemTable {
  /// What an item is read for.
  enum Use {
    case exif
    case mime(type: String, encoding: String)
    /// A picture that is not the one shown.
    case picture(Role, String)
    case primary
  }

  struct Item {
    var id: UInt32
    var type: FourCC
    var use: Use
    /// Empty where the item has none.
    var name = ""
    var constructionMethod: UInt8 = 0
    var extents: [Range<Int>] = []

    /// Whether it is put together from other items.
    var isDerived: Bool { type == "grid" || type == "iden" || type == "iovl" || constructionMethod > 1 }

    /// Bytes of the item; nil where it is put together from others.
    var byteCount: Int? {
      if extents.isEmpty || isDerived { return nil }
      var sum = 0
      for extent in extents { sum = sum.addingReportingOverflow(extent.count).partialValue }
      return sum > 0 ? sum : nil
    }
  }

  /// The items that are read; the picture's own tiles are many, and not among them.
  private(set) var items: [Item] = []
  /// The picture that is shown.
  private(set) var primary: UInt32?
  private(set) var properties = ItemProperties()
  private(set) var flaws: [ParseError] = []
  /// Bytes from the start of the source to the box's body.
  let start: Int
  /// Whether a box in it claims more bytes than there are.
  private(set) var isCut = false
  private var itemData: ByteView?
  private var references = ItemReferences()

  private static let pictures: [FourCC] = [
    "hvc1", "hev1", "av01", "avc1", "vvc1", "jpeg", "j2k1", "grid", "iden", "iovl", "unci",
  ]
  private static let extentLimit = 256
  private let limits: Limits

  init(fullBox body: ByteView, _ limits: Limits) throws(ParseError) {
    self.limits = limits
    start = body.start
    var boxes = BoxWalker(body.dropping(4), limits)
    var lists: [(type: FourCC, body: ByteView)] = []
    while let box = try boxes.next() {
      isCut = isCut || box.isCut
      switch box.type {
      case "iinf", "iloc", "iref", "iprp", "pitm": lists.append((box.type, box.body))
      case "idat": itemData = box.body
      default: break
      }
    }
    // Each needs what those before it say.
    for type in ["pitm", "iref", "iprp", "iinf", "iloc"] as [FourCC] {
      for list in lists where list.type == type {
        do throws(ParseError) {
          try read(list.body, type)
        } catch {
          flaws.append(error)
        }
      }
    }
  }

  private mutating func read(_ body: ByteView, _ type: FourCC) throws(ParseError) {
    switch type {
    case "pitm":
      primary = try body.u8(at: 0) == 0 ? UInt32(try body.u16(at: 4, .big)) : try body.u32(at: 4, .big)
    case "iref": references = try ItemReferences(fullBox: body, limits)
    case "iprp": properties = try ItemProperties(box: body, primary: primary, limits)
    case "iinf": try readInfo(body)
    default: if !items.isEmpty { try readLocations(body) }
    }
  }

  private mutating func readInfo(_ body: ByteView) throws(ParseError) {
    let isWide = try body.u8(at: 0) > 0
    var boxes = BoxWalker(body.dropping(isWide ? 8 : 6), limits)
    while let box = try boxes.next() {
      isCut = isCut || box.isCut
      guard box.type == "infe", box.body.count >= 12 else { continue }
      let version = try box.body.u8(at: 0)
      guard version >= 2 else { continue }
      let idSize = version == 2 ? 2 : 4
      guard box.body.count >= 4 + idSize + 6 else { continue }
      let type = FourCC(try box.body.u32(at: 4 + idSize + 2, .big))
      let id = idSize == 2 ? UInt32(try box.body.u16(at: 4, .big)) : try box.body.u32(at: 4, .big)
      guard type == "Exif" || type == "mime" || id == primary || isOtherPicture(id, type) else { continue }
      let texts = try ItemProperties.strings(box.body.dropping(4 + idSize + 6), 3)
      guard let use = use(of: id, type, texts) else { continue }
      items.append(Item(id: id, type: type, use: use, name: texts[0]))
    }
  }

  private func isOtherPicture(_ id: UInt32, _ type: FourCC) -> Bool {
    Self.pictures.contains(type) && !references.parts.contains(id) || references.thumbnails.contains(id)
      || references.auxiliaries.contains(id)
  }

  private func use(of id: UInt32, _ type: FourCC, _ texts: [String]) -> Use? {
    if type == "Exif" { return .exif }
    if type == "mime" {
      return .mime(type: texts.count > 1 ? texts[1] : "", encoding: texts.count > 2 ? texts[2] : "")
    }
    if id == primary { return .primary }
    if references.thumbnails.contains(id) { return .picture(.thumbnail, "HEIF:Thumbnail") }
    guard let kind = properties.auxiliaryTypes[id] ?? (references.auxiliaries.contains(id) ? "" : nil) else {
      return primary == nil ? nil : .picture(.secondPicture, "HEIF:Image")
    }
    if kind.hasSuffix("auxid:1") || kind.holds("alpha") { return nil }
    if kind.hasSuffix("auxid:2") || kind.holds("depth") || kind.holds("disparity") {
      return .picture(.depthMap, "HEIF:DepthMap")
    }
    return .picture(.depthMap, kind.holds("gainmap") ? "HEIF:GainMap" : "HEIF:AuxiliaryImage")
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
    var extentsLeft = limits.entries
    var places: [Int: Int] = [:]
    for (index, item) in items.enumerated() where places[Int(item.id)] == nil { places[Int(item.id)] = index }
    let count = try number(version < 2 ? 2 : 4)
    for _ in 0..<min(count, limits.entries) {
      let id = try number(version < 2 ? 2 : 4)
      let method = version > 0 ? UInt8(truncatingIfNeeded: try number(2) & 15) : 0
      offset += 2
      let base = try number(baseSize)
      let extentCount = try number(2)
      guard let index = places[id] else {
        let (size, overflow) = extentCount.multipliedReportingOverflow(
          by: indexSize + offsetSize + lengthSize)
        offset = overflow ? .max / 2 : offset + size
        continue
      }
      items[index].constructionMethod = method
      let room = max(0, min(Self.extentLimit - items[index].extents.count, extentsLeft))
      guard extentCount <= room else {
        throw ParseError(.limit, at: body.start + offset, "more than \(room) pieces of an item")
      }
      extentsLeft -= extentCount
      for _ in 0..<extentCount {
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

  /// Bytes from the start of the file to the item; nil where it stands in several places or in none.
  func place(of item: Item) -> Int? {
    guard !item.isDerived, item.extents.count == 1, let extent = item.extents.first else { return nil }
    switch item.constructionMethod {
    case 0: return extent.lowerBound
    case 1: return itemData.flatMap { extent.lowerBound <= $0.count ? $0.place(extent.lowerBound) : nil }
    default: return nil
    }
  }
}

internal import UntrailBytes
internal import UntrailModel

/// The layers of a Photoshop document: what they are called, when they were changed, and whether one is switched off.
///
///     LL LL LL LL                     length of the list; 8 bytes in PSB
///     CC CC                           number of layers, negative where the first is a mask
///     per layer: 16 bytes (rectangle), NN NN (channels), 6 bytes per channel (10 in PSB)
///       "8BIM" MM MM MM MM OO CC FF 00    mode, opacity, clipping, flags (bit 1: switched off)
///       LL LL LL LL                   length of what follows: mask, ranges, name, tagged blocks
///     picture data of the layers; mask for all
///     tagged blocks: "8BIM" or "8B64", KK KK KK KK, LL LL LL LL (some have 8 bytes in PSB), value
///       "luni" name; "shmd" metadata; "Lr16", "Lr32" the list, for deep colours; "lnkD" ... files inside
///
/// Source: Adobe Photoshop File Formats Specification (2019), Layer and Mask Information Section; "layerTime" as in
/// ExifTool's Photoshop.pm.
struct PhotoshopLayers {
  private let isLarge: Bool
  private let limits: Limits
  /// Names are told once.
  private var names: Set<String> = []
  private var hasHiddenLayer = false

  /// Layers of which names and times are told.
  private static let layerLimit = 256

  /// Adds what the section says to `result`. Damage becomes diagnostics.
  static func decode(_ section: ByteView, isLarge: Bool, into result: inout ReadResult, _ limits: Limits) {
    guard section.count >= 8 else { return }
    var layers = PhotoshopLayers(isLarge: isLarge, limits: limits)
    do throws(ParseError) {
      try layers.readSection(section, into: &result)
    } catch {
      result.damage(error)
    }
  }

  private init(isLarge: Bool, limits: Limits) {
    self.isLarge = isLarge
    self.limits = limits
  }

  private func length(_ view: ByteView, at offset: Int, isWide: Bool) throws(ParseError) -> (Int, head: Int) {
    isWide ? (Int(clamping: try view.u64(at: offset, .big)), 8) : (Int(try view.u32(at: offset, .big)), 4)
  }

  private mutating func readSection(_ section: ByteView, into result: inout ReadResult) throws(ParseError) {
    let (size, head) = try length(section, at: 0, isWide: isLarge)
    guard size <= section.count - head else {
      throw ParseError(.truncated, at: section.start, "a list of layers that is longer than its section")
    }
    if size > 0 {
      try readList(ByteView(section.source, start: section.start + head, count: size), into: &result)
    }
    guard section.count - head - size >= 4 else { return }
    let mask = Int(try section.u32(at: head + size, .big))
    guard mask <= section.count - head - size - 4 else { return }
    try forEachBlock(section.dropping(head + size + 4 + mask), filledTo: 4) { key, value throws(ParseError) in
      switch key {
      case "Lr16", "Lr32", "Layr": try readList(value, into: &result)
      case "lnk2", "lnk3", "lnkD", "lnkE": try PhotoshopLinkedFiles.observe(value, into: &result, limits)
      default: break
      }
    }
  }

  private mutating func readList(_ list: ByteView, into result: inout ReadResult) throws(ParseError) {
    let count = Int(Int16(bitPattern: try list.u16(at: 0, .big))).magnitude
    var offset = 2
    for _ in 0..<min(Int(count), Self.layerLimit) {
      let channels = Int(try list.u16(at: offset + 16, .big))
      let topLeft = try list.u64(at: offset, .big)
      let bottomRight = try list.u64(at: offset + 8, .big)
      let start = offset + 18 + channels * (isLarge ? 10 : 6)
      let signature = FourCC(try list.u32(at: start, .big))
      guard signature == "8BIM" else {
        throw ParseError(.malformed, at: list.start + start, "no Photoshop layer where one must stand")
      }
      let isOff = try list.u8(at: start + 10) & 2 != 0
      if isOff, topLeft != bottomRight, !hasHiddenLayer {
        hasHiddenLayer = true
        result.add(
          .secondPicture, .hidden(HiddenContent(byteCount: nil)), "Photoshop:LayerVisible",
          at: list.place(start + 10))
      }
      let size = Int(try list.u32(at: start + 12, .big))
      guard size <= list.count - start - 16 else {
        throw ParseError(.truncated, at: list.start + start, "a Photoshop layer is longer than its list")
      }
      try readExtra(ByteView(list.source, start: list.start + start + 16, count: size), into: &result)
      offset = start + 16 + size
    }
  }

  private mutating func readExtra(_ extra: ByteView, into result: inout ReadResult) throws(ParseError) {
    guard extra.count >= 12 else { return }
    let mask = 4 + Int(try extra.u32(at: 0, .big))
    let ranges = mask + 4 + Int(try extra.u32(at: mask, .big))
    let short = extra.dropping(ranges)
    guard short.count > 0 else { return }
    let nameSize = (1 + Int(try short.u8(at: 0)) + 3) & ~3
    var name = try PhotoshopText.pascal(short)
    var field = "Photoshop:LayerNames"
    var place = short.place(1)
    try forEachBlock(short.dropping(nameSize), filledTo: 2) { key, value throws(ParseError) in
      switch key {
      case "luni":
        guard let text = try PhotoshopText.unicode(value, at: 0, limits)?.text else { return }
        name = text
        field = "Photoshop:LayerUnicodeNames"
        place = value.place(4)
      case "shmd": try Self.observeTime(value, into: &result)
      default: break
      }
    }
    // Photoshop's own ends of groups.
    guard let name, !name.hasPrefix("</Layer"), names.insert(name).inserted else { return }
    result.add(.label, .text(name), field, at: place)
  }

  /// When a layer was changed, in seconds since 1970.
  private static func observeTime(_ value: ByteView, into result: inout ReadResult) throws(ParseError) {
    guard let start = try PhotoshopText.find("layerTimedoub", in: value, reach: 1024) else { return }
    let seconds = Double(bitPattern: try value.u64(at: start, .big))
    guard seconds >= 1, seconds < Double(Timestamp.lastSecond) else { return }
    let time = Timestamp(civilSeconds: Int64(seconds), utcOffsetMinutes: 0)
    result.add(.edited, .timestamp(time), "Photoshop:LayerModifyDates", at: value.place(start))
  }

  /// Steps through tagged blocks until there is none.
  private func forEachBlock(
    _ blocks: ByteView, filledTo unit: Int,
    _ body: (FourCC, ByteView) throws(ParseError) -> Void
  ) throws(ParseError) {
    var offset = 0
    for _ in 0..<limits.entries {
      guard blocks.count - offset >= 12 else { return }
      let signature = FourCC(try blocks.u32(at: offset, .big))
      guard signature == "8BIM" || signature == "8B64" else { return }
      let key = FourCC(try blocks.u32(at: offset + 4, .big))
      let isWide = isLarge && (signature == "8B64" || Self.wideKeys.contains(key))
      let (size, head) = try length(blocks, at: offset + 8, isWide: isWide)
      let start = offset + 8 + head
      guard size <= blocks.count - start else {
        throw ParseError(.truncated, at: blocks.start + offset, "a block of Photoshop's layers is cut")
      }
      try body(key, ByteView(blocks.source, start: blocks.start + start, count: size))
      offset = start + (size + unit - 1) / unit * unit
    }
  }

  private static let wideKeys: [FourCC] = [
    "LMsk", "Lr16", "Lr32", "Layr", "Mt16", "Mt32", "Mtrn", "Alph", "FMsk", "lnk2", "FEid", "FXid", "PxSD",
  ]
}

internal import UntrailBytes
internal import UntrailModel

/// The properties of the items of a `meta` box.
///
///     iprp: ipco: boxes, counted from 1
///             auxC: version and flags, urn 00         what an auxiliary picture is
///             colr: "prof" or "rICC", profile
///             ispe: version and flags, width, height
///             clap: eight numbers of 4 bytes: width, height and two offsets of the crop, as fractions
///             udes: version and flags, language 00, name 00, description 00, tags 00
///             crtt, mdft: version and flags, microseconds since 1904-01-01, UTC
///           ipma: version and flags, NN NN NN NN, per item: item, NN, indexes of 1 byte, or 2 with flag 1
///
/// Source: ISO/IEC 23008-12:2022, sections 6.5 and 9.3; ISO/IEC 14496-12:2022, section 12.1.4.
struct ItemProperties {
  private var properties: [Int: BoxWalker.Box] = [:]
  /// What each auxiliary picture is.
  private(set) var auxiliaryTypes: [UInt32: String] = [:]
  private var ofPrimary: [Int] = []

  private static let wanted: [FourCC] = ["auxC", "colr", "ispe", "clap", "udes", "crtt", "mdft"]

  init() {}

  init(box body: ByteView, primary: UInt32?, _ limits: Limits) throws(ParseError) {
    var boxes = BoxWalker(body, limits)
    var associations: [ByteView] = []
    while let box = try boxes.next() {
      if box.type == "ipco" {
        var index = 0
        var inner = BoxWalker(box.body, limits)
        while let property = try inner.next() {
          index += 1
          if Self.wanted.contains(property.type) { properties[index] = property }
        }
      } else if box.type == "ipma" {
        associations.append(box.body)
      }
    }
    for box in associations { try readAssociations(box, primary, limits) }
  }

  private mutating func readAssociations(
    _ body: ByteView, _ primary: UInt32?, _ limits: Limits
  ) throws(ParseError) {
    let isWideItem = try body.u8(at: 0) > 0
    let isWideIndex = try body.u8(at: 3) & 1 == 1
    let count = Int(try body.u32(at: 4, .big))
    var offset = 8
    for _ in 0..<min(count, limits.entries) {
      let item = isWideItem ? try body.u32(at: offset, .big) : UInt32(try body.u16(at: offset, .big))
      offset += isWideItem ? 4 : 2
      let indexes = Int(try body.u8(at: offset))
      offset += 1
      for _ in 0..<indexes {
        let index =
          isWideIndex ? Int(try body.u16(at: offset, .big) & 0x7FFF) : Int(try body.u8(at: offset) & 0x7F)
        offset += isWideIndex ? 2 : 1
        guard let property = properties[index] else { continue }
        if item == primary { ofPrimary.append(index) }
        if property.type == "auxC", let urn = try Self.strings(property.body.dropping(4), 1).first {
          auxiliaryTypes[item] = urn
        }
      }
    }
  }

  /// Adds what the properties say.
  func observe(primary: UInt32?, into result: inout ReadResult, _ tools: ReaderTools) {
    for (_, property) in properties.sorted(by: { $0.key < $1.key }) {
      do throws(ParseError) {
        try observe(property, into: &result, tools)
      } catch {
        result.damage(error)
      }
    }
    observeCrop(into: &result)
  }

  private func observe(
    _ property: BoxWalker.Box, into result: inout ReadResult, _ tools: ReaderTools
  ) throws(ParseError) {
    let body = property.body
    switch property.type {
    case "colr":
      let type = FourCC(try body.u32(at: 0, .big))
      if type == "prof" || type == "rICC" { EmbeddedBlocks.icc(body.dropping(4), into: &result, tools) }
    case "udes":
      let texts = try Self.strings(body.dropping(4), 4)
      let roles: [(Role, String)] = [
        (.title, "HEIF:Name"), (.description, "HEIF:Description"), (.keywords, "HEIF:Tags"),
      ]
      for (text, (role, field)) in zip(texts.dropFirst(), roles) where !text.isEmpty {
        result.add(role, .text(text), field, at: body.place(4))
      }
    case "crtt": try addTime(body, .created, "HEIF:CreationTime", into: &result)
    case "mdft": try addTime(body, .modified, "HEIF:ModificationTime", into: &result)
    default: break
    }
  }

  private func addTime(
    _ body: ByteView, _ role: Role, _ field: String, into result: inout ReadResult
  ) throws(ParseError) {
    let microseconds = try body.u64(at: 4, .big)
    guard microseconds > 0 else { return }
    let between1904And1970: Int64 = 2_082_844_800
    let seconds = Int64(microseconds / 1_000_000) - between1904And1970
    guard seconds > 0, seconds <= Timestamp.lastSecond else {
      return result.doubt("time-malformed", "\(field) is not a date", at: body.place(4))
    }
    result.add(
      role, .timestamp(Timestamp(civilSeconds: seconds, utcOffsetMinutes: 0)), field, at: body.place(4))
  }

  /// A crop leaves what it cuts off in the file. A few rows are no crop: coding needs whole blocks.
  private func observeCrop(into result: inout ReadResult) {
    var size: (width: Int, height: Int)?
    var crop: (width: Int, height: Int, place: Int?)?
    for property in ofPrimary.compactMap({ properties[$0] }) {
      let body = property.body
      if property.type == "ispe", let width = try? body.u32(at: 4, .big),
        let height = try? body.u32(at: 8, .big)
      {
        size = (Int(width), Int(height))
      }
      if property.type == "clap", let width = Self.fraction(body, 0), let height = Self.fraction(body, 8) {
        crop = (width, height, body.place(0))
      }
    }
    guard let size, let crop, size.width - crop.width >= 64 || size.height - crop.height >= 64 else { return }
    result.add(.leftover, .hidden(HiddenContent(byteCount: nil)), "HEIF:CleanAperture", at: crop.place)
  }

  private static func fraction(_ body: ByteView, _ offset: Int) -> Int? {
    guard let above = try? body.u32(at: offset, .big), let below = try? body.u32(at: offset + 4, .big),
      below > 0
    else { return nil }
    return Int(above) / Int(below)
  }

  /// Texts that end with a NUL each, the last at the latest at the end of the block.
  static func strings(_ view: ByteView, _ limit: Int) throws(ParseError) -> [String] {
    try view.withBytes(at: 0, count: min(view.count, 4096)) { run throws(ParseError) in
      run.split(separator: 0, maxSplits: limit, omittingEmptySubsequences: false).prefix(limit)
        .map { ExifText.ascii($0) ?? "" }
    }
  }
}

internal import UntrailBytes
internal import UntrailModel

/// The frames of ID3 that are no texts: what programs, shops and players leave, and files inside the tag.
extension ID3Decoder {
  /// Encoding, media type (version 2: three letters of a format), kind of picture, what it shows, the picture.
  mutating func picture(_ body: ByteView, isShort: Bool, into result: inout ReadResult) throws(ParseError) {
    let head = try body.head(2 * limits.text + 1024)
    guard let encoding = head.first else { return }
    var offset = 4
    var type = isShort ? head.dropFirst().prefix(3) : []
    if !isShort {
      guard let end = head.dropFirst().firstIndex(of: 0) else { return }
      type = head[1..<end]
      offset = end + 1
    }
    guard offset < head.count else { return }
    let parts = ID3Text.split(head[(offset + 1)...], encoding: encoding, most: 2)
    guard parts.count == 2 else { return }
    if let text = ID3Text.decode(parts[0], encoding: encoding, limits) {
      facts.take(
        text, as: .text(.description), "ID3:PictureDescription", at: body.place(offset + 1), into: &result)
    }
    let start = parts[1].startIndex
    if type.elementsEqual("-->".utf8) {
      guard let link = ID3Text.decode(parts[1], encoding: 0, limits) else { return }
      return facts.take(link, as: .url, "ID3:Picture", at: body.place(start), into: &result)
    }
    let part = body.dropping(start)
    if part.count > 0 { tools.examinePart(named: "ID3:Picture", part, into: &result) }
  }

  /// Encoding, media type, file name, what it is, the file.
  mutating func object(_ body: ByteView, into result: inout ReadResult) throws(ParseError) {
    let field = "ID3:GeneralEncapsulatedObject"
    let head = try body.head(2 * limits.text + 1024)
    guard let encoding = head.first, let end = head.dropFirst().firstIndex(of: 0) else { return }
    let parts = ID3Text.split(head[(end + 1)...], encoding: encoding, most: 3)
    guard parts.count == 3 else { return }
    let name = ID3Text.decode(parts[0], encoding: encoding, limits)
    let about = ID3Text.decode(parts[1], encoding: encoding, limits)
    if let name {
      facts.take(name, as: .link(.originalFileName), field, at: body.place(end + 1), into: &result)
    }
    let start = parts[2].startIndex
    guard start < body.count else { return }
    let bytes = try body.dropping(start).allBytes(limit: limits.bytes)
    facts.add(
      .embeddedFile, .hidden(HiddenContent(byteCount: bytes.count)), field, at: body.place(start),
      into: &result)
    tools.examineMember(named: name ?? about ?? "ID3:GEOB", bytes, into: &result)
  }

  /// Who gives the name, a zero, the name: of a recording at MusicBrainz, a disc at a database.
  mutating func identifier(_ body: ByteView, into result: inout ReadResult) throws(ParseError) {
    let bytes = try content(body)
    guard let end = bytes.firstIndex(of: 0), let text = Self.identifier(bytes[(end + 1)...], limits) else {
      return
    }
    facts.take(
      text, as: .link(.documentID), "ID3:UniqueFileID", at: body.place(end + 1), into: &result)
  }

  /// Text as it is, other bytes as digits.
  private static func identifier(_ bytes: ArraySlice<UInt8>, _ limits: Limits) -> String? {
    if let text = BoundedText.decode(bytes, limits), BoundedText.isPrintable(text) { return text }
    let digits = bytes.prefix(64).map { byte in
      String(byte >> 4, radix: 16) + String(byte & 15, radix: 16)
    }
    return digits.isEmpty ? nil : digits.joined()
  }

  /// Who wrote it, a zero, whatever they like.
  ///
  /// Source: Microsoft, Windows Media Player's attributes in MP3 files (WM/...); Adobe, XMP Specification Part 3
  /// (2016), section 1.1.3.
  mutating func privateData(_ body: ByteView, into result: inout ReadResult) throws(ParseError) {
    let bytes = try content(body)
    guard let end = bytes.firstIndex(of: 0), let owner = BoundedText.decode(bytes[..<end], limits) else {
      return
    }
    let value = bytes[(end + 1)...]
    let place = body.place(end + 1)
    if let address = AddressText.email(owner) {
      facts.add(.email, .contact(address), "ID3:Private", at: body.place(0), into: &result)
    }
    switch owner {
    case "XMP": EmbeddedBlocks.xmp(body.dropping(end + 1), into: &result, tools)
    case "WM/UniqueFileIdentifier":
      guard let text = ExifText.utf16(value, isLittleEndian: true) else { return }
      facts.take(text, as: .link(.documentID), "ID3:WM_UniqueFileIdentifier", at: place, into: &result)
    case "WM/WMContentID", "WM/WMCollectionID", "WM/WMCollectionGroupID":
      guard value.count == 16, value.contains(where: { $0 != 0 }) else { return }
      let field = "ID3:WM_" + owner.dropFirst(5)
      facts.take(Self.guid(Array(value)), as: .link(.documentID), field, at: place, into: &result)
    default:
      guard !owner.hasPrefix("WM/"), value.count >= 8, let text = BoundedText.decode(value, limits),
        text.utf8.count >= 8, BoundedText.isPrintable(text)
      else { return }
      facts.take(text, as: .text(.userComment), "ID3:Private", at: place, into: &result)
    }
  }

  /// Microsoft's spelling: the first three numbers have their low byte first.
  private static func guid(_ bytes: [UInt8]) -> String {
    let order = [3, 2, 1, 0, -1, 5, 4, -1, 7, 6, -1, 8, 9, -1, 10, 11, 12, 13, 14, 15]
    return order.map { index in
      guard bytes.indices.contains(index) else { return "-" }
      return String(bytes[index] >> 4, radix: 16, uppercase: true)
        + String(bytes[index] & 15, radix: 16, uppercase: true)
    }.joined()
  }

  /// The mail address of who rates, a zero, the rating, how often it was played. Players write their own names there.
  mutating func rating(_ body: ByteView, into result: inout ReadResult) throws(ParseError) {
    let bytes = try content(body)
    guard let who = BoundedText.decode(bytes.prefix { $0 != 0 }, limits) else { return }
    let lower = who.lowercased()
    if lower.contains("windows media player") {
      facts.take(who, as: .software, "ID3:Popularimeter", at: body.place(0), into: &result)
    } else if let address = AddressText.email(who), !Self.players.contains(lower) {
      facts.add(.email, .contact(address), "ID3:Popularimeter", at: body.place(0), into: &result)
    }
  }

  private static let players: Set<String> = [
    "no@email", "rating@winamp.com", "quodlibet@lists.sacredchao.net", "rating@mediamonkey.com",
    "none@none.com",
    "noreply@noreply.com", "tag@tag.com",
  ]

  /// Encoding, price and a zero, day of purchase as YYYYMMDD, the seller.
  mutating func ownership(_ body: ByteView, into result: inout ReadResult) throws(ParseError) {
    let bytes = try content(body)
    guard let encoding = bytes.first, let end = bytes.dropFirst().firstIndex(of: 0) else { return }
    let day = bytes[(end + 1)...].prefix(8)
    facts.take(
      String(decoding: day, as: UTF8.self), as: .time(.created), "ID3:Ownership", at: body.place(end + 1),
      into: &result)
    guard let seller = ID3Text.decode(bytes.dropFirst(end + 9), encoding: encoding, limits) else { return }
    facts.take(seller, as: .person(.publisher), "ID3:Ownership", at: body.place(end + 9), into: &result)
  }
}

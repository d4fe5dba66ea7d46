internal import UntrailBytes
internal import UntrailModel

/// The texts of a film's user data, in the forms that writers have.
///
///     LL LL GG GG text ...            bytes of the text, language; more of them may follow
///     00 00 00 00 GG GG text          3GPP: version, flags, language; UTF-8, or UTF-16 with a byte order mark
///     SS SS SS SS "data" TT TT TT TT LL LL LL LL value      as iTunes writes it (see MetadataValue)
///     text                            DJI, Samsung, Apple in some
///
/// Source: Apple, QuickTime File Format, User Data Text Strings; 3GPP TS 26.244, section 8.
enum MovieText {
  /// The text of a box whose type begins with a copyright sign, and of those that are written alike.
  static func international(_ body: ByteView, _ limits: Limits) throws(ParseError) -> String? {
    guard body.count > 4 else { return try plain(body, limits) }
    let stated = Int(try body.u16(at: 0, .big))
    if stated > 0, stated <= body.count - 4 {
      let text = body.dropping(4).prefix(stated)
      // Smaller numbers are languages of the Macintosh, in its own character sets.
      return try body.u16(at: 2, .big) < 0x400 ? macintosh(text, limits) : unicode(text, limits)
    }
    if let value = try MetadataValue.first(in: body) { return try value.text(limits) }
    if stated == 0, try body.u32(at: 0, .big) < 0x1_0000 { return try unicode(body.dropping(4), limits) }
    return try plain(body, limits)
  }

  /// The text of a box of 3GPP, which other writers fill with just a text.
  ///
  /// - Parameter skip: bytes between the version and the language.
  static func threeGPP(_ body: ByteView, skip: Int = 0, _ limits: Limits) throws(ParseError) -> String? {
    guard body.count > 6 + skip, try body.u32(at: 0, .big) == 0 else {
      return try international(body, limits)
    }
    return try unicode(body.dropping(6 + skip), limits)
  }

  /// The whole body.
  static func plain(_ body: ByteView, _ limits: Limits) throws(ParseError) -> String? {
    try BoundedText.printable(body, limits)
  }

  /// UTF-16 behind its byte order mark, or UTF-8.
  static func unicode(_ body: ByteView, _ limits: Limits) throws(ParseError) -> String? {
    guard body.begins(with: [0xFE, 0xFF]) || body.begins(with: [0xFF, 0xFE]) else {
      return try plain(body, limits)
    }
    return try utf16(body, limits)
  }

  private static func macintosh(_ body: ByteView, _ limits: Limits) throws(ParseError) -> String? {
    if body.begins(with: [0xFE, 0xFF]) { return try utf16(body, limits) }
    let bytes = try body.withBytes(at: 0, count: min(body.count, limits.text + 1)) { run throws(ParseError) in
      Array(run)
    }
    return CharacterSets.decode(bytes, named: "macintosh", limits).flatMap {
      BoundedText.isPrintable($0) ? $0 : nil
    }
  }

  static func utf16(
    _ body: ByteView, isLittleEndian: Bool = false, _ limits: Limits
  ) throws(ParseError) -> String? {
    let text = try body.withBytes(at: 0, count: min(body.count, 2 * limits.text)) { run throws(ParseError) in
      ExifText.utf16(run.bindMemory(to: UInt8.self), isLittleEndian: isLittleEndian)
    }
    return text.flatMap { BoundedText.isPrintable($0) ? $0 : nil }
  }

  /// Words of 3GPP: version, flags, language, their number, each behind its length.
  static func keywords(_ body: ByteView, _ limits: Limits) throws(ParseError) -> [String] {
    guard body.count > 7, try body.u32(at: 0, .big) == 0 else {
      return try international(body, limits).map { [$0] } ?? []
    }
    var words: [String] = []
    var offset = 7
    for _ in 0..<Int(try body.u8(at: 6)) where offset < body.count {
      let length = Int(try body.u8(at: offset))
      let word = body.dropping(offset + 1).prefix(length)
      if let text = try unicode(word, limits) { words.append(text) }
      offset += 1 + length
    }
    return words
  }

  /// A text of fixed length in a maker's structure; nil where there is none that somebody could read.
  static func fixed(_ body: ByteView, at offset: Int, count: Int) -> String? {
    guard offset >= 0, offset < body.count else { return nil }
    return MakerNoteText.text(body, at: offset, count: count)
  }
}

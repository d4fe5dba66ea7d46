internal import UntrailBytes
internal import UntrailModel

/// Space that a film does not use, and what lies in it all the same. Only its first page is looked at.
///
///     boxes of a maker: Canon (CNTH, CNFV ...), Kodak (Seri, SVer: length, 0, text), Pittasoft (cprt, ptnm, thum, sttm),
///       70mai and Kodak (frea: ver, thma, scra)
///     boxes of a film, or text: what stood there before the file was changed
///
/// Source: ISO/IEC 14496-12:2022, section 8.1.2; ExifTool's QuickTime.pm, Kodak.pm, Canon.pm.
enum MovieFreeSpace {
  private static let look = 4096
  private static let makers: Set<FourCC> = [
    "CNDB", "CNCV", "CNMN", "CNFV", "CNTH", "CNDM", "Seri", "cprt", "ptnm", "ptrh", "thum", "sttm", "gps ",
    "3gf ", "ver ", "tima", "thma", "scra",
  ]
  private static let left: Set<FourCC> = [
    "moov", "mvhd", "trak", "tkhd", "mdia", "udta", "meta", "keys", "ilst", "hdlr", "uuid", "XMP_", "loci",
    "titl", "auth", "cprt", "stbl",
  ]

  static func read(_ box: BoxWalker.Box, _ session: MovieSession) throws(ParseError) {
    let body = box.body
    let page = body.prefix(look)
    guard page.count >= 8 else { return }
    let bytes = try page.withBytes(at: 0, count: page.count) { run throws(ParseError) in Array(run) }
    guard let start = bytes.firstIndex(where: { $0 != 0 }) else { return }
    let type = FourCC(try page.u32(at: 4, .big))
    if makers.contains(type) { return readMakers(body, session) }
    // The size of a box begins with zeros.
    let isBox = (max(4, start + 1)...(start + 4)).contains { at in
      at + 4 <= bytes.count
        && (left.contains(Self.code(bytes, at)) || bytes[at] == 0xA9 && Self.code(bytes, at).isPrintable)
    }
    let text = bytes[start...].prefix { $0 >= 0x20 && $0 < 0x7F || $0 == 0x0A || $0 == 0x0D || $0 == 0x09 }
    let isText = text.count >= 16
    guard isBox || isText else { return }
    if isText, let words = BoundedText.decode(text.prefix(256), session.tools.limits) {
      // Packagers write their own name there, which hides nothing.
      let isPackager = words.lowercased().hasPrefix("isomedia file") || words.hasPrefix("x26")
      if isPackager {
        return session.add(.generator, .software(words), "QuickTime:Free", at: body.place(start))
      }
    }
    session.add(.leftover, .hidden(HiddenContent(byteCount: body.count)), "QuickTime:Free", at: body.place(0))
  }

  private static func code(_ bytes: [UInt8], _ at: Int) -> FourCC {
    FourCC(bytes[at..<(at + 4)].reduce(0) { $0 << 8 | UInt32($1) })
  }

  private static func readMakers(_ body: ByteView, _ session: MovieSession) {
    for box in session.boxes(of: body) {
      do throws(ParseError) {
        try readMaker(box, session)
      } catch {
        session.result.damage(error)
      }
    }
    session.endList()
  }

  private static func readMaker(_ box: BoxWalker.Box, _ session: MovieSession) throws(ParseError) {
    let body = box.body
    switch box.type {
    case "CNCV", "CNMN", "CNFV", "CNTH": try UserData.read(box, session)
    case "Seri", "SVer":
      guard let text = MovieText.fixed(body, at: 2, count: Int(try body.u8(at: 0))) else { return }
      session.makers.insert("kodak")
      if box.type == "SVer" {
        session.add(.firmware, .software(text), "Kodak:FirmwareVersion", at: body.place(2))
      } else if let serial = MakerNoteText.serial(text) {
        session.add(.body, .serial(serial), "Kodak:SerialNumber", at: body.place(2))
      }
    case "cprt":
      guard let text = try MovieText.plain(body, session.tools.limits) else { return }
      session.add(.copyright, .person(text), "QuickTime:Copyright", at: body.place(0))
    case "ptnm":
      guard let text = MovieText.fixed(body, at: 4, count: min(body.count, 256)) else { return }
      session.add(.originalFileName, .link(text), "QuickTime:OriginalFileName", at: body.place(4))
    case "sttm" where body.count >= 8:
      // Milliseconds since 1970 by the clock of the car.
      let seconds = Int64(clamping: try body.u64(at: 0, .big) / 1000)
      guard seconds > 0, seconds <= Timestamp.lastSecond else { return }
      session.add(
        .original, .timestamp(Timestamp(civilSeconds: seconds)), "QuickTime:StartTime", at: body.place(0))
    case "thum": session.addPicture(body.dropping(4), .preview, "QuickTime:PreviewImage")
    case "thma", "scra": session.addPicture(body, .preview, "QuickTime:PreviewImage")
    case "ver ":
      guard let text = try MovieText.plain(body, session.tools.limits) else { return }
      session.add(.firmware, .software(text), "QuickTime:Version", at: body.place(0))
    default: break
    }
  }
}

internal import UntrailBytes
internal import UntrailModel

/// The user data of a film or of a track: boxes, each with one fact. See MovieText for the forms of texts.
///
///     meta                              see MetaBox
///     loci                              see ThreeGPPLocation
///     XMP_                              XMP
///     uuid                              see MovieUUID
///     Xtra                              see MicrosoftExtra
///     (c)xyz, (c)mak ... titl, auth ... see MovieField
///     TAGS, NCDT ...                    see CameraUserData
///     00 00 00 00                       end, in QuickTime
///
/// Source: ISO/IEC 14496-12:2022, section 8.10.1; Apple, QuickTime File Format, User Data Atoms.
enum UserData {
  static func read(_ body: ByteView, _ session: MovieSession) {
    session.nested(body) {
      for box in session.boxes(of: body) {
        do throws(ParseError) {
          try read(box, session)
        } catch {
          session.result.damage(error)
        }
      }
    }
    session.endList()
  }

  /// Boxes of which the first part says something; half of a place is another place.
  private static let readableInPart: Set<FourCC> = ["meta", "udta", "uuid", "XMP_", "NCDT", "CNTH"]

  static func read(_ box: BoxWalker.Box, _ session: MovieSession) throws(ParseError) {
    guard !box.isCut || readableInPart.contains(box.type) else { return }
    let body = box.body
    let limits = session.tools.limits
    switch box.type {
    case "meta": try MetaBox.read(body, session)
    case "udta": read(body, session)
    case "loci": try ThreeGPPLocation.read(body, session)
    case "XMP_": EmbeddedBlocks.xmp(body, into: &session.result, session.tools)
    case "uuid": try MovieUUID.read(body, session)
    case "Xtra": try MicrosoftExtra.read(body, session)
    case "kywd":
      for word in try MovieText.keywords(body, limits) {
        session.add(.keywords, .text(word), "QuickTime:Keywords", at: body.place(0))
      }
    case "manu", "modl":
      // Canon writes six bytes before the text.
      let isCanon = try body.count > 6 ? body.u32(at: 0, .big) == 0 : false
      try observe(box.type, MovieText.plain(body.dropping(isCanon ? 6 : 0), limits), body, session)
    case "rtng": try observe(box.type, MovieText.threeGPP(body, skip: 8, limits), body, session)
    case "clsf": try observe(box.type, MovieText.threeGPP(body, skip: 6, limits), body, session)
    case "titl", "auth", "perf", "gnre", "dscp", "cprt", "albm", "coll":
      try observe(box.type, MovieText.threeGPP(body, limits), body, session)
    default:
      if try CameraUserData.read(box, session) { return }
      guard MovieField.of(box.type) != nil else { return }
      let hasSign = box.type.value >> 24 == 0xA9 || box.type.value >> 24 == 0x40
      let text = try hasSign ? MovieText.international(body, limits) : MovieText.plain(body, limits)
      try observe(box.type, text, body, session)
    }
  }

  private static func observe(
    _ type: FourCC, _ text: String?, _ body: ByteView, _ session: MovieSession
  ) throws(ParseError) {
    guard let field = MovieField.of(type), let text else { return }
    session.observe(field, text, at: body.place(0))
  }
}

/// Where a film of a telephone was made.
///
///     00 00 00 00 GG GG NAME 00 RR XX XX XX XX YY YY YY YY ZZ ZZ ZZ ZZ BODY 00 NOTES 00
///
/// GG: language; RR: 0 place of the camera, 1 real place, 2 fictional; longitude, latitude, altitude as 16.16 numbers;
/// BODY: the celestial body, empty for Earth. Texts are UTF-8, or UTF-16 with a byte order mark.
///
/// Source: 3GPP TS 26.244, section 8.2.
enum ThreeGPPLocation {
  private static let field = "QuickTime:LocationInformation"

  static func read(_ body: ByteView, _ session: MovieSession) throws(ParseError) {
    var offset = 6
    let name = try text(body, &offset, session.tools.limits)
    guard offset + 13 <= body.count else { return }
    let role = try body.u8(at: offset)
    let longitude = try number(body, offset + 1)
    let latitude = try number(body, offset + 5)
    let altitude = try number(body, offset + 9)
    let place = body.place(offset + 1)
    offset += 13
    let celestialBody = try text(body, &offset, session.tools.limits)
    let notes = try text(body, &offset, session.tools.limits)
    if let name { session.add(.landmark, .place(name), field, at: body.place(6)) }
    if let notes { session.add(.description, .text(notes), field, at: place) }
    guard role != 2, celestialBody.map({ $0.lowercased() == "earth" }) ?? true else { return }
    session.addPlace(latitude, longitude, altitude, field, at: place)
  }

  private static func number(_ body: ByteView, _ offset: Int) throws(ParseError) -> Double {
    Double(Int32(bitPattern: try body.u32(at: offset, .big))) / 65_536
  }

  /// The text up to the next zero, behind which `offset` then is.
  private static func text(
    _ body: ByteView, _ offset: inout Int, _ limits: Limits
  ) throws(ParseError) -> String? {
    guard offset < body.count else { return nil }
    let rest = body.dropping(offset).prefix(512)
    let isWide = rest.begins(with: [0xFE, 0xFF]) || rest.begins(with: [0xFF, 0xFE])
    let end = try rest.withBytes(at: 0, count: rest.count) { run throws(ParseError) in
      isWide
        ? stride(from: 0, to: run.count - 1, by: 2).first { run[$0] == 0 && run[$0 + 1] == 0 }
        : run.firstIndex(of: 0)
    }
    let length = end ?? rest.count
    offset += length + (isWide ? 2 : 1)
    return try MovieText.unicode(rest.prefix(length), limits)
  }
}

internal import UntrailBytes
internal import UntrailModel

/// The metadata of a film, of a track or of a file.
///
///     00 00 00 00                       version and flags; QuickTime has none
///     hdlr                              kind: "mdta" (keys), "mdir" (iTunes), "nrtm" (XML of Sony)
///     keys: 00 00 00 00 NN NN NN NN, then SS SS SS SS "mdta" NAME
///     ilst: boxes with data boxes; their types are numbers of the names from 1 on, or names themselves
///       "----": mean, name, data        a name of anybody's own
///     xml                               version and flags, XML
///     ID32                              ID3 version 2
///     uuid
///
/// Source: ISO/IEC 14496-12:2022, section 8.11; Apple, QuickTime File Format, Metadata.
enum MetaBox {
  static func read(_ body: ByteView, _ session: MovieSession) throws(ParseError) {
    // A first box that is one tells that there is no version.
    let isPlain = try body.count >= 8 ? FourCC(body.u32(at: 4, .big)).isPrintable : false
    var names: [String] = []
    session.nested(body) {
      for box in session.boxes(of: body.dropping(isPlain ? 0 : 4)) {
        do throws(ParseError) {
          try read(box, &names, session)
        } catch {
          session.result.damage(error)
        }
      }
    }
    session.endList()
  }

  private static func read(
    _ box: BoxWalker.Box, _ names: inout [String], _ session: MovieSession
  ) throws(ParseError) {
    switch box.type {
    case "keys": names = try keys(box.body, session.tools.limits)
    case "ilst": readItems(box.body, names, session)
    case "xml ": CameraXML.read(box.body.dropping(4), session)
    case "uuid": try MovieUUID.read(box.body, session)
    case "udta": UserData.read(box.body, session)
    case "ID32":
      session.result.notRead(
        "id3-not-read", "ID3 metadata is there; this version does not read it", at: box.start)
    default: break
    }
  }

  private static func keys(_ body: ByteView, _ limits: Limits) throws(ParseError) -> [String] {
    var names: [String] = []
    var offset = 8
    let count = min(Int(try body.u32(at: 4, .big)), limits.entries)
    while names.count < count, offset + 8 <= body.count {
      let size = Int(try body.u32(at: offset, .big))
      guard size >= 8 else { break }
      names.append(try MovieText.plain(body.dropping(offset + 8).prefix(size - 8), limits) ?? "")
      offset += size
    }
    return names
  }

  private static func readItems(_ body: ByteView, _ names: [String], _ session: MovieSession) {
    for item in session.boxes(of: body) {
      do throws(ParseError) {
        let index = Int(item.type.value) - 1
        if item.type == "----" {
          try readFreeForm(item.body, session)
        } else if names.indices.contains(index) {
          for value in try values(item.body, session) { try read(value, named: names[index], session) }
        } else {
          for value in try values(item.body, session) { try read(value, item.type, session) }
        }
      } catch {
        session.result.damage(error)
      }
    }
  }

  private static func values(
    _ body: ByteView, _ session: MovieSession
  ) throws(ParseError) -> [MetadataValue] {
    var values: [MetadataValue] = []
    // Half of a place is another place.
    for box in session.boxes(of: body) where box.type == "data" && box.body.count > 8 && !box.isCut {
      values.append(try MetadataValue(box.body))
    }
    return values
  }

  private static func read(
    _ value: MetadataValue, _ type: FourCC, _ session: MovieSession
  ) throws(ParseError) {
    if type == "covr" { return try examinePicture(value, "QuickTime:CoverArt", session) }
    guard let field = MovieField.of(type), let text = try value.text(session.tools.limits) else { return }
    session.observe(field, text, at: value.bytes.place(0))
  }

  private static func read(
    _ value: MetadataValue, named name: String, _ session: MovieSession
  ) throws(ParseError) {
    if value.isPicture { return try examinePicture(value, "QuickTime:Artwork", session) }
    if value.bytes.begins(with: "<?xml".utf8) { return CameraXML.read(value.bytes, session) }
    guard let field = MetadataKey.field(name), let text = try value.text(session.tools.limits) else { return }
    session.observe(field, text, at: value.bytes.place(0))
  }

  /// `mean`, `name` and `data`, each behind version and flags.
  private static func readFreeForm(_ body: ByteView, _ session: MovieSession) throws(ParseError) {
    var name = ""
    for box in session.boxes(of: body) {
      if box.type == "name" { name = try MovieText.plain(box.body.dropping(4), session.tools.limits) ?? "" }
      guard box.type == "data", box.body.count > 8, !box.isCut, let field = MetadataKey.freeForm(name) else {
        continue
      }
      let value = try MetadataValue(box.body)
      guard let text = try value.text(session.tools.limits) else { continue }
      session.observe(field, text, at: value.bytes.place(0))
    }
  }

  /// A picture of the sleeve may have been a photo, with all that a photo says.
  private static func examinePicture(
    _ value: MetadataValue, _ field: String, _ session: MovieSession
  ) throws(ParseError) {
    guard value.isPicture, value.bytes.count > 0 else { return }
    session.add(
      .embeddedFile, .hidden(HiddenContent(byteCount: value.bytes.count)), field, at: value.bytes.place(0))
    guard value.bytes.count <= min(session.tools.limits.structure, value.bytes.source.runLimit) else {
      return
    }
    let bytes = try value.bytes.withBytes(at: 0, count: value.bytes.count) { run throws(ParseError) in
      Array(run)
    }
    session.tools.examineMember(named: field, bytes, into: &session.result)
  }
}

internal import UntrailBytes
internal import UntrailModel

/// What makers of cameras and phones put into the user data of a film.
///
///     CAME                  GoPro: a number made of the serial number; FIRM, LENS: see MovieField
///     MUID, GUMI            GoPro: ids of the recording, eight little-endian numbers; 16 bytes
///     CNTH: CNDA            Canon: a JPEG picture with EXIF
///     NCDT: NCTG, NCTH, NCVW, NCM1       Nikon: see NikonMovieTags; pictures
///     PANA, LEIC            Panasonic, Leica: model at 4 or 12, or make at 0 and model at 22; a picture's head with EXIF
///     PENT, TAGS, @sec, MMA0, MMA1       texts at fixed places: see CameraTags
///     PXMN, thmb            Pentax: a maker note, or a picture behind 4 or 8 bytes
///     RMKN, RTHU            Ricoh: TIFF structure; picture
///     PXTH, scrn            a picture behind the number of its bytes
///     mcvr                  Xiaomi: picture
///
/// Source: ExifTool's QuickTime.pm, GoPro.pm, Canon.pm, Nikon.pm, Panasonic.pm, Pentax.pm.
enum CameraUserData {
  /// - Returns: whether the box is one of these.
  static func read(_ box: BoxWalker.Box, _ session: MovieSession) throws(ParseError) -> Bool {
    let body = box.body
    switch box.type {
    case "GoPr", "CAME", "MUID", "GUMI": try readGoPro(box, session)
    case "FIRM", "LENS":
      session.makers.insert("gopro")
      return false
    case "CNTH":
      session.makers.insert("canon")
      for inner in session.boxes(of: body) where inner.type == "CNDA" {
        session.addPicture(inner.body, .preview, "Canon:ThumbnailImage")
      }
    case "NCDT": readNikon(body, session)
    case "PANA", "LEIC": readPanasonic(body, session)
    case "PENT": try CameraTags.readPentax(body, session)
    case "TAGS": CameraTags.read(body, session)
    case "@sec":
      CameraTags.read(body, CameraTags.samsung, group: "Samsung", session)
      session.addPicture(body.dropping(0x20C), .preview, "Samsung:ThumbnailImage")
    case "MMA0", "MMA1": CameraTags.read(body, CameraTags.minolta, group: "Minolta", session)
    case "PXMN", "thmb": readPentaxNote(body, session)
    case "RMKN": EmbeddedBlocks.exif(body, into: &session.result, session.tools)
    case "RTHU", "mcvr": session.addPicture(body, .preview, "QuickTime:PreviewImage")
    case "PXTH", "scrn": session.addPicture(body.dropping(4), .preview, "QuickTime:PreviewImage")
    case "MVTG", "QVMI":
      session.result.notRead(
        "maker-data-not-read", "the camera maker's own data are there; this version does not read them",
        at: box.start)
    default: return false
    }
    return true
  }

  private static func readGoPro(_ box: BoxWalker.Box, _ session: MovieSession) throws(ParseError) {
    session.makers.insert("gopro")
    let body = box.body
    let bytes = try body.withBytes(at: 0, count: min(body.count, 32)) { run throws(ParseError) in Array(run) }
    guard bytes.contains(where: { $0 != 0 }) else { return }
    switch box.type {
    case "CAME" where bytes.count >= 8:
      session.add(.body, .serial(HexText.of(bytes)), "QuickTime:SerialNumberHash", at: body.place(0))
    case "GUMI" where bytes.count >= 16:
      session.add(.mediaGroup, .link(HexText.of(bytes.prefix(16))), "QuickTime:GUMI", at: body.place(0))
    case "MUID" where bytes.count == 32:
      let numbers = stride(from: 0, to: 32, by: 4).map { start in
        (0..<4).reduce(UInt32(0)) { $0 | UInt32(bytes[start + $1]) << UInt32(8 * $1) }
      }
      // In GPMF the second half, which tells recordings of one camera apart, may be zeros.
      session.add(
        .contentIdentifier, .link(numbers.map { String($0) }.joined(separator: " ")), "GoPro:MediaUniqueID",
        at: body.place(0))
    default: break
    }
  }

  private static func readNikon(_ body: ByteView, _ session: MovieSession) {
    session.makers.insert("nikon")
    for box in session.boxes(of: body) {
      switch box.type {
      case "NCTG": NikonMovieTags.read(box.body, session)
      case "NCTH": session.addPicture(box.body, .preview, "Nikon:ThumbnailImage")
      case "NCVW", "NCM1", "NCM2": session.addPicture(box.body, .preview, "Nikon:PreviewImage")
      default: break
      }
    }
  }

  /// Where the head of a picture with EXIF begins, by model.
  private static let panasonicHeads = [0x10, 0x4068]

  private static func readPanasonic(_ body: ByteView, _ session: MovieSession) {
    if let make = MovieText.fixed(body, at: 0, count: 22), make.uppercased().hasPrefix("LEICA") {
      let model = MovieText.fixed(body, at: 0x16, count: 30) ?? ""
      session.addDevice(make: make, model: model, at: body.place(0))
    } else if let model = MovieText.fixed(body, at: 4, count: 16) ?? MovieText.fixed(body, at: 12, count: 16),
      model.utf8.count >= 4
    {
      session.addDevice(make: "Panasonic", model: model, at: body.place(4))
    }
    for start in panasonicHeads {
      let head = body.dropping(start)
      guard head.begins(with: [0xFF, 0xD8, 0xFF, 0xE1]), head.dropping(6).begins(with: "Exif\0\0".utf8) else {
        continue
      }
      EmbeddedBlocks.exif(head.dropping(6), into: &session.result, session.tools)
    }
    session.addPicture(body.dropping(0x5C), .thumbnail, "Panasonic:ThumbnailImage")
  }

  private static func readPentaxNote(_ body: ByteView, _ session: MovieSession) {
    guard body.begins(with: "PENTAX \0".utf8) else {
      for start in [4, 8] { session.addPicture(body.dropping(start), .preview, "QuickTime:ThumbnailImage") }
      return
    }
    let isBig = body.dropping(8).begins(with: "MM".utf8)
    let note = MakerNote(
      block: body, range: 0..<body.count, order: isBig ? .big : .little, make: "PENTAX", model: "",
      limits: session.tools.limits)
    _ = MakerNotes.decode(note, into: &session.result)
  }
}

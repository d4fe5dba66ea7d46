internal import UntrailBytes
internal import UntrailModel

/// Boxes of a film whose kind 16 bytes name; those that pictures have as well are in UUIDBox.
///
///     85C0B687...  Canon: CNCV, CNTH, CMT1 ... as in CR3Reader
///     USMT!...     Sony, PSP: MTDT: number of entries; each: bytes, kind, language, encoding, value
///     PROF!...     profiles; OLYM of Olympus
///     4AB03B0F...  Flip: at 56 the serial number, 16 bytes
///     57F5B93E...  FLIR: at 126 the serial number, 9 bytes
///     7F2E2100...  FLIR: latitude, longitude, altitude at 4, 8, 12 as numbers of 32 bits
///     FFCC8263...  spherical video: XML
///     VIRBactioncamera    Garmin: software
///
/// Source: ExifTool's QuickTime.pm and FLIR.pm; Google, Spherical Video RFC 1.
enum MovieUUID {
  private static let userMedia = Array("USMT!".utf8) + Hexadecimal.bytes("D24FCEBB88695CFAC9C740".utf8)
  private static let profile = Array("PROF!".utf8) + Hexadecimal.bytes("D24FCEBB88695CFAC9C740".utf8)
  private static let flip = Hexadecimal.bytes("4AB03B0F618D407582B2D9FACED35FF5".utf8)
  private static let thermalSerial = Hexadecimal.bytes("57F5B93E51E448AFA0D9C3EF1B37F712".utf8)
  private static let thermalPlace = Hexadecimal.bytes("7F2E21008B464918AFB1DE709A74F6F5".utf8)
  private static let spherical = Hexadecimal.bytes("FFCC8263F8554A938814587A02521FDD".utf8)

  static func read(_ body: ByteView, _ session: MovieSession) throws(ParseError) {
    guard body.count >= 16 else { return }
    let content = body.dropping(16)
    if body.begins(with: CR3Reader.canon) {
      try readCanon(content, session)
    } else if body.begins(with: userMedia) {
      for box in session.boxes(of: content) where box.type == "MTDT" { try readMetadata(box.body, session) }
    } else if body.begins(with: profile) {
      for box in session.boxes(of: content.dropping(8)) where box.type == "OLYM" {
        CameraTags.read(box.body, CameraTags.olympus, group: "Olympus", session)
      }
    } else if body.begins(with: flip) {
      if let serial = MovieText.fixed(content, at: 56, count: 16).flatMap(MakerNoteText.serial) {
        session.add(.body, .serial(serial), "QuickTime:SerialNumber", at: content.place(56))
      }
      session.addPicture(content.dropping(112), .preview, "QuickTime:PreviewImage")
    } else if body.begins(with: thermalSerial) {
      if let serial = MovieText.fixed(content, at: 126, count: 9).flatMap(MakerNoteText.serial) {
        session.addDevice(make: "FLIR", at: content.place(126))
        session.add(.body, .serial(serial), "FLIR:CameraSerialNumber", at: content.place(126))
      }
    } else if body.begins(with: thermalPlace) {
      try readThermalPlace(content, session)
    } else if body.begins(with: spherical) {
      CameraXML.read(content, session)
    } else if body.begins(with: "VIRBactioncamera".utf8) {
      if let text = try MovieText.plain(content, session.tools.limits) {
        session.add(.processing, .software(text), "QuickTime:GarminSoftware", at: content.place(0))
      }
    } else {
      UUIDBox.decode(body, into: &session.result, session.tools)
    }
  }

  private static func readCanon(_ content: ByteView, _ session: MovieSession) throws(ParseError) {
    try CR3Reader().readCanon(content, into: &session.result, session.tools)
    for box in session.boxes(of: content) {
      switch box.type {
      case "CNCV", "CNTH", "CNMN", "CNFV": try UserData.read(box, session)
      default: break
      }
    }
  }

  private static func readThermalPlace(_ content: ByteView, _ session: MovieSession) throws(ParseError) {
    guard content.count >= 16 else { return }
    func number(_ offset: Int) throws(ParseError) -> Double {
      Double(Float(bitPattern: try content.u32(at: offset, .big)))
    }
    session.addPlace(
      try number(4), try number(8), try number(12), "FLIR:GPSLatitude", at: content.place(4))
  }

  /// Kinds: 1 title, 3 day of production, 4 software, 5 product, 11 minutes east of UTC, 12 last change. Texts are
  /// UTF-16 in encoding 1.
  private static func readMetadata(_ body: ByteView, _ session: MovieSession) throws(ParseError) {
    var offset = 2
    let limits = session.tools.limits
    for _ in 0..<Int(try body.u16(at: 0, .big)) where offset + 10 <= body.count {
      let size = Int(try body.u16(at: offset, .big))
      guard size >= 10, offset + size <= body.count else {
        throw ParseError(.malformed, at: body.start + offset, "an entry that is longer than its list")
      }
      let kind = try body.u32(at: offset + 2, .big)
      let isWide = try body.u16(at: offset + 8, .big) == 1
      let value = body.dropping(offset + 10).prefix(size - 10)
      let place = value.place(0)
      offset += size
      if kind == 11, value.count >= 2 {
        let minutes = Int(Int16(bitPattern: try value.u16(at: 0, .big)))
        guard let minutes = MakerNoteTime.offset(minutes: minutes) else { continue }
        session.add(.zone, .utcOffset(minutes), "QuickTime:TimeZone", at: place)
        continue
      }
      guard let text = try isWide ? MovieText.utf16(value, limits) : MovieText.plain(value, limits) else {
        continue
      }
      switch kind {
      case 1: session.add(.title, .text(text), "QuickTime:Title", at: place)
      case 3: session.addTime(text, .original, "QuickTime:ProductionDate", at: place)
      case 4: session.add(.processing, .software(text), "QuickTime:Software", at: place)
      case 5: session.addDevice(model: text, at: place)
      case 12: session.addTime(text, .modified, "QuickTime:ModifyDate", at: place)
      default: break
      }
    }
  }
}

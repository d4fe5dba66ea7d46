internal import UntrailBytes
internal import UntrailModel

/// Texts at fixed places, as cameras of the first years wrote them: the make, the model, sometimes a time.
///
/// TAGS: make at 0; the model at 24, of Kodak at 22. TAGS of later Olympus cameras: 12 bytes, then a box OLYM with a box
/// prms. PENT, little-endian: at 199 "GPS_" and four bytes, then the reference of the latitude (2 bytes), three pairs of
/// numbers of 32 bits (degrees, minutes, seconds), the same of the longitude, a byte below which sea, a pair of metres.
///
/// Source: ExifTool's FujiFilm.pm, Kodak.pm, Minolta.pm, Nikon.pm, Olympus.pm, Pentax.pm, Samsung.pm, Sanyo.pm.
enum CameraTags {
  struct Text {
    let offset: Int
    let count: Int
    let meaning: Meaning

    init(_ offset: Int, _ count: Int, _ meaning: Meaning) {
      self.offset = offset
      self.count = count
      self.meaning = meaning
    }
  }

  enum Meaning {
    case make
    case model
    case lens
    case software
    case time(Role, String)
  }

  static let olympus = [
    Text(0x0E, 26, .make), Text(0x28, 24, .model), Text(0x7F, 24, .time(.original, "DateTimeOriginal")),
    Text(0x99, 24, .time(.created, "DateTime2")),
  ]
  private static let olympusLater = [
    Text(0x12, 24, .make), Text(0x2C, 24, .model), Text(0x83, 24, .time(.original, "DateTime1")),
    Text(0x9D, 24, .time(.created, "DateTime2")), Text(0x17F, 32, .lens),
  ]
  static let samsung = [Text(0, 32, .make), Text(32, 32, .model)]
  static let minolta = [Text(0, 20, .make), Text(20, 16, .software)]
  private static let pentax = [
    Text(0, 24, .make), Text(0x1A, 24, .model), Text(0x71, 24, .time(.original, "DateTime1")),
    Text(0x8B, 24, .time(.created, "DateTime2")),
  ]
  private static let makers: [(start: String, texts: [Text])] = [
    ("FUJIFILM DIGITAL CAMERA", [Text(0, 24, .make), Text(24, 16, .model)]),
    ("EASTMAN KODAK COMPANY", [Text(0, 21, .make), Text(22, 42, .model)]),
    ("KONICA MINOLTA DIGITAL CAMERA", [Text(0, 32, .make)]), ("MINOLTA DIGITAL CAMERA", [Text(0, 24, .make)]),
    ("NIKON DIGITAL CAMERA", [Text(0, 24, .make), Text(24, 8, .model), Text(0xAF, 16, .software)]),
    ("OLYMPUS DIGITAL CAMERA", [Text(0, 24, .make), Text(24, 24, .model)]),
    ("PENTAX DIGITAL CAMERA", [Text(0, 24, .make)]),
    ("SAMSUNG DIGITAL CAMERA", [Text(0, 24, .make), Text(24, 16, .model), Text(0x7D, 32, .software)]),
    ("SANYO DIGITAL CAMERA", [Text(0, 24, .make), Text(24, 8, .model)]),
  ]

  /// A box TAGS.
  static func read(_ body: ByteView, _ session: MovieSession) {
    if let maker = makers.first(where: { body.begins(with: $0.start.utf8) }) {
      return read(body, maker.texts, group: "QuickTime", session)
    }
    guard body.dropping(16).begins(with: "OLYM\0".utf8) else { return }
    for box in session.boxes(of: body.dropping(12)) where box.type == "OLYM" {
      for inner in session.boxes(of: box.body) {
        switch inner.type {
        case "prms": read(inner.body, olympusLater, group: "Olympus", session)
        case "thmb": session.addPicture(inner.body.dropping(8), .thumbnail, "Olympus:ThumbnailImage")
        case "scrn": session.addPicture(inner.body.dropping(6), .preview, "Olympus:PreviewImage")
        default: break
        }
      }
    }
  }

  static func read(_ body: ByteView, _ texts: [Text], group: String, _ session: MovieSession) {
    for item in texts {
      guard let text = MovieText.fixed(body, at: item.offset, count: item.count) else { continue }
      let place = body.place(item.offset)
      switch item.meaning {
      case .make: session.addDevice(make: text, at: place)
      case .model: session.addDevice(model: text, at: place)
      case .lens: session.add(.lens, .device(Device(model: text)), group + ":LensModel", at: place)
      case .software: session.add(.firmware, .software(text), group + ":Software", at: place)
      case .time(let role, let name): session.addTime(text, role, "\(group):\(name)", at: place)
      }
    }
  }

  static func readPentax(_ body: ByteView, _ session: MovieSession) throws(ParseError) {
    read(body, pentax, group: "Pentax", session)
    guard body.count >= 0x10C, body.dropping(0xC7).begins(with: "GPS_".utf8) else { return }
    func degrees(_ offset: Int) throws(ParseError) -> Double? {
      var parts: [Double] = []
      for index in 0..<3 {
        let divisor = try body.u32(at: offset + 8 * index + 4, .little)
        guard divisor > 0 else { return nil }
        parts.append(Double(try body.u32(at: offset + 8 * index, .little)) / Double(divisor))
      }
      return parts[0] + parts[1] / 60 + parts[2] / 3600
    }
    let north = try body.u8(at: 0xCF)
    let east = try body.u8(at: 0xE9)
    guard let latitude = try degrees(0xD1), let longitude = try degrees(0xEB),
      [UInt8(ascii: "N"), UInt8(ascii: "S")].contains(north),
      [UInt8(ascii: "E"), UInt8(ascii: "W")].contains(east)
    else { return }
    var altitude: Double?
    let divisor = try body.u32(at: 0x108, .little)
    if divisor > 0 {
      altitude = Double(try body.u32(at: 0x104, .little)) / Double(divisor)
      if try body.u8(at: 0x103) == 1 { altitude = altitude.map { -$0 } }
    }
    session.addPlace(
      north == UInt8(ascii: "S") ? -latitude : latitude, east == UInt8(ascii: "W") ? -longitude : longitude,
      altitude, "Pentax:GPSLatitude", at: body.place(0xCF))
  }
}

internal import UntrailBytes
internal import UntrailModel

/// The texts of an INFO list, by their four letters.
///
/// Source: IBM and Microsoft, Multimedia Programming Interface and Data Specifications 1.0, chapter 2; names, and
/// the letters that programs added, as in ExifTool's RIFF.pm.
enum InfoList {
  private enum Meaning {
    case person(Role)
    case software(Role)
    case time(Role)
    case place(Role)
    case device
    case link(Role)
    case contact(Role)
    case text(Role)
  }

  private static let keys: [String: (name: String, meaning: Meaning)] = [
    "IARL": ("ArchivalLocation", .place(.landmark)), "IART": ("Artist", .person(.artist)),
    "ICMS": ("Commissioned", .person(.owner)), "ICMT": ("Comment", .text(.comment)),
    "ICOP": ("Copyright", .person(.copyright)), "ICRD": ("DateCreated", .time(.created)),
    "IENG": ("Engineer", .person(.creator)), "IKEY": ("Keywords", .text(.keywords)),
    "IMED": ("Medium", .text(.label)), "INAM": ("Title", .text(.title)),
    "IPRD": ("Product", .text(.title)), "ISBJ": ("Subject", .text(.subject)),
    "ISFT": ("Software", .software(.processing)), "ISRC": ("Source", .person(.credit)),
    "ISRF": ("SourceForm", .text(.label)), "ITCH": ("Technician", .person(.creator)),
    "IWRI": ("WrittenBy", .person(.author)), "IPRO": ("ProducedBy", .person(.creator)),
    "ICNM": ("Cinematographer", .person(.photographer)), "IPDS": ("ProductionDesigner", .person(.creator)),
    "IEDT": ("EditedBy", .person(.editor)), "ICDS": ("CostumeDesigner", .person(.creator)),
    "IMUS": ("MusicBy", .person(.creator)), "ISTD": ("ProductionStudio", .person(.publisher)),
    "IDST": ("DistributedBy", .person(.publisher)), "ICNT": ("Country", .place(.country)),
    "ISTR": ("Starring", .person(.depicted)), "TITL": ("Title", .text(.title)),
    "DIRC": ("Directory", .link(.path)), "YEAR": ("Year", .time(.created)),
    "COMM": ("Comments", .text(.comment)), "STAR": ("Starring", .person(.depicted)),
    "CODE": ("EncodedBy", .person(.creator)), "IBSU": ("BaseURL", .contact(.url)),
    "ILGU": ("LogoURL", .contact(.url)), "ILIU": ("LogoIconURL", .contact(.url)),
    "IWMU": ("WatermarkURL", .contact(.url)), "IMIU": ("MoreInfoURL", .contact(.url)),
    "IMBU": ("MoreInfoBannerURL", .contact(.url)), "IMIT": ("MoreInfoText", .text(.comment)),
    "IENC": ("EncodedBy", .person(.creator)), "IRIP": ("RippedBy", .person(.creator)),
    "TURL": ("URL", .contact(.url)), "TVER": ("Version", .software(.processing)),
    "LOCA": ("Location", .place(.landmark)), "TORG": ("Organization", .person(.owner)),
    "TAPE": ("TapeName", .text(.label)), "CMNT": ("Comment", .text(.comment)),
    "IDIT": ("DateTimeOriginal", .time(.original)), "IMAK": ("Make", .device),
    "IGNR": ("Genre", .text(.category)), "GENR": ("Genre", .text(.category)),
    "VMAJ": ("VegasVersionMajor", .software(.processing)),
  ]

  static func decode(
    _ content: ByteView, _ order: ByteOrder, into result: inout ReadResult, _ limits: Limits
  ) throws(ParseError) {
    var chunks = RIFFChunks(content, order, limits)
    while let chunk = try chunks.next() {
      if chunk.type == "DTIM" {
        try addTicks(chunk.body, into: &result, limits)
      } else if let (name, meaning) = keys[chunk.type.text.uppercased()] {
        try add(chunk.body, "RIFF:" + name, meaning, into: &result, limits)
      }
    }
  }

  private static func add(
    _ body: ByteView, _ field: String, _ meaning: Meaning, into result: inout ReadResult, _ limits: Limits
  ) throws(ParseError) {
    guard let text = try text(body, limits) else { return }
    let place = body.place(0)
    switch meaning {
    case .person(let role): result.add(role, .person(text), field, at: place)
    case .software(let role): result.add(role, .software(text), field, at: place)
    case .place(let role): result.add(role, .place(text), field, at: place)
    case .link(let role): result.add(role, .link(text), field, at: place)
    case .contact(let role): result.add(role, .contact(text), field, at: place)
    case .text(let role): result.add(role, .text(text), field, at: place)
    case .device: result.add(.camera, .device(Device(make: text)), field, at: place)
    case .time(let role):
      // A year alone is no time of anybody.
      guard text.count > 4, let time = RIFFTime.read(text) else {
        return result.add(.label, .text(text), field, at: place)
      }
      result.add(role, .timestamp(time), field, at: place)
    }
  }

  /// The texts between NULs: some programs write a name and, behind a NUL, a version.
  private static func text(_ body: ByteView, _ limits: Limits) throws(ParseError) -> String? {
    let first = try BoundedText.printable(body, limits)
    guard first != nil, body.count <= 256 else { return first }
    let parts = try body.withBytes(at: 0, count: body.count) { run throws(ParseError) in
      ExifText.parts(run.bindMemory(to: UInt8.self))
    }
    let readable = parts.filter(BoundedText.isPrintable)
    return readable.isEmpty ? first : readable.joined(separator: ", ")
  }

  /// Two numbers as text: the upper and the lower half of a FILETIME.
  private static func addTicks(
    _ body: ByteView, into result: inout ReadResult, _ limits: Limits
  ) throws(ParseError) {
    let halves = try BoundedText.decode(body.prefix(64), limits)?.split(separator: " ") ?? []
    guard halves.count == 2, let upper = UInt32(halves[0]), let lower = UInt32(halves[1]),
      let time = WindowsTime.timestamp(UInt64(upper) << 32 | UInt64(lower))
    else { return }
    result.add(.original, .timestamp(time), "RIFF:DateTimeOriginal", at: body.place(0))
  }
}

internal import UntrailBytes
internal import UntrailModel

/// A colour profile: channel A14.
///
///     0  size   12 class ("mntr" display, "scnr" input, "prtr" output)   24 date: six numbers of 2 bytes
///     36 "acsp" 48 manufacturer  52 model   84 profile id: 16 bytes
///     128 number of tags; for each: signature, offset from the start of the profile, length
///     desc, dmnd, dmdd, cprt: texts (`ICCText`);  calt: 4 bytes, 4 bytes, date
///     mmod: 4 bytes, 4 bytes, maker of the display, model, serial number, date (4 each)
///     vcgt: what the graphics card is set to;  meta: names and values
///
/// Most profiles are those of a colour space, which millions of pictures have: of those, only the name is told. A
/// profile is that of a display where it says which one, or how a graphics card was set for it.
///
/// Source: ICC.1:2022; ICC "Dictionary type and metaTag"; mmod as in ExifTool's ICC_Profile.pm and by reading profiles
/// that macOS made.
struct ICCProfile {
  private let view: ByteView
  private let limits: Limits
  private var tags: [UInt32: ByteView] = [:]

  private static let wanted: [FourCC] = ["desc", "dmnd", "dmdd", "cprt", "calt", "mmod", "vcgt", "meta"]

  /// Adds what the profile says to `result`. Damage becomes diagnostics.
  ///
  /// - Parameter isWhole: whether no value may stand behind the end.
  static func decode(
    _ view: ByteView, isWhole: Bool, into result: inout ReadResult, _ limits: Limits
  ) {
    do throws(ParseError) {
      var profile = ICCProfile(view: view, limits: limits)
      try profile.readTags(isWhole: isWhole, into: &result)
      try profile.observe(into: &result)
    } catch {
      result.damage(error)
    }
  }

  /// Whether a profile begins here.
  static func isHead(_ view: ByteView) -> Bool {
    guard let signature = try? view.u32(at: 36, .big) else { return false }
    return FourCC(signature) == "acsp"
  }

  private init(view: ByteView, limits: Limits) {
    self.view = view
    self.limits = limits
  }

  private mutating func readTags(isWhole: Bool, into result: inout ReadResult) throws(ParseError) {
    guard FourCC(try view.u32(at: 36, .big)) == "acsp" else {
      throw ParseError(.malformed, at: view.start + 36, "a colour profile without its signature")
    }
    let stated = Int(try view.u32(at: 128, .big))
    let count = min(stated, (view.count - 132) / 12, limits.entries)
    var isCut = count < stated
    for index in 0..<count {
      let entry = 132 + 12 * index
      let signature = try view.u32(at: entry, .big)
      guard Self.wanted.contains(FourCC(signature)), tags[signature] == nil else { continue }
      let offset = Int(try view.u32(at: entry + 4, .big))
      let size = Int(try view.u32(at: entry + 8, .big))
      guard offset <= view.count, size <= view.count - offset else {
        isCut = true
        continue
      }
      tags[signature] = ByteView(view.source, start: view.start + offset, count: size)
    }
    if isCut, isWhole {
      result.damage("truncated", "a colour profile ends before its values", at: view.place(view.count))
    }
  }

  private func tag(_ signature: FourCC) -> ByteView? { tags[signature.value] }

  private func text(_ signature: FourCC) -> ICCText? { tag(signature).flatMap { ICCText($0, limits) } }

  // MARK: What it says

  private func observe(into result: inout ReadResult) throws(ParseError) {
    let name = text("desc")
    if let name {
      result.add(.profile, .text(name.text), "ICC-Profile:ProfileDescription", at: name.place)
    }
    let model = text("dmdd")
    let maker = text("dmnd")
    switch FourCC(try view.u32(at: 12, .big)) {
    case "mntr":
      guard isOfDisplay(name: name, model: model, maker: maker) else { return }
      try observeDisplay(name: name, model: model, maker: maker, into: &result)
    case "scnr", "prtr":
      guard let named = model ?? maker else { return }
      result.add(
        .accessory, .device(Device(make: maker?.text ?? "", model: model?.text ?? "")),
        model == nil ? "ICC-Profile:DeviceMfgDesc" : "ICC-Profile:DeviceModelDesc", at: named.place)
    default: break
    }
  }

  private func isOfDisplay(name: ICCText?, model: ICCText?, maker: ICCText?) -> Bool {
    if tag("mmod") != nil, tag("vcgt") != nil { return true }
    if let maker = maker?.text.lowercased(), ["lcms generated", "gimp", "none"].contains(maker) {
      return false
    }
    let texts = [name, model].compactMap { $0?.text.lowercased() }
    guard !texts.contains(where: { text in Self.wordsOfSpaces.contains(where: text.holds) }) else {
      return false
    }
    return model != nil || maker != nil || tag("vcgt") != nil || tag("mmod") != nil
  }

  /// What names of colour spaces hold.
  private static let wordsOfSpaces = [
    "rgb", "romm", "61966", "display p3", "dci-p3", "dci p3", "rec. ", "rec2020", "bt.", "itu-r", "gamma",
    "gray",
    "grey", "colour space", "color space", "generic",
  ]

  private func observeDisplay(
    name: ICCText?, model: ICCText?, maker: ICCText?, into result: inout ReadResult
  ) throws(ParseError) {
    var device = Device(make: maker?.text ?? "", model: model?.text ?? "")
    var field = model == nil ? "ICC-Profile:DeviceMfgDesc" : "ICC-Profile:DeviceModelDesc"
    var place = model?.place ?? maker?.place
    if let identity = tag("mmod"), identity.count >= 20 {
      let code = try identity.u32(at: 8, .big)
      if device.make.isEmpty { device.make = DisplayMaker.name(ofCode: code) }
      let serial = try identity.u32(at: 16, .big)
      // ASCII or a number: as EDID has it.
      if serial != 0, serial != 0x0101_0101, serial != 0xFFFF_FFFF {
        result.add(.display, .serial(String(serial)), "ICC-Profile:MakeAndModel", at: identity.place(16))
      }
      if device.model.isEmpty {
        field = "ICC-Profile:MakeAndModel"
        place = identity.place(0)
      }
    }
    try observeMetadata(&device, into: &result)
    if device.model.isEmpty, let name {
      device.model = name.text
      if place == nil || field == "ICC-Profile:DeviceMfgDesc" {
        field = "ICC-Profile:ProfileDescription"
        place = name.place
      }
    }
    if !device.name.isEmpty { result.add(.display, .device(device), field, at: place) }
    try observeDates(into: &result)
    if let copyright = text("cprt") {
      result.add(.profile, .text(copyright.text), "ICC-Profile:ProfileCopyright", at: copyright.place)
    }
    let id = try view.withBytes(at: 84, count: 16) { run throws(ParseError) in Array(run) }
    if id.contains(where: { $0 != 0 }) {
      result.add(.profile, .link(HexText.of(id)), "ICC-header:ProfileID", at: view.place(84))
    }
  }

  /// When the profile was made, and when the display was calibrated. Both are in UTC from version 4 on.
  private func observeDates(into result: inout ReadResult) throws(ParseError) {
    let isUTC = try view.u8(at: 8) >= 4
    if let time = try Self.date(view, at: 24, isUTC: isUTC) {
      result.add(.profile, .timestamp(time), "ICC-header:ProfileDateTime", at: view.place(24))
    }
    guard let calibration = tag("calt"), calibration.count >= 20,
      let time = try Self.date(calibration, at: 8, isUTC: isUTC)
    else { return }
    result.add(.profile, .timestamp(time), "ICC-Profile:CalibrationDateTime", at: calibration.place(8))
  }

  private static func date(_ view: ByteView, at offset: Int, isUTC: Bool) throws(ParseError) -> Timestamp? {
    var parts: [Int] = []
    for index in 0..<6 { parts.append(Int(try view.u16(at: offset + 2 * index, .big))) }
    guard CivilDate.isValid(year: parts[0], month: parts[1], day: parts[2]), parts[3] < 24, parts[4] < 60,
      parts[5] < 60
    else { return nil }
    let day = CivilDate.days(year: parts[0], month: parts[1], day: parts[2])
    return Timestamp(
      civilSeconds: day * 86_400 + Int64(parts[3] * 3600 + parts[4] * 60 + parts[5]),
      utcOffsetMinutes: isUTC ? 0 : nil)
  }

  /// Names and values, as calibration programs write them: what the display says of itself (EDID).
  ///
  ///     "dict", 4 bytes, number of records, size of a record
  ///     record: offset and length of the name, of the value (4 each), of more; UTF-16
  private func observeMetadata(_ device: inout Device, into result: inout ReadResult) throws(ParseError) {
    guard let dictionary = tag("meta"), dictionary.count >= 16,
      FourCC(try dictionary.u32(at: 0, .big)) == "dict"
    else { return }
    let size = Int(try dictionary.u32(at: 12, .big))
    guard size >= 16 else { return }
    for index in 0..<min(Int(try dictionary.u32(at: 8, .big)), 256) {
      let record = 16 + index * size
      guard record + 16 <= dictionary.count else { return }
      guard let name = try word(dictionary, record), name.text.hasPrefix("EDID_"),
        let value = try word(dictionary, record + 8)
      else { continue }
      switch name.text {
      case "EDID_serial":
        result.add(.display, .serial(value.text), "ICC-Profile:EDID_serial", at: value.place)
      case "EDID_md5":
        result.add(.profile, .link(value.text), "ICC-Profile:EDID_md5", at: value.place)
      case "EDID_manufacturer" where device.make.isEmpty: device.make = value.text
      case "EDID_model" where device.model.isEmpty: device.model = value.text
      default: break
      }
    }
  }

  private func word(_ dictionary: ByteView, _ record: Int) throws(ParseError) -> ICCText? {
    let offset = Int(try dictionary.u32(at: record, .big))
    let count = Int(try dictionary.u32(at: record + 4, .big))
    guard offset > 0, offset <= dictionary.count, count <= dictionary.count - offset else { return nil }
    return ICCText(utf16: ByteView(dictionary.source, start: dictionary.start + offset, count: count), limits)
  }
}

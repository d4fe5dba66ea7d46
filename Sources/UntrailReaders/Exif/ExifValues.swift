internal import CExif
internal import UntrailModel

/// The values of IFD0 and of the Exif directory, and what they say: channels A2 and A3.
struct ExifValues {
  private var values: [(value: ExifValue, directory: TIFFStructure.Directory)] = []

  init() { values.reserveCapacity(32) }

  mutating func note(_ value: ExifValue, _ directory: TIFFStructure.Directory) {
    guard value.count > 0 else { return }
    values.append((value, directory))
  }

  func value(_ tag: UInt16) -> ExifValue? {
    for entry in values where entry.value.tag == tag { return entry.value }
    return nil
  }

  /// A text tag that stands for one observation.
  struct TextTag {
    var field: String
    var role: Role
    var fact: (String) -> Observation.Fact
    var encoding = Encoding.ascii

    enum Encoding {
      case ascii
      /// UTF-16, little-endian whatever the order of the file: the Windows XP tags.
      case windowsXP
      /// Eight bytes naming the character set, then the text.
      case namedCharacterSet
      /// Texts of several people between NULs.
      case parts
      /// Text where the entry says that it is one, and nothing else.
      case onlyASCII
      /// A whole number above 0.
      case number
      /// Bytes, as hexadecimal digits; zeros are none.
      case hexadecimal
      /// Text behind "Serial Number: " or the like.
      case labelled
    }
  }

  private static func textTag(_ tag: UInt16) -> TextTag? {
    switch tag {
    case ExifTag.documentName: TextTag(field: "EXIF:DocumentName", role: .documentName, fact: { .text($0) })
    case ExifTag.imageDescription:
      TextTag(field: "EXIF:ImageDescription", role: .description, fact: { .text($0) })
    case ExifTag.software: TextTag(field: "EXIF:Software", role: .processing, fact: { .software($0) })
    case ExifTag.artist: TextTag(field: "EXIF:Artist", role: .artist, fact: { .person($0) })
    case ExifTag.hostComputer:
      TextTag(field: "EXIF:HostComputer", role: .host, fact: { .device(Device(hostName: $0)) })
    case ExifTag.copyright:
      TextTag(field: "EXIF:Copyright", role: .copyright, fact: { .person($0) }, encoding: .parts)
    case ExifTag.xpTitle:
      TextTag(field: "EXIF:XPTitle", role: .title, fact: { .text($0) }, encoding: .windowsXP)
    case ExifTag.xpComment:
      TextTag(field: "EXIF:XPComment", role: .comment, fact: { .text($0) }, encoding: .windowsXP)
    case ExifTag.xpAuthor:
      TextTag(field: "EXIF:XPAuthor", role: .author, fact: { .person($0) }, encoding: .windowsXP)
    case ExifTag.xpKeywords:
      TextTag(field: "EXIF:XPKeywords", role: .keywords, fact: { .text($0) }, encoding: .windowsXP)
    case ExifTag.xpSubject:
      TextTag(field: "EXIF:XPSubject", role: .subject, fact: { .text($0) }, encoding: .windowsXP)
    case ExifTag.cameraSerialNumber:
      TextTag(field: "EXIF:CameraSerialNumber", role: .body, fact: { .serial($0) })
    case ExifTag.imageHistory: TextTag(field: "EXIF:ImageHistory", role: .history, fact: { .text($0) })
    case ExifTag.userComment:
      TextTag(
        field: "EXIF:UserComment", role: .userComment, fact: { .text($0) }, encoding: .namedCharacterSet)
    case ExifTag.imageUniqueID:
      TextTag(field: "EXIF:ImageUniqueID", role: .imageUniqueID, fact: { .link($0) })
    case ExifTag.cameraOwnerName: TextTag(field: "EXIF:CameraOwnerName", role: .owner, fact: { .person($0) })
    case ExifTag.bodySerialNumber:
      TextTag(field: "EXIF:BodySerialNumber", role: .body, fact: { .serial($0) })
    case ExifTag.lensSerialNumber:
      TextTag(field: "EXIF:LensSerialNumber", role: .lens, fact: { .serial($0) })
    case ExifTag.imageTitle: TextTag(field: "EXIF:ImageTitle", role: .title, fact: { .text($0) })
    case ExifTag.photographer: TextTag(field: "EXIF:Photographer", role: .photographer, fact: { .person($0) })
    case ExifTag.imageEditor: TextTag(field: "EXIF:ImageEditor", role: .editor, fact: { .person($0) })
    case ExifTag.cameraFirmware:
      TextTag(field: "EXIF:CameraFirmware", role: .firmware, fact: { .software($0) })
    case ExifTag.rawDevelopingSoftware:
      TextTag(field: "EXIF:RAWDevelopingSoftware", role: .rawDevelopment, fact: { .software($0) })
    case ExifTag.imageEditingSoftware:
      TextTag(field: "EXIF:ImageEditingSoftware", role: .imageEditing, fact: { .software($0) })
    case ExifTag.metadataEditingSoftware:
      TextTag(field: "EXIF:MetadataEditingSoftware", role: .metadataEditing, fact: { .software($0) })
    default: textTagOfFile(tag)
    }
  }

  /// Adds what the values say, and gives the time of the picture for the GPS values to be held against.
  func observe(_ places: EntryPlaces, into result: inout ReadResult) -> Timestamp? {
    let original = observeTimes(places, into: &result)
    observeDevice(.camera, ExifTag.make, ExifTag.model, "EXIF:Make", "EXIF:Model", places, into: &result)
    observeDevice(
      .lens, ExifTag.lensMake, ExifTag.lensModel, "EXIF:LensMake", "EXIF:LensModel", places, into: &result)
    for (value, directory) in values {
      guard let tag = Self.textTag(value.tag) else { continue }
      let offset = places.offset(value.tag, in: directory)
      for text in Self.texts(value, tag.encoding) {
        result.add(tag.role, tag.fact(text), tag.field, at: offset)
      }
    }
    observeNegative(places, into: &result)
    return original
  }

  private static func texts(_ value: ExifValue, _ encoding: TextTag.Encoding) -> [String] {
    switch encoding {
    case .ascii: ExifText.ascii(value.bytes).map { [$0] } ?? []
    case .windowsXP: ExifText.utf16(value.bytes, isLittleEndian: true).map { [$0] } ?? []
    case .namedCharacterSet:
      ExifText.withCharacterSet(value.bytes, isLittleEndian: value.isLittleEndian).map { [$0] } ?? []
    case .parts: ExifText.parts(value.bytes)
    case .onlyASCII:
      value.format == EXIF_FORMAT_ASCII ? ExifText.ascii(value.bytes).map { [$0] } ?? [] : []
    case .number:
      value.number().flatMap { (1...0xFFFF_FFFE).contains($0) ? [String(Int($0))] : nil } ?? []
    case .hexadecimal: hexadecimal(value.bytes).map { [$0] } ?? []
    case .labelled:
      ExifText.ascii(value.bytes).flatMap { withoutLabel($0) }.map { [$0] } ?? []
    }
  }

  private static func hexadecimal(_ bytes: UnsafeBufferPointer<UInt8>) -> String? {
    guard bytes.count <= 64, bytes.contains(where: { $0 != 0 }) else { return nil }
    let digits = Array("0123456789ABCDEF".utf8)
    return String(decoding: bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
  }

  /// What stands behind the first ": ", or all where there is none.
  private static func withoutLabel(_ text: String) -> String? {
    guard let colon = text.firstIndex(of: ":") else { return text }
    let rest = text[text.index(after: colon)...].drop(while: \.isWhitespace)
    return rest.isEmpty ? nil : String(rest)
  }

  private func observeDevice(
    _ role: Role, _ makeTag: UInt16, _ modelTag: UInt16, _ makeField: String, _ modelField: String,
    _ places: EntryPlaces, into result: inout ReadResult
  ) {
    let make = value(makeTag).flatMap { ExifText.ascii($0.bytes) }
    let model = value(modelTag).flatMap { ExifText.ascii($0.bytes) }
    guard make != nil || model != nil else { return }
    let tag = model == nil ? makeTag : modelTag
    result.add(
      role, .device(Device(make: make ?? "", model: model ?? "")), model == nil ? makeField : modelField,
      at: places.offset(tag, in: .image) ?? places.offset(tag, in: .exif))
  }

  private func observeTimes(_ places: EntryPlaces, into result: inout ReadResult) -> Timestamp? {
    let original = observeTime(
      .original, ExifTag.dateTimeOriginal, ExifTag.offsetTimeOriginal, ExifTag.subSecTimeOriginal,
      "EXIF:DateTimeOriginal", places, into: &result)
    _ = observeTime(
      .digitized, ExifTag.dateTimeDigitized, ExifTag.offsetTimeDigitized, ExifTag.subSecTimeDigitized,
      "EXIF:DateTimeDigitized", places, into: &result)
    _ = observeTime(
      .modified, ExifTag.dateTime, ExifTag.offsetTime, ExifTag.subSecTime, "EXIF:DateTime", places,
      into: &result)
    observeLoneOffset(
      ExifTag.offsetTimeOriginal, ExifTag.dateTimeOriginal, "EXIF:OffsetTimeOriginal", places, into: &result)
    observeLoneOffset(
      ExifTag.offsetTimeDigitized, ExifTag.dateTimeDigitized, "EXIF:OffsetTimeDigitized", places,
      into: &result)
    observeLoneOffset(ExifTag.offsetTime, ExifTag.dateTime, "EXIF:OffsetTime", places, into: &result)
    if let zone = value(ExifTag.timeZoneOffset), let hours = zone.number(), abs(hours) <= 14 {
      result.add(
        .zone, .utcOffset(Int16(hours * 60)), "EXIF:TimeZoneOffset",
        at: places.offset(ExifTag.timeZoneOffset, in: .exif)
          ?? places.offset(ExifTag.timeZoneOffset, in: .image))
    }
    return original
  }

  /// An offset whose time is missing still names the zone.
  private func observeLoneOffset(
    _ offsetTag: UInt16, _ timeTag: UInt16, _ field: String, _ places: EntryPlaces,
    into result: inout ReadResult
  ) {
    if let time = value(timeTag), case .time = ExifTime.dateTime(time.bytes) { return }
    guard let minutes = value(offsetTag).flatMap({ ExifTime.offset($0.bytes) }) else { return }
    result.add(.zone, .utcOffset(minutes), field, at: places.offset(offsetTag, in: .exif))
  }

  private func observeTime(
    _ role: Role, _ tag: UInt16, _ offsetTag: UInt16, _ subsecondTag: UInt16, _ field: String,
    _ places: EntryPlaces, into result: inout ReadResult
  ) -> Timestamp? {
    guard let value = value(tag) else { return nil }
    let offset = places.offset(tag, in: .exif) ?? places.offset(tag, in: .image)
    switch ExifTime.dateTime(value.bytes) {
    case .unset:
      return nil
    case .malformed:
      result.doubt("time-malformed", "\(field) is not a date", at: offset)
      return nil
    case .time(var timestamp):
      if let stated = self.value(offsetTag).flatMap({ ExifTime.offset($0.bytes) }) {
        timestamp.utcOffsetMinutes = stated
      }
      if timestamp.precision == .second, timestamp.subseconds.isEmpty,
        let digits = self.value(subsecondTag).flatMap({ ExifText.ascii($0.bytes) }),
        digits.utf8.allSatisfy({ $0 >= UInt8(ascii: "0") && $0 <= UInt8(ascii: "9") }), digits.utf8.count <= 9
      {
        timestamp.subseconds = digits
      }
      result.add(role, .timestamp(timestamp), field, at: offset)
      return timestamp
    }
  }
}

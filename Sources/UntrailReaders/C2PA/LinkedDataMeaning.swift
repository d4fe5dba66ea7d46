internal import UntrailModel

/// What the value of a key of JSON-LD is. Keys of XMP have the prefixes that its specification uses.
enum LinkedDataMeaning {
  case place(Role)
  case person(Role)
  case serial(Role)
  case software(Role)
  case link(Role)
  case text(Role)
  case time(Role)
  /// The text says what it is.
  case contact

  /// Nil where the text of the value decides.
  var role: Role? {
    switch self {
    case .place(let role), .person(let role), .serial(let role), .software(let role), .link(let role),
      .text(let role), .time(let role):
      role
    case .contact: nil
    }
  }

  static func of(_ key: String) -> LinkedDataMeaning? { table[key] }

  private static let table: [String: LinkedDataMeaning] = [
    // schema.org
    "url": .contact, "dateCreated": .time(.created), "dateModified": .time(.modified),
    "datePublished": .time(.upload),
    "headline": .text(.headline), "creditText": .person(.credit), "copyrightNotice": .person(.copyright),
    // EXIF
    "exif:DateTimeOriginal": .time(.original), "exif:DateTimeDigitized": .time(.digitized),
    "exif:GPSTimeStamp": .time(.gps), "exifEX:BodySerialNumber": .serial(.body),
    "exif:BodySerialNumber": .serial(.body), "exifEX:LensSerialNumber": .serial(.lens),
    "exif:LensSerialNumber": .serial(.lens), "aux:SerialNumber": .serial(.body),
    "exifEX:CameraOwnerName": .person(.owner), "exif:CameraOwnerName": .person(.owner),
    "exif:ImageUniqueID": .link(.imageUniqueID), "tiff:DateTime": .time(.modified),
    "tiff:Software": .software(.processing), "tiff:Artist": .person(.artist),
    "tiff:Copyright": .person(.copyright),
    // XMP
    "xmp:CreateDate": .time(.digitized), "xmp:ModifyDate": .time(.modified),
    "xmp:MetadataDate": .time(.metadata),
    "xmp:CreatorTool": .software(.processing), "xmpMM:DocumentID": .link(.documentID),
    "xmpMM:InstanceID": .link(.instanceID), "xmpMM:OriginalDocumentID": .link(.originalDocumentID),
    "dc:creator": .person(.creator), "dc:rights": .person(.copyright), "dc:publisher": .person(.publisher),
    "dc:title": .text(.title), "dc:description": .text(.description), "dc:subject": .text(.keywords),
    "photoshop:DateCreated": .time(.original), "photoshop:City": .place(.city),
    "photoshop:State": .place(.state),
    "photoshop:Country": .place(.country), "photoshop:Credit": .person(.credit),
    "photoshop:Source": .person(.credit),
    "photoshop:Headline": .text(.headline), "photoshop:CaptionWriter": .person(.captionWriter),
    "photoshop:Instructions": .text(.instructions),
    // IPTC
    "Iptc4xmpCore:Location": .place(.sublocation), "Iptc4xmpCore:CountryCode": .place(.country),
    "Iptc4xmpExt:City": .place(.city), "Iptc4xmpExt:CountryName": .place(.country),
    "Iptc4xmpExt:CountryCode": .place(.country), "Iptc4xmpExt:ProvinceState": .place(.state),
    "Iptc4xmpExt:Sublocation": .place(.sublocation), "Iptc4xmpExt:LocationName": .place(.landmark),
    "Iptc4xmpExt:WorldRegion": .place(.region), "Iptc4xmpExt:PersonInImage": .person(.depicted),
    "Iptc4xmpExt:DigitalSourceType": .text(.provenance),
  ]
}

/// A latitude or longitude as XMP writes it: "48,51.5022N", "48,51,30N", or decimal degrees.
///
/// Source: XMP specification part 2 (2016), section 3.3, GPSCoordinate.
struct LinkedDataAngle {
  /// Negative in the south and in the west.
  var degrees: Double
  /// Decimal degrees have theirs in the sign.
  var hasHemisphere: Bool

  init?(_ value: DataValue, reference: DataValue?, positive: Character, negative: Character) {
    if case .number(let degrees) = value.content {
      self.degrees = degrees
      hasHemisphere = true
    } else {
      guard var rest = value.text.map({ Substring($0) }) else { return nil }
      var letter: Character?
      if let last = rest.last, last == positive || last == negative {
        letter = last
        rest = rest.dropLast()
      }
      let parts = rest.split(separator: ",", omittingEmptySubsequences: false).map { Self.number($0) }
      guard (1...3).contains(parts.count), let whole = parts[0] else { return nil }
      var degrees = abs(whole)
      for (part, share) in zip(parts.dropFirst(), [60.0, 3600.0]) {
        guard let part, (0..<60.0001).contains(part) else { return nil }
        degrees += part / share
      }
      self.degrees = whole < 0 || letter == negative ? -degrees : degrees
      hasHemisphere = letter != nil || parts.count == 1 || whole < 0
    }
    guard let stated = reference?.text?.first, stated == positive || stated == negative, degrees >= 0 else {
      return
    }
    hasHemisphere = true
    if stated == negative { degrees = -degrees }
  }

  /// A number, or a fraction as text.
  static func number(_ value: DataValue) -> Double? {
    if case .number(let number) = value.content { return number }
    return value.text.flatMap { number(Substring($0)) }
  }

  private static func number(_ text: Substring) -> Double? {
    let parts = text.split(separator: "/", omittingEmptySubsequences: false)
    guard (1...2).contains(parts.count), text.utf8.count <= 40, let above = Double(parts[0]) else {
      return nil
    }
    guard parts.count == 2 else { return above.isFinite ? above : nil }
    guard let below = Double(parts[1]), below != 0, (above / below).isFinite else { return nil }
    return above / below
  }
}

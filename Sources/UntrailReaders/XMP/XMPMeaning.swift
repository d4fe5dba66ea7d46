internal import UntrailModel

/// What the value of a property is.
enum XMPMeaning: Sendable, Equatable {
  case place(Role)
  case person(Role)
  case contact(Role)
  case network(Role)
  case serial(Role)
  case link(Role)
  case software(Role)
  case text(Role)
  /// A date, with or without a time.
  case time(Role)
  /// A number of units since the beginning of a year, in UTC.
  case clock(Role, epoch: Int, unitsPerSecond: Int64)
  /// A time of day: only its zone says something.
  case zone
  /// Bytes as base64.
  case hidden(Role)
  /// A keyword, of which the branches "People" and "Places" say more.
  case keyword
  /// Known, and of no interest.
  case nothing

  /// The meaning of a property; nil where no table knows it.
  ///
  /// Structures keep their meaning wherever they stand: a field is looked up with the way to it, then by itself.
  static func of(_ property: XMPProperty) -> XMPMeaning? {
    if property.path.count > 1, let meaning = XMPTables.fields[property.key] { return meaning }
    return XMPTables.all[property.leaf.key]
  }
}

/// What properties mean, by their usual prefix and name.
///
/// Source: XMP specification parts 1 and 2; IPTC Photo Metadata Standard 2023.1 and Video Metadata Hub 1.3;
/// PLUS LDF 2.0; MWG guidelines 2.0; CIPA DC-010; ExifTool's XMP.pm and XMP2.pl for the others.
enum XMPTables {
  static let all: [String: XMPMeaning] = {
    var all: [String: XMPMeaning] = [:]
    for table in [places, people, contacts, times, devices, links, software, texts, hidden] {
      all.merge(table) { first, _ in first }
    }
    return all
  }()

  /// Fields whose names say too little without the way to them.
  static let fields: [String: XMPMeaning] = [
    "Iptc4xmpExt:LocationCreated/xmp:Identifier": .place(.landmark),
    "Iptc4xmpExt:LocationShown/xmp:Identifier": .place(.landmark),
    // A cc:Agent between the two names its kind only.
    "dc:creator/dc:title": .person(.creator),
    "dc:contributor/dc:title": .person(.creator),
    "dc:publisher/dc:title": .person(.publisher),
    "dc:rights/dc:title": .person(.copyright),
    "Iptc4xmpExt:Creator/Iptc4xmpExt:Name": .person(.creator),
    "Iptc4xmpExt:Contributor/Iptc4xmpExt:Name": .person(.creator),
    "Iptc4xmpExt:PersonHeard/Iptc4xmpExt:Name": .person(.depicted),
    "Iptc4xmpExt:metadataLastEditor/Iptc4xmpExt:Name": .person(.editor),
    "Iptc4xmpExt:metadataAuthority/Iptc4xmpExt:Name": .person(.editor),
    "Iptc4xmpExt:SupplyChainSource/Iptc4xmpExt:Name": .person(.credit),
    "Iptc4xmpExt:EventExt/Iptc4xmpExt:Name": .text(.event),
    "Iptc4xmpExt:PublicationEvent/Iptc4xmpExt:Name": .text(.event),
    "Iptc4xmpExt:PublicationEvent/Iptc4xmpExt:Date": .time(.upload),
    "Iptc4xmpExt:ImageRegion/Iptc4xmpExt:Name": .text(.label),
    "Iptc4xmpExt:ImageRegion/Iptc4xmpExt:rCtype/xmp:Identifier": .nothing,
    "Iptc4xmpExt:ImageRegion/Iptc4xmpExt:rRole/xmp:Identifier": .nothing,
    "Iptc4xmpExt:RecDevice/Iptc4xmpExt:SerialNumber": .serial(.body),
    "Iptc4xmpExt:RecDevice/Iptc4xmpExt:OwnersDeviceId": .serial(.body),
    "xmpDM:projectRef/xmpDM:path": .link(.path),
    "xmpDM:contributedMedia/xmpDM:path": .link(.path),
    "photoshop:DocumentAncestors/photoshop:AncestorID": .link(.derivedFrom),
  ]

  static let places: [String: XMPMeaning] = [
    "photoshop:City": .place(.city),
    "photoshop:State": .place(.state),
    "photoshop:Country": .place(.country),
    "Iptc4xmpCore:Location": .place(.sublocation),
    "Iptc4xmpCore:CountryCode": .place(.country),
    "Iptc4xmpExt:City": .place(.city),
    "Iptc4xmpExt:CountryName": .place(.country),
    "Iptc4xmpExt:CountryCode": .place(.country),
    "Iptc4xmpExt:ProvinceState": .place(.state),
    "Iptc4xmpExt:Sublocation": .place(.sublocation),
    "Iptc4xmpExt:WorldRegion": .place(.region),
    "Iptc4xmpExt:LocationName": .place(.landmark),
    "Iptc4xmpExt:LocationId": .place(.landmark),
    "Iptc4xmpExt:LocationCreated": .place(.sublocation),
    "Iptc4xmpExt:LocationShown": .place(.sublocation),
    "exif:GPSAreaInformation": .place(.area),
    "exif:GPSProcessingMethod": .text(.positioningMethod),
    "dc:coverage": .place(.area),
    "dcterms:spatial": .place(.area),
    "photomechanic:CountryCode": .place(.country),
    "photomechanic:Location": .place(.sublocation),
    "mediapro:Location": .place(.sublocation),
    "mediapro:City": .place(.city),
    "mediapro:State": .place(.state),
    "mediapro:Country": .place(.country),
    "expressionmedia:Location": .place(.sublocation),
    "expressionmedia:City": .place(.city),
    "expressionmedia:State": .place(.state),
    "expressionmedia:Country": .place(.country),
    "acdsee:location": .place(.sublocation),
    "acdsee:city": .place(.city),
    "acdsee:state": .place(.state),
    "acdsee:country": .place(.country),
    "prism:location": .place(.area),
    "xmpDM:shotLocation": .place(.area),
    "cell:mcc": .place(.networkCountry),
    "cell:mnc": .network(.cellTower),
    "cell:lac": .network(.cellTower),
    "cell:cellid": .network(.cellTower),
    "cell:cgi": .network(.cellTower),
  ]

  static let contacts: [String: XMPMeaning] = [
    "Iptc4xmpCore:CiAdrExtadr": .contact(.address),
    "Iptc4xmpCore:CiAdrCity": .contact(.address),
    "Iptc4xmpCore:CiAdrRegion": .contact(.address),
    "Iptc4xmpCore:CiAdrPcode": .contact(.address),
    "Iptc4xmpCore:CiAdrCtry": .contact(.address),
    "Iptc4xmpCore:CiEmailWork": .contact(.email),
    "Iptc4xmpCore:CiTelWork": .contact(.phone),
    "Iptc4xmpCore:CiUrlWork": .contact(.url),
    "Iptc4xmpCore:CreatorContactInfo": .contact(.address),
    "plus:LicensorStreetAddress": .contact(.address),
    "plus:LicensorExtendedAddress": .contact(.address),
    "plus:LicensorCity": .contact(.address),
    "plus:LicensorRegion": .contact(.address),
    "plus:LicensorPostalCode": .contact(.address),
    "plus:LicensorCountry": .contact(.address),
    "plus:LicensorTelephone1": .contact(.phone),
    "plus:LicensorTelephone2": .contact(.phone),
    "plus:LicensorEmail": .contact(.email),
    "plus:LicensorURL": .contact(.url),
    "xmpRights:WebStatement": .contact(.url),
    "xmpRights:Certificate": .contact(.url),
    "cc:attributionURL": .contact(.url),
    "xmp:BaseURL": .contact(.url),
    "stJob:url": .contact(.url),
    "xmpDM:webStatement": .contact(.url),
  ]

  static let software: [String: XMPMeaning] = [
    "xmp:CreatorTool": .software(.generator),
    "tiff:Software": .software(.processing),
    "exif:Software": .software(.processing),
    "stEvt:softwareAgent": .software(.imageEditing),
    "x:xmptk": .software(.metadataEditing),
    "crs:Version": .software(.rawDevelopment),
    "pdf:Producer": .software(.generator),
    "pdf:Creator": .software(.generator),
    "GPano:CaptureSoftware": .software(.processing),
    "GPano:StitchingSoftware": .software(.imageEditing),
    "GSpherical:StitchingSoftware": .software(.imageEditing),
    "photomechanic:PMVersion": .software(.metadataEditing),
    "AppInfo:Application": .software(.processing),
    "creatorAtom:applicationCode": .software(.generator),
    "aux:Firmware": .software(.firmware),
    "MicrosoftPhoto:CreatorAppId": .software(.generator),
    "video:Encoder": .software(.processing),
    "audio:Encoder": .software(.processing),
  ]

  static let hidden: [String: XMPMeaning] = [
    "xmpGImg:image": .hidden(.thumbnail),
    "GDepth:Data": .hidden(.depthMap),
    "GDepth:Confidence": .hidden(.depthMap),
    "GImage:Data": .hidden(.secondPicture),
    "LImage:Data": .hidden(.secondPicture),
    "GAudio:Data": .hidden(.embeddedFile),
    "GCamera:HDRPMakerNote": .hidden(.embeddedFile),
    "GCamera:HdrPlusMakernote": .hidden(.embeddedFile),
    "GCamera:hdrp_makernote": .hidden(.embeddedFile),
    "GCamera:ShotLogData": .hidden(.embeddedFile),
    "GCamera:shot_log_data": .hidden(.embeddedFile),
  ]
}

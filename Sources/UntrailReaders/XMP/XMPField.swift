/// Names of fields as ExifTool groups and flattens them: `XMP-xmpMM:HistoryWhen`.
///
/// The names of a structure's fields are put behind the structure's name, some of which are shortened.
///
/// Source: ExifTool, XMP.pm, XMP2.pl, PLUS.pm, MWG.pm and Microsoft.pm.
enum XMPField {
  /// The name for the observation of a property; nil where its names have no letter that a field may have.
  static func name(_ property: XMPProperty) -> String? {
    guard let first = property.path.first else { return nil }
    let group = XMPNamespace.group(first.prefix)
    var name = ""
    if property.path.count == 1 {
      name = names[first.key] ?? capitalised(first.name)
    } else if property.leaf.key == "mwg-kw:Keyword" {
      name = "HierarchicalKeywords\(1 + property.path.count { $0.key == "mwg-kw:Children" })"
    } else {
      for step in property.path {
        name += structures[step.key] ?? names[step.key] ?? capitalised(step.name)
      }
    }
    name = allowed(name)
    return name.isEmpty ? nil : "XMP-" + group + ":" + name
  }

  private static func capitalised(_ name: String) -> String { name.prefix(1).uppercased() + name.dropFirst() }

  /// What may stand in a field's name, from the first letter or digit on.
  private static func allowed(_ name: String) -> String {
    func isWord(_ byte: UInt8) -> Bool {
      byte >= 0x61 && byte <= 0x7A || byte >= 0x41 && byte <= 0x5A || byte >= 0x30 && byte <= 0x39
    }
    if name.utf8.allSatisfy(isWord) { return name }
    let bytes = name.utf8.filter { isWord($0) || $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: "_") }
    return String(decoding: bytes.drop { !isWord($0) }.prefix(200), as: UTF8.self)
  }

  /// Properties that have other names than their own.
  private static let names = [
    "x:xmptk": "XMPToolkit",
    "exif:GPSTimeStamp": "GPSDateTime",
    "exifEX:CameraOwnerName": "OwnerName",
    "exifEX:BodySerialNumber": "SerialNumber",
    "exifEX:LensSpecification": "LensInfo",
    "drone-dji:GpsLatitude": "GPSLatitude",
    "drone-dji:GpsLongitude": "GPSLongitude",
    "drone-dji:GpsLongtitude": "GPSLongtitude",
    "cell:mcc": "MobileCountryCode",
    "cell:mnc": "MobileNetworkCode",
    "cell:lac": "LocationAreaCode",
    "cell:cellid": "CellTowerID",
    "cell:cgi": "CellGlobalID",
    "Iptc4xmpExt:DigImageGUID": "DigitalImageGUID",
    "Iptc4xmpExt:IptcLastEdited": "IPTCLastEdited",
    "Iptc4xmpExt:AddlModelInfo": "AdditionalModelInformation",
    "Iptc4xmpExt:EventId": "EventID",
    "Iptc4xmpExt:EventExt": "ShownEvent",
    "Iptc4xmpExt:parentId": "ParentID",
    "GettyImagesGIFT:OriginalFilename": "OriginalFileName",
    "MicrosoftPhoto:CreatorAppId": "CreatorAppID",
    "acdsee:datetime": "DateTime",
    "prism:doi": "DOI",
    "xmpDM:comment": "DMComment",
    "GCamera:hdrp_makernote": "HDRPMakerNote",
    "GCamera:shot_log_data": "ShotLogData",
  ]

  /// Structures and fields of structures that have shorter names.
  private static let structures = [
    "Iptc4xmpCore:CreatorContactInfo": "Creator",
    "Iptc4xmpCore:CiAdrExtadr": "Address",
    "Iptc4xmpCore:CiAdrCity": "City",
    "Iptc4xmpCore:CiAdrRegion": "Region",
    "Iptc4xmpCore:CiAdrPcode": "PostalCode",
    "Iptc4xmpCore:CiAdrCtry": "Country",
    "Iptc4xmpCore:CiEmailWork": "WorkEmail",
    "Iptc4xmpCore:CiTelWork": "WorkTelephone",
    "Iptc4xmpCore:CiUrlWork": "WorkURL",
    "Iptc4xmpExt:PersonInImageWDetails": "PersonInImage",
    "Iptc4xmpExt:PersonId": "Id",
    "Iptc4xmpExt:PersonName": "Name",
    "Iptc4xmpExt:PersonDescription": "Description",
    "Iptc4xmpExt:PersonCharacteristic": "",
    "Iptc4xmpExt:AboutCvTerm": "About",
    "Iptc4xmpExt:rCtype": "Ctype",
    "Iptc4xmpExt:rRole": "Role",
    "Iptc4xmpExt:rId": "ID",
    "Iptc4xmpExt:ArtworkOrObject": "Artwork",
    "Iptc4xmpExt:AOCreator": "Creator",
    "Iptc4xmpExt:AOCreatorId": "CreatorID",
    "Iptc4xmpExt:AOCopyrightNotice": "CopyrightNotice",
    "Iptc4xmpExt:AOCurrentCopyrightOwnerName": "CopyrightOwnerName",
    "Iptc4xmpExt:AOCurrentCopyrightOwnerId": "CopyrightOwnerID",
    "Iptc4xmpExt:AOCurrentLicensorName": "LicensorName",
    "Iptc4xmpExt:AOCurrentLicensorId": "LicensorID",
    "Iptc4xmpExt:AODateCreated": "DateCreated",
    "Iptc4xmpExt:AOSource": "Source",
    "Iptc4xmpExt:AOSourceInvNo": "SourceInventoryNo",
    "Iptc4xmpExt:AOSourceInvURL": "SourceInvURL",
    "Iptc4xmpExt:AOTitle": "Title",
    "Iptc4xmpExt:AOContentDescription": "ContentDescription",
    "Iptc4xmpExt:AOContributionDescription": "ContributionDescription",
    "Iptc4xmpExt:AOPhysicalDescription": "PhysicalDescription",
    "Iptc4xmpExt:ProductName": "Name",
    "Iptc4xmpExt:ProductDescription": "Description",
    "Iptc4xmpExt:RegistryId": "Registry",
    "Iptc4xmpExt:RegItemId": "ItemID",
    "Iptc4xmpExt:RegOrgId": "OrganisationID",
    "mwg-rs:Regions": "Region",
    "mwg-rs:RegionList": "",
    "mwg-coll:Collections": "",
    "MP:RegionInfo": "Region",
    "MPRI:Regions": "",
    "MPRI:DateRegionsValid": "InfoDateRegionsValid",
    "plus:Licensor": "",
    "plus:Licensee": "",
    "plus:EndUser": "",
    "plus:CopyrightOwner": "",
    "plus:ImageCreator": "",
    "plus:ImageSupplier": "",
    "photoshop:TextLayers": "Text",
    "xmp:Thumbnails": "Thumbnail",
    "xmp:PageInfo": "PageImage",
    "xmpGImg:image": "Image",
  ]
}

internal import UntrailModel

/// A data set of IPTC-IIM that says something of a person's movements.
///
/// Source: IPTC-NAA Information Interchange Model 4.2 (2014), sections 5 and 6; data sets above 2:180 as in
/// ExifTool's IPTC.pm.
struct IPTCDataSet: Sendable {
  enum Meaning: Sendable {
    case place(Role)
    case person(Role)
    case link(Role)
    case text(Role)
    /// An address, a number or a page: the text says which.
    case contact
    case time(IPTCTimes.Part)
    case program
    case programVersion
    /// A picture.
    case preview
  }

  /// The name, as ExifTool groups it.
  var field: String
  var meaning: Meaning

  private init(_ name: String, _ meaning: Meaning) {
    field = "IPTC:" + name
    self.meaning = meaning
  }

  static func of(record: UInt8, number: UInt8) -> IPTCDataSet? {
    switch record {
    case 1: envelope[number]
    case 2: application[number]
    default: nil
    }
  }

  private static let envelope: [UInt8: IPTCDataSet] = [
    5: IPTCDataSet("Destination", .text(.label)),
    30: IPTCDataSet("ServiceIdentifier", .person(.publisher)),
    70: IPTCDataSet("DateSent", .time(.sentDate)),
    80: IPTCDataSet("TimeSent", .time(.sentTime)),
    100: IPTCDataSet("UniqueObjectName", .link(.imageUniqueID)),
  ]

  private static let application: [UInt8: IPTCDataSet] = [
    5: IPTCDataSet("ObjectName", .text(.title)),
    7: IPTCDataSet("EditStatus", .text(.label)),
    12: IPTCDataSet("SubjectReference", .text(.subject)),
    15: IPTCDataSet("Category", .text(.category)),
    20: IPTCDataSet("SupplementalCategories", .text(.category)),
    22: IPTCDataSet("FixtureIdentifier", .text(.event)),
    25: IPTCDataSet("Keywords", .text(.keywords)),
    26: IPTCDataSet("ContentLocationCode", .place(.country)),
    27: IPTCDataSet("ContentLocationName", .place(.area)),
    30: IPTCDataSet("ReleaseDate", .time(.releaseDate)),
    35: IPTCDataSet("ReleaseTime", .time(.releaseTime)),
    37: IPTCDataSet("ExpirationDate", .text(.instructions)),
    40: IPTCDataSet("SpecialInstructions", .text(.instructions)),
    55: IPTCDataSet("DateCreated", .time(.createdDate)),
    60: IPTCDataSet("TimeCreated", .time(.createdTime)),
    62: IPTCDataSet("DigitalCreationDate", .time(.digitalDate)),
    63: IPTCDataSet("DigitalCreationTime", .time(.digitalTime)),
    65: IPTCDataSet("OriginatingProgram", .program),
    70: IPTCDataSet("ProgramVersion", .programVersion),
    80: IPTCDataSet("By-line", .person(.creator)),
    85: IPTCDataSet("By-lineTitle", .text(.jobTitle)),
    90: IPTCDataSet("City", .place(.city)),
    92: IPTCDataSet("Sub-location", .place(.sublocation)),
    95: IPTCDataSet("Province-State", .place(.state)),
    100: IPTCDataSet("Country-PrimaryLocationCode", .place(.country)),
    101: IPTCDataSet("Country-PrimaryLocationName", .place(.country)),
    103: IPTCDataSet("OriginalTransmissionReference", .text(.label)),
    105: IPTCDataSet("Headline", .text(.headline)),
    110: IPTCDataSet("Credit", .person(.credit)),
    115: IPTCDataSet("Source", .person(.credit)),
    116: IPTCDataSet("CopyrightNotice", .person(.copyright)),
    118: IPTCDataSet("Contact", .contact),
    120: IPTCDataSet("Caption-Abstract", .text(.description)),
    121: IPTCDataSet("LocalCaption", .text(.description)),
    122: IPTCDataSet("Writer-Editor", .person(.captionWriter)),
    184: IPTCDataSet("JobID", .text(.label)),
    185: IPTCDataSet("MasterDocumentID", .link(.originalDocumentID)),
    186: IPTCDataSet("ShortDocumentID", .link(.documentID)),
    187: IPTCDataSet("UniqueDocumentID", .link(.documentID)),
    188: IPTCDataSet("OwnerID", .person(.owner)),
    202: IPTCDataSet("ObjectPreviewData", .preview),
    230: IPTCDataSet("DocumentNotes", .text(.comment)),
    231: IPTCDataSet("DocumentHistory", .text(.history)),
    232: IPTCDataSet("ExifCameraInfo", .text(.comment)),
    255: IPTCDataSet("CatalogSets", .text(.keywords)),
  ]
}

internal import UntrailModel

/// Tags beside those of Exif: of TIFF files, of DNG, and of programs that keep what a raw said.
///
/// Source: TIFF 6.0; TIFF/EP (ISO 12234-2); Adobe, DNG specification 1.7, chapter 4; names as in ExifTool's Exif.pm.
extension ExifTag {
  static let processingSoftware: UInt16 = 0x000B
  static let pageName: UInt16 = 0x011D
  static let targetPrinter: UInt16 = 0x0151
  /// Of OPI: where the picture in full size stands.
  static let imageID: UInt16 = 0x800D
  static let imageNumber: UInt16 = 0x9211
  static let relatedSoundFile: UInt16 = 0xA004
  /// Of TIFF/EP: the numbers that Exif has as 9211 and 9213.
  static let imageNumberEP: UInt16 = 0xA211
  static let imageHistoryEP: UInt16 = 0xA213
  static let gdalMetadata: UInt16 = 0xA480
  static let originalFileName: UInt16 = 0xC573
  static let uniqueCameraModel: UInt16 = 0xC614
  static let localizedCameraModel: UInt16 = 0xC615
  static let rawDataUniqueID: UInt16 = 0xC65D
  static let originalRawFileName: UInt16 = 0xC68B
  /// The camera's own file, packed, whole with its metadata.
  static let originalRawFileData: UInt16 = 0xC68C
  static let panasonicTitle: UInt16 = 0xC6D2
  static let panasonicTitle2: UInt16 = 0xC6D3
  static let previewApplicationName: UInt16 = 0xC716
  static let previewApplicationVersion: UInt16 = 0xC717
  static let previewDateTime: UInt16 = 0xC71B
  static let reelName: UInt16 = 0xC789
  static let cameraLabel: UInt16 = 0xC7A1
  // Blocks of makers
  static let leafData: UInt16 = 0x8606
  static let hasselbladExif: UInt16 = 0xC51B
  // Of Photoshop's raw converter, each with a label before the value.
  static let labelledOwnerName: UInt16 = 0xFDE8
  static let labelledSerialNumber: UInt16 = 0xFDE9
  static let labelledLens: UInt16 = 0xFDEA
  static let labelledRawFile: UInt16 = 0xFE4C
  static let labelledConverter: UInt16 = 0xFE4D

  static func isWantedOfFile(_ tag: UInt16) -> Bool {
    switch tag {
    case processingSoftware, pageName, targetPrinter, imageID, imageNumber, relatedSoundFile, imageNumberEP,
      imageHistoryEP, gdalMetadata, originalFileName, uniqueCameraModel, localizedCameraModel,
      rawDataUniqueID, originalRawFileName, panasonicTitle, panasonicTitle2, previewApplicationName,
      previewApplicationVersion, previewDateTime, reelName, cameraLabel, labelledOwnerName,
      labelledSerialNumber, labelledLens, labelledRawFile, labelledConverter:
      true
    default: false
    }
  }
}

extension ExifValues {
  static func textTagOfFile(_ tag: UInt16) -> TextTag? {
    switch tag {
    case ExifTag.processingSoftware:
      // Panasonic's raws have a number there.
      TextTag(
        field: "EXIF:ProcessingSoftware", role: .processing, fact: { .software($0) }, encoding: .onlyASCII)
    case ExifTag.pageName: TextTag(field: "EXIF:PageName", role: .title, fact: { .text($0) })
    case ExifTag.targetPrinter:
      TextTag(field: "EXIF:TargetPrinter", role: .accessory, fact: { .device(Device(model: $0)) })
    case ExifTag.imageID:
      TextTag(field: "EXIF:ImageID", role: .path, fact: { .link($0) }, encoding: .onlyASCII)
    case ExifTag.imageNumber, ExifTag.imageNumberEP:
      TextTag(field: "EXIF:ImageNumber", role: .imageCounter, fact: { .link($0) }, encoding: .number)
    case ExifTag.relatedSoundFile:
      TextTag(field: "EXIF:RelatedSoundFile", role: .path, fact: { .link($0) }, encoding: .onlyASCII)
    case ExifTag.imageHistoryEP: TextTag(field: "EXIF:ImageHistory", role: .history, fact: { .text($0) })
    case ExifTag.gdalMetadata: TextTag(field: "EXIF:GDALMetadata", role: .comment, fact: { .text($0) })
    case ExifTag.originalFileName:
      TextTag(
        field: "EXIF:OriginalFileName", role: .originalFileName, fact: { .link($0) }, encoding: .onlyASCII)
    case ExifTag.rawDataUniqueID:
      TextTag(field: "EXIF:RawDataUniqueID", role: .rawUniqueID, fact: { .link($0) }, encoding: .hexadecimal)
    case ExifTag.originalRawFileName:
      TextTag(field: "EXIF:OriginalRawFileName", role: .originalFileName, fact: { .link($0) })
    case ExifTag.panasonicTitle: TextTag(field: "EXIF:PanasonicTitle", role: .title, fact: { .text($0) })
    case ExifTag.panasonicTitle2: TextTag(field: "EXIF:PanasonicTitle2", role: .title, fact: { .text($0) })
    case ExifTag.reelName: TextTag(field: "EXIF:ReelName", role: .label, fact: { .text($0) })
    case ExifTag.cameraLabel: TextTag(field: "EXIF:CameraLabel", role: .label, fact: { .text($0) })
    case ExifTag.labelledOwnerName:
      TextTag(field: "EXIF:OwnerName", role: .owner, fact: { .person($0) }, encoding: .labelled)
    case ExifTag.labelledSerialNumber:
      TextTag(field: "EXIF:SerialNumber", role: .body, fact: { .serial($0) }, encoding: .labelled)
    case ExifTag.labelledLens:
      TextTag(field: "EXIF:Lens", role: .lens, fact: { .device(Device(model: $0)) }, encoding: .labelled)
    case ExifTag.labelledRawFile:
      TextTag(field: "EXIF:RawFile", role: .originalFileName, fact: { .link($0) }, encoding: .labelled)
    case ExifTag.labelledConverter:
      TextTag(field: "EXIF:Converter", role: .rawDevelopment, fact: { .software($0) }, encoding: .labelled)
    default: nil
    }
  }

  /// What several tags of DNG say together.
  func observeNegative(_ places: EntryPlaces, into result: inout ReadResult) {
    let model = text(ExifTag.model)
    let unique = text(ExifTag.uniqueCameraModel)
    if let unique, unique != model {
      result.add(
        model == nil ? .camera : .body, .device(Device(model: unique)), "EXIF:UniqueCameraModel",
        at: places.offset(ExifTag.uniqueCameraModel, in: .image))
    }
    if let localized = text(ExifTag.localizedCameraModel), localized != model, localized != unique {
      result.add(
        .body, .device(Device(model: localized)), "EXIF:LocalizedCameraModel",
        at: places.offset(ExifTag.localizedCameraModel, in: .image))
    }
    if let name = text(ExifTag.previewApplicationName) {
      let version = text(ExifTag.previewApplicationVersion).map { " " + $0 } ?? ""
      result.add(
        .processing, .software(name + version), "EXIF:PreviewApplicationName",
        at: places.offset(ExifTag.previewApplicationName, in: .image))
    }
    if let value = value(ExifTag.previewDateTime), case .time(let time) = ExifTime.dateTime(value.bytes) {
      result.add(
        .edited, .timestamp(time), "EXIF:PreviewDateTime",
        at: places.offset(ExifTag.previewDateTime, in: .image))
    }
  }

  private func text(_ tag: UInt16) -> String? { value(tag).flatMap { ExifText.ascii($0.bytes) } }
}

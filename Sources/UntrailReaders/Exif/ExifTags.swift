/// The tags that say something of a person's movements, with the names that ExifTool and CIPA DC-008 use.
enum ExifTag {
  // IFD0
  static let documentName: UInt16 = 0x010D
  static let imageDescription: UInt16 = 0x010E
  static let make: UInt16 = 0x010F
  static let model: UInt16 = 0x0110
  static let software: UInt16 = 0x0131
  static let dateTime: UInt16 = 0x0132
  static let artist: UInt16 = 0x013B
  static let hostComputer: UInt16 = 0x013C
  static let copyright: UInt16 = 0x8298
  static let xpTitle: UInt16 = 0x9C9B
  static let xpComment: UInt16 = 0x9C9C
  static let xpAuthor: UInt16 = 0x9C9D
  static let xpKeywords: UInt16 = 0x9C9E
  static let xpSubject: UInt16 = 0x9C9F
  static let cameraSerialNumber: UInt16 = 0xC62F
  // Exif IFD
  static let timeZoneOffset: UInt16 = 0x882A
  static let dateTimeOriginal: UInt16 = 0x9003
  static let dateTimeDigitized: UInt16 = 0x9004
  static let offsetTime: UInt16 = 0x9010
  static let offsetTimeOriginal: UInt16 = 0x9011
  static let offsetTimeDigitized: UInt16 = 0x9012
  static let imageHistory: UInt16 = 0x9213
  static let userComment: UInt16 = 0x9286
  static let subSecTime: UInt16 = 0x9290
  static let subSecTimeOriginal: UInt16 = 0x9291
  static let subSecTimeDigitized: UInt16 = 0x9292
  static let imageUniqueID: UInt16 = 0xA420
  static let cameraOwnerName: UInt16 = 0xA430
  static let bodySerialNumber: UInt16 = 0xA431
  static let lensMake: UInt16 = 0xA433
  static let lensModel: UInt16 = 0xA434
  static let lensSerialNumber: UInt16 = 0xA435
  static let imageTitle: UInt16 = 0xA436
  static let photographer: UInt16 = 0xA437
  static let imageEditor: UInt16 = 0xA438
  static let cameraFirmware: UInt16 = 0xA439
  static let rawDevelopingSoftware: UInt16 = 0xA43A
  static let imageEditingSoftware: UInt16 = 0xA43B
  static let metadataEditingSoftware: UInt16 = 0xA43C
  // Pointers and what is not for this decoder
  static let exifPointer: UInt16 = 0x8769
  static let gpsPointer: UInt16 = 0x8825
  static let newSubfileType: UInt16 = 0x00FE
  static let compression: UInt16 = 0x0103
  static let thumbnailOffset: UInt16 = 0x0201
  static let thumbnailLength: UInt16 = 0x0202
  static let stripOffsets: UInt16 = 0x0111
  static let stripByteCounts: UInt16 = 0x0117
  static let tileOffsets: UInt16 = 0x0144
  static let tileByteCounts: UInt16 = 0x0145
  static let subIFDs: UInt16 = 0x014A
  static let iptc: UInt16 = 0x83BB
  static let xmp: UInt16 = 0x02BC
  static let makerNote: UInt16 = 0x927C
  static let photoshop: UInt16 = 0x8649
  static let iccProfile: UInt16 = 0x8773
  static let dngPrivateData: UInt16 = 0xC634
  static let jumbf: UInt16 = 0xCD41

  /// Blocks of other standards, each with a decoder of its own (`EmbeddedBlocks`).
  static func isForeign(_ tag: UInt16) -> Bool {
    switch tag {
    case iptc, xmp, makerNote, photoshop, iccProfile, dngPrivateData, jumbf: true
    case leafData, hasselbladExif: true
    default: KodakDirectories.isPointer(tag)
    }
  }

  /// Whether a tag is of interest in an image directory or the Exif directory.
  static func isWantedOfImage(_ tag: UInt16) -> Bool {
    switch tag {
    case exifPointer, gpsPointer, subIFDs, newSubfileType, compression, thumbnailOffset, thumbnailLength,
      stripOffsets, stripByteCounts, tileOffsets, tileByteCounts, originalRawFileData:
      true
    default: isWanted(tag) || isForeign(tag) || GeoTIFF.isWanted(tag)
    }
  }

  /// Whether a tag of IFD0 or of the Exif IFD is read. Writers put each in the other's directory at times.
  static func isWanted(_ tag: UInt16) -> Bool {
    switch tag {
    case documentName, imageDescription, make, model, software, dateTime, artist, hostComputer, copyright,
      xpTitle...xpSubject, cameraSerialNumber, timeZoneOffset, dateTimeOriginal, dateTimeDigitized,
      offsetTime...offsetTimeDigitized, imageHistory, userComment, subSecTime...subSecTimeDigitized,
      imageUniqueID, cameraOwnerName, bodySerialNumber, lensMake, lensModel, lensSerialNumber,
      imageTitle...metadataEditingSoftware:
      true
    default: isWantedOfFile(tag)
    }
  }
}

/// The tags of the GPS directory. Source: CIPA DC-008-2023, table 15.
enum GPSTag {
  static let latitudeRef: UInt16 = 0x01
  static let latitude: UInt16 = 0x02
  static let longitudeRef: UInt16 = 0x03
  static let longitude: UInt16 = 0x04
  static let altitudeRef: UInt16 = 0x05
  static let altitude: UInt16 = 0x06
  static let timeStamp: UInt16 = 0x07
  static let status: UInt16 = 0x09
  static let speedRef: UInt16 = 0x0C
  static let speed: UInt16 = 0x0D
  static let track: UInt16 = 0x0F
  static let imgDirection: UInt16 = 0x11
  static let mapDatum: UInt16 = 0x12
  static let destLatitudeRef: UInt16 = 0x13
  static let destLatitude: UInt16 = 0x14
  static let destLongitudeRef: UInt16 = 0x15
  static let destLongitude: UInt16 = 0x16
  static let destBearing: UInt16 = 0x18
  static let processingMethod: UInt16 = 0x1B
  static let areaInformation: UInt16 = 0x1C
  static let dateStamp: UInt16 = 0x1D
  static let horizontalPositioningError: UInt16 = 0x1F
  /// The last tag of the directory.
  static let last: UInt16 = 0x1F
}

internal import UntrailModel

/// A picture in a TIFF structure besides the one that a viewer shows: a thumbnail, or a preview of a raw.
struct TIFFPicture {
  var role: Role
  /// Bytes from the start of the structure to the picture.
  var offset: Int
  /// Bytes; nil where the directory does not say.
  var byteCount: Int?
  /// The field that gives the place, as ExifTool names it.
  var field: String
}

/// Where a directory stands in its structure, which says what its picture is for.
enum DirectoryPlace {
  /// The first one.
  case first
  /// One behind it in the chain, counted from 1.
  case next(Int)
  /// One that an entry of another directory points to.
  case below(isOfFirst: Bool)
}

/// What one directory says of the picture it stands for.
///
/// Where a maker puts what, as far as this has to know:
///
///     IFD0 reduced, strips            NEF, DNG: thumbnail                 JPEG: ARW, SR2: preview
///     IFD0 strips of JPEG             CR2: preview
///     IFD1 JPEG                       CR2, ARW, PEF: thumbnail
///     IFD2                            PEF: preview (JPEG)                 CR2: small picture (strips)
///     SubIFD of IFD0                  NEF, SRW: preview (JPEG)            DNG: previews (strips or tiles)
///     SubIFD of IFD1                  SRW: thumbnail
///
/// Source: TIFF 6.0, section 8 (NewSubfileType); Adobe, DNG specification 1.7, chapter 4; tag names as in ExifTool's
/// Exif.pm.
struct PictureTags {
  private typealias Entry = ImageFileDirectoryReader.Entry

  private var jpegOffset: Entry?
  private var jpegLength: Entry?
  private var stripOffsets: Entry?
  private var stripByteCounts: Entry?
  private var subfileType: Int?
  private var compression = 0

  /// The longest list of strips whose sizes are added up.
  private static let stripLimit = 1024

  mutating func note(_ entry: ImageFileDirectoryReader.Entry, _ reader: ImageFileDirectoryReader) {
    switch entry.tag {
    case ExifTag.thumbnailOffset: jpegOffset = entry
    case ExifTag.thumbnailLength: jpegLength = entry
    case ExifTag.stripOffsets, ExifTag.tileOffsets: stripOffsets = entry
    case ExifTag.stripByteCounts, ExifTag.tileByteCounts: stripByteCounts = entry
    case ExifTag.newSubfileType: subfileType = reader.integer(entry)
    case ExifTag.compression: compression = reader.integer(entry) ?? 0
    default: break
    }
  }

  private var isReduced: Bool { (subfileType ?? 0) & 1 == 1 }
  /// JPEG as TIFF 6.0 had it, as it is today, and lossy DNG.
  private var isJPEG: Bool { [6, 7, 34892].contains(compression) }

  /// The picture, where it is one that a viewer does not show.
  ///
  /// - Parameters:
  ///   - isLone: whether the structure has no other directory: its picture is the one that is shown.
  ///   - isWholeFile: whether the structure is a file, and not an EXIF block.
  ///   - isCanonRaw: whether the file is a CR2.
  func picture(
    at place: DirectoryPlace, isLone: Bool, isWholeFile: Bool, isCanonRaw: Bool,
    _ reader: ImageFileDirectoryReader
  ) -> TIFFPicture? {
    if let jpeg = Self.size(jpegOffset.flatMap { reader.pointer($0) }) {
      let count = Self.size(jpegLength.flatMap { reader.integer($0) })
      guard count != 0, let (role, field) = jpegMeaning(at: place, isLone, isWholeFile) else { return nil }
      return TIFFPicture(role: role, offset: jpeg, byteCount: count, field: field)
    }
    guard let strips = Self.size(stripOffsets.flatMap { reader.pointer($0) }), strips != 0,
      let (role, field) = stripMeaning(at: place, isLone, isWholeFile, isCanonRaw)
    else { return nil }
    return TIFFPicture(role: role, offset: strips, byteCount: stripLength(reader), field: field)
  }

  /// Nil for a negative number, which an entry of a signed format may hold.
  private static func size(_ number: Int?) -> Int? { number.flatMap { $0 < 0 ? nil : $0 } }

  private func jpegMeaning(
    at place: DirectoryPlace, _ isLone: Bool, _ isWholeFile: Bool
  ) -> (Role, String)? {
    switch place {
    case .first: isWholeFile && isReduced && !isLone ? (.preview, "EXIF:PreviewImage") : nil
    case .next(let number) where isWholeFile && number > 1: (.preview, "EXIF:JpgFromRaw")
    case .next: (.thumbnail, "EXIF:JPEGInterchangeFormat")
    case .below(isOfFirst: true): (.preview, "EXIF:JpgFromRaw")
    case .below(isOfFirst: false): (.thumbnail, "EXIF:ThumbnailImage")
    }
  }

  private func stripMeaning(
    at place: DirectoryPlace, _ isLone: Bool, _ isWholeFile: Bool, _ isCanonRaw: Bool
  ) -> (Role, String)? {
    switch place {
    case .first:
      if isCanonRaw { return (.preview, "EXIF:PreviewImage") }
      guard isWholeFile, isReduced, !isLone else { return nil }
      return isJPEG ? (.preview, "EXIF:PreviewImage") : (.thumbnail, "EXIF:ThumbnailTIFF")
    case .next(let number):
      if isCanonRaw, number == 2 { return (.preview, "EXIF:StripOffsets") }
      return !isWholeFile || isReduced ? (.thumbnail, "EXIF:StripOffsets") : nil
    case .below:
      if (subfileType ?? 0) & 8 == 8 { return (.depthMap, "EXIF:StripOffsets") }
      guard isReduced || subfileType == nil && isJPEG else { return nil }
      return (.preview, isJPEG ? "EXIF:PreviewImage" : "EXIF:StripOffsets")
    }
  }

  /// Bytes of all strips; nil where they are not stated, or too many.
  private func stripLength(_ reader: ImageFileDirectoryReader) -> Int? {
    guard let sizes = stripByteCounts, sizes.count <= Self.stripLimit else { return nil }
    var sum = 0
    for index in 0..<sizes.count {
      guard let size = reader.integer(sizes, index), size >= 0 else { return nil }
      let (next, isOverflow) = sum.addingReportingOverflow(size)
      guard !isOverflow else { return nil }
      sum = next
    }
    return sum
  }
}

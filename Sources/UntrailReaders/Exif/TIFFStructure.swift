internal import UntrailBytes
internal import UntrailModel

/// The directories of a TIFF structure, as EXIF uses it: where the values of the wanted tags stand, without their
/// bytes.
///
///     "II" 2A 00 | "MM" 00 2A         byte order, magic
///     OO OO OO OO                     offset of the first directory, from the start of the structure
///
/// Bounded by construction: only IFD0, its Exif and GPS directories and the chain of next directories are followed,
/// and each is read once (`ImageFileDirectoryReader`).
///
/// Source: TIFF 6.0, section 2; CIPA DC-008, section 4.6.2.
struct TIFFStructure {
  enum Directory: UInt8 {
    case image
    case exif
    case gps
  }

  struct Entry {
    var directory: Directory
    var tag: UInt16
    var format: UInt16
    var count: UInt32
    /// Bytes from the start of the structure to the value.
    var offset: Int
    /// Bytes of the value.
    var byteCount: Int

    init(_ entry: ImageFileDirectoryReader.Entry, _ directory: Directory) {
      self.directory = directory
      tag = entry.tag
      format = entry.format
      count = UInt32(entry.count)
      offset = entry.offset
      byteCount = entry.byteCount
    }
  }

  /// A small picture in a directory behind the first.
  struct Thumbnail {
    /// Bytes from the start of the structure to the picture.
    var offset: Int
    /// Bytes; nil where the directory does not say.
    var byteCount: Int?
    /// The name of the tag that gives the place.
    var field: String
  }

  /// One image directory with what belongs to it.
  struct Page {
    var entries: [Entry] = []
    var hasGPSDirectory = false
  }

  private(set) var order = ByteOrder.big
  private(set) var pages: [Page] = []
  private(set) var thumbnails: [Thumbnail] = []
  /// What was damaged on the way; reading went on.
  private(set) var flaws: [ParseError] = []
  /// Blocks of other standards that stand in the structure.
  private(set) var foreignBlocks: [ImageFileDirectoryReader.Entry] = []

  private let isWholeFile: Bool
  private var reader: ImageFileDirectoryReader

  /// - Parameters:
  ///   - view: starts at the byte order mark.
  ///   - isWholeFile: whether this is a TIFF file, whose later directories are pages, or an EXIF block, whose
  ///     second directory describes the thumbnail.
  /// - Throws: where there is no TIFF structure at all. Damage further in is kept in `flaws`.
  init(_ view: ByteView, isWholeFile: Bool, _ limits: Limits) throws(ParseError) {
    self.isWholeFile = isWholeFile
    switch try view.u16(at: 0, .big) {
    case 0x4949: order = .little
    case 0x4D4D: order = .big
    default: throw ParseError(.malformed, at: view.start, "no byte order mark where a TIFF structure starts")
    }
    reader = ImageFileDirectoryReader(view, order, limits)
    if try view.u16(at: 2, order) == 43 {
      throw ParseError(.malformed, at: view.start + 2, "BigTIFF, which this version does not read")
    }
    let first = Int(try view.u32(at: 4, order))
    var next = first == 0 ? nil : first
    while let offset = next { next = readPage(at: offset) }
  }

  /// Reads one image directory and what hangs on it, and gives the offset of the next one.
  private mutating func readPage(at offset: Int) -> Int? {
    var page = Page()
    page.entries.reserveCapacity(32)
    guard let image = directory(at: offset, isWanted: ExifTag.isWantedOfImage) else { return nil }
    var picture = PictureTags()
    var gps = image[ExifTag.gpsPointer].flatMap { reader.pointer($0) }
    for entry in image.entries {
      switch entry.tag {
      case ExifTag.exifPointer, ExifTag.gpsPointer: break
      case let tag where ExifTag.isForeign(tag): foreignBlocks.append(entry)
      default:
        picture.note(entry, reader)
        Self.keep(entry, .image, in: &page)
      }
    }
    if let exif = image[ExifTag.exifPointer].flatMap({ reader.pointer($0) }),
      let directory = directory(at: exif, isWanted: ExifTag.isWantedOfImage)
    {
      for entry in directory.entries {
        if ExifTag.isForeign(entry.tag) {
          foreignBlocks.append(entry)
        } else if entry.tag == ExifTag.gpsPointer {
          gps = gps ?? reader.pointer(entry)
        } else {
          Self.keep(entry, .exif, in: &page)
        }
      }
    }
    if let gps {
      page.hasGPSDirectory = true
      let directory = directory(at: gps) { $0 <= GPSTag.last }
      for entry in directory?.entries ?? [] { Self.keep(entry, .gps, in: &page) }
    }
    if !pages.isEmpty, let thumbnail = picture.thumbnail(isWholeFile: isWholeFile) {
      thumbnails.append(thumbnail)
    }
    // The second directory of an EXIF block repeats make, model and time for the thumbnail.
    if !pages.isEmpty, !isWholeFile, !page.hasGPSDirectory { page.entries = [] }
    pages.append(page)
    return image.next
  }

  private mutating func directory(
    at offset: Int, isWanted: (UInt16) -> Bool
  ) -> ImageFileDirectoryReader.Directory? {
    do throws(ParseError) {
      let directory = try reader.directory(at: offset, isWanted: isWanted)
      flaws += directory.flaws
      return directory
    } catch {
      flaws.append(error)
      return nil
    }
  }

  /// What a directory says of the picture it stands for.
  private struct PictureTags {
    var jpegOffset: Int?
    var jpegLength: Int?
    var stripOffset: Int?
    var stripLength: Int?
    var isReduced = false

    mutating func note(
      _ entry: ImageFileDirectoryReader.Entry, _ reader: ImageFileDirectoryReader
    ) {
      switch entry.tag {
      case ExifTag.thumbnailOffset: jpegOffset = Self.size(reader.pointer(entry))
      case ExifTag.thumbnailLength: jpegLength = Self.size(reader.integer(entry))
      case ExifTag.stripOffsets: stripOffset = Self.size(reader.pointer(entry))
      case ExifTag.stripByteCounts: stripLength = entry.count == 1 ? Self.size(reader.integer(entry)) : nil
      case ExifTag.newSubfileType: isReduced = (reader.integer(entry) ?? 0) & 1 == 1
      default: break
      }
    }

    /// Nil for a negative number, which an entry of a signed format may hold.
    private static func size(_ number: Int?) -> Int? { number.flatMap { $0 < 0 ? nil : $0 } }

    func thumbnail(isWholeFile: Bool) -> Thumbnail? {
      if let jpegOffset {
        guard jpegLength != 0 else { return nil }
        return Thumbnail(offset: jpegOffset, byteCount: jpegLength, field: "EXIF:JPEGInterchangeFormat")
      }
      guard let stripOffset, !isWholeFile || isReduced else { return nil }
      return Thumbnail(offset: stripOffset, byteCount: stripLength, field: "EXIF:StripOffsets")
    }
  }

  private static func keep(
    _ entry: ImageFileDirectoryReader.Entry, _ directory: Directory, in page: inout Page
  ) {
    guard directory == .gps || ExifTag.isWanted(entry.tag) else { return }
    guard !page.entries.contains(where: { $0.tag == entry.tag && $0.directory == directory }) else { return }
    page.entries.append(Entry(entry, directory))
  }
}

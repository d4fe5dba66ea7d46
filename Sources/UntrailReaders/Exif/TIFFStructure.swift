internal import UntrailBytes
internal import UntrailModel

/// The directories of a TIFF structure, as EXIF uses it: where the values of the wanted tags stand, without their
/// bytes.
///
///     "II" 2A 00 | "MM" 00 2A         byte order, magic
///     OO OO OO OO                     offset of the first directory, from the start of the structure
///
/// Bounded by construction: only IFD0, its Exif and GPS directories, the chain of next directories and, in files, the
/// directories below them are followed, and each is read once (`ImageFileDirectoryReader`).
///
/// Source: TIFF 6.0, section 2; CIPA DC-008, section 4.6.2; TIFF Technical Note 1 (SubIFDs).
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
      count = UInt32(clamping: entry.count)
      offset = entry.offset
      byteCount = entry.byteCount
    }
  }

  /// One image directory with what belongs to it.
  struct Page {
    var entries: [Entry] = []
    var hasGPSDirectory = false
    /// The tags of GeoTIFF.
    var geographic: [ImageFileDirectoryReader.Entry] = []
  }

  let order: ByteOrder
  private(set) var pages: [Page] = []
  private(set) var pictures: [TIFFPicture] = []
  /// What was damaged on the way; reading went on.
  private(set) var flaws: [ParseError] = []
  /// Blocks of other standards that stand in the structure.
  private(set) var foreignBlocks: [ImageFileDirectoryReader.Entry] = []
  /// For the values of entries.
  private(set) var reader: ImageFileDirectoryReader

  /// Whether the structure is a file, and not an EXIF block.
  let isWholeFile: Bool
  private let isCanonRaw: Bool
  private let nesting: Int
  /// How many more pointers to directories below another are followed, right or wrong.
  private var pointersLeft = 1024
  /// Many pages may point to the same block.
  private static let foreignLimit = 1024

  /// - Parameters:
  ///   - view: starts at the byte order mark.
  ///   - isWholeFile: whether this is a TIFF file, whose later directories are pages, or an EXIF block, whose
  ///     second directory describes the thumbnail.
  ///   - root: what the first directory is; CR3 has a structure for each.
  /// - Throws: where there is no TIFF structure at all. Damage further in is kept in `flaws`.
  init(
    _ view: ByteView, isWholeFile: Bool, root: Directory = .image, _ limits: Limits
  ) throws(ParseError) {
    self.isWholeFile = isWholeFile
    nesting = limits.nesting
    let header = try TIFFHeader(view)
    order = header.order
    isCanonRaw = isWholeFile && (try? view.u32(at: 8, .big)).map { $0 >> 16 == 0x4352 } ?? false  // "CR"
    reader = ImageFileDirectoryReader(view, order, layout: header.layout, limits)
    guard let first = header.first else { return }
    switch root {
    case .image:
      var next: Int? = first
      var number = 0
      while let offset = next {
        next = readPage(at: offset, number == 0 ? .first : .next(number), depth: 0)
        number += 1
      }
    case .exif:
      var page = Page()
      readExif(at: first, into: &page)
      pages.append(page)
    case .gps:
      var page = Page()
      readGPS(at: first, into: &page)
      pages.append(page)
    }
  }

  /// Reads one image directory and what hangs on it, and gives the offset of the next one.
  private mutating func readPage(at offset: Int, _ place: DirectoryPlace, depth: Int) -> Int? {
    var page = Page()
    page.entries.reserveCapacity(32)
    guard let image = directory(at: offset, isWanted: ExifTag.isWantedOfImage) else { return nil }
    var tags = PictureTags()
    for entry in image.entries {
      switch entry.tag {
      case ExifTag.exifPointer, ExifTag.gpsPointer, ExifTag.subIFDs: break
      case let tag where ExifTag.isForeign(tag): keepForeign(entry)
      case let tag where GeoTIFF.isWanted(tag): page.geographic.append(entry)
      case ExifTag.originalRawFileData:
        pictures.append(
          TIFFPicture(
            role: .embeddedFile, offset: entry.offset, byteCount: entry.byteCount,
            field: "EXIF:OriginalRawFileData"))
      default:
        tags.note(entry, reader)
        Self.keep(entry, .image, in: &page)
      }
    }
    var gps = image[ExifTag.gpsPointer].flatMap { reader.pointer($0) }
    if let exif = image[ExifTag.exifPointer].flatMap({ reader.pointer($0) }) {
      let other = readExif(at: exif, into: &page)
      gps = gps ?? other
    }
    if let gps { readGPS(at: gps, into: &page) }
    let below = isWholeFile ? image[ExifTag.subIFDs] : nil
    let picture = tags.picture(
      at: place, isLone: image.next == nil && below == nil, isWholeFile: isWholeFile, isCanonRaw: isCanonRaw,
      reader)
    if let picture { pictures.append(picture) }
    // The second directory of an EXIF block repeats make, model and time for the thumbnail.
    if !pages.isEmpty, !isWholeFile, !page.hasGPSDirectory { page.entries = [] }
    pages.append(page)
    if let below { readPages(below, of: image, place, depth: depth) }
    return image.next
  }

  /// Reads the directories that an entry points to.
  private mutating func readPages(
    _ entry: ImageFileDirectoryReader.Entry, of image: ImageFileDirectoryReader.Directory,
    _ place: DirectoryPlace, depth: Int
  ) {
    guard depth < nesting else {
      flaws.append(
        ParseError(.limit, at: reader.view.start + entry.offset, "directories more than \(nesting) deep"))
      return
    }
    // The first Sony raws have the offset of their picture data there.
    if image[ExifTag.model].flatMap({ reader.text($0) }) == "DSLR-A100" { return }
    let isOfFirst = if case .first = place { true } else { false }
    for index in 0..<entry.count {
      guard let offset = reader.pointer(entry, index), pointersLeft > 0 else { return }
      pointersLeft -= 1
      _ = readPage(at: offset, .below(isOfFirst: isOfFirst), depth: depth + 1)
    }
  }

  /// Reads an Exif directory.
  ///
  /// - Returns: where it says that the GPS directory is, as some writers do.
  @discardableResult
  private mutating func readExif(at offset: Int, into page: inout Page) -> Int? {
    var gps: Int?
    for entry in directory(at: offset, isWanted: ExifTag.isWantedOfImage)?.entries ?? [] {
      if ExifTag.isForeign(entry.tag) {
        keepForeign(entry)
      } else if entry.tag == ExifTag.gpsPointer {
        gps = gps ?? reader.pointer(entry)
      } else {
        Self.keep(entry, .exif, in: &page)
      }
    }
    return gps
  }

  private mutating func readGPS(at offset: Int, into page: inout Page) {
    page.hasGPSDirectory = true
    let directory = directory(at: offset) { $0 <= GPSTag.last }
    for entry in directory?.entries ?? [] { Self.keep(entry, .gps, in: &page) }
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

  private mutating func keepForeign(_ entry: ImageFileDirectoryReader.Entry) {
    guard foreignBlocks.count < Self.foreignLimit else { return }
    // A structure in a structure: one is enough, and each costs as much as the file.
    if entry.tag == ExifTag.hasselbladExif, foreignBlocks.contains(where: { $0.tag == entry.tag }) { return }
    foreignBlocks.append(entry)
  }

  private static func keep(
    _ entry: ImageFileDirectoryReader.Entry, _ directory: Directory, in page: inout Page
  ) {
    guard directory == .gps || ExifTag.isWanted(entry.tag) else { return }
    guard !page.entries.contains(where: { $0.tag == entry.tag && $0.directory == directory }) else { return }
    page.entries.append(Entry(entry, directory))
  }
}

internal import UntrailBytes
internal import UntrailModel

/// The directories of a TIFF structure: where the values of the wanted tags stand, without their bytes.
///
///     "II" 2A 00 | "MM" 00 2A         byte order, magic
///     OO OO OO OO                     offset of the first directory, from the start of the structure
///     directory: NN NN                number of entries
///       TT TT FF FF CC CC CC CC VV VV VV VV   tag, format, count, value (up to 4 bytes) or its offset
///       OO OO OO OO                   offset of the next directory, or 0
///
/// Bounded by construction: a directory is read once, and only IFD0, its Exif and GPS directories and the
/// chain of next directories are followed, so directories that point at each other cost nothing.
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
  /// Blocks of other kinds that stand in the structure: the tag, and where its value is.
  private(set) var foreignBlocks: [(tag: UInt16, offset: Int)] = []

  /// Bytes of each format, by its number. Source: TIFF 6.0, section 2; 13 is IFD (Adobe PageMaker 6.0 TIFF
  /// notes); 129 is UTF-8 (Exif 3.0).
  private static func size(ofFormat format: UInt16) -> Int? {
    switch format {
    case 1, 2, 6, 7, 129: 1
    case 3, 8: 2
    case 4, 9, 11, 13: 4
    case 5, 10, 12: 8
    default: nil
    }
  }

  private let view: ByteView
  private let isWholeFile: Bool
  private var visited: Set<Int> = []
  /// Entries of all directories that may still be looked at.
  private var entriesLeft: Int

  /// - Parameters:
  ///   - view: starts at the byte order mark.
  ///   - isWholeFile: whether this is a TIFF file, whose later directories are pages, or an EXIF block, whose
  ///     second directory describes the thumbnail.
  /// - Throws: where there is no TIFF structure at all. Damage further in is kept in `flaws`.
  init(_ view: ByteView, isWholeFile: Bool, _ limits: Limits) throws(ParseError) {
    self.view = view
    entriesLeft = limits.entries
    self.isWholeFile = isWholeFile
    switch try view.u16(at: 0, .big) {
    case 0x4949: order = .little
    case 0x4D4D: order = .big
    default: throw ParseError(.malformed, at: view.start, "no byte order mark where a TIFF structure starts")
    }
    if try view.u16(at: 2, order) == 43 {
      throw ParseError(.malformed, at: view.start + 2, "BigTIFF, which this version does not read")
    }
    var next = Int(try view.u32(at: 4, order))
    while next != 0 {
      guard entriesLeft > 0 else {
        flaws.append(
          ParseError(.limit, at: view.start + next, "more than \(limits.entries) directory entries"))
        break
      }
      guard !visited.contains(next) else {
        flaws.append(ParseError(.malformed, at: view.start + next, "a directory that leads back to itself"))
        break
      }
      next = readPage(at: next)
    }
  }

  /// Reads one image directory and what hangs on it, and gives the offset of the next one.
  private mutating func readPage(at offset: Int) -> Int {
    var page = Page()
    page.entries.reserveCapacity(32)
    var exif: Int?
    var gps: Int?
    var picture = PictureTags()
    let next = forEachEntry(at: offset, in: .image) { structure, entry in
      switch entry.tag {
      case ExifTag.exifPointer: exif = exif ?? structure.pointer(entry)
      case ExifTag.gpsPointer: gps = gps ?? structure.pointer(entry)
      case ExifTag.iptc, ExifTag.xmp: structure.foreignBlocks.append((entry.tag, entry.offset))
      default:
        picture.note(entry, structure)
        structure.keep(entry, in: &page)
      }
    }
    if let exif {
      _ = forEachEntry(at: exif, in: .exif) { structure, entry in
        if entry.tag == ExifTag.makerNote {
          structure.foreignBlocks.append((entry.tag, entry.offset))
        } else if entry.tag == ExifTag.gpsPointer {
          gps = gps ?? structure.pointer(entry)
        } else {
          structure.keep(entry, in: &page)
        }
      }
    }
    if let gps {
      page.hasGPSDirectory = true
      _ = forEachEntry(at: gps, in: .gps) { structure, entry in
        if entry.tag <= GPSTag.last { structure.keep(entry, in: &page) }
      }
    }
    if !pages.isEmpty, let thumbnail = picture.thumbnail(isWholeFile: isWholeFile) {
      thumbnails.append(thumbnail)
    }
    // The second directory of an EXIF block repeats make, model and time for the thumbnail.
    if !pages.isEmpty, !isWholeFile, !page.hasGPSDirectory { page.entries = [] }
    pages.append(page)
    return next
  }

  /// What a directory says of the picture it stands for.
  private struct PictureTags {
    var jpegOffset: Int?
    var jpegLength: Int?
    var stripOffset: Int?
    var stripLength: Int?
    var isReduced = false

    mutating func note(_ entry: Entry, _ structure: TIFFStructure) {
      switch entry.tag {
      case ExifTag.thumbnailOffset: jpegOffset = structure.pointer(entry)
      case ExifTag.thumbnailLength: jpegLength = structure.pointer(entry)
      case ExifTag.stripOffsets: stripOffset = structure.pointer(entry)
      case ExifTag.stripByteCounts: stripLength = entry.count == 1 ? structure.pointer(entry) : nil
      case ExifTag.newSubfileType: isReduced = (structure.pointer(entry) ?? 0) & 1 == 1
      default: break
      }
    }

    func thumbnail(isWholeFile: Bool) -> Thumbnail? {
      if let jpegOffset {
        guard jpegLength != 0 else { return nil }
        return Thumbnail(offset: jpegOffset, byteCount: jpegLength, field: "EXIF:JPEGInterchangeFormat")
      }
      guard let stripOffset, !isWholeFile || isReduced else { return nil }
      return Thumbnail(offset: stripOffset, byteCount: stripLength, field: "EXIF:StripOffsets")
    }
  }

  private func keep(_ entry: Entry, in page: inout Page) {
    guard entry.directory == .gps || ExifTag.isWanted(entry.tag) else { return }
    guard !page.entries.contains(where: { $0.tag == entry.tag && $0.directory == entry.directory }) else {
      return
    }
    page.entries.append(entry)
  }

  /// The value of an entry that holds one number; nil where it does not.
  private func pointer(_ entry: Entry) -> Int? {
    switch entry.format {
    case 3: (try? view.u16(at: entry.offset, order)).map(Int.init)
    case 4, 9, 13: (try? view.u32(at: entry.offset, order)).map(Int.init)
    default: nil
    }
  }

  /// Gives each entry of a directory to `body`, and the offset of the next directory (0 where there is none).
  private mutating func forEachEntry(
    at offset: Int, in directory: Directory, _ body: (inout TIFFStructure, Entry) -> Void
  ) -> Int {
    guard !visited.contains(offset) else {
      flaws.append(ParseError(.malformed, at: view.start + offset, "two directories at the same place"))
      return 0
    }
    visited.insert(offset)
    do throws(ParseError) {
      var count = Int(try view.u16(at: offset, order))
      let room = max(0, (view.count - offset - 2) / 12)
      if count > room || count > entriesLeft {
        flaws.append(
          ParseError(
            count > room ? .truncated : .limit, at: view.start + offset,
            "a directory of \(count) entries, of which \(min(room, entriesLeft)) can be read"))
        count = min(room, entriesLeft)
      }
      // An empty directory counts as well: a chain of them must end.
      entriesLeft -= max(1, count)
      for index in 0..<count {
        if let entry = try entry(at: offset + 2 + 12 * index, in: directory) { body(&self, entry) }
      }
      let end = offset + 2 + 12 * count
      return end + 4 <= view.count ? Int(try view.u32(at: end, order)) : 0
    } catch {
      flaws.append(error)
      return 0
    }
  }

  /// One entry; nil, with a flaw noted, where its value does not stand inside the structure.
  private mutating func entry(at offset: Int, in directory: Directory) throws(ParseError) -> Entry? {
    let order = order
    let (tag, format, count, value) = try view.withBytes(at: offset, count: 12) { run throws(ParseError) in
      func u16(_ at: Int) -> UInt16 {
        let value = run.loadUnaligned(fromByteOffset: at, as: UInt16.self)
        return order.isBig ? UInt16(bigEndian: value) : UInt16(littleEndian: value)
      }
      func u32(_ at: Int) -> UInt32 {
        let value = run.loadUnaligned(fromByteOffset: at, as: UInt32.self)
        return order.isBig ? UInt32(bigEndian: value) : UInt32(littleEndian: value)
      }
      return (u16(0), u16(2), u32(4), u32(8))
    }
    let isOfInterest = directory == .gps ? tag <= GPSTag.last : true
    guard let size = Self.size(ofFormat: format) else {
      if isOfInterest, directory == .gps || ExifTag.isWanted(tag) {
        flaws.append(
          ParseError(.malformed, at: view.start + offset + 2, "an entry of the unknown format \(format)"))
      }
      return nil
    }
    let byteCount = size * Int(count)
    let valueOffset = byteCount <= 4 ? offset + 8 : Int(value)
    guard valueOffset <= view.count, byteCount <= view.count - valueOffset else {
      if directory == .gps || ExifTag.isWanted(tag) {
        flaws.append(
          ParseError(.truncated, at: view.start + offset, "a value that stands behind the end of its block"))
      }
      return nil
    }
    return Entry(
      directory: directory, tag: tag, format: format, count: count, offset: valueOffset, byteCount: byteCount)
  }
}

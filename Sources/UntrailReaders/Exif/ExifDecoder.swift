internal import UntrailBytes
internal import UntrailModel

/// Turns an EXIF block, whatever it came in, into observations: channels A1, A2 and A3.
///
/// Our own walk finds where each wanted value stands (`TIFFStructure`); libexif decodes them
/// (`ExifBlock`, `LoadedExif`). Keeps its buffers from file to file.
final class ExifDecoder {
  private let limits: Limits
  private let arena = ExifArena()
  private var block: ExifBlock

  init(limits: Limits) {
    self.limits = limits
    block = ExifBlock(valueLimit: limits.text)
  }

  /// Adds what the block says to `result`. Damage becomes diagnostics.
  ///
  /// - Parameters:
  ///   - view: starts at the byte order mark, or at "Exif\0\0" before it.
  ///   - isWholeFile: whether the block is a TIFF file of its own.
  ///   - root: what the first directory of the block is.
  func decode(
    _ view: ByteView, into result: inout ReadResult, isWholeFile: Bool = false,
    as root: TIFFStructure.Directory = .image, with tools: ReaderTools
  ) {
    let diagnosticCount = result.diagnostics.count
    defer { if !view.source.hasPlaces { result.forgetPlaces(from: diagnosticCount) } }
    do throws(ParseError) {
      let view = try Self.skippingIdentifier(view)
      let structure = try TIFFStructure(view, isWholeFile: isWholeFile, root: root, limits)
      for page in structure.pages where !page.entries.isEmpty {
        try decode(page, structure.order, view, into: &result)
      }
      for page in structure.pages where !page.geographic.isEmpty {
        GeoTIFF.observe(page.geographic, structure.reader, into: &result)
      }
      for picture in structure.pictures {
        guard picture.offset < view.count else {
          result.damage(
            ParseError(
              .truncated, at: view.start + view.count, "a thumbnail that stands behind the end of its block"))
          continue
        }
        result.add(
          picture.role, .hidden(HiddenContent(byteCount: picture.byteCount)), picture.field,
          at: Self.offset(picture.offset, in: view))
      }
      var noteCount = 0
      for entry in structure.foreignBlocks {
        // Each may be as long as the file: a chain of pages that share one must not be read for each of them.
        if entry.tag == ExifTag.makerNote { noteCount += 1 }
        guard entry.tag != ExifTag.makerNote || noteCount <= limits.nesting else { continue }
        decode(entry, structure, in: view, &result, tools)
      }
      if noteCount > limits.nesting {
        result.damage(
          ParseError(.limit, at: view.start, "more than \(limits.nesting) maker notes in one block"))
      }
      for flaw in structure.flaws { result.damage(flaw) }
    } catch {
      result.damage(error)
    }
  }

  /// Decodes a block of another standard that stands in the structure.
  private func decode(
    _ entry: ImageFileDirectoryReader.Entry, _ structure: TIFFStructure, in view: ByteView,
    _ result: inout ReadResult, _ tools: ReaderTools
  ) {
    let block = ByteView(view.source, start: view.start + entry.offset, count: entry.byteCount)
    switch entry.tag {
    case ExifTag.makerNote:
      let range = entry.offset..<(entry.offset + entry.byteCount)
      decode(makerNote(range, structure, view, of: result), at: block.start, into: &result)
    case ExifTag.dngPrivateData:
      guard let moved = DNGPrivateData.makerNote(block) else { return }
      let start = entry.offset + moved.offset
      let end = entry.offset + entry.byteCount
      // What the note pointed at outside of itself was left behind.
      let known = ByteView(view.source, start: view.start, count: end)
      var note = makerNote(start..<end, structure, known, of: result)
      note.order = moved.order
      note.base = start - moved.formerOffset
      decode(note, at: block.start, into: &result)
    case ExifTag.xmp: EmbeddedBlocks.xmp(block, into: &result, tools)
    case ExifTag.iptc: EmbeddedBlocks.iptc(block, into: &result, tools)
    case ExifTag.photoshop: EmbeddedBlocks.photoshop(block, into: &result, tools)
    case ExifTag.iccProfile: EmbeddedBlocks.icc(block, into: &result, tools)
    case ExifTag.jumbf: EmbeddedBlocks.jumbf(block, into: &result, tools)
    case ExifTag.leafData: LeafData.decode(block, structure.order, into: &result)
    case ExifTag.hasselbladExif where structure.isWholeFile: decode(block, into: &result, with: tools)
    case let tag where KodakDirectories.isPointer(tag):
      KodakDirectories.decode(entry, structure.reader, into: &result)
    default: break
    }
  }

  private func makerNote(
    _ range: Range<Int>, _ structure: TIFFStructure, _ view: ByteView, of result: ReadResult
  ) -> MakerNote {
    var make = ""
    var model = ""
    let camera = result.observations.last { $0.kind == .device && $0.role == .camera }
    if case .device(let device) = camera?.fact {
      make = device.make
      model = device.model
    }
    return MakerNote(
      block: view, range: range, order: structure.order, make: make, model: model, limits: limits)
  }

  private func decode(_ note: MakerNote, at offset: Int, into result: inout ReadResult) {
    guard !MakerNotes.decode(note, into: &result) else { return }
    result.notRead(
      "maker-note-not-read", "the camera maker's own notes are there; this version does not read them",
      at: offset)
  }

  /// Some containers put the identifier of the JPEG segment before the structure, some do not.
  private static func skippingIdentifier(_ view: ByteView) throws(ParseError) -> ByteView {
    guard view.count >= 6, try view.u32(at: 0, .big) == 0x4578_6966, try view.u8(at: 4) == 0 else {
      return view
    }
    return ByteView(view.source, start: view.start + 6, count: view.count - 6)
  }

  /// A place in the file; nil for a block that was joined from several pieces of it.
  private static func offset(_ offset: Int, in view: ByteView) -> Int? {
    view.source.hasPlaces ? view.start + offset : nil
  }

  private func decode(
    _ page: TIFFStructure.Page, _ order: ByteOrder, _ view: ByteView, into result: inout ReadResult
  ) throws(ParseError) {
    try block.build(page, order: order, from: view)
    for entry in block.cut {
      result.damage(
        ParseError(.limit, at: view.start + entry.offset, "a value longer than \(limits.text) bytes")
      )
    }
    let decoded: Void? = block.bytes.withUnsafeBufferPointer { bytes in
      arena.use { memory in
        guard let loaded = LoadedExif.load(bytes, memory: memory) else { return nil }
        var tags = ExifValues()
        loaded.forEach(in: .image) { tags.note($0, .image) }
        loaded.forEach(in: .exif) { tags.note($0, .exif) }
        var gps = GPSValues()
        loaded.forEach(in: .gps) { gps.note($0) }
        let places = EntryPlaces(page.entries, view)
        let original = tags.observe(places, into: &result)
        gps.observe(places, original: original, into: &result)
        return ()
      }
    }
    if decoded == nil {
      result.damage("out-of-memory", "libexif could not load the block within its memory", at: view.start)
    }
  }
}

/// Where the value of each entry of a page stands in the file.
struct EntryPlaces {
  private let entries: [TIFFStructure.Entry]
  private let view: ByteView

  init(_ entries: [TIFFStructure.Entry], _ view: ByteView) {
    self.entries = entries
    self.view = view
  }

  func offset(_ tag: UInt16, in directory: TIFFStructure.Directory) -> Int? {
    guard view.source.hasPlaces else { return nil }
    for entry in entries where entry.tag == tag && entry.directory == directory {
      return view.start + entry.offset
    }
    return nil
  }
}

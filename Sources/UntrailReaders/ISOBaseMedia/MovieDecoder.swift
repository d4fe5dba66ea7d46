internal import UntrailBytes
internal import UntrailModel

/// A film: the boxes at its first level, and those of `moov`.
///
///     ftyp: brand, version, compatible brands
///     moov: mvhd (times), trak (see MovieTrack), udta (see UserData), meta (see MetaBox), uuid (see MovieUUID)
///       cmov: dcom (zlib), cmvd (bytes of the whole, then moov, compressed)
///     moof: traf, udta, meta             what is told piece by piece
///     meta, udta, uuid, free, skip, mdat, wide, pnot, thum, IDIT, sefd
///
/// `moov` may stand before the pictures and sounds or behind them; only heads are read on the way.
///
/// Source: ISO/IEC 14496-12:2022, section 6.2 and 8.2; Apple, QuickTime File Format, chapter 2.
struct MovieDecoder {
  private let session: MovieSession
  private var hasMovie = false
  private var hasContent = false
  private var fragmentCount = 0

  /// Fragments repeat each other.
  private static let fragmentLimit = 4

  /// Adds what a film inside another file says. Damage becomes diagnostics; what follows the film is not looked at.
  static func decode(_ view: ByteView, into result: inout ReadResult, _ tools: ReaderTools) {
    let session = MovieSession(result, tools)
    var decoder = MovieDecoder(session: session)
    do throws(ParseError) {
      _ = try decoder.readBoxes(view)
    } catch {
      session.result.damage(error)
    }
    session.finish()
    result = session.result
  }

  /// Adds what a file says that is a film.
  ///
  /// - Throws: where nothing says what the film holds.
  static func decodeFile(
    _ view: ByteView, into result: inout ReadResult, _ tools: ReaderTools
  ) throws(ParseError) {
    let session = MovieSession(result, tools)
    defer { result = session.result }
    var decoder = MovieDecoder(session: session)
    defer { session.finish() }
    if let end = try decoder.readBoxes(view), !session.result.hasDamage {
      try TrailingData.note(view.source, behind: end, "QuickTime:Trailer", into: &session.result)
    }
    guard decoder.hasContent || session.result.hasDamage else {
      throw ParseError(
        .truncated, at: view.start + view.count, "the film ends before what says what it holds")
    }
  }

  private init(session: MovieSession) { self.session = session }

  /// What may be longer than the file: the pictures, or what was cut off with them.
  private static let boxes: Set<FourCC> = [
    "ftyp", "moov", "mdat", "moof", "meta", "udta", "uuid", "free", "skip", "wide", "junk", "frea", "mfra",
  ]

  /// - Returns: where something begins that is no box; nil where the file ends with its last one.
  private mutating func readBoxes(_ view: ByteView) throws(ParseError) -> Int? {
    var boxes = BoxWalker(view, session.tools.limits)
    while true {
      let box: BoxWalker.Box
      do throws(ParseError) {
        guard let next = try boxes.next() else { return nil }
        box = next
      } catch {
        guard hasContent, error.code == .malformed else { throw error }
        return error.offset
      }
      guard box.type.isPrintable, !box.isCut || Self.boxes.contains(box.type) else {
        guard hasContent else { throw ParseError(.malformed, at: box.start, "no boxes of a film") }
        return box.start
      }
      if box.isCut {
        session.result.damage(
          "truncated", "the file ends inside a box", at: box.body.place(box.body.count))
      }
      do throws(ParseError) {
        try read(box)
      } catch {
        session.result.damage(error)
      }
    }
  }

  private mutating func read(_ box: BoxWalker.Box) throws(ParseError) {
    switch box.type {
    case "ftyp": try session.readBrand(box.body)
    case "moov":
      hasMovie = true
      hasContent = true
      try readMovie(box.body)
    case "moof":
      hasContent = true
      fragmentCount += 1
      if fragmentCount <= Self.fragmentLimit { readFragment(box.body) }
    case "mdat": hasContent = hasContent || hasMovie
    case "meta":
      hasContent = true
      try MetaBox.read(box.body, session)
    case "udta": UserData.read(box.body, session)
    case "uuid": try MovieUUID.read(box.body, session)
    case "free", "skip", "frea": try MovieFreeSpace.read(box, session)
    case "pnot": try readPreviewDate(box.body)
    case "thum", "thm ", "mcvr", "PICT", "pict":
      session.addPicture(box.body, .preview, "QuickTime:PreviewImage")
    case "IDIT":
      if let text = try MovieText.plain(box.body, session.tools.limits) {
        session.addTime(text, .original, "QuickTime:DateTimeOriginal", at: box.body.place(0))
      }
    case "sefd":
      if try !SamsungTrailer.decode(box.body, into: &session.result, session.tools) {
        session.result.notRead(
          "samsung-trailer-not-read", "Samsung's own notes are there; this version does not read them",
          at: box.start)
      }
    default: break
    }
  }

  private func readMovie(_ body: ByteView) throws(ParseError) {
    for box in session.boxes(of: body) {
      do throws(ParseError) {
        switch box.type {
        case "mvhd": try session.addTimes(box.body, "")
        case "trak", "htka": MovieTrack.read(box.body, session)
        case "udta": UserData.read(box.body, session)
        case "meta": try MetaBox.read(box.body, session)
        case "uuid": try MovieUUID.read(box.body, session)
        case "cmov": try readCompressed(box.body)
        default: break
        }
      } catch {
        session.result.damage(error)
      }
    }
  }

  private func readFragment(_ body: ByteView) {
    for box in session.boxes(of: body) {
      switch box.type {
      case "traf": readFragment(box.body)
      case "udta": UserData.read(box.body, session)
      case "meta":
        do throws(ParseError) {
          try MetaBox.read(box.body, session)
        } catch {
          session.result.damage(error)
        }
      default: break
      }
    }
  }

  private func readCompressed(_ body: ByteView) throws(ParseError) {
    guard let data = session.boxes(of: body).first(where: { $0.type == "cmvd" }), body.source.hasPlaces else {
      return
    }
    var decompressor = Decompressor(session.tools.limits)
    let output = decompressor.decompress(data.body.dropping(4), .zlib)
    if let flaw = output.flaw { session.result.damage(flaw) }
    let count = session.result.diagnostics.count
    for box in session.boxes(of: output.view) where box.type == "moov" { try readMovie(box.body) }
    session.result.forgetPlaces(from: count)
  }

  private func readPreviewDate(_ body: ByteView) throws(ParseError) {
    guard let time = MovieHeader.timestamp(Int64(try body.u32(at: 0, .big))) else { return }
    session.add(.created, .timestamp(time), "QuickTime:PreviewDate", at: body.place(0))
  }
}

internal import UntrailBytes
internal import UntrailModel

/// Text chunks of PNG: a keyword and what it says.
///
///     tEXt    keyword 00 text in Latin-1 (in the world: UTF-8 as well)
///     zTXt    keyword 00, 00 (zlib), compressed text
///     iTXt    keyword 00, 00 or 01 (compressed), 00 (zlib), language 00, translated keyword 00, text in UTF-8
///
/// Some writers keep whole blocks of other standards in such a text: see `RawProfile`.
///
/// Source: W3C PNG specification (third edition), section 11.3.3.
struct PNGText {
  private var decompressor: Decompressor
  /// Bytes that the texts of one file may have together.
  private var textLeft: Int
  /// Whether it was said that a limit is reached: there may be thousands of chunks behind it.
  private var isLimitSaid = false
  private var magick = MagickProperties()
  private var camera = Device()
  private var cameraPlace: Int?

  init(_ limits: Limits) {
    decompressor = Decompressor(limits)
    textLeft = limits.structure
  }

  /// Adds what a chunk says.
  ///
  /// - Parameters:
  ///   - type: `tEXt`, `zTXt` or `iTXt`.
  ///   - chunk: the data of the chunk.
  mutating func decode(
    _ type: FourCC, _ chunk: ByteView, into result: inout ReadResult, _ tools: ReaderTools
  ) {
    do throws(ParseError) {
      guard let head = try Self.head(type, chunk) else {
        throw ParseError(.malformed, at: chunk.start, "a text chunk without a keyword")
      }
      var text = chunk.dropping(head.length)
      // Only what is wanted is decompressed.
      let meaning = PNGKeyword.meaning(head.keyword)
      if case .nothing = meaning { return }
      if head.isCompressed {
        text = decompress(text, into: &result).view
      }
      let diagnostics = result.diagnostics.count
      try decode(meaning, head.keyword, text, into: &result, tools)
      if !text.source.hasPlaces { result.forgetPlaces(from: diagnostics) }
    } catch {
      say(error, into: &result)
    }
  }

  /// The colour profile of an `iCCP` chunk: name 00, 00 (zlib), compressed profile.
  mutating func decodeProfile(_ chunk: ByteView, into result: inout ReadResult, _ tools: ReaderTools) {
    do throws(ParseError) {
      guard let name = try Self.text(chunk, at: 0, limit: 80), name.next < chunk.count else {
        throw ParseError(.malformed, at: chunk.start, "a colour profile without a name")
      }
      let profile = decompress(chunk.dropping(name.next + 1), into: &result)
      EmbeddedBlocks.icc(profile.view, into: &result, tools)
    } catch {
      result.damage(error)
    }
  }

  /// The EXIF of a `zxIf` chunk: 00, four bytes of length, compressed TIFF structure.
  mutating func decodeExif(_ chunk: ByteView, into result: inout ReadResult, _ tools: ReaderTools) {
    tools.exif.decode(decompress(chunk.dropping(5), into: &result).view, into: &result, with: tools)
  }

  private mutating func decompress(_ block: ByteView, into result: inout ReadResult) -> Decompressor.Output {
    let output = decompressor.decompress(block, .zlib)
    if let flaw = output.flaw { say(flaw, into: &result) }
    return output
  }

  private mutating func say(_ error: ParseError, into result: inout ReadResult) {
    if error.code == .limit, isLimitSaid { return }
    isLimitSaid = isLimitSaid || error.code == .limit
    result.damage(error)
  }

  /// Adds what several chunks say together. Called once, behind the last of them.
  func finish(into result: inout ReadResult) {
    if !camera.make.isEmpty || !camera.model.isEmpty {
      result.add(
        .camera, .device(camera), camera.model.isEmpty ? "PNG:Make" : "PNG:Model", at: cameraPlace)
    }
    magick.observe("PNG", into: &result)
  }

  // MARK: Parts of a chunk

  private struct Head {
    var keyword: String
    var isCompressed: Bool
    /// Bytes before the text.
    var length: Int
  }

  private static func head(_ type: FourCC, _ chunk: ByteView) throws(ParseError) -> Head? {
    guard let keyword = try text(chunk, at: 0, limit: 80) else { return nil }
    switch type {
    case "zTXt":
      return Head(keyword: keyword.text, isCompressed: true, length: keyword.next + 1)
    case "iTXt":
      let isCompressed = try chunk.u8(at: keyword.next) != 0
      guard let language = try text(chunk, at: keyword.next + 2, limit: 256),
        let translated = try text(chunk, at: language.next, limit: 1024)
      else { return nil }
      return Head(keyword: keyword.text, isCompressed: isCompressed, length: translated.next)
    default:
      return Head(keyword: keyword.text, isCompressed: false, length: keyword.next)
    }
  }

  /// Text up to a NUL, and where the byte behind it stands; nil where there is no NUL.
  private static func text(
    _ chunk: ByteView, at offset: Int, limit: Int
  ) throws(ParseError) -> (text: String, next: Int)? {
    guard offset <= chunk.count else { return nil }
    return try chunk.withBytes(at: offset, count: min(limit, chunk.count - offset)) {
      run throws(ParseError) in
      run.firstIndex(of: 0).map { (ExifText.ascii(run[..<$0]) ?? "", offset + $0 + 1) }
    }
  }

  // MARK: What it says

  private mutating func decode(
    _ meaning: PNGKeyword.Meaning, _ keyword: String, _ text: ByteView, into result: inout ReadResult,
    _ tools: ReaderTools
  ) throws(ParseError) {
    switch meaning {
    case .nothing: return
    case .xmp: return EmbeddedBlocks.xmp(text, into: &result, tools)
    case .profile(let kind): return RawProfile.decode(text, kind, into: &result, tools)
    case .hidden(let field):
      return result.add(
        .embeddedFile, .hidden(HiddenContent(byteCount: text.count)), field, at: text.place(0))
    default: break
    }
    guard textLeft > 0 else {
      throw ParseError(
        .limit, at: text.start, "the text chunks have more than \(tools.limits.structure) bytes together")
    }
    guard let value = try BoundedText.decode(text, tools.limits) else { return }
    textLeft -= value.utf8.count
    let place = text.place(0)
    switch meaning {
    case .fact(let field, .comment, _) where BoundedText.isWebAddress(value):
      result.add(.url, .contact(value), "PNG:" + field, at: place)
    case .fact(let field, let role, let fact): result.add(role, fact(value), "PNG:" + field, at: place)
    case .time(let field, let role): Self.addTime(value, "PNG:" + field, role, at: place, into: &result)
    case .epoch(let field, let role):
      guard let seconds = Int64(value), seconds > 0, seconds <= Timestamp.lastSecond else { return }
      let timestamp = Timestamp(civilSeconds: seconds, utcOffsetMinutes: 0)
      result.add(role, .timestamp(timestamp), "PNG:" + field, at: place)
    case .make:
      camera.make = value
      cameraPlace = cameraPlace ?? place
    case .model:
      camera.model = value
      cameraPlace = place
    case .magick: magick.note(keyword, value, at: place)
    case .unknown: addUnknown(keyword, value, at: place, into: &result)
    case .nothing, .xmp, .profile, .hidden: break
    }
  }

  private static func addTime(
    _ value: String, _ field: String, _ role: Role, at place: Int?, into result: inout ReadResult
  ) {
    if let timestamp = WrittenTime.read(value) {
      result.add(role, .timestamp(timestamp), field, at: place)
    } else if value.contains(where: { ("1"..."9").contains($0) }) {
      result.doubt("time-malformed", "\(field) is not a date", at: place)
      // As it is written it may still tell.
      result.add(.comment, .text(value), field, at: place)
    }
  }

  /// Keywords are the writer's own: they stand in the value, since the names of fields are shown to everybody.
  private func addUnknown(_ keyword: String, _ value: String, at place: Int?, into result: inout ReadResult) {
    guard BoundedText.isPrintable(value) else { return }
    if BoundedText.isWebAddress(value) {
      result.add(.url, .contact(value), "PNG:TextualData", at: place)
    } else {
      result.add(.comment, .text(keyword + ": " + value), "PNG:TextualData", at: place)
    }
  }
}

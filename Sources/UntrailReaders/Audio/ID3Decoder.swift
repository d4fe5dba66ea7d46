internal import UntrailBytes
internal import UntrailModel

/// Goes through the frames of one ID3 tag.
struct ID3Decoder {
  let tools: ReaderTools
  let version: UInt8
  /// Whether zeros stand behind FF in each frame.
  let isSplit: Bool
  var facts: AudioFacts
  private var decompressor: Decompressor
  private var depth = 0
  /// Year, day and hour, which stand in frames of their own before version 4.
  private var date = ID3Date()

  init(_ tools: ReaderTools, version: UInt8, isSplit: Bool) {
    self.tools = tools
    self.version = version
    self.isSplit = isSplit
    facts = AudioFacts(tools.limits)
    decompressor = Decompressor(tools.limits)
  }

  var limits: Limits { tools.limits }

  /// Reads frames one after another, up to the padding.
  mutating func read(_ view: ByteView, into result: inout ReadResult) throws(ParseError) {
    var offset = 0
    var framesLeft = limits.entries
    defer { if depth == 0 { date.finish(&facts, into: &result) } }
    while let frame = try ID3Frame.read(
      view, at: offset, version: version, isSplit: isSplit, limits, &decompressor)
    {
      guard framesLeft > 0 else {
        throw ParseError(.limit, at: view.start + offset, "more than \(limits.entries) frames in an ID3 tag")
      }
      framesLeft -= 1
      if frame.isCut {
        result.damage("truncated", "an ID3 tag ends inside a frame", at: view.place(view.count))
      }
      if frame.isEncrypted {
        result.notRead("id3-encrypted", "an encrypted frame of an ID3 tag", at: view.place(offset) ?? 0)
      } else {
        do throws(ParseError) {
          try take(frame, into: &result)
        } catch {
          result.damage(error)
        }
      }
      offset = frame.end
    }
  }

  private mutating func take(_ frame: ID3Frame, into result: inout ReadResult) throws(ParseError) {
    let body = frame.body
    switch frame.code {
    case "TXXX": try userText(body, into: &result)
    case "WXXX": try userURL(body, into: &result)
    case "COMM": try comment(body, into: &result)
    case "TYER", "TDAT", "TIME":
      guard let text = ID3Text.all(try content(body), limits).first else { return }
      date.take(frame.code, text, at: body.place(1))
    case "IPLS", "TIPL", "TMCL": try people(frame, into: &result)
    case "UFID": try identifier(body, into: &result)
    case "PRIV": try privateData(body, into: &result)
    case "POPM": try rating(body, into: &result)
    case "OWNE": try ownership(body, into: &result)
    case "APIC", "PIC": try picture(body, isShort: frame.code == "PIC", into: &result)
    case "GEOB": try object(body, into: &result)
    case "CHAP", "CTOC": try chapter(frame, into: &result)
    default: try known(frame, into: &result)
    }
  }

  /// The bytes of a frame that holds texts, as far as texts go.
  func content(_ body: ByteView) throws(ParseError) -> [UInt8] {
    try body.head(min(2 * limits.text + 1024, limits.structure))
  }

  private mutating func known(_ frame: ID3Frame, into result: inout ReadResult) throws(ParseError) {
    guard let (name, meaning) = ID3Names.meaning(of: frame.code) else { return }
    let bytes = try content(frame.body)
    let isURL = frame.code.hasPrefix("W")
    let texts =
      isURL ? [ID3Text.decode(bytes[...], encoding: 0, limits)].compactMap { $0 } : ID3Text.all(bytes, limits)
    for text in texts {
      facts.take(text, as: meaning, "ID3:" + name, at: frame.body.place(isURL ? 0 : 1), into: &result)
    }
  }

  private mutating func userText(_ body: ByteView, into result: inout ReadResult) throws(ParseError) {
    let bytes = try content(body)
    guard let encoding = bytes.first else { return }
    let parts = ID3Text.split(bytes.dropFirst(), encoding: encoding)
    let name = parts.first.flatMap { ID3Text.decode($0, encoding: encoding, limits) } ?? ""
    for part in parts.dropFirst() {
      guard let text = ID3Text.decode(part, encoding: encoding, limits) else { continue }
      facts.take(
        text, as: AudioNames.meaning(of: name) ?? .text(.userComment), "ID3:UserDefinedText",
        at: body.place(part.startIndex), into: &result)
    }
  }

  private mutating func userURL(_ body: ByteView, into result: inout ReadResult) throws(ParseError) {
    let bytes = try content(body)
    guard let encoding = bytes.first else { return }
    let parts = ID3Text.split(bytes.dropFirst(), encoding: encoding, most: 2)
    guard parts.count == 2, let text = ID3Text.decode(parts[1], encoding: 0, limits) else { return }
    facts.take(text, as: .url, "ID3:UserDefinedURL", at: body.place(parts[1].startIndex), into: &result)
  }

  /// Encoding, three letters of a language, what it is about, the text.
  private mutating func comment(_ body: ByteView, into result: inout ReadResult) throws(ParseError) {
    let bytes = try content(body)
    guard bytes.count > 4 else { return }
    let encoding = bytes[0]
    let parts = ID3Text.split(bytes[4...], encoding: encoding, most: 2)
    guard let last = parts.last, let text = ID3Text.decode(last, encoding: encoding, limits) else { return }
    let name = parts.count > 1 ? ID3Text.decode(parts[0], encoding: encoding, limits) ?? "" : ""
    var meaning = AudioMeaning.text(.comment)
    // iTunes keeps numbers of its own there.
    if name.hasPrefix("iTun"), let known = AudioNames.meaning(of: name) { meaning = known }
    facts.take(text, as: meaning, "ID3:Comment", at: body.place(last.startIndex), into: &result)
  }

  /// What somebody did, then who; again and again.
  private mutating func people(_ frame: ID3Frame, into result: inout ReadResult) throws(ParseError) {
    let field = frame.code == "TMCL" ? "ID3:MusicianCredits" : "ID3:InvolvedPeople"
    let texts = ID3Text.all(try content(frame.body), limits)
    for (index, text) in texts.enumerated() where index % 2 == 1 {
      facts.take(text, as: .person(.creator), field, at: frame.body.place(1), into: &result)
    }
  }

  /// A chapter or a table of contents, with frames of its own.
  private mutating func chapter(_ frame: ID3Frame, into result: inout ReadResult) throws(ParseError) {
    guard depth < limits.nesting, let end = try frame.body.firstIndex(of: 0, from: 0, most: limits.text)
    else {
      return
    }
    var offset = end + 17
    if frame.code == "CTOC" {
      offset = end + 3
      for _ in 0..<(try frame.body.u8(at: end + 2)) {
        guard let next = try frame.body.firstIndex(of: 0, from: offset, most: limits.text) else { return }
        offset = next + 1
      }
    }
    depth += 1
    defer { depth -= 1 }
    try read(frame.body.dropping(offset), into: &result)
  }
}

/// Year, day and time of day as version 3 has them: YYYY, DDMM, HHMM.
struct ID3Date {
  private var year = ""
  private var day = ""
  private var time = ""
  private var offset: Int?

  mutating func take(_ code: String, _ text: String, at place: Int?) {
    switch code {
    case "TYER":
      year = text
      offset = place
    case "TDAT": day = text
    default: time = text
    }
  }

  func finish(_ facts: inout AudioFacts, into result: inout ReadResult) {
    var text = year
    if year.utf8.count == 4, day.utf8.count == 4 {
      text += "-\(day.suffix(2))-\(day.prefix(2))"
      if time.utf8.count == 4 { text += " \(time.prefix(2)):\(time.suffix(2))" }
    }
    facts.take(text, as: .time(.original), "ID3:Year", at: offset, into: &result)
  }
}

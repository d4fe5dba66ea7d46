internal import UntrailBytes
internal import UntrailModel

/// The objects in the head of an ASF file.
struct ASFHeader {
  let tools: ReaderTools

  func read(_ body: ByteView, depth: Int, into result: inout ReadResult) throws(ParseError) {
    var objects = ASFObjects(body, tools.limits)
    while let object = try objects.next() {
      do throws(ParseError) {
        try read(object, depth: depth, into: &result)
      } catch {
        result.damage(error)
      }
    }
  }

  private func read(_ object: ASFObject, depth: Int, into result: inout ReadResult) throws(ParseError) {
    let body = object.body
    switch object.kind {
    case .fileProperties: try readProperties(body, into: &result)
    case .headerExtension where depth == 0: try read(body.dropping(22), depth: 1, into: &result)
    case .codecList: try readCodecs(body, into: &result)
    case .contentDescription: try readDescription(body, into: &result)
    case .contentBranding: try readBranding(body, into: &result)
    case .extendedContent: try ASFAttributes.readExtended(body, into: &result, tools)
    case .metadata, .metadataLibrary: try ASFAttributes.readMetadata(body, into: &result, tools)
    case .scriptCommand: try readScript(body, into: &result)
    case .xmp: EmbeddedBlocks.xmp(body, into: &result, tools)
    default: break
    }
  }

  /// 0 identifier of the file (16), 16 its length, 24 when it was made, in ticks since 1601.
  private func readProperties(_ body: ByteView, into result: inout ReadResult) throws(ParseError) {
    if let identifier = try ASFText.identifier(body, at: 0) {
      result.add(.contentIdentifier, .link(identifier), "ASF:FileID", at: body.place(0))
    }
    if let time = WindowsTime.timestamp(try body.u64(at: 24, .little)) {
      result.add(.created, .timestamp(time), "ASF:CreationDate", at: body.place(24))
    }
  }

  /// Five lengths of 16 bits, then title, author, copyright, description, rating.
  private func readDescription(_ body: ByteView, into result: inout ReadResult) throws(ParseError) {
    var offset = 10
    for (index, name) in ["Title", "Author", "Copyright", "Description", "Rating"].enumerated() {
      let length = Int(try body.u16(at: 2 * index, .little))
      let value = body.dropping(offset).prefix(length)
      offset += length
      guard let text = try ASFText.decode(value, tools.limits) else { continue }
      let (role, fact): (Role, Observation.Fact) =
        switch name {
        case "Title": (.title, .text(text))
        case "Author": (.author, .person(text))
        case "Copyright": (.copyright, .person(text))
        case "Description": (.description, .text(text))
        default: (.label, .text(text))
        }
      result.add(role, fact, "ASF:" + name, at: value.place(0))
    }
  }

  /// Reserved (16), number of entries (32 bits); each: kind, name (16 bits of characters, text), description, data.
  private func readCodecs(_ body: ByteView, into result: inout ReadResult) throws(ParseError) {
    let count = min(Int(try body.u32(at: 16, .little)), tools.limits.entries)
    var offset = 20
    for _ in 0..<count where offset + 4 <= body.count {
      let kind = try body.u16(at: offset, .little)
      let length = 2 * Int(try body.u16(at: offset + 2, .little))
      let value = body.dropping(offset + 4).prefix(length)
      offset += 4 + length
      offset += 2 + 2 * Int(try body.u16(at: offset, .little))
      offset += 2 + Int(try body.u16(at: offset, .little))
      guard let text = try ASFText.decode(value, tools.limits) else { continue }
      let name = kind == 1 ? "ASF:VideoCodecName" : kind == 2 ? "ASF:AudioCodecName" : "ASF:OtherCodecName"
      result.add(.processing, .software(text), name, at: value.place(0))
    }
  }

  /// Kind of the picture, its length, picture, length and address of it, length and address of the rights.
  private func readBranding(_ body: ByteView, into result: inout ReadResult) throws(ParseError) {
    let length = Int(try body.u32(at: 4, .little))
    if length > 0 {
      EmbeddedFile.examine(
        body.dropping(8).prefix(length), named: "banner", "ASF:BannerImage", into: &result, tools)
    }
    var offset = 8 + length
    for name in ["ASF:BannerImageURL", "ASF:CopyrightURL"] where offset + 4 <= body.count {
      let length = Int(try body.u32(at: offset, .little))
      let value = body.dropping(offset + 4).prefix(length)
      offset += 4 + length
      guard let text = try BoundedText.printable(value, tools.limits) else { continue }
      result.add(.url, .contact(text), name, at: value.place(0))
    }
  }

  /// Reserved (16), number of commands, number of kinds; kinds: length, text; commands: time (32 bits), kind, length,
  /// text.
  private func readScript(_ body: ByteView, into result: inout ReadResult) throws(ParseError) {
    let commands = min(Int(try body.u16(at: 16, .little)), tools.limits.entries)
    var offset = 20
    for _ in 0..<Int(try body.u16(at: 18, .little)) where offset + 2 <= body.count {
      offset += 2 + 2 * Int(try body.u16(at: offset, .little))
    }
    for _ in 0..<commands where offset + 8 <= body.count {
      let length = 2 * Int(try body.u16(at: offset + 6, .little))
      let value = body.dropping(offset + 8).prefix(length)
      offset += 8 + length
      guard let text = try ASFText.decode(value, tools.limits) else { continue }
      if BoundedText.isWebAddress(text) {
        result.add(.url, .contact(text), "ASF:ScriptCommand", at: value.place(0))
      } else {
        result.add(.comment, .text(text), "ASF:ScriptCommand", at: value.place(0))
      }
    }
  }
}

/// Texts and identifiers of ASF.
enum ASFText {
  /// UTF-16, little-endian.
  static func decode(_ view: ByteView, _ limits: Limits) throws(ParseError) -> String? {
    let text = try view.withBytes(at: 0, count: min(view.count, 2 * (limits.text + 1))) {
      run throws(ParseError) in
      ExifText.utf16(Array(run), isLittleEndian: true)
    }
    return text.flatMap { BoundedText.isPrintable($0) ? $0 : nil }
  }

  /// A GUID in its usual form; nil where it is of zeros.
  static func identifier(_ view: ByteView, at offset: Int) throws(ParseError) -> String? {
    try view.withBytes(at: offset, count: 16) { run throws(ParseError) in
      guard run.contains(where: { $0 != 0 }) else { return nil }
      let groups = [[3, 2, 1, 0], [5, 4], [7, 6], [8, 9], [10, 11, 12, 13, 14, 15]]
      return groups.map { HexText.of($0.map { run[$0] }).uppercased() }.joined(separator: "-")
    }
  }
}

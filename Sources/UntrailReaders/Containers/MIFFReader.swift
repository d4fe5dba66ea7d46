internal import UntrailBytes
internal import UntrailModel

/// MIFF, ImageMagick's own format: a head of text, then the profiles that it announces.
///
///     id=ImageMagick  version=1.0
///     comment={...}  exif:DateTime=2024:04:28 23:09:02  profile:exif=848
///     0C 0A 3A 1A ... profiles, in the order of the head
///
/// Source: ImageMagick, "Magick Image File Format".
struct MIFFReader: MetadataReader {
  var name: String { "MIFF (ImageMagick)" }
  var mediaTypes: [String] { ["image/x-miff"] }
  var channels: String { "texts, EXIF, XMP, IPTC, colour profile" }

  func read(
    _ source: ByteSource, into result: inout ReadResult, with tools: ReaderTools
  ) throws(ParseError) {
    let length = min(source.count, tools.limits.structure)
    let head = try source.bytes(at: 0, count: length)
    guard let end = head.indices.dropLast().first(where: { head[$0] == 0x3A && head[$0 + 1] == 0x1A }) else {
      throw ParseError(length < source.count ? .limit : .truncated, at: length, "a head without its end")
    }
    var profiles: [(name: String, count: Int)] = []
    var properties = MagickProperties()
    var settings = MIFFSettings(head[..<end])
    while let (key, value, place) = settings.next() {
      guard let text = BoundedText.decode(value, tools.limits) else { continue }
      if key.hasPrefix("profile-") || key.hasPrefix("profile:") {
        if let count = Int(text), count >= 0 { profiles.append((String(key.dropFirst(8)), count)) }
      } else if MagickProperties.isWanted(key) {
        properties.note(key, text, at: place)
      } else {
        observe(key, text, at: place, into: &result)
      }
    }
    properties.observe("MIFF", into: &result)
    var rest = ByteView(source, start: end + 2, count: source.count - end - 2)
    for profile in profiles.prefix(256) {
      let block = rest.prefix(profile.count)
      guard block.count == profile.count else {
        throw ParseError(.truncated, at: source.count, "the file ends inside a profile")
      }
      decode(profile.name, block, into: &result, tools)
      rest = rest.dropping(profile.count)
    }
  }

  private func observe(_ key: String, _ text: String, at place: Int, into result: inout ReadResult) {
    switch key {
    case "comment": result.add(.comment, .text(text), "MIFF:Comment", at: place)
    case "label": result.add(.label, .text(text), "MIFF:Label", at: place)
    case "date:create", "date:modify":
      guard let timestamp = WrittenTime.read(text) else { return }
      let isCreation = key == "date:create"
      result.add(
        isCreation ? .created : .modified, .timestamp(timestamp),
        isCreation ? "MIFF:Datecreate" : "MIFF:Datemodify", at: place)
    default: break
    }
  }

  private func decode(
    _ name: String, _ block: ByteView, into result: inout ReadResult, _ tools: ReaderTools
  ) {
    let packetHead = "http://ns.adobe.com/xap/1.0/\0".utf8
    switch name {
    case "exif", "app1":
      if block.begins(with: packetHead) {
        EmbeddedBlocks.xmp(block.dropping(packetHead.count), into: &result, tools)
      } else {
        tools.exif.decode(block, into: &result, with: tools)
      }
    case "xmp": EmbeddedBlocks.xmp(block, into: &result, tools)
    case "iptc", "8bim":
      if block.begins(with: "8BIM".utf8) {
        EmbeddedBlocks.photoshop(block, into: &result, tools)
      } else {
        EmbeddedBlocks.iptc(block, into: &result, tools)
      }
    case "icc", "icm": EmbeddedBlocks.icc(block, into: &result, tools)
    default: break
    }
  }
}

/// Steps through the settings of a head: key=value, or key={value with blanks}.
private struct MIFFSettings {
  private let head: ArraySlice<UInt8>
  private var at: Int

  init(_ head: ArraySlice<UInt8>) {
    self.head = head
    at = head.startIndex
  }

  mutating func next() -> (key: String, value: ArraySlice<UInt8>, place: Int)? {
    while true {
      while at < head.endIndex, head[at] <= 0x20 { at += 1 }
      guard at < head.endIndex else { return nil }
      let start = at
      if head[start] == UInt8(ascii: "{") {
        // A comment about the head itself
        _ = braced()
        continue
      }
      while at < head.endIndex, head[at] > 0x20, head[at] != UInt8(ascii: "=") { at += 1 }
      guard at < head.endIndex, head[at] == UInt8(ascii: "=") else { continue }
      let key = String(decoding: head[start..<min(at, start + 64)], as: UTF8.self).lowercased()
      at += 1
      let place = at
      if at < head.endIndex, head[at] == UInt8(ascii: "{") { return (key, braced(), place + 1) }
      while at < head.endIndex, head[at] > 0x20 { at += 1 }
      return (key, head[place..<at], place)
    }
  }

  /// What stands in braces; goes behind them.
  private mutating func braced() -> ArraySlice<UInt8> {
    at += 1
    let start = at
    while at < head.endIndex, head[at] != UInt8(ascii: "}") {
      // A backslash stands before a brace of the text.
      at += head[at] == UInt8(ascii: "\\") ? 2 : 1
    }
    let end = min(at, head.endIndex)
    at = min(end + 1, head.endIndex)
    return head[start..<end]
  }
}

internal import UntrailBytes
internal import UntrailModel

/// Thumbs.db and ehthumbs.db: small copies of the pictures that are or were in a folder, in a compound file.
///
///     stream "Catalog": HH HH VV VV NN NN NN NN WW WW WW WW HH HH HH HH    bytes of this head, version, pictures, size
///       SS SS SS SS II II II II TT * 8 name 00 00 ...                      one: its bytes, number, change, name in UTF-16
///     stream of a picture: HH HH HH HH ... LL LL LL LL ... JPEG            bytes of this head; at 8 those of the picture
///
/// A picture's stream is called by its number with the digits turned round, or since Windows Vista by a size and a hash:
/// "256_0123456789abcdef".
///
/// Source: M. Roukine, Vinetto (vinetto.py); S. Morris, "An analysis of thumbs.db" (2011).
struct ThumbnailDatabaseReader: MetadataReader {
  var name: String { "Thumbs.db" }
  var mediaTypes: [String] { ["application/x-ms-thumbs-db"] }
  var channels: String { "small copies of pictures that may be gone, their names and times" }

  func read(
    _ source: ByteSource, into result: inout ReadResult, with tools: ReaderTools
  ) throws(ParseError) {
    let file = try CompoundFile(source, tools.limits)
    if let flaw = file.flaw { result.damage(flaw) }
    try Self.read(file, into: &result, with: tools)
  }

  /// Whether a compound file holds small pictures.
  static func isDatabase(_ directory: CompoundDirectory) -> Bool {
    let streams = directory.streams
    return streams.contains { $0.name == "Catalog" } && streams.contains { isPicture($0.name) }
      || !streams.isEmpty && streams.allSatisfy { isPicture($0.name) }
  }

  static func read(
    _ file: CompoundFile, into result: inout ReadResult, with tools: ReaderTools
  ) throws(ParseError) {
    let streams = file.directory.streams
    var names: [String: String] = [:]
    if let catalog = streams.first(where: { $0.name == "Catalog" }) {
      do throws(ParseError) {
        names = try readCatalog(try file.bytes(of: catalog), into: &result, tools.limits)
      } catch {
        result.damage(error)
      }
    }
    // Many streams can name the same sectors.
    var bytesLeft = tools.limits.bytes
    for stream in streams.prefix(tools.limits.entries) where isPicture(stream.name) {
      bytesLeft -= stream.byteCount
      guard bytesLeft >= 0 else {
        return result.damageOnce("limit", "the pictures are longer than \(tools.limits.bytes) bytes together")
      }
      do throws(ParseError) {
        let bytes = try file.bytes(of: stream)
        guard let picture = picture(bytes) else { continue }
        result.add(
          .thumbnail, .hidden(HiddenContent(byteCount: picture.count)), "ThumbsDB:Thumbnail", at: nil)
        tools.examineMember(named: names[stream.name] ?? stream.name, Array(picture), into: &result)
      } catch {
        result.damage(error)
      }
    }
  }

  /// The names of the pictures, by the names of their streams.
  private static func readCatalog(
    _ bytes: [UInt8], into result: inout ReadResult, _ limits: Limits
  ) throws(ParseError) -> [String: String] {
    let view = ByteView(ByteSource(bytes: bytes, isJoined: true), start: 0, count: bytes.count)
    var names: [String: String] = [:]
    let count = Int(try view.u32(at: 4, .little))
    var offset = max(Int(try view.u16(at: 0, .little)), 16)
    for _ in 0..<min(count, limits.entries) where offset < view.count {
      let length = Int(try view.u32(at: offset, .little))
      guard length > 16 else { throw ParseError(.malformed, at: 0, "an entry of the catalog is too short") }
      let number = try view.u32(at: offset + 4, .little)
      let ticks = try view.u64(at: offset + 8, .little)
      let nameView = view.dropping(offset + 16).prefix(length - 16)
      let name = try nameView.withBytes(at: 0, count: min(nameView.count, limits.text)) {
        run throws(ParseError) in
        // The name ends with a unit of 0.
        ExifText.utf16(run.prefix(run.count - run.count % 2), isLittleEndian: true)
      }
      if let name {
        names[String("\(number)".reversed())] = name
        result.add(.path, .link(name), "ThumbsDB:Name", at: nil)
      }
      if let time = WindowsTime.timestamp(ticks) {
        result.add(.modified, .timestamp(time), "ThumbsDB:Modified", at: nil)
      }
      offset += length
    }
    return names
  }

  private static func isPicture(_ name: String) -> Bool {
    let bytes = Array(name.utf8)
    let digits = bytes.prefix { $0 &- 0x30 < 10 }.count
    if digits == bytes.count { return digits > 0 }
    return (2...4).contains(digits) && bytes[digits] == UInt8(ascii: "_")
      && bytes.count > digits + 8 && bytes[(digits + 1)...].allSatisfy { Hexadecimal.digit($0) != nil }
  }

  /// The picture of a stream, behind its head.
  private static func picture(_ bytes: [UInt8]) -> ArraySlice<UInt8>? {
    guard bytes.count > 12, [12, 16, 24].contains(bytes[0]), bytes[1...3].allSatisfy({ $0 == 0 }) else {
      return nil
    }
    return bytes[Int(bytes[0])...]
  }
}

/// thumbcache_*.db: the same for all folders of a user, since Windows Vista.
///
///     "CMMM" VV VV VV VV TT TT TT TT (00 * 4 since 8) OO OO OO OO        version, kind, offset of the first entry
///     "CMMM" SS SS SS SS hash, 8 bytes; Vista: ending of the name, 8 bytes
///       NN NN NN NN PP PP PP PP DD DD DD DD      bytes of the name, of nothing behind it, of the picture
///       8 and later: width, height; then 4 unknown bytes and two sums of 8 bytes; name, nothing, picture
///
/// Source: J. Metz, "Windows Explorer Thumbnail Cache database format specification" (libwtcdb).
struct ThumbnailCacheReader: MetadataReader {
  var name: String { "thumbcache.db" }
  var mediaTypes: [String] { ["application/x-ms-thumbcache"] }
  var channels: String { "small copies of pictures that may be gone" }

  func read(
    _ source: ByteSource, into result: inout ReadResult, with tools: ReaderTools
  ) throws(ParseError) {
    let version = try source.u32(at: 4, .little)
    let isVista = version <= 0x14
    let isLate = version >= 0x1A
    var offset = Int(try source.u32(at: version >= 0x1C ? 16 : 12, .little))
    if offset < 24 || offset > 64 { offset = 24 }
    for _ in 0..<tools.limits.entries {
      guard offset + 56 <= source.count, try source.u32(at: offset, .big) == 0x434D_4D4D else { return }
      let length = Int(try source.u32(at: offset + 4, .little))
      let fields = offset + (isVista ? 24 : 16)
      let nameLength = Int(try source.u32(at: fields, .little))
      let padding = Int(try source.u32(at: fields + 4, .little))
      let dataLength = Int(try source.u32(at: fields + 8, .little))
      let head = isVista || isLate ? 56 : 48
      guard length >= head else { throw ParseError(.malformed, at: offset, "an entry is too short") }
      if dataLength > 0, nameLength <= 1024, padding <= 4096,
        head + nameLength + padding + dataLength <= length
      {
        try readEntry(
          source, name: offset + head, nameLength, picture: offset + head + nameLength + padding, dataLength,
          into: &result, tools)
      }
      offset += length
    }
  }

  private func readEntry(
    _ source: ByteSource, name: Int, _ nameLength: Int, picture: Int, _ count: Int,
    into result: inout ReadResult, _ tools: ReaderTools
  ) throws(ParseError) {
    guard count <= tools.limits.structure else { return }
    let text = ExifText.utf16(try source.bytes(at: name, count: nameLength), isLittleEndian: true) ?? ""
    let bytes = try source.bytes(at: picture, count: count)
    result.add(
      .thumbnail, .hidden(HiddenContent(byteCount: count)), "ThumbCache:Thumbnail", at: picture)
    // Mostly a hash; of some files the path.
    if text.contains("\\") || text.contains("/") {
      result.add(.path, .link(text), "ThumbCache:Name", at: name)
    }
    tools.examineMember(named: text, bytes, into: &result)
  }
}

internal import UntrailBytes
internal import UntrailModel

/// Blocks of a JPEG file that may be spread over several segments: put together again, then decoded.
struct JPEGSegments {
  /// Of the picture; nil until it is stated.
  var size: LeftoverCheck.PictureSize?
  /// Pieces of colour profiles and of Photoshop resources, without their heads, in the order of the file.
  var icc: [ByteView] = []
  var photoshop: [ByteView] = []
  /// Segments that makers of cameras have for themselves.
  var camera = CameraSegments()
  private var packets: [ByteView] = []
  private var extended: [(guid: [UInt8], offset: Int, piece: ByteView)] = []
  private var jumbf: [(box: Int, piece: ByteView)] = []

  private static let packetHead = "http://ns.adobe.com/xap/1.0/\0".utf8
  private static let extensionHead = "http://ns.adobe.com/xmp/extension/\0".utf8

  /// An APP1 segment that is not EXIF.
  ///
  ///     "http://ns.adobe.com/xap/1.0/" 00       then the packet
  ///     "http://ns.adobe.com/xmp/extension/" 00 then 32 bytes GUID, length of the whole, offset of this piece
  ///
  /// Some writers put another head before the packet. A rewritten file may hold pieces of an older packet; the GUID tells them apart.
  ///
  /// Source: Adobe, XMP Specification Part 3 (2016), section 1.1.3.
  /// - Returns: false for a segment of another kind.
  mutating func addXMP(_ body: ByteView) -> Bool {
    if body.begins(with: Self.packetHead) {
      packets.append(body.dropping(Self.packetHead.count))
    } else if body.begins(with: Self.extensionHead) {
      let head = Self.extensionHead.count + 32
      guard let offset = try? body.u32(at: head + 4, .big),
        let guid = try? body.source.bytes(at: body.start + head - 32, count: 32)
      else { return true }
      extended.append((guid, Int(offset), body.dropping(head + 8)))
    } else if Self.holdsPacket(body) {
      packets.append(body)
    } else {
      return false
    }
    return true
  }

  /// Whether a packet begins a few bytes behind the start.
  private static func holdsPacket(_ body: ByteView) -> Bool {
    let head = try? body.source.bytes(at: body.start, count: min(body.count, 64))
    guard let head, let start = head.firstIndex(of: UInt8(ascii: "<")) else { return false }
    return ["<?xpacket", "<x:xmpmeta", "<x:xapmeta", "<rdf:RDF"].contains {
      head[start...].starts(with: $0.utf8)
    }
  }

  /// A segment of JUMBF.
  ///
  ///     "JP" NN NN ZZ ZZ ZZ ZZ LL LL LL LL TT TT TT TT    box number, piece number, length and type of the box
  ///
  /// Every piece repeats the box's head, which belongs to the first only.
  ///
  /// Source: ISO/IEC 19566-5:2023, annex D.
  mutating func addJUMBF(_ body: ByteView) {
    guard let box = try? body.u16(at: 2, .big), let piece = try? body.u32(at: 4, .big) else { return }
    jumbf.append((Int(box), body.dropping(piece == 1 ? 8 : 16)))
  }

  func decode(into result: inout ReadResult, _ tools: ReaderTools) {
    for packet in packets { EmbeddedBlocks.xmp(packet, into: &result, tools) }
    // Several hundred packets in one picture are no picture's.
    for guid in Set(extended.map(\.guid)).sorted(by: { $0.lexicographicallyPrecedes($1) }).prefix(16) {
      var pieces: [ByteView] = []
      var last = -1
      for part in extended.filter({ $0.guid == guid }).sorted(by: { $0.offset < $1.offset })
      where part.offset != last {
        pieces.append(part.piece)
        last = part.offset
      }
      EmbeddedBlocks.xmp(pieces, into: &result, tools)
    }
    join(photoshop, &result, tools, EmbeddedBlocks.photoshop)
    // The names stand in the first piece; the others hold tables of colours, half a megabyte at times.
    if let first = icc.first(where: ICCProfile.isHead) ?? icc.first {
      EmbeddedBlocks.icc(first, isWhole: icc.count == 1, into: &result, tools)
    }
    for box in Dictionary(grouping: jumbf, by: \.box).sorted(by: { $0.key < $1.key }) {
      join(box.value.map(\.piece), &result, tools, EmbeddedBlocks.jumbf, limit: tools.limits.bytes / 4)
    }
    camera.decode(into: &result, tools.limits)
  }

  private func join(
    _ pieces: [ByteView], _ result: inout ReadResult, _ tools: ReaderTools,
    _ decode: (ByteView, inout ReadResult, ReaderTools) -> Void, limit: Int? = nil
  ) {
    guard !pieces.isEmpty else { return }
    do throws(ParseError) {
      let count = result.diagnostics.count
      let whole = try ByteView.joined(pieces, limit: limit ?? tools.limits.structure)
      decode(whole, &result, tools)
      if !whole.source.hasPlaces { result.forgetPlaces(from: count) }
    } catch {
      result.damage(error)
    }
  }
}

internal import UntrailBytes
internal import UntrailModel

/// Boxes whose kind 16 bytes name: what JPEG 2000 and ISO base media keep blocks of other standards in.
///
///     SS SS SS SS "uuid" KK * 16 ...
///
/// Source: ISO/IEC 15444-1, annex I.7.2; Adobe, XMP Specification Part 3 (2016), section 1.1.4; C2PA specification,
/// section A.5; numbers of other writers as in ExifTool's Jpeg2000.pm.
enum UUIDBox {
  private enum Kind {
    case xmp
    /// TIFF structure, with the identifier of the JPEG segment or without it.
    case exif
    case iptc
    case photoshop
    case c2pa
    case geographic
  }

  private static let kinds: [(id: [UInt8], kind: Kind)] = [
    (hex("BE7ACFCB97A942E89C71999491E3AFAC"), .xmp),
    (Array("JpgTiffExif->JP2".utf8), .exif),
    (hex("0537CDAB9D0C4431A72AFA561F2A113E"), .exif),
    (hex("33C7A4D2B81D4723A0BAF1A3E097AD38"), .iptc),
    (hex("09A14E97C0B442E0BEBF36DF6F0CE36F"), .iptc),
    (hex("2C4C0100850440B9A03E562148D6DFEB"), .photoshop),
    (hex("D8FEC3D61B0E483C92975828877EC481"), .c2pa),
    (hex("B14BF8BD083D4B43A5AE8CD7D5A6CE03"), .geographic),
  ]

  /// Adds what the box says; a box of another kind says nothing.
  static func decode(_ body: ByteView, into result: inout ReadResult, _ tools: ReaderTools) {
    do throws(ParseError) {
      let kind = try body.withBytes(at: 0, count: 16) { run throws(ParseError) in
        kinds.first { run.elementsEqual($0.id) }?.kind
      }
      let block = body.dropping(16)
      switch kind {
      case .xmp: EmbeddedBlocks.xmp(block, into: &result, tools)
      case .exif: tools.exif.decode(block, into: &result, with: tools)
      case .iptc where block.begins(with: "8BIM".utf8): EmbeddedBlocks.photoshop(block, into: &result, tools)
      case .iptc: EmbeddedBlocks.iptc(block, into: &result, tools)
      case .photoshop: EmbeddedBlocks.photoshop(block, into: &result, tools)
      case .c2pa: try decodeManifest(block, into: &result, tools)
      case .geographic:
        tools.exif.decode(block, into: &result, with: tools)
        result.notRead(
          "georeference-not-read",
          "the ground that the picture shows is stated; this version does not read it",
          at: block.start)
      case nil: break
      }
    } catch {
      result.damage(error)
    }
  }

  /// Version and flags, purpose 00, 8 bytes for the place of other manifests, JUMBF.
  private static func decodeManifest(
    _ block: ByteView, into result: inout ReadResult, _ tools: ReaderTools
  ) throws(ParseError) {
    let purpose = try block.withBytes(at: 4, count: min(32, max(0, block.count - 4))) {
      run throws(ParseError) in
      run.firstIndex(of: 0).map { Array(run[..<$0]) }
    }
    guard let purpose else { throw ParseError(.malformed, at: block.start, "a C2PA box without a purpose") }
    // Other purposes are hashes of pieces.
    guard purpose.elementsEqual("manifest".utf8) || purpose.elementsEqual("original".utf8) else { return }
    EmbeddedBlocks.jumbf(block.dropping(4 + purpose.count + 1 + 8), into: &result, tools)
  }

  private static func hex(_ digits: String) -> [UInt8] { Hexadecimal.bytes(digits.utf8) }
}

/// Boxes of XML, which is XMP or something else.
enum XMLBox {
  static func decode(_ body: ByteView, into result: inout ReadResult, _ tools: ReaderTools) {
    let marks = ["<?xpacket", "<x:xmpmeta", "<x:xapmeta", "<rdf:RDF"].map { Array($0.utf8) }
    let isXMP =
      (try? body.withBytes(at: 0, count: min(body.count, 1024)) { run throws(ParseError) in
        run.indices.contains { at in
          run[at] == UInt8(ascii: "<") && marks.contains { run[at...].starts(with: $0) }
        }
      }) ?? false
    if isXMP {
      EmbeddedBlocks.xmp(body, into: &result, tools)
    } else if body.count > 0 {
      result.notRead(
        "xml-not-read", "XML is there that is not XMP; this version does not read it", at: body.start)
    }
  }
}

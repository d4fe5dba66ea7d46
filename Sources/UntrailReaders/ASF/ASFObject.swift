internal import UntrailBytes
internal import UntrailModel

/// One object of an ASF file.
struct ASFObject {
  var kind: ASFKind
  var body: ByteView
  var isCut: Bool
}

/// The objects that are read, by the first eight bytes of their GUIDs, as they stand in the file.
///
/// Source: Microsoft, Advanced Systems Format Specification 01.20.05, section 10.
enum ASFKind: UInt64 {
  case header = 0x3026_B275_8E66_CF11
  case fileProperties = 0xA1DC_AB8C_47A9_CF11
  case headerExtension = 0xB503_BF5F_2EA9_CF11
  case codecList = 0x4052_D186_1D31_D011
  case contentDescription = 0x3326_B275_8E66_CF11
  case contentBranding = 0xFAB3_1122_23BD_D211
  case extendedContent = 0x40A4_D0D2_07E3_D211
  case metadata = 0xEACB_F8C5_AF5B_7748
  case metadataLibrary = 0x941C_2344_9894_D149
  case scriptCommand = 0x301A_FB1E_620B_D011
  case xmp = 0xCBCF_7ABE_A997_E842
  case other = 0

  init(_ prefix: UInt64) { self = ASFKind(rawValue: prefix) ?? .other }
}

/// Walks the objects of one level: GUID (16 bytes), length of the whole object (64 bits), data. All numbers are
/// little-endian.
struct ASFObjects {
  private let view: ByteView
  private let limit: Int
  private var objectsLeft: Int
  private(set) var offset = 0

  init(_ view: ByteView, _ limits: Limits) {
    self.view = view
    limit = limits.entries
    objectsLeft = limit
  }

  /// - Throws: `malformed` where an object is shorter than its head, and what reading throws.
  mutating func next() throws(ParseError) -> ASFObject? {
    guard view.count - offset >= 24 else { return nil }
    guard objectsLeft > 0 else {
      throw ParseError(.limit, at: view.start + offset, "more than \(limit) objects")
    }
    objectsLeft -= 1
    let place = view.start + offset
    let (kind, size) = try view.source.withShortRun(at: place, count: 24) { run throws(ParseError) in
      (
        ASFKind(UInt64(bigEndian: run.loadUnaligned(as: UInt64.self))),
        Int(clamping: UInt64(littleEndian: run.loadUnaligned(fromByteOffset: 16, as: UInt64.self)))
      )
    }
    guard size >= 24 else { throw ParseError(.malformed, at: place, "an object shorter than its own head") }
    let room = view.count - offset
    let body = ByteView(view.source, start: place + 24, count: min(size, room) - 24)
    offset += min(size, room)
    return ASFObject(kind: kind, body: body, isCut: size > room)
  }
}

/// Tells films that libmagic does not know, by their first boxes: brands of cameras and of services, and QuickTime of
/// the years before brands.
///
/// Source: ISO/IEC 14496-12:2022, sections 4.2 and 4.3; Apple, QuickTime File Format, chapter 1.
enum MovieSniff {
  /// Brands of pictures whose boxes are the same.
  private static let others: Set<String> = [
    "avif", "avis", "heic", "heix", "heim", "heis", "mif1", "mif2", "msf1", "miaf", "crx ", "jp2 ", "jpx ",
    "jpm ",
    "mjp2", "mj2s", "jxl ",
  ]

  /// What a film may begin with, and what then follows.
  private static let first: Set<String> = [
    "wide", "free", "skip", "pnot", "udta", "uuid", "junk", "styp", "sidx", "moof", "PICT",
  ]
  private static let next: Set<String> = [
    "moov", "mdat", "wide", "free", "skip", "moof", "sidx", "styp", "ftyp", "udta", "PICT", "pict",
  ]

  /// A film whose brand is QuickTime's, or that has none.
  static func isQuickTime(_ prefix: UnsafeRawBufferPointer) -> Bool {
    guard let box = box(prefix, at: 0) else { return false }
    if box.type == "ftyp" { return brands(prefix, box.size).contains("qt  ") }
    guard first.contains(box.type), box.type != "styp", box.type != "sidx", box.type != "moof" else {
      return false
    }
    return self.box(prefix, at: box.size).map { next.contains($0.type) } ?? false
  }

  /// A film of any other brand, or a piece of one.
  static func isMovie(_ prefix: UnsafeRawBufferPointer) -> Bool {
    guard let box = box(prefix, at: 0) else { return false }
    if box.type == "ftyp" { return box.size >= 16 && others.isDisjoint(with: brands(prefix, box.size)) }
    guard first.contains(box.type) else { return false }
    return self.box(prefix, at: box.size).map { next.contains($0.type) } ?? false
  }

  private static func box(
    _ prefix: UnsafeRawBufferPointer, at offset: Int
  ) -> (type: String, size: Int)? {
    guard offset >= 0, offset <= prefix.count - 8 else { return nil }
    let size = Int(UInt32(bigEndian: prefix.loadUnaligned(fromByteOffset: offset, as: UInt32.self)))
    let type = prefix[(offset + 4)..<(offset + 8)]
    guard size >= 8 || offset > 0 && size <= 1, type.allSatisfy({ $0 >= 0x20 && $0 < 0x7F }) else {
      return nil
    }
    return (String(decoding: type, as: UTF8.self), size)
  }

  private static func brands(_ prefix: UnsafeRawBufferPointer, _ size: Int) -> Set<String> {
    var brands: Set<String> = []
    for offset in stride(from: 8, to: min(size, prefix.count) - 3, by: 4) where offset != 12 {
      brands.insert(String(decoding: prefix[offset..<(offset + 4)], as: UTF8.self))
    }
    return brands
  }
}

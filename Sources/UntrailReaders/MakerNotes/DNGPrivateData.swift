internal import UntrailBytes

/// What Adobe's DNG Converter keeps of the camera's own file.
///
///     "Adobe" 00
///     "MakN" LL LL LL LL | "II" or "MM" | OO OO OO OO | maker note
///     ...                                                 other records: tag, length, padded to 2 bytes
///
/// The length and the offset at which the note stood in the camera's file are big-endian; the note is as it was.
///
/// Source: Adobe, DNG specification 1.7, DNGPrivateData; the record as in ExifTool's DNG.pm.
enum DNGPrivateData {
  struct Moved {
    /// Bytes from the start of the block to the note.
    var offset: Int
    var order: ByteOrder
    /// Where the note stood, from the start of its structure.
    var formerOffset: Int
  }

  /// The maker note in a block; nil where there is none.
  static func makerNote(_ block: ByteView) -> Moved? {
    guard block.begins(with: "Adobe\0".utf8) else { return nil }
    var offset = 6
    // There are six kinds of records.
    for _ in 0..<16 {
      guard let tag = try? block.u32(at: offset, .big), let length = try? block.u32(at: offset + 4, .big)
      else {
        return nil
      }
      if tag == 0x4D61_6B4E {  // "MakN"
        guard length > 6, let mark = try? block.u16(at: offset + 8, .big),
          let former = try? block.u32(at: offset + 10, .big)
        else { return nil }
        return Moved(
          offset: offset + 14, order: mark == 0x4D4D ? .big : .little, formerOffset: Int(former))
      }
      offset += 8 + Int(length) + Int(length & 1)
    }
    return nil
  }
}

internal import UntrailBytes
internal import UntrailModel

/// The first part of a workbook in the binary form (XLSB).
///
///     type, 1 or 2 bytes; length, 1 to 4 bytes, 7 bits each, the lowest first; record
///     156: SS SS SS SS                 sheet: 1 hidden, 2 hidden from the menu, too
///     2071: LL LL LL LL path           where the workbook was saved
///
/// Source: Microsoft, MS-XLSB, sections 2.1.4, 2.4.304 (BrtBundleSh), 2.4.2 (BrtAbsPath15).
enum BinaryWorkbook {
  static func read(_ bytes: [UInt8], _ facts: inout DocumentFacts, into result: inout ReadResult) {
    let view = ByteView(ByteSource(bytes: bytes, isJoined: true), start: 0, count: bytes.count)
    var offset = 0
    while let type = number(view, &offset, most: 2), let length = number(view, &offset, most: 4) {
      let record = view.dropping(offset).prefix(length)
      offset += length
      if type == 156, let state = try? record.u32(at: 0, .little), state == 1 || state == 2 {
        facts.hidden(.hiddenContent, nil, "HiddenSheet", into: &result)
      } else if type == 2071, let count = try? record.u32(at: 0, .little) {
        let path = ExifText.utf16(record.slice(at: 4, count: 2 * Int(count)), isLittleEndian: true)
        facts.add(.link(.path), path, "AbsolutePath", into: &result)
      }
    }
  }

  private static func number(_ view: ByteView, _ offset: inout Int, most: Int) -> Int? {
    var value = 0
    for index in 0..<most {
      guard let byte = try? view.u8(at: offset) else { return nil }
      offset += 1
      value |= Int(byte & 0x7F) << (7 * index)
      if byte & 0x80 == 0 { break }
    }
    return value
  }
}

internal import UntrailBytes
internal import UntrailModel

/// Pictures of the drawing layer of Office (BLIP), which lie in streams between other records.
///
///     IV II TT F0 LL LL LL LL id, 16 bytes (or two); FF picture
///
/// Types: F01D and F02A JPEG, F01E PNG, F029 TIFF.
///
/// Source: Microsoft, MS-ODRAW, sections 2.2.23 to 2.2.31.
enum DrawingPictures {
  private static let most = 256

  static func examine(
    _ block: ByteView, named name: String, into result: inout ReadResult, _ tools: ReaderTools
  ) {
    examine(block.slice(at: 0, count: block.count), named: name, into: &result, tools)
  }

  static func examine(
    _ bytes: [UInt8], named name: String, into result: inout ReadResult, _ tools: ReaderTools
  ) {
    var number = 0
    var index = 0
    while index + 33 < bytes.count, number < most {
      guard let picture = picture(bytes, at: index) else {
        index += 1
        continue
      }
      number += 1
      tools.examineMember(named: "\(name)/\(number)", Array(bytes[picture]), into: &result)
      index = picture.upperBound
    }
  }

  /// Where the picture of a record stands; nil where there is no such record.
  private static func picture(_ bytes: [UInt8], at index: Int) -> Range<Int>? {
    guard bytes[index + 3] == 0xF0, [0x1D, 0x1E, 0x29, 0x2A].contains(bytes[index + 2]) else { return nil }
    let length = (4..<8).reversed().reduce(0) { $0 << 8 | Int(bytes[index + $1]) }
    let end = index + 8 + length
    guard length > 17, end <= bytes.count else { return nil }
    for start in [index + 25, index + 41] where start + 4 <= end {
      let isPicture =
        bytes[start] == 0xFF && bytes[start + 1] == 0xD8 || bytes[start] == 0x89 && bytes[start + 1] == 0x50
        || bytes[start] == 0x49 && bytes[start + 1] == 0x49
        || bytes[start] == 0x4D && bytes[start + 1] == 0x4D
      if isPicture { return start..<end }
    }
    return nil
  }
}

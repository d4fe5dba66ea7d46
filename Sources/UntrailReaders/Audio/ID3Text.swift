internal import UntrailBytes
internal import UntrailModel

/// The texts of ID3 frames: a byte that names the encoding, then texts with zeros between them.
///
///     00 ISO 8859-1; 01 UTF-16 with a byte order mark; 02 UTF-16, the high byte first; 03 UTF-8
///
/// Source: M. Nilsson, ID3 tag version 2.4.0 - Main Structure, section 4.
enum ID3Text {
  /// The texts between zeros: at most `most` of them, the last one with all that is left.
  static func split(
    _ bytes: ArraySlice<UInt8>, encoding: UInt8, most: Int = .max
  ) -> [ArraySlice<UInt8>] {
    let unit = encoding == 1 || encoding == 2 ? 2 : 1
    var parts: [ArraySlice<UInt8>] = []
    var start = bytes.startIndex
    var index = start
    while index + unit <= bytes.endIndex, parts.count + 1 < most {
      if bytes[index] == 0, unit == 1 || bytes[index + 1] == 0 {
        parts.append(bytes[start..<index])
        start = index + unit
      }
      index += unit
    }
    parts.append(bytes[start...])
    return parts
  }

  /// One text, without white space around it; nil where nothing is left.
  static func decode(_ bytes: ArraySlice<UInt8>, encoding: UInt8, _ limits: Limits) -> String? {
    let text: String?
    switch encoding {
    case 1:
      text = ExifText.utf16(bytes.prefix(2 * limits.text + 4), isLittleEndian: isLittleEndian(bytes))
    case 2: text = ExifText.utf16(bytes.prefix(2 * limits.text + 4), isLittleEndian: false)
    case 3: text = AudioText.utf8(bytes, limits).trimmedText
    // What programs write there is also UTF-8, or what their system has.
    default: text = BoundedText.decode(bytes, limits)
    }
    return text.flatMap { $0.isEmpty ? nil : $0 }
  }

  /// All texts of a frame behind its encoding.
  static func all(_ bytes: [UInt8], _ limits: Limits) -> [String] {
    guard let encoding = bytes.first else { return [] }
    return split(bytes.dropFirst(), encoding: encoding).prefix(limits.entries).compactMap {
      decode($0, encoding: encoding, limits)
    }
  }

  /// The order where no mark says it: most letters have a zero as their high byte.
  private static func isLittleEndian(_ bytes: ArraySlice<UInt8>) -> Bool {
    guard bytes.count >= 2 else { return true }
    let start = bytes.startIndex
    return !(bytes[start] == 0 && bytes[start + 1] != 0)
  }
}

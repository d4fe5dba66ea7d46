internal import UntrailModel

/// Decodes texts by the number of a code page of Windows.
///
/// Source: Microsoft, "Code Page Identifiers" (2021).
enum CodePage {
  static let utf16 = 1200

  /// The text up to its first NUL; nil where nothing is left. Of code pages of several bytes a character, only what is
  /// ASCII is sure.
  static func decode(_ bytes: [UInt8], _ number: Int, _ limits: Limits) -> String? {
    if number == utf16 {
      return ExifText.utf16(bytes.prefix(2 * limits.text), isLittleEndian: true)
    }
    let name: String? =
      switch number {
      case 1250: "windows-1250"
      case 1251, 10007: "windows-1251"
      case 1253: "windows-1253"
      case 20866, 21866: "koi8-r"
      case 28592: "iso-8859-2"
      case 28595: "iso-8859-5"
      case 28597: "iso-8859-7"
      default: nil
      }
    let end = bytes.firstIndex(of: 0) ?? bytes.count
    return CharacterSets.decode(Array(bytes[..<end]), named: name, limits)
  }
}

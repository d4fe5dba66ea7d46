internal import UntrailModel

/// Decodes texts by the number of a code page of Windows.
///
/// Source: Microsoft, "Code Page Identifiers" (2021).
enum CodePage {
  static let utf16 = 1200

  /// The names of the character sets, as mail has them.
  private static let names = [
    874: "windows-874", 932: "cp932", 936: "gbk", 949: "cp949", 950: "big5", 1250: "windows-1250",
    1251: "windows-1251", 1253: "windows-1253", 1254: "windows-1254", 1255: "windows-1255",
    1256: "windows-1256", 1257: "windows-1257", 1258: "windows-1258", 10000: "macintosh", 10001: "cp932",
    10002: "big5", 10003: "cp949", 10007: "windows-1251", 10008: "gbk", 20866: "koi8-r",
    20932: "euc-jp", 21866: "koi8-u", 28592: "iso-8859-2", 28595: "iso-8859-5", 28597: "iso-8859-7",
    28599: "iso-8859-9", 50220: "iso-2022-jp", 50221: "iso-2022-jp", 50222: "iso-2022-jp", 51932: "euc-jp",
    51949: "euc-kr", 54936: "gb18030",
  ]

  /// The text up to its first NUL; nil where nothing is left.
  static func decode(_ bytes: [UInt8], _ number: Int, _ limits: Limits) -> String? {
    if number == utf16 {
      return ExifText.utf16(bytes.prefix(2 * limits.text), isLittleEndian: true)
    }
    let end = bytes.firstIndex(of: 0) ?? bytes.count
    return MailText.decode(Array(bytes[..<end]), in: names[number], limits)
  }

  /// Whether bytes end inside a character: of code pages with characters of one and two bytes.
  static func isOpen(_ bytes: [UInt8], _ number: Int) -> Bool {
    guard [932, 936, 949, 950].contains(number) else { return false }
    var isOpen = false
    for byte in bytes {
      let isKana = number == 932 && (0xA0..<0xE0).contains(byte)
      isOpen = !isOpen && byte > 0x80 && !isKana
    }
    return isOpen
  }
}

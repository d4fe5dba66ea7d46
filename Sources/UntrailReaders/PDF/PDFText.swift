internal import UntrailModel

/// Text strings and dates.
///
/// Source: ISO 32000-2:2020, section 7.9.2 and annex D.2.
enum PDFText {
  /// The string as text; nil where nothing is left of it.
  ///
  /// In PDFDocEncoding, or in UTF-16 or UTF-8 with a byte order mark. Many writers use UTF-8 without one.
  static func decode(_ string: PDFString, _ limits: Limits) -> String? {
    // A character of UTF-16 has two bytes; one more, so that it is known that there was more.
    let bytes = string.bytes.prefix(2 * limits.text + 4)
    let text: String
    if bytes.starts(with: [0xFE, 0xFF]) {
      text = utf16(bytes.dropFirst(2), isLittleEndian: false)
    } else if bytes.starts(with: [0xFF, 0xFE]) {
      text = utf16(bytes.dropFirst(2), isLittleEndian: true)
    } else if bytes.starts(with: [0xEF, 0xBB, 0xBF]) {
      text = String(decoding: bytes.dropFirst(3), as: UTF8.self)
    } else if bytes.contains(where: { $0 >= 0x80 }), let valid = String(validating: bytes, as: UTF8.self) {
      text = valid
    } else {
      text = String(String.UnicodeScalarView(bytes.compactMap { character($0) }))
    }
    let trimmed = trimmed(withoutLanguages(text))
    return trimmed.isEmpty ? nil : trimmed
  }

  private static func utf16(_ bytes: ArraySlice<UInt8>, isLittleEndian: Bool) -> String {
    var units: [UInt16] = []
    units.reserveCapacity(bytes.count / 2)
    var index = bytes.startIndex
    while index + 1 < bytes.endIndex {
      let (first, second) = (UInt16(bytes[index]), UInt16(bytes[index + 1]))
      units.append(isLittleEndian ? second << 8 | first : first << 8 | second)
      index += 2
    }
    return String(decoding: units, as: UTF16.self)
  }

  /// Without the codes of languages that may stand between two escape characters.
  private static func withoutLanguages(_ text: String) -> String {
    guard text.unicodeScalars.contains("\u{1B}") else { return text }
    var isCode = false
    return String(
      String.UnicodeScalarView(
        text.unicodeScalars.filter { scalar in
          if scalar == "\u{1B}" { isCode.toggle() }
          return scalar != "\u{1B}" && !isCode
        }))
  }

  /// Up to the first NUL, without blanks around it.
  private static func trimmed(_ text: String) -> String {
    var scalars = text.unicodeScalars.prefix { $0 != "\0" }
    while let first = scalars.first, first.value <= 0x20 { scalars = scalars.dropFirst() }
    while let last = scalars.last, last.value <= 0x20 { scalars = scalars.dropLast() }
    return String(scalars)
  }

  /// A byte of PDFDocEncoding; nil where it stands for nothing.
  private static func character(_ byte: UInt8) -> Unicode.Scalar? {
    switch byte {
    case 0x18...0x1F: accents[Int(byte - 0x18)]
    case 0x80...0xA0: specials[Int(byte - 0x80)]
    case 0x7F, 0xAD: nil
    default: Unicode.Scalar(byte)
    }
  }

  private static let accents: [Unicode.Scalar] = [
    "\u{2D8}", "\u{2C7}", "\u{2C6}", "\u{2D9}", "\u{2DD}", "\u{2DB}", "\u{2DA}", "\u{2DC}",
  ]

  private static let specials: [Unicode.Scalar?] = [
    "\u{2022}", "\u{2020}", "\u{2021}", "\u{2026}", "\u{2014}", "\u{2013}", "\u{192}", "\u{2044}", "\u{2039}",
    "\u{203A}", "\u{2212}", "\u{2030}", "\u{201E}", "\u{201C}", "\u{201D}", "\u{2018}", "\u{2019}",
    "\u{201A}",
    "\u{2122}", "\u{FB01}", "\u{FB02}", "\u{141}", "\u{152}", "\u{160}", "\u{178}", "\u{17D}", "\u{131}",
    "\u{142}", "\u{153}", "\u{161}", "\u{17E}", nil, "\u{20AC}",
  ]
}

/// Dates: D:YYYYMMDDHHmmSSOHH'mm', and what writers make of it.
///
/// Source: ISO 32000-2:2020, section 7.9.4.
enum PDFDate {
  /// The time that a text says; nil where it says none. A year or a month alone is no point in time.
  static func read(_ text: String) -> Timestamp? {
    var rest = text[...]
    if rest.hasPrefix("D:") || rest.hasPrefix("d:") { rest = rest.dropFirst(2) }
    rest = rest.drop { $0 == " " || $0 == ":" }
    var bytes = Array(rest.utf8.prefix(64))
    let digits = bytes.prefix { $0 >= 0x30 && $0 <= 0x39 }.count
    guard digits >= 8 else { return WrittenTime.read(String(rest)) }
    // Writers of the nineties went from 1999 to 19100.
    if digits == 15, bytes.starts(with: "191".utf8) { bytes.replaceSubrange(0..<5, with: year(bytes[3..<5])) }
    let count = min(bytes.prefix { $0 >= 0x30 && $0 <= 0x39 }.count, 14) & ~1
    let date = String(decoding: bytes[..<count], as: UTF8.self)
    return WrittenTime.read(date + zone(bytes[count...]))
  }

  private static func year(_ digits: ArraySlice<UInt8>) -> [UInt8] { Array("20".utf8) + digits }

  /// The zone as "Z" or "+HHmm"; empty where there is none. Many leave out quotes, or add some.
  private static func zone(_ bytes: ArraySlice<UInt8>) -> String {
    let bytes = bytes.drop { $0 == 0x20 || $0 >= 0x30 && $0 <= 0x39 }
    guard let sign = bytes.first else { return "" }
    if sign == UInt8(ascii: "Z") || sign == UInt8(ascii: "z") { return "Z" }
    guard sign == UInt8(ascii: "+") || sign == UInt8(ascii: "-") else { return "" }
    let numbers = bytes.dropFirst().split(maxSplits: 3) { !($0 >= 0x30 && $0 <= 0x39) }
    guard var hours = numbers.first.map(Array.init) else { return "" }
    var minutes = numbers.dropFirst().first.map(Array.init) ?? []
    if hours.count == 4 {
      minutes = Array(hours[2...])
      hours = Array(hours[..<2])
    }
    guard (1...2).contains(hours.count), minutes.count <= 2 else { return "" }
    let padded = (hours.count == 1 ? "0" : "") + String(decoding: hours, as: UTF8.self)
    return String(UnicodeScalar(sign)) + padded
      + String(String(decoding: minutes, as: UTF8.self) + "00").prefix(2)
  }
}

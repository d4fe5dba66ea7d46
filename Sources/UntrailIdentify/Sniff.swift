/// One content sniff: what libmagic must have said, what the bytes must look like, what it then is.
struct Sniff: Sendable {
  var name: String
  /// libmagic's answers that it refines.
  var answers: [String]
  var mediaType: String
  var matches: @Sendable (UnsafeRawBufferPointer) -> Bool

  /// What libmagic says of markup: it knows few kinds of it, and takes text that is not whole for bytes.
  static let markupAnswers = ["text/plain", "text/xml", "application/xml", "application/octet-stream"]

  /// What libmagic says of plain text: lines with commas are a table to it, and a stray byte makes text none.
  static let textAnswers = [
    "text/plain", "text/csv", "application/csv", "application/x-subrip", "application/octet-stream",
  ]

  /// Whether the file's `ftyp` box names one of these brands, as its major one or among the compatible ones.
  ///
  /// Source: ISO/IEC 14496-12:2022, section 4.3.
  static func hasBrand(_ prefix: UnsafeRawBufferPointer, _ brands: [String]) -> Bool {
    guard prefix.count >= 16, prefix[4..<8].elementsEqual("ftyp".utf8) else { return false }
    let size = Int(UInt32(bigEndian: prefix.loadUnaligned(as: UInt32.self)))
    var offset = 8
    while offset + 4 <= min(size, prefix.count) {
      let brand = prefix[offset..<(offset + 4)]
      if offset != 12, brands.contains(where: { brand.elementsEqual($0.utf8) }) { return true }
      offset += 4
    }
    return false
  }

  /// Whether the bytes are markup, in any encoding of Unicode, in which one of these words stands before every one
  /// of the others.
  static func startsAsMarkup(
    _ prefix: UnsafeRawBufferPointer, _ words: [String], not others: [String]
  ) -> Bool {
    // Most files are none: told without a copy.
    let first = prefix.first {
      $0 > 0x20 && $0 != 0xEF && $0 != 0xBB && $0 != 0xBF && $0 != 0xFE && $0 != 0xFF
    }
    guard first == UInt8(ascii: "<") else { return false }
    var bytes = prefix.filter { $0 != 0 }[...]
    for mark in [[0xEF, 0xBB, 0xBF], [0xFF, 0xFE], [0xFE, 0xFF]] as [[UInt8]] where bytes.starts(with: mark) {
      bytes = bytes.dropFirst(mark.count)
    }
    bytes = bytes.drop { $0 == 0x20 || $0 >= 0x09 && $0 <= 0x0D }
    guard bytes.first == UInt8(ascii: "<") else { return false }
    return bytes.withUnsafeBytes { bytes in
      for start in bytes.indices where bytes[start] == UInt8(ascii: "<") || bytes[start] == UInt8(ascii: ":")
      {
        let rest = UnsafeRawBufferPointer(rebasing: bytes[start...])
        if words.contains(where: { starts(rest, with: $0) }) { return true }
        if others.contains(where: { starts(rest, with: $0) }) { return false }
      }
      return false
    }
  }

  private static func starts(_ bytes: UnsafeRawBufferPointer, with word: String) -> Bool {
    var word = word
    return word.withUTF8 { word in
      bytes.count >= word.count && word.indices.allSatisfy { bytes[$0] == word[$0] }
    }
  }
}

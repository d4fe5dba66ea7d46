internal import UntrailBytes
internal import UntrailModel

/// The encodings of texts in sound files.
enum AudioText {
  /// UTF-8, with U+FFFD for what is none.
  static func utf8(_ bytes: some RandomAccessCollection<UInt8>, _ limits: Limits) -> String {
    String(decoding: bytes.prefix(limits.text + 4), as: UTF8.self)
  }

  /// Mac OS Roman, the encoding of AIFF. Source: the Unicode Consortium's mapping table ROMAN.TXT.
  static func macRoman(_ bytes: some RandomAccessCollection<UInt8>, _ limits: Limits) -> String {
    let bytes = Array(bytes.prefix(limits.text + 1))
    // What is written today is UTF-8.
    if let text = String(utf8: bytes) { return text }
    var scalars = String.UnicodeScalarView()
    for byte in bytes { scalars.append(byte < 0x80 ? Unicode.Scalar(byte) : upperHalf[Int(byte) - 0x80]) }
    return String(scalars)
  }

  private static let upperHalf = Array(
    ("ÄÅÇÉÑÖÜáàâäãåçéèêëíìîïñóòôöõúùûü†°¢£§•¶ß®©™´¨≠ÆØ∞±≤≥¥µ∂∑∏π∫ªºΩæø"
      + "¿¡¬√ƒ≈∆«»…\u{A0}ÀÃÕŒœ–—“”‘’÷◊ÿŸ⁄€‹›ﬁﬂ‡·‚„‰ÂÊÁËÈÍÎÏÌÓÔ\u{F8FF}ÒÚÛÙıˆ˜¯˘˙˚¸˝˛ˇ").unicodeScalars)
}

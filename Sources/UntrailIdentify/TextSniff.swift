/// Tells text from other bytes, so that libmagic's slow text tests run on text only.
enum TextSniff {
  /// Whether a file that starts so is text: no control bytes but those that text has, in ASCII, UTF-8 or
  /// another 8-bit set; or UTF-16 or UTF-32 with a byte order mark.
  static func isText(_ prefix: UnsafeRawBufferPointer) -> Bool {
    if prefix.starts(with: [0xFF, 0xFE]) || prefix.starts(with: [0xFE, 0xFF]) { return true }
    for byte in prefix where byte < 0x20 || byte == 0x7F {
      switch byte {
      case 0x07...0x0D, 0x1B: continue  // bell to carriage return, escape
      default: return false
      }
    }
    return true
  }
}

extension String {
  /// The text of bytes that are UTF-8; nil where they are not.
  ///
  /// Most texts in files are ASCII, and for them this costs far less than `String(validating:as:)`.
  package init?(utf8 bytes: UnsafeRawBufferPointer) {
    // No early way out: so the compiler looks at many bytes at once.
    var all: UInt8 = 0
    for byte in bytes { all |= byte }
    if all < 0x80 {
      self = String(decoding: bytes, as: UTF8.self)
    } else {
      self.init(validating: bytes, as: UTF8.self)
    }
  }

  /// The text of bytes that are UTF-8; nil where they are not.
  package init?(utf8 bytes: [UInt8]) {
    let text = bytes.withUnsafeBytes { String(utf8: $0) }
    guard let text else { return nil }
    self = text
  }
}

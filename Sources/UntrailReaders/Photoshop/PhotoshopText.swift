internal import UntrailBytes
internal import UntrailModel

/// Reads the texts of Photoshop's structures.
enum PhotoshopText {
  /// A text of UTF-16 behind the number of its units.
  struct Unicode {
    /// Nil where it is blank.
    var text: String?
    /// Bytes from the start of the view to what follows.
    var end: Int
  }

  /// A text as "NN NN NN NN" and that many units of UTF-16, big-endian; nil where it does not end in its block.
  static func unicode(_ view: ByteView, at offset: Int, _ limits: Limits) throws(ParseError) -> Unicode? {
    let count = 2 * Int(try view.u32(at: offset, .big))
    guard count <= view.count - offset - 4 else { return nil }
    let text = try view.withBytes(at: offset + 4, count: min(count, 2 * limits.text + 2)) {
      run throws(ParseError) in
      ExifText.utf16(run, isLittleEndian: false)
    }
    return Unicode(text: text, end: offset + 4 + count)
  }

  /// A text behind the byte that says its length.
  static func pascal(_ view: ByteView) throws(ParseError) -> String? {
    let count = min(Int(try view.u8(at: 0)), view.count - 1)
    return try view.withBytes(at: 1, count: count) { run throws(ParseError) in ExifText.ascii(run) }
  }

  /// The whole of a view as text.
  static func bytes(_ view: ByteView, _ limits: Limits) throws(ParseError) -> String? {
    try view.withBytes(at: 0, count: min(view.count, limits.text + 1)) { run throws(ParseError) in
      ExifText.ascii(run)
    }
  }

  /// The value of a key in a descriptor, Photoshop's general structure: found by its name and type, without reading what
  /// stands before it.
  ///
  ///     key "TEXT" NN NN NN NN and UTF-16;    key "doub" and 8 bytes
  ///
  /// - Returns: bytes from the start of the view to the value; nil where the key is not in the first `reach` bytes.
  static func find(
    _ key: StaticString, in view: ByteView, reach: Int = 16_384
  ) throws(ParseError) -> Int? {
    let keyCount = key.utf8CodeUnitCount
    return try view.withBytes(at: 0, count: min(view.count, reach)) { run throws(ParseError) in
      guard run.count >= keyCount else { return nil }
      return key.withUTF8Buffer { wanted in
        for start in 0...(run.count - keyCount) where run[start] == wanted[0] {
          if run[start..<(start + keyCount)].elementsEqual(wanted) { return start + keyCount }
        }
        return nil
      }
    }
  }
}

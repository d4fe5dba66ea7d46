internal import UntrailBytes

/// Reads elements of DER: certificates and time stamps.
///
///     TT LL ...                       tag, length below 128, value
///     TT 8N LL... ...                 a longer value: N bytes of length
///
/// Source: ITU-T X.690 (2021), sections 8.1 and 10.1.
enum DERReader {
  struct Element {
    var tag: UInt8
    var body: ByteView
    /// Bytes from the start of the view to what follows.
    var end: Int
  }

  static func element(in view: ByteView, at offset: Int) throws(ParseError) -> Element {
    let tag = try view.u8(at: offset)
    var length = Int(try view.u8(at: offset + 1))
    var start = offset + 2
    if length >= 0x80 {
      let size = length & 0x7F
      guard (1...4).contains(size) else {
        throw ParseError(.malformed, at: view.start + offset + 1, "an element of DER of an unknown length")
      }
      length = 0
      for index in 0..<size { length = length << 8 | Int(try view.u8(at: start + index)) }
      start += size
    }
    guard start <= view.count, length <= view.count - start else {
      throw ParseError(.truncated, at: view.start + offset, "an element of DER behind the end of its block")
    }
    let body = ByteView(view.source, start: view.start + start, count: length)
    return Element(tag: tag, body: body, end: start + length)
  }

  /// The elements of a view, one behind the other, at most `limit`.
  static func elements(of view: ByteView, limit: Int = 64) throws(ParseError) -> [Element] {
    var elements: [Element] = []
    var offset = 0
    while offset < view.count, elements.count < limit {
      let element = try element(in: view, at: offset)
      elements.append(element)
      offset = element.end
    }
    return elements
  }
}

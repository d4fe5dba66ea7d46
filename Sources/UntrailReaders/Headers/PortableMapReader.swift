internal import UntrailBytes
internal import UntrailModel

/// PBM, PGM, PPM, PAM: the comments of the head.
///
///     P6 0A # comment 0A 640 480 0A 255 0A ...
///
/// Source: Netpbm, ppm(5), pam(5).
struct PortableMapReader: MetadataReader {
  var name: String { "PBM, PGM, PPM, PAM" }
  var mediaTypes: [String] {
    [
      "image/x-portable-pixmap", "image/x-portable-greymap", "image/x-portable-graymap",
      "image/x-portable-bitmap", "image/x-portable-anymap", "image/x-portable-arbitrarymap",
    ]
  }
  var channels: String { "comments" }

  func read(
    _ source: ByteSource, into result: inout ReadResult, with tools: ReaderTools
  ) throws(ParseError) {
    let length = min(source.count, ByteSource.pageSize)
    let head = try source.bytes(at: 0, count: length)
    // Numbers that the head must have: width, height and, but for bitmaps, the greatest value.
    var numbersLeft = head.count > 1 && (head[1] == UInt8(ascii: "1") || head[1] == UInt8(ascii: "4")) ? 2 : 3
    if head.count > 1, head[1] == UInt8(ascii: "7") { numbersLeft = .max }
    var at = 2
    while at < head.count, numbersLeft > 0 {
      let start = at
      if head[at] == UInt8(ascii: "#") {
        while at < head.count, head[at] != 0x0A, head[at] != 0x0D { at += 1 }
        if let text = BoundedText.decode(head[(start + 1)..<at], tools.limits) {
          result.add(.comment, .text(text), "PPM:Comment", at: start)
        }
      } else if head[at] <= 0x20 {
        at += 1
      } else {
        while at < head.count, head[at] > 0x20 { at += 1 }
        if head[start..<at].elementsEqual("ENDHDR".utf8) { return }
        numbersLeft -= 1
      }
    }
  }
}

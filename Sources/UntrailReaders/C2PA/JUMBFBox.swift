internal import UntrailBytes
internal import UntrailModel

/// A superbox of JUMBF: a description, then boxes with the content.
///
///     SS SS SS SS "jumb"
///       SS SS SS SS "jumd", 16 bytes kind, TT, label 00, ...    TT bit 1: there is a label
///       SS SS SS SS "cbor" | "json" | "bfdb" | "bidb" | "jumb" ...
///     "bfdb": TT, media type 00, file name 00 (where bit 0 of TT is set);  "bidb": the bytes of the file
///
/// Kinds are UUIDs whose first four bytes are letters.
///
/// Source: ISO/IEC 19566-5:2023, annexes A and B.
struct JUMBFBox {
  /// The first letters of the kind.
  var kind = FourCC(0)
  var label = ""
  /// Where the label stands in the file.
  var labelPlace: Int?
  private(set) var boxes: [BoxWalker.Box] = []

  private static let labelLimit = 1024

  /// - Parameter body: of a box of the type "jumb".
  init(body: ByteView, into result: inout ReadResult, _ limits: Limits) {
    var walker = BoxWalker(body, limits)
    do throws(ParseError) {
      while let box = try walker.next() {
        if box.isCut {
          result.damage("truncated", "a JUMBF box ends behind its block", at: body.start + body.count)
        }
        if box.type == "jumd" {
          try readDescription(box.body)
        } else {
          boxes.append(box)
        }
      }
    } catch {
      result.damage(error)
    }
  }

  private mutating func readDescription(_ body: ByteView) throws(ParseError) {
    kind = FourCC(try body.u32(at: 0, .big))
    guard try body.u8(at: 16) & 2 != 0 else { return }
    label = try Self.text(body.dropping(17)).text
    labelPlace = body.place(17)
  }

  /// The content of a type; nil where there is none.
  func content(_ type: FourCC) -> ByteView? { boxes.first { $0.type == type }?.body }

  /// The name that a file in here has; nil where it has none.
  var fileName: (text: String, place: Int?)? {
    guard let description = content("bfdb"), let toggles = try? description.u8(at: 0), toggles & 1 != 0,
      let type = try? Self.text(description.dropping(1)),
      let name = try? Self.text(description.dropping(1 + type.size)), !name.text.isEmpty
    else { return nil }
    return (name.text, description.place(1 + type.size))
  }

  /// A text up to a zero, and the bytes of both.
  static func text(_ view: ByteView) throws(ParseError) -> (text: String, size: Int) {
    try view.withBytes(at: 0, count: min(view.count, labelLimit)) { run throws(ParseError) in
      let end = run.firstIndex(of: 0) ?? run.endIndex
      return (String(decoding: run[..<end], as: UTF8.self).trimmedText, min(end + 1, run.count))
    }
  }
}

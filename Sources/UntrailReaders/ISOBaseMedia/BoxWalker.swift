internal import UntrailBytes
internal import UntrailModel

/// Walks the boxes of ISO base media one after another, at one level.
///
///     SS SS SS SS TT TT TT TT         size of the whole box, type
///     00 00 00 01 TT TT TT TT + 8     64-bit size behind the type
///     00 00 00 00 TT TT TT TT         to the end of what holds it
///
/// Source: ISO/IEC 14496-12:2022, section 4.2.2.
struct BoxWalker {
  struct Box {
    var type: FourCC
    /// Bytes from the start of the source to the box's size field.
    var start: Int
    var body: ByteView
    /// Whether the box claims more bytes than there are.
    var isCut: Bool

    /// The box with its head.
    var whole: ByteView {
      ByteView(body.source, start: start, count: body.start + body.count - start)
    }
  }

  private let view: ByteView
  private var offset = 0
  private let limit: Int
  private var boxesLeft: Int

  init(_ view: ByteView, _ limits: Limits) {
    self.view = view
    limit = limits.entries
    boxesLeft = limit
  }

  /// The next box; nil behind the last one. A box that claims more than there is, is cut.
  mutating func next() throws(ParseError) -> Box? {
    guard offset + 8 <= view.count else { return nil }
    guard boxesLeft > 0 else { throw ParseError(.limit, at: view.start + offset, "more than \(limit) boxes") }
    boxesLeft -= 1
    let start = offset
    var size = Int(try view.u32(at: start, .big))
    var headSize = 8
    if size == 1 {
      size = Int(clamping: try view.u64(at: start + 8, .big))
      headSize = 16
    } else if size == 0 {
      size = view.count - start
    }
    guard size >= headSize else {
      throw ParseError(.malformed, at: view.start + start, "a box that is smaller than its own head")
    }
    let body = ByteView(
      view.source, start: view.start + start + headSize,
      count: min(size - headSize, view.count - start - headSize))
    let isCut = size > view.count - start
    offset = isCut ? view.count : start + size
    return Box(
      type: FourCC(try view.u32(at: start + 4, .big)), start: view.start + start, body: body, isCut: isCut)
  }
}

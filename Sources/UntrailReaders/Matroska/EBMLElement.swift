internal import UntrailBytes
internal import UntrailModel

/// One element of EBML, the form of Matroska and WebM.
///
///     1xxxxxxx | 01xxxxxx ..      identifier of 1 to 4 bytes, with the mark of its length in it
///     1xxxxxxx | 01xxxxxx ..      length of the data, of 1 to 8 bytes, without its mark; all ones: not known
///
/// Source: RFC 8794, sections 4 to 6.
struct EBMLElement {
  var id: UInt32
  /// Bytes from the start of the file to the element.
  var start: Int
  var body: ByteView
  /// Whether the length is not said: it goes on until an element that cannot be in it.
  var isOpen: Bool
  /// Whether there is less than the length says.
  var isCut: Bool

  /// Bytes from the start of the file to what stands behind it.
  var end: Int { body.start + body.count }
}

/// Walks the elements of one level.
struct EBMLElements {
  private let view: ByteView
  private let limit: Int
  private var elementsLeft: Int
  private(set) var offset: Int

  init(_ view: ByteView, from offset: Int = 0, _ limits: Limits) {
    self.view = view
    self.offset = offset
    limit = limits.entries
    elementsLeft = limit
  }

  /// The next element; nil behind the last one. An element that is not said to end goes to the end of the view.
  mutating func next() throws(ParseError) -> EBMLElement? {
    guard view.count - offset >= 2 else { return nil }
    guard elementsLeft > 0 else {
      throw ParseError(.limit, at: view.start + offset, "more than \(limit) elements")
    }
    elementsLeft -= 1
    let start = offset
    let (id, idSize, length, lengthSize) = try head(at: view.start + start)
    let dataStart = start + idSize + lengthSize
    guard dataStart <= view.count else {
      throw ParseError(.truncated, at: view.start + start, "the file ends inside the head of an element")
    }
    let room = view.count - dataStart
    let isOpen = length == nil
    let count = min(length ?? room, room)
    offset = dataStart + count
    return EBMLElement(
      id: id, start: view.start + start,
      body: ByteView(view.source, start: view.start + dataStart, count: count), isOpen: isOpen,
      isCut: (length ?? 0) > room)
  }

  private func head(
    at place: Int
  ) throws(ParseError) -> (id: UInt32, idSize: Int, length: Int?, lengthSize: Int) {
    let most = min(12, view.source.count - place)
    return try view.source.withShortRun(at: place, count: most) { run throws(ParseError) in
      let idSize = run[0].leadingZeroBitCount + 1
      guard idSize <= 4, idSize < run.count else {
        throw ParseError(.malformed, at: place, "no identifier of an element")
      }
      let id = run[..<idSize].reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
      let first = run[idSize]
      let lengthSize = first.leadingZeroBitCount + 1
      guard lengthSize <= 8, idSize + lengthSize <= run.count else {
        throw ParseError(.malformed, at: place, "no length of an element")
      }
      // Of a length of eight bytes the first holds nothing but the mark.
      let mask = lengthSize == 8 ? 0 : UInt8(0xFF) >> UInt8(lengthSize)
      var length = UInt64(first & mask)
      var isUnknown = first & mask == mask
      for byte in run[(idSize + 1)..<(idSize + lengthSize)] {
        length = length << 8 | UInt64(byte)
        isUnknown = isUnknown && byte == 0xFF
      }
      return (id, idSize, isUnknown ? nil : Int(clamping: length), lengthSize)
    }
  }
}

extension ByteView {
  /// A whole number of up to eight bytes, big-endian; nil for more.
  var number: UInt64? {
    guard count <= 8 else { return nil }
    return try? withBytes(at: 0, count: count) { run throws(ParseError) in
      run.reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
    }
  }
}

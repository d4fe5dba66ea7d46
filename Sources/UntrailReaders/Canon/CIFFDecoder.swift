internal import UntrailBytes
internal import UntrailModel

/// CIFF, Canon's format before EXIF: whole CRW files, and a block in the APP0 segment of old JPEG files.
///
///     "II" HH HH HH HH "HEAP" ....    byte order, length of the head, "JPGM" or "CCDR"
///     heap: values ... | directory | OO OO OO OO    offset of the directory, from the start of the heap
///     directory: NN NN                number of entries
///       TT TT SS SS SS SS OO OO OO OO tag, bytes, offset from the start of the heap
///       TT TT VV VV VV VV VV VV VV VV tag with bit 4000: value
///     tags 2800 to 2FFF and 3000 to 37FF are heaps of their own
///
/// Source: Canon, "CIFF Specification on Image Data File" 1.0 rev 4; tag numbers as in ExifTool's CanonRaw.pm.
struct CIFFDecoder {
  private let order: ByteOrder
  private let limits: Limits
  /// Of one block, all heaps together: heaps may lie in each other.
  private var entriesLeft: Int
  private var facts: CIFFFacts

  private init(order: ByteOrder, _ limits: Limits) {
    self.order = order
    self.limits = limits
    entriesLeft = limits.entries
    facts = CIFFFacts(order: order)
  }

  /// Adds what the block says to `result`; a block that is not CIFF says nothing.
  static func decode(_ view: ByteView, into result: inout ReadResult, _ limits: Limits) {
    do throws(ParseError) {
      guard view.count >= 14, try view.u32(at: 6, .big) == 0x4845_4150 else { return }  // "HEAP"
      var decoder = CIFFDecoder(order: try view.u16(at: 0, .big) == 0x4949 ? .little : .big, limits)
      defer { decoder.facts.finish(into: &result) }
      let head = Int(try view.u32(at: 2, decoder.order))
      guard head < view.count else {
        throw ParseError(.malformed, at: view.start + 2, "a CIFF head that is longer than its block")
      }
      let heap = ByteView(view.source, start: view.start + head, count: view.count - head)
      try decoder.readHeap(heap, tag: 0, depth: 0, into: &result)
    } catch {
      result.damage(error)
    }
  }

  private mutating func readHeap(
    _ heap: ByteView, tag heapTag: UInt16, depth: Int, into result: inout ReadResult
  ) throws(ParseError) {
    guard depth < limits.nesting else {
      throw ParseError(.limit, at: heap.start, "CIFF heaps more than \(limits.nesting) deep")
    }
    let directory = Int(try heap.u32(at: heap.count - 4, order))
    let count = Int(try heap.u16(at: directory, order))
    for index in 0..<count {
      guard entriesLeft > 0 else {
        throw ParseError(.limit, at: heap.start, "more than \(limits.entries) entries in a CIFF block")
      }
      entriesLeft -= 1
      let entry = directory + 2 + 10 * index
      let tag = try heap.u16(at: entry, order)
      switch tag & 0xC000 {
      case 0x4000:
        guard entry + 10 <= heap.count else {
          throw ParseError(.truncated, at: heap.start + entry, "a CIFF directory that ends inside an entry")
        }
        let value = ByteView(heap.source, start: heap.start + entry + 2, count: 8)
        try facts.observe(tag & 0x3FFF, value, in: heapTag, into: &result)
      case 0:
        let byteCount = Int(try heap.u32(at: entry + 2, order))
        let offset = Int(try heap.u32(at: entry + 6, order))
        guard offset <= heap.count, byteCount <= heap.count - offset else {
          throw ParseError(
            .truncated, at: heap.start + entry, "a CIFF value that stands behind the end of its heap")
        }
        let value = ByteView(heap.source, start: heap.start + offset, count: byteCount)
        if tag & 0x3800 == 0x2800 || tag & 0x3800 == 0x3000 {
          try readHeap(value, tag: tag, depth: depth + 1, into: &result)
        } else {
          try facts.observe(tag, value, in: heapTag, into: &result)
        }
      default: break
      }
    }
  }
}

/// CRW: a CIFF block that is a whole file.
struct CRWReader: MetadataReader {
  var name: String { "Canon CRW" }
  var mediaTypes: [String] { ["image/x-canon-crw"] }
  var channels: String {
    "CIFF: make, model, serial number, owner, time and zone, numbers and names of files, previews"
  }

  func read(
    _ source: ByteSource, into result: inout ReadResult, with tools: ReaderTools
  ) throws(ParseError) {
    CIFFDecoder.decode(ByteView(source, start: 0, count: source.count), into: &result, tools.limits)
    try CanonOptionalData.read(source, into: &result, tools)
  }
}

internal import UntrailBytes
internal import UntrailModel

/// CIFF, Canon's format before EXIF: whole CRW files, and a block in the APP0 segment of old JPEG files.
///
///     "II" HH HH HH HH "HEAP" ....    byte order, length of the head, "JPGM" or "CCDR"
///     heap: values ... | directory | OO OO OO OO    offset of the directory, from the start of the heap
///     directory: NN NN                number of entries
///       TT TT SS SS SS SS OO OO OO OO tag, bytes, offset from the start of the heap
///     tags 2800 to 2FFF and 3000 to 37FF are heaps of their own; tags from 4000 hold their value in the entry
///
/// Source: Canon, "CIFF Specification on Image Data File" 1.0 rev 4; tag numbers as in ExifTool's CanonRaw.pm.
struct CIFFDecoder {
  private let order: ByteOrder
  private let limits: Limits
  /// Of one block, all heaps together: heaps may lie in each other.
  private var entriesLeft: Int

  private init(order: ByteOrder, _ limits: Limits) {
    self.order = order
    self.limits = limits
    entriesLeft = limits.entries
  }

  /// Adds what the block says to `result`; a block that is not CIFF says nothing.
  static func decode(_ view: ByteView, into result: inout ReadResult, _ limits: Limits) {
    do throws(ParseError) {
      guard view.count >= 14, try view.u32(at: 6, .big) == 0x4845_4150 else { return }  // "HEAP"
      var decoder = CIFFDecoder(order: try view.u16(at: 0, .big) == 0x4949 ? .little : .big, limits)
      let head = Int(try view.u32(at: 2, decoder.order))
      guard head < view.count else {
        throw ParseError(.malformed, at: view.start + 2, "a CIFF head that is longer than its block")
      }
      let heap = ByteView(view.source, start: view.start + head, count: view.count - head)
      try decoder.readHeap(heap, depth: 0, into: &result)
    } catch {
      result.damage(error)
    }
  }

  private mutating func readHeap(
    _ heap: ByteView, depth: Int, into result: inout ReadResult
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
      // Values inside the entry are of no interest here.
      guard tag & 0xC000 == 0 else { continue }
      let byteCount = Int(try heap.u32(at: entry + 2, order))
      let offset = Int(try heap.u32(at: entry + 6, order))
      guard offset <= heap.count, byteCount <= heap.count - offset else {
        throw ParseError(
          .truncated, at: heap.start + entry, "a CIFF value that stands behind the end of its heap")
      }
      let value = ByteView(heap.source, start: heap.start + offset, count: byteCount)
      if tag & 0x3800 == 0x2800 || tag & 0x3800 == 0x3000 {
        try readHeap(value, depth: depth + 1, into: &result)
      } else {
        try observe(tag, value, into: &result)
      }
    }
  }

  private func observe(
    _ tag: UInt16, _ value: ByteView, into result: inout ReadResult
  ) throws(ParseError) {
    switch tag {
    case 0x080A:
      let parts = try texts(value)
      guard !parts.isEmpty else { return }
      let device = Device(make: parts[0], model: parts.count > 1 ? parts[1] : "")
      result.add(.camera, .device(device), "CIFF:Model", at: value.start)
    case 0x0810:
      for name in try texts(value) { result.add(.owner, .person(name), "CIFF:OwnerName", at: value.start) }
    case 0x080B:
      for text in try texts(value) {
        result.add(.firmware, .software(text), "CIFF:CanonFirmwareVersion", at: value.start)
      }
    case 0x180B where value.count >= 4:
      let number = try value.u32(at: 0, order)
      guard number != 0 else { return }
      result.add(.body, .serial(String(number)), "CIFF:SerialNumber", at: value.start)
    case 0x180E where value.count >= 4:
      // Local time, counted as if it were UTC.
      let seconds = Int64(try value.u32(at: 0, order))
      guard seconds > 0 else { return }
      result.add(
        .original, .timestamp(Timestamp(civilSeconds: seconds)), "CIFF:DateTimeOriginal", at: value.start)
    default:
      break
    }
  }

  private func texts(_ value: ByteView) throws(ParseError) -> [String] {
    try value.withBytes(at: 0, count: min(value.count, 256)) { run throws(ParseError) in
      ExifText.parts(run.bindMemory(to: UInt8.self))
    }
  }
}

/// CRW: a CIFF block that is a whole file.
struct CRWReader: MetadataReader {
  var name: String { "Canon CRW" }
  var mediaTypes: [String] { ["image/x-canon-crw"] }
  var channels: String { "CIFF: make, model, serial number, owner, time" }

  func read(
    _ source: ByteSource, into result: inout ReadResult, with tools: ReaderTools
  ) throws(ParseError) {
    CIFFDecoder.decode(ByteView(source, start: 0, count: source.count), into: &result, tools.limits)
  }
}

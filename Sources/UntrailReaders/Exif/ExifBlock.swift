internal import UntrailBytes

/// A small EXIF block with nothing but wanted entries, built for libexif from a `TIFFStructure`.
///
/// libexif takes at most 64 KiB, wants the directories near each other, refuses formats that it does not
/// know, and recurses into whatever directories a file claims. This block has one directory of each kind,
/// no maker note and no thumbnail, and the original bytes of every value in their original byte order.
struct ExifBlock {
  /// The longest value that is handed on; longer text is cut.
  private let valueLimit: Int
  /// What libexif takes, less a margin.
  private static let blockLimit = 60_000

  private(set) var bytes: [UInt8] = []
  /// Entries left out or cut since they are too long.
  private(set) var cut: [TIFFStructure.Entry] = []

  init(valueLimit: Int) {
    self.valueLimit = valueLimit
    bytes.reserveCapacity(4096)
  }

  /// Builds the block anew.
  ///
  /// - Throws: where the source cannot be read.
  mutating func build(
    _ page: TIFFStructure.Page, order: ByteOrder, from view: ByteView
  ) throws(ParseError) {
    bytes.removeAll(keepingCapacity: true)
    cut.removeAll(keepingCapacity: true)
    bytes += [0x45, 0x78, 0x69, 0x66, 0, 0]
    bytes += !order.isBig ? [0x49, 0x49, 0x2A, 0] : [0x4D, 0x4D, 0, 0x2A]
    put32(8, order)

    var counts = (image: 0, exif: 0, gps: 0)
    for entry in page.entries {
      switch entry.directory {
      case .image: counts.image += 1
      case .exif: counts.exif += 1
      case .gps: counts.gps += 1
      }
    }
    func size(_ count: Int) -> Int { 2 + 12 * count + 4 }
    let exifStart = 8 + size(counts.image + 2)
    let gpsStart = exifStart + size(counts.exif)
    var dataStart = gpsStart + size(counts.gps)

    var data: [(entry: TIFFStructure.Entry, count: Int)] = []
    func putDirectory(_ directory: TIFFStructure.Directory, _ count: Int) throws(ParseError) {
      put16(UInt16(count + (directory == .image ? 2 : 0)), order)
      for entry in page.entries where entry.directory == directory {
        try putEntry(entry, order, view, &data, &dataStart)
      }
      if directory == .image {
        putPointer(ExifTag.exifPointer, exifStart, order)
        putPointer(ExifTag.gpsPointer, gpsStart, order)
      }
      put32(0, order)
    }
    try putDirectory(.image, counts.image)
    try putDirectory(.exif, counts.exif)
    try putDirectory(.gps, counts.gps)
    for (entry, count) in data {
      try view.withBytes(at: entry.offset, count: count) { run throws(ParseError) in
        bytes.append(contentsOf: run)
      }
      if count % 2 == 1 { bytes.append(0) }
    }
  }

  private mutating func putEntry(
    _ entry: TIFFStructure.Entry, _ order: ByteOrder, _ view: ByteView,
    _ data: inout [(entry: TIFFStructure.Entry, count: Int)], _ dataStart: inout Int
  ) throws(ParseError) {
    // Exif 3.0 writes text as UTF-8 (129), which libexif does not know; the bytes are decoded by us anyway.
    let format: UInt16 = entry.format == 129 ? 2 : entry.format
    let unit = max(1, entry.byteCount / max(1, Int(entry.count)))
    var count = Int(entry.count)
    if entry.byteCount > valueLimit || dataStart + entry.byteCount > Self.blockLimit {
      cut.append(entry)
      count = unit == 1 ? max(0, min(valueLimit, Self.blockLimit - dataStart)) : 0
    }
    put16(entry.tag, order)
    put16(format, order)
    put32(count, order)
    let byteCount = count * unit
    if byteCount <= 4 {
      try view.withBytes(at: entry.offset, count: byteCount) { run throws(ParseError) in
        bytes.append(contentsOf: run)
      }
      for _ in byteCount..<4 { bytes.append(0) }
    } else {
      put32(dataStart, order)
      data.append((entry, byteCount))
      dataStart += byteCount + byteCount % 2
    }
  }

  private mutating func putPointer(_ tag: UInt16, _ offset: Int, _ order: ByteOrder) {
    put16(tag, order)
    put16(4, order)
    put32(1, order)
    put32(offset, order)
  }

  private mutating func put16(_ value: UInt16, _ order: ByteOrder) {
    let high = UInt8(value >> 8)
    let low = UInt8(truncatingIfNeeded: value)
    if order.isBig { bytes.append(high); bytes.append(low) } else { bytes.append(low); bytes.append(high) }
  }

  private mutating func put32(_ value: Int, _ order: ByteOrder) {
    let value = UInt32(truncatingIfNeeded: value)
    if order.isBig {
      put16(UInt16(value >> 16), order)
      put16(UInt16(truncatingIfNeeded: value), order)
    } else {
      put16(UInt16(truncatingIfNeeded: value), order)
      put16(UInt16(value >> 16), order)
    }
  }
}

internal import UntrailBytes

/// The bytes of a sample or of a block, as decoders of telemetry get them. What lies outside of them is nil.
///
/// Valid inside the call that hands them over only.
struct SampleBytes {
  let bytes: UnsafeRawBufferPointer
  /// Bytes from the start of the file to the first one; nil where they were joined from several places.
  private let start: Int?

  init(_ bytes: UnsafeRawBufferPointer, start: Int?) {
    self.bytes = bytes
    self.start = start
  }

  var count: Int { bytes.count }

  /// Bytes from the start of the file to a place in the sample.
  func place(_ offset: Int) -> Int? { start.map { $0 + offset } }

  private func holds(_ offset: Int, _ length: Int) -> Bool {
    offset >= 0 && length >= 0 && offset <= count && length <= count - offset
  }

  func slice(_ offset: Int, _ length: Int) -> SampleBytes? {
    guard holds(offset, length) else { return nil }
    return SampleBytes(
      UnsafeRawBufferPointer(rebasing: bytes[offset..<(offset + length)]), start: place(offset))
  }

  /// What is behind the first `length` bytes.
  func dropping(_ length: Int) -> SampleBytes {
    let length = min(max(length, 0), count)
    return SampleBytes(UnsafeRawBufferPointer(rebasing: bytes[length...]), start: place(length))
  }

  func array(_ offset: Int, _ length: Int) -> [UInt8]? {
    holds(offset, length) ? Array(bytes[offset..<(offset + length)]) : nil
  }

  /// Whether these characters stand at a place.
  func has(_ text: StaticString, at offset: Int = 0) -> Bool {
    text.withUTF8Buffer { expected in
      guard holds(offset, expected.count) else { return false }
      return UnsafeRawBufferPointer(rebasing: bytes[offset..<(offset + expected.count)])
        .isEqual(to: UnsafeRawBufferPointer(expected))
    }
  }

  func has(_ expected: [UInt8], at offset: Int = 0) -> Bool {
    guard holds(offset, expected.count) else { return false }
    return bytes[offset..<(offset + expected.count)].elementsEqual(expected)
  }

  /// A text that somebody could read, up to the first NUL.
  func text(_ offset: Int, _ length: Int) -> String? {
    guard let run = slice(offset, min(length, max(0, count - max(offset, 0)))) else { return nil }
    return ExifText.ascii(run.bytes).flatMap(MakerNoteText.readable)
  }

  // MARK: Numbers

  func u8(_ offset: Int) -> UInt8? { holds(offset, 1) ? bytes[offset] : nil }

  func u16(_ offset: Int, _ order: ByteOrder) -> UInt16? {
    guard holds(offset, 2) else { return nil }
    let value = bytes.loadUnaligned(fromByteOffset: offset, as: UInt16.self)
    return order.isBig ? UInt16(bigEndian: value) : UInt16(littleEndian: value)
  }

  func u32(_ offset: Int, _ order: ByteOrder) -> UInt32? {
    guard holds(offset, 4) else { return nil }
    let value = bytes.loadUnaligned(fromByteOffset: offset, as: UInt32.self)
    return order.isBig ? UInt32(bigEndian: value) : UInt32(littleEndian: value)
  }

  func u64(_ offset: Int, _ order: ByteOrder) -> UInt64? {
    guard holds(offset, 8) else { return nil }
    let value = bytes.loadUnaligned(fromByteOffset: offset, as: UInt64.self)
    return order.isBig ? UInt64(bigEndian: value) : UInt64(littleEndian: value)
  }

  func i32(_ offset: Int, _ order: ByteOrder) -> Int32? { u32(offset, order).map { Int32(bitPattern: $0) } }

  /// A number of 32 bits with a point.
  func f32(_ offset: Int, _ order: ByteOrder) -> Double? {
    u32(offset, order).map { Double(Float(bitPattern: $0)) }
  }

  /// A number of 64 bits with a point.
  func f64(_ offset: Int, _ order: ByteOrder) -> Double? { u64(offset, order).map { Double(bitPattern: $0) } }

  /// A small number in 32 bits, as dates and times are; nil where it is none.
  func small(_ offset: Int, _ order: ByteOrder = .little) -> Int? {
    u32(offset, order).flatMap { $0 < 100_000 ? Int($0) : nil }
  }
}

#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Darwin)
  internal import Darwin
#endif

/// A growing run of bytes that reports are written into.
///
/// A class over raw memory, since appending to an array checks its uniqueness on every byte.
package final class ByteBuffer {
  package private(set) var count = 0
  private var capacity: Int
  private var base: UnsafeMutablePointer<UInt8>

  package init(capacity: Int = 1 << 16) {
    self.capacity = max(capacity, 64)
    base = .allocate(capacity: self.capacity)
  }

  deinit { base.deallocate() }

  package func removeAll() { count = 0 }

  package func withBytes<Result, Failure: Error>(
    _ body: (UnsafeRawBufferPointer) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    try body(UnsafeRawBufferPointer(start: base, count: count))
  }

  /// The bytes so far as text, with U+FFFD for what is not UTF-8.
  package var text: String {
    String(decoding: UnsafeBufferPointer(start: base, count: count), as: UTF8.self)
  }

  /// Makes room for `extra` more bytes and gives where they go; `advance` says how many were written.
  package func reserve(_ extra: Int) -> UnsafeMutablePointer<UInt8> {
    if count + extra > capacity {
      capacity = max(capacity * 2, count + extra)
      let larger = UnsafeMutablePointer<UInt8>.allocate(capacity: capacity)
      larger.update(from: base, count: count)
      base.deallocate()
      base = larger
    }
    return base + count
  }

  package func advance(_ written: Int) { count += written }

  /// Writes a number, little-endian, over bytes that are there already.
  package func replace(at offset: Int, with value: UInt32) {
    guard offset >= 0, offset + 4 <= count else { return }
    for shift in 0..<4 { base[offset + shift] = UInt8(truncatingIfNeeded: value >> (8 * UInt32(shift))) }
  }

  package func append(_ byte: UInt8) {
    reserve(1).pointee = byte
    count += 1
  }

  package func append(_ text: StaticString) {
    let length = text.utf8CodeUnitCount
    memcpy(reserve(length), text.utf8Start, length)
    count += length
  }

  package func append(_ bytes: UnsafeBufferPointer<UInt8>) {
    guard let source = bytes.baseAddress, !bytes.isEmpty else { return }
    memcpy(reserve(bytes.count), source, bytes.count)
    count += bytes.count
  }

  package func append(utf8 text: String) {
    var text = text
    text.withUTF8 { append($0) }
  }

  package func append(_ value: Int) {
    var magnitude = value.magnitude
    if value < 0 { append(UInt8(ascii: "-")) }
    var digits = 1
    var rest = magnitude / 10
    while rest > 0 {
      digits += 1
      rest /= 10
    }
    let target = reserve(digits)
    var place = digits
    repeat {
      place -= 1
      target[place] = UInt8(ascii: "0") + UInt8(truncatingIfNeeded: magnitude % 10)
      magnitude /= 10
    } while place > 0
    count += digits
  }

  /// Appends a number with leading zeros to `width` digits.
  package func append(_ value: Int, width: Int) {
    var divisor = 1
    for _ in 1..<max(width, 1) { divisor *= 10 }
    while divisor > 1, value < divisor {
      append(UInt8(ascii: "0"))
      divisor /= 10
    }
    append(value)
  }

  /// Appends a decimal fraction, rounded to at most `decimals` digits behind the point, trailing zeros cut
  /// to `minimumDecimals`.
  ///
  /// - Parameter value: finite and below 9e9 in size; anything else is written as 0.
  package func append(_ value: Double, decimals: Int, minimumDecimals: Int = 0) {
    var scale = 1.0
    for _ in 0..<decimals { scale *= 10 }
    guard value.isFinite, abs(value) < 9e9 else { return append(UInt8(ascii: "0")) }
    let scaled = (abs(value) * scale).rounded()
    guard scaled < 9e18 else { return append(UInt8(ascii: "0")) }
    let whole = Int(scaled)
    if value < 0, whole > 0 { append(UInt8(ascii: "-")) }
    let divisor = Int(scale)
    append(whole / divisor)
    var fraction = whole % divisor
    var digits = decimals
    while digits > minimumDecimals, fraction % 10 == 0 {
      fraction /= 10
      digits -= 1
    }
    guard digits > 0 else { return }
    append(UInt8(ascii: "."))
    append(fraction, width: digits)
  }
}

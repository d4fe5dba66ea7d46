internal import UntrailBytes
internal import UntrailModel

/// Reads a response front to back; nil wherever it does not hold what it must.
struct ResponseReader {
  private let bytes: UnsafeRawBufferPointer
  private var position = 0

  init(_ bytes: UnsafeRawBufferPointer) { self.bytes = bytes }

  var isAtEnd: Bool { position == bytes.count }

  mutating func byte() -> UInt8? {
    guard position < bytes.count else { return nil }
    defer { position += 1 }
    return bytes[position]
  }

  mutating func int() -> Int? {
    guard bytes.count - position >= 8 else { return nil }
    defer { position += 8 }
    return Int(Int64(littleEndian: bytes.loadUnaligned(fromByteOffset: position, as: Int64.self)))
  }

  /// A place or a count of bytes: not negative.
  mutating func offset() -> Int? { int().flatMap { $0 >= 0 ? $0 : nil } }

  /// Seconds since 1970 within the years 1 to 9999.
  mutating func seconds() -> Int64? {
    int().flatMap { (-62_135_596_800...253_402_300_799).contains($0) ? Int64($0) : nil }
  }

  /// Minutes east of UTC that some zone could have.
  mutating func minutes() -> Int16? { int().flatMap { (-1080...1080).contains($0) ? Int16($0) : nil } }

  /// A finite number.
  mutating func double() -> Double? {
    int().map { Double(bitPattern: UInt64(bitPattern: Int64($0))) }.flatMap { $0.isFinite ? $0 : nil }
  }

  mutating func text() -> String? {
    guard bytes.count - position >= 4 else { return nil }
    let count = Int(UInt32(littleEndian: bytes.loadUnaligned(fromByteOffset: position, as: UInt32.self)))
    guard count <= ExaminationCoding.textLimit, count <= bytes.count - position - 4 else { return nil }
    let start = position + 4
    position = start + count
    return String(utf8: UnsafeRawBufferPointer(rebasing: bytes[start..<position]))
  }

  /// Whether a text is a media type: a name with one slash, of the letters that RFC 6838 allows.
  func isMediaType(_ text: String) -> Bool {
    text.utf8.count <= 255 && text.utf8.count(where: { $0 == UInt8(ascii: "/") }) == 1
      && text.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F }
  }

  /// A value that may be absent: nil for a breach, and nil inside for absence.
  mutating func optional<Value>(_ read: (inout ResponseReader) -> Value?) -> Value?? {
    switch byte() {
    case 0: return .some(.none)
    case 1:
      guard let value = read(&self) else { return .none }
      return .some(.some(value))
    default: return .none
    }
  }
}

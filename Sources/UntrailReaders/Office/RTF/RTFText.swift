internal import UntrailModel

/// Collects the text of a group: bytes of a code page, and characters by number.
struct RTFText {
  /// The code page of bytes above 7F.
  var codePage = 1252
  /// Bytes from the start of the file to the first character.
  private(set) var place: Int?
  private var units: [UInt16] = []
  /// Bytes above 7F that are not decoded yet: in some code pages they belong together.
  private var bytes: [UInt8] = []
  private var substitutesLeft = 0
  private let limits: Limits

  init(_ limits: Limits) { self.limits = limits }

  mutating func clear() {
    units = []
    bytes = []
    place = nil
    substitutesLeft = 0
  }

  var value: String {
    var copy = self
    copy.decode()
    return String(decoding: copy.units, as: UTF16.self).trimmedText
  }

  mutating func append(_ byte: UInt8, at offset: Int) {
    guard units.count + bytes.count < limits.text else { return }
    place = place ?? offset
    // The second byte of a character may be one that alone is ASCII.
    if byte >= 0x80 || CodePage.isOpen(bytes, codePage) { return bytes.append(byte) }
    decode()
    units.append(UInt16(byte))
  }

  mutating func append(plain byte: UInt8, isWanted: Bool, at offset: Int) {
    if substitutesLeft > 0 {
      substitutesLeft -= 1
    } else if isWanted {
      append(byte, at: offset)
    }
  }

  /// - Parameter number: a unit of UTF-16, as a number with a sign.
  mutating func append(unicode number: Int, substitutes: Int, isWanted: Bool, at offset: Int) {
    substitutesLeft = substitutes
    guard isWanted, units.count < limits.text else { return }
    place = place ?? offset
    decode()
    units.append(UInt16(truncatingIfNeeded: number))
  }

  private mutating func decode() {
    guard !bytes.isEmpty else { return }
    units += (CodePage.decode(bytes, codePage, limits) ?? "").utf16
    bytes = []
  }
}

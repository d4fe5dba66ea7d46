/// Small letters for capital ones, scalar by scalar.
enum CaseFolding {
  static func fold(_ scalar: Unicode.Scalar) -> UInt32 {
    let value = scalar.value
    if value < 0x80 { return value >= 0x41 && value <= 0x5A ? value | 0x20 : value }
    let lower = scalar.properties.lowercaseMapping.unicodeScalars
    guard let first = lower.first, lower.count == 1 else { return value }
    return first.value
  }
}

/// Characters that one place of an expression takes.
struct ScalarSet: Sendable, Equatable {
  var ranges: [ClosedRange<UInt32>] = []
  /// Whether letters and digits of all scripts and the low line are in it.
  var hasWords = false
  var isNegated = false

  func contains(_ scalar: UInt32) -> Bool {
    (hasWords && Self.isWord(scalar) || ranges.contains { $0.contains(scalar) }) != isNegated
  }

  /// Letters, digits and the low line, of all scripts.
  static func isWord(_ value: UInt32) -> Bool {
    if value < 0x80 {
      return value >= 0x30 && value <= 0x39 || value >= 0x61 && value <= 0x7A || value == 0x5F
        || value >= 0x41 && value <= 0x5A
    }
    guard let scalar = Unicode.Scalar(value) else { return false }
    return scalar.properties.isAlphabetic || scalar.properties.numericType != nil
  }

  static let digits: [ClosedRange<UInt32>] = [0x30...0x39]
  static let spaces: [ClosedRange<UInt32>] = [0x09...0x0D, 0x20...0x20, 0x85...0x85, 0xA0...0xA0]
}

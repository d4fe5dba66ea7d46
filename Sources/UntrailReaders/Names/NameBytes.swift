/// The bytes of a file name, without its folder. A byte outside is 0, which no name has.
struct NameBytes {
  let bytes: UnsafeBufferPointer<UInt8>

  init(_ bytes: UnsafeBufferPointer<UInt8>) { self.bytes = bytes }

  var count: Int { bytes.count }

  subscript(_ index: Int) -> UInt8 {
    index >= 0 && index < bytes.count ? bytes[index] : 0
  }

  func isDigit(_ index: Int) -> Bool { self[index] &- 0x30 < 10 }

  func isLetter(_ index: Int) -> Bool {
    let byte = self[index]
    return (byte | 0x20) &- 0x61 < 26 || byte >= 0x80
  }

  /// The end of the run of digits that starts here.
  func digitsEnd(_ index: Int) -> Int {
    var end = index
    while isDigit(end) { end += 1 }
    return end
  }

  /// The value of `length` digits; nil where there are fewer.
  func number(_ index: Int, _ length: Int) -> Int? {
    guard length <= 18 else { return nil }
    var value = 0
    for place in index..<(index + length) {
      guard isDigit(place) else { return nil }
      value = value * 10 + Int(self[place] - 0x30)
    }
    return value
  }

  /// Whether these letters stand here, small or large.
  func has(_ word: StaticString, at index: Int) -> Bool {
    guard index >= 0, index + word.utf8CodeUnitCount <= count else { return false }
    for place in 0..<word.utf8CodeUnitCount {
      let (left, right) = (bytes[index + place], word.utf8Start[place])
      if left != right, left | 0x20 != right | 0x20 || (right | 0x20) &- 0x61 >= 26 { return false }
    }
    return true
  }

  /// Whether the name starts with these letters, in this case.
  func hasExactly(_ word: StaticString) -> Bool {
    count >= word.utf8CodeUnitCount
      && (0..<word.utf8CodeUnitCount).allSatisfy { bytes[$0] == word.utf8Start[$0] }
  }

  func ends(_ word: StaticString) -> Bool { has(word, at: count - word.utf8CodeUnitCount) }

  /// Where a word stands first, from `start` on.
  func first(_ word: StaticString, from start: Int = 0) -> Int? {
    guard word.utf8CodeUnitCount > 0, word.utf8CodeUnitCount <= count else { return nil }
    let lower = word.utf8Start[0] | 0x20
    for index in max(start, 0)..<max(start, count - word.utf8CodeUnitCount + 1)
    where bytes[index] | 0x20 == lower && has(word, at: index) {
      return index
    }
    return nil
  }

  /// Where the ending starts, at its point; `count` where there is none of one to ten letters.
  var ending: Int {
    for index in stride(from: count - 1, to: max(count - 12, 0), by: -1) where self[index] == 0x2E {
      return index < count - 1 ? index : count
    }
    return count
  }

  /// A part as text, without blanks around; nil where nothing is left or it is no UTF-8.
  ///
  /// - Parameter end: the place behind the part; may be before `start`.
  func text(from start: Int, to end: Int) -> String? {
    let (start, end) = (max(start, 0), min(end, count))
    guard start < end, let text = String(validating: bytes[start..<end], as: UTF8.self) else { return nil }
    var scalars = text.unicodeScalars[...]
    while let first = scalars.first, first.properties.isWhitespace { scalars.removeFirst() }
    while let last = scalars.last, last.properties.isWhitespace { scalars.removeLast() }
    return scalars.isEmpty ? nil : String(scalars)
  }
}

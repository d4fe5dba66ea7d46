internal import UntrailBytes
internal import UntrailModel

/// What counts as a text of a maker note. A note that an editor moved keeps its offsets, so that they point at
/// something else: a value is taken only where it looks like what it is said to be.
enum MakerNoteText {
  /// A text that somebody could have typed or read: printable, with a letter or digit in it.
  static func readable(_ text: String) -> String? {
    var isSaying = false
    for scalar in text.unicodeScalars {
      switch scalar.value {
      case 0..<0x20, 0x7F..<0xA0, 0xFFFD: return nil
      default: break
      }
      if scalar.isASCII
        ? "0"..."9" ~= scalar || "A"..."Z" ~= scalar || "a"..."z" ~= scalar
        : scalar.properties.isAlphabetic || scalar.properties.numericType != nil
      {
        isSaying = true
      }
    }
    return isSaying ? text : nil
  }

  /// A serial number: ASCII, short, and not only of zeros, of "F" or of signs.
  static func serial(_ text: String) -> String? {
    guard (2...64).contains(text.utf8.count), text.utf8.allSatisfy({ (0x20...0x7E).contains($0) }) else {
      return nil
    }
    let marks = text.utf8.filter { byte in
      (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
    }
    guard marks.count >= 2, !marks.allSatisfy({ $0 == 0x30 }), !marks.allSatisfy({ $0 | 0x20 == 0x66 })
    else { return nil }
    // What a camera writes in this place that has no serial number, or a date from somewhere else.
    return isTime(text) ? nil : text
  }

  private static func isTime(_ text: String) -> Bool { text.utf8.filter { $0 == 0x3A }.count > 1 }

  /// The text between blanks and NULs at a place of a view.
  static func text(_ view: ByteView, at offset: Int, count: Int) -> String? {
    let text = try? view.withBytes(at: offset, count: min(count, view.count - offset)) {
      run throws(ParseError) in
      ExifText.ascii(run.bindMemory(to: UInt8.self))
    }
    return (text ?? nil).flatMap(readable)
  }

  /// Bytes as hexadecimal digits; nil where all are 0 or all are FF.
  static func hexadecimal(_ bytes: some Collection<UInt8>) -> String? {
    guard bytes.contains(where: { $0 != 0 }), bytes.contains(where: { $0 != 0xFF }) else { return nil }
    return bytes.map { padded(Int($0), digits: 2, radix: 16) }.joined()
  }

  /// A number with leading zeros.
  static func padded(_ number: Int, digits: Int, radix: Int = 10) -> String {
    let text = String(number, radix: radix)
    return String(repeating: "0", count: max(0, digits - text.utf8.count)) + text
  }
}

/// Times of maker notes.
enum MakerNoteTime {
  /// A time from its parts; nil where there is no such time.
  static func timestamp(
    _ year: Int, _ month: Int, _ day: Int, _ hour: Int, _ minute: Int, _ second: Int
  ) -> Timestamp? {
    guard (1970...2200).contains(year), CivilDate.isValid(year: year, month: month, day: day),
      (0..<24).contains(hour), (0..<60).contains(minute), (0..<61).contains(second)
    else { return nil }
    let days = CivilDate.days(year: year, month: month, day: day)
    return Timestamp(civilSeconds: days * 86_400 + Int64(hour * 3600 + minute * 60 + second))
  }

  /// A time in a text; nil where it is none, or unset.
  static func timestamp(_ view: ByteView, at offset: Int = 0, count: Int) -> Timestamp? {
    let reading = try? view.withBytes(at: offset, count: min(count, view.count - offset)) {
      run throws(ParseError) in
      ExifTime.dateTime(run.bindMemory(to: UInt8.self))
    }
    guard case .time(let timestamp) = reading, timestamp.precision != .day else { return nil }
    return timestamp
  }

  /// Minutes east of UTC as a camera's clock has them; nil for what is no zone.
  static func offset(minutes: Int) -> Int16? { abs(minutes) <= 14 * 60 ? Int16(minutes) : nil }
}

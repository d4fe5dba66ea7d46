internal import UntrailModel

/// Reads the times of XMP.
enum XMPTime {
  /// Reads "YYYY-MM-DDThh:mm:ss.sTZD", as far as it goes, and the spelling of EXIF. A year or a month alone is no
  /// point in time.
  ///
  /// Source: XMP specification part 1, section 8.2.1.2; ISO 8601:2004.
  static func dateTime(_ text: String) -> ExifTime.Reading {
    var text = text
    if let compact = separated(text) { text = compact }
    let isCoarse = text.utf8.count <= 7 && text.utf8.allSatisfy { isDigit($0) || $0 == UInt8(ascii: "-") }
    if isCoarse { return .unset }
    return text.withUTF8 { reading($0) }
  }

  private static func reading(_ bytes: UnsafeBufferPointer<UInt8>) -> ExifTime.Reading {
    let reading = ExifTime.dateTime(bytes)
    // What writers put where no date is known: the first day of a calendar.
    if case .time(let time) = reading, time.civilSeconds <= firstDay { return .unset }
    return reading
  }

  /// Midnight after 0001-01-01.
  private static let firstDay: Int64 = -62_135_510_400

  /// "20260714", "20260714T101244+0200" with the separators that the long form has; nil for other texts.
  private static func separated(_ text: String) -> String? {
    let bytes = Array(text.utf8)
    guard bytes.count >= 8, bytes[..<8].allSatisfy(isDigit), bytes.count == 8 || bytes[8] == UInt8(ascii: "T")
    else {
      return nil
    }
    func part(_ range: Range<Int>) -> String {
      String(
        decoding: bytes[min(range.lowerBound, bytes.count)..<min(range.upperBound, bytes.count)],
        as: UTF8.self)
    }
    let date = part(0..<4) + "-" + part(4..<6) + "-" + part(6..<8)
    guard bytes.count >= 13, bytes[9..<13].allSatisfy(isDigit) else { return bytes.count == 8 ? date : nil }
    let time = date + "T" + part(9..<11) + ":" + part(11..<13)
    guard bytes.count >= 15, bytes[13..<15].allSatisfy(isDigit) else { return time + part(13..<bytes.count) }
    return time + ":" + part(13..<15) + part(15..<bytes.count)
  }

  /// A number of units since the beginning of a year, in UTC; nil where it is none, or before 1971.
  static func clock(_ text: String, epoch: Int, unitsPerSecond: Int64) -> Timestamp? {
    guard let units = Int64(text), unitsPerSecond > 0 else { return nil }
    let start = CivilDate.days(year: epoch, month: 1, day: 1) * 86_400
    let (seconds, overflow) = (units / unitsPerSecond).addingReportingOverflow(start)
    guard !overflow, seconds > 365 * 86_400, seconds <= Timestamp.lastSecond else { return nil }
    return Timestamp(civilSeconds: seconds, utcOffsetMinutes: 0)
  }

  /// The zone behind "hh:mm:ss", or by itself; nil where there is none.
  static func zone(ofTimeOfDay text: String) -> Int16? {
    guard let first = text.utf8.first else { return nil }
    guard let sign = text.utf8.lastIndex(where: { $0 == UInt8(ascii: "+") || $0 == UInt8(ascii: "-") }) else {
      return isDigit(first) && text.hasSuffix("Z") ? 0 : nil
    }
    guard isDigit(first) || sign == text.startIndex else { return nil }
    var rest = String(text[sign...])
    return rest.withUTF8 { ExifTime.offset($0) }
  }

  private static func isDigit(_ byte: UInt8) -> Bool { byte >= 0x30 && byte <= 0x39 }
}

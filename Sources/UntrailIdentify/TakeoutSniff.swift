internal import UntrailModel

/// Tells files of a Google account's export that are no JSON, in any language.
enum TakeoutSniff {
  /// A page of My Activity: its style sheet comes first, and is that of Material Design Lite.
  static func isActivity(_ prefix: UnsafeRawBufferPointer) -> Bool {
    prefix.holds("mdl-") && (prefix.holds("<title>") || prefix.holds("content-cell"))
  }

  /// A list of accesses or of devices of an account, by its columns.
  static func isAccessLog(_ prefix: UnsafeRawBufferPointer) -> Bool {
    let columns = firstLine(prefix)
    return columns.holds("Gaia ID,Device Type,")
      || columns.holds("Activity Timestamp,") && columns.holds("IP Address")
  }

  /// A list of places, by the links to Google Maps in it.
  static func isSavedList(_ prefix: UnsafeRawBufferPointer) -> Bool {
    guard prefix.holds(",URL,") else { return false }
    return [",https://www.google.com/maps/", ",\"https://www.google.com/maps/"].contains { prefix.holds($0) }
  }

  private static func firstLine(_ prefix: UnsafeRawBufferPointer) -> String {
    String(decoding: prefix.prefix { $0 != 0x0A && $0 != 0x0D }, as: UTF8.self)
  }
}

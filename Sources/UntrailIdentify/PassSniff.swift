internal import UntrailModel

/// Tells archives that are maps or wallet passes, and passes by themselves, by how they begin.
enum PassSniff {
  typealias Bytes = UnsafeRawBufferPointer

  /// The names of the files of an archive whose headers stand in its first page.
  ///
  /// Source: PKWARE, APPNOTE.TXT 6.3.10, section 4.3.7.
  static func names(_ prefix: Bytes) -> [String] {
    var names: [String] = []
    var position = 0
    while position + 30 <= prefix.count, let start = prefix[position...].firstIndex(of: 0x50) {
      position = start + 1
      guard start + 30 <= prefix.count, prefix[start...].starts(with: [0x50, 0x4B, 0x03, 0x04]) else {
        continue
      }
      let length = Int(prefix[start + 26]) | Int(prefix[start + 27]) << 8
      guard length > 0, start + 30 + length <= prefix.count else { continue }
      names.append(String(decoding: prefix[(start + 30)..<(start + 30 + length)], as: UTF8.self))
    }
    return names
  }

  static func isPasses(_ prefix: Bytes) -> Bool {
    names(prefix).first?.lowercased().hasSuffix(".pkpass") ?? false
  }

  static func isPass(_ prefix: Bytes) -> Bool { names(prefix).contains("pass.json") }

  /// Maps have their text at the top, mostly as doc.kml.
  static func isMap(_ prefix: Bytes) -> Bool {
    names(prefix).contains { name in
      let name = name.lowercased()
      return name == "doc.kml" || name.hasSuffix("/doc.kml") || name.hasSuffix(".kml") && !name.contains("/")
    }
  }

  /// The description of a pass: JSON with the names that Apple gives.
  static func isDescription(_ prefix: Bytes) -> Bool {
    guard PrefixText(prefix).firstMark == UInt8(ascii: "{"),
      prefix.holds("\"passTypeIdentifier\"")
        || prefix.holds("\"formatVersion\"")
    else { return false }
    let names: [String] = [
      "\"passTypeIdentifier\"", "\"formatVersion\"", "\"teamIdentifier\"", "\"organizationName\"",
      "\"serialNumber\"", "\"boardingPass\"", "\"eventTicket\"", "\"storeCard\"", "\"webServiceURL\"",
      "\"barcodes\"", "\"barcode\"", "\"relevantDate\"",
    ]
    return names.count { prefix.holds($0) } >= 3
  }

  /// A pass of Google's: a link that saves it, or the objects in it.
  static func isGoogleWallet(_ prefix: Bytes) -> Bool {
    let text = PrefixText(prefix)
    if text.bytes.hasPrefix("https://pay.google.com/gp/v/save/eyJ") { return true }
    guard text.firstMark == UInt8(ascii: "{") else { return false }
    if prefix.holds("\"savetowallet\"") || prefix.holds("\"savetoandroidpay\"") {
      return true
    }
    guard prefix.holds("Objects\"") else { return false }
    let names: [String] = [
      "\"flightObjects\"", "\"eventTicketObjects\"", "\"transitObjects\"", "\"genericObjects\"",
      "\"loyaltyObjects\"", "\"offerObjects\"", "\"giftCardObjects\"",
    ]
    return names.contains { prefix.holds($0) }
  }
}

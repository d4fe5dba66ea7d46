internal import UntrailBytes
internal import UntrailModel

/// What Photoshop keeps of the printer that was set when the document was saved.
///
///     03EA    Mac OS X page format, a property list in XML: dates of its settings
///     043A    descriptor with "printerName"
///     043C    Mac OS X print information, a property list that names the printer
///     043D    Windows' DEVMODEW: begins with 32 units of UTF-16, the printer's name
///
/// Source: Adobe Photoshop File Formats Specification (2019), Image Resource IDs; Microsoft, "DEVMODEW structure".
enum PhotoshopPrinting {
  static func observe(
    _ id: UInt16, _ value: ByteView, into result: inout ReadResult, _ limits: Limits
  ) throws(ParseError) {
    switch id {
    case 0x03EA: try observePageFormat(value, into: &result)
    case 0x043A:
      guard let start = try PhotoshopText.find("printerNameTEXT", in: value),
        let name = try PhotoshopText.unicode(value, at: start, limits)?.text
      else { return }
      addPrinter(name, "Photoshop:PrintInfo2", at: value.place(start + 4), into: &result)
    case 0x043C:
      guard let start = try PhotoshopText.find("PMPrinterName</key>", in: value),
        let text = try element("string", in: value.dropping(start))
      else { return }
      addPrinter(text, "Photoshop:MacintoshNSPrintInfo", at: value.place(start), into: &result)
    case 0x043D:
      // A version may stand before the structure.
      for start in [0, 2, 4] {
        guard value.count >= start + 64 else { return }
        let name = try value.withBytes(at: start, count: 64) { run throws(ParseError) in
          ExifText.utf16(run, isLittleEndian: true)
        }
        guard let name, name.count >= 3,
          name.unicodeScalars.allSatisfy({ (0x20..<0x2000).contains($0.value) })
        else { continue }
        addPrinter(name, "Photoshop:WindowsDEVMODE", at: value.place(start), into: &result)
        return
      }
    default: break
    }
  }

  private static func addPrinter(
    _ name: String, _ field: String, at offset: Int?, into result: inout ReadResult
  ) {
    result.add(.accessory, .device(Device(model: name)), field, at: offset)
  }

  /// The first date of a setting, which is in UTC: when somebody worked on the page.
  private static func observePageFormat(_ value: ByteView, into result: inout ReadResult) throws(ParseError) {
    guard let start = try PhotoshopText.find("com.apple.print.ticket.modDate</key>", in: value),
      var text = try element("date", in: value.dropping(start))
    else { return }
    let reading = text.withUTF8 { ExifTime.dateTime($0) }
    guard case .time(let timestamp) = reading else { return }
    result.add(.edited, .timestamp(timestamp), "Photoshop:XMLData", at: value.place(start))
  }

  /// The text of an element that must come next, apart from white space.
  private static func element(_ name: String, in view: ByteView) throws(ParseError) -> String? {
    try view.withBytes(at: 0, count: min(view.count, 512)) { run throws(ParseError) in
      let text = String(decoding: run, as: UTF8.self).drop { $0.isWhitespace }
      guard text.hasPrefix("<\(name)>") else { return nil }
      return ExifText.ascii(Array(text.dropFirst(name.count + 2).prefix { $0 != "<" }.utf8))
    }
  }
}

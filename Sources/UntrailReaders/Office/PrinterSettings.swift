internal import UntrailModel

/// The settings of a printer that documents of Windows keep (DEVMODE), of which the first field is its name.
///
///     name, 32 characters; VV VV version; driver; SS SS bytes of this; ...
///
/// Source: Microsoft, MS-RPRN, section 2.2.2.1 (DEVMODE).
enum PrinterSettings {
  /// The name of the printer, as far as 31 characters hold it; nil where the bytes are no such settings.
  static func name(_ bytes: ArraySlice<UInt8>) -> String? {
    for width in [2, 1] {
      let field = bytes.prefix(32 * width)
      let rest = bytes.dropFirst(32 * width)
      // Version 4.0 or 4.1 of the structure, or 3.x of the first.
      guard field.count == 32 * width, rest.count > 6, (3...5).contains(rest[rest.startIndex + 1]),
        let text = width == 2 ? ExifText.utf16(field, isLittleEndian: true) : ExifText.ascii(field),
        BoundedText.isPrintable(text)
      else { continue }
      return text
    }
    return nil
  }

  static func add(
    _ bytes: ArraySlice<UInt8>, _ facts: inout DocumentFacts, into result: inout ReadResult
  ) {
    guard let name = name(bytes) else { return }
    add(name, &facts, into: &result)
  }

  /// A printer on a server is a path, too.
  static func add(_ name: String, _ facts: inout DocumentFacts, into result: inout ReadResult) {
    facts.add(.printer, .device(Device(model: name)), "PrinterName", into: &result)
    if name.hasPrefix("\\\\") { facts.add(.path, .link(name), "PrinterName", into: &result) }
  }
}

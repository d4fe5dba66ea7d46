internal import UntrailModel

/// Tells office documents by how they begin, where libmagic sees no more than an archive, bytes or markup.
enum OfficeSniff {
  typealias Bytes = UnsafeRawBufferPointer

  /// The parts of an Office Open XML document that come first.
  static func isOpenXML(_ prefix: Bytes) -> Bool {
    PassSniff.names(prefix).contains { name in
      let name = name.hasPrefix("/") ? String(name.dropFirst()) : name
      return name == "[Content_Types].xml" || name == "_rels/.rels" || name == "docProps/core.xml"
        || name == "docProps/app.xml"
    }
  }

  /// An archive whose first file says what it is: an OpenDocument.
  static func isOpenDocument(_ prefix: Bytes) -> Bool {
    let names = PassSniff.names(prefix)
    return names.first == "mimetype" && prefix.holds("application/vnd.oasis.opendocument.")
  }

  static func isBook(_ prefix: Bytes) -> Bool {
    PassSniff.names(prefix).first == "mimetype" && prefix.holds("application/epub+zip")
  }

  /// Source: Microsoft, MS-CFB, section 2.2.
  static func isCompound(_ prefix: Bytes) -> Bool {
    prefix.starts(with: [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1])
  }

  static func isRichText(_ prefix: Bytes) -> Bool { prefix.starts(with: "{\\rtf".utf8) }
}

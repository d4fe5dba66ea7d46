internal import UntrailBytes
internal import UntrailModel

/// Directories of Kodak's own in DCR, KDC and other TIFF files of its cameras.
///
///     8290 KodakIFD                   03E9 name of the file, 0401 time, 0402 text of a GPS receiver
///     FE00 KDC_IFD                    FA00 serial number
///
/// Source: ExifTool's Kodak.pm.
enum KodakDirectories {
  static func isPointer(_ tag: UInt16) -> Bool { tag == 0x8290 || tag == 0xFE00 }

  /// Adds what the directory that an entry points to says. Damage becomes diagnostics.
  static func decode(
    _ pointer: ImageFileDirectoryReader.Entry, _ reader: ImageFileDirectoryReader,
    into result: inout ReadResult
  ) {
    var reader = reader
    guard let offset = reader.pointer(pointer) else { return }
    let group = pointer.tag == 0xFE00 ? "KDC_IFD" : "KodakIFD"
    do throws(ParseError) {
      let directory = try reader.directory(at: offset) { fact($0, of: pointer.tag, "") != nil }
      for flaw in directory.flaws { result.damage(flaw) }
      for entry in directory.entries {
        guard let text = reader.text(entry), let (role, fact, name) = fact(entry.tag, of: pointer.tag, text)
        else { continue }
        result.add(role, fact, "\(group):\(name)", at: reader.fileOffset(entry))
      }
    } catch {
      result.damage(error)
    }
  }

  private static func fact(
    _ tag: UInt16, of pointer: UInt16, _ text: String
  ) -> (Role, Observation.Fact, String)? {
    switch (pointer, tag) {
    case (0x8290, 0x03E9): (.originalFileName, .link(text), "OriginalFileName")
    case (0x8290, 0x0401): (.comment, .text(text), "Time")
    case (0x8290, 0x0402): (.area, .place(text), "GPSString")
    case (0xFE00, 0xFA00): (.body, .serial(text), "SerialNumber")
    default: nil
    }
  }
}

internal import UntrailModel

/// Tells notes that say something of themselves, or name a place, from other text.
enum NoteSniff {
  /// Whether text starts with a head between lines of three hyphens in which there is a name and a value that tell
  /// who, when or where.
  static func hasFrontMatter(_ prefix: UnsafeRawBufferPointer) -> Bool {
    let lines = PrefixText(prefix).bytes.split(separator: 0x0A, maxSplits: 60).map { line in
      String(decoding: line.prefix(80), as: UTF8.self)
    }
    guard let first = lines.first, first == "---" || first == "---\r" else { return false }
    guard let end = lines.dropFirst().firstIndex(where: { $0.hasPrefix("---") }) else { return false }
    return lines[1..<end].contains { line in
      let name = line.prefix { $0 != ":" }
      return name.count < line.count && names.contains(name.lowercased())
    }
  }

  private static let names: Set<String> = [
    "author", "authors", "creator", "date", "created", "published", "modified", "updated", "lastmod",
    "location",
    "place", "city", "lat", "latitude", "coordinates", "geo", "email",
  ]

  /// Whether text has a link to a place in its beginning, or a position in degrees with the names of the directions.
  static func namesPlace(_ prefix: UnsafeRawBufferPointer) -> Bool {
    let links = [
      "geo:", "://maps.", ".google.com/maps", "://www.openstreetmap.org/", "://goo.gl/maps", "/maps?",
      "/maps/",
    ]
    if links.contains(where: { prefix.holds($0) }) {
      return TextSniff.isText(prefix)
    }
    // The sign for degrees, and letters behind it.
    guard prefix.holds("\u{B0}") else { return false }
    return [("N", "E"), ("N", "W"), ("S", "E"), ("S", "W"), ("N", "O")].contains { north, east in
      prefix.holds(north) && prefix.holds(east)
    } && TextSniff.isText(prefix)
  }
}

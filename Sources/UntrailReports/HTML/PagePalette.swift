/// The colours of the page, as RGB numbers, by the name of their CSS variable.
///
/// A test computes the contrast of every pair in `pairs`: at least 4.5 to 1 for text (WCAG 2.2, 1.4.3), 3 to 1 for
/// marks (1.4.11).
package struct PagePalette: Sendable {
  package let colors: [(name: String, rgb: UInt32)]

  package subscript(name: String) -> UInt32? { colors.first { $0.name == name }?.rgb }

  package static let light = PagePalette(colors: [
    ("text", 0x1B1F24), ("soft", 0x4A5560), ("page", 0xF6F7F9), ("card", 0xFFFFFF), ("line", 0xC9CFD6),
    ("link", 0x0B57A4), ("on-mark", 0xFFFFFF), ("critical", 0x9B1C1C), ("high", 0xA83A08),
    ("medium", 0x7A5200), ("low", 0x1F5F7A), ("info", 0x4A5560), ("mark", 0x0B57A4), ("home", 0x9B1C1C),
    ("work", 0x6B2FA0), ("sea", 0xEAF0F5), ("border", 0x77838F), ("town", 0x4A5560),
  ])

  package static let dark = PagePalette(colors: [
    ("text", 0xE8EBEE), ("soft", 0xB4BDC7), ("page", 0x12161B), ("card", 0x1B2128), ("line", 0x3D4752),
    ("link", 0x8CC4FF), ("on-mark", 0x12161B), ("critical", 0xFF9B9B), ("high", 0xFFB07A),
    ("medium", 0xF2CC6B), ("low", 0x8FD0EA), ("info", 0xB4BDC7), ("mark", 0x8CC4FF), ("home", 0xFF9B9B),
    ("work", 0xD3B0FF), ("sea", 0x151B22), ("border", 0x8592A0), ("town", 0xB4BDC7),
  ])

  /// What stands on what, and the least contrast.
  package static let pairs: [(front: String, back: String, contrast: Double)] = [
    ("text", "page", 4.5), ("text", "card", 4.5), ("soft", "page", 4.5), ("soft", "card", 4.5),
    ("link", "page", 4.5), ("link", "card", 4.5), ("on-mark", "critical", 4.5), ("on-mark", "high", 4.5),
    ("on-mark", "medium", 4.5), ("on-mark", "low", 4.5), ("on-mark", "info", 4.5), ("on-mark", "mark", 4.5),
    ("on-mark", "home", 4.5), ("on-mark", "work", 4.5), ("town", "sea", 4.5), ("text", "sea", 4.5),
    ("mark", "sea", 3), ("home", "sea", 3), ("work", "sea", 3), ("border", "sea", 3), ("mark", "card", 3),
  ]

  /// The declarations of the variables, as `--text:#1b1f24;`.
  var declarations: String {
    colors.map { name, rgb in
      let digits = String(rgb, radix: 16)
      return "--\(name):#" + String(repeating: "0", count: 6 - digits.count) + digits + ";"
    }.joined()
  }
}

internal import UntrailBytes
internal import UntrailModel

/// Appends HTML to a buffer.
struct Markup {
  let buffer: ByteBuffer

  init(_ buffer: ByteBuffer) { self.buffer = buffer }

  func put(_ html: String) { buffer.append(utf8: html) }

  /// An element with HTML inside, and a line break.
  func element(_ name: String, _ attributes: String = "", _ html: String) {
    put("<\(name)\(attributes.isEmpty ? "" : " " + attributes)>\(html)</\(name)>\n")
  }

  /// A table with a caption and a head. A cell may be longer than the head is told; the first is the row's head.
  ///
  /// - Parameters:
  ///   - columns: HTML of the heads, and whether the column holds numbers.
  ///   - isStacked: whether rows become blocks on narrow screens.
  func table(
    caption: String, columns: [(head: String, isNumber: Bool)], rows: [[String]], isStacked: Bool = true,
    style: String = ""
  ) {
    let kind = [isStacked ? "wide" : "", style].filter { !$0.isEmpty }.joined(separator: " ")
    // A region that scrolls must be reachable with the keyboard (WCAG 2.2, 2.1.1).
    put("<div class=\"scroll\" role=\"region\" tabindex=\"0\" aria-label=\"\(caption)\">\n")
    put("<table\(kind.isEmpty ? "" : " class=\"\(kind)\"") role=\"table\">\n<caption>\(caption)</caption>\n")
    put("<thead role=\"rowgroup\"><tr role=\"row\">")
    for column in columns {
      put(
        "<th scope=\"col\" role=\"columnheader\"\(column.isNumber ? " class=\"number\"" : "")>\(column.head)</th>"
      )
    }
    put("</tr></thead>\n<tbody role=\"rowgroup\">\n")
    for row in rows {
      put("<tr role=\"row\">")
      for (column, cell) in zip(columns, row) {
        let kind = column.isNumber ? " class=\"number\"" : ""
        put("<td role=\"cell\"\(kind) data-label=\"\(column.head)\">\(cell)</td>")
      }
      put("</tr>\n")
    }
    put("</tbody>\n</table>\n</div>\n")
  }

  /// A decimal fraction for SVG.
  static func decimal(_ value: Double, _ decimals: Int = 1) -> String {
    written { $0.append(value, decimals: decimals) }
  }

  /// - Parameter day: days since 1970-01-01.
  static func day(_ day: Int64) -> String {
    written { $0.timestamp(Timestamp(civilSeconds: day &* 86_400), toDay: true) }
  }

  private static func written(_ body: (ByteBuffer) -> Void) -> String {
    let buffer = ByteBuffer(capacity: 64)
    body(buffer)
    return buffer.text
  }
}

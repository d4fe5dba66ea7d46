internal import UntrailBytes
package import UntrailModel

/// Makes text from files harmless for a terminal: nothing in it can move the cursor, change colours, hide or
/// reorder what is shown.
package enum TerminalText {
  /// The way into a file, as it stands behind the file's path.
  package static func way(_ member: [String]) -> String {
    member.map { " > " + escaped($0) }.joined()
  }

  /// The text with every control, format and line-breaking character shown as \u{...}.
  package static func escaped(_ text: String) -> String {
    if text.utf8.allSatisfy({ $0 >= 0x20 && $0 < 0x7F && $0 != UInt8(ascii: "\\") }) { return text }
    var result = ""
    for scalar in text.unicodeScalars {
      switch scalar.properties.generalCategory {
      case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate, .privateUse, .unassigned:
        result += "\\u{\(String(scalar.value, radix: 16, uppercase: true))}"
      default:
        if scalar == "\\" { result += "\\\\" } else { result.unicodeScalars.append(scalar) }
      }
    }
    return result
  }

  /// A path as text: bytes that are not UTF-8 are shown as \xHH.
  package static func escaped(_ path: PathBytes) -> String {
    if let text = String(utf8: path.bytes) { return escaped(text) }
    var result = ""
    for byte in path.bytes {
      if byte >= 0x20, byte < 0x7F {
        result += byte == UInt8(ascii: "\\") ? "\\\\" : String(UnicodeScalar(byte))
      } else {
        result += "\\x" + (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true)
      }
    }
    return result
  }

  /// Breaks text at blanks into lines of at most `width` characters; a longer word gets a line of its own.
  static func wrapped(_ text: String, width: Int) -> [String] {
    var lines: [String] = []
    var line = ""
    for word in text.split(whereSeparator: { $0 == " " || $0 == "\n" }) {
      if !line.isEmpty, line.count + 1 + word.count > width {
        lines.append(line)
        line = ""
      }
      line += line.isEmpty ? String(word) : " " + word
    }
    if !line.isEmpty { lines.append(line) }
    return lines
  }
}

/// How a text report is laid out.
package struct TextStyle: Sendable {
  /// Characters in a line.
  package var width: Int
  package var usesColor: Bool
  /// How many files of a finding are named; nil for all.
  package var fileLimit: Int?
  /// The coverages of which every file is listed.
  package var listed: Set<Coverage>

  package init(width: Int = 80, usesColor: Bool = false, fileLimit: Int? = 3, listed: Set<Coverage> = []) {
    self.width = width
    self.usesColor = usesColor
    self.fileLimit = fileLimit
    self.listed = listed
  }

  /// - Parameter code: of ECMA-48 SGR, as "1;31".
  func colored(_ text: String, _ code: String) -> String {
    usesColor ? "\u{1B}[\(code)m\(text)\u{1B}[0m" : text
  }
}

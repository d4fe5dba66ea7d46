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

  /// Columns that a text takes in a terminal.
  static func width(_ text: String) -> Int { text.reduce(0) { $0 + width($1) } }

  /// Ideographs and what stands among them take two columns; marks and signs of direction take none.
  private static func width(_ character: Character) -> Int {
    guard let first = character.unicodeScalars.first else { return 0 }
    switch first.properties.generalCategory {
    case .format, .nonspacingMark, .enclosingMark: return 0
    default: return isWide(first) ? 2 : 1
    }
  }

  /// Source: Unicode 16, EastAsianWidth.txt, the blocks whose characters are W or F.
  private static func isWide(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x1100...0x115F, 0x2E80...0x303E, 0x3041...0x4DBF, 0x4E00...0xA4CF, 0xAC00...0xD7A3, 0xF900...0xFAFF,
      0xFE30...0xFE4F, 0xFF01...0xFF60, 0xFFE0...0xFFE6, 0x1F300...0x1F64F, 0x1F900...0x1F9FF,
      0x20000...0x3FFFD:
      true
    default: false
    }
  }

  /// What stays on the line of the ideograph before it.
  private static let closing: Set<Character> = [
    "\u{3001}", "\u{3002}", "\u{FF0C}", "\u{FF0E}", "\u{FF1A}", "\u{FF1B}", "\u{FF01}", "\u{FF1F}",
    "\u{FF09}",
    "\u{300D}", "\u{300F}", "\u{300B}", "\u{3011}", "\u{201D}", "\u{2019}",
  ]

  /// What stays on the line of the ideograph behind it.
  private static let opening: Set<Character> = [
    "\u{FF08}", "\u{300C}", "\u{300E}", "\u{300A}", "\u{3010}", "\u{201C}", "\u{2018}",
  ]

  /// A run of a text that is not broken.
  private struct Run {
    var text: String
    var width: Int
    var hasBlankBefore: Bool
  }

  /// Breaks text at blanks and between ideographs into lines of at most `width` columns; a longer word gets a line of
  /// its own.
  static func wrapped(_ text: String, width: Int) -> [String] {
    var lines: [String] = []
    var line = ""
    var used = 0
    for run in runs(text) {
      let blank = run.hasBlankBefore && !line.isEmpty ? 1 : 0
      if !line.isEmpty, used + blank + run.width > width {
        lines.append(line)
        (line, used) = (run.text, run.width)
      } else {
        line += (blank == 1 ? " " : "") + run.text
        used += blank + run.width
      }
    }
    if !line.isEmpty { lines.append(line) }
    return lines
  }

  private static func runs(_ text: String) -> [Run] {
    var runs: [Run] = []
    var isBehindBlank = false
    // Whether the next character begins a run of its own.
    var isBreakable = true
    for character in text {
      if character == " " || character == "\n" {
        isBehindBlank = true
        isBreakable = true
        continue
      }
      let columns = width(character)
      let isIdeograph = columns == 2
      let isNew = isBehindBlank || (isBreakable || isIdeograph) && !closing.contains(character)
      if isNew || runs.isEmpty {
        let follows = runs.last.map { $0.text.last.map(opening.contains) ?? false } ?? false
        if follows, !isBehindBlank {
          runs[runs.count - 1].text.append(character)
          runs[runs.count - 1].width += columns
        } else {
          runs.append(Run(text: String(character), width: columns, hasBlankBefore: isBehindBlank))
        }
      } else {
        runs[runs.count - 1].text.append(character)
        runs[runs.count - 1].width += columns
      }
      isBehindBlank = false
      isBreakable = isIdeograph
    }
    return runs
  }
}

/// How a text report is laid out.
package struct TextStyle: Sendable {
  /// Characters in a line.
  package var width: Int
  package var usesColor: Bool
  /// Whether only a summary is given, on one screen.
  package var isSummary = false
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

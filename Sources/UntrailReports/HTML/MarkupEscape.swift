internal import UntrailBytes
internal import UntrailModel

/// Makes text harmless for HTML, in elements and in quoted attributes.
package enum MarkupEscape {
  /// The text with `& < > " '` as character references. For words that are ours.
  package static func escaped(_ text: String) -> String {
    guard text.utf8.contains(where: { isSpecial($0) }) else { return text }
    var result = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": result += "&amp;"
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      case "\"": result += "&quot;"
      case "'": result += "&#39;"
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }

  /// The same for text from files: characters that cannot be seen, or turn the direction, become visible first.
  package static func untrusted(_ text: String) -> String { escaped(TerminalText.escaped(text)) }

  private static func isSpecial(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "&"), UInt8(ascii: "<"), UInt8(ascii: ">"), UInt8(ascii: "\""), UInt8(ascii: "'"): true
    default: false
    }
  }
}

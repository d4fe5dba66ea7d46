internal import Yams

/// Composes YAML that people write by hand: small, and without anchors and aliases, which can make a short file
/// stand for a very long one.
enum YAMLFile {
  /// The longest file that is read, in bytes.
  static let sizeLimit = 64 * 1024

  /// - Throws: where the file is too long, empty, no YAML, or holds an anchor or an alias.
  static func compose(_ yaml: String, path: String) throws(RuleError) -> Node {
    func failure(_ message: String, _ line: Int = 0, _ column: Int = 0) -> RuleError {
      RuleError(path: path, line: line, column: column, key: "", message: message)
    }
    guard yaml.utf8.count <= sizeLimit else { throw failure("longer than \(sizeLimit) bytes") }
    if let place = reference(in: yaml) {
      throw failure(
        "anchors (&) and aliases (*) are not read; put a text that begins so in quotes",
        place.line, place.column)
    }
    do {
      if let node = try Yams.compose(yaml: yaml) { return node }
    } catch let error as YamlError {
      switch error {
      case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
        .composer(_, let problem, let mark, _):
        throw failure("this is not YAML: \(problem)", mark.line, mark.column)
      default: throw failure("this is not YAML: \(error)")
      }
    } catch {
      throw failure("this is not YAML: \(error)")
    }
    throw failure("the file is empty", 1, 1)
  }

  /// The first `&` or `*` with which a value may begin. Errs on the side of refusing.
  private static func reference(in yaml: String) -> (line: Int, column: Int)? {
    var (line, column) = (1, 0)
    var quote: UInt8 = 0
    var isComment = false
    var isEscaped = false
    // Whether a value may begin here, and whether a tag is being read, behind which one may.
    var (mayBegin, isTag) = (true, false)
    var last = UInt8(ascii: "\n")
    for byte in yaml.utf8 {
      column += 1
      defer { last = byte }
      if byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r") {
        if byte == UInt8(ascii: "\n") { line += 1 }
        (column, isComment, isEscaped) = (0, false, false)
        // What looks like a quote may be a part of a plain text: it hides no more than its line.
        (quote, mayBegin, isTag) = (0, true, false)
        continue
      }
      if isComment { continue }
      if quote != 0 {
        if isEscaped {
          isEscaped = false
        } else if quote == UInt8(ascii: "\""), byte == UInt8(ascii: "\\") {
          isEscaped = true
        } else if byte == quote {
          quote = 0
        }
        continue
      }
      let isAfterSpace = last == UInt8(ascii: " ") || last == UInt8(ascii: "\t") || column == 1
      switch byte {
      case UInt8(ascii: " "), UInt8(ascii: "\t"):
        if isTag { (mayBegin, isTag) = (true, false) }
      case UInt8(ascii: "#") where isAfterSpace: isComment = true
      case UInt8(ascii: "&"), UInt8(ascii: "*"):
        if mayBegin { return (line, column) }
      case UInt8(ascii: "\""), UInt8(ascii: "'"):
        let isFlow = last == UInt8(ascii: "[") || last == UInt8(ascii: "{") || last == UInt8(ascii: ",")
        if mayBegin, isAfterSpace || isFlow { quote = byte }
        mayBegin = false
      case UInt8(ascii: "!"):
        if mayBegin { isTag = true }
        mayBegin = false
      case UInt8(ascii: ":"), UInt8(ascii: ","), UInt8(ascii: "["), UInt8(ascii: "{"):
        mayBegin = !isTag
      case UInt8(ascii: "?"), UInt8(ascii: "-"): break
      default: mayBegin = false
      }
    }
    return nil
  }
}

internal import Yams

/// Reads the text of a YAML file that somebody else may have written.
///
/// Aliases and anchors are refused before anything is made of them: a file of 64 KiB could otherwise stand for more
/// than fits into any memory.
enum YAMLComposer {
  /// Mappings and lists in each other.
  private static let depthLimit = 40

  /// - Throws: for what is no YAML, for more than `sizeLimit` bytes, and for aliases, anchors and too much depth.
  static func compose(_ yaml: String, path: String, sizeLimit: Int) throws(RuleError) -> Node {
    guard yaml.utf8.count <= sizeLimit else {
      throw RuleError(path: path, line: 0, column: 0, key: "", message: "longer than \(sizeLimit) bytes")
    }
    try refuseAliases(yaml, path)
    let node = try node(yaml, path)
    try refuseDepth(node, path, "", 0)
    return node
  }

  private static func node(_ yaml: String, _ path: String) throws(RuleError) -> Node {
    func failure(_ mark: Mark?, _ problem: String) -> RuleError {
      RuleError(
        path: path, line: mark?.line ?? 0, column: mark?.column ?? 0, key: "",
        message: "this is not YAML: \(problem)")
    }
    do {
      if let node = try Yams.compose(yaml: yaml) { return node }
    } catch let error as YamlError {
      switch error {
      case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
        .composer(_, let problem, let mark, _):
        throw failure(mark, problem)
      case .duplicatedKeysInMapping(let duplicates, let context):
        throw RuleError(
          path: path, line: context.mark.line, column: context.mark.column, key: duplicates.first ?? "",
          message: "this key stands twice in one mapping")
      case .reader(let problem, _, _, _): throw failure(nil, problem)
      default: throw failure(nil, "\(error)")
      }
    } catch {
      throw failure(nil, "\(error)")
    }
    throw RuleError(path: path, line: 1, column: 1, key: "", message: "the file is empty")
  }

  private static func refuseDepth(_ node: Node, _ path: String, _ key: String, _ depth: Int) throws(RuleError)
  {
    guard depth <= depthLimit else {
      throw RuleError(
        path: path, line: node.mark?.line ?? 0, column: node.mark?.column ?? 0, key: key,
        message: "mappings and lists stand more than \(depthLimit) deep")
    }
    switch node {
    case .mapping(let mapping):
      for (name, value) in mapping {
        try refuseDepth(name, path, key, depth + 1)
        try refuseDepth(value, path, name.string ?? key, depth + 1)
      }
    case .sequence(let sequence): for element in sequence { try refuseDepth(element, path, key, depth + 1) }
    case .scalar, .alias: break
    }
  }

  // MARK: Aliases

  private struct Place: Hashable {
    /// From 1, as the parser counts them.
    var line: Int
    var column: Int
  }

  /// Refuses a text in which an alias or an anchor stands.
  ///
  /// Each `*` and `&` is made an `x`, and what then starts at the place of one would have been an alias or an anchor:
  /// up to the first of them the parser reads both texts alike, and inside quotes, comments and texts an `x` is as good.
  private static func refuseAliases(_ yaml: String, _ path: String) throws(RuleError) {
    guard yaml.utf8.contains(where: isIndicator) else { return }
    func failure(_ place: Place) -> RuleError {
      RuleError(
        path: path, line: place.line, column: place.column, key: "",
        message: "aliases and anchors are not allowed; write the value out, or quote a text that starts so")
    }
    let places = indicators(yaml)
    let neutral = String(decoding: yaml.utf8.map { isIndicator($0) ? UInt8(ascii: "x") : $0 }, as: UTF8.self)
    let root: Node
    do { root = try node(neutral, path) } catch {
      guard let first = places.first(where: \.isAtStart) else { throw error }
      throw failure(first.place)
    }
    var starts: Set<Place> = []
    collect(root, into: &starts)
    if let first = places.first(where: { starts.contains($0.place) }) { throw failure(first.place) }
  }

  private static func isIndicator(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: "*") || byte == UInt8(ascii: "&")
  }

  /// Where `*` and `&` stand, and whether what is before them on their line lets a value start there.
  private static func indicators(_ yaml: String) -> [(place: Place, isAtStart: Bool)] {
    var places: [(Place, Bool)] = []
    var place = Place(line: 1, column: 1)
    var last: Unicode.Scalar = "\n"
    var previous: Unicode.Scalar = "\n"
    for scalar in yaml.unicodeScalars {
      if scalar == "*" || scalar == "&" {
        let isFirst = last == "\n" || "[{,:?-".unicodeScalars.contains(last)
        places.append((place, isFirst && (previous == last || previous == " ")))
      }
      switch scalar {
      case "\n" where previous == "\r": break
      case "\n", "\r", "\u{85}", "\u{2028}", "\u{2029}":
        place = Place(line: place.line + 1, column: 1)
        last = "\n"
      default:
        place.column += 1
        if scalar != " ", scalar != "\t" { last = scalar }
      }
      previous = scalar == "\t" ? " " : scalar
    }
    return places
  }

  private static func collect(_ node: Node, into starts: inout Set<Place>) {
    switch node {
    case .scalar(let scalar):
      // Quotes and texts of several lines start with signs of their own.
      if let mark = scalar.mark, scalar.style == .plain {
        starts.insert(Place(line: mark.line, column: mark.column))
      }
    case .mapping(let mapping):
      for (key, value) in mapping {
        collect(key, into: &starts)
        collect(value, into: &starts)
      }
    case .sequence(let sequence): for element in sequence { collect(element, into: &starts) }
    case .alias: break
    }
  }
}

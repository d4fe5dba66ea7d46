/// Reads a regular expression. Refuses all that a finite automaton cannot do.
struct LinearPatternParser {
  typealias Flaw = LinearPattern.Flaw

  indirect enum Node {
    case empty
    case single(LinearPattern.Step, Int)
    case sequence([Node])
    case choice([Node], Int)
    case repeated(Node, Int, Int?, Int)
  }

  private let scalars: [Unicode.Scalar]
  private var place = 0

  init(_ expression: String) { scalars = Array(expression.unicodeScalars) }

  mutating func parse() throws(Flaw) -> Node {
    guard !scalars.isEmpty else { throw Flaw(offset: 0, message: "an empty pattern matches every text") }
    guard scalars.count <= LinearPattern.lengthLimit else {
      throw Flaw(offset: 0, message: "the pattern is longer than \(LinearPattern.lengthLimit) characters")
    }
    let node = try choice(depth: 0)
    guard place == scalars.count else {
      throw Flaw(offset: place, message: "this bracket closes nothing; write \\) for the character")
    }
    return node
  }

  private var next: Unicode.Scalar? { place < scalars.count ? scalars[place] : nil }

  private mutating func take(_ scalar: Unicode.Scalar) -> Bool {
    guard next == scalar else { return false }
    place += 1
    return true
  }

  private mutating func choice(depth: Int) throws(Flaw) -> Node {
    guard depth <= LinearPattern.depthLimit else {
      throw Flaw(offset: place, message: "groups stand more than \(LinearPattern.depthLimit) deep")
    }
    let offset = place
    var parts = [try sequence(depth: depth)]
    while take("|") { parts.append(try sequence(depth: depth)) }
    return parts.count == 1 ? parts[0] : .choice(parts, offset)
  }

  private mutating func sequence(depth: Int) throws(Flaw) -> Node {
    var parts: [Node] = []
    while let scalar = next, scalar != "|", scalar != ")" {
      let offset = place
      let (part, isRepeatable) = try item(depth: depth)
      parts.append(try repeated(part, offset, isRepeatable: isRepeatable))
    }
    return parts.isEmpty ? .empty : parts.count == 1 ? parts[0] : .sequence(parts)
  }

  private mutating func repeated(_ part: Node, _ start: Int, isRepeatable: Bool) throws(Flaw) -> Node {
    let offset = place
    var bounds: (least: Int, most: Int?)
    switch next {
    case "*": bounds = (0, nil)
    case "+": bounds = (1, nil)
    case "?": bounds = (0, 1)
    case "{": bounds = (0, 0)
    default: return part
    }
    guard isRepeatable else { throw Flaw(offset: offset, message: "there is nothing here to repeat") }
    place += 1
    if scalars[offset] == "{" { bounds = try self.bounds(offset) }
    switch next {
    case "?":
      throw Flaw(
        offset: place, message: "lazy repeats are not supported: a pattern is only asked whether it matches")
    case "+":
      throw Flaw(offset: place, message: "possessive repeats are not supported")
    case "*", "{":
      throw Flaw(offset: place, message: "a repeat of a repeat; put the inner one into a group")
    default: break
    }
    return .repeated(part, bounds.least, bounds.most, start)
  }

  private mutating func bounds(_ offset: Int) throws(Flaw) -> (least: Int, most: Int?) {
    func number(_ parser: inout Self) -> Int? {
      var value: Int?
      while let scalar = parser.next, ("0"..."9").contains(scalar) {
        value = min((value ?? 0) * 10 + Int(scalar.value - 0x30), 1_000_000)
        parser.place += 1
      }
      return value
    }
    guard let least = number(&self) else {
      throw Flaw(offset: offset, message: "a number of repeats must stand here; write \\{ for the character")
    }
    var most: Int? = least
    if take(",") { most = number(&self) }
    guard take("}") else {
      throw Flaw(offset: offset, message: "this brace is not closed as {2}, {2,} or {2,5}")
    }
    guard max(least, most ?? 0) <= LinearPattern.stateLimit else {
      throw Flaw(offset: offset, message: "more than \(LinearPattern.stateLimit) repeats")
    }
    guard least <= most ?? least else { throw Flaw(offset: offset, message: "at least more than at most") }
    return (least, most)
  }

  /// One character, set, assertion or group, and whether it can be repeated.
  private mutating func item(depth: Int) throws(Flaw) -> (Node, Bool) {
    let offset = place
    let scalar = scalars[place]
    place += 1
    switch scalar {
    case "(":
      if take("?") {
        guard take(":") else {
          throw Flaw(
            offset: offset, message: "only (?:…) is supported: no lookaround, no named groups, no options")
        }
      }
      let inner = try choice(depth: depth + 1)
      guard take(")") else { throw Flaw(offset: offset, message: "this group is not closed") }
      return (inner, true)
    case "[": return (.single(.set(try set(offset)), offset), true)
    case ".": return (.single(.any, offset), true)
    case "^": return (.single(.check(.start), offset), false)
    case "$": return (.single(.check(.end), offset), false)
    case "*", "+", "?", "{": throw Flaw(offset: offset, message: "there is nothing here to repeat")
    case "\\":
      switch try escape(offset) {
      case .scalar(let value): return (.single(.scalar(CaseFolding.fold(value)), offset), true)
      case .set(let set): return (.single(.set(set), offset), true)
      case .check(let assertion): return (.single(.check(assertion), offset), false)
      }
    default: return (.single(.scalar(CaseFolding.fold(scalar)), offset), true)
    }
  }

  private enum Escape {
    case scalar(Unicode.Scalar)
    case set(ScalarSet)
    case check(LinearPattern.Assertion)
  }

  private mutating func escape(_ offset: Int) throws(Flaw) -> Escape {
    guard let scalar = next else {
      throw Flaw(offset: offset, message: "nothing stands behind the backslash")
    }
    place += 1
    switch scalar {
    case "d", "D": return .set(ScalarSet(ranges: ScalarSet.digits, isNegated: scalar == "D"))
    case "w", "W": return .set(ScalarSet(hasWords: true, isNegated: scalar == "W"))
    case "s", "S": return .set(ScalarSet(ranges: ScalarSet.spaces, isNegated: scalar == "S"))
    case "b": return .check(.wordBoundary)
    case "B": return .check(.noWordBoundary)
    case "t": return .scalar("\t")
    case "n": return .scalar("\n")
    case "r": return .scalar("\r")
    case "0"..."9", "k", "g":
      throw Flaw(
        offset: offset, message: "back references are not supported: they take more than linear time")
    case "a"..."z", "A"..."Z":
      throw Flaw(offset: offset, message: "\\\(scalar) is not supported")
    default: return .scalar(scalar)
    }
  }

  /// What stands between brackets.
  private mutating func set(_ offset: Int) throws(Flaw) -> ScalarSet {
    var set = ScalarSet()
    set.isNegated = take("^")
    var isFirst = true
    while let scalar = next, isFirst || scalar != "]" {
      isFirst = false
      let start = place
      guard let low = try member(&set) else { continue }
      guard next == "-", place + 1 < scalars.count, scalars[place + 1] != "]" else {
        set.add(low.value...low.value)
        continue
      }
      place += 1
      guard let high = try member(&set) else {
        throw Flaw(offset: start, message: "a range between characters must stand here")
      }
      guard low.value <= high.value else { throw Flaw(offset: start, message: "this range runs backwards") }
      set.add(low.value...high.value)
    }
    guard take("]") else { throw Flaw(offset: offset, message: "this set is not closed") }
    return set
  }

  /// A character of a set; nil where a class was added to it.
  private mutating func member(_ set: inout ScalarSet) throws(Flaw) -> Unicode.Scalar? {
    let offset = place
    let scalar = scalars[place]
    place += 1
    if scalar == "[", next == ":" || next == "." || next == "=" {
      throw Flaw(offset: offset, message: "named classes are not supported; write \\d, \\w or \\s")
    }
    guard scalar == "\\" else { return scalar }
    switch try escape(offset) {
    case .scalar(let value): return value
    case .set(let inner):
      guard !inner.isNegated else {
        throw Flaw(offset: offset, message: "a negated class cannot stand inside a set")
      }
      set.ranges += inner.ranges
      set.hasWords = set.hasWords || inner.hasWords
      return nil
    case .check: throw Flaw(offset: offset, message: "an assertion cannot stand inside a set")
    }
  }
}

extension ScalarSet {
  /// Adds characters, and the small letters of the capital ones among them.
  fileprivate mutating func add(_ range: ClosedRange<UInt32>) {
    ranges.append(range)
    if range.count == 1, let scalar = Unicode.Scalar(range.lowerBound) {
      let folded = CaseFolding.fold(scalar)
      ranges.append(folded...folded)
      return
    }
    // Ranges of the scripts that have two cases: Latin, Greek, Cyrillic and their neighbours.
    let capitals = range.clamped(to: 0x41...0x2CFF)
    guard capitals.overlaps(range) else { return }
    for value in capitals where range.contains(value) {
      guard let scalar = Unicode.Scalar(value) else { continue }
      let folded = CaseFolding.fold(scalar)
      if !range.contains(folded), ranges.last.map({ !$0.contains(folded) }) ?? true {
        if let last = ranges.last, ranges.count > 1, last.upperBound &+ 1 == folded {
          ranges[ranges.count - 1] = last.lowerBound...folded
        } else {
          ranges.append(folded...folded)
        }
      }
    }
  }
}

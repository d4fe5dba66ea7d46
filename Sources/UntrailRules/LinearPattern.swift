/// A regular expression that is matched in a time that grows with the text, whatever it is: the product of the text's
/// length and the expression's states, of which there are at most 1,000.
///
/// Letters match whatever their case. There is what a finite automaton can do and nothing else: characters, `.`,
/// `[a-z]`, `[^a-z]`, `\d \w \s \D \W \S \b \B`, `^`, `$`, groups, `|`, and `* + ? {m} {m,} {m,n}`. All states are followed
/// at once, so nothing is tried twice.
///
/// Source: K. Thompson, "Programming Techniques: Regular expression search algorithm", CACM 11 (1968).
package struct LinearPattern: Sendable {
  package static let stateLimit = 1000
  /// Characters of an expression.
  package static let lengthLimit = 1000
  static let depthLimit = 32

  /// Why an expression is refused, and at which of its characters, from 0.
  package struct Flaw: Error, Equatable {
    package var offset: Int
    package var message: String
  }

  enum Step: Sendable {
    case scalar(UInt32)
    case any
    case set(ScalarSet)
    case split(Int, Int)
    case jump(Int)
    case check(Assertion)
    case match
  }

  enum Assertion: Sendable {
    case start
    case end
    case wordBoundary
    case noWordBoundary
  }

  private let steps: [Step]
  private let startsAtStart: Bool

  /// - Throws: for what is no regular expression, and for what does not run in linear time.
  package init(_ expression: String) throws(Flaw) {
    var parser = LinearPatternParser(expression)
    let node = try parser.parse()
    var steps: [Step] = []
    try Self.emit(node, &steps)
    steps.append(.match)
    self.steps = steps
    if case .check(.start) = steps[0] { startsAtStart = true } else { startsAtStart = false }
  }

  /// How many states the expression has.
  package var stateCount: Int { steps.count }

  private static func emit(_ node: LinearPatternParser.Node, _ steps: inout [Step]) throws(Flaw) {
    func add(_ step: Step, _ offset: Int) throws(Flaw) {
      guard steps.count < stateLimit - 1 else {
        throw Flaw(offset: offset, message: "the pattern has more than \(stateLimit) states")
      }
      steps.append(step)
    }
    switch node {
    case .empty: break
    case .single(let step, let offset): try add(step, offset)
    case .sequence(let parts): for part in parts { try emit(part, &steps) }
    case .choice(let parts, let offset):
      var jumps: [Int] = []
      for (place, part) in parts.enumerated() {
        guard place < parts.count - 1 else {
          try emit(part, &steps)
          continue
        }
        let split = steps.count
        try add(.split(split + 1, 0), offset)
        try emit(part, &steps)
        jumps.append(steps.count)
        try add(.jump(0), offset)
        steps[split] = .split(split + 1, steps.count)
      }
      for jump in jumps { steps[jump] = .jump(steps.count) }
    case .repeated(let part, let least, let most, let offset):
      let start = steps.count
      for _ in 0..<least {
        try emit(part, &steps)
        // What has no state is the same however often it stands there.
        if steps.count == start { return }
      }
      guard let most else {
        let split = steps.count
        try add(.split(split + 1, 0), offset)
        try emit(part, &steps)
        try add(.jump(split), offset)
        steps[split] = .split(split + 1, steps.count)
        return
      }
      var splits: [Int] = []
      for _ in least..<max(least, most) {
        splits.append(steps.count)
        try add(.split(0, 0), offset)
        try emit(part, &steps)
      }
      for split in splits { steps[split] = .split(split + 1, steps.count) }
    }
  }

  // MARK: Matching

  /// Whether the expression matches a part of the text.
  package func matches(_ text: String) -> Bool {
    var current = StateSet(steps.count)
    var next = StateSet(steps.count)
    var stack: [Int] = []
    var previous: UInt32?
    var scalars = text.unicodeScalars.makeIterator()
    var scalar = scalars.next().map(CaseFolding.fold)
    while true {
      if previous == nil || !startsAtStart {
        if follow(0, previous, scalar, &current, &stack) { return true }
      }
      guard let here = scalar else { return false }
      if current.members.isEmpty, startsAtStart { return false }
      let following = scalars.next().map(CaseFolding.fold)
      next.removeAll()
      for state in current.members {
        let isMet =
          switch steps[state] {
          case .scalar(let wanted): wanted == here
          case .any: true
          case .set(let set): set.contains(here)
          default: false
          }
        if isMet, follow(state + 1, here, following, &next, &stack) { return true }
      }
      swap(&current, &next)
      previous = here
      scalar = following
    }
  }

  /// Adds a state and all that can be reached from it without a character.
  ///
  /// - Returns: whether the end of the expression is among them.
  private func follow(
    _ state: Int, _ previous: UInt32?, _ here: UInt32?, _ set: inout StateSet, _ stack: inout [Int]
  ) -> Bool {
    stack.append(state)
    while let state = stack.popLast() {
      guard set.insert(state) else { continue }
      switch steps[state] {
      case .match:
        stack.removeAll(keepingCapacity: true)
        return true
      case .jump(let target): stack.append(target)
      case .split(let one, let other):
        stack.append(other)
        stack.append(one)
      case .check(let assertion):
        let isBoundary =
          (previous.map(ScalarSet.isWord) ?? false) != (here.map(ScalarSet.isWord) ?? false)
        let holds =
          switch assertion {
          case .start: previous == nil
          case .end: here == nil
          case .wordBoundary: isBoundary
          case .noWordBoundary: !isBoundary
          }
        if holds { stack.append(state + 1) }
      case .scalar, .any, .set: break
      }
    }
    return false
  }
}

/// States that are followed at once: each stands in it once.
private struct StateSet {
  private(set) var members: [Int] = []
  private var places: [Int]

  init(_ count: Int) {
    places = Array(repeating: 0, count: count)
    members.reserveCapacity(count)
  }

  /// - Returns: false where it was there already.
  mutating func insert(_ state: Int) -> Bool {
    let place = places[state]
    if place < members.count, members[place] == state { return false }
    places[state] = members.count
    members.append(state)
    return true
  }

  mutating func removeAll() { members.removeAll(keepingCapacity: true) }
}

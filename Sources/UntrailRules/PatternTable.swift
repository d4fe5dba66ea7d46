internal import UntrailModel

/// The patterns of all conditions by number, and which of them admit an observation by its kind and role.
///
/// Most files have nothing of what most rules look for. So one set of numbers for a whole file, made from a table,
/// decides which rules are looked at.
final class PatternTable: Sendable {
  private let patterns: [PreparedPattern]
  /// For each kind and role, at the code of an index entry, the numbers of the patterns that admit it.
  private let admitting: [NumberSet]
  /// The same numbers one after another, and where those of a code start.
  private let numbers: [UInt32]
  private let starts: [Int32]

  init(_ patterns: [ObservationPattern], _ context: AuditContext) {
    self.patterns = patterns.map { PreparedPattern($0, context) }
    var admitting: [NumberSet] = []
    var lists: [[UInt32]] = []
    for (number, pattern) in self.patterns.enumerated() where !pattern.isImpossible {
      for role in Role.allCases where pattern.roles.contains(role) {
        let code = Int(ObservationIndex.Entry(pattern.kind, role).code)
        while admitting.count <= code {
          admitting.append(NumberSet())
          lists.append([])
        }
        admitting[code].insert(number)
        lists[code].append(UInt32(number))
      }
    }
    self.admitting = admitting
    numbers = lists.flatMap { $0 }
    starts = lists.reduce(into: [0]) { $0.append($0[$0.count - 1] + Int32($1.count)) }
  }

  /// Gives the numbers of the patterns that admit observations of this kind and role, in their order.
  @inline(__always)
  func forEach(admitting entry: ObservationIndex.Entry, _ body: (UInt32) -> Void) {
    let code = Int(entry.code)
    guard code < admitting.count else { return }
    for place in Int(starts[code])..<Int(starts[code + 1]) { body(numbers[place]) }
  }

  /// False only where a pattern does not admit observations of this kind and role.
  func mayAdmit(_ number: Int, _ entry: ObservationIndex.Entry) -> Bool {
    let code = Int(entry.code)
    return code < admitting.count && admitting[code].mayContain(number)
  }

  /// Whether an observation is as a pattern describes it.
  func holds(_ number: Int, _ observation: borrowing Observation) -> Bool {
    patterns[number].matches(observation)
  }

  /// The patterns that admit one of the entries or more.
  func admitted(_ entries: [ObservationIndex.Entry]) -> NumberSet {
    var all = NumberSet()
    for entry in entries where Int(entry.code) < admitting.count { all.formUnion(admitting[Int(entry.code)]) }
    return all
  }
}

/// A set of small numbers as bits. All numbers from 511 on share one bit.
struct NumberSet: Sendable {
  private var bits: SIMD8<UInt64> = .zero

  mutating func insert(_ number: Int) {
    let bit = min(number, 511)
    bits[bit >> 6] |= 1 << UInt64(bit & 63)
  }

  /// False only where the number is not in the set.
  func mayContain(_ number: Int) -> Bool {
    let bit = min(number, 511)
    return bits[bit >> 6] & 1 << UInt64(bit & 63) != 0
  }

  mutating func formUnion(_ other: NumberSet) { bits |= other.bits }

  /// True where every number may be in the other set.
  func mayBeSubset(of other: NumberSet) -> Bool { bits & ~other.bits == .zero }
}

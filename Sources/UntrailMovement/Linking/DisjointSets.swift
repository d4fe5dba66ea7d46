/// Sets of numbers that are joined and never parted: union by the smaller number, with path halving.
///
/// Source: R. Tarjan, J. van Leeuwen, "Worst-case Analysis of Set Union Algorithms", Journal of the ACM 31, 1984.
struct DisjointSets: Sendable {
  private var parents: [UInt32] = []

  var count: Int { parents.count }

  /// - Returns: the number of a new set.
  mutating func add() -> UInt32 {
    let number = UInt32(truncatingIfNeeded: parents.count)
    parents.append(number)
    return number
  }

  /// The smallest number of the set.
  mutating func root(_ number: UInt32) -> UInt32 {
    var number = number
    while parents[Int(number)] != number {
      parents[Int(number)] = parents[Int(parents[Int(number)])]
      number = parents[Int(number)]
    }
    return number
  }

  /// - Returns: the number that stands for both from now on, and the one that no longer stands for any.
  mutating func join(_ first: UInt32, _ other: UInt32) -> (kept: UInt32, gone: UInt32)? {
    let (one, two) = (root(first), root(other))
    guard one != two else { return nil }
    let (kept, gone) = (min(one, two), max(one, two))
    parents[Int(gone)] = kept
    return (kept, gone)
  }
}

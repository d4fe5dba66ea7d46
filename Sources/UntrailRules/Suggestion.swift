/// Finds the word that was probably meant.
package enum Suggestion {
  /// The nearest of the words where it is at most a third of its length away; nil where none is.
  package static func nearest(to word: String, among words: [String]) -> String? {
    several(near: word, among: words).first
  }

  /// The words that are at most a third of their length away, nearest first; at most three.
  package static func several(near word: String, among words: [String]) -> [String] {
    let ranked = Set(words).map { (word: $0, distance: distance(word.lowercased(), $0.lowercased())) }
    let near = ranked.filter { $0.distance <= max(1, $0.word.count / 3) }
    return near.sorted { ($0.distance, $0.word) < ($1.distance, $1.word) }.prefix(3).map(\.word)
  }

  /// `Did you mean a, b or c?` with a blank before it; empty where no word is near.
  ///
  /// Where none is near as a whole, those that have a part in common, as `place` in `exact-place`, count as near.
  package static func question(_ word: String, among words: [String]) -> String {
    var near = several(near: word, among: words)
    if near.isEmpty {
      let parts = Set(word.lowercased().split(separator: "-").filter { $0.count > 3 })
      let related = words.filter { !parts.isDisjoint(with: $0.split(separator: "-")) }
      let ranked = Set(related).map { (word: $0, distance: distance(word.lowercased(), $0)) }
      near = ranked.sorted { ($0.distance, $0.word) < ($1.distance, $1.word) }.prefix(3).map(\.word)
    }
    guard let last = near.last else { return "" }
    let others = near.dropLast().joined(separator: ", ")
    return " Did you mean \(others.isEmpty ? last : others + " or " + last)?"
  }

  /// The optimal string alignment distance: two letters that changed places are one mistake.
  private static func distance(_ left: String, _ right: String) -> Int {
    let left = Array(left.prefix(64))
    let right = Array(right.prefix(64))
    var earlier: [Int] = []
    var previous = Array(0...right.count)
    for (index, letter) in left.enumerated() {
      var row = [index + 1]
      row.reserveCapacity(right.count + 1)
      for (column, other) in right.enumerated() {
        var least = min(
          previous[column] + (letter == other ? 0 : 1), previous[column + 1] + 1, row[column] + 1)
        if index > 0, column > 0, letter == right[column - 1], left[index - 1] == other {
          least = min(least, earlier[column - 1] + 1)
        }
        row.append(least)
      }
      (earlier, previous) = (previous, row)
    }
    return previous[right.count]
  }
}

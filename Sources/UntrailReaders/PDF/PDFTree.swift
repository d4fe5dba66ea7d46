/// Trees of objects: pages, names, fields. Branches that lead back are followed once.
struct PDFTree {
  private var waiting: [(object: PDFObject, depth: Int)]
  private var seen: Set<PDFReference> = []
  private let nesting: Int
  private var left: Int

  init(_ roots: [PDFObject], nesting: Int, limit: Int) {
    waiting = roots.reversed().map { ($0, 0) }
    self.nesting = nesting
    left = limit
  }

  /// The next object that was not met before, and how deep it stands; nil at the end.
  mutating func next() -> (object: PDFObject, depth: Int)? {
    while let step = waiting.popLast() {
      guard left > 0 else { return nil }
      left -= 1
      if let reference = step.object.reference, !seen.insert(reference).inserted { continue }
      return step
    }
    return nil
  }

  /// Adds the branches of an object, to be met next.
  mutating func add(_ branches: [PDFObject], below depth: Int) {
    guard depth < nesting else { return }
    for branch in branches.reversed() { waiting.append((branch, depth + 1)) }
  }
}

internal import UntrailModel

/// Paths from the roots of the command line on: the same wherever a folder lies.
struct RelativePaths {
  /// Without the slashes at their ends.
  let roots: [[UInt8]]

  init(_ roots: [PathBytes]) {
    self.roots = roots.map { root in
      var bytes = root.bytes
      while bytes.last == UInt8(ascii: "/") { bytes.removeLast() }
      return bytes
    }
  }

  /// The path from its root on, and the number of that root; of what is a root, or lies below none and is no relative
  /// path, only the name.
  func relative(_ path: PathBytes) -> (tail: ArraySlice<UInt8>, root: Int?) {
    let bytes = path.bytes
    var best: Int?
    for (number, root) in roots.enumerated() where bytes.starts(with: root) {
      if bytes.count == root.count { return (path.name, nil) }
      guard bytes[root.count] == UInt8(ascii: "/"), best.map({ roots[$0].count < root.count }) ?? true
      else { continue }
      best = number
    }
    if let best { return (bytes[(roots[best].count + 1)...], best) }
    let isLocal =
      bytes.first != UInt8(ascii: "/")
      && !bytes.split(separator: UInt8(ascii: "/")).contains { $0.elementsEqual("..".utf8) }
    return (isLocal ? bytes[...] : path.name, nil)
  }

  /// The way from the root to a folder; empty for the root itself.
  func relative(folder: [UInt8]) -> ArraySlice<UInt8> {
    roots.contains(folder) ? [] : relative(PathBytes(folder)).tail
  }
}

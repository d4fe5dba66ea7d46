#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Where paths lie, links resolved.
enum PathRelation {
  /// Whether a path is a folder or file given by `root`, or lies below it. False where either does not exist.
  static func isInside(_ path: String, _ root: String) -> Bool {
    guard let path = resolved(path), let root = resolved(root) else { return false }
    return path == root || path.hasPrefix(root.hasSuffix("/") ? root : root + "/")
  }

  private static func resolved(_ path: String) -> String? {
    guard let resolved = realpath(path, nil) else { return nil }
    defer { free(resolved) }
    return String(cString: resolved)
  }
}

/// Paths that name a folder of somebody's.
enum PDFPath {
  /// The path that a text is, where it names a user: C:\Users\mara\..., /home/mara/..., file:///Users/mara/...
  ///
  /// Nil where it is none, or names nobody.
  static func withUser(_ text: String) -> String? {
    var path = AddressText.percentDecoded(text[...].trimmedASCII)
    if let start = AddressText.range(of: "file:", in: path[...]), path[..<start].utf8.count == 5 {
      path = String(path[start...].drop { $0 == "/" })
      if !path.dropFirst().hasPrefix(":"), !path.dropFirst().hasPrefix("|") { path = "/" + path }
    }
    let parts = path.split(omittingEmptySubsequences: true) { $0 == "/" || $0 == "\\" }
    guard parts.count >= 3, path.utf8.count <= 1024, !path.contains("\n") else { return nil }
    let isRooted =
      path.hasPrefix("/") || path.hasPrefix("\\") || parts[0].hasSuffix(":") && parts[0].count == 2
    guard isRooted else { return nil }
    let homes = ["users", "home", "documents and settings", "profiles"]
    let isHome = parts.dropLast(2).prefix(4).contains { homes.contains($0.lowercased()) }
    return isHome ? path : nil
  }
}

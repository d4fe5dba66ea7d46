/// What an archive is, by the names of the files in it.
enum ZIPContent {
  /// One wallet pass.
  case pass(ZIPEntry)
  /// Several wallet passes.
  case passes([ZIPEntry])
  /// KML with what belongs to it.
  case map
  case other

  init(_ files: [ZIPEntry]) {
    // Some archives hold the pass in a folder.
    let descriptions = files.filter { $0.fileName == "pass.json" }
    let names = Set(files.map { $0.fileName })
    if let description = descriptions.first(where: { !$0.isInFolder })
      ?? (descriptions.count == 1 && names.contains("manifest.json") ? descriptions.first : nil)
    {
      self = .pass(description)
      return
    }
    let passes = files.filter { $0.fileName.lowercased().hasSuffix(".pkpass") }
    let others = files.count { !$0.fileName.lowercased().hasSuffix(".pkpass") }
    if !passes.isEmpty, others == 0 {
      self = .passes(passes)
    } else if files.contains(where: { $0.fileName.lowercased().hasSuffix(".kml") }) {
      self = .map
    } else {
      self = .other
    }
  }
}

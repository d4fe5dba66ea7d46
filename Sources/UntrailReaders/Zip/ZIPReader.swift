internal import UntrailBytes
internal import UntrailModel

/// ZIP archives that are documents of their own: maps, wallet passes, and office documents. Others are not looked into by this version.
///
///     doc.kml, files/PICTURE             KMZ: a map with what belongs to it
///     pass.json, signature, icon.png ... a wallet pass
///     A.pkpass, B.pkpass ...             several wallet passes
///     parts of a document                see `PackagedDocument`
///
/// Source: Google, KMZ Files (2024); Apple, Wallet Passes (2024).
struct ZIPReader: MetadataReader {
  var name: String { "KMZ, Wallet pass" }
  var mediaTypes: [String] {
    [
      "application/zip", "application/vnd.google-earth.kmz", "application/vnd.apple.pkpass",
      "application/vnd.apple.pkpasses",
    ]
  }
  var channels: String { "files inside; of passes all fields, bar codes, places, times, who issued them" }

  func read(
    _ source: ByteSource, into result: inout ReadResult, with tools: ReaderTools
  ) throws(ParseError) {
    var archive = try ZIPArchive(source, tools.limits)
    let files = archive.files
    let content = ZIPContent(files)
    if case .other = content {
      if !PackagedDocument.read(archive, into: &result, with: tools) { result.isUnsupported = true }
      return
    }
    for flaw in archive.directory.flaws { result.damage(flaw) }
    if let comment = archive.directory.comment {
      result.add(.comment, .text(comment.text), "ZIP:Comment", at: comment.offset)
    }
    if !files.isEmpty, files.allSatisfy({ $0.isEncrypted }) { result.isEncrypted = true }
    switch content {
    case .pass(let entry):
      WalletPass.read(entry, of: &archive, into: &result, with: tools)
    case .passes(let entries): Self.examine(entries, of: &archive, into: &result, with: tools)
    case .map: Self.examine(Self.inOrder(files), of: &archive, into: &result, with: tools)
    case .other: break
    }
  }

  /// The map before its pictures.
  private static func inOrder(_ files: [ZIPEntry]) -> [ZIPEntry] {
    let isMap = { (entry: ZIPEntry) in entry.fileName.lowercased().hasSuffix(".kml") }
    return files.filter(isMap) + files.filter { !isMap($0) }
  }

  private static func examine(
    _ entries: [ZIPEntry], of archive: inout ZIPArchive, into result: inout ReadResult,
    with tools: ReaderTools
  ) {
    for entry in entries {
      guard result.members.count < tools.limits.members else {
        return result.damageOnce("limit", "more lies inside the file than is looked at")
      }
      guard let bytes = archive.content(of: entry, into: &result) else { continue }
      tools.examineMember(named: entry.name, bytes, into: &result)
    }
  }
}

internal import UntrailBytes
internal import UntrailModel

/// ZIP archives: those that are documents of their own, maps, wallet passes and office documents, and all others.
///
///     doc.kml, files/PICTURE             KMZ: a map with what belongs to it
///     pass.json, signature, icon.png ... a wallet pass
///     A.pkpass, B.pkpass ...             several wallet passes
///     parts of a document                see `PackagedDocument`
///
/// Source: Google, KMZ Files (2024); Apple, Wallet Passes (2024).
struct ZIPReader: MetadataReader {
  var name: String { "ZIP, KMZ, Wallet pass" }
  var mediaTypes: [String] {
    [
      "application/zip", "application/vnd.google-earth.kmz", "application/vnd.apple.pkpass",
      "application/vnd.apple.pkpasses",
    ]
  }
  var channels: String {
    "files inside, comments, times and zones; of passes all fields, bar codes, places, times, who issued them"
  }

  func read(
    _ source: ByteSource, into result: inout ReadResult, with tools: ReaderTools
  ) throws(ParseError) {
    let byteLimit = max(0, tools.members.byteLimit - tools.members.byteCount)
    var archive = try ZIPArchive(source, tools.limits, byteLimit: byteLimit)
    let files = archive.files
    for flaw in archive.directory.flaws { result.damage(flaw) }
    if let comment = archive.directory.comment {
      result.add(.comment, .text(comment.text), "ZIP:Comment", at: comment.offset)
    }
    if !files.isEmpty, files.allSatisfy({ $0.isEncrypted }) { result.isEncrypted = true }
    switch ZIPContent(files) {
    case .pass(let entry):
      WalletPass.read(entry, of: &archive, into: &result, with: tools)
    case .passes(let entries): ZIPMembers.examine(entries, of: &archive, source, into: &result, with: tools)
    case .map: ZIPMembers.examine(Self.inOrder(files), of: &archive, source, into: &result, with: tools)
    case .other where PackagedDocument.read(archive, into: &result, with: tools): break
    case .other:
      ZIPMembers.addFacts(archive.directory.entries, into: &result, tools.limits)
      let entries = archive.directory.entries.filter { !$0.isFolder }
      ZIPMembers.examine(entries, of: &archive, source, into: &result, with: tools)
    }
  }

  /// The map before its pictures.
  private static func inOrder(_ files: [ZIPEntry]) -> [ZIPEntry] {
    let isMap = { (entry: ZIPEntry) in entry.fileName.lowercased().hasSuffix(".kml") }
    return files.filter(isMap) + files.filter { !isMap($0) }
  }
}

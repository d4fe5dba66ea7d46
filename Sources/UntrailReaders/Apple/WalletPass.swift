internal import UntrailBytes
internal import UntrailModel

/// A wallet pass: an archive of files in one folder.
///
///     pass.json                the pass: `PassDescription`
///     XX.lproj/pass.strings    texts in a language: "key" = "value";
///     manifest.json            a checksum of each file
///     signature                who made the pass, a signed message: `SignedMessage`
///     icon.png, logo.png ...   pictures
///
/// Source: Apple, Wallet Passes: Creating the Source for a Pass (2024).
enum WalletPass {
  static func read(
    _ entry: ZIPEntry, of archive: inout ZIPArchive, into result: inout ReadResult, with tools: ReaderTools
  ) {
    let limits = tools.limits
    let folder = entry.name.utf8.dropLast(entry.fileName.utf8.count).count
    let files = archive.files.filter { $0.name.utf8.starts(with: entry.name.utf8.prefix(folder)) }
    let strings = strings(files, of: &archive, into: &result, limits)
    if let bytes = archive.content(of: entry, into: &result) {
      let block = ByteSource(bytes: bytes, isJoined: true)
      let view = ByteView(block, start: 0, count: bytes.count)
      if let value = JSONReader.value(of: view, into: &result, limits) {
        var pass = PassDescription(value, strings: strings, base: archive.place(of: entry), limits)
        pass.observe(into: &result)
      }
    }
    for file in files where file.name != entry.name {
      switch file.fileName {
      case "signature":
        guard let bytes = archive.content(of: file, into: &result) else { continue }
        SignedMessage(bytes)?.addSigners("PKPASS", at: nil, limits, into: &result)
      case "manifest.json", "pass.strings": break
      default:
        guard let bytes = archive.content(of: file, into: &result), !bytes.isEmpty else { continue }
        tools.examineQuietly(named: file.name, bytes, into: &result)
      }
    }
  }

  /// The texts of one language: English, where there is more than one.
  private static func strings(
    _ files: [ZIPEntry], of archive: inout ZIPArchive, into result: inout ReadResult, _ limits: Limits
  ) -> [String: String] {
    let tables = files.filter { $0.fileName == "pass.strings" }.sorted { $0.name < $1.name }
    guard let table = tables.first(where: { $0.name.holds("en.lproj/") }) ?? tables.first,
      let bytes = archive.content(of: table, into: &result)
    else { return [:] }
    var flaw: ParseError?
    let list = PropertyList.read(bytes, at: nil, limits, flaw: &flaw)
    if let flaw { result.damage(flaw.code.rawValue, flaw.what, at: nil) }
    var strings: [String: String] = [:]
    for pair in list?.pairs ?? [] {
      if case .string(let text) = pair.value.content { strings[pair.key] = text }
    }
    return strings
  }
}

/// The description of a pass by itself.
struct PassReader: MetadataReader {
  var name: String { "pass.json, Google Wallet" }
  var mediaTypes: [String] { ["application/x-apple-pass+json", "application/x-google-wallet"] }
  var channels: String { "all fields, bar codes, places, times" }

  func read(
    _ source: ByteSource, into result: inout ReadResult, with tools: ReaderTools
  ) throws(ParseError) {
    let bytes = try WholeFile.bytes(source, tools.limits)
    let base = source.hasPlaces ? 0 : nil
    if let parts = GoogleWalletLink.payload(bytes) {
      return GoogleWallet.read(parts, at: nil, into: &result, tools.limits)
    }
    let view = ByteView(ByteSource(bytes: bytes), start: 0, count: bytes.count)
    guard let value = JSONReader.value(of: view, into: &result, tools.limits) else { return }
    if value["passTypeIdentifier"] != nil || value["formatVersion"] != nil {
      var pass = PassDescription(value, strings: [:], base: base, tools.limits)
      pass.observe(into: &result)
    } else {
      var wallet = GoogleWallet(base: base, tools.limits)
      wallet.observe(value, into: &result)
    }
  }
}

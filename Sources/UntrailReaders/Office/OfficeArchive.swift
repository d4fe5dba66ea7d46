internal import UntrailBytes
internal import UntrailModel

/// A document that is an archive of parts, while it is read.
struct OfficeArchive {
  /// The parts by name, in lower case and with "/" as it should be, in the order of their names.
  let files: [(name: String, entry: ZIPEntry)]
  let tools: ReaderTools
  var facts: DocumentFacts
  private var archive: ZIPArchive

  init(_ archive: ZIPArchive, _ group: String, _ tools: ReaderTools) {
    self.archive = archive
    self.tools = tools
    facts = DocumentFacts(group, tools.limits)
    files = archive.files.map { (Self.plainName($0).lowercased(), $0) }.sorted { $0.0 < $1.0 }
  }

  /// The name of a part as the standards write it.
  static func plainName(_ entry: ZIPEntry) -> String {
    let name = entry.name.split(separator: "\\", omittingEmptySubsequences: false).joined(separator: "/")
    return name.hasPrefix("/") ? String(name.dropFirst()) : name
  }

  /// Adds what is said of the archive as such.
  func addArchive(into result: inout ReadResult) {
    for flaw in archive.directory.flaws { result.damage(flaw) }
    if let comment = archive.directory.comment {
      result.add(.comment, .text(comment.text), "ZIP:Comment", at: comment.offset)
    }
    if !files.isEmpty, files.allSatisfy({ $0.entry.isEncrypted }) { result.isEncrypted = true }
  }

  mutating func content(_ entry: ZIPEntry, into result: inout ReadResult) -> [UInt8]? {
    guard let bytes = archive.content(of: entry, into: &result), !bytes.isEmpty else { return nil }
    return bytes
  }

  /// The wanted elements of a part.
  mutating func elements(
    _ entry: ZIPEntry, _ wanted: PartElements.Wanted, into result: inout ReadResult
  ) -> [PartElement] {
    guard let bytes = content(entry, into: &result) else { return [] }
    return PartElements.read(bytes, wanted, tools.limits, into: &result)
  }

  /// Examines the files inside whose names, in lower case, are chosen.
  mutating func examineMembers(
    into result: inout ReadResult, quietly: Bool = false, _ isChosen: (String) -> Bool
  ) {
    for (name, entry) in files where isChosen(name) {
      guard result.members.count < tools.limits.members else {
        return result.damageOnce("limit", "more lies inside the file than is looked at")
      }
      guard let bytes = archive.content(of: entry, into: &result) else { continue }
      if quietly {
        tools.examineQuietly(named: entry.name, bytes, into: &result)
      } else {
        tools.examineMember(named: entry.name, bytes, into: &result)
      }
    }
  }
}

internal import UntrailBytes
internal import UntrailModel

/// Has the files of a ZIP archive examined.
///
/// Of a packed file only the first page is unpacked where no reader takes its type; one that is not packed is read
/// where it stands, however long it is.
enum ZIPMembers {
  /// Bytes of a file that is not packed up to which its checksum is verified.
  private static let smallFile = 1 << 20

  /// What libarchive unpacks: bzip2, LZMA, Zstandard, XZ, PPMd.
  private static let libraryMethods: Set<UInt16> = [12, 14, 93, 95, 98]

  static func examine(
    _ entries: [ZIPEntry], of archive: inout ZIPArchive, _ source: ByteSource, into result: inout ReadResult,
    with tools: ReaderTools
  ) {
    var others: Set<String> = []
    for entry in entries {
      guard tools.hasRoom else {
        return result.damageOnce("limit", "more lies inside the file than is looked at")
      }
      if entry.isEncrypted {
        result.notRead(
          "zip-encrypted", "files in the archive are locked with a password", at: entry.headerOffset)
        tools.recordMember(named: entry.name, .unknown, .encrypted, byteCount: entry.size, into: &result)
      } else if case .other(let method) = entry.method {
        if libraryMethods.contains(method) {
          others.insert(entry.name)
          continue
        }
        result.notRead(
          "zip-method", "files in the archive are packed in a way that is not read", at: entry.headerOffset)
        tools.recordMember(named: entry.name, .unknown, .unsupported, byteCount: entry.size, into: &result)
      } else if entry.isLink, entry.size ?? .max <= tools.limits.text {
        if let path = archive.content(of: entry, upTo: tools.limits.text, into: &result) {
          addLink(path, entry, into: &result, tools.limits)
        }
      } else {
        examine(entry, of: &archive, into: &result, with: tools)
      }
    }
    guard !others.isEmpty else { return }
    examineOthers(others, source, into: &result, with: tools)
  }

  private static func examine(
    _ entry: ZIPEntry, of archive: inout ZIPArchive, into result: inout ReadResult, with tools: ReaderTools
  ) {
    if entry.method == .stored, let part = archive.part(of: entry), part.count > smallFile {
      let type = part.withPrefix { tools.identify($0, part.count) }
      return tools.examineMember(named: entry.name, part: part, as: type, into: &result)
    }
    if entry.method == .deflated {
      let head = archive.head(of: entry)
      let type = tools.mediaType(of: head, count: max(head.count, entry.size ?? 0))
      if head.count == ByteSource.pageSize, Readers.reader(for: type.name) == nil {
        return tools.recordMember(named: entry.name, type, .unsupported, byteCount: entry.size, into: &result)
      }
    }
    guard let bytes = archive.content(of: entry, upTo: tools.memberLimit, into: &result) else {
      return tools.recordMember(
        named: entry.name, .unknown, .unreadable, byteCount: entry.size, into: &result)
    }
    tools.examineMember(named: entry.name, bytes, into: &result)
  }

  /// Files that are packed in another way than most.
  private static func examineOthers(
    _ names: Set<String>, _ source: ByteSource, into result: inout ReadResult, with tools: ReaderTools
  ) {
    guard var stream = ArchiveStream.open(source, .zip, tools.limits) else {
      return result.notRead("zip-method", "files in the archive are packed in a way that is not read", at: 0)
    }
    let count = result.members.count
    var members = ArchiveMembers(tools, group: "ZIP", fallback: nil)
    members.read(&stream, into: &result) { names.contains($0) }
    if result.members.count - count < names.count {
      result.notRead("zip-method", "files in the archive are packed in a way that is not read", at: 0)
    }
  }

  // MARK: What the directory says

  static func addFacts(_ entries: [ZIPEntry], into result: inout ReadResult, _ limits: Limits) {
    var facts = ArchiveFacts("ZIP", limits)
    for entry in entries {
      facts.takeName(entry.name, into: &result)
      facts.takeTime(local: entry.details.localTime, utc: entry.details.time)
      if let comment = entry.details.comment {
        facts.add(.comment, .text(comment.text), "FileComment", at: comment.offset, into: &result)
      }
      if let user = entry.details.userID, user > 0, user != 0xFFFF_FFFF {
        facts.add(.account, .person("uid \(user)"), "UserID", into: &result)
      }
      if let system = systems[entry.details.system] {
        facts.add(.generator, .software(system), "HostSystem", into: &result)
      }
    }
    facts.finish(into: &result)
  }

  private static func addLink(
    _ path: [UInt8], _ entry: ZIPEntry, into result: inout ReadResult, _ limits: Limits
  ) {
    guard let text = BoundedText.decode(path, limits), ArchiveName.isPersonal(text) else { return }
    result.add(.path, .link(text), "ZIP:LinkTarget", at: entry.headerOffset)
  }

  /// Source: PKWARE, APPNOTE.TXT 6.3.10, section 4.4.2.2. The first stands for whatever the program did not know.
  private static let systems: [UInt8: String] = [3: "Unix", 7: "Macintosh", 10: "Windows NTFS", 19: "macOS"]
}

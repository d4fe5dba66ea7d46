internal import UntrailBytes
internal import UntrailModel

/// Archives other than ZIP, and packed files: whatever is in them is examined as a file of its own.
///
/// Nothing is unpacked but into memory, no name and no link is followed. Of a file only the first page is unpacked
/// where no reader takes its type.
///
/// Source: POSIX.1-2017 (pax, cpio); RFC 1952 (gzip); ISO 9660; ISO 28500 (WARC); libarchive-formats(5).
struct ArchiveReader: MetadataReader {
  var name: String { "archive" }
  var mediaTypes: [String] { Self.containers + Self.packed }
  var channels: String { "files inside; who owned them, the earliest and latest of their times, links" }

  private static let containers = [
    "application/x-tar", "application/x-gtar", "application/x-ustar", "application/x-cpio",
    "application/x-archive",
    "application/vnd.debian.binary-package", "application/x-7z-compressed", "application/x-rar",
    "application/vnd.rar", "application/vnd.ms-cab-compressed", "application/x-iso9660-image",
    "application/x-lzh-compressed", "application/x-lha", "application/x-lharc", "application/warc",
  ]

  private static let packed = [
    "application/gzip", "application/x-gzip", "application/x-bzip2", "application/x-xz", "application/x-lzma",
    "application/x-lzip", "application/x-compress", "application/zstd", "application/x-zstd",
    "application/x-lz4",
  ]

  func read(
    _ source: ByteSource, into result: inout ReadResult, with tools: ReaderTools
  ) throws(ParseError) {
    let start = try source.withBytes(at: 0, count: min(source.count, 6)) { run throws(ParseError) in
      Array(run)
    }
    let isPacked = Self.packedStarts.contains { start.starts(with: $0) }
    let header = start.starts(with: [0x1F, 0x8B]) ? try GzipHeader(source, tools.limits) : nil
    header?.addFacts(to: &result, isAt: source.hasPlaces)
    guard var stream = ArchiveStream.open(source, isPacked ? .packed : .container, tools.limits) else {
      throw ParseError(.malformed, at: 0, "an archive that breaks off at its beginning")
    }
    var members = ArchiveMembers(tools, group: "Archive", fallback: header?.name)
    members.isPacked = isPacked
    members.read(&stream, into: &result)
  }

  private static let packedStarts: [[UInt8]] = [
    [0x1F, 0x8B], [0x42, 0x5A, 0x68], [0xFD, 0x37, 0x7A, 0x58, 0x5A], [0x5D, 0, 0], [0x4C, 0x5A, 0x49, 0x50],
    [0x1F, 0x9D], [0x28, 0xB5, 0x2F, 0xFD], [0x04, 0x22, 0x4D, 0x18], [0x02, 0x21, 0x4C, 0x18],
  ]
}

/// Goes through what libarchive finds, and has it examined.
struct ArchiveMembers {
  private let tools: ReaderTools
  private var facts: ArchiveFacts
  /// The name of a packed file that its packing does not tell.
  private let fallback: String?
  /// Whether what stands between files has to be unpacked.
  var isPacked = false
  /// Bytes that were unpacked to be passed over.
  private var passedOver = 0
  private var (files, lockedFiles) = (0, 0)

  init(_ tools: ReaderTools, group: String, fallback: String?) {
    self.tools = tools
    self.fallback = fallback
    facts = ArchiveFacts(group, tools.limits)
  }

  /// - Parameter wanted: whether a file is examined, by its name.
  mutating func read(
    _ stream: inout ArchiveStream, into result: inout ReadResult, wanted: (String) -> Bool = { _ in true }
  ) {
    defer { facts.finish(into: &result) }
    for number in 1... {
      switch stream.next() {
      case .end:
        if number == 1, isPacked {
          // Nothing but zeros is the end of a tar archive, too.
          tools.recordMember(
            named: fallback ?? "content", .unknown, .unsupported, byteCount: nil, into: &result)
        }
        if files > 0, files == lockedFiles { result.isEncrypted = true }
        return
      case .broken(let flaw):
        if stream.hasEncrypted {
          result.isEncrypted = files == lockedFiles
          return result.notRead("archive-encrypted", "the list of files in the archive is encrypted", at: 0)
        }
        return result.damage(flaw.code.rawValue, flaw.what, at: flaw.offset)
      case .entry: break
      }
      guard number <= tools.limits.entries, tools.hasRoom else {
        return result.damageOnce("limit", "more lies inside the file than is looked at")
      }
      guard let entry = stream.current(tools.limits), wanted(entry.name) else { continue }
      facts.take(entry, into: &result)
      guard entry.kind == .file else { continue }
      files += 1
      examine(entry, stream, into: &result)
      passedOver += isPacked || stream.isPacked ? entry.byteCount ?? 0 : 0
      guard passedOver <= 2 * tools.members.byteLimit else {
        return result.damageOnce("limit", "the archive becomes more than is unpacked of it")
      }
    }
  }

  private mutating func examine(
    _ entry: ArchiveEntry, _ stream: borrowing ArchiveStream, into result: inout ReadResult
  ) {
    let name = entry.name.isEmpty || entry.name == "data" && isPacked ? fallback ?? "content" : entry.name
    if entry.isEncrypted {
      lockedFiles += 1
      result.notRead("archive-encrypted", "files in the archive are locked with a password", at: 0)
      return tools.recordMember(named: name, .unknown, .encrypted, byteCount: entry.byteCount, into: &result)
    }
    var bytes: [UInt8] = []
    var flaw = stream.read(into: &bytes, upTo: ByteSource.pageSize)
    let skipped = Self.webHeader(bytes)
    let head = Array(bytes.dropFirst(skipped))
    let type = tools.mediaType(of: head, count: max(head.count, entry.byteCount ?? 0))
    guard !head.isEmpty, Readers.reader(for: type.name) != nil else {
      if let flaw { result.damage(flaw) }
      let coverage: Coverage = head.isEmpty && flaw == nil ? .read : .unsupported
      return tools.recordMember(
        named: name, type, coverage, byteCount: entry.byteCount ?? (head.isEmpty ? 0 : nil), into: &result)
    }
    let limit = tools.memberLimit
    if flaw == nil { flaw = stream.read(into: &bytes, upTo: limit + 1) }
    let isCut = bytes.count > limit
    if isCut { bytes.removeSubrange(limit...) }
    bytes.removeFirst(min(skipped, bytes.count))
    let count = result.members.count
    tools.examineMember(named: name, bytes, as: type, into: &result)
    if let flaw { result.damage(flaw) }
    guard isCut, result.members.count > count, let last = result.members.indices.last else { return }
    result.members[last].diagnostics.append(
      Diagnostic("limit", "only the first \(limit) bytes of the file are unpacked"))
    if result.members[last].coverage == .read { result.members[last].coverage = .partial }
    result.damageOnce("limit", "a file in the archive is longer than what is unpacked of it")
  }

  /// Bytes of the answer of a web server in front of what it sent, as archives of the web keep it.
  private static func webHeader(_ bytes: [UInt8]) -> Int {
    guard bytes.starts(with: "HTTP/".utf8) else { return 0 }
    return bytes.firstRange(of: [0x0D, 0x0A, 0x0D, 0x0A] as [UInt8])?.upperBound ?? 0
  }
}

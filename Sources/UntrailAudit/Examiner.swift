internal import UntrailBytes
internal import UntrailIdentify
internal import UntrailModel
internal import UntrailReaders

#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Darwin)
  internal import Darwin
#endif

/// How far one file may be read.
package struct ReadLimits: Sendable {
  /// Bytes read of one file.
  package var bytesPerFile = 64 << 20

  package init() {}
}

/// Opens files and learns what is in them. One per worker.
final class Examiner {
  private let identifier: Identifier
  private let limits: ReadLimits
  private let source = ByteSource()
  private let tools = ReaderTools()
  private var descriptors: [Int32] = []

  init(identifier: Identifier, limits: ReadLimits) {
    self.identifier = identifier
    self.limits = limits
  }

  /// The outcomes of some entries of the walk, in their order, whatever the entries are.
  ///
  /// All files are opened first, so that a slow disk works on many of them at once.
  ///
  /// - Throws: only where libmagic itself cannot be used.
  func examine(
    _ entries: [WalkEntry], _ body: (Examination) -> Void
  ) throws(MagicError) {
    descriptors.removeAll(keepingCapacity: true)
    for entry in entries { descriptors.append(Self.open(entry)) }
    var next = 0
    defer { for descriptor in descriptors[next...] where descriptor >= 0 { close(descriptor) } }
    while next < entries.count {
      let examination = try examine(entries[next], descriptors[next])
      if descriptors[next] >= 0 { close(descriptors[next]) }
      next += 1
      body(examination)
    }
  }

  /// - Returns: the descriptor, or the negated error number, or -1 for an entry that is not to be opened.
  private static func open(_ entry: WalkEntry) -> Int32 {
    guard entry.outcome == nil else { return -1 }
    let descriptor = Walk.withName(entry.path.bytes, entry.nameLength) {
      SystemFile.openFile(
        $0, in: entry.directory?.descriptor ?? AT_FDCWD, followsLink: entry.followsLink)
    }
    if descriptor >= 0 { SystemFile.adviseAccess(descriptor) }
    return descriptor
  }

  private func examine(_ entry: WalkEntry, _ descriptor: Int32) throws(MagicError) -> Examination {
    let artifact = Artifact(path: entry.path)
    if let outcome = entry.outcome { return Self.examination(artifact, outcome) }
    guard descriptor >= 0 else {
      return Self.examination(artifact, Walk.unreadable(.unknown, "open-failed", -descriptor))
    }
    guard let status = SystemFile.status(of: descriptor) else {
      return Self.examination(artifact, Walk.unreadable(.unknown, "open-failed", errno))
    }
    guard case .regular = SystemFile.Kind(mode: status.st_mode), Self.isExpected(status, entry) else {
      return Self.examination(
        artifact,
        WalkEntry.Outcome(
          mediaType: .unknown, coverage: .unreadable,
          diagnostic: Diagnostic("replaced", "another file took this file's place while it was opened")))
    }
    return try examine(descriptor, artifact, byteCount: Int(status.st_size))
  }

  /// Whether the opened file is the one that the listing named. Some file systems list other inode numbers
  /// than they open; then what stands under the name now decides.
  private static func isExpected(_ status: stat, _ entry: WalkEntry) -> Bool {
    if entry.inode == 0 || entry.inode == UInt64(status.st_ino) { return true }
    guard let directory = entry.directory else { return false }
    let named = Walk.withName(entry.path.bytes, entry.nameLength) {
      SystemFile.status($0, in: directory.descriptor)
    }
    return named.map { FileIdentity($0) == FileIdentity(status) } ?? false
  }

  private func examine(
    _ descriptor: Int32, _ artifact: Artifact, byteCount: Int
  ) throws(MagicError) -> Examination {
    var artifact = artifact
    artifact.byteCount = byteCount
    if byteCount == 0 { return Examination(artifact: artifact, mediaType: .empty, coverage: .read) }
    do throws(ParseError) {
      try source.reset(descriptor: descriptor, count: byteCount, byteLimit: limits.bytesPerFile)
    } catch {
      return Self.examination(artifact, Walk.unreadable(.unknown, error.code.rawValue, error.errno))
    }
    var mediaType = MediaType.unknown
    var failure: MagicError?
    source.withPrefix { prefix in
      do throws(MagicError) {
        mediaType = try identifier.identify(prefix, byteCount: byteCount)
      } catch {
        failure = error
      }
    }
    if let failure { throw failure }
    guard let reader = Readers.reader(for: mediaType.name) else {
      return Examination(artifact: artifact, mediaType: mediaType, coverage: .unsupported)
    }
    var result = ReadResult()
    do throws(ParseError) {
      try reader.read(source, into: &result, with: tools)
    } catch {
      result.damage(error)
    }
    let isDamaged = result.diagnostics.contains { $0.nature == .damage }
    return Examination(
      artifact: artifact, mediaType: mediaType, coverage: isDamaged ? .partial : .read,
      observations: result.observations, diagnostics: result.diagnostics)
  }

  private static func examination(_ artifact: Artifact, _ outcome: WalkEntry.Outcome) -> Examination {
    Examination(
      artifact: artifact, mediaType: outcome.mediaType, coverage: outcome.coverage,
      diagnostics: [outcome.diagnostic])
  }
}

package import UntrailBytes
package import UntrailModel

/// What the files inside one file have cost so far.
struct MemberBudget {
  var depth = 0
  var count = 0
  /// Bytes that were unpacked, in all.
  var byteCount = 0
  /// Bytes that are held now: a file and those that it lies in.
  var heldBytes = 0
  /// Bytes that may be unpacked in all.
  var byteLimit = 0

  /// What may be unpacked of a small file, in multiples of what is read of one.
  static let fold = 16
}

extension ReaderTools {
  /// Forgets what the files inside the last file have cost.
  ///
  /// - Parameter byteCount: bytes in the next file.
  package func beginFile(byteCount: Int = 0) {
    members = MemberBudget()
    let large = byteCount.multipliedReportingOverflow(by: 2)
    let usual = limits.bytes.multipliedReportingOverflow(by: MemberBudget.fold)
    members.byteLimit = min(
      limits.stream,
      max(usual.overflow ? .max : usual.partialValue, large.overflow ? .max : large.partialValue))
  }

  /// Bytes that the next file inside may have where it is held in memory.
  var memberLimit: Int {
    max(0, min(limits.bytes - members.heldBytes, members.byteLimit - members.byteCount))
  }

  /// Whether another file inside is looked at.
  var hasRoom: Bool { members.count < limits.members && members.depth < limits.nesting }

  /// Says what bytes are by the first of them; `.empty` where there are none.
  func mediaType(of bytes: [UInt8], count: Int) -> MediaType {
    guard !bytes.isEmpty else { return .empty }
    let type = bytes.withUnsafeBytes { run in
      identify(UnsafeRawBufferPointer(rebasing: run.prefix(ByteSource.pageSize)), count)
    }
    return DiscImage.begins(bytes, type) ? MediaType(DiscImage.name) : type
  }

  /// Examines bytes that lie inside the file at hand as a file of their own: a picture in a contact, an entry of
  /// an archive. What is learnt of them, and of files inside them, goes to `result.members`.
  ///
  /// - Parameters:
  ///   - name: the step from the file at hand to this one.
  ///   - known: what the bytes are, where that is known.
  func examineMember(
    named name: String, _ bytes: [UInt8], as known: MediaType? = nil, into result: inout ReadResult
  ) {
    guard bytes.count <= memberLimit else { return refuse(into: &result) }
    members.byteCount += bytes.count
    members.heldBytes += bytes.count
    defer { members.heldBytes -= bytes.count }
    let type = bytes.isEmpty ? MediaType.empty : known ?? mediaType(of: bytes, count: bytes.count)
    examineMember(named: name, part: ByteSource(bytes: bytes), as: type, into: &result)
  }

  /// As `examineMember` of bytes, of a part of the file that stands in it as it is: it is not held.
  ///
  /// - Parameter isLeftOut: tells from what was learnt whether nothing is said of it: a picture like any other.
  func examineMember(
    named name: String, part source: ByteSource, as known: MediaType? = nil, into result: inout ReadResult,
    unless isLeftOut: (ReadResult) -> Bool = { _ in false }
  ) {
    guard hasRoom else { return refuse(into: &result) }
    members.count += 1
    let artifact = Artifact(path: PathBytes([]), member: [Self.step(name)], byteCount: source.count)
    guard source.count > 0 else {
      result.members.append(Examination(artifact: artifact, mediaType: .empty, coverage: .read))
      return
    }
    members.depth += 1
    defer { members.depth -= 1 }
    let mediaType = known ?? identified(source)
    var inner = ReadResult()
    let isRead = inner.read(source, of: mediaType, with: self)
    guard !isLeftOut(inner) else {
      members.count -= 1
      return
    }
    for var member in inner.members {
      member.artifact.member = artifact.member + member.artifact.member
      result.members.append(member)
    }
    inner.members = []
    result.members.append(inner.examination(of: artifact, mediaType, isRead: isRead))
  }

  /// Gives a file inside that is not read a record of its own.
  ///
  /// - Parameter byteCount: nil where it is not known.
  func recordMember(
    named name: String, _ mediaType: MediaType, _ coverage: Coverage, byteCount: Int?,
    _ diagnostics: [Diagnostic] = [], into result: inout ReadResult
  ) {
    guard hasRoom else { return refuse(into: &result) }
    members.count += 1
    let artifact = Artifact(path: PathBytes([]), member: [Self.step(name)], byteCount: byteCount)
    result.members.append(
      Examination(artifact: artifact, mediaType: mediaType, coverage: coverage, diagnostics: diagnostics))
  }

  private static func step(_ name: String) -> String { name.isEmpty ? "unnamed" : name }

  private func refuse(into result: inout ReadResult) {
    result.damageOnce("limit", "more lies inside the file than is looked at")
  }
}

extension ReaderTools {
  private func identified(_ source: ByteSource) -> MediaType {
    let mediaType = try? source.withBytes(at: 0, count: min(source.count, ByteSource.pageSize)) {
      run throws(ParseError) in
      identify(run, source.count)
    }
    return mediaType ?? .unknown
  }
}

extension ReadResult {
  /// Reads a source with the reader for its type.
  ///
  /// - Returns: whether there is one, and it reads such a file.
  package mutating func read(_ source: ByteSource, of mediaType: MediaType, with tools: ReaderTools) -> Bool {
    guard let reader = Readers.reader(for: mediaType.name) else { return false }
    do throws(ParseError) {
      try reader.read(source, into: &self, with: tools)
    } catch {
      damage(error)
    }
    guard !isUnsupported else { return false }
    EmbeddedPictures.examine(&self, in: source, with: tools)
    observations += Contradictions.find(observations)
    return true
  }

  /// All that was learnt, as the outcome of a file.
  package func examination(of artifact: Artifact, _ mediaType: MediaType, isRead: Bool) -> Examination {
    var examination = Examination(
      artifact: artifact, mediaType: mediaType,
      coverage: !isRead ? .unsupported : isEncrypted ? .encrypted : hasDamage ? .partial : .read,
      observations: observations, diagnostics: diagnostics)
    examination.members = members
    for index in members.indices { examination.members[index].artifact.path = artifact.path }
    return examination
  }

  /// Says once per file that something could not be read.
  mutating func damageOnce(_ code: String, _ message: String) {
    guard !diagnostics.contains(where: { $0.code == code && $0.message == message }) else { return }
    damage(code, message, at: nil)
  }
}

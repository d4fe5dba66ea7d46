package import UntrailBytes
package import UntrailModel

/// What the files inside one file have cost so far.
struct MemberBudget {
  var depth = 0
  var count = 0
  var byteCount = 0
}

extension ReaderTools {
  /// Forgets what the files inside the last file have cost.
  package func beginFile() { members = MemberBudget() }

  /// Examines bytes that lie inside the file at hand as a file of their own: a picture in a contact, an entry of
  /// an archive. What is learnt of them, and of files inside them, goes to `result.members`.
  ///
  /// - Parameter name: the step from the file at hand to this one.
  func examineMember(named name: String, _ bytes: [UInt8], into result: inout ReadResult) {
    examineMember(named: name, ByteSource(bytes: bytes), nil, cost: bytes.count, into: &result)
  }

  /// As with bytes, for a file that is a source of its own, of a type that is known.
  func examineMember(
    named name: String, _ source: ByteSource, _ mediaType: MediaType, into result: inout ReadResult
  ) {
    examineMember(named: name, source, mediaType, cost: source.count, into: &result)
  }

  /// As with bytes, for a part of the file at hand that is read where it stands, however large it is.
  ///
  /// - Parameter isLeftOut: tells from what was learnt whether nothing is said of it: a picture like any other.
  func examineMember(
    named name: String, part: ByteSource, into result: inout ReadResult,
    unless isLeftOut: (ReadResult) -> Bool = { _ in false }
  ) {
    examineMember(named: name, part, nil, cost: 0, into: &result, unless: isLeftOut)
  }

  private func examineMember(
    named name: String, _ source: ByteSource, _ known: MediaType?, cost: Int, into result: inout ReadResult,
    unless isLeftOut: (ReadResult) -> Bool = { _ in false }
  ) {
    members.count += 1
    members.byteCount += cost
    guard members.count <= limits.members, members.byteCount <= limits.bytes, members.depth < limits.nesting
    else {
      return result.damageOnce("limit", "more lies inside the file than is looked at")
    }
    members.depth += 1
    defer { members.depth -= 1 }
    let artifact = Artifact(
      path: PathBytes([]), member: [name.isEmpty ? "unnamed" : name], byteCount: source.count)
    guard source.count > 0 else {
      result.members.append(Examination(artifact: artifact, mediaType: .empty, coverage: .read))
      return
    }
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

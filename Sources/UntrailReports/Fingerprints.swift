internal import UntrailBytes
package import UntrailModel

/// Fingerprints of findings: 64 bits that are the same in every run in which the same rule finds something in the same
/// file, so that two reports can be compared.
///
/// With a key they are codes that say nothing to who does not have it. Without one they are plain hashes, and so only of
/// what the report shows anyhow: at the level `share` that is a number of the run, and such fingerprints do not last.
extension Redactor {
  /// Of a finding on one file: of the path from the root on, and the rule.
  package func fingerprint(rule: String, of file: JudgedFile) -> UInt64 {
    if let key { return key.code("finding", fileParts(file) + [Array(rule.utf8)]) }
    var hash = fileHash(file)
    hash.add(rule)
    return hash.value
  }

  /// The hash of what stands for a file. The findings of a file come one after another: the last hash is kept.
  private func fileHash(_ file: JudgedFile) -> FNV1a64 {
    let member = file.examination.artifact.member
    if let known = hashedFile, known.ordinal == file.ordinal, known.member == member { return known.hash }
    var hash = FNV1a64()
    for part in fileParts(file) {
      hash.add(part)
      hash.add(0)
    }
    hashedFile = HashedFile(ordinal: file.ordinal, member: member, hash: hash)
    return hash
  }

  private func fileParts(_ file: JudgedFile) -> [[UInt8]] {
    let artifact = file.examination.artifact
    guard key == nil, level == .share else {
      return [Array(paths.relative(artifact.path).tail)] + artifact.member.map { Array($0.utf8) }
    }
    return [path(artifact.path, ordinal: file.ordinal).bytes]
      + self.member(artifact.member).map { Array($0.utf8) }
  }

  /// Of a finding on files together: of the rule, and what they share. What they share may be a value that the report
  /// does not show; then their first file stands for it, unless there is a key.
  package func fingerprint(rule: String, of finding: GroupFinding) -> UInt64 {
    var parts = [Array(rule.utf8)]
    switch finding.group {
    case .run: parts.append(Array("run".utf8))
    case .folder(let folder):
      parts.append(Array("folder".utf8))
      parts.append(
        level == .share && key == nil ? self.folder(folder).bytes : Array(paths.relative(folder: folder)))
    case .value(let kind, let role, let text):
      parts += [Array("value".utf8), Array(kind.name.utf8), Array(role.name.utf8)]
      parts.append(key == nil ? first(finding) : Array(text.utf8))
    case .device(let name):
      parts.append(Array("device".utf8))
      parts.append(key == nil ? first(finding) : Array(name.utf8))
    case .place(let coordinate):
      // As coarse as reports are: the middle of a place moves with every new file.
      parts.append(Array("place".utf8))
      for degrees in [coordinate.latitude, coordinate.longitude] {
        parts.append(Array(String(Int((degrees * 10).rounded())).utf8))
      }
    case .day(let day): parts += [Array("day".utf8), Array(String(day).utf8)]
    }
    return code("group finding", parts)
  }

  private func first(_ finding: GroupFinding) -> [UInt8] {
    guard let file = finding.examples.first else { return [] }
    return level == .share
      ? path(file.path, ordinal: file.ordinal).bytes : Array(paths.relative(file.path).tail)
  }

  private func code(_ purpose: StaticString, _ parts: [[UInt8]]) -> UInt64 {
    if let key { return key.code(purpose, parts) }
    var hash = FNV1a64()
    for part in parts {
      hash.add(part)
      hash.add(0)
    }
    return hash.value
  }
}

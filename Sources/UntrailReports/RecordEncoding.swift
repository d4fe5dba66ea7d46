internal import UntrailBytes
internal import UntrailModel

/// The parts that JSON and NDJSON reports have in common, in the shapes of `schemas/`.
struct RecordEncoding {
  let redactor: Redactor

  // MARK: Files

  /// Path, member, media type and coverage, as the first keys of an object.
  func identity(_ file: JudgedFile, into buffer: ByteBuffer, first: Bool) {
    let examination = file.examination
    buffer.path(redactor.path(examination.artifact.path, ordinal: file.ordinal), first: first)
    buffer.key("member")
    list(redactor.member(examination.artifact.member), into: buffer) { buffer.json($0) }
    buffer.key("mediaType")
    buffer.json(examination.mediaType.name)
    if let magicName = examination.mediaType.magicName {
      buffer.key("magicType")
      buffer.json(magicName)
    }
    if let refinement = examination.mediaType.refinement {
      buffer.key("refinement")
      buffer.json(refinement)
    }
    buffer.key("coverage")
    buffer.json(examination.coverage.name)
  }

  func diagnostics(_ diagnostics: [Diagnostic], into buffer: ByteBuffer) {
    buffer.key("diagnostics")
    list(diagnostics, into: buffer) { diagnostic in
      buffer.append("{\"code\":")
      buffer.json(diagnostic.code)
      buffer.key("message")
      buffer.json(diagnostic.message)
      if let offset = diagnostic.offset {
        buffer.key("offset")
        buffer.append(offset)
      }
      buffer.append(UInt8(ascii: "}"))
    }
  }

  // MARK: Findings

  /// Path and member, as all findings of a file have them. Empty for a file without findings.
  func findingIdentity(of file: JudgedFile) -> ByteBuffer? {
    guard !file.findings.isEmpty else { return nil }
    let artifact = file.examination.artifact
    let identity = ByteBuffer(capacity: artifact.path.bytes.count + 64)
    identity.path(redactor.path(artifact.path, ordinal: file.ordinal))
    if !artifact.member.isEmpty {
      identity.key("member")
      list(redactor.member(artifact.member), into: identity) { identity.json($0) }
    }
    return identity
  }

  /// The rule, as all findings of it have it.
  func findingHead(_ rule: Rule) -> ByteBuffer {
    let head = ByteBuffer(capacity: 128)
    head.key("rule")
    head.json(rule.id)
    return head
  }

  /// - Parameters:
  ///   - identity: what `findingIdentity(of:)` gives for the file.
  ///   - head: what `findingHead` gives for the rule.
  func finding(
    _ finding: FileFinding, of rule: Rule, in file: JudgedFile, _ identity: ByteBuffer?, _ head: ByteBuffer,
    into buffer: ByteBuffer
  ) {
    head.withBytes { buffer.append($0.bindMemory(to: UInt8.self)) }
    buffer.key("severity")
    buffer.json(finding.severity.name)
    identity?.withBytes { buffer.append($0.bindMemory(to: UInt8.self)) }
    fingerprint(redactor.fingerprint(rule: rule.id, of: file), into: buffer)
    buffer.key("evidence")
    list(finding.evidence, into: buffer) { index in
      observation(file.examination.observations[index], into: buffer)
    }
  }

  func groupFinding(_ finding: GroupFinding, rule: Rule, into buffer: ByteBuffer) {
    buffer.key("rule")
    buffer.json(rule.id)
    buffer.key("severity")
    buffer.json(finding.severity.name)
    fingerprint(redactor.fingerprint(rule: rule.id, of: finding), into: buffer)
    buffer.append(",\"group\":{")
    switch finding.group {
    case .run:
      buffer.append("\"by\":\"run\"")
    case .folder(let path):
      buffer.append("\"by\":\"folder\"")
      buffer.path(redactor.folder(path))
    case .value(let kind, let role, let text):
      buffer.append("\"by\":\"value\",\"kind\":")
      buffer.json(kind.name)
      buffer.key("role")
      buffer.json(role.name)
      buffer.key("value")
      buffer.json(redactor.text(text, kind: kind, role: role))
    case .place(let coordinate):
      buffer.append("\"by\":\"place\"")
      self.coordinate(coordinate, into: buffer)
    case .device(let name):
      buffer.append("\"by\":\"device\",\"value\":")
      buffer.json(redactor.deviceName(name))
    case .day(let day):
      buffer.append("\"by\":\"day\",\"value\":\"")
      buffer.timestamp(Timestamp(civilSeconds: day &* 86_400, precision: .day), toDay: true)
      buffer.append(UInt8(ascii: "\""))
    }
    buffer.append("},\"count\":")
    buffer.append(finding.count)
    buffer.key("fileCount")
    buffer.append(finding.fileCount)
    buffer.key("examples")
    list(finding.examples, into: buffer) { example in
      buffer.append(UInt8(ascii: "{"))
      buffer.path(redactor.path(example.path, ordinal: example.ordinal), first: true)
      buffer.append(UInt8(ascii: "}"))
    }
    guard !finding.evidence.isEmpty else { return }
    buffer.key("evidence")
    list(finding.evidence, into: buffer) { observation($0, into: buffer) }
  }

  private func fingerprint(_ fingerprint: UInt64, into buffer: ByteBuffer) {
    buffer.append(",\"fingerprint\":\"")
    buffer.append(hex: fingerprint)
    buffer.append(UInt8(ascii: "\""))
  }

  func rule(_ rule: Rule, into buffer: ByteBuffer) {
    buffer.append("{\"id\":")
    buffer.json(rule.id)
    let texts: [(StaticString, String)] = [
      ("title", rule.title), ("severity", rule.severity.name), ("category", rule.category),
      ("shows", rule.shows), ("who", rule.who), ("falsePositives", rule.falsePositives),
    ]
    for (name, text) in texts {
      buffer.key(name)
      buffer.json(text)
    }
    buffer.key("do")
    list(rule.actions, into: buffer) { buffer.json($0) }
    buffer.key("references")
    list(rule.references, into: buffer) { buffer.json($0) }
    buffer.append(UInt8(ascii: "}"))
  }

  // MARK: Header and summary

  /// The keys that every report starts with, behind its "type".
  func header(_ header: RunHeader, into buffer: ByteBuffer) {
    buffer.key("schemaVersion")
    buffer.append(UInt8(ascii: "\""))
    buffer.append(ReportSchema.version)
    buffer.append("\",\"tool\":{\"name\":\"untrail\",\"version\":")
    buffer.json(header.toolVersion)
    buffer.key("libraries")
    list(header.libraries, into: buffer) { library in
      buffer.append("{\"name\":")
      buffer.json(library.name)
      buffer.key("version")
      buffer.json(library.version)
      buffer.append(UInt8(ascii: "}"))
    }
    buffer.append("},\"privacy\":")
    buffer.json(redactor.level.name)
    buffer.key("date")
    buffer.append(UInt8(ascii: "\""))
    buffer.timestamp(Timestamp(civilSeconds: header.day * 86_400, precision: .day), toDay: true)
    buffer.append(UInt8(ascii: "\""))
    editions(header, into: buffer)
    if let key = redactor.key {
      buffer.key("keyId")
      buffer.json(key.id)
    }
    if redactor.level != .share {
      buffer.key("roots")
      list(header.roots, into: buffer) { root in buffer.json(root.bytes) }
    }
  }

  /// Which rules and which geography were used, where they were.
  func editions(_ header: RunHeader, into buffer: ByteBuffer) {
    if !header.ruleSetDigest.isEmpty {
      buffer.key("ruleSetDigest")
      buffer.json(header.ruleSetDigest)
    }
    if !header.dataEdition.isEmpty {
      buffer.key("dataEdition")
      buffer.json(header.dataEdition)
    }
  }

  /// The keys that every report ends with.
  func summary(_ summary: RunSummary, withFindings: Bool, into buffer: ByteBuffer) {
    buffer.key("files")
    buffer.append(summary.fileCount)
    buffer.append(",\"coverage\":{")
    for coverage in Coverage.allCases {
      if coverage != .read { buffer.append(UInt8(ascii: ",")) }
      buffer.json(coverage.name)
      buffer.append(UInt8(ascii: ":"))
      buffer.append(summary.count(coverage))
    }
    buffer.append(UInt8(ascii: "}"))
    buffer.append(",\"notRead\":{")
    for (index, entry) in summary.notReadCounts.sorted(by: { $0.key < $1.key }).enumerated() {
      if index > 0 { buffer.append(UInt8(ascii: ",")) }
      buffer.json(entry.key)
      buffer.append(UInt8(ascii: ":"))
      buffer.append(entry.value)
    }
    buffer.append(UInt8(ascii: "}"))
    if withFindings {
      buffer.append(",\"findings\":{")
      for severity in Severity.allCases.reversed() {
        if severity != .critical { buffer.append(UInt8(ascii: ",")) }
        buffer.json(severity.name)
        buffer.append(UInt8(ascii: ":"))
        buffer.append(summary.count(severity))
      }
      buffer.append(UInt8(ascii: "}"))
      buffer.key("suppressed")
      buffer.append(summary.suppressedCount)
      if let baseline = summary.baseline {
        buffer.append(",\"baseline\":{\"known\":")
        buffer.append(baseline.known)
        buffer.append(",\"gone\":")
        buffer.append(baseline.gone)
        buffer.append(UInt8(ascii: "}"))
      }
    }
    buffer.append(",\"isolation\":{\"mode\":")
    buffer.json(summary.isolation.mode)
    buffer.key("layers")
    list(summary.isolation.layers, into: buffer) { buffer.json($0) }
    buffer.append(UInt8(ascii: "}"))
    buffer.key("complete")
    buffer.append(summary.isComplete ? "true" : "false")
  }

  func list<Element>(_ elements: [Element], into buffer: ByteBuffer, _ write: (borrowing Element) -> Void) {
    buffer.append(UInt8(ascii: "["))
    elements.withUnsafeBufferPointer { elements in
      for index in elements.indices {
        if index > 0 { buffer.append(UInt8(ascii: ",")) }
        write(elements[index])
      }
    }
    buffer.append(UInt8(ascii: "]"))
  }
}

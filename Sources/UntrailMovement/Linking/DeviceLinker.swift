package import UntrailModel

/// Joins files that one device made: by the numbers that it writes, by marks that single shots share, and, weakly, by
/// its make and model. Channel F4; what joins and what does not stands in docs/linking.md.
///
/// No file is kept: a file leaves four bytes, a hash for each of its marks, and 40 bytes where nothing joins it yet.
package struct DeviceLinker: Sendable {
  /// Files that are joined without doubt.
  struct Cluster: Sendable {
    /// The hash of the number on the body; 0 where none is known.
    var bodySerial = 0
    /// In `models`; 0 where no file names a model.
    var model: UInt32 = 0
    var fileCount: UInt32 = 0
    /// The first file's number in the order of the walk.
    var firstFile: UInt32 = 0
    /// Days since 1970-01-01; the first is behind the last where no file has a date.
    var firstDay = Int32.max
    var lastDay = Int32.min
    var evidence: Evidence = []
  }

  /// Why files are in a cluster.
  struct Evidence: OptionSet, Sendable {
    let rawValue: UInt8
    static let serial = Evidence(rawValue: 1)
    static let address = Evidence(rawValue: 2)
    static let host = Evidence(rawValue: 4)
    static let mark = Evidence(rawValue: 8)
    static let session = Evidence(rawValue: 16)
    static let model = Evidence(rawValue: 32)

    /// Whether something names the one device.
    var isIdentity: Bool { !isDisjoint(with: [.serial, .address, .host]) }
  }

  /// A make and model with one version of its own software.
  struct Model: Sendable, Hashable {
    var make: String
    var model: String
    var firmware: String
    var family: LinkEvidence.Family
  }

  /// What is told of a cluster to people.
  struct Detail: Sendable {
    var identifiers: [DeviceGroup.Identifier] = []
    var accounts: [DeviceGroup.Identifier] = []
    var accountFileCount = 0
    var examples: [FileReference] = []
  }

  static let exampleLimit = 3
  /// Devices of which identifiers, accounts and examples are kept.
  static let detailLimit = 2000
  private static let identifierLimit = 16
  private static let accountLimit = 16

  /// The first stands for files of no device.
  private(set) var sets = DisjointSets()
  private(set) var clusters: [Cluster] = []
  private(set) var models: [Model] = [Model(make: "", model: "", firmware: "", family: .other)]
  private(set) var details: [UInt32: Detail] = [:]
  private(set) var uptimeMarks: [UptimeMark] = []
  /// By the file's number in the order of the walk, from 1.
  private(set) var ofFile: [UInt32] = []
  private(set) var documents = DocumentLinker()
  private var clusterOfKey: [Int: UInt32] = [:]
  private var modelNumbers: [Model: UInt32] = [:]
  private var lastFile: (ordinal: Int, clusters: [UInt32]) = (0, [])

  package init() { _ = addCluster(Cluster()) }

  /// Takes a file in. Files must come in the order of the walk, and what is inside a file behind it.
  ///
  /// - Returns: a provisional number of the file's device, for `DeviceLinks.final(_:)`; 0 where it names none.
  package mutating func add(_ file: JudgedFile) -> UInt32 {
    let evidence = LinkEvidence(file)
    documents.add(file, evidence.documents)
    let cluster = evidence.isEmpty ? 0 : cluster(of: evidence, file)
    if file.examination.artifact.member.isEmpty, file.ordinal > 0 {
      while ofFile.count < file.ordinal - 1 { ofFile.append(0) }
      if ofFile.count < file.ordinal { ofFile.append(cluster) }
    }
    return cluster
  }

  /// What the files say together.
  package func links() -> DeviceLinks { DeviceLinks(self) }

  private mutating func addCluster(_ cluster: Cluster) -> UInt32 {
    clusters.append(cluster)
    return sets.add()
  }

  private mutating func cluster(of evidence: LinkEvidence, _ file: JudgedFile) -> UInt32 {
    let model = number(of: evidence)
    var keys = evidence.identities + evidence.marks
    let session = sessionKeys(evidence)
    let known = keys.compactMap { clusterOfKey[$0] } + session.near.compactMap { clusterOfKey[$0] }
    var cluster = joined(known, evidence)
    let isNew = cluster == nil
    if cluster == nil, keys.isEmpty, session.own == nil {
      // All that is known is make and model.
      keys = [LinkEvidence.hash("model", "", String(model))]
      cluster = clusterOfKey[keys[0]].map { sets.root($0) }
    }
    let number = cluster ?? addCluster(Cluster())
    if let own = session.own { keys.append(own) }
    for key in keys where clusterOfKey[key] == nil { clusterOfKey[key] = number }
    note(evidence, file, model, in: number, session.own != nil)
    if session.own != nil || isNew, let uptime = evidence.uptime, let time = evidence.time,
      let offset = time.utcOffsetMinutes, model != 0,
      let seconds = UInt32(exactly: time.civilSeconds &- Int64(offset) * 60), let on = UInt32(exactly: uptime)
    {
      uptimeMarks.append(UptimeMark(time: seconds, uptime: on, cluster: number))
    }
    return number
  }

  /// Joins the clusters that a file's keys name, but never two bodies.
  private mutating func joined(_ numbers: [UInt32], _ evidence: LinkEvidence) -> UInt32? {
    var result: UInt32?
    var serial = evidence.bodySerial ?? 0
    for number in numbers {
      let root = sets.root(number)
      let other = clusters[Int(root)].bodySerial
      guard other == 0 || serial == 0 || other == serial else { continue }
      if other != 0 { serial = other }
      guard let known = result else {
        result = root
        continue
      }
      guard let (kept, gone) = sets.join(known, root) else { continue }
      merge(gone, into: kept)
      result = kept
    }
    return result
  }

  private mutating func merge(_ gone: UInt32, into kept: UInt32) {
    clusters[Int(kept)] = Self.merged(clusters[Int(kept)], clusters[Int(gone)])
    if let detail = details.removeValue(forKey: gone) {
      details[kept] = Self.merged(details[kept] ?? Detail(), detail)
    }
  }

  static func merged(_ first: Cluster, _ other: Cluster) -> Cluster {
    var cluster = first
    if cluster.bodySerial == 0 { cluster.bodySerial = other.bodySerial }
    if cluster.model == 0 { cluster.model = other.model }
    cluster.fileCount &+= other.fileCount
    if other.firstFile != 0, cluster.firstFile == 0 || other.firstFile < cluster.firstFile {
      cluster.firstFile = other.firstFile
    }
    cluster.firstDay = min(cluster.firstDay, other.firstDay)
    cluster.lastDay = max(cluster.lastDay, other.lastDay)
    cluster.evidence.formUnion(other.evidence)
    return cluster
  }

  static func merged(_ first: Detail, _ other: Detail) -> Detail {
    var detail = first
    for identifier in other.identifiers where !detail.identifiers.contains(identifier) {
      if detail.identifiers.count < identifierLimit { detail.identifiers.append(identifier) }
    }
    for account in other.accounts where !detail.accounts.contains(account) {
      if detail.accounts.count < accountLimit { detail.accounts.append(account) }
    }
    detail.accountFileCount += other.accountFileCount
    var examples = detail.examples
    for example in other.examples where !examples.contains(where: { $0.ordinal == example.ordinal }) {
      examples.append(example)
    }
    examples.sort { $0.ordinal < $1.ordinal }
    detail.examples = Array(examples.prefix(exampleLimit))
    return detail
  }

  private mutating func note(
    _ evidence: LinkEvidence, _ file: JudgedFile, _ model: UInt32, in number: UInt32, _ hasSession: Bool
  ) {
    var cluster = clusters[Int(number)]
    if cluster.bodySerial == 0 { cluster.bodySerial = evidence.bodySerial ?? 0 }
    if cluster.model == 0 { cluster.model = model }
    if cluster.firstFile == 0 { cluster.firstFile = UInt32(clamping: file.ordinal) }
    if let day = evidence.day.flatMap(Int32.init(exactly:)) {
      cluster.firstDay = min(cluster.firstDay, day)
      cluster.lastDay = max(cluster.lastDay, day)
    }
    var reasons: Evidence = []
    for identifier in evidence.identifiers {
      switch (identifier.kind, identifier.role) {
      case (.serial, .body), (.serial, .internalSerial), (.serial, .imei): reasons.insert(.serial)
      case (.network, _): reasons.insert(.address)
      case (.device, .host): reasons.insert(.host)
      default: break
      }
    }
    if !evidence.marks.isEmpty { reasons.insert(.mark) }
    if hasSession { reasons.insert(.session) }
    if reasons.isEmpty { reasons.insert(.model) }
    cluster.evidence.formUnion(reasons)
    // What stands inside a file is that file's.
    if lastFile.ordinal != file.ordinal { lastFile = (file.ordinal, []) }
    if !lastFile.clusters.contains(number) {
      cluster.fileCount &+= 1
      lastFile.clusters.append(number)
    }
    clusters[Int(number)] = cluster
    noteDetail(evidence, file, reasons, in: number)
  }

  /// Keeps what is told to people: of each device with a number, and of each model, but not of each shot.
  private mutating func noteDetail(
    _ evidence: LinkEvidence, _ file: JudgedFile, _ reasons: Evidence, in number: UInt32
  ) {
    let cluster = clusters[Int(number)]
    let isOfShot = cluster.model != 0 && !cluster.evidence.isIdentity && !reasons.contains(.model)
    let place = isOfShot ? shotsOfModel(cluster.model) : number
    // Of so many devices nobody reads the numbers; they are still told apart, and counted.
    guard details[place] != nil || details.count < Self.detailLimit else { return }
    var detail = details[place] ?? Detail()
    for identifier in evidence.identifiers where !detail.identifiers.contains(identifier) {
      if detail.identifiers.count < Self.identifierLimit { detail.identifiers.append(identifier) }
    }
    for account in evidence.accounts where !detail.accounts.contains(account) {
      if detail.accounts.count < Self.accountLimit { detail.accounts.append(account) }
    }
    if !evidence.accounts.isEmpty { detail.accountFileCount += 1 }
    if detail.examples.count < Self.exampleLimit, detail.examples.last?.ordinal != file.ordinal {
      detail.examples.append(
        FileReference(ordinal: file.ordinal, path: file.examination.artifact.path))
    }
    details[place] = detail
  }

  /// A cluster of no files, at which the examples of a model's single shots are kept.
  private mutating func shotsOfModel(_ model: UInt32) -> UInt32 {
    let key = LinkEvidence.hash("model", "", String(model))
    if let known = clusterOfKey[key] { return sets.root(known) }
    var cluster = Cluster()
    cluster.model = model
    let number = addCluster(cluster)
    clusterOfKey[key] = number
    return number
  }

  private mutating func number(of evidence: LinkEvidence) -> UInt32 {
    guard !evidence.make.isEmpty || !evidence.model.isEmpty else { return 0 }
    let model = Model(
      make: evidence.make, model: evidence.model, firmware: evidence.firmware, family: evidence.family)
    if let known = modelNumbers[model] { return known }
    let number = UInt32(truncatingIfNeeded: models.count)
    models.append(model)
    modelNumbers[model] = number
    return number
  }

  /// Keys of the time at which the device was switched on, counted without standby: the same for shots between which it
  /// did not sleep. Clocks and counts are cut to seconds, so two seconds either way are the same.
  private func sessionKeys(_ evidence: LinkEvidence) -> (near: [Int], own: Int?) {
    guard let uptime = evidence.uptime, let time = evidence.time, time.precision == .second,
      evidence.day != nil, !evidence.model.isEmpty, uptime < 1 << 32
    else { return ([], nil) }
    let start = time.civilSeconds - Int64(time.utcOffsetMinutes ?? 0) * 60 - uptime
    let space = time.utcOffsetMinutes == nil ? "session of local time" : "session"
    func key(_ difference: Int64) -> Int {
      LinkEvidence.hash(space, evidence.make + "/" + evidence.model, String(start + difference))
    }
    let own = key(0)
    if clusterOfKey[own] != nil { return ([own], own) }
    return ([-2, -1, 1, 2].map(key), own)
  }
}

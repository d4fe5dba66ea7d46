internal import UntrailModel

/// What an archive says besides its files: who owned them, when they were changed, where they came from. Channel E4.
struct ArchiveFacts {
  private let group: String
  private var facts: FactSet
  private var first: (order: Int64, time: Timestamp)?
  private var last: (order: Int64, time: Timestamp)?
  private var offsets: Set<Int16> = []
  private let limits: Limits

  init(_ group: String, _ limits: Limits) {
    self.group = group
    self.limits = limits
    facts = FactSet(limit: min(1000, limits.observations))
  }

  mutating func take(_ entry: ArchiveEntry, into result: inout ReadResult) {
    takeName(entry.name, into: &result)
    if let target = entry.target { takeTarget(target, into: &result) }
    if let modified = entry.modified { takeTime(utc: modified) }
    for (name, field) in [(entry.user, "Uname"), (entry.group, "Gname")] {
      guard let name, !Self.systemUsers.contains(name.lowercased()) else { continue }
      add(.account, .person(name), field, into: &result)
    }
  }

  mutating func add(
    _ role: Role, _ fact: Observation.Fact, _ field: String, at offset: Int? = nil,
    into result: inout ReadResult
  ) {
    facts.add(role, fact, group + ":" + field, at: offset, into: &result)
  }

  /// Notes the time of a file: on its own clock, in UTC, or both, in seconds since 1970.
  mutating func takeTime(local: Int64? = nil, utc: Int64? = nil) {
    guard let order = utc ?? local, order > 315_532_800, order <= Timestamp.lastSecond else { return }
    var time = Timestamp(civilSeconds: order, utcOffsetMinutes: utc == nil ? nil : 0)
    if let local, let utc, let offset = Self.offset(local, utc) {
      time = Timestamp(civilSeconds: utc + Int64(offset) * 60, utcOffsetMinutes: offset)
      if offsets.count < 16 { offsets.insert(offset) }
    }
    if first.map({ order < $0.order }) ?? true { first = (order, time) }
    if last.map({ order > $0.order }) ?? true { last = (order, time) }
  }

  /// Minutes east of UTC of a clock; nil where no zone has as many. Some clocks have every other second only.
  private static func offset(_ local: Int64, _ utc: Int64) -> Int16? {
    let difference = local - utc
    let quarters = CivilDate.floorDivide(difference + 450, 900)
    guard abs(quarters) <= 56, abs(difference - quarters * 900) <= 2 else { return nil }
    return Int16(quarters * 15)
  }

  mutating func takeName(_ name: String, into result: inout ReadResult) {
    guard ArchiveName.isUnsafe(name) else { return }
    if !result.diagnostics.contains(where: { $0.code == "member-name" }) {
      result.doubt(
        "member-name", "a name in the archive leads out of the folder that it would be unpacked into", at: nil
      )
    }
    takeTarget(name, into: &result)
  }

  /// Notes a path that names whose folder it is in.
  mutating func takeTarget(_ path: String, into result: inout ReadResult) {
    if ArchiveName.isPersonal(path) { add(.path, .link(path), "Path", into: &result) }
  }

  mutating func finish(into result: inout ReadResult) {
    let field = group == "ZIP" ? "ZipModifyDate" : "ModifyDate"
    for moment in [first, last] {
      if let moment { add(.modified, .timestamp(moment.time), field, into: &result) }
    }
    for offset in offsets.sorted() { add(.derived, .utcOffset(offset), field, into: &result) }
    if facts.isFull { result.damageOnce("limit", "the archive says more of its files than is listed") }
  }

  /// Who owns files on every system.
  private static let systemUsers: Set<String> = [
    "root", "wheel", "admin", "staff", "users", "nobody", "nogroup", "daemon", "bin", "sys", "none",
    "everyone",
    "system", "adm", "www-data", "domain users", "nfsnobody", "user", "group",
  ]
}

/// Names in archives. None of them is followed.
enum ArchiveName {
  /// Whether a name, taken for a path, leads somewhere else than below where it is taken from.
  static func isUnsafe(_ name: String) -> Bool {
    let name = name.utf8
    if name.first == UInt8(ascii: "/") || name.first == UInt8(ascii: "\\") { return true }
    if name.dropFirst().first == UInt8(ascii: ":"), name.dropFirst(2).first == UInt8(ascii: "\\") {
      return true
    }
    return name.split(whereSeparator: { $0 == UInt8(ascii: "/") || $0 == UInt8(ascii: "\\") })
      .contains { $0.elementsEqual("..".utf8) }
  }

  /// Whether a path leads through somebody's own folder.
  static func isPersonal(_ path: String) -> Bool {
    let parts = path.split(whereSeparator: { $0 == "/" || $0 == "\\" })
    guard
      let index = parts.firstIndex(where: {
        ["home", "users", "documents and settings"].contains($0.lowercased())
      })
    else { return false }
    return index + 1 < parts.count
      && !["shared", "public", "default"].contains(parts[index + 1].lowercased())
  }
}

package import UntrailModel

/// Counts over the files of a run for the rules that look at files together.
///
/// Holds one entry per group and one per distinct thing counted in it, never the files themselves.
package struct Correlator {
  /// How many files of a group are named.
  package static let exampleLimit = 20
  /// Distinct things beyond this are not told apart any more: the count then says "at least".
  private static let distinctLimit = 10_000

  private let rules: [Compiled]
  private let patterns: PatternTable
  private var groups: [Key: State] = [:]

  /// A rule for files together; its pattern has the number of its place among such rules.
  private final class Compiled {
    let index: Int
    let correlation: Correlation

    init(_ index: Int, _ correlation: Correlation) {
      self.index = index
      self.correlation = correlation
    }
  }

  private struct Key: Hashable {
    var rule: Int
    var group: Group
  }

  private enum Group: Hashable {
    case run
    case folder([UInt8])
    case value(String)
    /// Row and column of a cell of 0.002 degree.
    case cell(Int, Int)

    var sortText: String {
      switch self {
      case .run: ""
      case .folder(let path): String(decoding: path, as: UTF8.self)
      case .value(let text): text
      case .cell(let row, let column): "\(row) \(column)"
      }
    }

    func shown(_ kind: Kind, _ role: Role) -> GroupFinding.Group {
      switch self {
      case .run: .run
      case .folder(let path): .folder(path)
      case .value(let text): .value(kind, role, text)
      case .cell(let row, let column):
        Coordinate(
          latitude: (Double(row) + 0.5) / cellsPerDegree, longitude: (Double(column) + 0.5) / cellsPerDegree
        )
        .map { .place($0) } ?? .run
      }
    }
  }

  private enum Counted: Hashable {
    /// Files are counted as they come; nothing has to be kept to tell them apart.
    case file
    case number(Int)
    case text(String)
  }

  private struct State {
    var distinct: Set<Counted> = []
    var fileCount = 0
    var lastOrdinal = 0
    var examples: [FileReference] = []
    /// Of the first observation in the group.
    let kind: Kind
    let role: Role

    init(_ observation: Observation) {
      kind = observation.kind
      role = observation.role
    }

    mutating func add(_ counted: Counted, _ file: JudgedFile) {
      if file.ordinal != lastOrdinal {
        lastOrdinal = file.ordinal
        fileCount += 1
        if examples.count < Correlator.exampleLimit {
          examples.append(FileReference(ordinal: file.ordinal, path: file.examination.artifact.path))
        }
      }
      if counted != .file, distinct.count < Correlator.distinctLimit { distinct.insert(counted) }
    }

    func count(_ counting: Correlation.Counting) -> Int {
      counting == .files ? fileCount : distinct.count
    }
  }

  /// - Parameter day: the day of the audit, in days since 1970-01-01.
  package init(rules: [Rule], day: Int64) {
    self.rules = rules.enumerated().compactMap { index, rule in
      guard case .correlation(let correlation) = rule.match else { return nil }
      return Compiled(index, correlation)
    }
    patterns = PatternTable(self.rules.map(\.correlation.pattern), day: day)
  }

  /// Takes one file into the counts. Files must come in the order of the walk.
  package mutating func add(_ file: JudgedFile) {
    let entries = file.index.entries
    let admitted = patterns.admitted(entries)
    for (number, rule) in rules.enumerated() where admitted.mayContain(number) {
      for place in entries.indices where patterns.mayAdmit(number, entries[place]) {
        let observation = file.examination.observations[place]
        guard patterns.holds(number, observation),
          let counted = Self.counted(observation, rule.correlation.count)
        else { continue }
        for group in Self.groups(observation, file, rule.correlation.groupBy) {
          groups[Key(rule: rule.index, group: group), default: State(observation)].add(counted, file)
        }
      }
    }
  }

  private static func counted(
    _ observation: Observation, _ counting: Correlation.Counting
  ) -> Counted? {
    switch (counting, observation.fact) {
    case (.files, _): .file
    case (.places, .location(let location)): .number(location.coordinate.cell(cellsPerDegree: 100))
    case (.utcOffsets, .timestamp(let timestamp)): timestamp.utcOffsetMinutes.map { .number(Int($0)) }
    case (.utcOffsets, .utcOffset(let minutes)): .number(Int(minutes))
    case (.values, _): observation.text.map { .text($0) }
    default: nil
    }
  }

  private static let cellsPerDegree = 500.0

  private static func groups(
    _ observation: Observation, _ file: JudgedFile, _ grouping: Correlation.Grouping
  ) -> [Group] {
    switch grouping {
    case .run: return [.run]
    case .folder: return [.folder(Array(file.examination.artifact.path.parent))]
    case .value: return observation.text.map { [.value($0)] } ?? []
    case .ends:
      guard case .track(let track) = observation.fact else { return [] }
      let cells = [track.points.first, track.points.last].compactMap(\.self).map { point in
        Group.cell(
          Int((point.coordinate.latitude * cellsPerDegree).rounded(.down)),
          Int((point.coordinate.longitude * cellsPerDegree).rounded(.down)))
      }
      return cells.count == 2 && cells[0] == cells[1] ? [cells[0]] : cells
    }
  }

  /// The groups that reach their rule's count, in the order of the rules, then of their first file.
  package func findings() -> [GroupFinding] {
    var findings: [GroupFinding] = []
    for rule in rules {
      let (index, correlation) = (rule.index, rule.correlation)
      let reached = groups.filter { key, state in
        key.rule == index && state.count(correlation.count) >= correlation.atLeast
      }
      let sorted = reached.sorted { left, right in
        let first = (left.value.examples.first?.ordinal ?? 0, left.key.group.sortText)
        let second = (right.value.examples.first?.ordinal ?? 0, right.key.group.sortText)
        return first < second
      }
      findings += sorted.map { key, state in
        GroupFinding(
          rule: index, group: key.group.shown(state.kind, state.role), count: state.count(correlation.count),
          fileCount: state.fileCount,
          examples: state.examples)
      }
    }
    return findings
  }
}

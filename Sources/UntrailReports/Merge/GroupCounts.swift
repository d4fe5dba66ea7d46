package import UntrailModel

/// How many participants have a finding, as far as that may be said.
///
/// A group of fewer than `smallest` participants is never shown, and neither is the group of those who do *not* have
/// the finding where that is so small and not empty: the number of all participants is known, and the difference
/// would show it (complementary suppression).
///
/// Source: Sweeney, "k-anonymity", 2002; Hundepool et al., "Statistical Disclosure Control", 2012, chapter 4.
package enum GroupCount: Sendable, Equatable {
  case fewerThanSmallest
  case exactly(Int)
  case atLeast(Int)

  /// The smallest group that is shown.
  package static let smallest = 5

  /// - Parameter participants: of how many; at least `smallest`.
  package init(_ count: Int, of participants: Int) {
    if count < Self.smallest {
      self = .fewerThanSmallest
    } else if participants - count >= Self.smallest {
      self = .exactly(count)
    } else {
      self = .atLeast(max(Self.smallest, participants - Self.smallest + 1))
    }
  }
}

/// What a group's reports say together, without anything that is about one of the group.
package struct GroupCounts: Sendable, Equatable {
  package struct Row: Sendable, Equatable {
    package var rule: Rule
    package var count: GroupCount
  }

  package let participants: Int
  /// Reports that were there more than once.
  package let duplicates: Int
  /// Whether the reports are of several versions or used different rules, so that counts can be too low.
  package let isMixed: Bool
  /// Whether a report is of a run that did not reach its end.
  package let hasPartialReports: Bool
  /// Most severe first, then in the order of the ids.
  package let rows: [Row]

  /// - Parameters:
  ///   - reports: each of one participant.
  ///   - rules: those that are counted; of others nothing is said, since a name of one's own rule could name
  ///     somebody.
  /// - Throws: for a group that is too small.
  package init(_ reports: [ParticipantReport], duplicates: Int, rules: [Rule]) throws(ReportError) {
    guard reports.count >= GroupCount.smallest else {
      throw ReportError(
        "\(reports.count) different reports; at least \(GroupCount.smallest) are needed, so that the counts name no one"
      )
    }
    participants = reports.count
    self.duplicates = duplicates
    let ids = rules.map(\.id)
    isMixed = reports.contains { report in
      report.toolVersion != reports.first?.toolVersion || !report.known.isSubset(of: ids)
        || !ids.allSatisfy(report.known.contains)
    }
    hasPartialReports = reports.contains { !$0.isWhole }
    rows = rules.sorted { ($1.severity, $0.id) < ($0.severity, $1.id) }.map { rule in
      Row(
        rule: rule,
        count: GroupCount(reports.count { $0.found.contains(rule.id) }, of: reports.count))
    }
  }
}

package import UntrailModel

/// The findings of an earlier report, of which those that are found again are left out.
package struct Baseline: Sendable {
  /// How many findings have a fingerprint.
  private var counts: [UInt64: Int] = [:]
  package private(set) var known = 0
  /// How many are not found again, when the run is at its end.
  package var gone: Int { counts.values.reduce(0, +) }

  /// - Parameters:
  ///   - level: of the report that is to be written.
  ///   - key: with which that one is made.
  /// - Throws: where the fingerprints of both are not made alike.
  package init(_ report: EarlierReport, level: PrivacyLevel, key: PseudonymKey?) throws(ReportError) {
    guard !report.hasBaseline else {
      throw ReportError(
        "it was itself written with --baseline and holds only what was new then; give the full report")
    }
    guard report.keyID == key?.id else {
      throw ReportError(
        report.keyID == nil
          ? "it was written without --key-file; write both with the same key, or both without"
          : "it was written with another --key-file; write both with the same key, or both without")
    }
    guard key != nil || report.privacy != .share && level != .share else {
      throw ReportError(
        "at --privacy share files have no name that lasts; write both reports with --privacy coarse, or with --key-file"
      )
    }
    for finding in report.findings + report.groupFindings { counts[finding.fingerprint, default: 0] += 1 }
  }

  /// Whether a finding was in the earlier report. A finding there answers for one here.
  package mutating func contains(_ fingerprint: UInt64) -> Bool {
    guard let count = counts[fingerprint] else { return false }
    counts[fingerprint] = count > 1 ? count - 1 : nil
    known += 1
    return true
  }
}

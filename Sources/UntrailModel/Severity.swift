/// How much a finding could help someone track the reporter, from least to most.
package enum Severity: UInt8, Sendable, NamedCase, Comparable {
  case info
  case low
  case medium
  case high
  case critical

  package var name: String {
    switch self {
    case .info: "info"
    case .low: "low"
    case .medium: "medium"
    case .high: "high"
    case .critical: "critical"
    }
  }

  package static func < (left: Severity, right: Severity) -> Bool { left.rawValue < right.rawValue }
}

/// How much a report gives away to whoever reads it.
package enum PrivacyLevel: UInt8, Sendable, NamedCase {
  /// Everything as it stands in the files.
  case exact
  /// Places to 0.1 degree, times to the day, serials and names as pseudonyms; paths stay. The default.
  case coarse
  /// As `coarse`, and paths are replaced too.
  case share

  package var name: String {
    switch self {
    case .exact: "exact"
    case .coarse: "coarse"
    case .share: "share"
    }
  }
}

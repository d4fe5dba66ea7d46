#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// The exit statuses, all of them.
enum ExitStatus: Int32, Error, CaseIterable {
  case nothingReached = 0
  case findings = 1
  case usage = 2
  case notAllRead = 3
  case failure = 4

  var meaning: String {
    switch self {
    case .nothingReached: "no finding reached the threshold (--fail-on)"
    case .findings: "a finding reached the threshold"
    case .usage: "the command line, a rule or another setting is wrong"
    case .notAllRead: "no finding reached it, but a file could not be read or was cut short"
    case .failure: "the tool failed, or a report could not be written"
    }
  }

  static var table: String {
    allCases.map { "  \($0.rawValue)  \($0.meaning)" }.joined(separator: "\n")
  }

  func exit() -> Never {
    #if canImport(Glibc)
      Glibc.exit(rawValue)
    #else
      Darwin.exit(rawValue)
    #endif
  }
}

/// A failure with a message for the user.
struct CommandFailure: Error {
  var status: ExitStatus
  var message: String

  static func usage(_ message: String) -> CommandFailure { CommandFailure(status: .usage, message: message) }
  static func failure(_ message: String) -> CommandFailure {
    CommandFailure(status: .failure, message: message)
  }
}

/// Whoever read the output went away: no error, and nothing more to do.
struct ClosedPipe: Error {}

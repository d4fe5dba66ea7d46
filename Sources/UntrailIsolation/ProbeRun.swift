internal import CIsolation

#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Darwin)
  internal import Darwin
#endif

/// Tries, in workers, what a taken-over parser would try.
package enum ProbeRun {
  package struct Outcome: Sendable {
    package var name: String
    package var verdict: Verdict
  }

  package enum Verdict: Sendable, Equatable {
    case ended
    case refused
    /// It worked: the sandbox has a hole.
    case succeeded
    /// The probe could not be tried.
    case notTried
  }

  package static var count: Int { Int(untrail_probe_count()) }

  /// Runs every probe in a process of its own.
  ///
  /// - Parameters:
  ///   - executable: the program that becomes the worker.
  ///   - arguments: its arguments for the probe of the given number.
  ///   - evidence: a file that the probes try to change; open for reading.
  package static func run(executable: String, arguments: (Int) -> [String], evidence: Int32) -> [Outcome] {
    (0..<count).map { number in
      Outcome(
        name: String(cString: untrail_probe_name(Int32(number))),
        verdict: verdict(executable, arguments(number), evidence))
    }
  }

  private static func verdict(_ executable: String, _ arguments: [String], _ evidence: Int32) -> Verdict {
    var pair: [Int32] = [-1, -1]
    guard untrail_channel_pair(&pair) == 0 else { return .notTried }
    let process = WorkerProcess.spawn(executable, arguments, channel: pair[1])
    close(pair[1])
    defer { close(pair[0]) }
    guard process > 0 else { return .notTried }
    var byte: UInt8 = 1
    var descriptor = evidence
    _ = untrail_send(pair[0], &byte, 1, &descriptor, 1)
    var signal: Int32 = 0
    var status: Int32 = 0
    guard untrail_wait(process, &signal, &status) == 0 else { return .notTried }
    if signal == SIGSYS { return .ended }
    return switch status {
    case 50: .refused
    case 100: .succeeded
    // A program that replaced the worker ended well.
    case 0 where signal == 0: .succeeded
    default: .notTried
    }
  }
}

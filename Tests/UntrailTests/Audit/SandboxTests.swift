import Foundation
import Testing
import UntrailAudit
import UntrailIsolation
import UntrailModel

#if canImport(Glibc)
  import Glibc
#endif

@Suite("Sandbox")
struct SandboxTests {
  /// The executable, beside the bundle of tests.
  static let executable = URL(fileURLWithPath: CommandLine.arguments[0])
    .deletingLastPathComponent().appendingPathComponent("untrail").path

  private func succeeded(leavingOut left: Set<SandboxLayer>) throws -> Set<String> {
    let folder = try TemporaryFolder()
    let path = try folder.write([1], to: "evidence")
    let evidence = open(path, O_RDONLY | O_CLOEXEC)
    #expect(evidence >= 0)
    defer { close(evidence) }
    let outcomes = Worker.probe(executable: Self.executable, evidence: evidence, leavingOut: left)
    #expect(outcomes.count >= 22)
    for outcome in outcomes { #expect(outcome.verdict != .notTried, "\(outcome.name)") }
    return Set(outcomes.filter { $0.verdict == .succeeded }.map(\.name))
  }

  @Test("with every layer, nothing gets through")
  func all() throws {
    #expect(try succeeded(leavingOut: []).isEmpty)
  }

  @Test(
    "without seccomp, sockets and processes and changed files get through; Landlock still holds the file system"
  )
  func withoutSeccomp() throws {
    let through = try succeeded(leavingOut: [.seccomp])
    for name in ["open a UDP socket", "make a process", "make memory executable", "change the file's times"] {
      #expect(through.contains(name), "\(name)")
    }
    for name in ["read another file", "write a file", "make a symbolic link", "run a program"] {
      #expect(!through.contains(name), "\(name)")
    }
  }

  @Test("without Landlock and seccomp, files are read and written too")
  func withoutLandlock() throws {
    let through = try succeeded(leavingOut: [.seccomp, .landlock])
    for name in ["read another file", "write a file", "run a program"] {
      #expect(through.contains(name), "\(name)")
    }
    for name in ["/tmp/untrail-probe", "/tmp/untrail-probe-link"] { unlink(name) }
  }

  @Test(
    "a worker has no privileges, cannot get new ones, and may not grow a file, dump core or use much memory")
  func status() throws {
    let worker = try WorkerProcess(
      Worker.configuration(
        executable: Self.executable, limits: Limits(), deadline: 5, allowsDegraded: false))
    #expect(worker.level.isComplete)
    let status = try String(contentsOfFile: "/proc/\(worker.processIdentifier)/status", encoding: .utf8)
    func value(_ key: String) -> String? {
      status.split(separator: "\n").first { $0.hasPrefix(key + ":") }?.split(separator: "\t").last.map {
        String($0)
      }
    }
    #expect(value("NoNewPrivs") == "1")
    #expect(value("Seccomp") == "2")
    #expect(value("CapEff") == "0000000000000000")
    #expect(value("CapPrm") == "0000000000000000")
    let limits = try String(contentsOfFile: "/proc/\(worker.processIdentifier)/limits", encoding: .utf8)
    func limit(_ name: String) -> Substring? {
      limits.split(separator: "\n").first { $0.hasPrefix(name) }?.dropFirst(name.count).split(separator: " ")
        .first
    }
    #expect(limit("Max file size") == "0")
    #expect(limit("Max core file size") == "0")
    #expect(limit("Max address space") == "536870912")
    #expect(limit("Max open files") == "96")
  }
}

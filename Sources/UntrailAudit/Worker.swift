internal import UntrailIdentify
package import UntrailIsolation
package import UntrailModel

#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Darwin)
  internal import Darwin
#endif

/// What this program does when it is started as a worker, and how it is started so.
package enum Worker {
  /// The first argument of a worker.
  private static let word = "__worker"
  private static let probeWord = "__probe"

  /// How workers of this program are started.
  ///
  /// - Parameter executable: this program's path.
  package static func configuration(
    executable: String, limits: Limits, deadline: Double, allowsDegraded: Bool
  ) -> WorkerConfiguration {
    WorkerConfiguration(
      executable: executable,
      arguments: [word, limits.encoded, allowsDegraded ? "degraded" : "strict"],
      deadline: deadline, allowsDegraded: allowsDegraded)
  }

  /// Becomes a worker where the arguments say so; returns where they do not.
  package static func runIfAsked(_ arguments: [String]) {
    guard arguments.count > 2 else { return }
    switch arguments[1] {
    case word:
      guard arguments.count == 4, let limits = Limits(encoded: arguments[2]) else { exit(2) }
      run(limits, allowsDegraded: arguments[3] == "degraded")
    case probeWord:
      WorkerLoop.probe(Int(arguments[2]) ?? -1, leavingOut: left(arguments.dropFirst(3)))
    #if DEBUG
      case "__guard" where arguments.count == 4:
        tryGuard(inside: arguments[2], outside: arguments[3])
    #endif
    default:
      return
    }
  }

  #if DEBUG
    /// For the tests: enters the guard and says what can still be done.
    private static func tryGuard(inside: String, outside: String) -> Never {
      guard (try? ParentGuard.enter(writingTo: [inside])) != nil else { exit(1) }
      for attempt in ParentGuard.attempts(inside: inside, outside: outside) {
        print("\(attempt.name): \(attempt.outcome)")
      }
      exit(0)
    }
  #endif

  /// Tries in workers of this program what a taken-over reader would try.
  ///
  /// - Parameter left: layers that are not entered: for the tests that show what each is good for.
  package static func probe(
    executable: String, evidence: Int32, leavingOut left: Set<SandboxLayer> = []
  ) -> [ProbeRun.Outcome] {
    let names = left.map(\.name).sorted()
    return ProbeRun.run(
      executable: executable, arguments: { [probeWord, "\($0)"] + names }, evidence: evidence)
  }

  private static func left(_ names: ArraySlice<String>) -> Set<SandboxLayer> {
    Set(SandboxLayer.allCases.filter { names.contains($0.name) })
  }

  private static func run(_ limits: Limits, allowsDegraded: Bool) -> Never {
    guard let database = try? MagicDatabase.open(),
      let examiner = try? FileExaminer(database: database, limits: limits), (try? examiner.warmUp()) != nil
    else { exit(5) }
    SystemFile.keepFreedMemory()
    let nameless = Artifact(path: PathBytes([]))
    WorkerLoop.run(WorkerLimits(addressSpace: limits.memory), allowsDegraded: allowsDegraded) { file in
      Misbehaviour.perform(file.descriptor)
      let examination = try? examiner.examine(file.descriptor, nameless, byteCount: file.byteCount)
      return examination ?? Examination(artifact: nameless, mediaType: .unknown, coverage: .unreadable)
    }
  }
}

/// What a broken or taken-over reader does, for the tests: in debug builds, where a file asks for it.
enum Misbehaviour {
  #if DEBUG
    /// The first bytes of a file that asks, before the name of what is to happen.
    private static let mark = Array("UNTRAIL-MISBEHAVE ".utf8)

    static func perform(_ descriptor: Int32) {
      var bytes = [UInt8](repeating: 0, count: 64)
      let count = bytes.withUnsafeMutableBytes { pread(descriptor, $0.baseAddress, $0.count, 0) }
      guard count > mark.count, bytes.starts(with: mark) else { return }
      let name = bytes[mark.count..<count].prefix { $0 > 0x20 }
      switch String(decoding: name, as: UTF8.self) {
      case "segfault": kill(SIGSEGV)
      case "abort": abort()
      case "trap": _ = [Int]()[count]
      case "spin": while true { _ = getpid() }
      case "wait": wait(descriptor)
      case "allocate":
        var kept: [UnsafeMutableRawPointer] = []
        while let block = malloc(1 << 20) {
          memset(block, 1, 1 << 20)
          kept.append(block)
        }
        abort()
      case "recurse": _ = recurse(count)
      case "exit": exit(0)
      case "garbage": answer(Array("HTTP/1.1 200 OK\r\n\r\n".utf8))
      case "twice": for _ in 0..<2 { answer(forged(id: 0, length: 0)) }
      case "too-much": answer(forged(id: 0, length: 0x7FFF_FFFF))
      case "other-file": answer(forged(id: 63, length: 0))
      case "system-call": _ = fchmod(descriptor, 0o777)
      default: break
      }
    }

    /// Until somebody changes the file's first byte.
    private static func wait(_ descriptor: Int32) {
      var byte = mark[0]
      while byte == mark[0], pread(descriptor, &byte, 1, 0) == 1 {}
    }

    private static func kill(_ signal: Int32) {
      raise(signal)
      // Blocked or refused: end all the same.
      abort()
    }

    @inline(never) private static func recurse(_ depth: Int) -> Int {
      withUnsafeTemporaryAllocation(byteCount: 4096, alignment: 8) { block in
        block[0] = UInt8(truncatingIfNeeded: depth)
        return recurse(depth + 1) + Int(block[0])
      }
    }

    private static func forged(id: UInt8, length: UInt32) -> [UInt8] {
      Array("UNTA".utf8) + [id, 0, 0, 0]
        + (0..<4).map { UInt8(truncatingIfNeeded: length >> (8 * UInt32($0))) }
    }

    private static func answer(_ bytes: [UInt8]) {
      _ = bytes.withUnsafeBytes { write(3, $0.baseAddress, $0.count) }
    }
  #else
    static func perform(_ descriptor: Int32) {}
  #endif
}

package import UntrailIdentify
package import UntrailIsolation
package import UntrailModel
package import UntrailReports
package import UntrailRules

/// What an audit looks at, and how.
package struct AuditRequest: Sendable {
  /// Files and folders, as the user named them; links among them are followed.
  package var roots: [PathBytes]
  package var rules: [Rule]
  /// What the rules may ask about besides the files.
  package var context: AuditContext
  /// Whether to say what the files reveal together.
  package var isJoining = false
  /// Findings that nobody wants to see again for a time.
  package var suppressions = SuppressionList([])
  /// The findings of an earlier report, which are left out; nil where all are reported.
  package var baseline: Baseline?
  /// How many workers read at once. At least 1.
  package var workerCount: Int
  package var limits = Limits()
  /// Files that are passed over without an entry: the reports being written.
  package var excluded: Set<FileIdentity> = []
  /// Files that the reports would take the place of: to meet one ends the run.
  package var replaced: Set<FileIdentity> = []
  package var magicDatabase: MagicDatabase
  /// Where files are read.
  package var isolation = Isolation.none

  /// Where files are read.
  package enum Isolation: Sendable {
    /// In this process.
    case none
    /// In processes that can do nothing else.
    case worker(WorkerConfiguration)
  }

  package init(
    roots: [PathBytes], rules: [Rule], context: AuditContext, workerCount: Int, magicDatabase: MagicDatabase
  ) {
    self.roots = roots
    self.rules = rules
    self.context = context
    self.workerCount = max(1, workerCount)
    self.magicDatabase = magicDatabase
  }
}

/// Walks, examines, judges and reports. The whole of a run.
package enum Audit {
  /// Frames that may be on their way between the walk and the reports: bounds the memory of a run.
  private static func window(_ workerCount: Int) -> Int { 2 * workerCount + 2 }

  /// What the threads of a run share.
  private struct Shared {
    var waiting: [WalkFrame] = []
    var produced = 0
    var isClosed = false
    /// Judged frames that came before an earlier one.
    var early: [Int: [JudgedFile]] = [:]
    var collected = 0
    var isCollecting = false
    var failure: (any Error)?
    /// The layers that every worker has entered; nil where none was started.
    var layers: [SandboxLayer]?

    mutating func note(_ level: SandboxLevel) {
      layers = layers?.filter(level.layers.contains) ?? level.layers
    }
  }

  /// The collector, which only one thread at a time uses: the one that set `isCollecting`.
  private final class CollectorBox: @unchecked Sendable {
    var collector: Collector
    init(_ collector: Collector) { self.collector = collector }
  }

  /// - Parameters:
  ///   - listed: gives further paths one after another, nil at the end; links among them are not followed.
  ///   - isInterrupted: whether to end early, with a report of what is done so far.
  ///   - progress: is told from time to time how many files are done.
  /// - Throws: where libmagic cannot be used, or a report cannot be written.
  package static func run(
    _ request: AuditRequest, header: RunHeader, redactor: Redactor, sinks: [ReportSink],
    listed: () -> PathBytes? = { nil }, progress: @escaping @Sendable (Int) -> Void = { _ in },
    isInterrupted: @escaping @Sendable () -> Bool = { false }
  ) throws -> RunSummary {
    SystemFile.raiseDescriptorLimit()
    SystemFile.keepFreedMemory()
    let engine = RuleEngine(rules: request.rules, context: request.context)
    let box = CollectorBox(
      Collector(
        rules: request.rules, context: request.context, isJoining: request.isJoining,
        suppressions: request.suppressions, redactor: redactor,
        baseline: request.baseline, sinks: sinks))
    box.collector.begin(header)
    let shared = Monitor(Shared())
    let threads = (0..<request.workerCount).compactMap { _ in
      WorkerThread.start { work(request, engine, shared, box, progress, isInterrupted) }
    }
    guard !threads.isEmpty else { throw AuditError(message: "the system gives no thread to work in") }

    let window = window(threads.count)
    var walk = Walk(excluded: request.excluded, folderLimit: request.limits.folders) { frame in
      shared.wait { state -> Bool? in
        if state.failure != nil || isInterrupted() { return false }
        guard state.produced - state.collected < window else { return nil }
        state.waiting.append(frame)
        state.produced += 1
        return true
      }
    }
    var isWalking = true
    for root in request.roots where isWalking { isWalking = walk.add(root, followsLink: true) }
    while isWalking, let path = listed() { isWalking = walk.add(path, followsLink: false) }
    walk.finish()
    shared.update { $0.isClosed = true }
    for thread in threads { thread.join() }
    if let failure = shared.update({ $0.failure }) { throw failure }
    let isComplete = !isInterrupted()
    return try box.collector.end(
      isComplete: isComplete, isolation: isolation(request, shared.update { $0.layers }))
  }

  private static func isolation(
    _ request: AuditRequest, _ layers: [SandboxLayer]?
  ) -> RunSummary.Isolation {
    switch request.isolation {
    case .none: RunSummary.Isolation(mode: "none", layers: [], isComplete: false)
    case .worker(let configuration):
      RunSummary.Isolation(
        mode: configuration.isPerFile ? "per-file" : "worker",
        layers: (layers ?? SandboxLayer.allCases).map(\.name),
        isComplete: layers.map { $0 == SandboxLayer.allCases } ?? true)
    }
  }

  /// One worker: frame after frame until there are no more.
  private static func work(
    _ request: AuditRequest, _ engine: RuleEngine, _ shared: Monitor<Shared>, _ box: CollectorBox,
    _ progress: @Sendable (Int) -> Void, _ isInterrupted: @escaping @Sendable () -> Bool
  ) {
    SystemFile.growHeap()
    do {
      let examiner: any Examiner
      switch request.isolation {
      case .none: examiner = try LocalExaminer(database: request.magicDatabase, limits: request.limits)
      case .worker(var configuration):
        configuration.isInterrupted = isInterrupted
        examiner = WorkerExaminer(configuration)
      }
      while !isInterrupted(), let frame = nextFrame(shared) {
        var files: [JudgedFile] = []
        files.reserveCapacity(frame.entries.count)
        func judge(_ examination: Examination, _ ordinal: Int) {
          let index = ObservationIndex(examination.observations)
          files.append(
            JudgedFile(
              ordinal: ordinal, examination: examination, index: index,
              findings: engine.judge(
                examination.observations, index, mediaType: examination.mediaType.name,
                isInside: !examination.artifact.member.isEmpty)))
        }
        let examinations = try examiner.examine(frame.entries, replaced: request.replaced)
        for (place, examination) in examinations.enumerated() {
          judge(examination, frame.firstOrdinal + place)
          for member in examination.members { judge(member, frame.firstOrdinal + place) }
        }
        if let level = examiner.level { shared.update { $0.note(level) } }
        try collect(files, frame.number, shared, box, progress)
      }
    } catch {
      shared.update { $0.failure = $0.failure ?? error }
    }
  }

  private static func nextFrame(_ shared: Monitor<Shared>) -> WalkFrame? {
    shared.wait { state -> WalkFrame?? in
      if state.failure != nil { return .some(nil) }
      if !state.waiting.isEmpty { return .some(state.waiting.removeFirst()) }
      return state.isClosed ? .some(nil) : nil
    }
  }

  /// Puts a judged frame in its place, and collects all frames whose turn has come, unless another thread is
  /// at it: no thread waits for another here.
  private static func collect(
    _ files: [JudgedFile], _ number: Int, _ shared: Monitor<Shared>, _ box: CollectorBox,
    _ progress: @Sendable (Int) -> Void
  ) throws {
    var next: [JudgedFile]? = shared.update { state in
      state.early[number] = files
      guard !state.isCollecting else { return nil }
      let ready = state.early.removeValue(forKey: state.collected)
      state.isCollecting = ready != nil
      return ready
    }
    while let ready = next {
      for file in ready { try box.collector.add(file) }
      progress(box.collector.summary.fileCount)
      next = shared.update { state in
        state.collected += 1
        let following = state.early.removeValue(forKey: state.collected)
        state.isCollecting = following != nil
        return following
      }
    }
  }
}

/// A report would take the place of a file that is looked at.
package struct ReplacementError: Error {
  package var path: PathBytes
}

/// Why a run could not be made.
package struct AuditError: Error, CustomStringConvertible {
  package var message: String
  package var description: String { message }
}

internal import UntrailIdentify
internal import UntrailIsolation
internal import UntrailModel

#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Darwin)
  internal import Darwin
#endif

/// Gives each entry of the walk its examination. One per thread.
protocol Examiner: AnyObject {
  /// Examines files that are open, in their order; each gets exactly one examination, through `body`.
  ///
  /// - Throws: only where nothing at all can be examined.
  func examine(_ files: [OpenFile], _ body: (consuming Examination) -> Void) throws

  /// How the code that reads files was locked up; nil where it was not, or where no file came.
  var level: SandboxLevel? { get }
}

/// A file of the walk, open and checked.
struct OpenFile {
  var descriptor: Int32
  var artifact: Artifact
  var byteCount: Int
}

extension Examiner {
  /// The outcomes of some entries of the walk, in their order, whatever the entries are.
  ///
  /// All files are opened first, so that a slow disk works on many of them at once.
  ///
  /// - Throws: `ReplacementError` at a file that is among those in `replaced`.
  func examine(_ entries: [WalkEntry], replaced: Set<FileIdentity>) throws -> [Examination] {
    var examinations: [Examination?] = []
    var files: [OpenFile] = []
    var places: [Int] = []
    var around = AroundFile()
    defer { for file in files { close(file.descriptor) } }
    for entry in entries {
      switch try Opening.open(entry, replaced) {
      case .known(var examination):
        if entry.outcome == nil { around.add(to: &examination, entry) }
        examinations.append(examination)
      case .file(let file):
        places.append(examinations.count)
        examinations.append(nil)
        files.append(file)
      }
    }
    var next = 0
    try examine(files) { (examination: consuming Examination) in
      let place = places[next]
      around.add(to: &examination, entries[place], descriptor: files[next].descriptor)
      if let subject = entries[place].sidecarOf { examination.noteSidecar(of: subject) }
      examinations[place] = consume examination
      next += 1
    }
    return examinations.compactMap { $0 }
  }
}

extension Examination {
  /// Says which picture a file that was read describes.
  fileprivate mutating func noteSidecar(of subject: [UInt8]) {
    guard coverage == .read || coverage == .partial, !observations.isEmpty else { return }
    observations.append(
      Observation(
        .sidecar, .link(String(decoding: subject, as: UTF8.self)), field: "File:SidecarOf", offset: nil))
  }
}

/// Opens the files of the walk.
private enum Opening {
  case known(Examination)
  case file(OpenFile)

  static func open(_ entry: WalkEntry, _ replaced: Set<FileIdentity>) throws -> Opening {
    var artifact = Artifact(path: entry.path)
    if let outcome = entry.outcome { return .known(outcome.examination(of: artifact)) }
    let descriptor = Walk.withName(entry.path.bytes, entry.nameLength) {
      SystemFile.openFile(
        $0, in: entry.directory?.descriptor ?? AT_FDCWD, followsLink: entry.followsLink)
    }
    guard descriptor >= 0 else {
      return .known(WalkEntry.unreadable(.unknown, "open-failed", -descriptor).examination(of: artifact))
    }
    let outcome: WalkEntry.Outcome
    if let status = SystemFile.status(of: descriptor) {
      if !replaced.isEmpty, replaced.contains(FileIdentity(status)) {
        close(descriptor)
        throw ReplacementError(path: entry.path)
      }
      if case .regular = SystemFile.Kind(mode: status.st_mode), isExpected(status, entry) {
        let byteCount = Int(status.st_size)
        artifact.byteCount = byteCount
        if byteCount > 0 {
          SystemFile.adviseAccess(descriptor)
          return .file(OpenFile(descriptor: descriptor, artifact: artifact, byteCount: byteCount))
        }
        close(descriptor)
        return .known(Examination(artifact: artifact, mediaType: .empty, coverage: .read))
      }
      outcome = WalkEntry.Outcome(
        mediaType: .unknown, coverage: .unreadable,
        diagnostic: Diagnostic("replaced", "another file took this file's place while it was opened"))
    } else {
      outcome = WalkEntry.unreadable(.unknown, "open-failed", errno)
    }
    close(descriptor)
    return .known(outcome.examination(of: artifact))
  }

  /// Whether the opened file is the one that the listing named. Some file systems list other inode numbers
  /// than they open; then what stands under the name now decides.
  private static func isExpected(_ status: stat, _ entry: WalkEntry) -> Bool {
    if entry.inode == 0 || entry.inode == UInt64(status.st_ino) { return true }
    guard let directory = entry.directory else { return false }
    let named = Walk.withName(entry.path.bytes, entry.nameLength) {
      SystemFile.status($0, in: directory.descriptor)
    }
    return named.map { FileIdentity($0) == FileIdentity(status) } ?? false
  }
}

/// Examines in this process.
final class LocalExaminer: Examiner {
  private let examiner: FileExaminer

  init(database: MagicDatabase, limits: Limits) throws(MagicError) {
    examiner = try FileExaminer(database: database, limits: limits)
  }

  var level: SandboxLevel? { nil }

  func examine(_ files: [OpenFile], _ body: (consuming Examination) -> Void) throws {
    for file in files {
      body(try examiner.examine(file.descriptor, file.artifact, byteCount: file.byteCount))
    }
  }
}

/// Has a worker process examine, and starts another one where it fails.
final class WorkerExaminer: Examiner {
  private let configuration: WorkerConfiguration
  private var worker: WorkerProcess?
  private(set) var level: SandboxLevel?

  init(_ configuration: WorkerConfiguration) { self.configuration = configuration }

  func examine(_ files: [OpenFile], _ body: (consuming Examination) -> Void) throws {
    var rest = files[...]
    // Which file a worker failed at is known for sure only where it answers each at once: then it is asked again.
    var isPrompt = configuration.isPerFile
    while !rest.isEmpty {
      if configuration.isInterrupted() {
        for file in rest { body(outcome(.interrupted).examination(of: file.artifact)) }
        return
      }
      let worker = try self.worker ?? WorkerProcess(configuration)
      self.worker = worker
      level = worker.level
      var done = 0
      let batch = configuration.isPerFile ? rest.prefix(1) : rest
      let failure = worker.examine(
        batch.map { WorkerFile(descriptor: $0.descriptor, byteCount: $0.byteCount) }, batch.map(\.artifact),
        configuration, isPrompt: isPrompt
      ) { examination in
        body(examination)
        done += 1
      }
      rest = rest.dropFirst(done)
      if failure != nil || configuration.isPerFile { self.worker = nil }
      guard let failure else { continue }
      if !isPrompt, rest.count > 1, failure != .interrupted {
        isPrompt = true
        continue
      }
      // The worker failed at this one; where it failed after the last one, nothing is lost.
      if let file = rest.popFirst() { body(outcome(failure).examination(of: file.artifact)) }
    }
  }

  private func outcome(_ failure: WorkerProcess.Failure) -> WalkEntry.Outcome {
    let diagnostic =
      switch failure {
      case .crashed(let signal):
        Diagnostic("reader-crashed", "the reader crashed at this file (signal \(signal))")
      case .exited(let status):
        Diagnostic("reader-crashed", "the reader ended at this file (status \(status))")
      case .timedOut:
        Diagnostic(
          "timed-out", "reading took longer than \(configuration.deadline) seconds and was ended")
      case .interrupted:
        Diagnostic("interrupted", "the run was ended while this file was read")
      case .refusedSystemCall:
        Diagnostic(
          "refused-system-call",
          "the reader was ended at this file: it asked the system for more than reading needs")
      case .brokeProtocol:
        Diagnostic("reader-misbehaved", "the reader gave an answer at this file that cannot be trusted")
      }
    return WalkEntry.Outcome(mediaType: .unknown, coverage: .unreadable, diagnostic: diagnostic)
  }
}

internal import CIsolation
internal import UntrailBytes
package import UntrailModel

#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Darwin)
  internal import Darwin
#endif

/// How workers are started and watched.
package struct WorkerConfiguration: Sendable {
  /// The program that becomes the worker: this one.
  package var executable: String
  /// Its arguments, which make it one.
  package var arguments: [String]
  /// Seconds that one small file may take; a large one gets more.
  package var deadline: Double
  /// Whether workers whose sandbox lacks a layer are used.
  package var allowsDegraded: Bool
  /// Whether each file gets a worker of its own, so that none can say anything of another file.
  package var isPerFile = false
  /// Whether the run is to end now, whatever a worker is doing.
  package var isInterrupted: @Sendable () -> Bool = { false }

  /// Bytes that the slowest reader that goes through whole files reads in a second.
  private static let bytesPerSecond = 20_000_000.0
  /// Seconds that a file may take beyond the deadline because it is large.
  private static let longest = 600.0

  /// Nanoseconds that a file of this size may take.
  fileprivate func allowance(byteCount: Int) -> UInt64 {
    UInt64((deadline + min(Double(byteCount) / Self.bytesPerSecond, Self.longest)) * 1e9)
  }

  package init(executable: String, arguments: [String], deadline: Double = 10, allowsDegraded: Bool = false) {
    self.executable = executable
    self.arguments = arguments
    self.deadline = deadline
    self.allowsDegraded = allowsDegraded
  }
}

/// Why no worker can be used at all.
package struct IsolationError: Error, CustomStringConvertible {
  package var message: String
  package var description: String { message }
}

/// One worker process, as its parent sees it: hostile. Not `Sendable`; each thread has its own.
package final class WorkerProcess {
  /// What became of a file that the worker did not answer for.
  package enum Failure: Sendable, Equatable {
    case crashed(signal: Int32)
    case exited(status: Int32)
    case timedOut
    /// The run was ended.
    case interrupted
    /// The kernel ended it for a system call that a parser has no use for.
    case refusedSystemCall
    case brokeProtocol
  }

  package let level: SandboxLevel
  /// The system's number for it.
  package var processIdentifier: Int32 { process }
  private let process: Int32
  private let channel: Int32
  private var isRunning = true
  private let received = ReceiveBuffer()
  private let request = ByteBuffer(capacity: 1024)

  /// Starts a worker and waits until it has locked itself in.
  ///
  /// - Throws: where the system gives no process, or the sandbox lacks a layer and the configuration does not
  ///   allow that.
  package init(_ configuration: WorkerConfiguration) throws(IsolationError) {
    var pair: [Int32] = [-1, -1]
    guard untrail_channel_pair(&pair) == 0 else {
      throw IsolationError(message: "the system gives no channel to a worker")
    }
    let started = Self.spawn(configuration.executable, configuration.arguments, channel: pair[1])
    close(pair[1])
    guard started > 0 else {
      close(pair[0])
      throw IsolationError(message: "the system starts no worker: \(String(cString: strerror(-started)))")
    }
    process = started
    channel = pair[0]
    _ = fcntl(channel, F_SETFL, O_NONBLOCK)
    // Starting takes milliseconds: it is not worth to interrupt, and a run that is interrupted goes on to its report.
    let greeting = Self.nextResponse(channel, received, until: Self.now + 10_000_000_000, { false }) {
      id, bytes in
      id == Wire.greeting && bytes.count == 3 ? Array(bytes) : nil
    }
    guard case .response(let bytes) = greeting else {
      _ = Self.stop(started)
      close(channel)
      throw IsolationError(message: "a worker did not start")
    }
    let layers = SandboxLayer.allCases.filter { bytes[0] & 1 << $0.rawValue != 0 }
    level = SandboxLevel(
      layers: layers, missing: SandboxLayer(rawValue: bytes[1]).map { ($0, Int32(bytes[2])) })
    if let missing = level.missing, !configuration.allowsDegraded {
      end()
      throw IsolationError(
        message: "this system cannot lock up the reading of files: \(missing.layer.name) is missing "
          + "(\(String(cString: strerror(missing.error)))). Use --allow-degraded-isolation only for files that you "
          + "trust")
    }
  }

  deinit { end() }

  /// Ends the process, whatever it is doing.
  private func end() {
    guard isRunning else { return }
    isRunning = false
    _ = Self.stop(process)
    close(channel)
  }

  /// Examines files, in order, until all are done or the worker fails at one.
  ///
  /// - Parameters:
  ///   - files: at most 64; the descriptors stay the caller's.
  ///   - artifacts: what the files are, in the same order.
  ///   - configuration: says how long each file may take.
  ///   - isPrompt: whether each examination is to come at once; else several come together, which costs less.
  ///   - body: takes each examination.
  /// - Returns: nil where every file was examined; else how the worker failed: if it was prompt, at the file after
  ///   the last one given to `body`, else at that one or one behind it. It is then of no more use.
  package func examine(
    _ files: [WorkerFile], _ artifacts: [Artifact], _ configuration: WorkerConfiguration,
    isPrompt: Bool, _ body: (consuming Examination) -> Void
  ) -> Failure? {
    guard isRunning, files.count <= Wire.fileLimit, files.count == artifacts.count else {
      return .brokeProtocol
    }
    guard send(files, isPrompt: isPrompt) else { return fail() }
    for index in files.indices {
      let allowance = configuration.allowance(byteCount: files[index].byteCount)
      let response = Self.nextResponse(
        channel, received, until: Self.now + allowance, configuration.isInterrupted
      ) {
        id, bytes in
        id == UInt32(index) ? ExaminationCoding.decode(bytes, artifacts[index]) : nil
      }
      switch response {
      case .response(let examination):
        body(examination)
      case .silence:
        end()
        return configuration.isInterrupted() ? .interrupted : .timedOut
      case .breach:
        end()
        return .brokeProtocol
      case .closed:
        return fail()
      }
    }
    // Whoever says more than was asked has been taken over.
    guard received.bytes.isEmpty else {
      end()
      return .brokeProtocol
    }
    return nil
  }

  /// The worker hung up: finds out why.
  private func fail() -> Failure {
    isRunning = false
    // It may have closed the channel and live on.
    let (signal, status) = Self.stop(process)
    close(channel)
    if signal == SIGSYS { return .refusedSystemCall }
    return signal != 0 ? .crashed(signal: signal) : .exited(status: status)
  }

  private func send(_ files: [WorkerFile], isPrompt: Bool) -> Bool {
    request.removeAll()
    Wire.put(Wire.requestMagic, into: request)
    Wire.put(UInt32(files.count), into: request)
    Wire.put(isPrompt ? 1 : 0, into: request)
    for (index, file) in files.enumerated() {
      Wire.put(UInt32(index), into: request)
      Wire.put(UInt32(truncatingIfNeeded: file.byteCount), into: request)
      Wire.put(UInt32(truncatingIfNeeded: file.byteCount >> 32), into: request)
    }
    let descriptors = files.map(\.descriptor)
    return request.withBytes { bytes in
      untrail_send(channel, bytes.baseAddress, bytes.count, descriptors, Int32(descriptors.count))
        == bytes.count
    }
  }

  // MARK: Receiving

  private enum Received<Value> {
    case response(Value)
    case silence
    case breach
    case closed
  }

  /// Nanoseconds of a clock that only goes forward.
  private static var now: UInt64 {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return UInt64(time.tv_sec) * 1_000_000_000 + UInt64(time.tv_nsec)
  }

  /// Waits for one response and gives its bytes, which are valid inside `body` only.
  ///
  /// - Parameter body: nil for a response that it does not believe.
  private static func nextResponse<Value>(
    _ channel: Int32, _ received: ReceiveBuffer, until deadline: UInt64, _ isInterrupted: () -> Bool,
    _ body: (_ id: UInt32, _ bytes: UnsafeRawBufferPointer) -> Value?
  ) -> Received<Value> {
    while true {
      let head = received.bytes
      if head.count >= Wire.responseHeadSize {
        let magic = Wire.number(head, at: 0)
        let length = Int(Wire.number(head, at: 8))
        guard magic == Wire.responseMagic, length <= Wire.responseLimit else { return .breach }
        let end = Wire.responseHeadSize + length
        if head.count >= end {
          let value = body(
            Wire.number(head, at: 4), UnsafeRawBufferPointer(rebasing: head[Wire.responseHeadSize..<end]))
          received.consume(end)
          return value.map { .response($0) } ?? .breach
        }
      }
      let time = now
      guard time < deadline, !isInterrupted() else { return .silence }
      var waiting = pollfd(fd: channel, events: Int16(POLLIN), revents: 0)
      // Not longer than a person waits for an interrupted run to end.
      let milliseconds = min(Int32(clamping: (deadline - time) / 1_000_000 + 1), 200)
      guard poll(&waiting, 1, milliseconds) > 0 else { continue }
      let count = received.fill { recv(channel, $0.baseAddress, $0.count, 0) }
      if count == 0 || count < 0 && errno != EAGAIN && errno != EINTR { return .closed }
    }
  }

  /// Ends a process if it still runs, and says how it ended.
  private static func stop(_ process: Int32) -> (signal: Int32, status: Int32) {
    kill(process, SIGKILL)
    var signal: Int32 = 0
    var status: Int32 = 0
    _ = untrail_wait(process, &signal, &status)
    return (signal, status)
  }

  // MARK: Starting

  /// - Returns: the process, or a negated error number.
  static func spawn(_ executable: String, _ arguments: [String], channel: Int32) -> Int32 {
    // Nothing of the user's environment reaches the code that reads files. Swift's own crash handler would start
    // a program, which a worker may not.
    let environment = ["LC_ALL=C", "TZ=UTC0", "SWIFT_BACKTRACE=enable=no"]
    var argumentPointers = ([executable] + arguments).map { strdup($0) } + [nil]
    var environmentPointers = environment.map { strdup($0) } + [nil]
    defer {
      for pointer in argumentPointers + environmentPointers { free(pointer) }
    }
    return untrail_spawn(executable, &argumentPointers, &environmentPointers, channel)
  }
}

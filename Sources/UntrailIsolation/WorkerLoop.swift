internal import CIsolation
internal import UntrailBytes
package import UntrailModel

#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Darwin)
  internal import Darwin
#endif

/// The worker's side: gives up its rights, then answers requests until the parent hangs up.
package enum WorkerLoop {
  /// Bytes of responses, and nanoseconds since the last was sent, from which on they are sent.
  private static let batchSize = 1 << 15
  private static let batchTime: UInt64 = 1_000_000

  /// Never returns.
  ///
  /// - Parameters:
  ///   - limits: what this process may use.
  ///   - left: layers that are not entered; for tests.
  ///   - allowsDegraded: whether to go on where a layer cannot be entered.
  ///   - examine: examines one file.
  package static func run(
    _ limits: WorkerLimits, leavingOut left: Set<SandboxLayer> = [], allowsDegraded: Bool,
    examine: (WorkerFile) -> Examination
  ) -> Never {
    let level = Sandbox.enter(limits, leavingOut: left)
    let buffer = ByteBuffer()
    greet(level, buffer)
    guard level.missing == nil || allowsDegraded else { untrail_exit(1) }
    let request = UnsafeMutableRawBufferPointer.allocate(
      byteCount: Wire.requestHeadSize + Wire.fileLimit * Wire.requestEntrySize, alignment: 8)
    var descriptors = [Int32](repeating: -1, count: Wire.fileLimit)
    while true {
      var descriptorCount: Int32 = 0
      let received = untrail_receive(
        UNTRAIL_CHANNEL, request.baseAddress, request.count, &descriptors, &descriptorCount)
      guard received > 0 else { untrail_exit(0) }
      let bytes = UnsafeRawBufferPointer(rebasing: request[..<received])
      guard received >= Wire.requestHeadSize, Wire.number(bytes, at: 0) == Wire.requestMagic,
        Wire.number(bytes, at: 4) == UInt32(descriptorCount),
        received == Wire.requestHeadSize + Int(descriptorCount) * Wire.requestEntrySize
      else { untrail_exit(2) }
      let isPrompt = Wire.number(bytes, at: 8) == 1
      var sent = now
      for index in 0..<Int(descriptorCount) {
        let entry = Wire.requestHeadSize + index * Wire.requestEntrySize
        let low = Int(Wire.number(bytes, at: entry + 4))
        let byteCount = low | Int(Wire.number(bytes, at: entry + 8)) << 32
        let file = WorkerFile(descriptor: descriptors[index], byteCount: byteCount)
        let examination = examine(file)
        close(file.descriptor)
        put(Wire.number(bytes, at: entry), buffer) { ExaminationCoding.encode(examination, into: buffer) }
        if isPrompt || buffer.count >= batchSize || now - sent >= batchTime {
          send(buffer)
          sent = now
        }
      }
      send(buffer)
    }
  }

  /// Enters the sandbox and tries one probe with a descriptor that the parent gave. Never returns: the exit status
  /// is 100 where the probe succeeded, 50 where it was refused; the kernel may end the process before.
  package static func probe(_ number: Int, leavingOut left: Set<SandboxLayer> = []) -> Never {
    var descriptors = [Int32](repeating: -1, count: Wire.fileLimit)
    var descriptorCount: Int32 = 0
    var byte: UInt8 = 0
    let level = Sandbox.enter(WorkerLimits(), leavingOut: left)
    guard level.missing == nil else { untrail_exit(3) }
    guard untrail_receive(UNTRAIL_CHANNEL, &byte, 1, &descriptors, &descriptorCount) == 1,
      descriptorCount == 1
    else { untrail_exit(4) }
    untrail_exit(untrail_probe(Int32(number)) >= 0 ? 100 : 50)
  }

  private static func greet(_ level: SandboxLevel, _ buffer: ByteBuffer) {
    put(Wire.greeting, buffer) {
      var bits: UInt8 = 0
      for layer in level.layers { bits |= 1 << layer.rawValue }
      buffer.append(bits)
      buffer.append(level.missing?.layer.rawValue ?? .max)
      buffer.append(UInt8(clamping: level.missing?.error ?? 0))
    }
    send(buffer)
  }

  /// Nanoseconds of a clock that only goes forward.
  private static var now: UInt64 {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return UInt64(time.tv_sec) * 1_000_000_000 + UInt64(time.tv_nsec)
  }

  /// Adds a response to those that wait to be sent.
  private static func put(_ id: UInt32, _ buffer: ByteBuffer, _ body: () -> Void) {
    let start = buffer.count
    Wire.put(Wire.responseMagic, into: buffer)
    Wire.put(id, into: buffer)
    Wire.put(0, into: buffer)
    body()
    buffer.replace(at: start + 8, with: UInt32(buffer.count - start - Wire.responseHeadSize))
  }

  /// Sends the responses that wait.
  private static func send(_ buffer: ByteBuffer) {
    buffer.withBytes { bytes in
      var done = 0
      while done < bytes.count {
        let count = write(UNTRAIL_CHANNEL, bytes.baseAddress.map { $0 + done }, bytes.count - done)
        if count > 0 { done += count } else if errno != EINTR { untrail_exit(0) }
      }
    }
    buffer.removeAll()
  }
}

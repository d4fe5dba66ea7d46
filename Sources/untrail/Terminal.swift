#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// What the terminal is like, and writing to it.
enum Terminal {
  static func isTerminal(_ descriptor: Int32) -> Bool { isatty(descriptor) == 1 }

  /// Characters in a line of standard output; 80 where it is no terminal.
  static var width: Int {
    var size = winsize()
    guard isTerminal(1), ioctl(1, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return 80 }
    return min(max(Int(size.ws_col), 40), 120)
  }

  static func printError(_ message: String) { try? write(Array((message + "\n").utf8), to: 2) }

  /// Writes all bytes.
  ///
  /// - Throws: `ClosedPipe` where the reader is gone, `CommandFailure` where the system refuses.
  static func write(_ bytes: UnsafeRawBufferPointer, to descriptor: Int32, name: String) throws {
    var done = 0
    while done < bytes.count {
      let count = systemWrite(descriptor, bytes.baseAddress.map { $0 + done }, bytes.count - done)
      if count >= 0 {
        done += count
      } else if errno == EPIPE {
        throw ClosedPipe()
      } else if errno != EINTR {
        throw CommandFailure.failure("cannot write \(name): \(String(cString: strerror(errno)))")
      }
    }
  }

  static func write(_ bytes: [UInt8], to descriptor: Int32) throws {
    try bytes.withUnsafeBytes { try write($0, to: descriptor, name: "the terminal") }
  }

  private static func systemWrite(_ descriptor: Int32, _ base: UnsafeRawPointer?, _ count: Int) -> Int {
    #if canImport(Glibc)
      Glibc.write(descriptor, base, count)
    #else
      Darwin.write(descriptor, base, count)
    #endif
  }
}

/// Counts the files on standard error while a run goes on, where that is a terminal.
struct Progress: Sendable {
  private let isShown: Bool

  init(isShown: Bool) { self.isShown = isShown && Terminal.isTerminal(2) }

  /// Shows the count; called once for a few dozen files, which is seldom enough.
  func update(_ count: Int) {
    guard isShown else { return }
    try? Terminal.write(Array("\r\(count) files".utf8), to: 2)
  }

  func clear() {
    guard isShown else { return }
    try? Terminal.write(Array("\r\u{1B}[K".utf8), to: 2)
  }
}

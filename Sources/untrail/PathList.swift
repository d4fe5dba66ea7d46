import UntrailModel

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Paths from a file or from standard input, one after another: the list may be longer than memory.
final class PathList {
  private let descriptor: Int32
  private let separator: UInt8
  private var buffer: [UInt8] = []
  private var isAtEnd = false

  /// A path longer than this is no path.
  private static let lengthLimit = 1 << 16

  /// - Throws: `CommandFailure` where the list cannot be opened.
  init(path: String, endsInNull: Bool) throws {
    descriptor = path == "-" ? 0 : open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else {
      throw CommandFailure.usage("--files-from: cannot open \(path): \(String(cString: strerror(errno)))")
    }
    separator = endsInNull ? 0 : UInt8(ascii: "\n")
  }

  deinit { if descriptor > 0 { close(descriptor) } }

  /// The next path that is not empty; nil at the end.
  func next() -> PathBytes? {
    while true {
      if let end = buffer.firstIndex(of: separator) {
        let path = Array(buffer[..<end])
        buffer.removeFirst(end + 1)
        if !path.isEmpty { return PathBytes(path) }
      } else if isAtEnd || buffer.count > Self.lengthLimit {
        let path = buffer
        buffer = []
        if !path.isEmpty { return PathBytes(path) }
        if isAtEnd { return nil }
      } else {
        fill()
      }
    }
  }

  private func fill() {
    var chunk = [UInt8](repeating: 0, count: 1 << 12)
    let count = chunk.withUnsafeMutableBytes { read(descriptor, $0.baseAddress, $0.count) }
    if count > 0 {
      buffer += chunk[..<count]
    } else if count == 0 || errno != EINTR {
      isAtEnd = true
    }
  }
}

import UntrailAudit

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// A report file that appears whole or not at all, readable by its owner only.
///
/// Written under a passing name in the same folder and renamed in the end. What is no regular file (a device,
/// a pipe) is written directly.
final class OutputFile {
  private let path: String
  private let temporaryPath: String?
  private let descriptor: Int32
  private var isDone = false

  /// Where the file is.
  var folder: String {
    guard let slash = path.lastIndex(of: "/") else { return "." }
    return slash == path.startIndex ? "/" : String(path[..<slash])
  }

  /// What the walk must pass over: the file under its passing name.
  let identity: FileIdentity?
  /// The file that has the name now, and would be replaced; nil where there is none.
  let replaced: FileIdentity?

  /// - Throws: `CommandFailure` where the file cannot be made.
  init(path: String) throws {
    self.path = path
    var status = stat()
    let exists = stat(path, &status) == 0
    if exists, status.st_mode & S_IFMT == S_IFDIR {
      throw CommandFailure.usage("--output: \(path) is a folder")
    }
    if exists, status.st_mode & S_IFMT != S_IFREG {
      temporaryPath = nil
      descriptor = open(path, O_WRONLY | O_CLOEXEC)
      identity = nil
      replaced = nil
    } else {
      replaced = exists ? Self.identity(status) : nil
      let slash = path.lastIndex(of: "/").map { path.index(after: $0) } ?? path.startIndex
      let temporary = path[..<slash] + ".untrail-\(getpid())-" + path[slash...] + ".part"
      temporaryPath = String(temporary)
      descriptor = open(String(temporary), O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o600)
      var made = stat()
      identity = descriptor >= 0 && fstat(descriptor, &made) == 0 ? Self.identity(made) : nil
    }
    guard descriptor >= 0 else {
      throw CommandFailure.failure("cannot make \(path): \(String(cString: strerror(errno)))")
    }
  }

  private static func identity(_ status: stat) -> FileIdentity {
    FileIdentity(device: UInt64(truncatingIfNeeded: status.st_dev), inode: UInt64(status.st_ino))
  }

  deinit {
    close(descriptor)
    if !isDone, let temporaryPath { unlink(temporaryPath) }
  }

  func write(_ bytes: UnsafeRawBufferPointer) throws {
    try Terminal.write(bytes, to: descriptor, name: path)
  }

  /// Puts the file under its name.
  func commit() throws {
    guard let temporaryPath else {
      isDone = true
      return
    }
    guard fsync(descriptor) == 0, rename(temporaryPath, path) == 0 else {
      throw CommandFailure.failure("cannot write \(path): \(String(cString: strerror(errno)))")
    }
    isDone = true
  }
}

internal import CSystem
internal import UntrailModel

#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Darwin)
  internal import Darwin
#endif

/// An open folder. Closed when the last entry that is to be opened below it is done.
final class DirectoryHandle: Sendable {
  let descriptor: Int32

  init(descriptor: Int32) { self.descriptor = descriptor }

  deinit { close(descriptor) }
}

/// What tells one file of the system from all others.
package struct FileIdentity: Hashable, Sendable {
  package var device: UInt64
  package var inode: UInt64

  init(_ status: stat) {
    device = UInt64(truncatingIfNeeded: status.st_dev)
    inode = UInt64(truncatingIfNeeded: status.st_ino)
  }

  package init(device: UInt64, inode: UInt64) {
    self.device = device
    self.inode = inode
  }
}

/// Calls of the system as this tool makes them: read-only, following no link, never waiting.
enum SystemFile {
  /// What a file is, as far as the walk cares.
  enum Kind {
    case regular
    case directory
    case symbolicLink
    case other(String)

    init(mode: mode_t) {
      switch mode & S_IFMT {
      case S_IFREG: self = .regular
      case S_IFDIR: self = .directory
      case S_IFLNK: self = .symbolicLink
      case S_IFIFO: self = .other("inode/fifo")
      case S_IFSOCK: self = .other("inode/socket")
      case S_IFCHR: self = .other("inode/chardevice")
      case S_IFBLK: self = .other("inode/blockdevice")
      default: self = .other("inode/other")
      }
    }
  }

  /// Opens a regular file for reading. Does not change its access time where the system allows that, does not
  /// follow a link, does not wait for a FIFO's writer, and does not take a terminal as its own.
  ///
  /// - Returns: the descriptor, or the negated error number.
  static func openFile(_ name: UnsafePointer<CChar>, in directory: Int32, followsLink: Bool = false) -> Int32
  {
    let flags = O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY | (followsLink ? 0 : O_NOFOLLOW)
    return open(name, in: directory, flags)
  }

  /// - Returns: the descriptor, or the negated error number.
  static func openDirectory(
    _ name: UnsafePointer<CChar>, in directory: Int32, followsLink: Bool = false
  ) -> Int32 {
    open(name, in: directory, O_RDONLY | O_CLOEXEC | O_DIRECTORY | (followsLink ? 0 : O_NOFOLLOW))
  }

  private static func open(_ name: UnsafePointer<CChar>, in directory: Int32, _ flags: Int32) -> Int32 {
    #if os(Linux)
      // O_NOATIME is for the owner of a file only; for others the system refuses.
      let quiet = openat(directory, name, flags | 0o1000000)
      if quiet >= 0 || errno != EPERM { return quiet >= 0 ? quiet : -errno }
    #endif
    let descriptor = openat(directory, name, flags)
    return descriptor >= 0 ? descriptor : -errno
  }

  /// What stands under a name, without following a link unless asked to; nil with `errno` set where nothing does.
  static func status(_ name: UnsafePointer<CChar>, in directory: Int32, followsLink: Bool = false) -> stat? {
    var status = stat()
    guard fstatat(directory, name, &status, followsLink ? 0 : AT_SYMLINK_NOFOLLOW) == 0 else { return nil }
    return status
  }

  static func status(of descriptor: Int32) -> stat? {
    var status = stat()
    return fstat(descriptor, &status) == 0 ? status : nil
  }

  /// Tells the system that the first page of the file will be read soon and only a few places after it: it
  /// starts to fetch the page, without waiting for it, and will read nothing else ahead.
  static func adviseAccess(_ descriptor: Int32) {
    #if os(Linux)
      posix_fadvise(descriptor, 0, 0, POSIX_FADV_RANDOM)
      posix_fadvise(descriptor, 0, 4096, POSIX_FADV_WILLNEED)
    #else
      _ = fcntl(descriptor, F_RDAHEAD, 0)
    #endif
  }

  /// Lets this process have as many files open as the system allows, at most 65,536.
  static func raiseDescriptorLimit() {
    var limit = rlimit()
    #if os(Linux)
      let resource = __rlimit_resource_t(RLIMIT_NOFILE.rawValue)
    #else
      let resource = RLIMIT_NOFILE
    #endif
    guard getrlimit(resource, &limit) == 0, limit.rlim_cur < min(limit.rlim_max, 65_536) else { return }
    limit.rlim_cur = min(limit.rlim_max, 65_536)
    setrlimit(resource, &limit)
  }

  /// Keeps memory that a frame of files gave back for the next frame, instead of returning it to the system.
  static func keepFreedMemory() {
    #if os(Linux)
      untrail_keep_freed(32 << 20)
    #endif
  }

  /// Lets the calling thread's heap grow once, not a page at a time.
  static func growHeap() {
    #if os(Linux)
      untrail_grow_heap(4 << 20)
    #endif
  }

  /// The system's own words for an error number.
  static func message(_ number: Int32) -> String { String(cString: strerror(number)) }
}

internal import CMagic

#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Darwin)
  internal import Darwin
#endif

/// libmagic's compiled database, mapped once for all workers and read-only: a handle that wrote into it would
/// not get far.
///
/// Unchecked, since a pointer is not `Sendable`; what it points to never changes.
package final class MagicDatabase: @unchecked Sendable {
  package let path: String
  let bytes: UnsafeRawBufferPointer

  /// Where distributions and Homebrew put it.
  private static let candidates = [
    "/usr/lib/file/magic.mgc", "/usr/share/misc/magic.mgc", "/usr/share/file/magic.mgc",
    "/opt/homebrew/share/misc/magic.mgc", "/usr/local/share/misc/magic.mgc",
  ]

  /// Maps the first database that can be read.
  package static func open() throws(MagicError) -> MagicDatabase {
    for candidate in candidates {
      if let bytes = map(candidate) { return MagicDatabase(path: candidate, bytes: bytes) }
    }
    throw MagicError(
      message: "libmagic's database is not where it is looked for: " + candidates.joined(separator: ", "))
  }

  private init(path: String, bytes: UnsafeRawBufferPointer) {
    self.path = path
    self.bytes = bytes
  }

  deinit { munmap(UnsafeMutableRawPointer(mutating: bytes.baseAddress), bytes.count) }

  private static func map(_ path: String) -> UnsafeRawBufferPointer? {
    let descriptor = Self.descriptor(path)
    guard descriptor >= 0 else { return nil }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0, status.st_size > 0 else { return nil }
    let base = mmap(nil, Int(status.st_size), PROT_READ, MAP_PRIVATE, descriptor, 0)
    guard let base, base != MAP_FAILED else { return nil }
    return UnsafeRawBufferPointer(start: base, count: Int(status.st_size))
  }

  private static func descriptor(_ path: String) -> Int32 {
    #if canImport(Glibc)
      Glibc.open(path, O_RDONLY | O_CLOEXEC)
    #else
      Darwin.open(path, O_RDONLY | O_CLOEXEC)
    #endif
  }

  /// libmagic's version, as "5.44".
  package static var libraryVersion: String {
    let version = magic_version()
    let minor = version % 100
    return "\(version / 100).\(minor < 10 ? "0" : "")\(minor)"
  }
}

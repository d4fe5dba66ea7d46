internal import CMagic

#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Darwin)
  internal import Darwin
#endif

/// Why libmagic cannot be used.
package struct MagicError: Error, Equatable {
  package var message: String
}

/// The one owner of a libmagic handle. Handles are never shared between threads.
struct MagicCookie: ~Copyable {
  /// Which of libmagic's tests run.
  enum Tests {
    /// Only the rules for binary files, and the two containers that libmagic walks by itself.
    case binary
    /// Everything that text needs. Slow on blank lines: given a bounded prefix only.
    case text
  }

  private let handle: magic_t

  /// - Parameter database: the path of a compiled or written database. Always explicit: left to itself,
  ///   libmagic would ask the environment and the home folder.
  static func open(_ tests: Tests, database: String) throws(MagicError) -> MagicCookie {
    var flags = MAGIC_MIME_TYPE | MAGIC_NO_CHECK_COMPRESS | MAGIC_NO_CHECK_ELF | MAGIC_NO_CHECK_APPTYPE
    flags |= MAGIC_NO_CHECK_TOKENS
    if tests == .binary {
      flags |= MAGIC_NO_CHECK_TEXT | MAGIC_NO_CHECK_ENCODING | MAGIC_NO_CHECK_CSV | MAGIC_NO_CHECK_JSON
    }
    guard let handle = magic_open(flags) else { throw MagicError(message: "libmagic: out of memory") }
    guard magic_load(handle, database) == 0 else {
      let reason = magic_error(handle).map { String(cString: $0) } ?? "unknown error"
      magic_close(handle)
      throw MagicError(message: "libmagic cannot load its database \(database): \(reason)")
    }
    var expressionLimit = 1024
    magic_setparam(handle, MAGIC_PARAM_REGEX_MAX, &expressionLimit)
    return MagicCookie(handle: handle)
  }

  private init(handle: magic_t) { self.handle = handle }

  deinit { magic_close(handle) }

  /// libmagic's answer for a file that starts with these bytes; nil where it gives none.
  func mediaType(_ prefix: UnsafeRawBufferPointer) -> String? {
    guard let answer = magic_buffer(handle, prefix.baseAddress, prefix.count) else { return nil }
    return String(cString: answer)
  }
}

/// The database that libmagic reads, and its version.
package enum MagicDatabase {
  /// Where distributions and Homebrew put it.
  private static let candidates = [
    "/usr/lib/file/magic.mgc", "/usr/share/misc/magic.mgc", "/usr/share/file/magic.mgc",
    "/opt/homebrew/share/misc/magic.mgc", "/usr/local/share/misc/magic.mgc",
  ]

  /// The path of the first one that can be read.
  package static func locate() throws(MagicError) -> String {
    for candidate in candidates where access(candidate, R_OK) == 0 { return candidate }
    throw MagicError(
      message: "libmagic's database is not where it is looked for: " + candidates.joined(separator: ", "))
  }

  /// libmagic's version, as "5.44".
  package static var version: String {
    let version = magic_version()
    let minor = version % 100
    return "\(version / 100).\(minor < 10 ? "0" : "")\(minor)"
  }
}

internal import CMagic

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

    var flags: Int32 {
      let always =
        MAGIC_MIME_TYPE | MAGIC_NO_CHECK_COMPRESS | MAGIC_NO_CHECK_ELF | MAGIC_NO_CHECK_APPTYPE
        | MAGIC_NO_CHECK_TOKENS
      return switch self {
      case .text: always
      case .binary:
        always | MAGIC_NO_CHECK_TEXT | MAGIC_NO_CHECK_ENCODING | MAGIC_NO_CHECK_CSV | MAGIC_NO_CHECK_JSON
      }
    }
  }

  private let handle: magic_t

  /// A handle on rules that are written text.
  ///
  /// - Parameter path: where the rules stand.
  static func open(source path: String) throws(MagicError) -> MagicCookie {
    try open("the rules of the first tier") { magic_load($0, path) }
  }

  /// A handle on a compiled database. Always explicit: left to itself, libmagic would ask the environment and
  /// the home folder.
  static func open(_ database: MagicDatabase) throws(MagicError) -> MagicCookie {
    try open(database.path) { handle in
      var buffer: UnsafeMutableRawPointer? = UnsafeMutableRawPointer(mutating: database.bytes.baseAddress)
      var count = database.bytes.count
      return magic_load_buffers(handle, &buffer, &count, 1)
    }
  }

  private static func open(
    _ name: String, _ load: (magic_t) -> Int32
  ) throws(MagicError) -> MagicCookie {
    guard let handle = magic_open(Tests.binary.flags) else {
      throw MagicError(message: "libmagic: out of memory")
    }
    guard load(handle) == 0 else {
      let reason = magic_error(handle).map { String(cString: $0) } ?? "unknown error"
      magic_close(handle)
      throw MagicError(message: "libmagic cannot load \(name): \(reason)")
    }
    var expressionLimit = 1024
    magic_setparam(handle, MAGIC_PARAM_REGEX_MAX, &expressionLimit)
    return MagicCookie(handle: handle)
  }

  private init(handle: magic_t) { self.handle = handle }

  deinit { magic_close(handle) }

  /// libmagic's answer for a file that starts with these bytes; nil where it gives none.
  func mediaType(_ prefix: UnsafeRawBufferPointer, _ tests: Tests) -> String? {
    magic_setflags(handle, tests.flags)
    guard let answer = magic_buffer(handle, prefix.baseAddress, prefix.count) else { return nil }
    return String(cString: answer)
  }
}

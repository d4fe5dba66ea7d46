#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Where this program is.
enum Executable {
  /// A path under which it can be started again.
  ///
  /// - Throws: `CommandFailure` where the system does not say.
  static func path() throws -> String {
    #if os(Linux)
      // The link, not what it points to: it stays right when the program is replaced while it runs.
      return "/proc/self/exe"
    #else
      var size: UInt32 = 4096
      var buffer = [CChar](repeating: 0, count: Int(size))
      guard _NSGetExecutablePath(&buffer, &size) == 0 else {
        throw CommandFailure.failure("the system does not say where this program is")
      }
      return String(decoding: buffer.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    #endif
  }
}

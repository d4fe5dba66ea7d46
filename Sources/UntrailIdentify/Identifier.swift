internal import CSystem
package import UntrailModel

#if canImport(Glibc)
  internal import Glibc
#endif

/// Says of what type a file is from its first bytes. One per worker: libmagic's handles are not shared.
package final class Identifier {
  private let database: MagicDatabase
  private var firstTier: MagicCookie?
  private var full: MagicCookie?

  /// The full database is opened when it is first needed.
  package init(database: MagicDatabase) throws(MagicError) {
    self.database = database
    firstTier = try Self.openFirstTier()
  }

  /// - Parameters:
  ///   - prefix: the file's first 4 KiB, or all of a shorter file.
  ///   - byteCount: bytes in the whole file.
  /// - Returns: libmagic's answer, refined where it is known to stop short.
  package func identify(
    _ prefix: UnsafeRawBufferPointer, byteCount: Int
  ) throws(MagicError) -> MediaType {
    if byteCount == 0 { return .empty }
    if let answer = firstTier?.mediaType(prefix, .binary), answer != MediaType.unknown.name,
      !Self.isText(answer) || TextSniff.isText(prefix)
    {
      return Self.isFinal(answer) ? MediaType(answer) : Refinement.refine(answer, prefix)
    }
    return Refinement.refine(try databaseAnswer(prefix), prefix)
  }

  /// What libmagic's own database says, without the first tier and unrefined.
  package func databaseAnswer(_ prefix: UnsafeRawBufferPointer) throws(MagicError) -> String {
    if full == nil { full = try MagicCookie.open(database) }
    let answer = full?.mediaType(prefix, TextSniff.isText(prefix) ? .text : .binary)
    return answer ?? MediaType.unknown.name
  }

  /// The first tier knows text by its first word only.
  private static func isText(_ answer: String) -> Bool {
    answer.utf8.starts(with: "text/".utf8) || answer.utf8.starts(with: "message/".utf8)
  }

  /// Pictures and films are told apart by the first tier itself. libmagic walks compound files by itself, whatever
  /// its rules are, and stops short of what kind of text it is.
  private static func isFinal(_ answer: String) -> Bool {
    answer.utf8.starts(with: "image/".utf8) || answer.utf8.starts(with: "video/".utf8)
      || answer.utf8.starts(with: "audio/".utf8)
  }

  /// The first tier is written text that libmagic must find under a path: a nameless file in memory. Where
  /// the system has none, the database answers everything, only slower.
  private static func openFirstTier() throws(MagicError) -> MagicCookie? {
    #if os(Linux)
      let descriptor = untrail_nameless_file("untrail-first-tier")
      guard descriptor >= 0 else { return nil }
      defer { close(descriptor) }
      var source = FirstTier.source
      let written = source.withUTF8 { write(descriptor, $0.baseAddress, $0.count) }
      guard written == source.utf8.count else { return nil }
      return try MagicCookie.open(source: "/proc/self/fd/\(descriptor)")
    #else
      return nil
    #endif
  }
}

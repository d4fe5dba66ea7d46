internal import UntrailBytes
package import UntrailIdentify
package import UntrailModel
internal import UntrailReaders

/// Learns what is in a file that is open: identifies it and has it read. One per worker.
package final class FileExaminer {
  private let identifier: Identifier
  private let limits: Limits
  private let source: ByteSource
  private let tools: ReaderTools

  package init(database: MagicDatabase, limits: Limits) throws(MagicError) {
    let identifier = try Identifier(database: database)
    self.identifier = identifier
    self.limits = limits
    source = ByteSource(runLimit: limits.structure)
    tools = ReaderTools(limits: limits) { prefix, byteCount in
      // The one file that libmagic gives up on is not what stops a run.
      (try? identifier.identify(prefix, byteCount: byteCount)) ?? .unknown
    }
  }

  /// Makes libmagic, libxml2 and the run time load what they load when first used, while they still may.
  package func warmUp() throws(MagicError) {
    for text in ["<?xml version=\"1.0\"?>\n", "\u{0}\u{1}\u{2}"] {
      let bytes = Array(text.utf8)
      var failure: MagicError?
      bytes.withUnsafeBytes { prefix in
        do throws(MagicError) { _ = try identifier.databaseAnswer(prefix) } catch { failure = error }
      }
      if let failure { throw failure }
    }
    _ = Readers.reader(for: "image/jpeg")
    Readers.warmUp()
  }

  /// - Parameters:
  ///   - descriptor: open for reading; stays the caller's.
  ///   - byteCount: bytes in the file; not 0.
  /// - Throws: only where libmagic itself cannot be used.
  package func examine(
    _ descriptor: Int32, _ artifact: Artifact, byteCount: Int
  ) throws(MagicError) -> Examination {
    do throws(ParseError) {
      try source.reset(descriptor: descriptor, count: byteCount, byteLimit: limits.bytes)
    } catch {
      return WalkEntry.unreadable(.unknown, error.code.rawValue, error.errno).examination(of: artifact)
    }
    var mediaType = MediaType.unknown
    var failure: MagicError?
    source.withPrefix { prefix in
      do throws(MagicError) {
        mediaType = try identifier.identify(prefix, byteCount: byteCount)
      } catch {
        failure = error
      }
    }
    if let failure { throw failure }
    mediaType = DiscImage.type(of: source, mediaType)
    var result = ReadResult()
    tools.beginFile(byteCount: byteCount)
    let isRead = result.read(source, of: mediaType, with: tools)
    var examination = result.examination(of: artifact, mediaType, isRead: isRead)
    OutcomeBudget(limits).keep(&examination)
    return examination
  }
}

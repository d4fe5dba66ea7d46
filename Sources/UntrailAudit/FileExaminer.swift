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
    identifier = try Identifier(database: database)
    self.limits = limits
    source = ByteSource(runLimit: limits.structure)
    tools = ReaderTools(limits: limits)
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

  /// Cuts what is too much, and says so.
  private func keepWithinLimits(_ result: inout ReadResult) {
    var isTextCut = false
    for index in result.observations.indices where result.observations[index].cut(to: limits.text) {
      isTextCut = true
    }
    if isTextCut {
      result.damage("limit", "a text longer than \(limits.text) bytes is cut", at: nil)
    }
    keepTextsWithinLimit(&result)
    let limit = limits.observations
    guard result.observations.count > limit || result.diagnostics.count > limit else { return }
    result.observations.removeLast(max(0, result.observations.count - limit))
    result.diagnostics.removeLast(max(0, result.diagnostics.count - limit))
    result.diagnostics.append(
      Diagnostic("limit", "the file says more than \(limit) things; the rest is left out"))
  }

  /// Bytes that the texts of one file may have together: they must fit into a worker's answer.
  private static let textsLimit = 4 << 20

  /// Leaves out what comes when the texts before it are as long as they may be together.
  private func keepTextsWithinLimit(_ result: inout ReadResult) {
    var bytesLeft = Self.textsLimit
    for index in result.observations.indices {
      bytesLeft -= result.observations[index].text?.utf8.count ?? 0
      guard bytesLeft < 0 else { continue }
      result.observations.removeLast(result.observations.count - index)
      result.damage(
        "limit", "the texts of the file are longer than \(Self.textsLimit) bytes together", at: nil)
      return
    }
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
    guard let reader = Readers.reader(for: mediaType.name) else {
      return Examination(artifact: artifact, mediaType: mediaType, coverage: .unsupported)
    }
    var result = ReadResult()
    do throws(ParseError) {
      try reader.read(source, into: &result, with: tools)
    } catch {
      result.damage(error)
    }
    result.observations += Contradictions.find(result.observations)
    keepWithinLimits(&result)
    let isDamaged = result.diagnostics.contains { $0.nature == .damage }
    return Examination(
      artifact: artifact, mediaType: mediaType, coverage: isDamaged ? .partial : .read,
      observations: result.observations, diagnostics: result.diagnostics)
  }
}

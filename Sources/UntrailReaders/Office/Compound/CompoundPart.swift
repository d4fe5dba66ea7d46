internal import UntrailBytes
internal import UntrailModel

/// A stream of a document as a block of its own.
extension CompoundFile {
  /// A stream, or its first bytes; nil where it cannot be read, which is said in `result`.
  func block(
    _ entry: CompoundDirectory.Entry, count: Int = .max, into result: inout ReadResult
  ) -> ByteView? {
    do throws(ParseError) {
      let bytes = try bytes(of: entry, count: count)
      return ByteView(ByteSource(bytes: bytes, isJoined: true), start: 0, count: bytes.count)
    } catch {
      result.damage(error.code.rawValue, error.what, at: nil)
      return nil
    }
  }
}

extension ByteView {
  /// Bytes of the block; as many as there are where there are fewer.
  func slice(at offset: Int, count length: Int) -> [UInt8] {
    let part = dropping(offset).prefix(max(0, length))
    return (try? part.withBytes(at: 0, count: part.count) { run throws(ParseError) in Array(run) }) ?? []
  }
}

extension ReaderTools {
  /// Reads a part of the file at hand, which is no run of bytes, as a file of its own inside it.
  func examinePart(
    named name: String, _ mediaType: MediaType, into result: inout ReadResult,
    _ body: (inout ReadResult) -> Void
  ) {
    members.count += 1
    guard members.count <= limits.members, members.depth < limits.nesting else {
      return result.damageOnce("limit", "more lies inside the file than is looked at")
    }
    members.depth += 1
    defer { members.depth -= 1 }
    let artifact = Artifact(path: PathBytes([]), member: [name], byteCount: nil)
    var inner = ReadResult()
    body(&inner)
    for var member in inner.members {
      member.artifact.member = artifact.member + member.artifact.member
      result.members.append(member)
    }
    inner.members = []
    result.members.append(inner.examination(of: artifact, mediaType, isRead: true))
  }
}

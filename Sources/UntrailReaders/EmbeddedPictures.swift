internal import UntrailBytes
internal import UntrailModel

/// Reads the further pictures that a file was found to hold, for what they say beyond the file: channels A8 and A16.
///
/// A program that cleans a picture often leaves the metadata of the pictures inside it. What only repeats the file is
/// left out.
enum EmbeddedPictures {
  /// Pictures smaller than this have no room for much.
  private static let smallest = 256
  /// How many of one file are looked at.
  private static let most = 16

  static func examine(_ result: inout ReadResult, in source: ByteSource, with tools: ReaderTools) {
    guard source.hasPlaces else { return }
    var left = most
    for index in result.observations.indices where isPicture(result.observations[index].role) {
      let observation = result.observations[index]
      guard case .hidden(let content) = observation.fact, let count = content.byteCount, count >= smallest,
        let start = observation.offset, start > 0, count <= source.count - start, left > 0,
        (try? source.u32(at: start, .big)).map({ $0 & 0xFFFF_FF00 == 0xFFD8_FF00 }) ?? false
      else { continue }
      left -= 1
      let part = ByteSource(partOf: source, start: start, count: count)
      tools.examinePicture(named: observation.field, part, beyond: result.observations, into: &result)
    }
  }

  private static func isPicture(_ role: Role) -> Bool {
    switch role {
    case .preview, .secondPicture, .trailer: true
    default: false
    }
  }
}

extension ReaderTools {
  /// Examines a JPEG picture inside the file at hand, and keeps what is not among the facts known already.
  fileprivate func examinePicture(
    named name: String, _ source: ByteSource, beyond known: [Observation], into result: inout ReadResult
  ) {
    guard members.depth < limits.nesting, members.count < limits.members else { return }
    members.depth += 1
    defer { members.depth -= 1 }
    let mediaType = MediaType("image/jpeg")
    var inner = ReadResult()
    _ = inner.read(source, of: mediaType, with: self)
    // Its size and its own thumbnail say nothing of anybody.
    inner.observations.removeAll { observation in
      switch observation.kind {
      case .hidden, .text: true
      default: known.contains { $0.role == observation.role && $0.fact == observation.fact }
      }
    }
    guard !inner.observations.isEmpty else { return }
    members.count += 1
    inner.members = []
    let artifact = Artifact(path: PathBytes([]), member: [name], byteCount: source.count)
    result.members.append(inner.examination(of: artifact, mediaType, isRead: true))
  }
}

internal import UntrailBytes
internal import UntrailModel

/// A file inside a film or a sound: a cover, a font, a document.
enum EmbeddedFile {
  /// Notes that it is there, and examines it as a file of its own.
  static func examine(
    _ data: ByteView, named name: String, _ field: String, into result: inout ReadResult, _ tools: ReaderTools
  ) {
    guard data.count > 0 else { return }
    result.add(.embeddedFile, .hidden(HiddenContent(byteCount: data.count)), field, at: data.place(0))
    guard tools.members.byteCount + data.count <= tools.limits.bytes else {
      return result.damageOnce("limit", "more lies inside the file than is looked at")
    }
    do throws(ParseError) {
      var bytes: [UInt8] = []
      bytes.reserveCapacity(data.count)
      while bytes.count < data.count {
        let count = min(data.count - bytes.count, data.source.runLimit)
        bytes += try data.source.bytes(at: data.start + bytes.count, count: count)
      }
      tools.examineMember(named: name, bytes, into: &result)
    } catch {
      result.damage(error)
    }
  }
}

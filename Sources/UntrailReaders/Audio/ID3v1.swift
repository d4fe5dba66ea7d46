internal import UntrailBytes
internal import UntrailModel

/// ID3 tags of version 1: the last 128 bytes of a file.
///
///     "TAG", title 30, artist 30, album 30, year 4, comment 30 (1.1: 28, 0, track), genre 1
///     "TAG+", title 60, artist 60, album 60, speed 1, genre 30, start 6, end 6    in front of it: the rest of the texts
///
/// Source: E. Kemp, ID3 made easy (1996); M. Mutschler, ID3v1.1 (1997).
enum ID3v1 {
  static let size = 128
  static let extensionSize = 227

  static func decode(_ view: ByteView, into result: inout ReadResult, _ limits: Limits) throws(ParseError) {
    var facts = AudioFacts(limits)
    let fields: [(offset: Int, size: Int, field: String, meaning: AudioMeaning)] = [
      (3, 30, "ID3:Title", .text(.title)), (33, 30, "ID3:Artist", .person(.artist)),
      (63, 30, "ID3:Album", .text(.label)), (97, 30, "ID3:Comment", .text(.comment)),
    ]
    try take(fields, view, &facts, into: &result, limits)
  }

  static func decodeExtension(
    _ view: ByteView, into result: inout ReadResult, _ limits: Limits
  ) throws(ParseError) {
    var facts = AudioFacts(limits)
    let fields: [(offset: Int, size: Int, field: String, meaning: AudioMeaning)] = [
      (4, 60, "ID3:Title2", .text(.title)), (64, 60, "ID3:Artist2", .person(.artist)),
      (124, 60, "ID3:Album2", .text(.label)),
    ]
    try take(fields, view, &facts, into: &result, limits)
  }

  private static func take(
    _ fields: [(offset: Int, size: Int, field: String, meaning: AudioMeaning)], _ view: ByteView,
    _ facts: inout AudioFacts, into result: inout ReadResult, _ limits: Limits
  ) throws(ParseError) {
    for field in fields {
      guard let text = try BoundedText.decode(view.part(from: field.offset, count: field.size), limits) else {
        continue
      }
      facts.take(text, as: field.meaning, field.field, at: view.place(field.offset), into: &result)
    }
  }
}

internal import UntrailBytes
internal import UntrailModel

/// What radio stations add to a WAV file.
///
///     0 version (4)   4 title (64)   68 artist (64)   132 cut (64)   196 client (64)   260 category (64)
///     324 classification (64)   388 out cue (64)   452 start date (10)   462 start time (8)   470 end date (10)
///     480 end time (8)   488 producing program (64)   552 its version (64)   616 user's text (64)
///     680 level, timers, reserved   1024 address (1024)   2048 text
///
/// Source: AES46-2002.
enum CartChunk {
  static func decode(_ body: ByteView, into result: inout ReadResult, _ limits: Limits) throws(ParseError) {
    func text(_ offset: Int, _ count: Int) throws(ParseError) -> String? {
      guard offset < body.count else { return nil }
      return try BoundedText.printable(body.dropping(offset).prefix(count), limits)
    }
    func add(_ offset: Int, _ count: Int, _ role: Role, _ name: String, _ fact: (String) -> Observation.Fact)
      throws(ParseError)
    {
      guard let text = try text(offset, count) else { return }
      result.add(role, fact(text), "RIFF:" + name, at: body.place(offset))
    }
    try add(4, 64, .title, "CartTitle") { .text($0) }
    try add(68, 64, .artist, "CartArtist") { .person($0) }
    try add(132, 64, .label, "CartCutID") { .text($0) }
    try add(196, 64, .owner, "CartClientID") { .person($0) }
    try add(260, 64, .category, "CartCategory") { .text($0) }
    if let program = try text(488, 64) {
      let version = try text(552, 64).map { " " + $0 } ?? ""
      result.add(.processing, .software(program + version), "RIFF:CartProducerAppID", at: body.place(488))
    }
    try add(616, 64, .comment, "CartUserDef") { .text($0) }
    try add(1024, 1024, .url, "CartURL") { .contact($0) }
    try add(2048, limits.text, .comment, "CartTagText") { .text($0) }
  }
}

internal import UntrailBytes
internal import UntrailModel

/// A maker note where it was found: what each maker's decoder starts from.
struct MakerNote {
  /// The TIFF structure that the note stands in; offsets of many makers count from its start.
  let block: ByteView
  /// The note's own bytes, from the start of `block`.
  let range: Range<Int>
  /// The byte order of the structure that the note was written into.
  var order: ByteOrder
  /// What IFD0 says, trimmed; empty where it says nothing.
  let make: String
  let model: String
  let limits: Limits
  /// Added to offsets that count from the start of the structure; not 0 where the note was moved and kept them.
  var base = 0

  /// The note as a view of its own.
  var view: ByteView { ByteView(block.source, start: block.start + range.lowerBound, count: range.count) }

  /// Whether the note begins with this text.
  func begins(with signature: StaticString) -> Bool {
    signature.withUTF8Buffer { view.begins(with: UnsafeRawBufferPointer($0)) }
  }
}

/// Decodes one family of maker notes. Stateless.
protocol MakerNoteDecoder: Sendable {
  /// Whether the note is of this family, by its first bytes or by the camera's make.
  func claims(_ note: MakerNote) -> Bool
  /// Adds what the note says. Damage becomes diagnostics: the rest of the file is read all the same.
  func decode(_ note: MakerNote, into result: inout ReadResult)
}

/// All maker notes that are read, in the order in which they are asked.
enum MakerNotes {
  static let decoders: [any MakerNoteDecoder] = [
    PictureMakerNote(),
    AppleMakerNote(),
    FujifilmMakerNote(),
    PentaxMakerNote(),
    SigmaMakerNote(),
    MotorolaMakerNote(),
    NikonMakerNote(),
    OlympusMakerNote(),
    LeicaMakerNote(),
    PanasonicMakerNote(),
    SonyMakerNote(),
    CanonMakerNote(),
    CasioMakerNote(),
    ReconyxMakerNote(),
    MinoltaMakerNote(),
    KodakMakerNote(),
    HPMakerNote(),
    SanyoMakerNote(),
    RicohMakerNote(),
    SamsungMakerNote(),
    PhaseOneMakerNote(),
    SilentMakerNote(),
  ]

  /// - Returns: whether some decoder knows the note.
  static func decode(_ note: MakerNote, into result: inout ReadResult) -> Bool {
    guard let decoder = decoders.first(where: { $0.claims(note) }) else { return false }
    decoder.decode(note, into: &result)
    return true
  }
}

internal import UntrailBytes
internal import UntrailModel

/// The head of a track of a film, as far as it says what its samples are.
///
///     trak | mdia | mdhd                        ticks of a second
///                 | hdlr                        kind of the track
///                 | minf | stbl | stsd          format of the samples, and what is said of it
///                               | others        see SampleTable
///
/// Source: ISO/IEC 14496-12:2022, sections 8.3 to 8.7.
struct TelemetryTrack {
  private(set) var handler = FourCC(0)
  private(set) var format = FourCC(0)
  /// The body of the first description of samples.
  private(set) var entry: ByteView?
  private(set) var table = SampleTable()
  private var ticks: UInt32 = 0

  init(_ trak: ByteView, _ limits: Limits) throws(ParseError) {
    try read(trak, inside: "trak", limits)
  }

  func time(of sample: Sample) -> SampleTime {
    guard ticks > 0 else { return .none }
    return SampleTime(
      start: Double(sample.start) / Double(ticks), duration: Double(sample.duration) / Double(ticks))
  }

  private mutating func read(_ view: ByteView, inside parent: FourCC, _ limits: Limits) throws(ParseError) {
    var boxes = BoxWalker(view, limits)
    while let box = try boxes.next() {
      switch (parent, box.type) {
      case ("trak", "mdia"), ("mdia", "minf"), ("minf", "stbl"):
        try read(box.body, inside: box.type, limits)
      case ("mdia", "mdhd"): ticks = try box.body.u32(at: try box.body.u8(at: 0) == 1 ? 20 : 12, .big)
      case ("mdia", "hdlr"): handler = FourCC(try box.body.u32(at: 8, .big))
      case ("stbl", "stsd"):
        var entries = BoxWalker(box.body.dropping(8), limits)
        guard let first = try entries.next() else { continue }
        (format, entry) = (first.type, first.body)
      case ("stbl", _): table.take(box)
      default: break
      }
    }
  }

  /// What decodes the samples; nil for pictures, sound and whatever says nothing of places.
  ///
  /// - Parameter number: of the track, from 1.
  func decoder(
    number: Int, _ film: ByteSource, _ tools: ReaderTools, into result: inout ReadResult
  ) -> (any SampleDecoder)? {
    switch (format, handler) {
    case ("gpmd", _): return GoProDecoder()
    case ("fdsc", _), (_, "fdsc"): return GoProDescriptionDecoder()
    case ("camm", _), (_, "camm"): return CAMMDecoder()
    case ("rtmd", _): return SonyDecoder()
    case ("CTMD", _): return CanonDecoder(film, tools)
    case ("djmd", _): return DJIDecoder()
    case ("mebx", _): return entry.flatMap { AppleDecoder($0, tools.limits) }
    case (_, "text"), (_, "sbtl"), ("tx3g", _), ("text", _): return TextDecoder(number: number)
    case ("mett", _) where !isOfParrot: return nil
    case ("mett", _), ("RVMI", _), ("marl", _):
      result.notRead(
        "telemetry-not-read", "a track with measurements of a device that this version does not read",
        at: entry?.start ?? 0)
      return nil
    default: return nil
    }
  }

  /// Whether a description of texts is one of Parrot's drones: 8 bytes, a coding, a media type, each up to a NUL.
  private var isOfParrot: Bool {
    guard let entry else { return false }
    let text = try? entry.withBytes(at: 0, count: min(entry.count, 256)) { run throws(ParseError) in
      String(decoding: run, as: UTF8.self)
    }
    return text?.holds("parrot") ?? false
  }
}

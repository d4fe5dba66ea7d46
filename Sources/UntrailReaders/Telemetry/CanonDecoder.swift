internal import UntrailBytes
internal import UntrailModel

/// A `CTMD` track: what a camera of Canon says of each of its pictures. All but the exposure is the same in each, so
/// that the first sample is read.
///
///     length (32 bits), type (16 bits), 6 bytes, value; little-endian
///     1         time: 2 bytes, year of 16 bits, month, day, hour, minute, second, 1/100 second
///     7, 8, 9   (length, 8769 or 927C, TIFF): the directory of EXIF, the maker's own notes
///
/// Source: ExifTool's Canon.pm, `CTMD`; lclevy/canon_cr3, README.md.
struct CanonDecoder: SampleDecoder {
  private let film: ByteSource
  private let tools: ReaderTools
  private(set) var isDone = false

  init(_ film: ByteSource, _ tools: ReaderTools) {
    self.film = film
    self.tools = tools
  }

  mutating func decode(
    _ sample: SampleBytes, at time: SampleTime, _ log: inout TelemetryLog, into result: inout ReadResult
  ) {
    isDone = true
    var blocks: [(tag: UInt32, range: Range<Int>)] = []
    var offset = 0
    while let size = sample.u32(offset, .little).map({ Int($0) }), size >= 12,
      let type = sample.u16(offset + 4, .little), let value = sample.slice(offset + 12, size - 12)
    {
      switch type {
      case 1:
        guard let timestamp = Self.timestamp(value) else { break }
        log.add(.original, .timestamp(timestamp), "Canon:TimeStamp", at: value.place(2), into: &result)
      case 7, 8, 9: blocks += Self.blocks(value, from: offset + 12)
      default: break
      }
      offset += size
    }
    for (tag, range) in blocks.prefix(tools.limits.nesting) {
      guard let bytes = sample.array(range.lowerBound, range.count) else { continue }
      let view =
        if let place = sample.place(range.lowerBound) {
          ByteView(film, start: place, count: range.count)
        } else {
          ByteView(ByteSource(bytes: bytes, isJoined: true), start: 0, count: bytes.count)
        }
      decode(tag, view, into: &result)
    }
  }

  private static func blocks(_ value: SampleBytes, from start: Int) -> [(tag: UInt32, range: Range<Int>)] {
    var blocks: [(UInt32, Range<Int>)] = []
    var offset = 0
    while let size = value.u32(offset, .little).map({ Int($0) }), size >= 8,
      let tag = value.u32(offset + 4, .little), tag == 0x8769 || tag == 0x927C,
      value.slice(offset, size) != nil
    {
      blocks.append((tag, (start + offset + 8)..<(start + offset + size)))
      offset += size
    }
    return blocks
  }

  private static func timestamp(_ value: SampleBytes) -> Timestamp? {
    guard let year = value.u16(2, .little), let rest = value.array(4, 5) else { return nil }
    let parts = rest.map { Int($0) }
    return MakerNoteTime.timestamp(Int(year), parts[0], parts[1], parts[2], parts[3], parts[4])
  }

  private func decode(_ tag: UInt32, _ block: ByteView, into result: inout ReadResult) {
    guard tag == 0x927C else {
      return tools.exif.decode(block, into: &result, as: .exif, with: tools)
    }
    do throws(ParseError) {
      let header = try TIFFHeader(block)
      guard let start = header.first, start < block.count else { return }
      let note = MakerNote(
        block: block, range: start..<block.count, order: header.order, make: "Canon", model: "",
        limits: tools.limits)
      _ = MakerNotes.decode(note, into: &result)
    } catch {
      result.damage(error)
    }
  }
}

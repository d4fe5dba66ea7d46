internal import UntrailBytes
internal import UntrailModel

/// The maker note of Phase One and Leaf backs, which is the first thing in an IIQ and holds its raw data.
///
///     "IIIITwaR" | "IIIICwaR" | "MMMMRawT"          byte order, signature
///     OO OO OO OO                     offset of the directory, from the start of the note
///     NN NN NN NN 00 00 00 00         directory: number of entries
///     TT TT TT TT FF FF FF FF LL LL LL LL VV VV VV VV
///                                     entry: tag, bytes of one number, bytes of the value, value of up to 4 bytes or
///                                     its offset from the start of the note
///
/// Source: ExifTool's PhaseOne.pm.
struct PhaseOneMakerNote: MakerNoteDecoder {
  /// Entries of a directory: there are about eighty.
  private static let entryLimit = 300
  private static let textLimit = 256

  func claims(_ note: MakerNote) -> Bool {
    note.begins(with: "IIIITwaR") || note.begins(with: "IIIICwaR") || note.begins(with: "MMMMRaw")
  }

  func decode(_ note: MakerNote, into result: inout ReadResult) {
    let view = note.view
    do throws(ParseError) {
      let order: ByteOrder = try view.u8(at: 0) == UInt8(ascii: "M") ? .big : .little
      let directory = Int(try view.u32(at: 8, order))
      let count = Int(try view.u32(at: directory, order))
      guard count <= Self.entryLimit else {
        throw ParseError(.limit, at: view.start + min(directory, view.count), "more than 300 entries")
      }
      for index in 0..<count {
        let entry = directory + 8 + 16 * index
        let tag = try view.u32(at: entry, order)
        let length = Int(try view.u32(at: entry + 8, order))
        let offset = length <= 4 ? entry + 12 : Int(try view.u32(at: entry + 12, order))
        guard offset <= view.count, length <= view.count - offset else {
          // Raw data at the end may be cut; the rest is read.
          result.damage(
            "truncated", "a value that stands behind the end of its maker note", at: view.start + entry)
          continue
        }
        try observe(
          tag, ByteView(view.source, start: view.start + offset, count: length), order, into: &result)
      }
    } catch {
      result.damage(error)
    }
  }

  private func observe(
    _ tag: UInt32, _ value: ByteView, _ order: ByteOrder, into result: inout ReadResult
  ) throws(ParseError) {
    switch tag {
    case 0x0102: try add(value, .body, "SerialNumber", into: &result) { .serial($0) }
    case 0x0112 where value.count >= 4:
      // The camera's clock, counted as if it were UTC.
      let seconds = Int64(try value.u32(at: 0, order))
      guard seconds > 0 else { return }
      result.add(
        .original, .timestamp(Timestamp(civilSeconds: seconds)), "PhaseOne:DateTimeOriginal",
        at: value.place(0))
    case 0x0113 where value.count >= 4:
      let number = try value.u32(at: 0, order)
      guard number > 0, number < 0x8000_0000 else { return }
      result.add(.imageCounter, .link(String(number)), "PhaseOne:ImageNumber", at: value.place(0))
    case 0x0203: try add(value, .firmware, "Software", into: &result) { .software($0) }
    case 0x0204: try add(value, .processing, "System", into: &result) { .software($0) }
    case 0x0301: try add(value, .firmware, "FirmwareVersions", into: &result) { .software($0) }
    case 0x0410: try add(value, .body, "CameraModel", into: &result) { .device(Device(model: $0)) }
    case 0x0412: try add(value, .lens, "LensModel", into: &result) { .device(Device(model: $0)) }
    case 0x0455: try add(value, .accessory, "Viewfinder", into: &result) { .device(Device(model: $0)) }
    default: break
    }
  }

  private func add(
    _ value: ByteView, _ role: Role, _ name: String, into result: inout ReadResult,
    _ fact: (String) -> Observation.Fact
  ) throws(ParseError) {
    let text = try value.withBytes(at: 0, count: min(value.count, Self.textLimit)) { run throws(ParseError) in
      ExifText.ascii(run.bindMemory(to: UInt8.self))
    }
    guard let text else { return }
    result.add(role, fact(text), "PhaseOne:\(name)", at: value.place(0))
  }
}

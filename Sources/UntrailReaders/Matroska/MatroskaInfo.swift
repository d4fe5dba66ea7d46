internal import UntrailBytes
internal import UntrailModel

/// `Info`: when and with what the file was written, its title, and the files that it belongs to.
///
/// Source: RFC 9559, section 5.1.2.
enum MatroskaInfo {
  /// Seconds from 1970-01-01 to 2001-01-01.
  private static let epoch: Int64 = 978_307_200

  static func decode(_ body: ByteView, into result: inout ReadResult, _ limits: Limits) throws(ParseError) {
    var elements = EBMLElements(body, limits)
    while let element = try elements.next() {
      let value = element.body
      let place = value.place(0)
      switch element.id {
      case 0x4461:  // DateUTC: nanoseconds
        guard value.count == 8, let number = value.number else { continue }
        let seconds = CivilDate.floorDivide(Int64(bitPattern: number), 1_000_000_000) + epoch
        guard number != 0, seconds <= Timestamp.lastSecond else { continue }
        let time = Timestamp(civilSeconds: seconds, utcOffsetMinutes: 0)
        result.add(.created, .timestamp(time), "Matroska:DateTimeOriginal", at: place)
      case 0x4D80: try add(value, .processing, "MuxingApp", into: &result, limits) { .software($0) }
      case 0x5741: try add(value, .generator, "WritingApp", into: &result, limits) { .software($0) }
      case 0x7BA9: try add(value, .title, "Title", into: &result, limits) { .text($0) }
      case 0x7384:
        try add(value, .originalFileName, "SegmentFileName", into: &result, limits) { .link($0) }
      case 0x3C83AB: try add(value, .originalFileName, "PrevFileName", into: &result, limits) { .link($0) }
      case 0x3E83BB: try add(value, .originalFileName, "NextFileName", into: &result, limits) { .link($0) }
      case 0x73A4: addIdentifier(value, .contentIdentifier, "SegmentUID", into: &result)
      case 0x3CB923: addIdentifier(value, .mediaGroup, "PrevUID", into: &result)
      case 0x3EB923: addIdentifier(value, .mediaGroup, "NextUID", into: &result)
      case 0x4444: addIdentifier(value, .mediaGroup, "SegmentFamily", into: &result)
      default: break
      }
    }
  }

  private static func add(
    _ value: ByteView, _ role: Role, _ name: String, into result: inout ReadResult, _ limits: Limits,
    _ fact: (String) -> Observation.Fact
  ) throws(ParseError) {
    guard let text = try BoundedText.printable(value, limits) else { return }
    result.add(role, fact(text), "Matroska:" + name, at: value.place(0))
  }

  private static func addIdentifier(
    _ value: ByteView, _ role: Role, _ name: String, into result: inout ReadResult
  ) {
    let digits = try? value.withBytes(at: 0, count: min(value.count, 64)) { run throws(ParseError) in
      MakerNoteText.hexadecimal(Array(run))
    }
    guard let digits else { return }
    result.add(role, .link(digits), "Matroska:" + name, at: value.place(0))
  }
}

/// `Tracks`: the names that people and programs gave them.
///
/// Source: RFC 9559, section 5.1.4.
enum MatroskaTracks {
  static func decode(_ body: ByteView, into result: inout ReadResult, _ limits: Limits) throws(ParseError) {
    var tracks = EBMLElements(body, limits)
    while let track = try tracks.next() {
      guard track.id == 0xAE else { continue }
      var elements = EBMLElements(track.body, limits)
      while let element = try elements.next() {
        let place = element.body.place(0)
        switch element.id {
        case 0x536E:
          guard let text = try BoundedText.printable(element.body, limits) else { continue }
          result.add(.label, .text(text), "Matroska:TrackName", at: place)
        case 0x258688:
          guard let text = try BoundedText.printable(element.body, limits) else { continue }
          result.add(.processing, .software(text), "Matroska:CodecName", at: place)
        default: break
        }
      }
    }
  }
}

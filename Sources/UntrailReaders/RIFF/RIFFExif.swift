internal import UntrailBytes
internal import UntrailModel

/// The list that EXIF has for sound: which picture it belongs to, when and with what it was recorded.
///
/// Source: CIPA DC-008, section 5.4 (WAVE form audio).
enum RIFFExif {
  static func decode(
    _ content: ByteView, _ order: ByteOrder, into result: inout ReadResult, _ tools: ReaderTools
  ) throws(ParseError) {
    var device = Device()
    var deviceStart: Int?
    var chunks = RIFFChunks(content, order, tools.limits)
    while let chunk = try chunks.next() {
      let body = chunk.body
      let place = body.place(0)
      switch chunk.type {
      case "ecor":
        device.make = try BoundedText.printable(body, tools.limits) ?? ""
        deviceStart = place
      case "emdl":
        device.model = try BoundedText.printable(body, tools.limits) ?? ""
        deviceStart = deviceStart ?? place
      case "erel":
        guard let text = try BoundedText.printable(body, tools.limits) else { continue }
        result.add(.originalFileName, .link(text), "RIFF:RelatedImageFile", at: place)
      case "etim":
        // The day stands in ICRD.
        guard let text = try BoundedText.printable(body, tools.limits) else { continue }
        addTime(text, at: place, into: &result)
      case "eucm":
        let text = try body.withBytes(at: 0, count: min(body.count, tools.limits.text)) {
          run throws(ParseError) in
          ExifText.withCharacterSet(run.bindMemory(to: UInt8.self), isLittleEndian: !order.isBig)
        }
        if let text { result.add(.userComment, .text(text), "RIFF:UserComment", at: place) }
      case "emnt":
        let note = MakerNote(
          block: body, range: 0..<body.count, order: order, make: device.make, model: device.model,
          limits: tools.limits)
        guard body.count > 16, !MakerNotes.decode(note, into: &result) else { continue }
        result.notRead(
          "maker-note-not-read", "the camera maker's own notes are there; this version does not read them",
          at: body.start)
      default: break
      }
    }
    if !device.name.isEmpty {
      let field = device.model.isEmpty ? "RIFF:Make" : "RIFF:Model"
      result.add(.camera, .device(device), field, at: deviceStart)
    }
  }

  /// Joins the time to the day that INFO says, else keeps it as text.
  private static func addTime(_ text: String, at place: Int?, into result: inout ReadResult) {
    let day = result.observations.last { $0.field == "RIFF:DateCreated" }
    if case .timestamp(let date) = day?.fact, date.precision == .day {
      let seconds = date.civilSeconds
      let civil = CivilDate.date(days: CivilDate.floorDivide(seconds, 86_400))
      let written =
        "\(civil.year):\(MakerNoteText.padded(civil.month, digits: 2)):"
        + "\(MakerNoteText.padded(civil.day, digits: 2)) \(text)"
      if let time = WrittenTime.read(written), time.precision != .day {
        return result.add(.original, .timestamp(time), "RIFF:TimeCreated", at: place)
      }
    }
    result.add(.label, .text(text), "RIFF:TimeCreated", at: place)
  }
}

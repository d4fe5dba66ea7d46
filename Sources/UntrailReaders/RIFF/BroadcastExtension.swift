internal import UntrailBytes
internal import UntrailModel

/// What broadcasters' recorders add to a WAV file.
///
///     0 description (256)   256 originator (32)   288 originator's reference (32)
///     320 date "YYYY-MM-DD"   330 time "HH:MM:SS"   338 samples since midnight (64 bits)
///     346 version   348 UMID (64)   412 loudness, reserved   602 coding history, to the end
///
/// Source: EBU Tech 3285, version 2; EBU R 99 (the reference).
enum BroadcastExtension {
  static func decode(_ body: ByteView, into result: inout ReadResult, _ limits: Limits) throws(ParseError) {
    func text(_ offset: Int, _ count: Int) throws(ParseError) -> String? {
      guard offset < body.count else { return nil }
      return try BoundedText.printable(body.dropping(offset).prefix(count), limits)
    }
    if let description = try text(0, 256) {
      result.add(.description, .text(description), "RIFF:Description", at: body.place(0))
    }
    if let originator = try text(256, 32) { observe(originator, body.place(256), into: &result) }
    if let reference = try text(288, 32) {
      result.add(.contentIdentifier, .link(reference), "RIFF:OriginatorReference", at: body.place(288))
      if let serial = serial(reference) {
        result.add(.body, .serial(serial), "RIFF:OriginatorReference", at: body.place(288))
      }
    }
    if let day = try text(320, 10) {
      let time = try text(330, 8) ?? ""
      if let timestamp = WrittenTime.read(day + " " + time) {
        result.add(.original, .timestamp(timestamp), "RIFF:DateTimeOriginal", at: body.place(320))
      }
    }
    if body.count >= 412 {
      let number = try body.withBytes(at: 348, count: 64) { run throws(ParseError) in
        MakerNoteText.hexadecimal(Array(run))
      }
      if let number { result.add(.contentIdentifier, .link(number), "RIFF:BWF_UMID", at: body.place(348)) }
    }
    if let history = try text(602, limits.text) {
      result.add(.history, .text(history), "RIFF:CodingHistory", at: body.place(602))
    }
  }

  /// Makers of recorders, by the first word of the originator.
  private static let makers = [
    "zoom", "tascam", "sounddev", "sound", "olympus", "sony", "roland", "edirol", "marantz", "nagra",
    "fostex",
    "aaton", "zaxcom", "philips", "om", "teac", "yamaha", "deity", "rode", "korg",
  ]

  private static func observe(_ originator: String, _ place: Int?, into result: inout ReadResult) {
    let word = originator.lowercased().prefix { $0.isLetter }
    if makers.contains(String(word)) {
      result.add(.recorder, .device(Device(model: originator)), "RIFF:Originator", at: place)
    } else {
      result.add(.processing, .software(originator), "RIFF:Originator", at: place)
    }
  }

  /// Two letters of the country, three of the maker, twelve of the serial number, six digits of the time, nine of
  /// chance.
  private static func serial(_ reference: String) -> String? {
    let bytes = Array(reference.utf8)
    guard bytes.count == 32, bytes[17..<32].allSatisfy({ (0x30...0x39).contains($0) }),
      bytes[..<2].allSatisfy({ (0x41...0x5A).contains($0) })
    else { return nil }
    let number = String(decoding: bytes[5..<17], as: UTF8.self)
    return ExifText.ascii(Array(number.utf8)).flatMap(MakerNoteText.serial)
  }
}

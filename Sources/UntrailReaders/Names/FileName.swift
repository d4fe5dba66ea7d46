package import UntrailModel

/// What a file's name says: when it was made, with which program, who called: channel E1.
///
/// No reader is needed for it: it holds for every file, whatever is in it.
///
/// Source: names as the programs write them, each with a test.
package enum FileName {
  /// Adds what a name says. What is not certain is not said.
  ///
  /// - Parameters:
  ///   - bytes: the name, without its folder.
  ///   - byteCount: bytes in the file, where they are known.
  package static func observe(
    _ bytes: UnsafeBufferPointer<UInt8>, byteCount: Int?, into observations: inout [Observation]
  ) {
    guard mayTell(bytes) else { return }
    if let plain = NameDigits.plain(bytes) {
      plain.withUnsafeBufferPointer { read(NameBytes($0), byteCount: byteCount, into: &observations) }
    } else {
      read(NameBytes(bytes), byteCount: byteCount, into: &observations)
    }
  }

  /// Whether a name may say something: a quick look at its bytes, since of most names it is all.
  private static func mayTell(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    var digits = 0
    var hasMark = false
    var last: UInt8 = 0
    for byte in bytes {
      if byte &- 0x30 < 10 { digits += 1 }
      // A sign of backups, digits of Arabic, "WhatsApp" in any place.
      if byte == 0x7E || byte == 0x23 || byte == 0xD9 || byte == 0xDB || byte == 0x68 && last == 0x57 {
        hasMark = true
      }
      last = byte
    }
    guard digits < 6, !hasMark, let first = bytes.first else { return true }
    switch first | 0x20 {
    case UInt8(ascii: "$"), UInt8(ascii: "z"), UInt8(ascii: "t"), UInt8(ascii: "s"), UInt8(ascii: "."),
      UInt8(ascii: "c"), 0xE4 | 0x20:
      return true
    default: break
    }
    switch last | 0x20 {
    // .bak .swp .swo .swn .orig .old .tmp .save .asd .wbk .autosave
    case UInt8(ascii: "k"), UInt8(ascii: "p"), UInt8(ascii: "o"), UInt8(ascii: "n"), UInt8(ascii: "d"),
      UInt8(ascii: "e"):
      return true
    case UInt8(ascii: "g"): return NameBytes(bytes).ends(".orig")
    default: return false
    }
  }

  private static func read(
    _ name: NameBytes, byteCount: Int?, into observations: inout [Observation]
  ) {
    let rest = name.dropping(NameLeftover.observe(name, byteCount: byteCount, into: &observations))
    if NameCall.observe(rest, into: &observations) || NameChat.observe(rest, into: &observations) { return }
    observe(rest, into: &observations)
  }

  private static func observe(_ name: NameBytes, into observations: inout [Observation]) {
    let word = NameWord.of(name)
    var app = word?.app.text ?? ""
    let start = word?.word.utf8CodeUnitCount ?? 0
    let time =
      NameTime.find(name, from: start, word?.hints ?? NameTime.Hints()) ?? NameTime.written(name, word)
    if let time {
      observations.append(
        Observation(.fileName, .timestamp(time.timestamp), field: "FileName:Time", offset: nil))
      if NameMeeting.observe(name, time, into: &observations) { return }
      if word?.isScreen == true, let onScreen = screenApp(name, time) { app = onScreen }
      if app.isEmpty, isOfWhatsApp(name, time) { app = "WhatsApp" }
    } else if word?.isEnough != true {
      app = ""
    }
    if app.isEmpty, isReceived(name) { app = "Messenger" }
    if !app.isEmpty {
      observations.append(Observation(.application, .software(app), field: "FileName:App", offset: nil))
    }
    NameCall.observeNumber(name, besides: time, into: &observations)
  }

  /// IMG-20260729-WA0001.jpg, PTT-20260729-WA0002.opus, 00000012-PHOTO-2026-07-29-11-12-44.jpg.
  private static func isOfWhatsApp(_ name: NameBytes, _ time: NameTime) -> Bool {
    if time.timestamp.precision == .day, name.has("-WA", at: time.range.upperBound),
      name.digitsEnd(time.range.upperBound + 3) == time.range.upperBound + 7
    {
      return true
    }
    guard name.digitsEnd(0) == 8, name[8] == UInt8(ascii: "-") else { return name.first("WhatsApp") != nil }
    return ["PHOTO-", "VIDEO-", "AUDIO-", "GIF-", "STICKER-"].contains { (word: StaticString) in
      name.has(word, at: 9) && 9 + word.utf8CodeUnitCount == time.range.lowerBound
    }
  }

  /// received_1234567890123456.jpeg
  private static func isReceived(_ name: NameBytes) -> Bool {
    name.has("received_", at: 0) && (14...18).contains(name.digitsEnd(9) - 9)
      && name[name.digitsEnd(9)] == UInt8(ascii: ".")
  }

  /// What programs that change pictures put behind the time.
  private static let edits: Set<String> = [
    "cropped", "crop", "edited", "edit", "copy", "scaled", "resized", "small", "thumb", "original", "final",
    "framed", "kopie", "copie", "copia", "blurred", "redacted", "new", "old",
  ]

  /// The program that was on the screen: behind the time, as its package or as its name.
  private static func screenApp(_ name: NameBytes, _ time: NameTime) -> String? {
    let start = time.range.upperBound
    // Some put hundredths of the second between.
    let behind = name[start] == UInt8(ascii: "-") ? name.digitsEnd(start + 1) : start
    guard name[behind] == UInt8(ascii: "_") || name[behind] == UInt8(ascii: "-"), name.isLetter(behind + 1)
    else { return nil }
    var end = name.ending
    for edit in ["_edit", "~", " (", "(", "-edit"] as [StaticString] {
      if let cut = name.first(edit, from: behind + 2) { end = min(end, cut) }
    }
    guard let text = name.text(from: behind + 1, to: end), text.utf8.count <= 100 else { return nil }
    let isSum = text.utf8.count == 32 && text.utf8.allSatisfy { Hexadecimal.digit($0) != nil }
    return isSum || edits.contains(text.lowercased()) ? nil : text
  }
}

extension NameBytes {
  func dropping(_ count: Int) -> NameBytes {
    NameBytes(UnsafeBufferPointer(rebasing: bytes.dropFirst(count)))
  }
}

extension StaticString {
  var text: String {
    String(decoding: UnsafeBufferPointer(start: utf8Start, count: utf8CodeUnitCount), as: UTF8.self)
  }
}

extension NameTime {
  /// Adobe Scan 29 Jul 2026.pdf, Adobe Scan Jul 29, 2026.pdf
  static func written(_ name: NameBytes, _ word: NameWord?) -> NameTime? {
    guard let word, word.isEnough || word.hints.isKnown, word.word.utf8CodeUnitCount > 0,
      name[word.word.utf8CodeUnitCount - 1] == 0x20 || name.has("Scan", at: 0),
      let text = name.text(from: word.word.utf8CodeUnitCount, to: name.ending), text.utf8.count <= 32,
      let timestamp = WrittenTime.read(text.replacing("-", with: " ")), timestamp.precision == .day,
      (1995...2049).contains(CivilDate.date(days: timestamp.civilDay).year)
    else { return nil }
    return NameTime(timestamp: timestamp, range: word.word.utf8CodeUnitCount..<name.ending)
  }
}

internal import UntrailModel

/// Recordings of calls, whose names say who was called.
///
///     Call recording Mara Example_260729_111244.m4a             Samsung, in the telephone's language
///     Mara Example(+33612345678)_20260729111244.mp3             Xiaomi; also behind "Call@"
///     Mara Example@13800138000_20260729111244.amr               Huawei
///     13800138000-2607291112.mp3                                OPPO
///     phone_20260729-111244_+33612345678.amr                    Cube ACR: the program that was called with first
///     20260729_111244.123+0200_out_+33612345678_Mara.oga        Basic Call Recorder
///     0d20260729111244p+33612345678.3gp                         ACR: 0 for calls that came in
enum NameCall {
  /// Adds the other party and the time; false where the name is no recording of a call.
  static func observe(_ name: NameBytes, into observations: inout [Observation]) -> Bool {
    guard isSound(name), let call = samsung(name) ?? number(name) ?? marked(name) ?? basic(name) ?? old(name)
    else { return false }
    if let time = call.time {
      observations.append(
        Observation(.fileName, .timestamp(time.timestamp), field: "FileName:Time", offset: nil))
    }
    for party in call.parties { add(party, into: &observations) }
    if !call.app.isEmpty {
      observations.append(Observation(.application, .software(call.app), field: "FileName:App", offset: nil))
    }
    return true
  }

  /// A number with its country, in any name: a plus and 8 to 15 digits.
  static func observeNumber(
    _ name: NameBytes, besides time: NameTime?, into observations: inout [Observation]
  ) {
    for index in 0..<name.count where name[index] == UInt8(ascii: "+") {
      let end = name.digitsEnd(index + 1)
      guard (9...16).contains(end - index), name[index + 1] != UInt8(ascii: "0"), !name.isDigit(index - 1),
        !name.isLetter(end), time?.range.overlaps(index..<end) != true,
        let text = name.text(from: index, to: end)
      else { continue }
      observations.append(Observation(.phone, .contact(text), field: "FileName:Phone", offset: nil))
      return
    }
  }

  /// Adds a party of a talk: by number where it is one, else by name.
  static func add(_ party: String, into observations: inout [Observation]) {
    if isNumber(party) {
      observations.append(Observation(.phone, .contact(party), field: "FileName:Phone", offset: nil))
    } else if party.utf8.count <= 200, party.unicodeScalars.contains(where: { $0.properties.isAlphabetic }) {
      observations.append(
        Observation(.participant, .person(party), field: "FileName:Participant", offset: nil))
    }
  }

  static func isNumber(_ text: String) -> Bool {
    let digits = text.utf8.count { $0 &- 0x30 < 10 }
    return (5...15).contains(digits)
      && text.unicodeScalars.allSatisfy {
        $0.value &- 0x30 < 10 || " +-()./\u{A0}\u{202F}\u{200E}\u{202A}\u{202C}".unicodeScalars.contains($0)
      }
  }

  private struct Call {
    var time: NameTime?
    var parties: [String]
    var app = ""
  }

  /// What telephones and programs record calls as.
  private static func isSound(_ name: NameBytes) -> Bool { endings.contains { name.ends($0) } }

  private static let endings: [StaticString] = [
    ".m4a", ".mp3", ".amr", ".wav", ".3gp", ".aac", ".ogg", ".oga", ".opus", ".awb", ".mp4", ".flac", ".json",
  ]

  private static let samsungWords: [StaticString] = [
    "Call recording ", "Recording of call ", "Anrufaufzeichnung ", "Aufgezeichneter Anruf ",
    "Enregistrement d'appel ", "Enregistrement appel ", "Grabación de llamada ", "Grabación llamada ",
    "Gravação de chamada ", "Gravação da chamada ", "Registrazione chiamata ", "Gespreksopname ",
    "Запись вызова ", "Запись звонка ", "Запис дзвінка ", "Запис виклику ", "Nagranie rozmowy ",
    "Nagrana rozmowa ", "Çağrı kaydı ", "Arama kaydı ", "Panggilan rekaman ", "Rekaman panggilan ",
    "通话录音 ", "通話錄音 ", "通話録音 ", "통화 녹음 ", "통화 ", "تسجيل المكالمة ", "تسجيل مكالمة ", "ضبط تماس ", "कॉल रिकॉर्डिंग ",
  ]

  private static func samsung(_ name: NameBytes) -> Call? {
    guard let word = samsungWords.first(where: { name.has($0, at: 0) }) else { return nil }
    var hints = NameTime.Hints()
    hints.hasShortYear = true
    let start = word.utf8CodeUnitCount
    guard let time = NameTime.find(name, from: start, hints), time.timestamp.precision != .day,
      let party = name.text(from: start, to: time.range.lowerBound - 1)
    else { return nil }
    return Call(time: time, parties: parts(party))
  }

  /// The name and the number of "Mara(+33612345678)" and "Mara@138…", or the one of both that is there.
  private static func parts(_ text: String) -> [String] {
    var text = text[...]
    for word in ["Call@", "通话录音@"] where text.hasPrefix(word) { text = text.dropFirst(word.count) }
    if text.hasSuffix(")"), let open = text.lastIndex(of: "(") {
      let number = text[text.index(after: open)...].dropLast()
      if isNumber(String(number)) { return unique([String(text[..<open]), String(number)]) }
    }
    if let sign = text.lastIndex(of: "@"), isNumber(String(text[text.index(after: sign)...])) {
      return unique([String(text[..<sign]), String(text[text.index(after: sign)...])])
    }
    return unique([String(text)])
  }

  private static func unique(_ texts: [String]) -> [String] {
    let texts = texts.filter { !$0.isEmpty }
    return texts.count == 2 && texts[0] == texts[1] ? [texts[0]] : texts
  }

  /// Forms in which a number stands before the time.
  private static func number(_ name: NameBytes) -> Call? {
    var hints = NameTime.Hints()
    if let time = NameTime.find(name, hints), time.timestamp.precision != .day, time.range.lowerBound > 1,
      let text = name.text(from: 0, to: time.range.lowerBound - 1)
    {
      let parties = parts(text)
      let isPair = text.hasSuffix(")") || text.contains("@")
      let isMarked = name.has("Call@", at: 0) || name.has("通话录音@", at: 0)
      guard isMarked || parties.contains(where: isNumber) && (isPair || isWhole(text)) else {
        return nil
      }
      return Call(time: time, parties: parties)
    }
    // NUMBER-YYMMDDHHMM
    let dash = name.ending - 11
    guard name[dash] == UInt8(ascii: "-"), name.digitsEnd(dash + 1) == name.ending,
      let text = name.text(from: 0, to: dash), isWhole(text),
      let year = name.number(dash + 1, 2), let month = name.number(dash + 3, 2),
      let day = name.number(dash + 5, 2), CivilDate.isValid(year: 2000 + year, month: month, day: day),
      let hour = name.number(dash + 7, 2), hour < 24, let minute = name.number(dash + 9, 2), minute < 60
    else { return nil }
    hints.isKnown = true
    let seconds =
      CivilDate.days(year: 2000 + year, month: month, day: day) * 86_400 + Int64(hour * 3600 + minute * 60)
    let time = NameTime(
      timestamp: Timestamp(civilSeconds: seconds, precision: .minute), range: (dash + 1)..<name.ending)
    return Call(time: time, parties: [text])
  }

  /// Whether a text is a whole number of a telephone, with nothing but it: at least seven digits, no date.
  private static func isWhole(_ text: String) -> Bool {
    let digits = text.utf8.count { $0 &- 0x30 < 10 }
    return isNumber(text) && digits >= 7 && (text.hasPrefix("+") || digits != 8) && !text.contains(".")
  }

  private static let marks: [(StaticString, String)] = [
    ("phone_", ""), ("whatsapp_", "WhatsApp"), ("viber_", "Viber"), ("telegram_", "Telegram"),
    ("skype_", "Skype"), ("signal_", "Signal"), ("messenger_", "Messenger"), ("line_", "LINE"),
    ("wechat_", "WeChat"), ("imo_", "imo"), ("hangouts_", "Hangouts"), ("kakao_", "KakaoTalk"),
    ("zoom_", "Zoom"),
  ]

  private static func marked(_ name: NameBytes) -> Call? {
    guard let (word, app) = marks.first(where: { name.has($0.0, at: 0) }) else { return nil }
    let start = word.utf8CodeUnitCount
    guard let time = NameTime.find(name, from: start), time.range.lowerBound == start,
      time.timestamp.precision == .second, name[time.range.upperBound] == UInt8(ascii: "_"),
      let party = name.text(from: time.range.upperBound + 1, to: name.ending)
    else { return nil }
    return Call(time: time, parties: parts(party), app: app)
  }

  private static func basic(_ name: NameBytes) -> Call? {
    guard let time = NameTime.find(name), time.range.lowerBound == 0, time.timestamp.utcOffsetMinutes != nil
    else { return nil }
    var words = (name.text(from: time.range.upperBound, to: name.ending) ?? "").split(separator: "_")
    guard let direction = words.first, ["in", "out", "conference"].contains(direction) else { return nil }
    words.removeFirst()
    if let sim = words.first, sim.hasPrefix("sim"), sim.count == 4 { words.removeFirst() }
    return Call(time: time, parties: unique(words.map(String.init)))
  }

  private static func old(_ name: NameBytes) -> Call? {
    guard name[0] == UInt8(ascii: "0") || name[0] == UInt8(ascii: "1"), name[1] == UInt8(ascii: "d"),
      let time = NameTime.find(name, from: 2), time.range == 2..<16, name[16] == UInt8(ascii: "p"),
      let party = name.text(from: 17, to: name.ending), isNumber(party)
    else { return nil }
    return Call(time: time, parties: [party])
  }
}

internal import UntrailModel

/// Recordings of meetings, whose names say what the meeting was called.
///
///     Talk with the source-20260729_111244-Meeting Recording.mp4       Teams, in the language of who recorded
///     Talk with the source (2026-07-29 11_12 GMT+2).mp4                Meet
///     Talk with the source - 2026_07_29 11_12 CEST - Recording.mp4     Meet
enum NameMeeting {
  /// Adds title and program; false where the name is no recording of a meeting.
  static func observe(_ name: NameBytes, _ time: NameTime, into observations: inout [Observation]) -> Bool {
    let (start, end) = (time.range.lowerBound, time.range.upperBound)
    guard start > 1 else { return false }
    let app: String
    if name[end] == UInt8(ascii: "-"), name[start - 1] == UInt8(ascii: "-"),
      words.contains(where: { name.has($0, at: end + 1) })
    {
      app = "Microsoft Teams"
    } else if isMeet(name, time) {
      app = "Google Meet"
    } else {
      return false
    }
    if let title = title(name, 0..<(start - 1)) {
      observations.append(Observation(.title, .text(title), field: "FileName:Title", offset: nil))
    }
    observations.append(Observation(.application, .software(app), field: "FileName:App", offset: nil))
    return true
  }

  private static func isMeet(_ name: NameBytes, _ time: NameTime) -> Bool {
    let end = time.range.upperBound
    guard time.timestamp.precision == .minute else { return false }
    if name[time.range.lowerBound - 1] == UInt8(ascii: "(") {
      return time.timestamp.utcOffsetMinutes != nil && name[end] == UInt8(ascii: ")")
    }
    guard let word = name.first("Recording", from: end) ?? name.first("Transcript", from: end) else {
      return false
    }
    // Between them stand only the zone and a dash.
    return name.has(" - ", at: time.range.lowerBound - 3) && word - end <= 12
  }

  private static func title(_ name: NameBytes, _ range: Range<Int>) -> String? {
    guard var title = name.text(from: range.lowerBound, to: range.upperBound) else { return nil }
    while let last = title.last, "-–(_ ".contains(last) { title.removeLast() }
    return title.isEmpty ? nil : title
  }

  private static let words: [StaticString] = [
    "Meeting Recording", "Meeting Transcript", "Besprechungsaufzeichnung", "Enregistrement de la réunion",
    "Grabación de la reunión", "Gravação de Reunião", "Gravação da Reunião", "Registrazione della riunione",
    "Vergaderingsopname", "Opname van vergadering", "Запись собрания", "Nagranie ze spotkania",
    "Toplantı Kaydı", "会议录制", "會議錄製", "会議の録音", "会議の記録", "모임 녹음", "모임 녹화", "تسجيل الاجتماع",
    "Mötesinspelning", "Møteopptak", "Mødeoptagelse", "Kokouksen tallenne", "Záznam schůzky",
  ]
}

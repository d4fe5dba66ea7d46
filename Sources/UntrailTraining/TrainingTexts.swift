/// The files of the kit that are text.
enum TrainingTexts {
  // MARK: Track

  /// A position every 20 minutes from Monday to Friday, in GPX 1.1 (topografix.com/GPX/1/1).
  static var week: String {
    var rows = ""
    // Summer time in Lisbon is UTC+1.
    for number in 0..<(5 * 72) {
      let minute = number * 20
      let hour = minute / 60 % 24 + 1
      let place = (9..<17).contains(hour) ? TrainingKit.office : TrainingKit.home
      // As a watch does, never twice the same.
      let shift = number % 7 * 4 - 12
      rows += "<trkpt lat=\"\(decimal(place.latitude, shift))\" lon=\"\(decimal(place.longitude, -shift))\">"
      rows +=
        "<time>2024-05-\(two(6 + minute / 1440))T\(two(minute / 60 % 24)):\(two(minute % 60)):00Z</time>"
      rows += "</trkpt>\n"
    }
    return """
      <?xml version="1.0" encoding="UTF-8"?>
      <gpx version="1.1" creator="Heron Watch" xmlns="http://www.topografix.com/GPX/1/1"><trk><trkseg>
      \(rows)</trkseg></trk></gpx>

      """
  }

  /// Degrees with six decimals, shifted by hundred-thousandths.
  private static func decimal(_ degrees: Double, _ shift: Int) -> String {
    let millionths = Int((degrees * 1_000_000).rounded()) + 10 * shift
    let digits = "\(millionths.magnitude % 1_000_000)"
    return (millionths < 0 ? "-" : "") + "\(millionths.magnitude / 1_000_000)."
      + String(repeating: "0", count: 6 - digits.count) + digits
  }

  private static func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }

  // MARK: Calendar and contacts

  /// RFC 5545.
  static let calendar = lines(
    """
    BEGIN:VCALENDAR
    VERSION:2.0
    PRODID:-//Example//Calendar 1.0//EN
    BEGIN:VEVENT
    UID:0001@example.org
    DTSTAMP:20240510T080000Z
    DTSTART:20240516T080000Z
    DTEND:20240516T093000Z
    SUMMARY:Meet Noor
    LOCATION:Plaza Mayor, Madrid
    ATTENDEE;CN=Noor Nonesuch:mailto:noor@example.org
    END:VEVENT
    END:VCALENDAR

    """)

  /// RFC 6350. The number is one of those kept for fiction.
  static let contacts = lines(
    """
    BEGIN:VCARD
    VERSION:4.0
    FN:Noor Nonesuch
    TEL;TYPE=cell:+1-202-555-0147
    EMAIL:noor@example.org
    END:VCARD

    """)

  private static func lines(_ text: String) -> String {
    text.split(separator: "\n", omittingEmptySubsequences: true).map { $0 + "\r\n" }.joined()
  }

  // MARK: Chat and draft

  static let chat = """
    [2024-05-16, 09:58:01] Tilda Testcase: On my way.
    [2024-05-16, 09:59:30] Noor Nonesuch: I am here already.
    [2024-05-16, 10:00:12] Noor Nonesuch: Location: https://maps.google.com/?q=40.415524,-3.707390
    [2024-05-16, 10:01:45] Tilda Testcase: Two minutes.

    """

  /// A draft in a format that does not exist: a mark, then the text with every bit turned round.
  static let draft: [UInt8] =
    [0x57, 0x00, 0x01, 0x1E, 0xB7, 0x02, 0x00, 0x9C]
    + "The bridge was closed in the morning. In the afternoon people crossed it again.".utf8.map { ~$0 }
}

import Testing
import UntrailModel
import UntrailReaders

@Suite("mail")
struct MailTests {
  private let message = """
    Return-Path: <mara@example.org>
    Received: from laptop.lan (host.example.net [203.0.113.7])
     by mx.example.com with ESMTPS id 14.3.195.1
     for <sam@example.com>; Sun, 28 Apr 2024 23:09:05 +0200
    Received: from localhost ([IPv6:2001:db8::7]) by host.example.net; 28 Apr 2024 21:09:03 GMT
    From: =?UTF-8?Q?Mara_Ex=C3=A4mple?= <mara@example.org>
    To: "Sample, Sam" <sam@example.com>, ina@example.com (Ina Example);
    Cc: Friends: =?ISO-2022-JP?B?GyRCJF8kZCRiJEgbKEI=?= <m@example.jp>, leo@example.com;
    Date: Sun, 28 Apr 2024 23:09:02 +0200 (CEST)
    Message-ID: <1.2@laptop.lan>
    References: <a@example.org>
     <b@example.org>
    X-Mailer: Example Mail 3.1
    X-Originating-IP: [192.168.7.20]
    Organization: Example Press
    Subject: =?utf-8?B?VGhlIHRvd8O=?= =?utf-8?B?qQ==?=

    hello

    """

  private func read(_ text: String) -> ReadResult {
    UntrailTests.read(Array(text.utf8), as: "message/rfc822")
  }

  @Test("people, addresses, times, the way, programs")
  func reads() {
    let result = read(message)
    #expect(result.texts(.person, .sender) == ["Mara Exämple"])
    #expect(result.texts(.person, .recipient) == ["Sample, Sam", "Ina Example", "みやもと"])
    let addresses = result.texts(.contact, .email)
    for address in [
      "mara@example.org", "sam@example.com", "ina@example.com", "m@example.jp", "leo@example.com",
    ] {
      #expect(addresses.count { $0 == address } == 1, "\(address)")
    }
    #expect(result.texts(.network, .ipAddress) == ["203.0.113.7", "2001:db8::7", "192.168.7.20"])
    #expect(result.texts(.device, .host) == ["laptop.lan"])
    #expect(result.texts(.link, .messageID) == ["<1.2@laptop.lan>", "<a@example.org>", "<b@example.org>"])
    #expect(result.text(.software, .mailer) == "Example Mail 3.1")
    #expect(result.text(.text, .subject) == "The towé")
    #expect(result.timestamp(.sent) == Timestamp(civilSeconds: 1_714_345_742, utcOffsetMinutes: 120))
    #expect(result.observations.count { $0.role == .received } == 2)
    #expect(result.text(.person, .organization) == "Example Press")
    #expect(!result.isDamaged && result.locations.isEmpty)
  }

  @Test(
    "dates as programs write them",
    arguments: [
      ("Sun, 28 Apr 2024 23:09:02 +0200", 1_714_345_742, 120), ("28 Apr 24 23:09 EST", 1_714_345_740, -300),
      ("Sun Apr 28 23:09:02 2024", 1_714_345_742, nil), ("28-Apr-2024 23:09:02 -0000", 1_714_345_742, nil),
    ] as [(String, Int64, Int16?)])
  func dates(_ text: String, _ seconds: Int64, _ offset: Int16?) {
    let time = read("Date: \(text)\n\n").timestamp(.sent)
    #expect(time?.civilSeconds == seconds && time?.utcOffsetMinutes == offset)
  }

  @Test(
    "addresses without brackets",
    arguments: [
      ("a@example.org b@example.org", ["a@example.org", "b@example.org"]),
      ("Mara a@example.org", ["a@example.org"]), ("a@test . example", ["a@test.example"]),
      ("<@x.example,@y.example:a@example.org>", ["a@example.org"]), ("undisclosed-recipients:;", []),
    ])
  func addresses(_ text: String, _ wanted: [String]) {
    #expect(read("To: \(text)\n\n").texts(.contact, .email) == wanted)
  }

  @Test("parts inside each other, with their names in every form")
  func parts() throws {
    let text = """
      From: mara@example.org
      To: sam@example.org
      Content-Type: multipart/mixed; boundary=outer

      --outer
      Content-Type: multipart/alternative; boundary="out"

      --out
      Content-Type: text/plain

      -----BEGIN PGP MESSAGE-----
      begin 644 old.txt
      %:&5L;&\\
      `
      end
      --out--
      --outer
      Content-Type: text/plain; name="=?utf-8?Q?=C3=A4?="
      Content-Disposition: attachment; filename*0*=utf-8''%C3%A4; filename*1=" b.txt";
       creation-date="Sun, 28 Apr 2024 23:09:02 +0200"
      Content-Transfer-Encoding: quoted-printable

      caf=C3=A9=
       au lait
      --outer
      Content-Type: message/rfc822

      From: Leo Example <leo@example.org>

      --outer--
      """
    let result = read(text)
    let members = Dictionary(grouping: result.members) { $0.artifact.member.joined(separator: "/") }
    #expect(Set(members.keys) == ["old.txt", "ä b.txt", "part 5"])
    #expect(members["old.txt"]?.first?.artifact.byteCount == 5)
    #expect(members["ä b.txt"]?.first?.artifact.byteCount == 13)
    #expect(members["part 5"]?.first?.observations.contains { $0.text == "Leo Example" } ?? false)
    #expect(result.codes.contains("mail-encrypted"))
    #expect(result.timestamp(.created) != nil)
    #expect(result.texts(.link, .attachment) == ["ä b.txt"])
  }

  @Test("what is booked in a page is told, and nothing else of the page")
  func pages() {
    func message(_ body: String) -> String {
      "From: a@example.org\nContent-Type: text/html; charset=utf-8\n\n<html><head><title>x</title>\(body)</head></html>"
    }
    let booking =
      "<script type=\"application/ld+json\">{\"@context\": \"http://schema.org\", \"@type\": \"FlightReservation\", "
      + "\"reservationNumber\": \"ABC123\", \"reservationFor\": {\"@type\": \"Flight\", \"flightNumber\": \"100\", "
      + "\"airline\": {\"@type\": \"Airline\", \"iataCode\": \"XX\"}}}</script>"
    #expect(read(message(booking)).members.contains { $0.observations.contains { $0.kind == .travel } })
    #expect(read(message("<meta name=author content=x>")).members.isEmpty)
  }

  @Test("each message of a mailbox is a file inside; those beyond the limit are counted")
  func mailbox() throws {
    let one =
      "From mara@example.org Sun Apr 28 23:09:02 2024\nFrom: mara@example.org\nSubject: x\n\nFrom here\n\n"
    let text = String(repeating: one, count: 7)
    var limits = Limits()
    limits.members = 5
    let examination = try examineWhole(Array(text.utf8), limits)
    #expect(examination.mediaType.name == "application/mbox")
    #expect(examination.members.map(\.artifact.member) == (1...5).map { ["message \($0)"] })
    #expect(examination.diagnostics.contains { $0.message.contains("of 7 messages the first 5") })
    #expect(try examineWhole(Array(text.utf8)).members.count == 7)
  }

  @Test("messages of Apple Mail")
  func appleMail() throws {
    let mail = "From: mara@example.org\nSubject: x\nDate: Sun, 28 Apr 2024 23:09:02 +0200\n\nhello\n"
    let list =
      "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<plist version=\"1.0\"><dict><key>date-received</key>"
      + "<integer>1714338545</integer></dict></plist>\n"
    let examination = try examineWhole(Array("\(mail.utf8.count)\n\(mail)\(list)".utf8))
    #expect(examination.mediaType.name == "message/x-emlx")
    #expect(examination.members.map(\.artifact.member) == [["properties"]])
    #expect(
      examination.observations.contains {
        $0.text == "mara@example.org" && $0.offset == "\(mail.utf8.count)\n".count
      })
  }

  @Test("a message with nothing to tell says nothing, and other text is none")
  func clean() throws {
    #expect(read("MIME-Version: 1.0\nContent-Type: text/plain\n\nhello\n").observations.isEmpty)
    for text in ["Note: call Sam\nTo do: nothing\n", "name: x\nversion: 2\ndate: today\n"] {
      #expect(try examineWhole(Array(text.utf8)).mediaType.name != "message/rfc822")
    }
  }

  @Test("heads that are made to take long")
  func longHeads() {
    let time = ContinuousClock().measure {
      _ = read("Subject: \(String(repeating: "=?a?b?x", count: 15_000))\n\nhello\n")
      let name = String(repeating: "a", count: 40_000)
      _ = read("From: \(name)@\(String(repeating: ":", count: 40_000))\n\nhello\n")
    }
    #expect(time < .seconds(6))
  }

  @Test("damage")
  func damage() {
    surviveDamage(Array(message.utf8), as: "message/rfc822")
    surviveDamage(
      Array("From a\nFrom: b@example.org\n\nx\n\nFrom c\nTo: d@example.org\n".utf8), as: "application/mbox")
  }
}

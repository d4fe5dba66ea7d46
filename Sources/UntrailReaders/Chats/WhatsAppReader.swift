internal import UntrailBytes
internal import UntrailModel

/// A chat as WhatsApp exports it to text.
///
///     [14/07/2026, 10:12:44] Sam Sample: text        iPhone
///     14/07/2026, 10:12 - Sam Sample: text           Android; date and time as the phone's language has them
///     ... Location: https://maps.google.com/?q=48.858370,2.294481
///
/// Told are who takes part, telephone numbers that stand for people without a name, and places that were shared. The
/// days are told only where the year stands first: others could be read in two ways.
///
/// Source: WhatsApp Help Center, "How to export your chat history".
struct WhatsAppReader: MetadataReader {
  var name: String { "WhatsApp chat" }
  var mediaTypes: [String] { ["text/x-whatsapp-chat"] }
  var channels: String { "people who take part, telephone numbers, places that were shared" }

  /// People who are told; a group has at most 1,024.
  private static let peopleLimit = 2048

  func read(
    _ source: ByteSource, into result: inout ReadResult, with tools: ReaderTools
  ) throws(ParseError) {
    var lines = TextLines(source, tools.limits)
    var once = DistinctFacts(tools.limits)
    var places = MarkedPlaces(.shared, "WhatsApp:Location", tools.limits)
    var people: Set<String> = []
    defer { places.finish(into: &result) }
    while let line = try lines.next() {
      let message = WhatsAppLine(line.bytes)
      if let message {
        let sender = message.sender
        if people.count < Self.peopleLimit, people.insert(sender).inserted {
          if Self.isNumber(sender) {
            once.add(.phone, .contact(sender), "WhatsApp:Sender", at: line.offset, into: &result)
          } else {
            once.add(.participant, .person(sender), "WhatsApp:Sender", at: line.offset, into: &result)
          }
        }
      }
      for (latitude, longitude, offset) in Self.pins(line.bytes) {
        guard
          let coordinate = CheckedPlace.coordinate(
            latitude, longitude, at: line.offset + offset, into: &result)
        else { continue }
        var location = Location(coordinate: coordinate)
        location.time = message?.time
        places.add(location, at: line.offset + offset, into: &result)
      }
    }
  }

  private static func isNumber(_ sender: String) -> Bool {
    var digits = 0
    for byte in sender.utf8 {
      switch byte {
      case UInt8(ascii: "0")...UInt8(ascii: "9"): digits += 1
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"): return false
      default: break
      }
    }
    return digits >= 7
  }

  /// The positions of links to Google's map, and where each stands in the line.
  private static func pins(_ bytes: [UInt8]) -> [(Double, Double, Int)] {
    var found: [(Double, Double, Int)] = []
    for mark in ["maps.google.com/?q=", "maps.google.com/maps?q=", "google.com/maps?q=", "maps?q="] {
      let mark = Array(mark.utf8)
      var start = 0
      while let hit = bytes[start...].firstRange(of: mark) {
        start = hit.upperBound
        let value = bytes[hit.upperBound...].prefix {
          $0 >= 0x30 && $0 <= 0x39 || [UInt8(ascii: "."), UInt8(ascii: "-"), UInt8(ascii: ",")].contains($0)
        }
        let parts = value.split(separator: UInt8(ascii: ","), omittingEmptySubsequences: false)
        guard parts.count >= 2, let latitude = WrittenNumber.read(parts[0]),
          let longitude = WrittenNumber.read(parts[1])
        else { continue }
        found.append((latitude, longitude, hit.upperBound))
      }
      if !found.isEmpty { break }
    }
    return found
  }
}

/// The beginning of a message: when and who. Nil for a line that goes on with one.
struct WhatsAppLine {
  let sender: String
  /// Nil where the day could be read in two ways.
  let time: Timestamp?

  init?(_ line: [UInt8]) {
    var text = String(decoding: line.prefix(300), as: UTF8.self)[...]
    text = text.drop { $0 == "\u{200E}" || $0 == "\u{FEFF}" || $0 == "\u{200F}" }
    let head: Substring
    if text.first == "[", let end = text.firstIndex(of: "]") {
      head = text[text.index(after: text.startIndex)..<end]
      text = text[text.index(after: end)...]
    } else if let dash = text.firstRange(of: " - ") {
      head = text[..<dash.lowerBound]
      text = text[dash.upperBound...]
    } else {
      return nil
    }
    guard head.count <= 40, head.first?.isNumber ?? false, head.contains(":") || head.contains("."),
      head.count(where: \.isNumber) >= 6
    else { return nil }
    text = text.drop { $0 == " " || $0 == "\u{200E}" }
    guard let colon = text.firstRange(of: ": ")?.lowerBound ?? (text.last == ":" ? text.indices.last : nil),
      colon > text.startIndex
    else { return nil }
    sender = String(text[..<colon])
    let startsWithYear = head.prefix(4).allSatisfy(\.isNumber) && head.count >= 16
    time =
      startsWithYear
      ? WrittenTime.read(String(head.replacing(", ", with: " ").replacing(".", with: "-"))) : nil
  }
}

internal import UntrailBytes
internal import UntrailModel

/// A chat as WhatsApp exports it to text.
///
///     [14/07/2026, 10:12:44] Sam Sample: text        iPhone
///     14/07/2026, 10:12 - Sam Sample: text           Android; date and time as the phone's language has them
///     ... Location: https://maps.google.com/?q=48.858370,2.294481
///     ... Louvre (Rue de Rivoli, Paris): https://foursquare.com/v/...
///     ... <attached: 00000012-PHOTO-2026-07-14-10-12-44.jpg>      IMG-20260714-WA0001.jpg (file attached)
///
/// Told are who takes part, telephone numbers that stand for people without a name, places that were shared, and the
/// names of files. What order day and month have, the days behind the twelfth tell, anywhere in the chat.
///
/// Source: WhatsApp Help Center, "How to export your chat history".
struct WhatsAppReader: MetadataReader {
  var name: String { "WhatsApp chat" }
  var mediaTypes: [String] { ["text/x-whatsapp-chat"] }
  var channels: String { "people who take part, telephone numbers, places that were shared, names of files" }

  /// People who are told; a group has at most 1,024.
  private static let peopleLimit = 2048

  /// A position whose time is read when it is known how dates are written.
  private struct Pin {
    var location: Location
    var stamp: String
    var offset: Int
  }

  private static let pinLimit = 10_000

  func read(
    _ source: ByteSource, into result: inout ReadResult, with tools: ReaderTools
  ) throws(ParseError) {
    var lines = TextLines(source, tools.limits)
    var once = DistinctFacts(tools.limits)
    var places = MarkedPlaces(.shared, "WhatsApp:Location", tools.limits)
    var people: Set<String> = []
    var pins: [Pin] = []
    var order = DelimitedTime.Order.unknown
    defer {
      for pin in pins {
        var location = pin.location
        location.time = WhatsAppLine.time(pin.stamp, order)
        places.add(location, at: pin.offset, into: &result)
      }
      places.finish(into: &result)
    }
    while let line = try lines.next() {
      let message = WhatsAppLine(line.bytes)
      if let message {
        if order == .unknown { order = DelimitedTime.order(Array(message.stamp.utf8)[...]) }
        let sender = message.sender
        if people.count < Self.peopleLimit, people.insert(sender).inserted {
          if Self.isNumber(sender) {
            once.add(.phone, .contact(sender), "WhatsApp:Sender", at: line.offset, into: &result)
          } else {
            once.add(.participant, .person(sender), "WhatsApp:Sender", at: line.offset, into: &result)
          }
        }
        if let name = message.attachment {
          once.add(.attachment, .link(name), "WhatsApp:Attachment", at: line.offset, into: &result)
        }
        if let name = message.placeName {
          once.add(.landmark, .place(name), "WhatsApp:Place", at: line.offset, into: &result)
        }
      }
      for (latitude, longitude, offset) in Self.pins(line.bytes) {
        let place = line.offset + offset
        guard pins.count < Self.pinLimit,
          let coordinate = CheckedPlace.coordinate(latitude, longitude, at: place, into: &result)
        else { continue }
        pins.append(
          Pin(location: Location(coordinate: coordinate), stamp: message?.stamp ?? "", offset: place))
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

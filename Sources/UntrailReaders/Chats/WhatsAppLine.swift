internal import UntrailModel

/// The beginning of a message: when and who. Nil for a line that goes on with one.
struct WhatsAppLine {
  let sender: String
  /// Date and time as they are written, with digits of ASCII.
  let stamp: String
  private let text: Substring

  init?(_ line: [UInt8]) {
    let whole = String(decoding: line.prefix(1000), as: UTF8.self)
    var text = String(String.UnicodeScalarView(whole.unicodeScalars.filter { !Self.isMark($0) }))[...]
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
    text = text.drop { $0 == " " }
    // Names that people gave themselves have a sign in front.
    if text.first == "~" { text = text.dropFirst().drop(while: \.isWhitespace) }
    guard let colon = text.firstRange(of: ": ")?.lowerBound ?? (text.last == ":" ? text.indices.last : nil),
      colon > text.startIndex
    else { return nil }
    sender = String(text[..<colon])
    stamp = Self.plain(head)
    self.text = text[text.index(after: colon)...].drop(while: \.isWhitespace)
  }

  /// The name of a file that was sent; nil where there is none.
  var attachment: String? {
    if text.hasSuffix(">"), let start = text.lastIndex(of: "<"),
      let colon = text[start...].firstRange(of: ": ")
    {
      let name = text[colon.upperBound...].dropLast()
      return Self.isFileName(name) ? String(name) : nil
    }
    guard text.hasSuffix(")"), let start = text.firstRange(of: " (") else { return nil }
    let name = text[..<start.lowerBound]
    let isNamed = ["IMG-", "VID-", "PTT-", "AUD-", "DOC-", "STK-"].contains { name.hasPrefix($0) }
    return isNamed && Self.isFileName(name) ? String(name) : nil
  }

  private static func isFileName(_ text: Substring) -> Bool {
    guard let point = text.lastIndex(of: "."), text.utf8.count <= 255, !text.contains("/") else {
      return false
    }
    return (2...5).contains(text[point...].count)
  }

  /// The name of a place that was chosen from a list; nil where there is none.
  var placeName: String? {
    guard let link = text.firstRange(of: "): https://") else { return nil }
    let isPlace = ["foursquare.com/v/", "maps.google.com/"].contains {
      text[link.upperBound...].hasPrefix($0)
    }
    guard isPlace, let open = text.firstRange(of: " (")?.lowerBound, open < link.lowerBound else {
      return nil
    }
    let name = text[..<open].trimmedASCII
    return name.isEmpty ? nil : name
  }

  // MARK: Time

  /// When a message was sent, on the clock of the phone; nil where the day could be read in two ways.
  static func time(_ stamp: String, _ order: DelimitedTime.Order) -> Timestamp? {
    guard let time = DelimitedTime(Array(stamp.utf8)[...], order: order), let day = time.day,
      let second = time.second
    else { return nil }
    let hasSeconds = stamp.count { $0 == ":" } >= 2
    return Timestamp(civilSeconds: day * 86_400 + second, precision: hasSeconds ? .second : .minute)
  }

  /// The stamp with digits of ASCII, and the words for the halves of the day as AM and PM.
  private static func plain(_ head: Substring) -> String {
    var text = ""
    for scalar in head.unicodeScalars {
      switch scalar.value {
      case 0x660...0x669: text.unicodeScalars.append(Unicode.Scalar(UInt8(scalar.value - 0x660 + 0x30)))
      case 0x6F0...0x6F9: text.unicodeScalars.append(Unicode.Scalar(UInt8(scalar.value - 0x6F0 + 0x30)))
      case 0x60C: text += ","
      case 0xA0, 0x202F: text += " "
      default: text.unicodeScalars.append(scalar)
      }
    }
    for (word, half) in halves where text.contains(word) {
      text = text.replacing(word, with: "")
      text = text.split(separator: " ").joined(separator: " ") + " " + half
      break
    }
    return text.replacing(" à ", with: ", ").replacing(" kl. ", with: " ").replacing(" um ", with: " ")
  }

  private static let halves = [
    ("上午", "AM"), ("下午", "PM"), ("오전", "AM"), ("오후", "PM"), ("午前", "AM"), ("午後", "PM"), ("ص", "AM"),
    ("م", "PM"),
    ("π.μ.", "AM"), ("μ.μ.", "PM"),
  ]

  /// Marks of direction and of byte order: no part of what is written.
  private static func isMark(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x200E, 0x200F, 0x202A...0x202E, 0x2066...0x2069, 0xFEFF: true
    default: false
    }
  }
}

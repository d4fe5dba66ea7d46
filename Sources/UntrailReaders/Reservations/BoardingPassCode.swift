/// One flight of a boarding pass, as its bar code states it. Texts are empty where they are blank.
package struct BoardingPassLeg: Equatable {
  /// SURNAME/GIVEN NAME, often with the form of address behind it.
  package var passenger = ""
  /// The airline's booking reference.
  package var reference = ""
  /// Codes of the airports.
  package var from = ""
  package var to = ""
  /// Code of the airline that flies.
  package var carrier = ""
  /// Without leading zeros.
  package var flightNumber = ""
  /// 1 to 366; the code names no year.
  package var dayOfYear: Int?
  package var compartment = ""
  /// Without leading zeros.
  package var seat = ""
  /// The place in the order of check-in, without leading zeros.
  package var sequence = ""
  /// The last digit of the year and the day of the year in which the pass was issued.
  package var issued: Issued?
  /// Number of the electronic ticket, with the number of the airline in front.
  package var ticketNumber = ""
  /// Code of the airline, a space, and the number of the frequent flyer.
  package var frequentFlyer = ""
  /// Numbers of the tags of checked baggage.
  package var baggageTags: [String] = []

  package struct Issued: Equatable {
    package var yearDigit: Int
    package var dayOfYear: Int
  }

  /// What people call the flight, as LH2724.
  package var flight: String { carrier + flightNumber }
}

/// The text of the bar code of a boarding pass.
///
///      0  "M" or "S"    format
///      1  "1"..."4"     number of flights
///      2  20            name of the passenger
///     22   1            "E" for an electronic ticket
///     23  for each flight:
///          7 booking reference, 3 from, 3 to, 3 airline, 5 flight number, 3 day of the year, 1 compartment,
///          4 seat, 5 sequence number, 1 status, 2 length of what follows (hexadecimal), then that many:
///            of the first flight  ">", version, 2 length: 1 description, 1 check-in, 1 issuance, 4 day of issue
///                                 (last digit of the year, day), 1 document, 3 issuer, 13 baggage tag, 13, 13
///            of every flight      2 length: 3 airline in digits, 10 document number, 1 selectee, 1 verification,
///                                 3 marketing airline, 3 airline of the frequent flyer, 16 its number, ...
///            the rest is the airline's own
///     "^" ...               signature
///
/// Blanks at the end are often lost on the way, so that the text may end anywhere behind the first day.
///
/// Source: IATA Resolution 792, attachment C; IATA, Bar Coded Boarding Pass Implementation Guide (2020).
package enum BoardingPassCode {
  /// A code of four flights with all that it can carry is shorter.
  private static let longest = 2048
  private static let firstLeg = 23
  /// Up to the day of the first flight.
  private static let shortest = 47

  /// The flights of a boarding pass; none where the text is not the code of one.
  package static func decode(_ text: String) -> [BoardingPassLeg] {
    var code = Fields(text.unicodeScalars.prefix(longest).map { $0 })
    guard code.count >= shortest, ["M", "S"].contains(code.take(1)), let count = Int(code.take(1)),
      (1...9).contains(count)
    else { return [] }
    let passenger = code.take(20)
    guard passenger.contains(where: { $0.isLetter }) else { return [] }
    _ = code.take(1)
    var legs: [BoardingPassLeg] = []
    for index in 0..<count {
      guard var leg = leg(&code) else { break }
      leg.passenger = passenger
      readOptionalPart(&code, isFirst: index == 0, into: &leg)
      legs.append(leg)
    }
    return legs
  }

  /// The part that every flight has; nil where it is not there.
  private static func leg(_ code: inout Fields) -> BoardingPassLeg? {
    guard code.count >= shortest - firstLeg else { return nil }
    var leg = BoardingPassLeg()
    leg.reference = code.take(7)
    leg.from = code.take(3)
    leg.to = code.take(3)
    leg.carrier = code.take(3)
    leg.flightNumber = withoutZeros(code.take(5))
    let day = code.take(3)
    guard isPlace(leg.from), isPlace(leg.to), isFlight(leg), day.isEmpty || Int(day) != nil else {
      return nil
    }
    leg.dayOfYear = Int(day).flatMap { (1...366).contains($0) ? $0 : nil }
    leg.compartment = code.take(1)
    leg.seat = withoutZeros(code.take(4))
    leg.sequence = withoutZeros(code.take(5))
    _ = code.take(1)
    return leg
  }

  private static func isPlace(_ code: String) -> Bool {
    code.count == 3 && code.utf8.allSatisfy { (0x41...0x5A).contains($0) }
  }

  /// Whether the airline and the number can be ones; an open ticket has no number.
  private static func isFlight(_ leg: BoardingPassLeg) -> Bool {
    let isCarrier = leg.carrier.utf8.allSatisfy { (0x30...0x39).contains($0) || (0x41...0x5A).contains($0) }
    let number = leg.flightNumber
    guard isCarrier, number.utf8.allSatisfy({ $0 < 0x80 }) else { return false }
    return number.isEmpty || number == "OPEN" || number.utf8.contains { (0x30...0x39).contains($0) }
  }

  private static func readOptionalPart(_ code: inout Fields, isFirst: Bool, into leg: inout BoardingPassLeg) {
    var part = code.part()
    if isFirst, part.peek == ">" {
      _ = part.take(2)
      var unique = part.part()
      _ = unique.take(3)
      let issued = unique.take(4)
      if issued.utf8.count == 4, let digits = Int(issued), (1...366).contains(digits % 1000) {
        leg.issued = BoardingPassLeg.Issued(yearDigit: digits / 1000, dayOfYear: digits % 1000)
      }
      _ = unique.take(4)
      leg.baggageTags = (0..<3).map { _ in unique.take(13) }.filter { isNumber($0) }
    }
    var repeated = part.part()
    let airline = repeated.take(3)
    let document = repeated.take(10)
    if isNumber(document) { leg.ticketNumber = airline + document }
    _ = repeated.take(5)
    let programme = repeated.take(3)
    let number = repeated.take(16)
    if isNumber(number) { leg.frequentFlyer = programme.isEmpty ? number : programme + " " + number }
  }

  /// Whether a field says more than zeros.
  private static func isNumber(_ text: String) -> Bool { text.contains { $0 != "0" && $0 != " " } }

  private static func withoutZeros(_ text: String) -> String { String(text.drop { $0 == "0" }) }
}

/// Takes fields of fixed length from the front of a text; blanks where it has ended.
private struct Fields {
  private var characters: ArraySlice<Unicode.Scalar>

  init(_ characters: [Unicode.Scalar]) { self.characters = characters[...] }

  private init(_ characters: ArraySlice<Unicode.Scalar>) { self.characters = characters }

  var count: Int { characters.count }
  var peek: Unicode.Scalar? { characters.first }

  /// The next field without the blanks around it.
  mutating func take(_ length: Int) -> String {
    var text = String.UnicodeScalarView()
    text.append(contentsOf: characters.prefix(length).drop { $0 == " " })
    characters = characters.dropFirst(length)
    while text.last == " " { text.removeLast() }
    return String(text)
  }

  /// The fields behind a length of two hexadecimal digits; none where there is no length.
  mutating func part() -> Fields {
    let digits = take(2)
    guard digits.utf8.count == 2, let length = Int(digits, radix: 16), length >= 0 else {
      return Fields([])
    }
    let part = characters.prefix(length)
    characters = characters.dropFirst(length)
    return Fields(part)
  }
}

import Testing
import UntrailReaders

@Suite("Bar codes of boarding passes")
struct BoardingPassTests {
  private static func field(_ text: String, _ length: Int) -> String {
    text + String(repeating: " ", count: length - text.count)
  }

  private static func leg(
    _ from: String, _ to: String, _ flight: String, day: String, seat: String, optional: String = ""
  ) -> String {
    field("XY12Z", 7) + from + to + field("LH", 3) + field(flight, 5) + day + "Y" + seat + "0017 " + "3"
      + hexadecimal(optional.count) + optional
  }

  private static func hexadecimal(_ number: Int) -> String {
    let digits = String(number, radix: 16, uppercase: true)
    return digits.count == 1 ? "0" + digits : digits
  }

  private static func code(_ legs: String...) -> String {
    "M\(legs.count)" + field("EXAMPLE/MARA MS", 20) + "E" + legs.joined()
  }

  private static let optional =
    ">6" + "18" + "0WW" + "6064" + "B" + "LH " + field("0220123456001", 13) + "2A" + "220" + "1234567890"
    + "0"
    + " " + "LH " + "LH " + field("992001234567890", 16) + "N" + "1PC" + "K09 own data"

  @Test func readsOneFlight() throws {
    let legs = BoardingPassCode.decode(Self.code(Self.leg("MUC", "TXL", "2724", day: "065", seat: "005A")))
    let leg = try #require(legs.first)
    #expect(legs.count == 1)
    #expect(leg.passenger == "EXAMPLE/MARA MS")
    #expect(leg.reference == "XY12Z")
    #expect([leg.from, leg.to] == ["MUC", "TXL"])
    #expect([leg.carrier, leg.flightNumber, leg.flight] == ["LH", "2724", "LH2724"])
    #expect(leg.dayOfYear == 65)
    #expect([leg.compartment, leg.seat, leg.sequence] == ["Y", "5A", "17"])
    #expect(leg.issued == nil)
    #expect(leg.ticketNumber.isEmpty)
  }

  @Test func readsWhatIsOptional() throws {
    let text = Self.code(
      Self.leg("MUC", "FRA", "0103", day: "366", seat: "012C", optional: Self.optional),
      Self.leg("FRA", "JFK", "400", day: "001", seat: "031K"))
    let legs = BoardingPassCode.decode(text + "^164" + String(repeating: "A", count: 100))
    let first = try #require(legs.first)
    #expect([first.issued?.yearDigit, first.issued?.dayOfYear] == [6, 64])
    #expect(first.ticketNumber == "2201234567890")
    #expect(first.frequentFlyer == "LH 992001234567890")
    #expect(first.baggageTags == ["0220123456001"])
    #expect(legs.map(\.flight) == ["LH103", "LH400"])
    #expect(legs.map(\.dayOfYear) == [366, 1])
    #expect(legs.map(\.seat) == ["12C", "31K"])
    #expect(legs.last?.ticketNumber == "")
  }

  @Test func readsWithoutBlanksAtTheEnd() {
    let text = Self.code(Self.leg("RIX", "BER", "212", day: "309", seat: "014E")).prefix(56)
    #expect(BoardingPassCode.decode(String(text)).map(\.seat) == ["14E"])
  }

  @Test(arguments: [
    "", "M1", "https://example.com/a/ticket/number/that/is/long/enough/for/a/boarding/pass",
    "M1EXAMPLE/MARA        EXY12Z  ZRH11XLX 0962 258Y010E0143 100",
    "M1EXAMPLE/MARA        EXY12Z  ZRHBERLX ABCD 258Y010E0143 100",
    "M1                    EXY12Z  ZRHBERLX 0962 258Y010E0143 100",
    "3082665871308266587130826658713082665871308266587130826658713082665871",
  ])
  func otherTextsAreNone(_ text: String) {
    #expect(BoardingPassCode.decode(text).isEmpty)
  }

  @Test func survivesDamage() {
    let text = Array(
      Self.code(
        Self.leg("MUC", "FRA", "0103", day: "366", seat: "012C", optional: Self.optional),
        Self.leg("FRA", "JFK", "400", day: "001", seat: "031K")
      ).unicodeScalars)
    for length in 0..<text.count {
      var cut = String.UnicodeScalarView()
      cut.append(contentsOf: text.prefix(length))
      #expect(BoardingPassCode.decode(String(cut)).isEmpty == (length < 47))
    }
    for index in text.indices {
      for scalar: Unicode.Scalar in ["\0", "~", "9", "F", "\u{1F600}"] {
        var changed = String.UnicodeScalarView()
        changed.append(contentsOf: text)
        changed.replaceSubrange(
          changed.index(
            changed.startIndex, offsetBy: index)..<changed.index(changed.startIndex, offsetBy: index + 1),
          with: CollectionOfOne(scalar))
        #expect(BoardingPassCode.decode(String(changed)).count <= 9)
      }
    }
  }
}

internal import UntrailBytes
internal import UntrailModel

/// Flights as Flighty exports them.
///
///     Date,Airline,Flight,From,To,Dep Terminal,...,Gate Departure (Scheduled),...,PNR,Seat,Seat Type,Cabin Class,...
///     2026-07-19,BAW,304,LHR,CDG,5,...,2026-07-19T08:20,...,ABC123,12A,...
///
/// Airlines and airports are written as codes; times are those of the clock there.
///
/// Source: published exports; RFC 4180.
struct FlightTable: MetadataReader {
  var name: String { "Flight table" }
  var mediaTypes: [String] { ["application/x-flight-table"] }
  var channels: String { "flights, seats, booking references" }

  func read(
    _ source: ByteSource, into result: inout ReadResult, with tools: ReaderTools
  ) throws(ParseError) {
    var rows = DelimitedRows(source, tools.limits, delimiter: UInt8(ascii: ","))
    var columns: [String: Int] = [:]
    var count = 0
    while let row = try rows.next() {
      if columns.isEmpty {
        for index in row.fields.indices { columns[row.text(index)] = columns[row.text(index)] ?? index }
        continue
      }
      guard let flight = Self.flight(row, columns) else { continue }
      guard count < tools.limits.observations / 2 else {
        return result.notRead("list-cut", "more flights are there than are listed", at: row.place(0) ?? 0)
      }
      count += 1
      result.add(.reservation, .travel(flight), "Flighty:Flight", at: row.place(0))
    }
  }

  private static func flight(_ row: DelimitedRow, _ columns: [String: Int]) -> Reservation? {
    func text(_ name: String) -> String {
      columns[name].flatMap { $0 < row.fields.count ? row.text($0) : nil } ?? ""
    }
    func time(_ names: String...) -> Timestamp? {
      names.lazy.compactMap { WrittenTime.read(text($0)) }.first
    }
    var flight = Reservation(.flight)
    (flight.from, flight.to) = (text("From"), text("To"))
    guard !flight.from.isEmpty, !flight.to.isEmpty else { return nil }
    flight.provider = text("Airline")
    flight.name = text("Airline") + text("Flight")
    flight.reference = text("PNR")
    flight.seat = text("Seat")
    flight.start = time("Gate Departure (Scheduled)", "Take off (Scheduled)", "Date")
    flight.end = time("Gate Arrival (Scheduled)", "Landing (Scheduled)")
    return flight
  }
}

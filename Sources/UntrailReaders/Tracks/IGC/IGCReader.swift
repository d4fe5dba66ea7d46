internal import UntrailBytes
internal import UntrailModel

/// IGC: what flight recorders of gliders and paragliders keep, a record a line.
///
///     A MMM SSS text             recorder: maker, serial, more
///     H S CCC name:value         header: who wrote it (F recorder, O, P pilot), what it is; see `IGCHeader`
///     I NN (SS FF CCC)*          what stands behind each fix, from byte to byte; LAD and LOD: more decimals
///     B HHMMSS DDMMmmm N DDDMMmmm E V PPPPP GGGGG ...    fix: UTC, latitude, longitude, validity, altitudes
///     C DDMMYY HHMMSS ... text                           task: when it was declared
///     C DDMMmmm N DDDMMmmm E text                        task: one of its points
///
/// The validity of a fix is A for one with an altitude, V for one without; both are places. Where a receiver loses its
/// satellites, the last place is said again.
///
/// Source: FAI, Technical Specification for GNSS Flight Recorders, appendix A.
struct IGCReader: MetadataReader {
  var name: String { "IGC" }
  var mediaTypes: [String] { ["text/x-igc"] }
  var channels: String { "flights, planned tasks, pilots, gliders, recorders with serials, time zone" }

  func read(
    _ source: ByteSource, into result: inout ReadResult, with tools: ReaderTools
  ) throws(ParseError) {
    var facts = IGCFacts(tools.limits)
    defer { facts.finish(&result) }
    var lines = TextLines(source, tools.limits)
    while let line = try lines.next() {
      facts.add(line, &result)
    }
  }
}

/// What the records of a flight say.
private struct IGCFacts {
  private var flight: TrackRecorder
  private var flightPlace: Int?
  private var task: TrackRecorder
  private var taskPlace: Int?
  private var distinct: DistinctFacts
  /// Days since 1970 of the fixes.
  private var day: Int64?
  private var lastSecond: Int64 = 0
  /// Where in a fix more decimals stand.
  private var latitudeDecimals: Range<Int>?
  private var longitudeDecimals: Range<Int>?
  private var isSaidMalformed = false

  init(_ limits: Limits) {
    flight = TrackRecorder(limits)
    task = TrackRecorder(limits)
    distinct = DistinctFacts(limits)
  }

  mutating func add(_ line: TextLine, _ result: inout ReadResult) {
    switch line.bytes.first {
    case UInt8(ascii: "B"): addFix(line, &result)
    case UInt8(ascii: "A"): addRecorder(line, &result)
    case UInt8(ascii: "H"): addHeader(line.bytes, at: line.offset, &result)
    case UInt8(ascii: "I"): readExtensions(line.bytes)
    case UInt8(ascii: "C"): addTask(line, &result)
    case UInt8(ascii: "L"):
      // SeeYou repeats headers in its own comments.
      let marks = Array("::H".utf8)
      for index in line.bytes.indices.dropFirst(1).prefix(8) where line.bytes[index...].starts(with: marks) {
        addHeader(Array(line.bytes[(index + 2)...]), at: line.offset + index + 2, &result)
      }
    default: break
    }
  }

  mutating func finish(_ result: inout ReadResult) {
    if let track = flight.track() { result.add(.recorded, .track(track), "IGC:B", at: flightPlace) }
    if let track = task.track() { result.add(.planned, .track(track), "IGC:C", at: taskPlace) }
  }

  // MARK: Fixes

  private mutating func addFix(_ line: TextLine, _ result: inout ReadResult) {
    let bytes = line.bytes
    guard bytes.count >= 25, let clock = WrittenNumber.whole(bytes[1..<7]),
      let (latitude, longitude) = position(bytes, at: 7), "AV".utf8.contains(bytes[24])
    else {
      if !isSaidMalformed { result.damage("malformed", "a fix is none", at: line.offset) }
      isSaidMalformed = true
      return
    }
    guard let coordinate = CheckedPlace.coordinate(latitude, longitude, at: line.offset + 7, into: &result)
    else {
      return
    }
    let (hour, minute, second) = (clock / 10_000, clock / 100 % 100, clock % 100)
    var time: Int64?
    if hour < 24, minute < 60, second <= 60 {
      let ofDay = Int64(hour * 3600 + minute * 60 + second)
      // Half a day back is midnight; a little back is a recorder whose clock was set.
      if ofDay + 43_200 < lastSecond { day = day.map { $0 + 1 } }
      lastSecond = ofDay
      time = day.map { $0 * 86_400 + ofDay }
    }
    if flightPlace == nil { flightPlace = line.offset }
    flight.add(coordinate, time: time)
  }

  /// Reads DDMMmmmNDDDMMmmmE; nil where it is none.
  private func position(_ bytes: [UInt8], at start: Int) -> (latitude: Double, longitude: Double)? {
    guard bytes.count >= start + 17, let north = WrittenNumber.whole(bytes[start..<(start + 7)]),
      let east = WrittenNumber.whole(bytes[(start + 8)..<(start + 16)]),
      north % 100_000 < 60_000, east % 100_000 < 60_000
    else { return nil }
    func degrees(_ value: Int, _ decimals: Range<Int>?) -> Double {
      var thousandths = Double(value % 100_000)
      if start == 7, let decimals, decimals.upperBound <= bytes.count,
        let more = WrittenNumber.whole(bytes[decimals])
      {
        thousandths += decimals.reduce(Double(more)) { value, _ in value / 10 }
      }
      return Double(value / 100_000) + thousandths / 60_000
    }
    let latitude = degrees(north, latitudeDecimals)
    let longitude = degrees(east, longitudeDecimals)
    switch (bytes[start + 7], bytes[start + 16]) {
    case (UInt8(ascii: "N"), UInt8(ascii: "E")): return (latitude, longitude)
    case (UInt8(ascii: "N"), UInt8(ascii: "W")): return (latitude, -longitude)
    case (UInt8(ascii: "S"), UInt8(ascii: "E")): return (-latitude, longitude)
    case (UInt8(ascii: "S"), UInt8(ascii: "W")): return (-latitude, -longitude)
    default: return nil
    }
  }

  private mutating func readExtensions(_ bytes: [UInt8]) {
    for start in stride(from: 3, to: bytes.count - 6, by: 7) {
      guard let first = WrittenNumber.whole(bytes[start..<(start + 2)]),
        let last = WrittenNumber.whole(bytes[(start + 2)..<(start + 4)]), first >= 36, last >= first,
        last - first < 6
      else { continue }
      let name = bytes[(start + 4)..<(start + 7)]
      if name.elementsEqual("LAD".utf8) { latitudeDecimals = (first - 1)..<last }
      if name.elementsEqual("LOD".utf8) { longitudeDecimals = (first - 1)..<last }
    }
  }

  // MARK: Task

  private mutating func addTask(_ line: TextLine, _ result: inout ReadResult) {
    let bytes = line.bytes
    if let (latitude, longitude) = position(bytes, at: 1) {
      // Take-off and landing that nobody filled in.
      if latitude == 0, longitude == 0 { return }
      guard let coordinate = CheckedPlace.coordinate(latitude, longitude, at: line.offset + 1, into: &result)
      else {
        return
      }
      if taskPlace == nil { taskPlace = line.offset }
      task.add(coordinate, time: nil)
      if let name = IGCHeader.value(bytes[18...]) {
        distinct.add(.waypoint, .place(name), "IGC:C", at: line.offset + 18, into: &result)
      }
    } else if bytes.count >= 13, let date = WrittenNumber.whole(bytes[1..<7]), date > 0,
      let clock = WrittenNumber.whole(bytes[7..<13]),
      let day = TwoDigitYear.day(date % 100, month: date / 100 % 100, day: date / 10_000),
      clock / 10_000 < 24, clock / 100 % 100 < 60, clock % 100 <= 60
    {
      let second = clock / 10_000 * 3600 + clock / 100 % 100 * 60 + clock % 100
      let declared = Timestamp(civilSeconds: day * 86_400 + Int64(second), utcOffsetMinutes: 0)
      distinct.add(.created, .timestamp(declared), "IGC:C", at: line.offset + 1, into: &result)
    }
  }

  // MARK: Who and with what

  private mutating func addRecorder(_ line: TextLine, _ result: inout ReadResult) {
    guard line.bytes.count >= 4, let text = IGCHeader.value(line.bytes[1...]) else { return }
    distinct.add(.body, .serial(text), "IGC:A", at: line.offset + 1, into: &result)
    guard let maker = IGCHeader.maker(String(text.prefix(3))) else { return }
    distinct.add(.recorder, .device(Device(make: maker)), "IGC:A", at: line.offset + 1, into: &result)
  }

  private mutating func addHeader(_ bytes: [UInt8], at offset: Int, _ result: inout ReadResult) {
    guard let header = IGCHeader(bytes) else { return }
    if header.code == "DTE" {
      guard let date = header.day else { return }
      day = date
      lastSecond = 0
      let timestamp = Timestamp(civilSeconds: date * 86_400, precision: .day)
      distinct.add(.start, .timestamp(timestamp), header.field, at: offset + header.index, into: &result)
    }
    for (role, fact) in header.facts {
      distinct.add(role, fact, header.field, at: offset + header.index, into: &result)
    }
  }
}

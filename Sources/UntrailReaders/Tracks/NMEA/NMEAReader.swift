internal import UntrailBytes
internal import UntrailModel

/// NMEA 0183: what receivers send and loggers keep, a sentence a line.
///
///     $GPRMC,HHMMSS.SS,A,DDMM.MMMM,N,DDDMM.MMMM,E,knots,course,DDMMYY,...   A valid, V void
///     $GPGGA,HHMMSS.SS,DDMM.MMMM,N,DDDMM.MMMM,E,quality,satellites,...      quality 0 void, 8 made up
///     $GPGLL,DDMM.MMMM,N,DDDMM.MMMM,E,HHMMSS.SS,A
///     $GPGNS,HHMMSS.SS,DDMM.MMMM,N,DDDMM.MMMM,E,modes,...                   modes N void
///     $GPZDA,HHMMSS.SS,DD,MM,YYYY,...
///     $GPWPL,DDMM.MMMM,N,DDDMM.MMMM,E,name                                  waypoint
///     !AIVDO,parts,part,id,channel,payload,fill                             own ship; !AIVDM: others
///
/// Every sentence with a valid position is a position of the track. What stands before a sentence in its line, such as
/// a logger's time, is passed over. Sentences whose checksum is wrong are not read.
///
/// Source: IEC 61162-1:2016, section 8.
struct NMEAReader: MetadataReader {
  var name: String { "NMEA 0183" }
  var mediaTypes: [String] { [Self.mediaType] }
  var channels: String { "positions and times, waypoints, receivers with serials, own ship" }

  static let mediaType = "text/x-nmea-0183"

  func read(
    _ source: ByteSource, into result: inout ReadResult, with tools: ReaderTools
  ) throws(ParseError) {
    var facts = NMEAFacts(tools.limits)
    defer { facts.finish(&result) }
    var lines = TextLines(source, tools.limits)
    while let line = try lines.next() {
      facts.add(line, &result)
    }
  }
}

/// What sentences say, one after another.
struct NMEAFacts {
  private let format: String
  private var clock = NMEAClock()
  private var track: TrackRecorder
  private var trackField = ""
  private var trackPlace: Int?
  private var distinct: DistinctFacts
  private var ship = AISShip()

  /// - Parameter format: the first word of field names.
  init(_ limits: Limits, format: String = "NMEA") {
    self.format = format
    track = TrackRecorder(limits)
    distinct = DistinctFacts(limits)
  }

  /// Adds what the sentences of a line say.
  ///
  /// - Returns: whether there was one.
  @discardableResult
  mutating func add(_ line: TextLine, _ result: inout ReadResult) -> Bool {
    let sentences = NMEASentence.all(in: line.bytes)
    for (sentence, index) in sentences {
      let offset = line.offset + index
      if sentence.checksum == .wrong {
        if !result.diagnostics.contains(where: { $0.code == "checksum" }) {
          result.damage("checksum", "a sentence does not have the checksum that it states", at: offset)
        }
        continue
      }
      add(sentence, epoch: index == 0 ? nil : NMEATagBlock.time(line.bytes[..<index]), at: offset, &result)
    }
    return !sentences.isEmpty
  }

  mutating func finish(_ result: inout ReadResult) {
    clock.flush(to: &track)
    if let track = track.track() { result.add(.recorded, .track(track), trackField, at: trackPlace) }
  }

  private mutating func add(
    _ sentence: NMEASentence, epoch: Int64?, at offset: Int, _ result: inout ReadResult
  ) {
    guard let kind = sentence.kind else { return addOfMaker(sentence, at: offset, &result) }
    switch kind {
    case "RMC":
      guard sentence.letter(1) == UInt8(ascii: "A") else { return }
      // Modes: N not valid, S made up.
      if "NS".utf8.contains(sentence.letter(11)) { return }
      addFix(sentence, 2, time: 0, day: sentence.day(8), epoch, at: offset, &result)
    case "GGA":
      guard let quality = sentence.number(5), quality > 0, quality != 8 else { return }
      addFix(sentence, 1, time: 0, day: nil, epoch, at: offset, &result)
    case "GLL":
      guard sentence.letter(5) == UInt8(ascii: "A") || sentence.fields.count <= 5,
        !"NS".utf8.contains(sentence.letter(6))
      else { return }
      addFix(sentence, 0, time: 4, day: nil, epoch, at: offset, &result)
    case "GNS":
      let modes = sentence.text(5)
      guard modes.contains(where: { $0 != "N" && $0 != "S" }) else { return }
      addFix(sentence, 1, time: 0, day: nil, epoch, at: offset, &result)
    case "ZDA":
      guard let second = sentence.secondsOfDay(0), let day = sentence.number(1),
        let month = sentence.number(2),
        let year = sentence.number(3), year >= 1990, year <= 9999, abs(day) < 100, abs(month) < 100,
        CivilDate.isValid(year: Int(year), month: Int(month), day: Int(day))
      else { return }
      clock.set(
        day: CivilDate.days(year: Int(year), month: Int(month), day: Int(day)), second: second, &track)
    case "WPL":
      addWaypoint(sentence, name: 4, at: offset, &result)
    case "TXT":
      let text = sentence.text(3)
      guard ["HW ", "FWVER=", "PROTVER=", "MOD=", "ROM "].contains(where: text.hasPrefix) else { return }
      distinct.add(.firmware, .software(text), "\(format):TXT", at: offset, into: &result)
    case "VDO":
      guard let report = ship.add(sentence) else { return }
      add(report, epoch, at: offset, &result)
    case "VDM":
      result.notRead("other-ships-not-read", "positions of other ships stand in the file", at: offset)
    default: break
    }
  }

  private mutating func coordinate(
    _ sentence: NMEASentence, _ index: Int, at offset: Int, _ result: inout ReadResult
  ) -> Coordinate? {
    guard let latitude = sentence.degrees(index), let longitude = sentence.degrees(index + 2) else {
      return nil
    }
    return CheckedPlace.coordinate(latitude, longitude, at: offset, into: &result)
  }

  private mutating func addFix(
    _ sentence: NMEASentence, _ index: Int, time: Int, day: Int64?, _ epoch: Int64?, at offset: Int,
    _ result: inout ReadResult
  ) {
    guard let coordinate = coordinate(sentence, index, at: offset, &result) else { return }
    noteTrack(String(sentence.kind ?? sentence.address[...]), at: offset)
    let second = sentence.secondsOfDay(time)
    clock.add(coordinate, day: day ?? epoch.map { $0 / 86_400 }, second: second, to: &track)
  }

  private mutating func noteTrack(_ name: String, at offset: Int) {
    guard trackPlace == nil else { return }
    (trackField, trackPlace) = ("\(format):\(name)", offset)
  }

  private mutating func addWaypoint(
    _ sentence: NMEASentence, name: Int, at offset: Int, _ result: inout ReadResult
  ) {
    guard let coordinate = coordinate(sentence, 0, at: offset, &result) else { return }
    let field = "\(format):\(sentence.kind ?? sentence.address[...])"
    distinct.add(.waypoint, .location(Location(coordinate: coordinate)), field, at: offset, into: &result)
    let name = sentence.text(name)
    if !name.isEmpty { distinct.add(.waypoint, .place(name), field, at: offset, into: &result) }
  }

  private mutating func add(
    _ report: AISShip.Report, _ epoch: Int64?, at offset: Int, _ result: inout ReadResult
  ) {
    distinct.add(.vehicle, .serial(String(report.number)), "\(format):VDO-MMSI", at: offset, into: &result)
    for (field, text) in [("name", report.name), ("callsign", report.callSign)] where !text.isEmpty {
      distinct.add(
        .vehicle, .device(Device(hostName: text)), "\(format):VDO-\(field)", at: offset, into: &result)
    }
    guard let (latitude, longitude) = report.position,
      let coordinate = CheckedPlace.coordinate(latitude, longitude, at: offset, into: &result)
    else { return }
    noteTrack("VDO", at: offset)
    clock.add(coordinate, day: epoch.map { $0 / 86_400 }, second: epoch.map { $0 % 86_400 }, to: &track)
  }

  /// Sentences of makers, as far as they say where, when or who.
  ///
  /// Source: Magellan, Serial Communications; u-blox, Receiver Description; Trimble and Ashtech, NMEA-0183 Messages;
  /// FLARM, Data Port Interface Control Document; Garmin, Proprietary NMEA 0183 Sentences; LX Navigation, LXWP1.
  private mutating func addOfMaker(_ sentence: NMEASentence, at offset: Int, _ result: inout ReadResult) {
    switch sentence.address {
    case "PMGNTRK":
      guard sentence.letter(7) == UInt8(ascii: "A") else { return }
      addFix(sentence, 0, time: 6, day: sentence.day(9), nil, at: offset, &result)
    case "PMGNWPL":
      addWaypoint(sentence, name: 6, at: offset, &result)
    case "PUBX" where sentence.text(0) == "00":
      guard !["", "NF", "DR", "TT"].contains(sentence.text(7)) else { return }
      addFix(sentence, 2, time: 1, day: nil, nil, at: offset, &result)
    case "PTNL" where sentence.text(0) == "GGK":
      guard let quality = sentence.number(7), quality > 0 else { return }
      addFix(sentence, 3, time: 1, day: nil, nil, at: offset, &result)
    case "PASHR" where sentence.text(0) == "POS":
      addFix(sentence, 4, time: 3, day: nil, nil, at: offset, &result)
    default:
      for (role, fact, name) in NMEAMaker.facts(sentence) {
        distinct.add(role, fact, "\(format):\(name)", at: offset, into: &result)
      }
    }
  }
}

internal import UntrailBytes
internal import UntrailModel

/// MPEG transport streams: M2TS and MTS of camcorders (AVCHD), TS of dash cameras and broadcasts.
///
/// Read are the tables, and of the film so much that what a camera notes beside a picture is among it.
///
/// Source: ISO/IEC 13818-1; AVCHD Format Specification.
struct TransportStreamReader: MetadataReader {
  var name: String { "MPEG transport stream" }
  var mediaTypes: [String] { ["video/MP2T", "video/mp2t"] }
  var channels: String { "position, camera, time with its zone of camcorders (AVCHD)" }

  /// Bytes of the beginning that are read.
  private static let look = 4 << 20
  /// Packets that are read in one piece.
  private static let packets = 512

  func read(
    _ source: ByteSource, into result: inout ReadResult, with tools: ReaderTools
  ) throws(ParseError) {
    guard let form = source.withPrefix({ TransportStream($0) }) else {
      throw ParseError(.malformed, at: 0, "no packets of a transport stream")
    }
    var session = TransportSession()
    var offset = 0
    while offset < min(source.count, Self.look), !session.isDone {
      let count = min(form.stride * Self.packets, source.count - offset)
      try source.withBytes(at: offset, count: count) { run throws(ParseError) in
        form.forEach(in: run) { session.take($0, in: run, at: offset) }
      }
      offset += count
    }
    session.finish(into: &result)
  }
}

/// Gathers what is wanted of the packets of one file.
struct TransportSession {
  private static let h264: UInt8 = 0x1B
  /// The longest unit of a stream that is put together: a picture of a camcorder's film.
  private static let unitLimit = 1 << 20

  private var tables = ProgramTables()
  /// Units that are being put together, by PID.
  private var units: [Int: (bytes: [UInt8], place: Int)] = [:]
  private var notes: PictureNotes?
  private var privatePlace: Int?

  /// Whether more packets say nothing more.
  var isDone: Bool { notes != nil }

  mutating func take(_ packet: TransportStream.Packet, in run: UnsafeRawBufferPointer, at place: Int) {
    let payload = run[packet.payload]
    let identifier = packet.identifier
    if identifier == 0 || tables.maps.contains(identifier) {
      if packet.startsUnit { tables.take(payload, from: identifier) }
      return
    }
    guard let kind = tables.kinds[identifier] else { return }
    if kind == Self.h264 {
      if packet.startsUnit {
        closeUnit(identifier)
        units[identifier] = (Array(payload), place + packet.payload.lowerBound)
      } else if let count = units[identifier]?.bytes.count, count < Self.unitLimit {
        units[identifier]?.bytes += payload
      }
    } else if packet.startsUnit, privatePlace == nil, Self.isTelemetry(payload) {
      privatePlace = place + packet.payload.lowerBound
    }
  }

  private mutating func closeUnit(_ identifier: Int) {
    guard let unit = units.removeValue(forKey: identifier), notes == nil else { return }
    notes = PictureNotes.find(in: unit.bytes, at: unit.place)
  }

  /// Words that dash cameras begin their records with.
  private static func isTelemetry(_ payload: Slice<UnsafeRawBufferPointer>) -> Bool {
    UnsafeRawBufferPointer(rebasing: payload).withMemoryRebound(to: UInt8.self) { bytes in
      let bytes = UnsafeRawBufferPointer(bytes)
      return bytes.holds("freeGPS") || bytes.holds("$GPRMC") || bytes.holds("$GNRMC")
        || bytes.holds("LIGOGPSINFO")
    }
  }

  mutating func finish(into result: inout ReadResult) {
    for identifier in units.keys.sorted() { closeUnit(identifier) }
    notes?.observe(into: &result)
    if let privatePlace {
      result.notRead(
        "dash-camera-not-read", "positions of a dash camera are there; this version does not read them",
        at: privatePlace)
    }
  }
}

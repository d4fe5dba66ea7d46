internal import UntrailBytes
internal import UntrailModel

/// An examination as bytes: without its artifact, which the parent knows better.
///
/// Written by a process that may have been taken over, so the reading side believes nothing: every length,
/// every case, every number is checked, and what does not fit is a breach of the protocol.
enum ExaminationCoding {
  /// The most observations, and the most diagnostics, of one file.
  static let countLimit = 20_000
  /// The most members of one file.
  static let memberLimit = 20_000
  /// The most steps of the way into a file.
  static let wayLimit = 64
  /// The longest text, in bytes of UTF-8.
  static let textLimit = 64 << 10

  // MARK: Writing

  static func encode(_ examination: Examination, into buffer: ByteBuffer) {
    put(examination, buffer)
    put(min(examination.members.count, memberLimit), buffer)
    for member in examination.members.prefix(memberLimit) {
      let way = member.artifact.member.prefix(wayLimit)
      put(way.count, buffer)
      for step in way { put(step, buffer) }
      put(member.artifact.byteCount, buffer)
      put(member, buffer)
    }
  }

  private static func put(_ examination: Examination, _ buffer: ByteBuffer) {
    put(examination.mediaType.name, buffer)
    put(examination.mediaType.magicName, buffer)
    put(examination.mediaType.refinement, buffer)
    buffer.append(examination.coverage.rawValue)
    // What is derived from many files is of no single one: it does not cross.
    var observations = examination.observations
    if observations.contains(where: { $0.kind == .movement }) {
      observations.removeAll { $0.kind == .movement }
    }
    put(min(observations.count, countLimit), buffer)
    for observation in observations.prefix(countLimit) { put(observation, buffer) }
    put(min(examination.diagnostics.count, countLimit), buffer)
    for diagnostic in examination.diagnostics.prefix(countLimit) {
      put(diagnostic.code, buffer)
      put(diagnostic.message, buffer)
      put(diagnostic.offset, buffer)
      buffer.append(diagnostic.nature.rawValue)
    }
  }

  private static func put(_ observation: Observation, _ buffer: ByteBuffer) {
    buffer.append(observation.kind.rawValue)
    buffer.append(observation.role.rawValue)
    put(observation.field, buffer)
    put(observation.offset, buffer)
    switch observation.fact {
    case .location(let location):
      put(location.coordinate, buffer)
      for value in [
        location.altitude, location.accuracy, location.speed, location.course, location.direction,
      ] {
        put(value, buffer)
      }
      buffer.append(UInt8(location.time == nil ? 0 : 1))
      if let time = location.time { put(time, buffer) }
    case .device(let device):
      put(device.make, buffer)
      put(device.model, buffer)
      put(device.hostName, buffer)
    case .timestamp(let timestamp): put(timestamp, buffer)
    case .utcOffset(let minutes): put(Int(minutes), buffer)
    case .hidden(let content): put(content.byteCount, buffer)
    case .track(let track): put(track, buffer)
    case .travel(let reservation): put(reservation, buffer)
    case .movement: break
    case .place(let text), .software(let text), .serial(let text), .person(let text), .link(let text),
      .text(let text), .contact(let text), .network(let text):
      put(text, buffer)
    }
  }

  static func put(_ timestamp: Timestamp, _ buffer: ByteBuffer) {
    put(Int(timestamp.civilSeconds), buffer)
    buffer.append(timestamp.precision.rawValue)
    put(timestamp.subseconds, buffer)
    put(timestamp.utcOffsetMinutes.map { Int($0) }, buffer)
  }

  static func put(_ value: Int, _ buffer: ByteBuffer) {
    let bits = UInt64(bitPattern: Int64(value))
    let target = buffer.reserve(8)
    for shift in 0..<8 { target[shift] = UInt8(truncatingIfNeeded: bits >> (8 * UInt64(shift))) }
    buffer.advance(8)
  }

  static func put(_ value: Int?, _ buffer: ByteBuffer) {
    buffer.append(UInt8(value == nil ? 0 : 1))
    if let value { put(value, buffer) }
  }

  static func put(_ value: Double, _ buffer: ByteBuffer) {
    put(Int(Int64(bitPattern: value.bitPattern)), buffer)
  }

  private static func put(_ value: Double?, _ buffer: ByteBuffer) {
    buffer.append(UInt8(value == nil ? 0 : 1))
    if let value { put(value, buffer) }
  }

  static func put(_ text: String, _ buffer: ByteBuffer) {
    var text = text
    text.withUTF8 { bytes in
      // Cut where a character starts.
      var count = min(bytes.count, textLimit)
      while count < bytes.count, count > 0, bytes[count] & 0xC0 == 0x80 { count -= 1 }
      Wire.put(UInt32(count), into: buffer)
      buffer.append(UnsafeBufferPointer(rebasing: bytes[..<count]))
    }
  }

  private static func put(_ text: String?, _ buffer: ByteBuffer) {
    buffer.append(UInt8(text == nil ? 0 : 1))
    if let text { put(text, buffer) }
  }

  // MARK: Reading

  /// - Parameters:
  ///   - bytes: all of one response.
  ///   - artifact: what the parent gave to the worker.
  /// - Returns: nil for a breach of the protocol.
  static func decode(_ bytes: UnsafeRawBufferPointer, _ artifact: Artifact) -> Examination? {
    var reader = ResponseReader(bytes)
    guard var examination = examination(of: artifact, &reader), let count = reader.int(),
      (0...memberLimit).contains(count)
    else { return nil }
    for _ in 0..<count {
      guard let steps = reader.int(), (1...wayLimit).contains(steps) else { return nil }
      var inside = Artifact(path: artifact.path)
      for _ in 0..<steps {
        guard let step = reader.text(), !step.isEmpty else { return nil }
        inside.member.append(step)
      }
      guard let byteCount = reader.optional({ $0.offset() }) else { return nil }
      inside.byteCount = byteCount
      guard let member = Self.examination(of: inside, &reader) else { return nil }
      examination.members.append(member)
    }
    return reader.isAtEnd ? examination : nil
  }

  private static func examination(of artifact: Artifact, _ reader: inout ResponseReader) -> Examination? {
    guard let name = reader.text(), reader.isMediaType(name), let magicName = reader.optional({ $0.text() }),
      let refinement = reader.optional({ $0.text() }),
      let coverage = reader.byte().flatMap(Coverage.init(rawValue:)),
      let count = reader.int(), (0...countLimit).contains(count)
    else { return nil }
    var examination = Examination(
      artifact: artifact, mediaType: MediaType(name, magicName: magicName, refinement: refinement),
      coverage: coverage)
    examination.observations.reserveCapacity(min(count, 64))
    for _ in 0..<count {
      guard let observation = observation(&reader) else { return nil }
      examination.observations.append(observation)
    }
    guard let diagnosticCount = reader.int(), (0...countLimit).contains(diagnosticCount) else { return nil }
    for _ in 0..<diagnosticCount {
      guard let code = reader.text(), let message = reader.text(),
        let offset = reader.optional({ $0.offset() }),
        let nature = reader.byte().flatMap(Diagnostic.Nature.init(rawValue:))
      else { return nil }
      examination.diagnostics.append(Diagnostic(code, message, offset: offset, nature: nature))
    }
    return examination
  }

  private static func observation(_ reader: inout ResponseReader) -> Observation? {
    guard let kind = reader.byte().flatMap(Kind.init(rawValue:)),
      let role = reader.byte().flatMap(Role.init(rawValue:)), let field = reader.text(),
      let offset = reader.optional({ $0.offset() }), let fact = fact(kind, &reader)
    else { return nil }
    return Observation(role, fact, field: field, offset: offset)
  }

  private static func fact(_ kind: Kind, _ reader: inout ResponseReader) -> Observation.Fact? {
    switch kind {
    case .location: location(&reader).map { .location($0) }
    case .device:
      if let make = reader.text(), let model = reader.text(), let hostName = reader.text() {
        .device(Device(make: make, model: model, hostName: hostName))
      } else {
        nil
      }
    case .timestamp: timestamp(&reader).map { .timestamp($0) }
    case .utcOffset: reader.minutes().map { .utcOffset($0) }
    case .hidden: reader.optional { $0.offset() }.map { .hidden(HiddenContent(byteCount: $0)) }
    case .place: reader.text().map { .place($0) }
    case .software: reader.text().map { .software($0) }
    case .serial: reader.text().map { .serial($0) }
    case .person: reader.text().map { .person($0) }
    case .link: reader.text().map { .link($0) }
    case .text: reader.text().map { .text($0) }
    case .contact: reader.text().map { .contact($0) }
    case .network: reader.text().map { .network($0) }
    case .track: track(&reader).map { .track($0) }
    case .travel: reservation(&reader).map { .travel($0) }
    case .movement: nil
    }
  }

  private static func location(_ reader: inout ResponseReader) -> Location? {
    guard let coordinate = coordinate(&reader),
      let altitude = reader.optional({ $0.double() }), let accuracy = reader.optional({ $0.double() }),
      let speed = reader.optional({ $0.double() }), let course = reader.optional({ $0.double() }),
      let direction = reader.optional({ $0.double() }), let time = reader.optional({ timestamp(&$0) })
    else { return nil }
    var location = Location(coordinate: coordinate)
    location.altitude = altitude
    location.accuracy = accuracy
    location.speed = speed
    location.course = course
    location.direction = direction
    location.time = time
    return location
  }

  static func timestamp(_ reader: inout ResponseReader) -> Timestamp? {
    guard let seconds = reader.seconds(),
      let precision = reader.byte().flatMap(Timestamp.Precision.init(rawValue:)),
      let subseconds = reader.text(),
      subseconds.utf8.count <= 9,
      subseconds.utf8.allSatisfy({ $0 >= UInt8(ascii: "0") && $0 <= UInt8(ascii: "9") }),
      let offset = reader.optional({ $0.minutes() })
    else { return nil }
    return Timestamp(
      civilSeconds: seconds, precision: precision, subseconds: subseconds, utcOffsetMinutes: offset)
  }
}

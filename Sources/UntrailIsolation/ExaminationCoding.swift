internal import UntrailBytes
internal import UntrailModel

/// An examination as bytes: without its artifact, which the parent knows better.
///
/// Written by a process that may have been taken over, so the reading side believes nothing: every length,
/// every case, every number is checked, and what does not fit is a breach of the protocol.
enum ExaminationCoding {
  /// The most observations, and the most diagnostics, of one file.
  static let countLimit = 20_000
  /// The longest text, in bytes of UTF-8.
  static let textLimit = 64 << 10

  // MARK: Writing

  static func encode(_ examination: Examination, into buffer: ByteBuffer) {
    put(examination.mediaType.name, buffer)
    put(examination.mediaType.magicName, buffer)
    put(examination.mediaType.refinement, buffer)
    buffer.append(examination.coverage.rawValue)
    put(min(examination.observations.count, countLimit), buffer)
    for observation in examination.observations.prefix(countLimit) { put(observation, buffer) }
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
      put(location.coordinate.latitude, buffer)
      put(location.coordinate.longitude, buffer)
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
    case .place(let text), .software(let text), .serial(let text), .person(let text), .link(let text),
      .text(let text), .contact(let text), .network(let text):
      put(text, buffer)
    }
  }

  private static func put(_ timestamp: Timestamp, _ buffer: ByteBuffer) {
    put(Int(timestamp.civilSeconds), buffer)
    buffer.append(timestamp.precision.rawValue)
    put(timestamp.subseconds, buffer)
    put(timestamp.utcOffsetMinutes.map { Int($0) }, buffer)
  }

  private static func put(_ value: Int, _ buffer: ByteBuffer) {
    let bits = UInt64(bitPattern: Int64(value))
    let target = buffer.reserve(8)
    for shift in 0..<8 { target[shift] = UInt8(truncatingIfNeeded: bits >> (8 * UInt64(shift))) }
    buffer.advance(8)
  }

  private static func put(_ value: Int?, _ buffer: ByteBuffer) {
    buffer.append(UInt8(value == nil ? 0 : 1))
    if let value { put(value, buffer) }
  }

  private static func put(_ value: Double, _ buffer: ByteBuffer) {
    put(Int(Int64(bitPattern: value.bitPattern)), buffer)
  }

  private static func put(_ value: Double?, _ buffer: ByteBuffer) {
    buffer.append(UInt8(value == nil ? 0 : 1))
    if let value { put(value, buffer) }
  }

  private static func put(_ text: String, _ buffer: ByteBuffer) {
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
    return reader.isAtEnd ? examination : nil
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
    }
  }

  private static func location(_ reader: inout ResponseReader) -> Location? {
    guard let latitude = reader.double(), let longitude = reader.double(),
      let coordinate = Coordinate(latitude: latitude, longitude: longitude),
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

  private static func timestamp(_ reader: inout ResponseReader) -> Timestamp? {
    // The years 1 to 9999.
    guard let seconds = reader.int(), (-62_135_596_800...253_402_300_799).contains(seconds),
      let precision = reader.byte().flatMap(Timestamp.Precision.init(rawValue:)),
      let subseconds = reader.text(),
      subseconds.utf8.count <= 9,
      subseconds.utf8.allSatisfy({ $0 >= UInt8(ascii: "0") && $0 <= UInt8(ascii: "9") }),
      let offset = reader.optional({ $0.minutes() })
    else { return nil }
    return Timestamp(
      civilSeconds: Int64(seconds), precision: precision, subseconds: subseconds, utcOffsetMinutes: offset)
  }
}

/// Reads a response front to back; nil wherever it does not hold what it must.
struct ResponseReader {
  private let bytes: UnsafeRawBufferPointer
  private var position = 0

  init(_ bytes: UnsafeRawBufferPointer) { self.bytes = bytes }

  var isAtEnd: Bool { position == bytes.count }

  mutating func byte() -> UInt8? {
    guard position < bytes.count else { return nil }
    defer { position += 1 }
    return bytes[position]
  }

  mutating func int() -> Int? {
    guard bytes.count - position >= 8 else { return nil }
    defer { position += 8 }
    return Int(Int64(littleEndian: bytes.loadUnaligned(fromByteOffset: position, as: Int64.self)))
  }

  /// A place or a count of bytes: not negative.
  mutating func offset() -> Int? { int().flatMap { $0 >= 0 ? $0 : nil } }

  /// Minutes east of UTC that some zone could have.
  mutating func minutes() -> Int16? { int().flatMap { (-1080...1080).contains($0) ? Int16($0) : nil } }

  /// A finite number.
  mutating func double() -> Double? {
    int().map { Double(bitPattern: UInt64(bitPattern: Int64($0))) }.flatMap { $0.isFinite ? $0 : nil }
  }

  mutating func text() -> String? {
    guard bytes.count - position >= 4 else { return nil }
    let count = Int(UInt32(littleEndian: bytes.loadUnaligned(fromByteOffset: position, as: UInt32.self)))
    guard count <= ExaminationCoding.textLimit, count <= bytes.count - position - 4 else { return nil }
    let start = position + 4
    position = start + count
    return String(validating: bytes[start..<position], as: UTF8.self)
  }

  /// Whether a text is a media type: a name with one slash, of the letters that RFC 6838 allows.
  func isMediaType(_ text: String) -> Bool {
    text.utf8.count <= 255 && text.utf8.count(where: { $0 == UInt8(ascii: "/") }) == 1
      && text.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F }
  }

  /// A value that may be absent: nil for a breach, and nil inside for absence.
  mutating func optional<Value>(_ read: (inout ResponseReader) -> Value?) -> Value?? {
    switch byte() {
    case 0: return .some(.none)
    case 1:
      guard let value = read(&self) else { return .none }
      return .some(.some(value))
    default: return .none
    }
  }
}

internal import UntrailBytes
internal import UntrailModel

/// The export of Apple's Health app: millions of measurements, each with the device and the app that made it.
///
///     HealthData locale= > ExportDate value=, Me HKCharacteristicType...DateOfBirth=
///       Record sourceName= sourceVersion= device="<<HKDevice: 0x...>, name:..., manufacturer:..., hardware:...>"
///         MetadataEntry key="HKTimeZone" value=
///       Workout > WorkoutRoute > FileReference path=     the routes are GPX files beside it
///
/// Told are devices, apps, zones and the first and last day, each once; not what was measured.
///
/// Source: Apple, the document type that every export.xml begins with.
struct HealthReader: MetadataReader {
  var name: String { "Apple Health" }
  var mediaTypes: [String] { ["application/x-apple-health"] }
  var channels: String { "devices, sources, time zones, date of birth, routes of workouts" }

  func read(
    _ source: ByteSource, into result: inout ReadResult, with tools: ReaderTools
  ) throws(ParseError) {
    let handler = HealthHandler(tools.limits)
    let flaw = XMLDocument.read(source, tools.limits, handler)
    handler.finish()
    result.observations += handler.result.observations
    result.diagnostics += handler.result.diagnostics
    if let flaw { result.damage(flaw) }
  }
}

private final class HealthHandler: XMLDocumentHandler {
  var result = ReadResult()
  private var once: DistinctFacts
  /// Attributes that were looked at: the same few stand in millions of records.
  private var seen: Set<[UInt8]> = []
  private var first: Timestamp?
  private var last: Timestamp?

  init(_ limits: Limits) { once = DistinctFacts(limits) }

  func wantsText(of name: String) -> Bool { false }

  func end(_ name: String, text: UnsafeBufferPointer<UInt8>) {}

  func start(_ tag: XMLStartTag) {
    switch tag.name {
    case "ExportDate":
      if let time = tag.attribute("value").flatMap(WrittenTime.read) {
        result.add(.created, .timestamp(time), "Health:ExportDate", at: tag.offset)
      }
    case "Me":
      if let day = tag.attribute("HKCharacteristicTypeIdentifierDateOfBirth"), !day.isEmpty {
        result.add(.birthday, .text(day), "Health:DateOfBirth", at: tag.offset)
      }
    case "Record", "Workout", "Correlation", "WorkoutEvent": observeRecord(tag)
    case "MetadataEntry":
      guard tag.bytes("key")?.elementsEqual("HKTimeZone".utf8) ?? false, isNew(tag.bytes("value")),
        let zone = tag.attribute("value")
      else { return }
      once.add(.timeZone, .text(zone), "Health:HKTimeZone", at: tag.offset, into: &result)
    case "FileReference":
      if let path = tag.attribute("path") {
        once.add(.path, .link(path), "Health:FileReference", at: tag.offset, into: &result)
      }
    default: break
    }
  }

  private func observeRecord(_ tag: XMLStartTag) {
    if let start = tag.bytes("startDate"), let time = JSONTime(text: start)?.timestamp {
      if first.map({ time.civilSeconds < $0.civilSeconds }) ?? true { first = time }
      if last.map({ time.civilSeconds > $0.civilSeconds }) ?? true { last = time }
    }
    if isNew(tag.bytes("sourceName")), let name = tag.attribute("sourceName"), !name.isEmpty {
      // The phone and the watch have the names that their owner gave them.
      once.add(.handset, .device(Device(hostName: name)), "Health:sourceName", at: tag.offset, into: &result)
    }
    if isNew(tag.bytes("device")), let text = tag.attribute("device") { observeDevice(text, at: tag.offset) }
  }

  /// "<<HKDevice: 0x283>, name:Apple Watch, manufacturer:Apple Inc., model:Watch, hardware:Watch4,4, software:5.1>"
  private func observeDevice(_ text: String, at offset: Int?) {
    var values: [String: String] = [:]
    let body = text.drop { $0 == "<" }
    for key in [
      "name", "manufacturer", "model", "hardware", "software", "localIdentifier", "UDIDeviceIdentifier",
    ] {
      guard let start = body.firstRange(of: ", \(key):")?.upperBound else { continue }
      let rest = body[start...]
      let ends = [
        ", name:", ", manufacturer:", ", model:", ", hardware:", ", software:", ", localIdentifier:",
        ", creation date:", ", UDIDeviceIdentifier:", ">",
      ].compactMap { rest.firstRange(of: $0)?.lowerBound }
      values[key] = String(rest[..<(ends.min() ?? rest.endIndex)])
    }
    let model = [values["model"], values["hardware"]].compactMap(\.self).joined(separator: " ")
    let device = Device(make: values["manufacturer"] ?? "", model: model)
    if !device.name.isEmpty {
      once.add(.recorder, .device(device), "Health:device", at: offset, into: &result)
    }
    if let software = values["software"] {
      once.add(.firmware, .software(software), "Health:device", at: offset, into: &result)
    }
    if let identifier = values["UDIDeviceIdentifier"] ?? values["localIdentifier"] {
      once.add(.body, .serial(identifier), "Health:device", at: offset, into: &result)
    }
  }

  private func isNew(_ bytes: UnsafeBufferPointer<UInt8>?) -> Bool {
    guard let bytes, !bytes.isEmpty, seen.count < 4096 else { return false }
    return seen.insert(Array(bytes.prefix(512))).inserted
  }

  func finish() {
    if let first { result.add(.start, .timestamp(first), "Health:startDate", at: nil) }
    if let last { result.add(.end, .timestamp(last), "Health:startDate", at: nil) }
  }
}

internal import UntrailBytes
internal import UntrailModel

/// GoPro's metadata: elements inside elements.
///
///     KKKK T S CC CC value    key of 4 letters, type, bytes of one item, number of items; padded to 4 bytes
///     type 00: a list of elements
///     DEVC                    a device: DVID (number), DVNM (name), STRM...
///     STRM                    one stream of a device; see GPMFStream
///
/// What says who and which device: MINF (model), CASN (serial number of the camera), LINF (of the lens), FMWR
/// (firmware), MUID (an id of the recording, eight numbers of 32 bits). It stands in a segment of JPEG files, in the
/// `GPMF` box of films, and in the samples of their `gpmd` track.
///
/// Source: gopro/gpmf-parser, README.md; ExifTool's GoPro.pm.
struct GPMF {
  private let limits: Limits
  private let time: SampleTime
  private var elementsLeft: Int
  private var device = GPMFDevice()

  /// - Parameter block: a list of elements.
  static func decode(_ block: ByteView, into result: inout ReadResult, _ limits: Limits) {
    var log = TelemetryLog(limits)
    decode(block, &log, into: &result)
    log.finish(into: &result)
  }

  /// - Parameter block: a list of elements.
  static func decode(_ block: ByteView, _ log: inout TelemetryLog, into result: inout ReadResult) {
    do throws(ParseError) {
      try block.withBytes(at: 0, count: min(block.count, log.limits.structure)) { run throws(ParseError) in
        decode(SampleBytes(run, start: block.place(0)), at: .none, &log, into: &result)
      }
    } catch {
      result.damage(error)
    }
  }

  /// - Parameter sample: a list of elements.
  static func decode(
    _ sample: SampleBytes, at time: SampleTime, _ log: inout TelemetryLog, into result: inout ReadResult
  ) {
    var reader = GPMF(limits: log.limits, time: time, elementsLeft: log.limits.entries)
    var stream = GPMFStream()
    reader.read(sample, depth: 0, &stream, &log, into: &result)
  }

  /// - Returns: false where the structure breaks off, so that nothing behind it can be read.
  @discardableResult
  private mutating func read(
    _ block: SampleBytes, depth: Int, _ stream: inout GPMFStream, _ log: inout TelemetryLog,
    into result: inout ReadResult
  ) -> Bool {
    var offset = 0
    while block.count - offset >= 8 {
      elementsLeft -= 1
      guard elementsLeft > 0, depth < limits.nesting else {
        return stop("limit", "more GPMF elements than the limits allow", at: block.place(offset), &result)
      }
      guard let key = block.u32(offset, .big), let type = block.u8(offset + 4),
        let size = block.u8(offset + 5), let count = block.u16(offset + 6, .big)
      else { return false }
      // Zeros fill the rest.
      if key == 0 { return true }
      let length = Int(size) * Int(count)
      guard let value = block.slice(offset + 8, length) else {
        return stop(
          "truncated", "a GPMF element is longer than what holds it", at: block.place(offset), &result)
      }
      offset += 8 + (length + 3) & ~3
      guard type == 0 else {
        let element = GPMFElement(
          key: FourCC(key), type: type, size: Int(size), count: Int(count), value: value)
        if !stream.take(element), !device.take(element) { observe(element, &log, into: &result) }
        continue
      }
      var inner = GPMFStream()
      guard read(value, depth: depth + 1, &inner, &log, into: &result) else { return false }
      switch FourCC(key) {
      case "STRM": inner.finish(&device, at: time, &log, into: &result)
      case "DEVC":
        device.finish(&log, into: &result)
        device = GPMFDevice()
      default: break
      }
    }
    return true
  }

  private func stop(
    _ code: String, _ message: String, at place: Int?, _ result: inout ReadResult
  ) -> Bool {
    // A film says the same of each of its samples.
    guard !result.diagnostics.contains(where: { $0.code == code && $0.message == message }) else {
      return false
    }
    result.damage(code, message, at: place)
    return false
  }

  private func observe(_ element: GPMFElement, _ log: inout TelemetryLog, into result: inout ReadResult) {
    let value = element.value
    let place = value.place(0)
    switch element.key {
    case "MINF":
      guard let model = value.text(0, 64) else { return }
      log.add(.camera, .device(Device(make: "GoPro", model: model)), "GoPro:Model", at: place, into: &result)
    case "CASN":
      guard let serial = value.text(0, 64) else { return }
      log.add(.body, .serial(serial), "GoPro:CameraSerialNumber", at: place, into: &result)
    case "LINF":
      guard let serial = value.text(0, 64).flatMap(MakerNoteText.serial) else { return }
      log.add(.lens, .serial(serial), "GoPro:LensSerialNumber", at: place, into: &result)
    case "FMWR":
      guard let version = value.text(0, 64) else { return }
      log.add(.firmware, .software(version), "GoPro:FirmwareVersion", at: place, into: &result)
    case "MUID":
      let numbers = (0..<min(value.count / 4, 8)).compactMap { value.u32(4 * $0, .big) }
      guard numbers.contains(where: { $0 != 0 }) else { return }
      log.add(
        .contentIdentifier, .link(numbers.map(String.init).joined(separator: " ")), "GoPro:MediaUniqueID",
        at: place, into: &result)
    default: break
    }
  }
}

/// One of the devices of a sample.
struct GPMFDevice {
  private var name = ""
  private var namePlace: Int?
  /// Whether a stream of it had positions or was recorded with it.
  private var hasStreams = false
  /// Seconds since 1970 less those of the device's own clock, where it says both.
  var clockOffset: Double?

  /// What tells its streams from those of others.
  var identity: String { name }

  /// - Returns: whether the element is one of a device.
  mutating func take(_ element: GPMFElement) -> Bool {
    guard element.key == "DVNM" else { return false }
    name = element.value.text(0, 64) ?? ""
    namePlace = element.value.place(0)
    return true
  }

  mutating func noteStream() { hasStreams = true }

  /// Adds the name, where it is one: settings are written as a device of their own.
  func finish(_ log: inout TelemetryLog, into result: inout ReadResult) {
    guard hasStreams, !name.isEmpty, name != "Camera" else { return }
    let isKnown = result.observations.contains { $0.field == "GoPro:Model" }
    guard !isKnown else { return }
    log.add(
      .camera, .device(Device(make: "GoPro", model: name)), "GoPro:DeviceName", at: namePlace, into: &result)
  }
}

internal import UntrailBytes
internal import UntrailModel

/// DPX: the texts of the head of a film scan.
///
///     "SDPX" (big-endian) | "XPDS"
///     36: file name (100 bytes), 136: time (24), 160: creator (100), 260: project (200), 460: copyright (200)
///     1432: source file name (100), 1532: time (24), 1556: device (32), 1588: its serial number (32)
///
/// Source: SMPTE ST 268-1:2014, sections 5 to 7.
struct DPXReader: MetadataReader {
  var name: String { "DPX" }
  var mediaTypes: [String] { ["image/x-dpx"] }
  var channels: String { "file names, times, creator, project, copyright, device and its serial number" }

  func read(
    _ source: ByteSource, into result: inout ReadResult, with tools: ReaderTools
  ) throws(ParseError) {
    let head = ByteView(source, start: 0, count: source.count)
    func text(_ offset: Int, _ length: Int) throws(ParseError) -> String? {
      try head.withBytes(at: offset, count: length) { run throws(ParseError) in
        // Unset texts are full of ones.
        run.first == 0xFF ? nil : ExifText.ascii(run).flatMap { BoundedText.isPrintable($0) ? $0 : nil }
      }
    }
    func add(
      _ offset: Int, _ length: Int, _ role: Role, _ field: String, _ fact: (String) -> Observation.Fact
    ) throws(ParseError) {
      guard let value = try text(offset, length) else { return }
      result.add(role, fact(value), "DPX:" + field, at: offset)
    }
    func addTime(_ offset: Int, _ role: Role, _ field: String) throws(ParseError) {
      guard let value = try text(offset, 24), let timestamp = WrittenTime.read(value) else { return }
      result.add(role, .timestamp(timestamp), "DPX:" + field, at: offset)
    }
    try add(36, 100, .originalFileName, "ImageFileName") { .link($0) }
    try addTime(136, .created, "CreateDate")
    try add(160, 100, .creator, "Creator") { .person($0) }
    try add(260, 200, .title, "Project") { .text($0) }
    try add(460, 200, .copyright, "Copyright") { .person($0) }
    // Heads may end before the source is described.
    guard try head.u32(at: 4, order(head)) >= 1664 else { return }
    try add(1432, 100, .originalFileName, "SourceFileName") { .link($0) }
    try addTime(1532, .original, "SourceCreateDate")
    try add(1556, 32, .camera, "InputDeviceName") { .device(Device(model: $0)) }
    try add(1588, 32, .body, "InputDeviceSerialNumber") { .serial($0) }
  }

  private func order(_ head: ByteView) throws(ParseError) -> ByteOrder {
    try head.u32(at: 0, .big) == 0x5344_5058 ? .big : .little  // "SDPX"
  }
}

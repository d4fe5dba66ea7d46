internal import UntrailBytes
internal import UntrailModel

/// OpenEXR: the attributes of the head.
///
///     76 2F 31 01 VV VV VV VV                     magic, version and flags; little-endian
///     name 00 type 00 LL LL LL LL value           attribute; an empty name ends the head
///       owner, comments, capDate (strings); utcOffset (float: seconds that UTC is ahead of local time);
///       longitude, latitude (float, degrees), altitude (float, metres)
///     with flag 0x1000 of the version: more heads, an empty one last
///
/// Source: Academy Software Foundation, "OpenEXR File Layout"; "Standard Optional Attributes".
struct OpenEXRReader: MetadataReader {
  var name: String { "OpenEXR" }
  var mediaTypes: [String] { ["image/x-exr"] }
  var channels: String { "owner, comments, time, place" }

  private struct Attributes {
    var texts: [String: (text: String, place: Int?)] = [:]
    var numbers: [String: (number: Double, place: Int?)] = [:]
  }

  func read(
    _ source: ByteSource, into result: inout ReadResult, with tools: ReaderTools
  ) throws(ParseError) {
    let view = ByteView(source, start: 0, count: source.count)
    let hasParts = try view.u32(at: 4, .little) & 0x1000 != 0
    var offset = 8
    var attributes = Attributes()
    defer { observe(attributes, into: &result) }
    var isHeadEmpty = true
    for _ in 0..<tools.limits.entries {
      let name = try string(view, &offset)
      if name.isEmpty {
        if !hasParts || isHeadEmpty { return }
        isHeadEmpty = true
        continue
      }
      isHeadEmpty = false
      let type = try string(view, &offset)
      let length = Int(try view.u32(at: offset, .little))
      offset += 4
      let value = view.dropping(offset).prefix(length)
      if type == "string", value.count == length, let text = try BoundedText.printable(value, tools.limits) {
        attributes.texts[name] = attributes.texts[name] ?? (text, value.place(0))
      } else if type == "float", length == 4 {
        let number = Double(Float(bitPattern: try value.u32(at: 0, .little)))
        if number.isFinite { attributes.numbers[name] = attributes.numbers[name] ?? (number, value.place(0)) }
      }
      offset += length
    }
    throw ParseError(.limit, at: offset, "more than \(tools.limits.entries) attributes")
  }

  private func string(_ view: ByteView, _ offset: inout Int) throws(ParseError) -> String {
    let at = offset
    guard at < view.count else {
      throw ParseError(.truncated, at: view.count, "the file ends inside its head")
    }
    let text = try view.withBytes(at: at, count: min(256, view.count - at)) { run throws(ParseError) in
      run.firstIndex(of: 0).map { (String(decoding: run[..<$0], as: UTF8.self), $0) }
    }
    guard let (text, length) = text else {
      throw ParseError(.malformed, at: at, "an attribute whose name does not end")
    }
    offset += length + 1
    return text
  }

  private func observe(_ attributes: Attributes, into result: inout ReadResult) {
    if let owner = attributes.texts["owner"] {
      result.add(.owner, .person(owner.text), "OpenEXR:Owner", at: owner.place)
    }
    if let comments = attributes.texts["comments"] {
      result.add(.comment, .text(comments.text), "OpenEXR:Comments", at: comments.place)
    }
    if let software = attributes.texts["software"] ?? attributes.texts["Software"] {
      result.add(.processing, .software(software.text), "OpenEXR:Software", at: software.place)
    }
    if let date = attributes.texts["capDate"], var timestamp = WrittenTime.read(date.text) {
      if let offset = attributes.numbers["utcOffset"]?.number, abs(offset) <= 14 * 3600 {
        timestamp.utcOffsetMinutes = Int16(-offset / 60)
      }
      result.add(.original, .timestamp(timestamp), "OpenEXR:DateTimeOriginal", at: date.place)
    }
    guard let latitude = attributes.numbers["latitude"], let longitude = attributes.numbers["longitude"]
    else {
      return
    }
    switch Coordinate.flaw(latitude: latitude.number, longitude: longitude.number) {
    case .nullIsland:
      result.doubt(
        "null-island", "OpenEXR:GPSLatitude: 0, 0: what a device writes that has no position",
        at: latitude.place)
    case .outOfRange, .notFinite:
      result.doubt(
        "position-out-of-range", "OpenEXR:GPSLatitude: there is no such latitude or longitude on Earth",
        at: latitude.place)
    case nil:
      guard let coordinate = Coordinate(latitude: latitude.number, longitude: longitude.number) else {
        return
      }
      var location = Location(coordinate: coordinate)
      location.altitude = attributes.numbers["altitude"]?.number
      result.add(.camera, .location(location), "OpenEXR:GPSLatitude", at: latitude.place)
    }
  }
}

internal import UntrailBytes
internal import UntrailModel

/// One film as it is read: what was found, and what belongs together although it stands apart.
final class MovieSession {
  let tools: ReaderTools
  var result: ReadResult
  /// Whether the brand is one of sound alone, whose day is that of a publication.
  private(set) var isSound = false
  private let first: Int
  private var boxesLeft: Int
  private var depth = 0
  private var device = Device()
  private var devicePlace: Int?
  private var place: (location: Location, field: String, offset: Int?)?
  /// What is said of the place that stands beside it.
  var placeDetails = PlaceDetails()
  /// Makers of whom something was found.
  var makers: Set<String> = []
  /// Fields in which a track named its writer: the other tracks repeat it in other words.
  var writers: Set<String> = []

  struct PlaceDetails {
    var accuracy: Double?
    var direction: Double?
    var course: Double?
    var time: Timestamp?
  }

  init(_ result: ReadResult, _ tools: ReaderTools) {
    self.result = result
    self.tools = tools
    first = result.observations.count
    boxesLeft = tools.limits.entries
  }

  func readBrand(_ body: ByteView) throws(ParseError) {
    let brand = FourCC(try body.u32(at: 0, .big))
    isSound = ["M4A ", "M4B ", "M4P ", "F4A ", "F4B ", "aax ", "aaxc"].contains(brand)
  }

  // MARK: Boxes

  /// The boxes inside a block, as far as they are readable; what is not is damage. Four zeros end a list of QuickTime.
  func boxes(of view: ByteView) -> [BoxWalker.Box] {
    var list: [BoxWalker.Box] = []
    do throws(ParseError) {
      var walker = BoxWalker(view, tools.limits)
      while let box = try walker.next(), box.type != FourCC(0) {
        guard boxesLeft > 0 else {
          throw ParseError(.limit, at: box.start, "more than \(tools.limits.entries) boxes")
        }
        boxesLeft -= 1
        if box.isCut, !result.hasDamage {
          result.damageOnce("truncated", "a box is longer than what holds it")
        }
        list.append(box)
      }
    } catch {
      result.damage(error)
    }
    return list
  }

  /// Runs `body` for a box inside a box of the same kind, unless they lie too deep in each other.
  func nested(_ view: ByteView, _ body: () -> Void) {
    guard depth < tools.limits.nesting else {
      return result.damageOnce("limit", "boxes more than \(tools.limits.nesting) deep")
    }
    depth += 1
    body()
    depth -= 1
  }

  // MARK: Facts

  /// Adds a fact, unless the film says it already.
  func add(_ role: Role, _ fact: Observation.Fact, _ field: String, at offset: Int?) {
    let known = result.observations.dropFirst(first).suffix(256)
    guard !known.contains(where: { $0.role == role && $0.fact == fact }) else { return }
    result.add(role, fact, field, at: offset)
  }

  /// A picture that the film holds beside itself.
  func addPicture(_ view: ByteView, _ role: Role, _ field: String) {
    let isPicture =
      view.begins(with: [0xFF, 0xD8, 0xFF]) || view.begins(with: [0x89, 0x50, 0x4E, 0x47])
      || field.hasSuffix("PICT")
    guard isPicture, view.count > 64 else { return }
    add(role, .hidden(HiddenContent(byteCount: view.count)), field, at: view.place(0))
  }

  func addTime(_ text: String, _ role: Role, _ field: String, at offset: Int?) {
    guard let timestamp = WrittenTime.read(text) else { return }
    let isPublication = isSound && role == .original
    add(isPublication ? .created : role, .timestamp(timestamp), field, at: offset)
  }

  /// The times of a header: of the film, of a track (`Track`), of a medium (`Media`).
  func addTimes(_ body: ByteView, _ prefix: String) throws(ParseError) {
    let header = try MovieHeader(body)
    if let time = header.created {
      add(
        .created, .timestamp(time), "QuickTime:\(prefix)CreateDate", at: body.place(header.createdOffset))
    }
    if let time = header.modified {
      add(
        .modified, .timestamp(time), "QuickTime:\(prefix)ModifyDate", at: body.place(header.modifiedOffset))
    }
  }

  func addDevice(make: String = "", model: String = "", at offset: Int?) {
    if !make.isEmpty, !device.make.isEmpty, device.make != make { flushDevice() }
    if !model.isEmpty, !device.model.isEmpty, device.model != model { flushDevice() }
    if !make.isEmpty { device.make = make }
    if !model.isEmpty { device.model = model }
    devicePlace = devicePlace ?? offset
  }

  private func flushDevice() {
    guard device != Device() else { return }
    let field = device.model.isEmpty ? "QuickTime:Make" : "QuickTime:Model"
    add(.camera, .device(device), field, at: devicePlace)
    device = Device()
    devicePlace = nil
  }

  /// A place as ISO 6709 writes it.
  func addPlace(_ text: String, _ field: String, at offset: Int?) {
    guard let position = ISO6709.position(text) else {
      return result.doubtOnce("position-malformed", "\(field) is no position", at: offset)
    }
    addPlace(position.latitude, position.longitude, position.altitude, field, at: offset)
  }

  func addPlace(
    _ latitude: Double, _ longitude: Double, _ altitude: Double?, _ field: String, at offset: Int?
  ) {
    guard let coordinate = CheckedPlace.coordinate(latitude, longitude, at: offset, into: &result) else {
      return
    }
    flushPlace()
    var location = Location(coordinate: coordinate)
    location.altitude = altitude
    place = (location, field, offset)
  }

  private func flushPlace() {
    defer { placeDetails = PlaceDetails() }
    guard var found = place else { return }
    place = nil
    found.location.accuracy = placeDetails.accuracy
    found.location.direction = placeDetails.direction
    found.location.course = placeDetails.course
    found.location.time = placeDetails.time
    add(.camera, .location(found.location), found.field, at: found.offset)
  }

  /// At the end of a list of facts: what is pending belongs to no later one.
  func endList() {
    flushDevice()
    flushPlace()
  }

  // MARK: The end

  /// Makers whose cameras count the times of the headers in local time, since they know no zone.
  private static let localClocks = [
    "gopro", "canon", "nikon", "fujifilm", "pentax", "casio", "eastman kodak", "kodak", "olympus", "sanyo",
  ]
  private static let clockFields: Set<String> = Set(
    ["", "Track", "Media"].flatMap { ["QuickTime:\($0)CreateDate", "QuickTime:\($0)ModifyDate"] })

  /// Takes the zone from times that a camera without one wrote.
  ///
  /// Source: ExifTool's manual, option QuickTimeUTC.
  func finish() {
    endList()
    for observation in result.observations.dropFirst(first) {
      if case .device(let device) = observation.fact { makers.insert(device.make.lowercased()) }
    }
    guard makers.contains(where: { maker in Self.localClocks.contains { maker.hasPrefix($0) } }) else {
      return
    }
    for index in result.observations.indices.dropFirst(first)
    where Self.clockFields.contains(result.observations[index].field) {
      guard case .timestamp(var time) = result.observations[index].fact else { continue }
      time.utcOffsetMinutes = nil
      result.observations[index].fact = .timestamp(time)
    }
  }
}

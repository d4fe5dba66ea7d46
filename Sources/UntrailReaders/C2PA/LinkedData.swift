internal import UntrailBytes
internal import UntrailModel

/// What JSON-LD says of people, places, times and devices: schema.org, and the names of XMP with their usual prefixes.
///
/// Source: C2PA Technical Specification 2.1, section 18 (stds.schema-org.CreativeWork, stds.exif, c2pa.metadata); CAWG
/// Metadata Assertion 1.1; CAWG Identity Assertion 1.1, section 8.1; schema.org, CreativeWork and Person.
struct LinkedData {
  /// What the values stand in.
  let block: ByteView

  /// Keys whose value is a person or an organisation.
  private static let people: [String: Role] = [
    "author": .author, "creator": .creator, "contributor": .author, "editor": .editor,
    "publisher": .publisher,
    "producer": .publisher, "copyrightHolder": .copyright, "credentialSubject": .author,
    "verifiedIdentities": .account,
  ]

  /// - Parameter value: a map, or a list of them. No deeper than its reader allows.
  func observe(_ value: DataValue, _ store: inout ManifestStore, into result: inout ReadResult) {
    for item in value.items where !item.pairs.isEmpty {
      observePosition(item, &store, into: &result)
      observeDevice(item, &store, into: &result)
      for (key, value) in item.pairs {
        if let role = Self.people[key] {
          observePeople(value, key, role, &store, into: &result)
        } else if let meaning = LinkedDataMeaning.of(key) {
          observe(value, key, meaning, &store, into: &result)
        } else if key != "@context" {
          observe(value, &store, into: &result)
        }
      }
    }
  }

  private func place(_ value: DataValue) -> Int? { block.place(value.start) }

  /// A field's name as ExifTool makes it of a key.
  static func field(_ keys: String...) -> String {
    var name = ""
    for key in keys {
      var isStart = true
      for scalar in key.unicodeScalars {
        let isLetter =
          scalar.isASCII && (scalar.properties.isAlphabetic || scalar.properties.numericType != nil)
        if isLetter || scalar == "_" && !isStart {
          name += isStart ? String(scalar).uppercased() : String(scalar)
          isStart = false
        } else {
          isStart = true
        }
      }
    }
    return "JSON:" + String(name.prefix(64))
  }

  /// Texts of a value: itself, the items of a list, the languages of a map.
  private func texts(_ value: DataValue) -> [DataValue] {
    value.items.flatMap { item in
      item.pairs.isEmpty
        ? [item] : item.pairs.filter { !["@language", "@type", "@id"].contains($0.key) }.map(\.value)
    }
  }

  private func observe(
    _ value: DataValue, _ key: String, _ meaning: LinkedDataMeaning, _ store: inout ManifestStore,
    into result: inout ReadResult
  ) {
    for item in texts(value) {
      guard let text = item.text else { continue }
      let fact: Observation.Fact
      switch meaning {
      case .place: fact = .place(text)
      case .person: fact = .person(text)
      case .serial: fact = .serial(text)
      case .software: fact = .software(text)
      case .link: fact = .link(text)
      case .text: fact = .text(text)
      case .contact: fact = .contact(text)
      case .time:
        guard let time = ManifestStore.time(text) else { continue }
        fact = .timestamp(time)
      }
      let role = meaning.role ?? ContactText.role(of: text)
      store.tell(role, fact, Self.field(key), at: place(item), into: &result)
    }
  }

  // MARK: People

  private func observePeople(
    _ value: DataValue, _ key: String, _ role: Role, _ store: inout ManifestStore,
    into result: inout ReadResult
  ) {
    for person in value.items {
      if let text = person.text {
        store.tell(role, .person(text), Self.field(key), at: place(person), into: &result)
      }
      for (part, value) in person.pairs {
        switch part {
        case "name":
          guard let text = value.text else { continue }
          store.tell(role, .person(text), Self.field(key, part), at: place(value), into: &result)
        case "@id", "id", "identifier", "url", "uri", "sameAs", "username", "address", "email", "telephone":
          for item in value.items {
            guard let text = item.text else { continue }
            store.tellAccount(text, Self.field(key, part), at: place(item), into: &result)
          }
        case "verifiedAt":
          guard let time = value.text.flatMap(ManifestStore.time) else { continue }
          store.tell(.signed, .timestamp(time), Self.field(key, part), at: place(value), into: &result)
        case let inner where Self.people[inner] != nil:
          observePeople(value, inner, Self.people[inner] ?? role, &store, into: &result)
        default: break
        }
      }
    }
  }

  // MARK: Position and device

  private func observePosition(_ map: DataValue, _ store: inout ManifestStore, into result: inout ReadResult)
  {
    guard let latitude = map["exif:GPSLatitude"], let longitude = map["exif:GPSLongitude"] else { return }
    let field = "JSON:ExifGPSLatitude"
    let north = LinkedDataAngle(latitude, reference: map["exif:GPSLatitudeRef"], positive: "N", negative: "S")
    let east = LinkedDataAngle(
      longitude, reference: map["exif:GPSLongitudeRef"], positive: "E", negative: "W")
    guard let north, let east else {
      result.doubt(
        "position-malformed", "\(field): the numbers of the position are none", at: place(latitude))
      return
    }
    switch Coordinate.flaw(latitude: north.degrees, longitude: east.degrees) {
    case .notFinite:
      result.doubt(
        "position-malformed", "\(field): the numbers of the position are none", at: place(latitude))
    case .outOfRange:
      result.doubt(
        "position-out-of-range", "\(field): there is no such latitude or longitude on Earth",
        at: place(latitude))
    case .nullIsland:
      result.doubt(
        "null-island", "\(field): 0, 0: what a device writes that has no position", at: place(latitude))
    case nil:
      guard north.hasHemisphere, east.hasHemisphere else {
        result.doubt(
          "hemisphere-missing", "\(field): a position without its hemisphere could be one of four places",
          at: place(latitude))
        return
      }
      guard let coordinate = Coordinate(latitude: north.degrees, longitude: east.degrees) else { return }
      var location = Location(coordinate: coordinate)
      if let metres = map["exif:GPSAltitude"].flatMap(LinkedDataAngle.number), abs(metres) < 1_000_000 {
        let isBelow = map["exif:GPSAltitudeRef"].flatMap(LinkedDataAngle.number) == 1
        location.altitude = isBelow ? -metres : metres
      }
      store.tell(.camera, .location(location), field, at: place(latitude), into: &result)
    }
  }

  private func observeDevice(_ map: DataValue, _ store: inout ManifestStore, into result: inout ReadResult) {
    let make = map["tiff:Make"] ?? map["exif:Make"]
    let model = map["tiff:Model"] ?? map["exif:Model"]
    if let value = model ?? make {
      let device = Device(make: make?.text ?? "", model: model?.text ?? "")
      store.tell(.camera, .device(device), "JSON:TiffModel", at: place(value), into: &result)
    }
    if let lens = map["exifEX:LensModel"] ?? map["exif:LensModel"], let text = lens.text {
      store.tell(.lens, .device(Device(model: text)), "JSON:ExifEXLensModel", at: place(lens), into: &result)
    }
  }
}

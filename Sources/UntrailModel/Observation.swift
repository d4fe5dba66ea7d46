/// A device as a file names it. At least one of the three is not empty.
package struct Device: Sendable, Equatable {
  package var make: String
  package var model: String
  /// A name given by its owner or by the network (a host name); empty for cameras and lenses.
  package var hostName: String

  package init(make: String = "", model: String = "", hostName: String = "") {
    self.make = make
    self.model = model
    self.hostName = hostName
  }

  /// What people call it: the make is left out where the model starts with it.
  package var name: String {
    if !hostName.isEmpty { return hostName }
    if make.isEmpty || model.lowercased().hasPrefix(make.lowercased()) { return model.isEmpty ? make : model }
    return model.isEmpty ? make : make + " " + model
  }
}

/// Something inside a file that its viewer does not show.
package struct HiddenContent: Sendable, Equatable {
  /// Bytes; nil where the file does not say.
  package var byteCount: Int?

  package init(byteCount: Int?) { self.byteCount = byteCount }
}

/// One typed fact that stands in a file, with the evidence for it.
package struct Observation: Sendable, Equatable {
  /// The large ones stand apart, so that an observation is small and cheap to hand on.
  package enum Fact: Sendable, Equatable {
    indirect case location(Location)
    case place(String)
    case device(Device)
    case software(String)
    case serial(String)
    case timestamp(Timestamp)
    /// Minutes east of UTC.
    case utcOffset(Int16)
    case person(String)
    case link(String)
    case hidden(HiddenContent)
    case text(String)
    case contact(String)
    case network(String)
    indirect case track(Track)
    indirect case travel(Reservation)
    indirect case movement(Inference)
  }

  package var role: Role
  package var fact: Fact
  /// The field's exact name, as `EXIF:GPSLatitude`.
  package var field: String
  /// Bytes from the start of the file (of the member, for a member) to the value; nil where there is none.
  package var offset: Int?

  package init(_ role: Role, _ fact: Fact, field: String, offset: Int?) {
    self.role = role
    self.fact = fact
    self.field = field
    self.offset = offset
  }

  package var kind: Kind {
    switch fact {
    case .location: .location
    case .place: .place
    case .device: .device
    case .software: .software
    case .serial: .serial
    case .timestamp: .timestamp
    case .utcOffset: .utcOffset
    case .person: .person
    case .link: .link
    case .hidden: .hidden
    case .text: .text
    case .contact: .contact
    case .network: .network
    case .track: .track
    case .travel: .travel
    case .movement: .movement
    }
  }

  /// The text of a fact that is one; nil for the others.
  package var text: String? { fact.text }

  /// Bytes of UTF-8 of the texts of the fact: of all together, and of the longest.
  package var textSize: (total: Int, longest: Int) {
    switch fact {
    case .location, .timestamp, .utcOffset, .hidden, .track:
      return (0, 0)
    case .place(let value), .software(let value), .serial(let value), .person(let value), .link(let value),
      .text(let value), .contact(let value), .network(let value):
      return (value.utf8.count, value.utf8.count)
    case .device(let device):
      return Self.size([device.make, device.model, device.hostName])
    case .movement(let inference): return Self.size([inference.text, inference.country])
    case .travel(let reservation):
      return Self.size(Reservation.texts.map { reservation[keyPath: $0.path] })
    }
  }

  private static func size(_ texts: [String]) -> (total: Int, longest: Int) {
    texts.reduce((0, 0)) { ($0.0 + $1.utf8.count, max($0.1, $1.utf8.count)) }
  }

  /// Shortens the texts of the fact to at most `limit` bytes of UTF-8 each, at the end of a character.
  ///
  /// - Returns: whether there was more.
  package mutating func cut(to limit: Int) -> Bool {
    func shortened(_ text: String) -> String? {
      guard text.utf8.count > limit else { return nil }
      var end = text.utf8.index(text.startIndex, offsetBy: limit)
      while end.samePosition(in: text.unicodeScalars) == nil { end = text.utf8.index(before: end) }
      return String(text[..<end])
    }
    switch fact {
    case .place(let value): return replace(shortened(value)) { .place($0) }
    case .software(let value): return replace(shortened(value)) { .software($0) }
    case .serial(let value): return replace(shortened(value)) { .serial($0) }
    case .person(let value): return replace(shortened(value)) { .person($0) }
    case .link(let value): return replace(shortened(value)) { .link($0) }
    case .text(let value): return replace(shortened(value)) { .text($0) }
    case .contact(let value): return replace(shortened(value)) { .contact($0) }
    case .network(let value): return replace(shortened(value)) { .network($0) }
    case .device(let device):
      let shorter = Device(
        make: shortened(device.make) ?? device.make, model: shortened(device.model) ?? device.model,
        hostName: shortened(device.hostName) ?? device.hostName)
      return replace(shorter == device ? nil : shorter) { .device($0) }
    case .travel(let reservation):
      let shorter = reservation.mapTexts { shortened($0) ?? $0 }
      return replace(shorter == reservation ? nil : shorter) { .travel($0) }
    case .movement(let inference):
      var shorter = inference
      shorter.text = shortened(inference.text) ?? inference.text
      shorter.country = shortened(inference.country) ?? inference.country
      return replace(shorter == inference ? nil : shorter) { .movement($0) }
    case .location, .timestamp, .utcOffset, .hidden, .track: return false
    }
  }

  private mutating func replace<Value>(_ value: Value?, _ fact: (Value) -> Fact) -> Bool {
    guard let value else { return false }
    self.fact = fact(value)
    return true
  }
}

extension Observation.Fact {
  /// The text of a fact that is one; nil for the others.
  package var text: String? {
    switch self {
    case .place(let value), .software(let value), .serial(let value), .person(let value),
      .link(let value), .text(let value), .contact(let value), .network(let value):
      value
    case .device(let device):
      device.name
    case .location, .timestamp, .utcOffset, .hidden, .track, .travel, .movement: nil
    }
  }
}

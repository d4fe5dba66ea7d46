/// The kind of a fact: the first word of the record contract.
package enum Kind: UInt8, Sendable, NamedCase {
  case location
  case place
  case device
  case software
  case serial
  case timestamp
  case utcOffset
  case person
  case link
  case hidden
  case text
  /// An address to reach somebody at: mail, telephone, web, post.
  case contact
  /// What a network calls itself or a device in it.
  case network
  /// Where somebody was, one position after another.
  case track
  /// Where somebody is expected: what is booked or agreed.
  case travel
  /// What the files of a run say together: derived after the last file, never read from one.
  case movement

  /// The name in records and rules.
  package var name: String {
    switch self {
    case .location: "location"
    case .place: "place"
    case .device: "device"
    case .software: "software"
    case .serial: "serial"
    case .timestamp: "timestamp"
    case .utcOffset: "utc-offset"
    case .person: "person"
    case .link: "link"
    case .hidden: "hidden"
    case .text: "text"
    case .contact: "contact"
    case .network: "network"
    case .track: "track"
    case .travel: "travel"
    case .movement: "movement"
    }
  }
}

extension Kind {
  /// Whether facts of this kind are texts that can be compared.
  package var isText: Bool {
    switch self {
    case .location, .timestamp, .utcOffset, .hidden, .track, .travel, .movement: false
    case .place, .device, .software, .serial, .person, .link, .text, .contact, .network: true
    }
  }
}

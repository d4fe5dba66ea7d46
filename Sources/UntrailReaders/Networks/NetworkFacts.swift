internal import UntrailModel

/// Adds what a file says of networks, each thing once. Passwords are only said to be there: no byte of them is kept.
struct NetworkFacts {
  private(set) var result = ReadResult()
  private var facts: FactSet
  private let group: String

  init(_ group: String, _ limits: Limits) {
    self.group = group
    facts = FactSet(limit: limits.observations)
  }

  mutating func add(_ role: Role, _ fact: Observation.Fact, _ name: String, at offset: Int?) {
    facts.add(role, fact, group + ":" + PropertyKey.name(name), at: offset, into: &result)
  }

  mutating func finish(into other: inout ReadResult) {
    if facts.isFull { result.damageOnce("limit", "the file says more than is listed") }
    other.observations += result.observations
    other.diagnostics += result.diagnostics
  }

  mutating func addName(_ name: String, _ field: String, at offset: Int?) {
    if !name.isEmpty { add(.ssid, .network(name), field, at: offset) }
  }

  /// Adds the addresses of access points in a list.
  mutating func addStations(_ list: String, _ field: String, at offset: Int?) {
    for part in list.split(whereSeparator: { ",; \"/".contains($0) }).prefix(10_000) {
      let address = String(part)
      if NetworkName.isHardwareAddress(address) { add(.bssid, .network(address), field, at: offset) }
    }
  }

  mutating func addHardware(_ address: String, _ field: String, at offset: Int?) {
    let address = address.trimmedText.filter { $0 != "\"" }
    if NetworkName.isHardwareAddress(address) { add(.macAddress, .network(address), field, at: offset) }
  }

  /// Adds the addresses in a list: "192.168.1.2/24,192.168.1.1".
  mutating func addAddresses(_ list: String, _ field: String, at offset: Int?) {
    for part in list.split(whereSeparator: { ",; \"[]".contains($0) }).prefix(100) {
      let address = String(part.prefix { $0 != "/" })
      if NetworkName.isInternetAddress(address) { add(.ipAddress, .network(address), field, at: offset) }
    }
  }

  mutating func addPassword(_ value: String, _ field: String, at offset: Int?) {
    let isEmpty = value.utf8.allSatisfy { $0 <= 0x20 || $0 == UInt8(ascii: "\"") || $0 == UInt8(ascii: "'") }
    if !isEmpty { add(.password, .hidden(HiddenContent(byteCount: nil)), field, at: offset) }
  }

  /// Adds who logs in to a network.
  mutating func addAccount(_ value: String, _ field: String, at offset: Int?) {
    let name = Self.unquoted(value)
    guard !name.isEmpty, !name.lowercased().hasPrefix("anonymous") else { return }
    if let mail = AddressText.email(name) { add(.email, .contact(mail), field, at: offset) }
    add(.account, .person(name), field, at: offset)
  }

  /// Adds a time in seconds or thousandths since 1970.
  mutating func addTime(_ role: Role, epoch: String, _ field: String, at offset: Int?) {
    guard let number = Double(epoch), let time = JSONTime(epoch: number) else { return }
    add(role, .timestamp(time.timestamp), field, at: offset)
  }

  static func unquoted(_ text: String) -> String {
    let text = text.trimmedText
    for mark in ["\"", "'"] where text.utf8.count >= 2 && text.hasPrefix(mark) && text.hasSuffix(mark) {
      return String(text.dropFirst().dropLast()).trimmedText
    }
    return text
  }
}

internal import UntrailBytes
internal import UntrailModel

/// Addresses that a device got in networks, or gave: leases of ISC's DHCP client and server.
///
///     lease {
///       interface "wlan0";  fixed-address 192.168.1.2;  option host-name "...";  option domain-name "...";
///       option routers 192.168.1.1;  renew 2 2024/04/28 21:09:02;
///     }
///     lease 192.168.1.2 { starts 2 2024/04/28 21:09:02;  hardware ethernet aa:...;  client-hostname "..."; }
///
/// Times are in UTC.
///
/// Source: dhclient.leases(5); dhcpd.leases(5).
struct LeaseReader: MetadataReader {
  var name: String { "DHCP leases" }
  var mediaTypes: [String] { ["text/x-dhcp-leases"] }
  var channels: String { "addresses, names of devices and domains, when they were used" }

  func read(
    _ source: ByteSource, into result: inout ReadResult, with tools: ReaderTools
  ) throws(ParseError) {
    var facts = NetworkFacts("DHCP", tools.limits)
    var lines = TextLines(source, tools.limits)
    var failure: ParseError?
    do throws(ParseError) {
      while let line = try lines.next() { Self.take(line, into: &facts, tools.limits) }
    } catch {
      failure = error
    }
    facts.finish(into: &result)
    if let failure { throw failure }
  }

  private static func take(_ line: TextLine, into facts: inout NetworkFacts, _ limits: Limits) {
    let text = String(decoding: line.bytes.prefix(limits.text), as: UTF8.self)
    var words = text.split(whereSeparator: { $0 == " " || $0 == "\t" || $0 == ";" || $0 == "{" }).map(
      String.init)[...]
    if words.first == "option" { words = words.dropFirst() }
    guard let name = words.popFirst(), let value = words.first, !name.hasPrefix("#") else { return }
    let offset = line.offset
    switch name {
    case "lease", "fixed-address", "routers", "dhcp-server-identifier", "domain-name-servers":
      facts.addAddresses(value, name, at: offset)
    case "hardware": if let address = words.dropFirst().first { facts.addHardware(address, name, at: offset) }
    case "host-name", "client-hostname":
      let host = NetworkFacts.unquoted(value)
      if !host.isEmpty { facts.add(.host, .device(Device(hostName: host)), name, at: offset) }
    case "domain-name": facts.add(.networkLink, .link(NetworkFacts.unquoted(value)), name, at: offset)
    case "starts", "renew", "ends", "expire", "rebind", "cltt", "tstp":
      guard words.count >= 3, var time = WrittenTime.read(words.dropFirst().joined(separator: " ").iso) else {
        return
      }
      time.utcOffsetMinutes = 0
      let role: Role = name == "starts" || name == "renew" ? .start : name == "cltt" ? .lastUsed : .end
      facts.add(role, .timestamp(time), name, at: offset)
    default: break
    }
  }
}

extension String {
  /// With hyphens in the date.
  fileprivate var iso: String { String(map { $0 == "/" ? "-" : $0 }) }
}

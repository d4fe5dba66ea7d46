internal import UntrailBytes
internal import UntrailModel

/// Networks in settings of netplan, as far as they are written on lines of their own.
///
///     network:
///       wifis:
///         wlan0:
///           macaddress: aa:bb:cc:dd:ee:ff
///           addresses: [192.168.1.2/24]
///           access-points:
///             "Home":
///               password: "..."
///               bssid: aa:bb:cc:dd:ee:ff
///             Office: {auth: {identity: mara, password: ...}}
///
/// Source: Netplan, YAML configuration (2024).
struct NetplanReader: MetadataReader {
  var name: String { "netplan" }
  var mediaTypes: [String] { ["application/x-netplan"] }
  var channels: String { "networks, access points, addresses, accounts; that passwords are there" }

  func read(
    _ source: ByteSource, into result: inout ReadResult, with tools: ReaderTools
  ) throws(ParseError) {
    var facts = NetworkFacts("Netplan", tools.limits)
    var lines = TextLines(source, tools.limits)
    var depths = Depths()
    var failure: ParseError?
    do throws(ParseError) {
      while let line = try lines.next() { Self.take(line, &depths, into: &facts, tools.limits) }
    } catch {
      failure = error
    }
    facts.finish(into: &result)
    if let failure { throw failure }
  }

  /// Where the list of access points and its names are indented.
  private struct Depths {
    var list: Int?
    var name: Int?
  }

  private static func take(
    _ line: TextLine, _ depths: inout Depths, into facts: inout NetworkFacts, _ limits: Limits
  ) {
    let bytes = line.bytes.prefix(limits.text)
    let depth = bytes.prefix { $0 == 0x20 }.count
    let text = String(decoding: bytes.dropFirst(depth), as: UTF8.self).trimmedText
    guard !text.isEmpty, !text.hasPrefix("#") else { return }
    if let list = depths.list, depth <= list { depths = Depths() }
    if depths.list != nil, depths.name == nil { depths.name = depth }
    let offset = line.offset + depth
    if text == "access-points:" {
      depths.list = depth
      return
    }
    if depths.name == depth, let (name, rest) = pair(text) {
      facts.addName(NetworkFacts.unquoted(name), "access-points", at: offset)
      return takeFlow(rest, at: offset, into: &facts)
    }
    if text.hasPrefix("- ") { return facts.addAddresses(String(text.dropFirst(2)), "addresses", at: offset) }
    if let (name, value) = pair(text) { takeSetting(name, value, at: offset, into: &facts) }
  }

  /// A name and what stands behind its colon; names may be in quotation marks.
  private static func pair(_ text: String) -> (name: String, value: String)? {
    var start = text.startIndex
    if let mark = text.first, mark == "\"" || mark == "'" {
      guard let end = text.dropFirst().firstIndex(of: mark) else { return nil }
      start = end
    }
    guard let colon = text[start...].firstIndex(of: ":") else { return nil }
    return (String(text[..<colon]), String(text[text.index(after: colon)...]).trimmedText)
  }

  /// {password: ..., bssid: ...}
  private static func takeFlow(_ text: String, at offset: Int, into facts: inout NetworkFacts) {
    for part in text.split(whereSeparator: { "{},".contains($0) }).prefix(50) {
      if let (name, value) = pair(String(part).trimmedText) {
        takeSetting(name, value, at: offset, into: &facts)
      }
    }
  }

  private static func takeSetting(
    _ name: String, _ value: String, at offset: Int, into facts: inout NetworkFacts
  ) {
    switch name {
    case "password", "psk", "client-key-password", "key": facts.addPassword(value, name, at: offset)
    case "bssid": facts.addStations(value, name, at: offset)
    case "macaddress": facts.addHardware(value, name, at: offset)
    case "identity": facts.addAccount(value, name, at: offset)
    case "addresses", "gateway4", "gateway6", "via": facts.addAddresses(value, name, at: offset)
    case "auth": takeFlow(value, at: offset, into: &facts)
    default: break
    }
  }
}

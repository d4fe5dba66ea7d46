internal import UntrailBytes
internal import UntrailModel

/// Settings of wpa_supplicant and hostapd: the networks that a Linux or old Android device joins, or makes.
///
///     country=DE
///     device_name=...  serial_number=...
///     network={
///       ssid="name"   ssid=6e616d65   ssid=P"n\x61me"
///       bssid=aa:bb:cc:dd:ee:ff
///       psk="..."     identity="user@example.org"     password="..."
///     }
///     cred={ username="..." password="..." realm="..." }
///
/// Source: wpa_supplicant.conf(5); hostapd.conf, as delivered with hostapd.
struct SupplicantReader: MetadataReader {
  var name: String { "wpa_supplicant" }
  var mediaTypes: [String] { ["text/x-wpa-supplicant"] }
  var channels: String { "networks, access points, accounts, devices; that passwords are there" }

  func read(
    _ source: ByteSource, into result: inout ReadResult, with tools: ReaderTools
  ) throws(ParseError) {
    var facts = NetworkFacts("WPA", tools.limits)
    var lines = TextLines(source, tools.limits)
    var failure: ParseError?
    do throws(ParseError) {
      var count = 0
      while let line = try lines.next() {
        count += 1
        guard count <= tools.limits.entries else {
          throw ParseError(.limit, at: line.offset, "more than \(tools.limits.entries) lines")
        }
        Self.take(line, into: &facts, tools.limits)
      }
    } catch {
      failure = error
    }
    facts.finish(into: &result)
    if let failure { throw failure }
  }

  private static func take(_ line: TextLine, into facts: inout NetworkFacts, _ limits: Limits) {
    let bytes = line.bytes.prefix(limits.text)
    guard let sign = bytes.firstIndex(of: UInt8(ascii: "=")), bytes.first != UInt8(ascii: "#") else { return }
    let name = String(decoding: bytes[..<sign], as: UTF8.self).trimmedText
    let value = String(decoding: bytes[(sign + 1)...], as: UTF8.self).trimmedText
    guard !value.isEmpty else { return }
    let offset = line.offset
    switch name {
    case "ssid", "ssid2", "scan_ssid_name": facts.addName(NetworkName.ofSetting(value), name, at: offset)
    case "bssid", "bssid_blacklist", "bssid_whitelist", "bssid_ignore", "bssid_accept", "bssid_hint",
      "preauth_bssid":
      facts.addStations(value, name, at: offset)
    case "psk", "wpa_passphrase", "wpa_psk", "sae_password", "password", "password2", "pin", "pin2",
      "private_key_passwd", "private_key_passwd2", "wep_key0", "wep_key1", "wep_key2", "wep_key3",
      "mem_only_psk",
      "raw_psk":
      facts.addPassword(value, name, at: offset)
    case "identity", "username": facts.addAccount(value, name, at: offset)
    case "mac_addr", "mac_value", "p2p_device_persistent_mac_addr": facts.addHardware(value, name, at: offset)
    case "imsi": facts.add(.sim, .serial(NetworkFacts.unquoted(value)), name, at: offset)
    default: takeDevice(name, NetworkFacts.unquoted(value), at: offset, into: &facts)
    }
  }

  private static func takeDevice(
    _ name: String, _ value: String, at offset: Int, into facts: inout NetworkFacts
  ) {
    guard !value.isEmpty else { return }
    switch name {
    case "country", "country_code": facts.add(.networkCountry, .place(value), name, at: offset)
    case "device_name", "wps_device_name":
      facts.add(.host, .device(Device(hostName: value)), name, at: offset)
    case "manufacturer": facts.add(.host, .device(Device(make: value)), name, at: offset)
    case "model_name": facts.add(.host, .device(Device(model: value)), name, at: offset)
    case "serial_number":
      if !XMPText.isUnsetNumber(value), value != "12345" {
        facts.add(.body, .serial(value), name, at: offset)
      }
    case "uuid":
      if !XMPText.isUnsetNumber(value) { facts.add(.documentID, .link(value), name, at: offset) }
    case "id_str": facts.add(.label, .text(value), name, at: offset)
    case "realm", "domain", "domain_suffix_match": facts.add(.networkLink, .link(value), name, at: offset)
    default: break
    }
  }
}

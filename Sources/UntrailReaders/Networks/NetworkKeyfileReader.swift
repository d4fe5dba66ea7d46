internal import UntrailBytes
internal import UntrailModel

/// The networks that a Linux device remembers: settings of NetworkManager, ConnMan and iwd.
///
///     NetworkManager:  [connection] id=Home uuid=... type=wifi timestamp=1714338542 permissions=user:mara:;
///                      [wifi] ssid=Home   ssid=72;111;109;101;   bssid=  seen-bssids=AA:..;BB:..;  mac-address=
///                      [wifi-security] psk=   [802-1x] identity= password=   [vpn] remote=   [ipv4] address1=
///                      [seen-bssids] UUID=AA:..,BB:..   [timestamps] UUID=1714338542
///     ConnMan:         [wifi_ADDRESS_NAME_managed_psk] Name= SSID=hexadecimal Passphrase= Modified=2024-04-28T21:09:02Z
///     iwd:             [Security] PreSharedKey= Passphrase= EAP-Identity=     [UUID] name=/var/lib/iwd/Home.psk
///
/// Source: nm-settings-keyfile(5); connman-service.config(5); iwd.network(5).
struct NetworkKeyfileReader: MetadataReader {
  var name: String { "NetworkManager, ConnMan, iwd" }
  var mediaTypes: [String] { Array(Self.groups.keys.sorted()) }
  var channels: String { "networks, access points, when they were used, addresses; that passwords are there" }

  private static let groups = [
    "application/x-networkmanager": "NetworkManager", "application/x-connman": "ConnMan",
    "application/x-iwd": "IWD",
  ]

  func read(
    _ source: ByteSource, into result: inout ReadResult, with tools: ReaderTools
  ) throws(ParseError) {
    let head = source.withPrefix { String(decoding: $0.prefix(2048), as: UTF8.self) }
    let group =
      head.contains("[Security]")
      ? "IWD"
      : head.contains("_managed") || head.contains("[service_")
        ? "ConnMan" : "NetworkManager"
    var settings: [IniSetting] = []
    var failure: ParseError?
    do throws(ParseError) {
      try IniLines.read(source, tools.limits) { settings.append($0) }
    } catch {
      failure = error
    }
    var facts = NetworkFacts(group, tools.limits)
    for setting in settings { Self.take(setting, into: &facts) }
    facts.finish(into: &result)
    if let failure { throw failure }
  }

  private static func take(_ setting: IniSetting, into facts: inout NetworkFacts) {
    let (key, value, offset) = (setting.key, setting.value, setting.offset)
    let section = setting.section.lowercased()
    guard !key.hasPrefix("#") else { return }
    if isSecret(key, section) { return facts.addPassword(value, key, at: offset) }
    switch section {
    case "seen-bssids": return facts.addStations(value, section, at: offset)
    case "timestamps": return facts.addTime(.lastUsed, epoch: value, section, at: offset)
    default: break
    }
    if section.hasPrefix("wifi_") { takeSection(section, at: offset, into: &facts) }
    switch key {
    case "ssid": facts.addName(name(value, section), key, at: offset)
    case "name":
      if section.hasPrefix("wifi_") || section.hasPrefix("service_") {
        facts.addName(NetworkFacts.unquoted(value), key, at: offset)
      } else if let name = storedName(value) {
        facts.addName(name, key, at: offset)
      }
    case "bssid", "seen-bssids": facts.addStations(value, key, at: offset)
    case "mac-address", "cloned-mac-address", "bdaddr", "assigned-mac-address", "mac", "addressoverride":
      facts.addHardware(value, key, at: offset)
    case "id": if section == "connection" { facts.add(.title, .text(value), key, at: offset) }
    case "uuid": facts.add(.documentID, .link(value), key, at: offset)
    case "timestamp": facts.addTime(.lastUsed, epoch: value, key, at: offset)
    case "modified":
      if let time = WrittenTime.read(value) { facts.add(.lastUsed, .timestamp(time), key, at: offset) }
    case "permissions": takePermissions(value, at: offset, into: &facts)
    case "sim-id": facts.add(.sim, .serial(value), key, at: offset)
    case "device-id": facts.add(.accessory, .serial(value), key, at: offset)
    case "number", "sim-operator-id", "apn": break
    default: takeOther(key, value, section, at: offset, into: &facts)
    }
  }

  private static func isSecret(_ key: String, _ section: String) -> Bool {
    if section == "vpn-secrets" { return true }
    let words = ["psk", "passphrase", "presharedkey", "preshared-key", "private-key", "pin", "password"]
    if key.hasSuffix("-flags") || key.hasSuffix("-type") || key.hasSuffix("-format") { return false }
    return words.contains(key) || key.hasSuffix("password") || key.hasPrefix("wep-key") && key.count == 8
      || key.hasSuffix("-secret") || key.hasSuffix("passphrase")
  }

  private static func takeOther(
    _ key: String, _ value: String, _ section: String, at offset: Int, into facts: inout NetworkFacts
  ) {
    if key == "identity" || key == "username" || key == "user" || key == "user-name"
      || key.hasSuffix("-identity")
    {
      facts.addAccount(value, key, at: offset)
    } else if ["remote", "gateway", "endpoint", "ca-host", "right", "gateway-name"].contains(key),
      section != "ipv4",
      section != "ipv6"
    {
      facts.add(.networkLink, .link(value), key, at: offset)
    } else if key.hasPrefix("address") || key.hasSuffix("lastaddress") || key == "dns"
      || ["ipv4", "ipv6"].contains(section) && key == "gateway"
    {
      facts.addAddresses(value, key, at: offset)
    }
  }

  /// A name as text, or as a list of its bytes in decimal digits.
  private static func name(_ value: String, _ section: String) -> String {
    let parts = value.split(separator: ";", omittingEmptySubsequences: true)
    if value.hasSuffix(";"), parts.count <= 32 {
      let bytes = parts.compactMap { UInt8($0) }
      if bytes.count == parts.count, !bytes.isEmpty { return NetworkName.text(bytes) }
    }
    if section.hasPrefix("wifi_") || section.hasPrefix("service_") { return NetworkName.ofSetting(value) }
    return unescaped(value)
  }

  /// \s is a blank, \\ a backslash.
  private static func unescaped(_ value: String) -> String {
    var text = ""
    var isEscape = false
    for character in value {
      if isEscape {
        text.append(character == "s" ? " " : character == "t" ? "\t" : character)
        isEscape = false
      } else if character == "\\" {
        isEscape = true
      } else {
        text.append(character)
      }
    }
    return text.trimmedText
  }

  /// "/var/lib/iwd/Home.psk", or "=486f6d65.psk" where the name is more than letters and digits.
  private static func storedName(_ path: String) -> String? {
    guard path.contains("/iwd/"), let file = path.split(separator: "/").last,
      let point = file.lastIndex(of: ".")
    else { return nil }
    let name = file[..<point]
    return name.hasPrefix("=") ? NetworkName.text(Hexadecimal.bytes(name.utf8)) : String(name)
  }

  /// wifi_a491b1000001_486f6d65_managed_psk
  private static func takeSection(_ section: String, at offset: Int, into facts: inout NetworkFacts) {
    let parts = section.split(separator: "_")
    guard parts.count >= 4, parts[1].utf8.count == 12 else { return }
    facts.addHardware(NetworkName.hardwareAddress(Hexadecimal.bytes(parts[1].utf8)), "service", at: offset)
    guard parts[2] != "hidden" else { return }
    facts.addName(NetworkName.text(Hexadecimal.bytes(parts[2].utf8)), "service", at: offset)
  }

  /// user:mara:;
  private static func takePermissions(_ value: String, at offset: Int, into facts: inout NetworkFacts) {
    for part in value.split(separator: ";").prefix(20) {
      let words = part.split(separator: ":")
      guard words.first == "user", words.count > 1 else { continue }
      facts.add(.account, .person(String(words[1])), "permissions", at: offset)
    }
  }
}

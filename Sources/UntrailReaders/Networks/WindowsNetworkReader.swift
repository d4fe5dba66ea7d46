internal import UntrailBytes
internal import UntrailModel

/// A network that Windows remembers, as it is exported.
///
///     <WLANProfile> <name>Home</name>
///       <SSIDConfig> <SSID> <hex>486F6D65</hex> <name>Home</name> </SSID> <nonBroadcast>false</nonBroadcast>
///       <MSM><security> ... <sharedKey> <protected>false</protected> <keyMaterial>...</keyMaterial>
///         <OneX> ... <ServerNames>...  <UserName>...  <DomainName>...
///
/// Source: Microsoft, WLAN_profile Schema Elements (2021).
struct WindowsNetworkReader: MetadataReader {
  var name: String { "WLAN profile" }
  var mediaTypes: [String] { ["application/x-windows-wlan"] }
  var channels: String { "network, account; that a password is there" }

  func read(
    _ source: ByteSource, into result: inout ReadResult, with tools: ReaderTools
  ) throws(ParseError) {
    var facts = NetworkFacts("WLAN", tools.limits)
    for setting in NetworkMarkup.read(source, into: &result, tools.limits) {
      Self.take(setting, into: &facts)
    }
    facts.finish(into: &result)
  }

  private static func take(_ setting: MarkupSetting, into facts: inout NetworkFacts) {
    let (name, value, offset) = (setting.name, setting.value, setting.offset)
    let holder = setting.path.dropLast().last ?? ""
    switch name {
    case "name" where holder == "SSID" || holder == "SSIDPrefix": facts.addName(value, name, at: offset)
    case "name" where setting.path.count == 2: facts.add(.title, .text(value), name, at: offset)
    case "hex": facts.addName(NetworkName.text(Hexadecimal.bytes(value.utf8)), name, at: offset)
    case "keyMaterial", "Password", "password": facts.addPassword(value, name, at: offset)
    case "UserName", "Username", "username": facts.addAccount(value, name, at: offset)
    case "DomainName", "LogonDomain", "ServerNames", "domain":
      facts.add(.networkLink, .link(value), name, at: offset)
    default: break
    }
  }
}

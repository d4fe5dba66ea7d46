internal import UntrailBytes
internal import UntrailModel

/// The networks that an Android device remembers, and those that it makes: WifiConfigStore.xml, WifiConfigStoreSoftAp.xml
/// and the data of backups.
///
///     <WifiConfigStoreData> <int name="Version" value="3"/>
///       <NetworkList> <Network>
///         <WifiConfiguration>
///           <string name="SSID">"Home"</string>  <string name="BSSID">any</string>  <string name="PreSharedKey">...
///           <string-array name="WEPKeys" num="4"> <item value="..."/> </string-array>
///           <string name="RandomizedMacAddress">...  <string name="DefaultGwMacAddress">...  <long name="..." value="..."/>
///         <IpConfiguration> <string name="LinkAddress">192.168.1.2</string> ...
///         <WifiEnterpriseConfiguration> <string name="Identity">...  <string name="Password">...
///       <MacAddressMap> <map> <string name="&quot;Home&quot;WPA_PSK">02:...</string>
///       <PasspointConfigData> <ProviderList> ... <string name="FQDN">...
///       <SoftAp> <string name="WifiSsid">...  <string name="Passphrase">...  <string name="Bssid">...
///
/// Source: Android, packages/modules/Wifi: WifiConfigStore, XmlUtil, SoftApStoreData, WifiBackupRestore.
struct AndroidNetworkReader: MetadataReader {
  var name: String { "Android networks" }
  var mediaTypes: [String] { ["application/x-android-wifi"] }
  var channels: String { "networks, access points, addresses, accounts; that passwords are there" }

  func read(
    _ source: ByteSource, into result: inout ReadResult, with tools: ReaderTools
  ) throws(ParseError) {
    var facts = NetworkFacts("WifiConfigStore", tools.limits)
    for setting in NetworkMarkup.read(source, into: &result, tools.limits) {
      Self.take(setting, into: &facts)
    }
    facts.finish(into: &result)
  }

  private static func take(_ setting: MarkupSetting, into facts: inout NetworkFacts) {
    let (name, value, offset) = (setting.name, setting.value, setting.offset)
    if name.hasPrefix("\"") { return takeEntry(name, value, at: offset, into: &facts) }
    switch name {
    case "SSID", "WifiSsid", "SSIDList", "WifiSSID", "DeletedSSID":
      facts.addName(NetworkName.ofSetting(value), name, at: offset)
    case "BSSID", "Bssid", "BSSIDList", "LastConnectedBssid", "PreviousBssid":
      facts.addStations(value, name, at: offset)
    case "PreSharedKey", "WEPKeys", "Password", "Passphrase", "SAEPassword", "PinnedCertificate",
      "ClientPrivateKeyPassword":
      facts.addPassword(value, name, at: offset)
    case "Identity", "Username", "UserName", "AnonIdentity": facts.addAccount(value, name, at: offset)
    case "RandomizedMacAddress", "DefaultGwMacAddress", "ClientMacAddress", "MacAddress", "LastMacAddress",
      "PersistentRandomizedMacAddress":
      facts.addHardware(value, name, at: offset)
    case "LinkAddress", "GatewayAddress", "DnsServerAddresses", "DNSServers", "IpAddress":
      facts.addAddresses(value, name, at: offset)
    case "FQDN", "Realm", "ProxyHost", "ProxyPac", "ServerUri":
      facts.add(.networkLink, .link(NetworkFacts.unquoted(value)), name, at: offset)
    case "FriendlyName", "ProviderFriendlyName": facts.add(.label, .text(value), name, at: offset)
    case "IMSI", "Imsi": facts.add(.sim, .serial(NetworkFacts.unquoted(value)), name, at: offset)
    default:
      let lower = name.lowercased()
      if lower.hasSuffix("password") || lower.hasSuffix("passphrase") {
        facts.addPassword(value, name, at: offset)
      } else if lower.holds("bssid") {
        facts.addStations(value, name, at: offset)
      } else if lower.holds("time") || lower.holds("connected"),
        Double(value).map({ $0 > 1e11 }) == true
      {
        let role: Role = lower.holds("creat") ? .created : lower.holds("update") ? .modified : .lastUsed
        facts.addTime(role, epoch: value, name, at: offset)
      } else if setting.path.contains("SSIDList") || setting.path.contains("DeletedEphemeralSSIDList") {
        facts.addName(NetworkName.ofSetting(value), "SSIDList", at: offset)
      }
    }
  }

  /// An entry whose name is the network's: "Home"WPA_PSK.
  private static func takeEntry(
    _ name: String, _ value: String, at offset: Int?, into facts: inout NetworkFacts
  ) {
    guard let end = name.lastIndex(of: "\""), end > name.startIndex else { return }
    facts.addName(NetworkName.ofSetting(String(name[...end])), "MacAddressMap", at: offset)
    facts.addHardware(value, "MacAddressMap", at: offset)
  }
}

internal import UntrailModel

/// A part of a configuration profile: what is not told by the names of its values alone.
///
///     PayloadType: com.apple.wifi.managed      SSID_STR, HIDDEN_NETWORK, Password, EAPClientConfiguration {UserName}
///                  com.apple.vpn.managed       UserDefinedName, IKEv2/IPSec/PPP/VPN {RemoteAddress, AuthName, ...}
///                  com.apple.mail.managed      EmailAddress, IncomingMailServerHostName, IncomingMailServerUsername
///                  com.apple.eas.account       Host, UserName, EmailAddress
///                  com.apple.caldav.account    CalDAVHostName, CalDAVUsername
///
/// Source: Apple, Configuration Profile Reference (2019).
enum ConfigurationPayload {
  private static let servers: Set<String> = [
    "RemoteAddress", "CommRemoteAddress", "Host", "HostName", "IncomingMailServerHostName",
    "OutgoingMailServerHostName", "CalDAVHostName", "CardDAVHostName", "LDAPAccountHostName",
    "SubCalAccountHostName",
    "ProxyServer", "ServerURL", "ServerAddress",
  ]
  private static let accounts: Set<String> = [
    "AuthName", "LocalIdentifier", "IncomingMailServerUsername", "OutgoingMailServerUsername",
    "CalDAVUsername",
    "CardDAVUsername", "LDAPAccountUserName", "XAuthName", "SubCalAccountUsername",
  ]
  private static let titles: Set<String> = [
    "PayloadDisplayName", "PayloadDescription", "UserDefinedName", "EmailAccountDescription",
    "PayloadIdentifier",
  ]

  static func take(_ value: PropertyValue, in facts: inout PropertyFacts) {
    guard value["PayloadType"]?.text != nil else { return }
    tell(value, 0, in: &facts)
  }

  private static func tell(_ value: PropertyValue, _ depth: Int, in facts: inout PropertyFacts) {
    for pair in value.pairs {
      if pair.value["PayloadType"] == nil, !pair.value.pairs.isEmpty, depth < 4 {
        tell(pair.value, depth + 1, in: &facts)
      }
      guard let text = pair.value.text else { continue }
      let field = PropertyKey.field(pair.key)
      let offset = pair.value.offset
      if servers.contains(pair.key) {
        facts.add(.networkLink, .link(text), field, at: offset)
      } else if accounts.contains(pair.key) {
        if let mail = AddressText.email(text) { facts.add(.email, .contact(mail), field, at: offset) }
        facts.add(.account, .person(text), field, at: offset)
      } else if titles.contains(pair.key) {
        facts.add(.title, .text(text), field, at: offset)
      } else if pair.key == "PayloadUUID" {
        facts.add(.documentID, .link(text), field, at: offset)
      }
    }
  }
}

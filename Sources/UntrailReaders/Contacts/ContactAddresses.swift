internal import UntrailModel

/// How a contact is reached.
extension ContactSession {
  mutating func telephone(_ line: ContentLine, into result: inout ReadResult) {
    guard var text = line.text(limits) else { return }
    if text.prefix(4).lowercased() == "tel:" { text = String(text.dropFirst(4)) }
    facts.add(.phone, .contact(text), "VCARD:" + line.name, at: line.valueOffset, into: &result)
  }

  mutating func email(_ line: ContentLine, into result: inout ReadResult) {
    guard let text = line.text(limits) else { return }
    let address = AddressText.email(text) ?? text
    facts.add(.email, .contact(address), "VCARD:" + line.name, at: line.valueOffset, into: &result)
  }

  /// Accounts of services: IMPP:xmpp:name@host, X-SOCIALPROFILE;TYPE=twitter;X-USER=name:https://..., X-AIM:name.
  mutating func account(_ line: ContentLine, into result: inout ReadResult) {
    let field = "VCARD:" + line.name
    guard let text = line.text(limits) else { return }
    switch line.name {
    case "URL", "X-EVOLUTION-BLOG-URL", "X-EVOLUTION-VIDEO-URL", "X-KADDRESSBOOK-BLOGFEED", "FBURL", "CALURI",
      "CALADRURI", "CONTACT-URI", "SOURCE", "ORG-DIRECTORY", "X-GTALK-URL", "X-WAB-URL", "X-ABURL",
      "X-MS-OL-URL":
      facts.add(.url, .contact(text), field, at: line.valueOffset, into: &result)
    case "IMPP", "X-SOCIALPROFILE", "SOCIALPROFILE", "X-MS-IMADDRESS", "X-SIP", "X-TWITTER", "X-FACEBOOK",
      "X-INSTAGRAM", "X-LINKEDIN", "X-TELEGRAM", "X-WHATSAPP", "X-SIGNAL", "X-MATRIX", "X-THREEMA",
      "X-WECHAT":
      facts.add(.account, .contact(text), field, at: line.valueOffset, into: &result)
      for name in ["X-USER", "X-USERID", "X-DISPLAYNAME", "USERNAME"] {
        guard let user = line.parameter(name) else { continue }
        facts.add(.account, .person(user), field, at: line.offset, into: &result)
      }
    case "X-AIM", "X-ICQ", "X-JABBER", "X-YAHOO", "X-MSN", "X-GADUGADU", "X-GADUGADU-NUMBER", "X-GROUPWISE",
      "X-SKYPE", "X-SKYPE-USERNAME", "X-GOOGLE-TALK", "X-GTALK", "X-QQ", "X-ICHAT", "X-IRC", "X-WV-ID",
      "X-LOTUS-IM",
      "X-CUSTOM-IM", "X-KADDRESSBOOK-X-IMADDRESS":
      facts.add(.account, .contact(text), field, at: line.valueOffset, into: &result)
    case "X-ANDROID-CUSTOM": custom(text, field, line, into: &result)
    default:
      if let email = AddressText.email(text), !text.contains(" ") {
        facts.add(.email, .contact(email), field, at: line.valueOffset, into: &result)
      } else if BoundedText.isWebAddress(text) {
        facts.add(.url, .contact(text), field, at: line.valueOffset, into: &result)
      }
    }
  }

  /// Android's own: vnd.android.cursor.item/nickname;Mara;1;;;
  private mutating func custom(
    _ text: String, _ field: String, _ line: ContentLine, into result: inout ReadResult
  ) {
    let parts = text.split(separator: ";", omittingEmptySubsequences: false)
    guard parts.count >= 2, !parts[1].isEmpty else { return }
    let value = String(parts[1])
    switch parts[0] {
    case "vnd.android.cursor.item/nickname", "vnd.android.cursor.item/relation":
      facts.add(.contact, .person(value), field, at: line.valueOffset, into: &result)
    case "vnd.android.cursor.item/contact_event":
      facts.add(.event, .text(value), field, at: line.valueOffset, into: &result)
    default: break
    }
  }
}

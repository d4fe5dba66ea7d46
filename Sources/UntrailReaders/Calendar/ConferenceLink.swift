/// Links and numbers by which people meet on line.
enum ConferenceLink {
  /// Hosts of the services, with all below them.
  private static let hosts = [
    "zoom.us", "zoomgov.com", "meet.google.com", "hangouts.google.com", "teams.microsoft.com",
    "teams.live.com",
    "meet.lync.com", "webex.com", "gotomeeting.com", "gotomeet.me", "goto.com", "meet.jit.si", "8x8.vc",
    "whereby.com", "bluejeans.com", "chime.aws", "join.skype.com", "facetime.apple.com", "ringcentral.com",
    "bigbluebutton.org", "starleaf.com", "around.co", "discord.gg", "meet.element.io", "join.me",
  ]

  static func isOne(_ link: String) -> Bool {
    guard let scheme = AddressText.range(of: "://", in: link[...]) else { return false }
    let host = link[scheme...].prefix { $0 != "/" && $0 != ":" && $0 != "?" }.lowercased()
    return hosts.contains { host == $0 || host.hasSuffix("." + $0) }
  }

  /// The number that a telephone link dials, and whether digits for a conference follow it behind a pause.
  ///
  ///     tel:+1-412-555-0123,,,654321#
  static func number(_ link: String) -> (number: String, hasCode: Bool)? {
    guard link.prefix(4).lowercased() == "tel:" else { return nil }
    let rest = link.dropFirst(4)
    let number = rest.prefix { !",;pPwWxX".contains($0) }.trimmedASCII
    guard number.utf8.contains(where: { (0x30...0x39).contains($0) }) else { return nil }
    let code = rest.dropFirst(number.count)
    return (number, code.utf8.contains { (0x30...0x39).contains($0) })
  }
}

/// Tells text files of remembered networks by settings that no other text has at the start of a line.
enum NetworkSniff {
  typealias Bytes = UnsafeRawBufferPointer

  /// The lines of a file's beginning without blanks in front, and without comments.
  private static func lines(_ prefix: Bytes) -> [Substring] {
    var text = String(decoding: prefix, as: UTF8.self)[...]
    if text.hasPrefix("\u{FEFF}") { text = text.dropFirst() }
    return text.split(whereSeparator: \.isNewline)
      .map { $0.drop { $0 == " " || $0 == "\t" } }
      .filter { !$0.isEmpty && !$0.hasPrefix("#") && !$0.hasPrefix(";") }
  }

  /// Settings of wpa_supplicant or hostapd.
  static func isSupplicant(_ prefix: Bytes) -> Bool {
    let lines = lines(prefix)
    func has(_ starts: String...) -> Bool {
      lines.contains { line in starts.contains { line.hasPrefix($0) } }
    }
    if lines.contains(where: { $0.filter { $0 != " " } == "network={" || $0.filter { $0 != " " } == "cred={" }
    ) {
      return has(
        "ssid=", "psk=", "ctrl_interface=", "update_config=", "key_mgmt=", "bssid=", "username=", "country=")
    }
    if has("ctrl_interface=") { return has("update_config=", "country=", "ap_scan=", "device_name=", "p2p_") }
    return has("interface=") && has("ssid=") && has("hw_mode=", "wpa_passphrase=", "wpa=", "wpa_key_mgmt=")
  }

  static func isNetworkManager(_ prefix: Bytes) -> Bool {
    let lines = lines(prefix)
    guard let first = lines.first else { return false }
    if first.hasPrefix("[seen-bssids]") || first.hasPrefix("[timestamps]") {
      return lines.dropFirst().first?.contains("-") ?? false
    }
    guard lines.contains(where: { $0.hasPrefix("[connection]") }), first.hasPrefix("[") else { return false }
    return lines.contains { $0.hasPrefix("uuid=") || $0.hasPrefix("type=") || $0.hasPrefix("id=") }
  }

  static func isConnMan(_ prefix: Bytes) -> Bool {
    let lines = lines(prefix)
    if let first = lines.first, first.hasPrefix("[wifi_"), first.contains("_managed") { return true }
    return lines.contains { $0.hasPrefix("[service_") }
      && lines.contains { $0.filter { $0 != " " }.lowercased() == "type=wifi" }
  }

  static func isIWD(_ prefix: Bytes) -> Bool {
    let lines = lines(prefix)
    guard let first = lines.first, first.hasPrefix("[") else { return false }
    if lines.contains(where: { $0.hasPrefix("[Security]") }) {
      return lines.contains { line in
        ["PreSharedKey=", "Passphrase=", "SAE-PT-Group", "EAP-Method="].contains { line.hasPrefix($0) }
      }
    }
    return lines.contains { $0.hasPrefix("name=/var/lib/iwd/") }
  }

  static func isNetplan(_ prefix: Bytes) -> Bool {
    let text = String(decoding: prefix, as: UTF8.self)
    let lines = text.split(whereSeparator: \.isNewline)
    return lines.contains { $0 == "network:" || $0.hasPrefix("network: #") }
      && lines.contains { $0.hasPrefix(" ") && $0.drop { $0 == " " }.hasPrefix("wifis:") }
  }

  static func isLeases(_ prefix: Bytes) -> Bool {
    let lines = lines(prefix)
    guard lines.contains(where: { $0.hasPrefix("lease ") && $0.hasSuffix("{") }) else { return false }
    return lines.contains { line in
      ["fixed-address ", "starts ", "renew ", "hardware ethernet "].contains { line.hasPrefix($0) }
    }
  }
}

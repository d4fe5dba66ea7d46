/// Tells text files of remembered networks by settings that no other text has at the start of a line.
enum NetworkSniff {
  typealias Bytes = UnsafeRawBufferPointer

  /// Settings of wpa_supplicant or hostapd.
  static func isSupplicant(_ prefix: Bytes) -> Bool {
    let lines = PrefixText(prefix).lines
    let hasBlock = lines.contains { line in
      let text = line.filter { $0 != 0x20 && $0 != 0x09 }
      return text.elementsEqual("network={".utf8) || text.elementsEqual("cred={".utf8)
    }
    if hasBlock {
      return lines.have(
        "ssid=", "psk=", "ctrl_interface=", "update_config=", "key_mgmt=", "bssid=", "username=", "country=")
    }
    if lines.have("ctrl_interface=") {
      return lines.have("update_config=", "country=", "ap_scan=", "device_name=", "p2p_")
    }
    return lines.have("interface=") && lines.have("ssid=")
      && lines.have("hw_mode=", "wpa_passphrase=", "wpa=", "wpa_key_mgmt=")
  }

  static func isNetworkManager(_ prefix: Bytes) -> Bool {
    guard PrefixText(prefix).firstMark.map({ $0 == UInt8(ascii: "[") || $0 == UInt8(ascii: "#") }) == true
    else {
      return false
    }
    let lines = PrefixText(prefix).lines
    guard let first = lines.first else { return false }
    if first.hasPrefix("[seen-bssids]") || first.hasPrefix("[timestamps]") {
      return lines.dropFirst().first?.contains(UInt8(ascii: "-")) ?? false
    }
    return first.hasPrefix("[") && lines.have("[connection]") && lines.have("uuid=", "type=", "id=")
  }

  static func isConnMan(_ prefix: Bytes) -> Bool {
    let lines = PrefixText(prefix).lines
    // [wifi_ADDRESS_NAME_managed_psk]
    if let first = lines.first, first.hasPrefix("[wifi_"), first.last == UInt8(ascii: "]") {
      return first.split(separator: UInt8(ascii: "_")).contains { $0.elementsEqual("managed".utf8) }
    }
    guard lines.have("[service_") else { return false }
    return lines.contains { line in
      String(decoding: line.filter { $0 != 0x20 }, as: UTF8.self).lowercased() == "type=wifi"
    }
  }

  static func isIWD(_ prefix: Bytes) -> Bool {
    guard PrefixText(prefix).firstMark.map({ $0 == UInt8(ascii: "[") || $0 == UInt8(ascii: "#") }) == true
    else {
      return false
    }
    let lines = PrefixText(prefix).lines
    guard let first = lines.first, first.hasPrefix("[") else { return false }
    if lines.have("[Security]") {
      return lines.have("PreSharedKey=", "Passphrase=", "SAE-PT-Group", "EAP-Method=")
    }
    return lines.have("name=/var/lib/iwd/")
  }

  static func isNetplan(_ prefix: Bytes) -> Bool {
    let lines = PrefixText(prefix).lines
    return lines.have("network:") && lines.have("wifis:")
  }

  static func isLeases(_ prefix: Bytes) -> Bool {
    let lines = PrefixText(prefix).lines
    let opens = lines.contains { $0.hasPrefix("lease ") && $0.last == UInt8(ascii: "{") }
    return opens && lines.have("fixed-address ", "starts ", "renew ", "hardware ethernet ")
  }
}

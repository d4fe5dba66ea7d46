extension Sniff {
  /// Passes, property lists and networks.
  static let settings: [Sniff] = [
    Sniff(
      name: "pass-description", answers: ["application/json"] + textAnswers,
      mediaType: "application/x-apple-pass+json", matches: { PassSniff.isDescription($0) }),
    Sniff(
      name: "google-wallet", answers: ["application/json"] + textAnswers,
      mediaType: "application/x-google-wallet", matches: { PassSniff.isGoogleWallet($0) }),
    Sniff(
      name: "plist-binary", answers: ["application/octet-stream", "application/x-bplist"],
      mediaType: "application/x-plist", matches: { PropertyListSniff.isBinary($0) }),
    Sniff(
      name: "plist-element", answers: markupAnswers, mediaType: "application/x-plist",
      matches: { startsAsMarkup($0, ["<plist ", "<plist>", "<!DOCTYPE plist"], not: ["<html"]) }),
    Sniff(
      name: "plist-signed",
      answers: ["application/octet-stream", "application/pkcs7-mime", "application/pkcs7-signature"],
      mediaType: "application/x-apple-aspen-config", matches: { PropertyListSniff.isSigned($0) }),
    Sniff(
      name: "plist-written", answers: textAnswers, mediaType: "application/x-plist",
      matches: { PropertyListSniff.isWritten($0) }),
    Sniff(
      name: "android-wifi", answers: markupAnswers, mediaType: "application/x-android-wifi",
      matches: {
        startsAsMarkup(
          $0, ["<WifiConfigStoreData", "<WifiBackupData", "<WifiConfigStoreSoftAp", "<SoftApBackup"],
          not: ["<html"])
      }),
    Sniff(
      name: "windows-wlan", answers: markupAnswers, mediaType: "application/x-windows-wlan",
      matches: { startsAsMarkup($0, ["<WLANProfile "], not: ["<html"]) }),
    Sniff(
      name: "wpa-supplicant", answers: textAnswers, mediaType: "text/x-wpa-supplicant",
      matches: { NetworkSniff.isSupplicant($0) }),
    Sniff(
      name: "network-manager", answers: textAnswers, mediaType: "application/x-networkmanager",
      matches: { NetworkSniff.isNetworkManager($0) }),
    Sniff(
      name: "connman", answers: textAnswers, mediaType: "application/x-connman",
      matches: { NetworkSniff.isConnMan($0) }),
    Sniff(
      name: "iwd", answers: textAnswers, mediaType: "application/x-iwd", matches: { NetworkSniff.isIWD($0) }),
    Sniff(
      name: "netplan", answers: textAnswers, mediaType: "application/x-netplan",
      matches: { NetworkSniff.isNetplan($0) }),
    Sniff(
      name: "dhcp-leases", answers: textAnswers, mediaType: "text/x-dhcp-leases",
      matches: { NetworkSniff.isLeases($0) }),
    Sniff(
      name: "desktop-entry", answers: textAnswers, mediaType: "application/x-desktop",
      matches: { LeftoverSniffs.hasFirstSection($0, ["[Desktop Entry]"]) }),
  ]
}

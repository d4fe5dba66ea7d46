extension Sniff {
  /// What accounts export, and what lies around files.
  static let exports: [Sniff] = [
    Sniff(
      name: "geojson-type", answers: ["application/json", "text/plain", "application/octet-stream"],
      mediaType: "application/geo+json", matches: { JSONSniff.isGeoJSON($0) }),
    Sniff(
      name: "google-activity-cells", answers: ["text/html"], mediaType: "application/x-google-activity",
      matches: { TakeoutSniff.isActivity($0) }),
    Sniff(
      name: "google-log-columns", answers: ["text/csv", "application/csv", "text/plain"],
      mediaType: "application/x-google-access-log", matches: { TakeoutSniff.isAccessLog($0) }),
    Sniff(
      name: "google-list-links", answers: ["text/csv", "application/csv", "text/plain"],
      mediaType: "application/x-google-saved-list", matches: { TakeoutSniff.isSavedList($0) }),
    Sniff(
      name: "apple-double", answers: ["application/octet-stream"], mediaType: "application/applefile",
      matches: { LeftoverSniffs.isAppleDouble($0) }),
    Sniff(
      name: "ds-store", answers: ["application/octet-stream"], mediaType: "application/x-apple-dsstore",
      matches: { LeftoverSniffs.isDesktopServicesStore($0) }),
    Sniff(
      name: "thumbs-db",
      answers: ["application/CDFV2", "application/x-ole-storage", "application/octet-stream"],
      mediaType: "application/x-ms-thumbs-db", matches: { LeftoverSniffs.isThumbnailDatabase($0) }),
    Sniff(
      name: "thumbcache", answers: ["application/octet-stream"], mediaType: "application/x-ms-thumbcache",
      matches: { LeftoverSniffs.isThumbnailCache($0) }),
    Sniff(
      name: "recycled", answers: ["application/octet-stream"], mediaType: "application/x-windows-recycled",
      matches: { LeftoverSniffs.isRecycled($0) }),
    Sniff(
      name: "editor-swap", answers: ["application/octet-stream"], mediaType: "application/x-vim-swap",
      matches: { LeftoverSniffs.isSwapFile($0) }),
    Sniff(
      name: "office-owner", answers: ["application/octet-stream", "text/plain"],
      mediaType: "application/x-ms-office-owner", matches: { LeftoverSniffs.isOwnerFile($0) }),
    Sniff(
      name: "office-lock", answers: ["text/plain", "text/csv", "application/csv"],
      mediaType: "text/x-libreoffice-lock", matches: { LeftoverSniffs.isOfficeLock($0) }),
    Sniff(
      name: "zone-identifier", answers: ["text/plain"], mediaType: "text/x-zone-identifier",
      matches: { LeftoverSniffs.hasFirstSection($0, ["[ZoneTransfer]"]) }),
    Sniff(
      name: "trash-info", answers: ["text/plain"], mediaType: "application/x-trash-info",
      matches: { LeftoverSniffs.hasFirstSection($0, ["[Trash Info]"]) }),
    Sniff(
      name: "desktop-ini", answers: ["text/plain", "application/octet-stream"],
      mediaType: "application/x-wine-extension-ini",
      matches: {
        LeftoverSniffs.hasFirstSection(
          $0, ["[.ShellClassInfo]", "[LocalizedFileNames]", "[DeleteOnCopy]", "[ViewState]"])
      }),
    Sniff(
      name: "picasa-ini", answers: ["text/plain"], mediaType: "text/x-picasa-ini",
      matches: { LeftoverSniffs.isPicasa($0) }),
  ]
}

internal import UntrailModel

/// What a backup of a phone says of the phone as a whole.
///
///     Info.plist: Installed Applications: [bundle], Last Backup Date, Device Name, IMEI, ICCID, Phone Number, ...
///     Manifest.plist: Applications: {bundle: {}}, Lockdown: {DeviceName, ...}, IsEncrypted
///
/// Names, numbers and dates are told by their names; here the programs, which say much of who has the phone.
enum DeviceBackup {
  static func take(_ list: PropertyValue, in facts: inout PropertyFacts) {
    if let isEncrypted = list["IsEncrypted"], list["Lockdown"] != nil {
      let text = isEncrypted.isTrue ? "the backup is encrypted" : "the backup is not encrypted"
      facts.add(.label, .text(text), "PLIST:IsEncrypted", at: isEncrypted.offset)
      if case .date(let seconds)? = list["Date"]?.content, let time = PropertyFacts.timestamp(seconds) {
        facts.add(.backup, .timestamp(time), "PLIST:Date", at: list["Date"]?.offset)
      }
    }
    let names =
      list["Installed Applications"]?.items.compactMap(\.text)
      ?? (list["Lockdown"] != nil ? list["Applications"]?.pairs.map(\.key) : nil)
    guard let names, !names.isEmpty else { return }
    let offset = list.first("Installed Applications", "Applications")?.offset
    facts.add(
      .application, .software("\(names.count) installed applications"), "PLIST:InstalledApplications",
      at: offset)
  }
}

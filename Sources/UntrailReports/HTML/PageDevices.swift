internal import UntrailModel

/// The devices that made the files.
extension ScanPageWriter {
  func writeDevices(_ devices: [DeviceGroup], into page: Markup) {
    section("devices", into: page) {
      guard !devices.isEmpty else { return page.element("p", "", html(.devicesNone)) }
      let sorted = devices.sorted { ($1.fileCount, $0.number) < ($0.fileCount, $1.number) }
      page.table(
        caption: html(.devicesCaption),
        columns: [
          (html(.columnDevice), false), (html(.columnFiles), true), (html(.columnFirst), false),
          (html(.columnLast), false), (html(.columnSigns), false), (html(.columnSureness), false),
          (html(.columnExamples), false),
        ],
        rows: sorted.prefix(limits.devices).map { row($0) })
      if sorted.count > limits.devices {
        page.element(
          "p", "class=\"note\"", html(.devicesMore, ["count": number(sorted.count - limits.devices)]))
      }
    }
  }

  private func row(_ device: DeviceGroup) -> [String] {
    let name =
      device.name.isEmpty ? html(.deviceUnnamed) : isolated(redactor.deviceName(device.name, messages))
    var signs: [String] = []
    for identifier in device.identifiers {
      let value = isolated(
        TerminalText.escaped(
          redactor.text(identifier.value, kind: identifier.kind, role: identifier.role)))
      if signs.count < 6, !signs.contains(value) { signs.append(value) }
    }
    return [
      html(.deviceNumber, ["number": number(Int(device.number))]) + ", " + name,
      number(device.fileCount), device.firstDay.map { day($0) } ?? "", device.lastDay.map { day($0) } ?? "",
      signs.joined(separator: ", "), html(sureness(device.confidence)),
      device.examples.prefix(3).map { shownPath($0) }.joined(separator: ", "),
    ]
  }
}

internal import UntrailModel

/// Settings.json of the location history: the account's phones.
///
///     {"gaiaId": "", "createdTime": "", "modifiedTime": "", "deviceSettings": [
///       {"deviceTag": 0, "devicePrettyName": "", "platformType": "ANDROID", "androidOsLevel": 28,
///        "legalCountryCode": "fr", "deviceCreationTime": "",
///        "deviceSpec": {"manufacturer": "", "brand": "", "model": ""}}]}
///
/// Source: C. Bergillos, "Location History Format", Settings.json (2022).
enum GoogleSettings {
  static func takeDevice(_ record: JSONValue, _ timeline: inout GoogleTimeline) {
    let facts = timeline.facts
    let specification = record[.deviceSpec]
    let name = record[.devicePrettyName]?.text ?? ""
    let model = specification?[.model]?.text ?? ""
    let device = Device(
      make: specification?.first([.manufacturer, .brand])?.text ?? "", model: model.isEmpty ? name : model,
      hostName: name == model || model.isEmpty ? "" : name)
    if !device.name.isEmpty {
      let place = record[.devicePrettyName]?.offset ?? specification?.offset
      facts.add(
        .handset, .device(device), "GoogleLocationHistory:deviceSettings", at: place,
        once: "\(device.make)|\(device.model)|\(device.hostName)")
    }
    timeline.takeDevice(record[.deviceTag])
    timeline.takeSystem(record[.platformType], record[.androidOSLevel])
    facts.addTime(.created, record[.deviceCreationTime], "GoogleLocationHistory:deviceCreationTime")
    facts.add(.country, record[.legalCountryCode], "GoogleLocationHistory:legalCountryCode") {
      .place($0.uppercased())
    }
  }

  static func takeHead(_ head: JSONValue, _ facts: ExportFacts) {
    facts.add(.account, head[.gaiaID], "GoogleLocationHistory:gaiaId") { .person($0) }
    facts.addTime(.created, head[.createdTime], "GoogleLocationHistory:createdTime")
    facts.addTime(.modified, head[.modifiedTime], "GoogleLocationHistory:modifiedTime")
  }
}

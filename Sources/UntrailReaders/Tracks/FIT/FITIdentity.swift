internal import UntrailModel

/// What one message of a FIT file says of devices and people.
///
/// Source: Garmin, FIT SDK 21.205, Profile, "Messages" and "Types".
struct FITIdentity {
  let message: FITMessage
  private(set) var facts: [Observation] = []
  /// What the file is for, where the message says so.
  private(set) var fileType: Int64?
  private(set) var hasSentence = false

  init(message: FITMessage) { self.message = message }

  mutating func read() {
    switch message.definition.message {
    case 0:
      fileType = message.number(0)
      addDevice("file_id", make: 1, product: 2, name: 8, serial: 3, isAccessory: false)
    case 72: addDevice("training_file", make: 1, product: 2, name: nil, serial: 3, isAccessory: false)
    case 28: addDevice("schedule", make: 0, product: 1, name: nil, serial: 2, isAccessory: false)
    case 106: addDevice("slave_device", make: 0, product: 1, name: nil, serial: nil, isAccessory: true)
    case 23: readDeviceInfo()
    case 49: addVersion("file_creator", 0)
    case 35: addVersion("software", 3)
    case 3: addText(.owner, 0, "user_profile-friendly_name") { .person($0) }
    case 4: addAntennaNumber(1, "hrm_profile-hrm_ant_id")
    case 5: addAntennaNumber(1, "sdm_profile-sdm_ant_id")
    case 6: readBicycle()
    case 127: addText(.recorder, 3, "connectivity-name") { .device(Device(hostName: $0)) }
    case 18: addText(.participant, 84, "session-opponent_name") { .person($0) }
    case 31: addText(.title, 5, "course-name") { .text($0) }
    case 26: addText(.title, 8, "workout-wkt_name") { .text($0) }
    case 32: addText(.waypoint, 6, "course_point-name") { .place($0) }
    case 29:
      addText(.waypoint, 0, "location-name") { .place($0) }
      addText(.description, 6, "location-description") { .text($0) }
    case 128: addText(.city, 8, "weather_conditions-location") { .place($0) }
    case 148:
      addText(.title, 0, "segment_id-name") { .text($0) }
      addText(.documentID, 1, "segment_id-uuid") { .link($0) }
    case 142:
      addText(.title, 29, "segment_lap-name") { .text($0) }
      addText(.documentID, 65, "segment_lap-uuid") { .link($0) }
    case 149:
      addText(.participant, 0, "segment_leaderboard_entry-name") { .person($0) }
      addText(.documentID, 5, "segment_leaderboard_entry-activity_id_string") { .link($0) }
    case 151: addText(.documentID, 1, "segment_file-file_uuid") { .link($0) }
    case 161: addText(.documentID, 2, "camera_event-camera_file_uuid") { .link($0) }
    case 184: addText(.path, 0, "video-url") { .link($0) }
    case 177: hasSentence = message.text(1) != nil
    case 207:
      guard let application = message.identifier(1) else { return }
      add(.application, .software(application), "developer_data_id-application_id", 1)
    default: break
    }
  }

  private mutating func add(_ role: Role, _ fact: Observation.Fact, _ field: String, _ number: UInt8) {
    facts.append(Observation(role, fact, field: "FIT:" + field, offset: message.place(number)))
  }

  private mutating func addText(
    _ role: Role, _ number: UInt8, _ field: String, _ fact: (String) -> Observation.Fact
  ) {
    if let text = message.text(number) { add(role, fact(text), field, number) }
  }

  /// Adds a device, by its maker, its product or the name that it gives itself, and its serial number.
  private mutating func addDevice(
    _ name: String, make: UInt8, product: UInt8, name modelName: UInt8?, serial: UInt8?, isAccessory: Bool
  ) {
    let maker = message.number(make) ?? 0
    let product16 = message.number(product) ?? 0
    var device = Device()
    if maker > 0 { device.make = FITProducts.manufacturer(maker) }
    if product16 > 0 { device.model = FITProducts.product(product16, of: maker) }
    let ownName = modelName.flatMap { message.text($0) } ?? ""
    if !ownName.isEmpty { device.model = ownName }
    if !device.make.isEmpty || !device.model.isEmpty {
      add(isAccessory ? .accessory : .recorder, .device(device), name + "-manufacturer", make)
    }
    if let serial, let number = message.number(serial), number > 0 {
      add(isAccessory ? .accessory : .body, .serial(String(number)), name + "-serial_number", serial)
    }
  }

  private mutating func readDeviceInfo() {
    // 0 is the device that made the file.
    let isAccessory = message.number(0) != 0
    addDevice("device_info", make: 2, product: 4, name: 27, serial: 3, isAccessory: isAccessory)
    addAntennaNumber(21, "device_info-ant_device_number")
    addText(.accessory, 19, "device_info-descriptor") { .device(Device(hostName: $0)) }
    guard !isAccessory, let version = message.number(5), version > 0 else { return }
    let cents = version % 100
    let text = String(version / 100) + (cents < 10 ? ".0" : ".") + String(cents)
    add(.firmware, .software(text), "device_info-software_version", 5)
  }

  private mutating func addVersion(_ name: String, _ number: UInt8) {
    guard let version = message.number(number), version > 0 else { return }
    add(
      .firmware, .software(String(version)), name + (number == 0 ? "-software_version" : "-version"), number)
  }

  /// Adds the number that a sensor sends with everything it sends.
  private mutating func addAntennaNumber(_ number: UInt8, _ field: String) {
    guard let id = message.number(number), id > 0 else { return }
    add(.accessory, .serial(String(id)), field, number)
  }

  private mutating func readBicycle() {
    addText(.accessory, 0, "bike_profile-name") { .device(Device(hostName: $0)) }
    addAntennaNumber(4, "bike_profile-bike_spd_ant_id")
    addAntennaNumber(5, "bike_profile-bike_cad_ant_id")
    addAntennaNumber(6, "bike_profile-bike_spdcad_ant_id")
    addAntennaNumber(7, "bike_profile-bike_power_ant_id")
  }
}

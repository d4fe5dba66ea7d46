internal import UntrailModel

/// What messengers and networks export of an account, whatever the file is called:
///
///     {"personal_information": {"first_name": "", "phone_number": "", "username": ""},           Telegram
///      "sessions": {"list": [{"last_ip": "", "device_model": "", "application_name": ""}]},
///      "chats": {"list": [{"name": "", "type": "personal_chat", "messages": [
///        {"from": "", "from_id": "user1", "date_unixtime": "0", "text": "", "place_name": "", "address": "",
///         "location_information": {"latitude": 0.0, "longitude": 0.0},
///         "contact_information": {"first_name": "", "phone_number": ""}}]}]}}
///     {"participants": [{"name": ""}], "messages": [{"sender_name": "", "timestamp_ms": 0}]}      Facebook, Instagram
///     {"media_metadata": {"photo_metadata": {"exif_data": [{"upload_ip": "", "taken_timestamp": 0,
///       "latitude": 0.0, "longitude": 0.0, "camera_make": "", "camera_model": ""}]}}}
///     {"string_map_data": {"IP Address": {"value": ""}, "User Agent": {"value": ""}}}
///     {"Location History": [{"Time": "", "Latitude, Longitude": "48.858 ± 14.2, 2.294 ± 14.2"}]}  Snapchat
///     [{"account": {"email": "", "username": "", "accountId": ""}}, {"ipAudit": {"loginIp": ""}},  X
///      {"tweet": {"created_at": "", "geo": {"type": "Point", "coordinates": ["48.858", "2.294"]}}}]
///     {"date": "", "sender": "", "body": ""}                                                      Signal
///
/// Facebook writes each byte of UTF-8 as a character of its own.
///
/// Source: Telegram, "Export schema"; published exports of the others.
struct AccountExport {
  private let facts: ExportFacts

  init(_ facts: ExportFacts) { self.facts = facts }

  /// Whether positions in values of a name are told here.
  static func tellsPlaces(of key: JSONKey) -> Bool {
    key == .locationInformation || key == .exifData || key == .geo
  }

  /// Takes what a value and the values in it say of the account.
  func take(_ value: JSONValue, of list: JSONKey) {
    guard value.isObject || value.isList else { return }
    if value.isObject { takeObject(value, of: list) }
    for child in value.children where child.isObject || child.isList {
      take(child, of: child.key == .other ? list : child.key)
    }
  }

  private func takeObject(_ value: JSONValue, of list: JSONKey) {
    var isMessage = false
    var hasPerson = false
    var hasDevice = false
    // Most objects are none of these: each is gone over once.
    value.forEach { key, child in
      switch key {
      case .ipAddress, .phoneNumber, .emailAddress, .userAgent: takeContact(key, child)
      case .senderName, .fromID, .locationInformation, .geo: isMessage = true
      case .firstName, .lastName, .userName, .fullName: hasPerson = true
      case .deviceModel, .applicationName: hasDevice = true
      case .latitudeLongitude: takeHistory(value, child)
      case .exifData: child.children.forEach { takePicture($0) }
      case .messages: takeChat(value)
      default: break
      }
    }
    if isMessage { takeMessage(value) }
    if hasPerson { takePerson(value, of: list) }
    if hasDevice { takeSession(value) }
    if list == .participants { add(.participant, value[.name], "Export:participants") { .person($0) } }
  }

  // MARK: People and devices

  private func add(
    _ role: Role, _ value: JSONValue?, _ field: String, as fact: (String) -> Observation.Fact
  ) {
    guard let value, let text = value.text.map(Self.mended), !text.isEmpty else { return }
    facts.add(role, fact(text), field, at: value.offset, once: text)
  }

  private func takeContact(_ key: JSONKey, _ value: JSONValue) {
    let value = value.isObject ? value[.value] ?? value : value
    guard let text = value.label, text.utf8.count <= 512 else { return }
    let meaning: (role: Role, fact: Observation.Fact)?
    let field: String
    switch key {
    case .ipAddress: (meaning, field) = (DelimitedMeaning.ipAddress.fact(text), "Export:ip-address")
    case .phoneNumber: (meaning, field) = (DatabaseMeaning.phone.fact(text), "Export:phone-number")
    case .emailAddress: (meaning, field) = (DatabaseMeaning.email.fact(text), "Export:email")
    default: (meaning, field) = ((.application, .software(text)), "Export:user-agent")
    }
    guard let meaning else { return }
    facts.add(meaning.role, meaning.fact, field, at: value.offset, once: text)
  }

  /// The account itself, or somebody in its address book.
  private func takePerson(_ value: JSONValue, of list: JSONKey) {
    let isOwn = list == .personalInformation || value[.userID] != nil && value[.emailAddress] != nil
    guard isOwn || value[.phoneNumber] != nil || list == .contactInformation else { return }
    let names = [JSONKey.firstName, .lastName].compactMap { value[$0]?.text.map(Self.mended) }
    let name = names.isEmpty ? value[.fullName]?.text.map(Self.mended) ?? "" : names.joined(separator: " ")
    if !name.isEmpty {
      facts.add(isOwn ? .account : .contact, .person(name), "Export:name", at: value.offset, once: name)
    }
    if isOwn { add(.account, value[.userName], "Export:username") { .person($0) } }
  }

  private func takeSession(_ value: JSONValue) {
    add(.handset, value[.deviceModel], "Export:device-model") { .device(Device(model: $0)) }
    if let name = value[.applicationName]?.text {
      let text = [name, value[.applicationVersion]?.text ?? ""].filter { !$0.isEmpty }.joined(separator: " ")
      facts.add(
        .application, .software(text), "Export:application-name", at: value[.applicationName]?.offset,
        once: text)
    }
    if let platform = value[.platform]?.text, let version = value[.systemVersion]?.text {
      let text = platform + " " + version
      facts.add(.firmware, .software(text), "Export:system-version", at: value[.platform]?.offset, once: text)
    }
    add(.country, value[.lastCountry], "Export:last-country") { .place($0) }
    facts.addTime(.lastUsed, value[.lastActive], "Export:last-active")
  }

  // MARK: Messages

  /// With whom a chat is, where it is with one person.
  private func takeChat(_ value: JSONValue) {
    guard let type = value[.type]?.text, type == "personal_chat" || type == "bot_chat" else { return }
    add(.participant, value[.name], "Export:chat") { .person($0) }
  }

  private func takeMessage(_ value: JSONValue) {
    let time = JSONTime(value.first([.unixTime, .otherTime, .timestamp, .date, .time]))
    // A name alone may be that of anything.
    if time != nil || value[.fromID] != nil {
      add(.sender, value[.senderName], "Export:sender") { .person($0) }
      for key in [JSONKey.text, .body] { takeLinks(value[key], time) }
    }
    if let place = value[.locationInformation], let latitude = place[.latitude]?.looseNumber,
      let longitude = place[.longitude]?.looseNumber
    {
      addShared(latitude, longitude, time, "Export:location-information", at: place.offset)
      add(.landmark, value[.placeLabel], "Export:place-name") { .place($0) }
      add(.address, value[.address], "Export:address") { .contact($0) }
    }
    // Of the two that X writes, this has the latitude first.
    if let geo = value[.geo], geo[.type]?.text == "Point", let position = geo[.coordinates]?.positions.first {
      addShared(position.x, position.y, time, "Export:geo", at: geo.offset)
      add(.city, value[.place]?[.fullName], "Export:place") { .place($0) }
    }
  }

  private func takeLinks(_ value: JSONValue?, _ time: JSONTime?) {
    guard let text = value?.text, text.utf8.count <= facts.limits.text, text.holds("://") else { return }
    for link in AddressText.links(in: text, most: 4) {
      guard let place = MapLink(link) else { continue }
      addShared(place.latitude, place.longitude, time, "Export:link", at: value?.offset)
    }
  }

  private func addShared(
    _ latitude: Double, _ longitude: Double, _ time: JSONTime?, _ field: String, at offset: Int?
  ) {
    guard let coordinate = facts.coordinate(latitude, longitude, at: offset) else { return }
    var location = Location(coordinate: coordinate)
    location.time = time?.timestamp
    facts.addPlace(.shared, location, field, at: offset)
  }

  // MARK: Pictures and ways

  private func takePicture(_ value: JSONValue) {
    let time = JSONTime(value[.takenTime])
    facts.addTime(.original, value[.takenTime], "Export:taken-timestamp")
    let device = Device(make: value[.cameraMake]?.text ?? "", model: value[.cameraModel]?.text ?? "")
    if !device.name.isEmpty {
      facts.add(
        .camera, .device(device), "Export:camera-model",
        at: value.first([.cameraModel, .cameraMake])?.offset,
        once: device.name)
    }
    guard let latitude = value[.latitude]?.looseNumber, let longitude = value[.longitude]?.looseNumber,
      let coordinate = facts.coordinate(latitude, longitude, at: value.offset)
    else { return }
    var location = Location(coordinate: coordinate)
    location.time = time?.timestamp
    facts.addPlace(.camera, location, "Export:exif-data", at: value.offset)
  }

  /// "48.858 ± 14.2, 2.294 ± 14.2"
  private func takeHistory(_ value: JSONValue, _ position: JSONValue) {
    let halves = position.text?.split(separator: ",") ?? []
    let numbers = halves.compactMap { half in
      half.split(separator: "±").first.flatMap { WrittenNumber.read(Array($0.trimmedASCII.utf8)) }
    }
    guard halves.count == 2, numbers.count == 2,
      let coordinate = facts.coordinate(numbers[0], numbers[1], at: position.offset)
    else { return }
    let time = value[.time]?.text.flatMap { text in
      // Snapchat writes "2024/04/28 21:09:02 UTC".
      Array(text.replacing("/", with: "-").utf8).withUnsafeBufferPointer { JSONTime(text: $0) }
    }
    facts.addHistory(coordinate, time, "Export:LatitudeLongitude", at: position.offset)
  }

  // MARK: Text

  /// The text whose bytes were written as characters; the text itself where they were not.
  static func mended(_ text: String) -> String {
    guard text.unicodeScalars.contains(where: { $0.value >= 0x80 }),
      text.unicodeScalars.allSatisfy({ $0.value <= 0xFF })
    else { return text }
    return String(validating: text.unicodeScalars.map { UInt8(truncatingIfNeeded: $0.value) }, as: UTF8.self)
      ?? text
  }
}

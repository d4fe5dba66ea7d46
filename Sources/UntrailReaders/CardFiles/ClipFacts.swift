internal import UntrailModel

/// What the elements of one description of a clip say.
struct ClipFacts {
  private var facts: FactSet
  private var position = ClipPosition()
  private var device = Device()
  private var devicePlace: Int?

  init(_ limits: Limits) { facts = FactSet(limit: limits.observations) }

  mutating func take(_ element: MarkupElement, into result: inout ReadResult) {
    takeAttributes(element, into: &result)
    if !element.text.isEmpty { takeText(element, element.text, element.offset, into: &result) }
  }

  private mutating func add(
    _ role: Role, _ fact: Observation.Fact, _ name: String, _ place: Int?, into result: inout ReadResult
  ) {
    facts.add(role, fact, "XML:" + name, at: place, into: &result)
  }

  private mutating func addTime(
    _ role: Role, _ text: String, _ name: String, _ place: Int?, into result: inout ReadResult
  ) {
    guard let time = WrittenTime.read(text) else { return }
    add(role, .timestamp(time), name, place, into: &result)
  }

  private mutating func addDevice(make: String? = nil, model: String? = nil, _ place: Int?) {
    if let make { device.make = make }
    if let model { device.model = model }
    devicePlace = devicePlace ?? place
  }

  private mutating func addSerial(_ text: String, _ place: Int?, into result: inout ReadResult) {
    guard let serial = MakerNoteText.serial(text) else { return }
    add(.body, .serial(serial), "DeviceSerialNo", place, into: &result)
  }

  // MARK: Sony

  private mutating func takeAttributes(_ element: MarkupElement, into result: inout ReadResult) {
    switch element.name {
    case "NonRealTimeMeta":
      if let (text, place) = element.attribute("lastUpdate") {
        addTime(.modified, text, "LastUpdate", place, into: &result)
      }
    case "CreationDate":
      if let (text, place) = element.attribute("value") {
        addTime(.original, text, "CreationDateValue", place, into: &result)
      }
    case "Device":
      let make = element.attribute("manufacturer")
      let model = element.attribute("modelName")
      addDevice(make: make?.value, model: model?.value, model?.offset ?? make?.offset)
      if let (text, place) = element.attribute("serialNo") { addSerial(text, place, into: &result) }
    case "TargetMaterial", "RelatedTo":
      for key in ["umidRef", "umid"] {
        guard let (text, place) = element.attribute(key) else { continue }
        add(
          element.name == "RelatedTo" ? .mediaGroup : .contentIdentifier, .link(text),
          element.name + key.prefix(1).uppercased() + key.dropFirst(), place, into: &result)
      }
      if let (text, place) = element.attribute("file") ?? element.attribute("uri") {
        add(.originalFileName, .link(text), element.name + "File", place, into: &result)
      }
    case "Item":
      guard let (key, _) = element.attribute("name"), let (text, place) = element.attribute("value") else {
        return
      }
      position.take(key, text, place)
    case "Lens":
      guard let (text, place) = element.attribute("modelName") else { return }
      add(.lens, .device(Device(model: text)), "LensModelName", place, into: &result)
    default: break
    }
  }

  // MARK: Panasonic, Canon

  private mutating func takeText(
    _ element: MarkupElement, _ text: String, _ place: Int?, into result: inout ReadResult
  ) {
    let name = element.name
    switch name {
    case "Manufacturer": addDevice(make: text, place)
    case "ModelName", "Model": addDevice(model: text, place)
    case "SerialNo", "SerialNumber": addSerial(text, place, into: &result)
    case "GlobalClipID", "GlobalShotID", "RelationGlobalClipID":
      add(.contentIdentifier, .link(text), name, place, into: &result)
    case "UserClipName", "ProgramName", "Title": add(.title, .text(text), name, place, into: &result)
    case "Creator", "LastUpdatePerson", "Shooter", "Reporter", "Cameraman":
      add(name == "LastUpdatePerson" ? .editor : .creator, .person(text), name, place, into: &result)
    case "CreationDate": addTime(.created, text, name, place, into: &result)
    case "LastUpdateDate", "LastUpdate": addTime(.modified, text, name, place, into: &result)
    case "StartDate": addTime(.original, text, name, place, into: &result)
    case "EndDate": addTime(.end, text, name, place, into: &result)
    case "PlaceName", "LocationName": add(.landmark, .place(text), name, place, into: &result)
    case "Latitude", "Longitude", "Altitude", "LatitudeRef", "LongitudeRef": position.take(name, text, place)
    case "Memo", "Text", "Description": add(.comment, .text(text), name, place, into: &result)
    case "Object", "Purpose", "SceneNo", "TakeNo": add(.label, .text(text), name, place, into: &result)
    case "Application", "FirmwareVersion": add(.firmware, .software(text), name, place, into: &result)
    default: break
    }
  }

  mutating func finish(into result: inout ReadResult) {
    if !device.name.isEmpty {
      let name = device.model.isEmpty ? "DeviceManufacturer" : "DeviceModelName"
      add(.camera, .device(device), name, devicePlace, into: &result)
    }
    position.observe(into: &result)
  }
}

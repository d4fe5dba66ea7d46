internal import UntrailBytes
internal import UntrailModel

/// XML that a camera keeps in a film: Sony's NonRealTimeMeta, Panasonic's metadata, Google's SphericalVideo.
///
///     <Device manufacturer="Sony" modelName="ILCE-7M3" serialNo="4294967295"/>
///     <CreationDate value="2026-07-14T10:12:44+02:00"/>
///     <Lens modelName="..."/>
///     <TargetMaterial umidRef="..."/>
///     <Group name="ExifGPS"><Item name="LatitudeRef" value="N"/><Item name="Latitude" value="48:51:29.6"/> ...
///     <Manufacturer>, <ModelName>, <SerialNo.>, <StartDate>, <GlobalClipID>, <Creator>, <StitchingSoftware>
///
/// Source: Sony, XDCAM Non-real Time Meta Data; Panasonic, P2 Clip Metadata; Google, Spherical Video RFC 1.
final class CameraXML: XMLDocumentHandler {
  private let session: MovieSession
  private let offset: Int?
  private var items: [String: String] = [:]

  static func read(_ body: ByteView, _ session: MovieSession) {
    let handler = CameraXML(session, at: body.place(0))
    var end = body.count
    // Zeros fill the rest of a box.
    while end > 0, end > body.count - 64, (try? body.u8(at: end - 1)) == 0 { end -= 1 }
    let source = ByteSource(partOf: body.source, start: body.start, count: end)
    if let flaw = XMLDocument.read(source, session.tools.limits, handler) {
      session.result.damage(ParseError(flaw.code, at: body.start, flaw.what))
    }
    handler.observePlace()
  }

  private init(_ session: MovieSession, at offset: Int?) {
    self.session = session
    self.offset = offset
  }

  func start(_ tag: XMLStartTag) {
    switch tag.name {
    case "Device":
      session.addDevice(
        make: tag.attribute("manufacturer") ?? "", model: tag.attribute("modelName") ?? "", at: offset)
      addSerial(tag.attribute("serialNo"))
    case "CreationDate":
      if let text = tag.attribute("value") {
        session.addTime(text, .original, "XML:CreationDateValue", at: offset)
      }
    case "LastUpdate":
      if let text = tag.attribute("value") { session.addTime(text, .modified, "XML:LastUpdate", at: offset) }
    case "Lens":
      if let model = tag.attribute("modelName").flatMap(MakerNoteText.readable) {
        session.add(.lens, .device(Device(model: model)), "XML:LensModelName", at: offset)
      }
    case "TargetMaterial":
      if let id = tag.attribute("umidRef").flatMap(MakerNoteText.readable) {
        session.add(.documentID, .link(id), "XML:TargetMaterialUmidRef", at: offset)
      }
    case "Item":
      if items.count < 256, let name = tag.attribute("name"), let value = tag.attribute("value") {
        items[name] = value
      }
    default: break
    }
  }

  func wantsText(of name: String) -> Bool { Self.texts.contains(name) }

  private static let texts: Set<String> = [
    "Manufacturer", "ModelName", "SerialNo.", "SerialNo", "StartDate", "GlobalClipID", "Creator",
    "StitchingSoftware", "Shooter",
  ]

  func end(_ name: String, text: UnsafeBufferPointer<UInt8>) {
    guard Self.texts.contains(name), let text = ExifText.ascii(text).flatMap(MakerNoteText.readable) else {
      return
    }
    switch name {
    case "Manufacturer": session.addDevice(make: text, at: offset)
    case "ModelName": session.addDevice(model: text, at: offset)
    case "SerialNo.", "SerialNo": addSerial(text)
    case "StartDate": session.addTime(text, .original, "XML:StartDate", at: offset)
    case "GlobalClipID": session.add(.documentID, .link(text), "XML:GlobalClipID", at: offset)
    case "Creator": session.add(.creator, .person(text), "XML:Creator", at: offset)
    case "Shooter": session.add(.photographer, .person(text), "XML:Shooter", at: offset)
    case "StitchingSoftware":
      session.add(.processing, .software(text), "XMP-GSpherical:StitchingSoftware", at: offset)
    default: break
    }
  }

  /// 4294967295 is what Sony writes for none.
  private func addSerial(_ text: String?) {
    guard let serial = text.flatMap(MakerNoteText.serial), serial != "4294967295" else { return }
    session.add(.body, .serial(serial), "XML:DeviceSerialNo", at: offset)
  }

  private func observePlace() {
    guard items["Status"].map({ $0 == "A" }) ?? true, let north = items["LatitudeRef"]?.first,
      let east = items["LongitudeRef"]?.first, "NS".contains(north), "EW".contains(east),
      let latitude = Self.degrees(items["Latitude"]), let longitude = Self.degrees(items["Longitude"])
    else { return }
    session.addPlace(
      north == "S" ? -latitude : latitude, east == "W" ? -longitude : longitude,
      items["Altitude"].flatMap { GeoText.number(Substring($0)) }, "XML:AcquisitionRecordGroupItem",
      at: offset)
    guard let day = items["DateStamp"], let clock = items["TimeStamp"] else { return }
    session.placeDetails.time = WrittenTime.read("\(day) \(clock)+00:00")
  }

  /// "48:51:29.6"
  private static func degrees(_ text: String?) -> Double? {
    guard let parts = text?.split(separator: ":"), (1...3).contains(parts.count) else { return nil }
    var sum = 0.0
    var unit = 1.0
    for part in parts {
      guard let number = GeoText.number(part), number >= 0 else { return nil }
      sum += number / unit
      unit *= 60
    }
    return sum
  }
}

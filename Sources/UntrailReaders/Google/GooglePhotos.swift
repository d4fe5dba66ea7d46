internal import UntrailModel

/// What Google Photos writes beside each picture and into each album.
///
///     {"title": "IMG_1.jpg", "description": "", "imageViews": "1", "url": "",
///      "creationTime": {"timestamp": "1697872351", "formatted": ""},      when it was uploaded
///      "photoTakenTime": {...}, "photoLastModifiedTime": {...},
///      "geoData": {"latitude": 0.0, "longitude": 0.0, "altitude": 0.0},   0 where there is none
///      "geoDataExif": {...},                                              as in the picture
///      "people": [{"name": ""}], "appSource": {"androidPackageName": ""},
///      "googlePhotosOrigin": {"mobileUpload": {"deviceFolder": {"localFolderName": ""}, "deviceType": ""}}}
///     {"title": "", "description": "", "access": "", "date": {...}, "geoData": {...}}    an album
///
/// Source: published exports.
struct GooglePhotos {
  private let facts: ExportFacts
  /// The parts that are lists, until it is known what they belong to.
  private var parts: [(role: Role, fact: Observation.Fact, field: String, offset: Int?, text: String)] = []

  init(_ facts: ExportFacts) { self.facts = facts }

  mutating func takePart(_ record: JSONValue, of list: JSONKey) {
    guard parts.count < facts.limits.members else { return }
    func keep(_ role: Role, _ value: JSONValue?, _ field: String, _ fact: (String) -> Observation.Fact) {
      guard let value, let text = value.text else { return }
      parts.append((role, fact(text), field, value.offset, text))
    }
    if list == .people {
      keep(.depicted, record[.name], "GooglePhotos:people") { .person($0) }
    } else {
      keep(.comment, record[.text], "GooglePhotos:sharedAlbumComments") { .text($0) }
      keep(.participant, record[.contentOwnerName], "GooglePhotos:contentOwnerName") { .person($0) }
    }
  }

  /// - Returns: false where this is about no picture and no album.
  mutating func takeHead(_ head: JSONValue) -> Bool {
    defer { parts.removeAll() }
    let head = head[.albumData] ?? head
    let isPicture = head.first([.photoTakenTime, .googlePhotosOrigin, .geoDataExif]) != nil
    guard isPicture || head[.geoData] != nil || head[.access] != nil && head[.date]?[.timestamp] != nil else {
      return false
    }
    if isPicture {
      facts.add(.originalFileName, head[.title], "GooglePhotos:title") { .link($0) }
    } else {
      facts.add(.title, head[.title], "GooglePhotos:title") { .text($0) }
    }
    facts.add(.description, head[.description], "GooglePhotos:description") { .text($0) }
    facts.add(.documentID, head[.url], "GooglePhotos:url") { .link($0) }
    facts.addTime(.original, head[.photoTakenTime]?[.timestamp], "GooglePhotos:photoTakenTime")
    facts.addTime(.upload, head[.creationTime]?[.timestamp], "GooglePhotos:creationTime")
    facts.addTime(.modified, head[.modificationTime]?[.timestamp], "GooglePhotos:modificationTime")
    facts.addTime(.created, head[.date]?[.timestamp], "GooglePhotos:date")
    facts.add(.landmark, head[.location], "GooglePhotos:location") { .place($0) }
    takePlace(head)
    takeOrigin(head)
    for part in parts { facts.add(part.role, part.fact, part.field, at: part.offset, once: part.text) }
    return true
  }

  /// The place that Google has, and that in the picture where it is another one.
  private func takePlace(_ head: JSONValue) {
    let shown = place(head[.geoData])
    let exif = place(head[.geoDataExif])
    if let shown { facts.addPlace(.camera, shown, "GooglePhotos:geoData", at: head[.geoData]?.offset) }
    if let exif, exif.coordinate != shown?.coordinate {
      facts.addPlace(.camera, exif, "GooglePhotos:geoDataExif", at: head[.geoDataExif]?.offset)
    }
  }

  private func place(_ data: JSONValue?) -> Location? {
    guard let data, let latitude = data[.latitude]?.looseNumber,
      let longitude = data[.longitude]?.looseNumber,
      // Every picture without a place has these.
      latitude != 0 || longitude != 0,
      let coordinate = facts.coordinate(latitude, longitude, at: data.offset)
    else { return nil }
    var location = Location(coordinate: coordinate)
    location.altitude = data[.altitude]?.looseNumber.flatMap { $0 == 0 ? nil : $0 }
    return location
  }

  private func takeOrigin(_ head: JSONValue) {
    facts.add(.application, head[.appSource]?[.androidPackageName], "GooglePhotos:appSource") {
      .software($0)
    }
    guard let upload = head[.googlePhotosOrigin]?[.mobileUpload] else { return }
    facts.add(.handset, upload[.deviceType], "GooglePhotos:deviceType") { .device(Device(model: $0)) }
    facts.add(.path, upload[.deviceFolder]?[.localFolderName], "GooglePhotos:localFolderName") { .link($0) }
  }
}

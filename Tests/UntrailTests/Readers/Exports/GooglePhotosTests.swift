import Testing
import UntrailModel
import UntrailReaders

@Suite("Google Photos")
struct GooglePhotosTests {
  private func sidecar(_ data: String, _ exif: String) -> String {
    """
    {"title": "IMG_1.jpg", "description": "At the tower", "imageViews": "1",
     "creationTime": {"timestamp": "1697872351", "formatted": "21 oct. 2023, 07:12:31 UTC"},
     "photoTakenTime": {"timestamp": "1696574136", "formatted": "6 oct. 2023, 06:35:36 UTC"},
     "photoLastModifiedTime": {"timestamp": "1697872400"},
     "geoData": {\(data), "latitudeSpan": 0.0, "longitudeSpan": 0.0},
     "geoDataExif": {\(exif), "latitudeSpan": 0.0, "longitudeSpan": 0.0},
     "people": [{"name": "Mara Example"}, {"name": "Jo Example"}],
     "url": "https://photos.google.com/photo/made-up",
     "appSource": {"androidPackageName": "com.example.camera"},
     "sharedAlbumComments": [{"text": "Lovely", "contentOwnerName": "Ann Example", "creationTime": {"timestamp": "1697872352"}}],
     "googlePhotosOrigin": {"mobileUpload": {"deviceFolder": {"localFolderName": "Signal"}, "deviceType": "ANDROID_PHONE"}}}
    """
  }

  private let tower = #""latitude": 48.8584, "longitude": 2.2945, "altitude": 35.5"#
  private let louvre = #""latitude": 48.8606, "longitude": 2.3376, "altitude": 0.0"#
  private let nowhere = #""latitude": 0.0, "longitude": 0.0, "altitude": 0.0"#

  @Test("all that stands beside a picture")
  func reads() throws {
    let result = readExport(sidecar(tower, tower))
    #expect(result.places(with: .camera).count == 1)
    #expect(result.locations.first?.altitude == 35.5)
    #expect(result.text(.link, .originalFileName) == "IMG_1.jpg")
    #expect(result.text(.link, .documentID) == "https://photos.google.com/photo/made-up")
    #expect(result.text(.link, .path) == "Signal")
    #expect(result.text(.text, .description) == "At the tower")
    #expect(result.timestamp(.original) == Timestamp(civilSeconds: 1_696_574_136, utcOffsetMinutes: 0))
    #expect(result.timestamp(.upload)?.civilSeconds == 1_697_872_351)
    #expect(result.timestamp(.modified)?.civilSeconds == 1_697_872_400)
    #expect(result.texts(.person, .depicted) == ["Mara Example", "Jo Example"])
    #expect(result.texts(.text, .comment) == ["Lovely"])
    #expect(result.texts(.person, .participant) == ["Ann Example"])
    #expect(result.text(.device, .handset) == "ANDROID_PHONE")
    #expect(result.text(.software, .application) == "com.example.camera")
    #expect(result.diagnostics.isEmpty)
  }

  @Test("where the picture and Google differ, both are said")
  func twoPlaces() {
    let result = readExport(sidecar(tower, louvre))
    #expect(
      result.observations.filter { $0.kind == .location }.map(\.field) == [
        "GooglePhotos:geoData", "GooglePhotos:geoDataExif",
      ])
  }

  @Test("no place is none, and no fault")
  func clean() {
    let result = readExport(sidecar(nowhere, nowhere))
    #expect(result.locations.isEmpty && result.diagnostics.isEmpty)
    #expect(
      readExport(sidecar(nowhere, tower)).observations.filter { $0.kind == .location }.map(\.field) == [
        "GooglePhotos:geoDataExif"
      ])
  }

  @Test("an album has a title, and may have a place")
  func album() {
    let text = """
      {"title": "Praha", "description": "", "access": "protected", "location": "Prague",
       "date": {"timestamp": "1697872351", "formatted": ""}, "geoData": {"latitude": 50.0875, "longitude": 14.4213}}
      """
    let result = readExport(text)
    #expect(result.text(.text, .title) == "Praha")
    #expect(result.text(.place, .landmark) == "Prague")
    #expect(result.locations.count == 1)
    #expect(result.timestamp(.created)?.civilSeconds == 1_697_872_351)
    #expect(readExport("{\"albumData\": \(text)}").text(.text, .title) == "Praha")
  }

  @Test("people and titles of other JSON are nobody's business")
  func others() {
    #expect(
      readExport(#"{"title": "x", "people": [{"name": "Mara Example"}], "url": "y"}"#).observations.isEmpty)
  }

  @Test("damage") func damage() { surviveExportDamage(sidecar(tower, tower)) }
}

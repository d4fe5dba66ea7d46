import Testing
import UntrailModel
import UntrailReaders

/// What XMP says, by subject.
@Suite("XMP")
struct XMPTests {
  // MARK: Places

  struct Position: Sendable, CustomTestStringConvertible {
    var latitude: String
    var longitude: String
    var expected: (Double, Double)?
    var code: String?
    var testDescription: String { latitude + " / " + longitude }
  }

  static let positions = [
    Position(latitude: "48,51.5022N", longitude: "2,17.66886E", expected: (48.85837, 2.294481)),
    Position(latitude: "48,51,30.132N", longitude: "2,17,40.1316E", expected: (48.85837, 2.294481)),
    Position(latitude: "33,51.408S", longitude: "70,30W", expected: (-33.8568, -70.5)),
    Position(latitude: "48.85837", longitude: "-122.478255", expected: (48.85837, -122.478255)),
    Position(latitude: "48.85837N", longitude: "122.478255 W", expected: (48.85837, -122.478255)),
    Position(latitude: "N48 51.5022", longitude: "E2 17.66886", expected: (48.85837, 2.294481)),
    Position(
      latitude: "48 deg 51' 30.132\" N", longitude: "2 deg 17' 40.1316\" E", expected: (48.85837, 2.294481)),
    Position(latitude: "+48.85837", longitude: "+2.294481", expected: (48.85837, 2.294481)),
    Position(
      latitude: "48/1,51/1,30132/1000N", longitude: "2/1,17/1,401316/10000E", expected: (48.85837, 2.294481)),
    Position(latitude: "0,0.0N", longitude: "0,0.0E", code: "null-island"),
    Position(latitude: "48,51.5", longitude: "2,17.6", code: "hemisphere-missing"),
    Position(latitude: "95,0.0N", longitude: "2,17.6E", code: "position-out-of-range"),
    Position(latitude: "48,8584", longitude: "2,2945", code: "position-malformed"),
    Position(latitude: "none", longitude: "inf", code: "position-malformed"),
    Position(latitude: "48,1,2,3N", longitude: "2,17.6E", code: "position-malformed"),
    Position(latitude: "48NS", longitude: "2,17.6E", code: "position-malformed"),
  ]

  @Test("positions as they are spelled", arguments: positions)
  func position(_ position: Position) {
    let latitude = position.latitude.replacing("\"", with: "&quot;")
    let longitude = position.longitude.replacing("\"", with: "&quot;")
    let result = XMPBuilder.read(
      "<exif:GPSLatitude>\(latitude)</exif:GPSLatitude><exif:GPSLongitude>\(longitude)</exif:GPSLongitude>")
    if let expected = position.expected {
      #expect(result.locations.count == 1)
      for location in result.locations {
        #expect(abs(location.coordinate.latitude - expected.0) < 1e-6)
        #expect(abs(location.coordinate.longitude - expected.1) < 1e-6)
      }
      #expect(result.observations.first?.field == "XMP-exif:GPSLatitude")
    } else {
      #expect(result.locations.isEmpty)
      #expect(result.codes == [position.code])
      #expect(!result.isDamaged)
    }
  }

  @Test("what stands beside a position")
  func beside() throws {
    let result = XMPBuilder.read(
      attributes: """
        exif:GPSLatitude='48.85837' exif:GPSLatitudeRef='S' exif:GPSLongitude='2,17.66886E' exif:GPSAltitude='3305/10'
        exif:GPSAltitudeRef='1' exif:GPSTimeStamp='2026-07-14T08:12:44Z' exif:GPSHPositioningError='5'
        exif:GPSSpeed='36/1' exif:GPSSpeedRef='K' exif:GPSImgDirection='90.5' exif:GPSTrack='12'
        exif:DateTimeOriginal='2026-07-14T10:12:46' exif:GPSAreaInformation='Champ de Mars' exif:GPSMapDatum='WGS-84'
        """)
    let location = try #require(result.locations.first)
    #expect(location.coordinate.latitude == -48.85837)
    #expect(location.altitude == -330.5)
    #expect(location.accuracy == 5)
    #expect(location.speed == 10)
    #expect(location.direction == 90.5)
    #expect(location.course == 12)
    #expect(location.time == result.timestamp(.gps))
    #expect(result.timestamp(.gps)?.utcOffsetMinutes == 0)
    #expect(result.observations.contains { $0.role == .derived && $0.fact == .utcOffset(120) })
    #expect(result.facts.contains("XMP-exif:GPSAreaInformation=Champ de Mars"))
  }

  @Test("positions in other namespaces")
  func otherPositions() {
    let drone = XMPBuilder.read(
      attributes: """
        drone-dji:GpsLatitude='+37.819929' drone-dji:GpsLongtitude='-122.478255' drone-dji:AbsoluteAltitude='+231.5'
        drone-dji:RelativeAltitude='+20.1' drone-dji:GimbalYawDegree='-90.0'
        """)
    #expect(drone.locations.first?.coordinate == Coordinate(latitude: 37.819929, longitude: -122.478255))
    #expect(drone.locations.first?.altitude == 231.5)
    #expect(drone.locations.first?.direction == 270)
    #expect(drone.observations.first?.field == "XMP-drone-dji:GPSLatitude")
    let unknown = XMPBuilder.read(
      attributes: "kestrel:TakeoffLatitude='48.2' kestrel:TakeoffLongitude='16.3'")
    #expect(unknown.locations.first?.coordinate == Coordinate(latitude: 48.2, longitude: 16.3))
    let geo = XMPBuilder.read(attributes: "geo:lat='48.2082' geo:long='16.3738'")
    #expect(geo.locations.first?.coordinate == Coordinate(latitude: 48.2082, longitude: 16.3738))
    let items = ["48/1", "51/1", "30132/1000"].map { "<rdf:li>\($0)</rdf:li>" }.joined()
    let array = XMPBuilder.read(
      "<exif:GPSLatitude><rdf:Seq>\(items)</rdf:Seq></exif:GPSLatitude>",
      attributes: "exif:GPSLatitudeRef='N' exif:GPSLongitude='2.294481'")
    #expect(array.locations.count == 1)
    #expect(abs((array.locations.first?.coordinate.latitude ?? 0) - 48.85837) < 1e-6)
    let alone = XMPBuilder.read(attributes: "kestrel:Latitude='48.2' kestrel:lat='11' geo:lat='1'")
    #expect(alone.locations.isEmpty && alone.diagnostics.isEmpty)
  }

  @Test("places created and shown, with their own positions")
  func locations() {
    func place(_ city: String, _ position: String) -> String {
      "<rdf:li rdf:parseType='Resource'><Iptc4xmpExt:City>\(city)</Iptc4xmpExt:City>"
        + "<Iptc4xmpExt:CountryName>Austria</Iptc4xmpExt:CountryName>\(position)</rdf:li>"
    }
    let first = "<exif:GPSLatitude>48,12.5N</exif:GPSLatitude><exif:GPSLongitude>16,22.5E</exif:GPSLongitude>"
    let second = "<exif:GPSLatitude>47,4.2N</exif:GPSLatitude><exif:GPSLongitude>15,26.4E</exif:GPSLongitude>"
    let result = XMPBuilder.read(
      "<Iptc4xmpExt:LocationShown><rdf:Bag>\(place("Vienna", first))\(place("Graz", second))</rdf:Bag>"
        + "</Iptc4xmpExt:LocationShown><Iptc4xmpExt:LocationCreated><rdf:Bag>\(place("Vienna", first))</rdf:Bag>"
        + "</Iptc4xmpExt:LocationCreated><photoshop:City>Vienna</photoshop:City><cell:cellid>4711</cell:cellid>"
    )
    let latitudes: [Double] = result.locations.map { $0.coordinate.latitude.rounded(to: 6) }
    #expect(latitudes == [48.208333, 47.07, 48.208333])
    #expect(
      result.observations.filter { $0.kind == .location }.map { "\($0.role) \($0.field)" } == [
        "destination XMP-iptcExt:LocationShownGPSLatitude",
        "destination XMP-iptcExt:LocationShownGPSLatitude",
        "camera XMP-iptcExt:LocationCreatedGPSLatitude",
      ])
    #expect(
      result.fullFacts == [
        "place city XMP-iptcExt:LocationShownCity=Vienna",
        "place country XMP-iptcExt:LocationShownCountryName=Austria",
        "place city XMP-iptcExt:LocationShownCity=Graz", "place city XMP-iptcExt:LocationCreatedCity=Vienna",
        "place country XMP-iptcExt:LocationCreatedCountryName=Austria",
        "place city XMP-photoshop:City=Vienna",
        "network cell-tower XMP-cell:CellTowerID=4711",
      ])
  }

  // MARK: Times

  @Test(
    "times as they are spelled",
    arguments: [
      ("2026-07-14T10:12:44.25+02:00", "2026-07-14T10:12:44.25+120"),
      ("2026-07-14T10:12Z", "2026-07-14T10:12+0"),
      ("2026-07-14", "2026-07-14"), ("2026:07:14 10:12:44-03:30", "2026-07-14T10:12:44-210"),
      ("20260714T101244+0200", "2026-07-14T10:12:44+120"), ("2026-07", nil), ("2026", nil), ("", nil),
      ("0001-01-01T00:00:00", nil), ("0000-00-00", nil), ("14 July 2026", nil),
    ] as [(String, String?)])
  func time(text: String, expected: String?) {
    let result = XMPBuilder.read("<photoshop:DateCreated>\(text)</photoshop:DateCreated>")
    let time = result.timestamp(of: "XMP-photoshop:DateCreated")
    #expect(time.map(Self.spelled) == expected)
    #expect(result.timestamp(.original) == time)
    #expect(result.codes == (text == "14 July 2026" ? ["time-malformed"] : []))
  }

  private static func spelled(_ time: Timestamp) -> String {
    let date = CivilDate.date(days: time.civilDay)
    let seconds = time.civilSeconds - time.civilDay * 86_400
    func two(_ number: Int64) -> String { number < 10 ? "0\(number)" : "\(number)" }
    var text = "\(date.year)-\(two(Int64(date.month)))-\(two(Int64(date.day)))"
    if time.precision != .day { text += "T\(two(seconds / 3600)):\(two(seconds / 60 % 60))" }
    if time.precision == .second { text += ":\(two(seconds % 60))" }
    if !time.subseconds.isEmpty { text += ".\(time.subseconds)" }
    guard let offset = time.utcOffsetMinutes else { return text }
    return text + (offset < 0 ? "\(offset)" : "+\(offset)")
  }

  @Test("clocks and zones")
  func clocks() {
    let result = XMPBuilder.read(
      attributes: "GIMP:TimeStamp='1784016764000000' photomechanic:TimeCreated='10:12:44-05:00'")
    #expect(result.timestamp(of: "XMP-GIMP:TimeStamp").map(Self.spelled) == "2026-07-14T08:12:44+0")
    #expect(result.observations.contains { $0.role == .zone && $0.fact == .utcOffset(-300) })
  }

  // MARK: Devices, people, links

  @Test("cameras, lenses and serial numbers")
  func devices() {
    let result = XMPBuilder.read(
      attributes: """
        tiff:Make='Kestrel' tiff:Model='K7' exifEX:LensModel='Kestrel 35mm' exifEX:BodySerialNumber='00471100'
        aux:LensSerialNumber='9900' aux:OwnerName='Mara Example' kestrel:DroneSerialNumber='D-77'
        """)
    #expect(
      result.fullFacts == [
        "device camera XMP-tiff:Model=Kestrel K7", "device lens XMP-exifEX:LensModel=Kestrel 35mm",
        "serial body XMP-exifEX:SerialNumber=00471100", "serial lens XMP-aux:LensSerialNumber=9900",
        "person owner XMP-aux:OwnerName=Mara Example", "serial body XMP-kestrel:DroneSerialNumber=D-77",
      ])
    let ranges = XMPBuilder.read(attributes: "aux:LensInfo='18/1 55/1 35/10 56/10'")
    #expect(ranges.fullFacts == ["device lens XMP-aux:LensInfo=18-55mm f/3.5-5.6"])
  }

  @Test("people and how to reach them")
  func people() {
    let contact = """
      <Iptc4xmpCore:CreatorContactInfo Iptc4xmpCore:CiAdrCity='Vienna' Iptc4xmpCore:CiEmailWork='mara@example.org'
      Iptc4xmpCore:CiTelWork='+43 1 0000' Iptc4xmpCore:CiUrlWork='https://example.org/'/>
      """
    let result = XMPBuilder.read(
      contact
        + "<Iptc4xmpExt:PersonInImage>\(XMPBuilder.array("Bag", "Otto Sample"))</Iptc4xmpExt:PersonInImage>"
        + "<plus:Licensor><rdf:Seq><rdf:li rdf:parseType='Resource'><plus:LicensorName>Mara Example</plus:LicensorName>"
        + "<plus:LicensorTelephone1>555</plus:LicensorTelephone1></rdf:li></rdf:Seq></plus:Licensor>"
        + "<kestrel:PilotName>Vera Example</kestrel:PilotName>",
      attributes: "photoshop:CaptionWriter='ME' photoshop:Credit='unknown'")
    #expect(
      result.fullFacts == [
        "person caption-writer XMP-photoshop:CaptionWriter=ME",
        "contact address XMP-iptcCore:CreatorCity=Vienna",
        "contact email XMP-iptcCore:CreatorWorkEmail=mara@example.org",
        "contact phone XMP-iptcCore:CreatorWorkTelephone=+43 1 0000",
        "contact url XMP-iptcCore:CreatorWorkURL=https://example.org/",
        "person depicted XMP-iptcExt:PersonInImage=Otto Sample",
        "person publisher XMP-plus:LicensorName=Mara Example",
        "contact phone XMP-plus:LicensorTelephone1=555",
        "person photographer XMP-kestrel:PilotName=Vera Example",
      ])
  }

  @Test("faces, named and not")
  func faces() {
    func region(_ name: String, _ type: String) -> String {
      "<rdf:li rdf:parseType='Resource'>\(name)<mwg-rs:Type>\(type)</mwg-rs:Type></rdf:li>"
    }
    let regions = [
      region("<mwg-rs:Name>Mara Example</mwg-rs:Name>", "Face"),
      region("<mwg-rs:Name>Rex</mwg-rs:Name>", "Pet"),
      region("", "Face"), region("", "Face"), region("", "Focus"),
    ]
    let result = XMPBuilder.read(
      "<mwg-rs:Regions rdf:parseType='Resource'><mwg-rs:RegionList><rdf:Bag>\(regions.joined())</rdf:Bag>"
        + "</mwg-rs:RegionList></mwg-rs:Regions>"
        + "<MP:RegionInfo><rdf:Description><MPRI:Regions><rdf:Bag><rdf:li>"
        + "<rdf:Description MPReg:PersonDisplayName='Otto Sample' MPReg:PersonEmailDigest='0A1B'/></rdf:li></rdf:Bag>"
        + "</MPRI:Regions></rdf:Description></MP:RegionInfo>")
    #expect(
      result.fullFacts == [
        "person face XMP-mwg-rs:RegionName=Mara Example", "text label XMP-mwg-rs:RegionName=Rex",
        "person face XMP-MP:RegionPersonDisplayName=Otto Sample",
        "link account XMP-MP:RegionPersonEmailDigest=0A1B",
      ])
    #expect(result.observations.filter { $0.role == .faceRegion }.map(\.field) == ["XMP-mwg-rs:RegionType"])
  }

  @Test("keywords, and what their branches say")
  func keywords() {
    let categories =
      "<Categories><Category Assigned=\"0\">Places<Category Assigned=\"1\">Graz</Category></Category></Categories>"
      .replacing("<", with: "&lt;")
    let result = XMPBuilder.read(
      "<lr:hierarchicalSubject>\(XMPBuilder.array("Bag", "People|Mara Example", "Animals|Cat"))</lr:hierarchicalSubject>"
        + "<acdsee:categories>\(categories)</acdsee:categories>")
    #expect(
      result.fullFacts == [
        "text keywords XMP-lr:HierarchicalSubject=People|Mara Example",
        "person depicted XMP-lr:HierarchicalSubject=Mara Example",
        "text keywords XMP-lr:HierarchicalSubject=Animals|Cat",
        "text keywords XMP-acdsee:Categories=Places/Graz", "place area XMP-acdsee:Categories=Graz",
      ])
  }

  @Test("links between files, and paths")
  func links() {
    let event =
      "<rdf:li stEvt:instanceID='xmp.iid:2' stEvt:softwareAgent='Kestrel 2.1' stEvt:when='2026-07-14T10:12:44Z'/>"
    let pantry = "<rdf:li rdf:parseType='Resource'><xmpMM:InstanceID>xmp.iid:9</xmpMM:InstanceID></rdf:li>"
    let result = XMPBuilder.read(
      "<xmpMM:History><rdf:Seq>\(event)</rdf:Seq></xmpMM:History><xmpMM:Pantry><rdf:Bag>\(pantry)</rdf:Bag></xmpMM:Pantry>"
        + "<xmpMM:Ingredients><rdf:Bag><rdf:li stRef:filePath='/Users/mara/b.psd'/></rdf:Bag></xmpMM:Ingredients>",
      attributes:
        "xmpMM:DocumentID='xmp.did:1' kestrel:Source='C:\\Users\\mara\\a.raw' xmpMM:OriginalDocumentID='xmp.did:0'"
    )
    #expect(
      result.fullFacts == [
        "link document-id XMP-xmpMM:DocumentID=xmp.did:1",
        "link path XMP-kestrel:Source=C:\\Users\\mara\\a.raw",
        "link instance-id XMP-xmpMM:HistoryInstanceID=xmp.iid:2",
        "software image-editing XMP-xmpMM:HistorySoftwareAgent=Kestrel 2.1",
        "link instance-id XMP-xmpMM:PantryInstanceID=xmp.iid:9",
        "link path XMP-xmpMM:IngredientsFilePath=/Users/mara/b.psd",
      ])
    #expect(result.timestamp(of: "XMP-xmpMM:HistoryWhen")?.utcOffsetMinutes == 0)
  }

  // MARK: Hidden content

  @Test("pictures and films in and behind the picture")
  func hidden() {
    func item(_ semantic: String, _ mime: String, _ length: Int) -> String {
      "<rdf:li rdf:parseType='Resource'><Container:Item Item:Semantic='\(semantic)' Item:Mime='\(mime)' Item:Length='\(length)'/></rdf:li>"
    }
    let directory = item("Primary", "image/jpeg", 0) + item("MotionPhoto", "video/mp4", 424_242)
    let result = XMPBuilder.read(
      "<Container:Directory><rdf:Seq>\(directory)</rdf:Seq></Container:Directory>",
      attributes: "GCamera:MotionPhoto='1' GDepth:Data='\(String(repeating: "ABCD", count: 100_000))'")
    #expect(result.byteCount(of: .motionVideo) == 424_242)
    #expect(result.byteCount(of: .depthMap) == 300_000)
    #expect(result.observations.count == 2)
    let flag = XMPBuilder.read(attributes: "GCamera:MotionPhoto='1' GCamera:MicroVideo='0'")
    #expect(flag.byteCount(of: .motionVideo) == .some(nil))
    let thumbnail = XMPBuilder.read(
      "<xmp:Thumbnails><rdf:Alt><rdf:li rdf:parseType='Resource'><xmpGImg:image>AAAABBBB</xmpGImg:image></rdf:li></rdf:Alt></xmp:Thumbnails>"
    )
    #expect(thumbnail.byteCount(of: .thumbnail) == 6)
    #expect(thumbnail.observations.first?.field == "XMP-xmp:ThumbnailImage")
  }

  @Test("names that only look like it are left alone")
  func noGuess() {
    let result = XMPBuilder.read(
      attributes: """
        kestrel:SerialCount='3' kestrel:Platform='7' kestrel:Updated='yes' kestrel:LocationMode='4' kestrel:OwnerID='3'
        kestrel:AuthorCount='2' kestrel:ISODate='2026' kestrel:Emailed='no' kestrel:Latency='4' kestrel:Longest='5'
        """)
    #expect(result.observations.isEmpty)
    #expect(result.diagnostics.isEmpty)
  }
}

extension Double {
  fileprivate func rounded(to decimals: Int) -> Double {
    var scale = 1.0
    for _ in 0..<decimals { scale *= 10 }
    return (self * scale).rounded() / scale
  }
}

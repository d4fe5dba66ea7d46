import Testing
import UntrailModel
import UntrailReaders

/// What cameras write beside films.
@Suite("Card files")
struct CardFileTests {
  static let sony = """
    <?xml version="1.0" encoding="UTF-8"?>
    <NonRealTimeMeta xmlns="urn:schemas-professionalDisc:nonRealTimeMeta:ver.2.00" lastUpdate="2026-03-04T10:11:12+01:00">
    <CreationDate value="2026-03-04T10:10:00+01:00"/>
    <Device manufacturer="Sony" modelName="ILME-K7" serialNo="0701234"/>
    <AcquisitionRecord><Group name="ExifGPS">
    <Item name="LatitudeRef" value="S"/><Item name="Latitude" value="33:51:24.48"/>
    <Item name="LongitudeRef" value="E"/><Item name="Longitude" value="151:12:54.72"/>
    </Group></AcquisitionRecord></NonRealTimeMeta>
    """
  static let panasonic = """
    <?xml version="1.0"?><P2Main><ClipContent><ClipMetadata><Access><Creator>Mara Example</Creator></Access>
    <Device><Manufacturer>Panasonic</Manufacturer><SerialNo>F4TCA0123</SerialNo><ModelName>AG-1</ModelName></Device>
    <Shoot><Location><Longitude>E2.29450</Longitude><Latitude>N48.85840</Latitude></Location></Shoot>
    </ClipMetadata></ClipContent></P2Main>
    """
  static let version = """
    {
    "info version":"2.0",
    "firmware version":"HD7.01.01.90.00",
    "wifi mac":"a491b1000001",
    "camera type":"HERO7 Black",
    "camera serial number":"C3221324500000",
    }
    """
  static let moi: [UInt8] =
    Still.text("V6") + Still.big(300) + Still.big(2026, 2) + [3, 4, 10, 11] + Still.big(12_345, 2)
    + [UInt8](repeating: 0, count: 286)

  @Test func readsSony() {
    let result = read(Still.text(Self.sony), as: "application/x-clip-description")
    #expect(result.text(.serial, .body) == "0701234")
    #expect(result.text(.device, .camera) == "Sony ILME-K7")
    #expect(result.timestamp(.original)?.utcOffsetMinutes == 60)
    #expect(result.locations.count == 1)
    #expect(abs((result.locations.first?.coordinate.latitude ?? 0) + 33.8568) < 0.0001)
    #expect(abs((result.locations.first?.coordinate.longitude ?? 0) - 151.2152) < 0.0001)
    #expect(!result.isDamaged)
  }

  @Test func readsPanasonic() {
    let result = read(Still.text(Self.panasonic), as: "application/x-clip-description")
    #expect(result.text(.serial, .body) == "F4TCA0123")
    #expect(result.text(.person, .creator) == "Mara Example")
    #expect(result.locations.map(\.coordinate.longitude) == [2.2945])
  }

  @Test func readsGoPro() {
    let result = read(Still.text(Self.version), as: "application/x-gopro-version")
    #expect(result.text(.serial, .body) == "C3221324500000")
    #expect(result.text(.device, .camera) == "GoPro HERO7 Black")
    #expect(result.text(.network, .macAddress) == "a491b1000001")
  }

  @Test func readsRecorderInformation() {
    let result = read(Self.moi, as: "application/x-moi")
    #expect(result.timestamp(.original)?.civilSeconds == 1_772_619_072)
    #expect(result.timestamp(.original)?.subseconds == "345")
  }

  @Test func isClean() {
    let empty = read(Still.text("<NonRealTimeMeta/>"), as: "application/x-clip-description")
    #expect(empty.observations.isEmpty && empty.diagnostics.isEmpty)
    #expect(read(Still.text("{ }"), as: "application/x-gopro-version").observations.isEmpty)
    #expect(read([UInt8](repeating: 0, count: 32), as: "application/x-moi").observations.isEmpty)
  }

  @Test func isDamaged() {
    surviveDamage(Still.text(Self.version), as: "application/x-gopro-version")
    surviveDamage(Self.moi, as: "application/x-moi")
    // A digit that is changed is another place, so only the cuts are held against the whole.
    let file = Still.text(Self.panasonic)
    let places = read(file, as: "application/x-clip-description").locations.map(\.coordinate)
    for length in 0..<file.count {
      let result = read(Array(file.prefix(length)), as: "application/x-clip-description")
      #expect(result.locations.allSatisfy { places.contains($0.coordinate) }, "cut at \(length)")
    }
  }
}

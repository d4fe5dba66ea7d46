import Testing
import UntrailBytes
import UntrailModel
import UntrailReaders

private let mediaType = "application/x-plist"

private func markup(_ body: String) -> [UInt8] {
  let head = """
    <?xml version="1.0" encoding="UTF-8"?>
    <!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "http://www.apple.com/DTDs/PropertyList-1.0.dtd" [<!ENTITY a "b">]>
    <plist version="1.0"><!-- <dict> -->
    """
  return Array((head + body + "</plist>").utf8)
}

private func markup(_ pairs: [(String, String)]) -> [UInt8] {
  markup("<dict>" + pairs.map { "<key>\($0.0)</key>\($0.1)" }.joined() + "</dict>")
}

@Suite("Property lists")
struct PropertyListTests {
  private static let tower = [Coordinate(latitude: 48.8584, longitude: 2.2945)].compactMap { $0 }

  /// The same in the three forms.
  static let forms: [[UInt8]] = [
    ListBuilder.map([
      ("latitude", .real(48.8584)), ("longitude", .real(2.2945)),
      ("Device Name", .text("Mara\u{2019}s phone")),
      ("Added", .date(736_031_342)), ("SSID", .data(Array("Home".utf8))), ("IMEI", .text("350000000000006")),
      ("Inner", .list([.map([("Password", .text("secret-of-the-list"))])])),
    ]).bytes,
    markup([
      ("latitude", "<real>48.8584</real>"), ("longitude", "<real>2.2945</real>"),
      ("Device Name", "<string>Mara&#x2019;s phone</string>"), ("Added", "<date>2024-04-28T21:09:02Z</date>"),
      ("SSID", "<data>\n\tSG9tZQ==\n</data>"), ("IMEI", "<string><![CDATA[350000000000006]]></string>"),
      ("Inner", "<array><dict><key>Password</key><string>secret-of-the-list</string></dict><true/></array>"),
    ]),
    Array(
      """
      // !$*UTF8*$!
      { latitude = "48.8584"; longitude = "2.2945"; "Device Name" = "Mara\\U2019s phone";
        Added = <*D2024-04-28 21:09:02 +0000>; SSID = <486f6d65>; IMEI = 350000000000006; /* a comment */
        Inner = ( { Password = "secret-of-the-list"; }, other ); }

      """.utf8),
  ]

  @Test("all forms say the same", arguments: forms)
  func sameFacts(bytes: [UInt8]) {
    let result = read(bytes, as: mediaType)
    #expect(!result.isDamaged, "\(result.diagnostics)")
    #expect(result.locations.map(\.coordinate) == Self.tower)
    #expect(result.text(.device, .host) == "Mara\u{2019}s phone")
    #expect(result.timestamp(.created) == Timestamp(civilSeconds: 1_714_338_542, utcOffsetMinutes: 0))
    #expect(result.text(.network, .ssid) == "Home")
    #expect(result.text(.serial, .imei) == "350000000000006")
    #expect(result.observations.count { $0.role == .password } == 1)
    #expect(!"\(result)".contains("secret-of"))
  }

  @Test("damage", arguments: forms) func damage(bytes: [UInt8]) { surviveDamage(bytes, as: mediaType) }

  @Test("a list that is cut is said to be", arguments: forms)
  func cut(bytes: [UInt8]) { #expect(read(Array(bytes.dropLast(20)), as: mediaType).isDamaged) }

  @Test("a list without such values says nothing")
  func clean() {
    let list = ListBuilder.map([
      ("CFBundleName", .text("Program")), ("Version", .number(3)),
      ("Items", .list([.text("a"), .flag(true)])),
      ("lat", .number(1)), ("lon", .number(2)), ("Expires", .date(0)), ("IMEI", .text("000000000000000")),
      ("BSSID", .text("any")), ("password", .text("")),
    ])
    #expect(read(list.bytes, as: mediaType).observations.isEmpty)
  }

  @Test("positions that are none are not believed")
  func flaws() {
    let list = ListBuilder.list([
      .map([("Latitude", .real(0)), ("Longitude", .real(0))]),
      .map([("latitude", .real(91)), ("longitude", .real(0.5))]),
      .map([("latitude", .real(.nan)), ("longitude", .real(1))]),
    ])
    let result = read(list.bytes, as: mediaType)
    #expect(result.locations.isEmpty)
    #expect(Set(result.codes) == ["null-island", "position-out-of-range", "position-malformed"])
  }

  @Test("an object that is referred to again and again costs no more than it may")
  func references() {
    // Each array holds the next one ten times.
    let depth = 30
    var objects: [[UInt8]] = (0..<depth).map { index in
      [0xAA] + [UInt8](repeating: UInt8(index + 1), count: 10)
    }
    objects.append([0x51, 0x61])
    var bytes = Array("bplist00".utf8)
    var table: [UInt8] = []
    for object in objects {
      table += Block.big(bytes.count, 2)
      bytes += object
    }
    let trailer =
      [0, 0, 0, 0, 0, 0, 2, 1] + Block.big(objects.count, 8) + Block.big(0, 8) + Block.big(bytes.count, 8)
    let result = read(bytes + table + trailer, as: mediaType)
    #expect(result.codes == ["limit"])
    // One that holds itself.
    let own = Array("bplist00".utf8) + [0xA1, 0x00] + [0x08] + [0, 0, 0, 0, 0, 0, 1, 1]
    let circle = own + Block.big(1, 8) + Block.big(0, 8) + Block.big(10, 8)
    #expect(read(circle, as: mediaType).codes == ["limit"])
  }

  @Test("lists that are very deep are refused", arguments: ["<array>", "<dict><key>a</key>", "("])
  func deep(start: String) {
    let bytes = Array(String(repeating: start, count: 100_000).utf8)
    let result = read((start == "(" ? [] : Array("<plist>".utf8)) + bytes, as: mediaType)
    #expect(result.codes.contains("limit"))
  }

  @Test("entities are not replaced")
  func entities() {
    let bytes = markup([("Device Name", "<string>a &a; &amp; &unknown; b</string>")])
    #expect(read(bytes, as: mediaType).text(.device, .host) == "a &a; & &unknown; b")
  }

  @Test("objects that were archived are put together")
  func archive() {
    let objects: [ListBuilder] = [
      .text("$null"),
      .map([
        ("$class", .reference(5)), ("NS.keys", .list([.reference(2)])),
        ("NS.objects", .list([.reference(3)])),
      ]),
      .text("place"),
      .map([
        ("$class", .reference(4)), ("kCLLocationCodingKeyCoordinateLatitude", .real(48.8584)),
        ("kCLLocationCodingKeyCoordinateLongitude", .real(2.2945)),
        ("kCLLocationCodingKeyHorizontalAccuracy", .real(5)),
        ("kCLLocationCodingKeyTimestamp", .real(736_031_342)),
      ]),
      .map([("$classname", .text("CLLocation"))]), .map([("$classname", .text("NSDictionary"))]),
    ]
    let archive = ListBuilder.map([
      ("$archiver", .text("NSKeyedArchiver")), ("$version", .number(100_000)),
      ("$top", .map([("root", .reference(1))])), ("$objects", .list(objects)),
    ])
    for bytes in [archive.bytes, ListBuilder.map([("blob", .data(archive.bytes))]).bytes] {
      let result = read(bytes, as: mediaType)
      #expect(result.locations.map(\.coordinate) == Self.tower)
      #expect(result.locations.first?.accuracy == 5)
      #expect(result.locations.first?.time?.civilSeconds == 1_714_338_542)
    }
  }

  @Test("a backup says which phone it is of")
  func backup() {
    let lockdown = ListBuilder.map([("DeviceName", .text("Phone")), ("SerialNumber", .text("C39XX000XXXX"))])
    let list = ListBuilder.map([
      ("IsEncrypted", .flag(false)), ("Lockdown", lockdown), ("Date", .date(736_031_342)),
      ("Applications", .map([("org.example.a", .map([])), ("org.example.b", .map([]))])),
      ("ICCID", .text("89490200001234567890")), ("Phone Number", .text("+43 1 5550100")),
      ("Product Type", .text("iPhone10,1")), ("Unique Identifier", .text("00008110-0000AA")),
    ])
    let result = read(list.bytes, as: mediaType)
    #expect(result.text(.serial, .body) == "C39XX000XXXX")
    #expect(result.text(.serial, .sim) == "89490200001234567890")
    #expect(result.text(.contact, .phone) == "+43 1 5550100")
    #expect(result.text(.device, .handset) == "Apple iPhone10,1")
    #expect(result.timestamp(.backup)?.civilSeconds == 1_714_338_542)
    #expect(result.text(.software, .application) == "2 installed applications")
    #expect(result.text(.text, .label) == "the backup is not encrypted")
  }

  @Test("networks of an Apple device: names, access points, when they were used, where")
  func networks() {
    let known = ListBuilder.map([
      (
        "BSSList",
        .list([
          .map([
            ("BSSID", .text("a4:91:b1:0:0:1")), ("LocationLatitude", .real(48.8584)),
            ("LocationLongitude", .real(2.2945)),
          ])
        ])
      ),
      ("LastAssociatedAt", .date(736_031_342)),
      ("IPv4NetworkSignature", .text("IPv4.Router=192.168.7.1;IPv4.RouterHardwareAddress=a4:91:b1:00:00:02")),
      ("PRIVATE_MAC_ADDRESS_IN_USE", .data([2, 0x11, 0x22, 0x33, 0x44, 0x55])),
    ])
    let result = read(ListBuilder.map([("wifi.network.ssid.Café", known)]).bytes, as: mediaType)
    #expect(result.text(.network, .ssid) == "Café")
    #expect(result.text(.network, .bssid) == "a4:91:b1:0:0:1")
    #expect(result.timestamp(.lastUsed)?.civilSeconds == 1_714_338_542)
    #expect(result.locations.map(\.coordinate) == Self.tower)
    #expect(result.observations.contains { $0.role == .macAddress && $0.text == "02:11:22:33:44:55" })
    #expect(result.observations.contains { $0.role == .ipAddress && $0.text == "192.168.7.1" })
  }

  @Test("changes to a picture name the program and its time; packed data is read")
  func adjustments() {
    let inner = markup([("author", "<string>Mara Example</string>")])
    let list = ListBuilder.map([
      ("adjustmentFormatIdentifier", .text("com.apple.photo")), ("adjustmentTimestamp", .date(736_031_342)),
      ("adjustmentEditorBundleID", .text("com.apple.mobileslideshow")),
      ("adjustmentData", .data(ZIPBuilder.deflated(inner))),
    ])
    let result = read(list.bytes, as: mediaType)
    #expect(result.observations.filter { $0.role == .imageEditing }.count == 2)
    #expect(result.timestamp(.edited)?.civilSeconds == 1_714_338_542)
    #expect(result.text(.person, .author) == "Mara Example")
  }

  @Test("a signed profile is read, and who signed it; a message in pieces, too", arguments: [false, true])
  func profile(isOpen: Bool) throws {
    let list = markup([
      ("PayloadType", "<string>Configuration</string>"), ("PayloadDisplayName", "<string>Newsroom</string>"),
      (
        "PayloadContent",
        """
        <array><dict><key>PayloadType</key><string>com.apple.wifi.managed</string><key>SSID_STR</key>
        <string>Newsroom</string><key>Password</key><string>secret-of-the-list</string></dict>
        <dict><key>PayloadType</key><string>com.apple.vpn.managed</string><key>IKEv2</key><dict><key>RemoteAddress</key>
        <string>vpn.example.org</string></dict></dict></array>
        """
      ),
    ])
    let kind = Block.der(0x06, [0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x07, 0x02])
    let data = Block.der(0x06, [0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x07, 0x01])
    func open(_ tag: UInt8, _ parts: [UInt8]...) -> [UInt8] { [tag, 0x80] + parts.flatMap { $0 } + [0, 0] }
    let half = list.count / 2
    let pieces = open(0x24, Block.der(0x04, Array(list[..<half])), Block.der(0x04, Array(list[half...])))
    let bytes =
      isOpen
      ? open(0x30, kind, open(0xA0, open(0x30, [2, 1, 1], [0x31, 0], open(0x30, data, open(0xA0, pieces)))))
      : Block.der(
        0x30, kind,
        Block.der(
          0xA0,
          Block.der(
            0x30, [2, 1, 1], [0x31, 0], Block.der(0x30, data, Block.der(0xA0, Block.der(0x04, list))))))
    let result = read(bytes, as: "application/x-apple-aspen-config")
    #expect(!result.isDamaged, "\(result.diagnostics)")
    #expect(result.text(.text, .title) == "Newsroom")
    #expect(result.text(.network, .ssid) == "Newsroom")
    #expect(result.text(.link, .networkLink) == "vpn.example.org")
    #expect(result.observations.contains { $0.role == .password })
    #expect(!"\(result)".contains("secret-of"))
    let offset = result.observations.first { $0.role == .ssid }?.offset
    #expect(isOpen == (offset == nil))
    if let offset { #expect(bytes[offset...].starts(with: "Newsroom".utf8)) }
    surviveDamage(bytes, as: "application/x-apple-aspen-config")
  }

  @Test(
    "links to maps say where",
    arguments: [
      ("https://maps.apple.com/?ll=48.8584,2.2945&q=Tower", true), ("geo:48.8584,2.2945?z=17", true),
      ("https://www.openstreetmap.org/?mlat=48.8584&mlon=2.2945#map=17/48/2", true),
      ("https://www.openstreetmap.org/#map=17/48.8584/2.2945", true),
      ("https://waze.com/ul?ll=48.8584%2C2.2945", true),
      ("https://www.bing.com/maps?cp=48.8584~2.2945&lvl=17", true),
      ("https://yandex.com/maps/?ll=2.2945%2C48.8584&z=17", true),
      ("https://www.google.com/maps/@48.8584,2.2945,17z", true),
      ("https://example.org/?ll=48.8584,2.2945", false),
      ("https://maps.apple.com/?q=48,2", false), ("https://maps.apple.com/?q=Tower", false),
    ])
  func links(link: String, isPlace: Bool) {
    let bytes = markup([("URL", "<string>\(link.replacing("&", with: "&amp;"))</string>")])
    let result = read(bytes, as: mediaType)
    #expect(result.locations.map(\.coordinate) == (isPlace ? Self.tower : []))
  }

  @Test("a saved page gives its address and the files in it")
  func webArchive() {
    let picture = ListBuilder.map([
      ("WebResourceURL", .text("https://example.org/a.jpg?b")),
      ("WebResourceData", .data([0xFF, 0xD8, 0xFF])),
    ])
    let list = ListBuilder.map([
      (
        "WebMainResource",
        .map([("WebResourceURL", .text("https://example.org/page")), ("WebResourceData", .data([0x20]))])
      ),
      ("WebSubresources", .list([picture])),
    ])
    var result = ReadResult()
    let tools = ReaderTools { run, _ in run.first == 0xFF ? MediaType("image/jpeg") : .unknown }
    _ = result.read(ByteSource(bytes: list.bytes), of: MediaType(mediaType), with: tools)
    #expect(result.text(.link, .downloadedFrom) == "https://example.org/page")
    #expect(result.members.map(\.artifact.member) == [["a.jpg"]])
  }
}

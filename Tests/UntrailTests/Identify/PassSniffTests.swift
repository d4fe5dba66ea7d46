import Testing
import UntrailIdentify
import UntrailModel

@Suite("Identification of passes, property lists and networks")
struct PassSniffTests {
  private func name(_ bytes: [UInt8]) throws -> String {
    let database = try IdentifierTests.database.get()
    return try bytes.withUnsafeBytes {
      try Identifier(database: database).identify($0, byteCount: bytes.count).name
    }
  }

  @Test(
    "archives by the names in them",
    arguments: [
      (["doc.kml", "files/a.png"], "application/vnd.google-earth.kmz"),
      (["My map.KML"], "application/vnd.google-earth.kmz"),
      (["icon.png", "pass.json"], "application/vnd.apple.pkpass"),
      (["one.pkpass"], "application/vnd.apple.pkpasses"),
      (["a/b.kml", "c.txt"], "application/zip"), (["pass.json.txt"], "application/zip"),
    ])
  func archives(names: [String], mediaType: String) throws {
    #expect(try name(ZIPBuilder(names.map { ZIPBuilder.File($0, "x") }).bytes) == mediaType)
  }

  @Test("property lists", arguments: PropertyListTests.forms)
  func lists(bytes: [UInt8]) throws { #expect(try name(bytes) == "application/x-plist") }

  @Test("networks", arguments: NetworkSample.all)
  func networks(sample: NetworkSample) throws {
    #expect(try name(Array(sample.text.utf8)) == sample.mediaType)
  }

  @Test(
    "other files",
    arguments: [
      (PassTests.description, "application/x-apple-pass+json"),
      ("{\"formatVersion\": 1, \"name\": 2}", "application/json"),
      ("https://pay.google.com/gp/v/save/eyJhbGci.eyJh.c2ln", "application/x-google-wallet"),
      ("https://pay.google.com/gp/v/other", "text/plain"),
      ("{\"loyaltyObjects\": [{\"accountId\": \"1\"}]}", "application/x-google-wallet"),
      ("[Desktop Entry]\nType=Link\n", "application/x-desktop"),
      ("<html><body>&lt;plist&gt; <plist ></body></html>", "text/html"),
    ])
  func others(text: String, mediaType: String) throws { #expect(try name(Array(text.utf8)) == mediaType) }

  @Test(
    "text is not taken for settings",
    arguments: [
      "{ a = b + 1; return a; }", "{ words = and; more }x", "{\n  color: red;\n}\n",
      "network={ is a block of it\n",
      "The ssid=Home was seen.\nThe interface=wlan0.\n", "[connection]\nWe met on Tuesday.\n",
      "[Security]\nBe careful.\n",
      "network:\n  nodes: 3\n", "lease {\nof land\n}\n", "network = {\n  a: 1\n}\n", "[wifi_notes]\nHome\n",
    ])
  func plain(text: String) throws {
    let name = try name(Array(text.utf8))
    #expect(
      name.hasPrefix("text/") && name != "text/x-wpa-supplicant" && name != "text/x-dhcp-leases",
      "\(text): \(name)")
  }
}

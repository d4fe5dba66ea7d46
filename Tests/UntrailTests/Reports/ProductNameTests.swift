import Testing

@testable import UntrailReports

@Suite("Names of products")
struct ProductNameTests {
  @Test(
    "a version, a build and a date are left out",
    arguments: [
      ("Adobe Photoshop Lightroom 6.1 (Windows)", "Adobe Photoshop Lightroom"),
      ("Adobe Photoshop CS6 (Macintosh)", "Adobe Photoshop"),
      ("GIMP 2.10.34", "GIMP"),
      ("digiKam-5.9.0", "digiKam"),
      ("HDR+ 1.0.540104767zd", "HDR+"),
      ("Firmware Version 1.10", "Firmware"),
      ("Adobe XMP Core 5.3-c011 66.145661, 2012/02/06-14:56:27", "Adobe XMP Core"),
      ("www.inkscape.org", "www.inkscape.org"),
      ("COOLPIX P6000V1.0", "COOLPIX"),
      ("S938BXXS3AYDA", ""),
      ("1.0.2", ""),
      ("20D47", ""),
      ("", ""),
    ])
  func version(name: String, shown: String) {
    #expect(ProductName.withoutVersion(name) == shown)
  }

  @Test(
    "what can name a person or one copy is no name of a product",
    arguments: [
      "", "a@b.example", "C:\\Program", "/home/robin/bin/tool", "file:tool", "App Store 123456789",
      "a660e5301460c8f2f034", String(repeating: "a", count: 97),
    ])
  func notPlain(name: String) { #expect(!ProductName.isPlain(name)) }

  @Test(
    "a camera is one",
    arguments: [
      "Canon EOS 5D Mark IV", "HUAWEI P30 Rear Main Camera", "EF-S15-85mm f/3.5-5.6 IS USM", "ILCE-7RM4",
    ])
  func plain(name: String) { #expect(ProductName.isPlain(name)) }
}

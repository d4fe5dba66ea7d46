import Testing
import UntrailIdentify
import UntrailModel

@Suite("Identification of tracks in text")
struct TrackSniffTests {
  private func identify(_ bytes: [UInt8]) throws -> MediaType {
    try bytes.withUnsafeBytes {
      try Identifier(database: try IdentifierTests.database.get()).identify($0, byteCount: bytes.count)
    }
  }

  @Test(
    "text that is a track",
    arguments: [
      ("AXXX\nHFDTE140726\n", "text/x-igc"), ("B0930005029900N00957200EA005000062000312\n", "text/x-igc"),
      ("$GPGGA,220000.000,5013.476,N,01710.477,E,1,09,0.8,468.770,M,0.0,M,,*66\n", "text/x-nmea-0183"),
      ("12:00:00 $GPRMC,032908.379,A,4231.829,N,08807.303,W,0.16,138.92,070898,,*14\n", "text/x-nmea-0183"),
      ("$PMGNTRK,4415.163,N,07631.126,W,00095,M,110833.53,A,,030409*68\n", "text/x-nmea-0183"),
      ("1\n00:00:01,000 --> 00:00:02,000\nHello.\n", "application/x-subrip"),
      ("1\n2026.07.14 09:30:00,393\n[latitude : 48.8584] [longtitude : 2.2945]\n", "application/x-subrip"),
      ("Geolife trajectory\nWGS 84\n", "text/x-oziexplorer"),
      ("OziExplorer Waypoint File Version 1.1\nWGS 84\n", "text/x-oziexplorer"),
      ("Zeit;Breitengrad;Längengrad\n1;48,8584;2,2945\n", "text/csv"),
      ("a line before\ntime|Latitude|Longitude\n1|48.8584|2.2945\n", "text/csv"),
      ("time\tlat\tlon\n1\t48.8584\t2.2945\n", "text/tab-separated-values"),
      ("name;coordinates\nTower;48.8584 2.2945\n", "text/csv"),
    ])
  func tracks(text: String, mediaType: String) throws {
    #expect(try identify(Array(text.utf8)).name == mediaType)
    var wide: [UInt8] = [0xFF, 0xFE]
    for word in text.utf16 { wide += [UInt8(truncatingIfNeeded: word), UInt8(word >> 8)] }
    if text.utf8.allSatisfy({ $0 < 0x80 }) { #expect(try identify(wide).name == mediaType) }
  }

  @Test(
    "text that is none stays plain",
    arguments: [
      "An igloo.\nHFDTE is a record.\n", "$PATH, $HOME\nset them\n",
      "The receiver writes\n$GPGGA,220000.000,5013.476,N,01710.477,E,1,09,0.8,468.770,M,0.0,M,,*66\nas you see\nhere.\n",
      "1\nis the loneliest number\n", "1\n2\n3\n4\n", "OziExplorer is a program.\n",
      "latitude and longitude;\nare two; numbers\n", "Breite;Länge\n1;2\n", "Location; time\nParis; 10\n",
      "12 --> 13\n", "let lat = 48.8584, lon = 2.2945;\nlet lat = 48.8585, lon = 2.2946;\n",
    ])
  func plain(text: String) throws {
    #expect(try identify(Array(text.utf8)).name == "text/plain")
  }

  @Test("headings with a byte a letter")
  func oneByteALetter() throws {
    let german = Array("Breitengrad;L".utf8) + [0xE4] + Array("ngengrad\n48,8584;2,2945\n".utf8)
    #expect(try identify(german).name == "text/csv")
    #expect(read(german, as: "text/csv").locations.count == 1)
    let russian: [UInt8] =
      [0xD8, 0xE8, 0xF0, 0xEE, 0xF2, 0xE0, 0x3B, 0xC4, 0xEE, 0xEB, 0xE3, 0xEE, 0xF2, 0xE0]
      + Array("\n48,8584;2,2945\n".utf8)
    #expect(try identify(russian).name == "text/csv")
    #expect(read(russian, as: "text/csv").locations.count == 1)
  }

  @Test("rows of JSON are no table")
  func objects() throws {
    let text =
      "{\"t\":1,\"lat\":48.8584,\"lon\":2.2945,\"x\":1}\n{\"t\":2,\"lat\":48.8585,\"lon\":2.2946,\"x\":1}\n"
    #expect(try identify(Array(text.utf8)).name.contains("json"))
  }

  @Test("FIT by its mark")
  func fit() throws {
    #expect(try identify(FITTests.ride().file).name == "application/vnd.ant.fit")
    #expect(try identify([14, 16] + [UInt8](repeating: 0, count: 30)).name != "application/vnd.ant.fit")
  }
}

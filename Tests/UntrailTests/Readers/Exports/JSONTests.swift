import Testing
import UntrailModel
import UntrailReaders

@Suite("JSON")
struct JSONTests {
  private static let place = #"{"latitude": 48.8584, "longitude": 2.2945}"#

  private func places(_ text: String) -> [Coordinate] { readExport(text).locations.map(\.coordinate) }

  private let tower = Coordinate(latitude: 48.8584, longitude: 2.2945)

  @Test(
    "numbers are read as they are written",
    arguments: [
      ("48.8584", 48.8584), ("488584e-4", 48.8584), ("4.88584E+1", 48.8584), ("-48.8584", -48.8584),
      ("48.858400000000000000000000001", 48.8584), ("0.000012345", 0.000012345), ("-0.1", -0.1),
    ])
  func numbers(text: String, number: Double) {
    #expect(places("{\"latitude\": \(text), \"longitude\": 2.5}").first?.latitude == number)
    #expect(places("{\"latitude\": \"\(text)\", \"longitude\": \"2.5\"}").first?.latitude == number)
  }

  @Test(
    "what is no position is none",
    arguments: [
      #"{"latitude": 48.8584}"#, #"{"latitude": 91, "longitude": 2}"#, #"{"latitude": 0, "longitude": 0}"#,
      #"{"lat": 1, "lon": 2}"#, #"{"latitude": "48.8584 or so", "longitude": "2"}"#,
      #"{"latitude": null, "longitude": 2.5}"#, #"{"latitude": {"latitude": 1.5}, "longitude": 2.5}"#,
      #"[[48.8584, 2.2945]]"#, "[]", "{}", "3", "\"x\"", "", "  \n ",
    ])
  func noPosition(text: String) { #expect(places(text).isEmpty) }

  @Test("positions are found wherever they stand")
  func depth() {
    #expect(places("{\"a\": {\"b\": [{\"c\": \(Self.place)}]}}") == [tower])
    #expect(places("[{\"a\": [[\(Self.place)]]}]") == [tower])
    #expect(places("\(Self.place)\n\(Self.place.replacing("48.", with: "49."))\n").count == 2)
    #expect(places("\u{1E}\(Self.place)\n\u{1E}{}\n") == [tower])
    #expect(places(#"{"spot": {"lat": "48.8584", "lng": "2.2945"}}"#) == [tower])
    #expect(readExport(Self.place).places(with: .saved).count == 1)
  }

  @Test("positions with times are a track, one alone is a place")
  func times() throws {
    let one = #"{"lat": 48.8584, "lon": 2.2945, "time": "2024-04-28T23:09:02+02:00"}"#
    let alone = try #require(readExport("[\(one)]").locations.first)
    #expect(alone.time?.utcOffsetMinutes == 120)
    let two = #"{"lat": 48.8606, "lon": 2.3376, "time": 1714338642000}"#
    let track = try #require(readExport("{\"log\": [\(one), \(two)]}").track(with: .recorded))
    #expect(track.points.map(\.time) == [1_714_338_542, 1_714_338_642])
    #expect(!track.isLocalTime)
    #expect(readExport("{\"log\": [\(one), \(two)]}").locations.isEmpty)
  }

  @Test("positions as ExifTool writes them")
  func camera() throws {
    let text =
      #"[{"SourceFile": "a.jpg", "GPSLatitude": "52 deg 30' 0.00\" S", "GPSLongitude": "13 deg 15' 0.00\" E"}]"#
    let place = try #require(readExport(text).places(with: .camera).first)
    #expect(place.coordinate == Coordinate(latitude: -52.5, longitude: 13.25))
    #expect(readExport(#"[{"GPSLatitude": "52 deg 75' 0.00\" S", "GPSLongitude": 13.25}]"#).locations.isEmpty)
    let apart = #"{"GPSLatitude": "52 deg 30' 0.00\"", "GPSLongitude": "13 deg 15' 0.00\""REFERENCES}"#
    let references = #", "GPSLatitudeRef": "South", "GPSLongitudeRef": "West""#
    #expect(readExport(apart.replacing("REFERENCES", with: "")).locations.isEmpty)
    #expect(
      readExport(apart.replacing("REFERENCES", with: references)).locations.map(\.coordinate)
        == [Coordinate(latitude: -52.5, longitude: -13.25)])
  }

  @Test("UTF-16 in both orders, and byte order marks")
  func encodings() {
    let text = "{\"é\u{1F600}\": \(Self.place)}"
    for isBig in [true, false] {
      for hasMark in [true, false] {
        var bytes: [UInt8] = []
        for unit in (hasMark ? [0xFEFF] : []) + Array(text.utf16) {
          let pair = [UInt8(unit >> 8), UInt8(truncatingIfNeeded: unit)]
          bytes += isBig ? pair : pair.reversed()
        }
        let result = read(bytes, as: "application/json")
        #expect(result.locations.map(\.coordinate) == [tower])
        #expect(result.observations.allSatisfy { $0.offset == nil })
      }
    }
    let marked = read([0xEF, 0xBB, 0xBF] + Array(Self.place.utf8), as: "application/json")
    #expect(marked.observations.first?.offset == 16)
  }

  @Test("offsets and values hold across the pieces that a file is read in", arguments: [131_040...131_090])
  func pieces(range: ClosedRange<Int>) {
    for length in range {
      let text = "{\"a\": \"\(String(repeating: "x", count: length))\", \"title\": \(Self.place)}"
      let result = readExport(text)
      #expect(result.locations.map(\.coordinate) == [tower], "\(length)")
      #expect(result.observations.first?.offset == length + 32, "\(length)")
    }
  }

  @Test("words of any length are gone over in bounded memory")
  func longWords() {
    let long = String(repeating: "ab\\\"c", count: 400_000)
    #expect(places("{\"\(long)\": [1, \"\(long)\"], \"x\": \(Self.place)}") == [tower])
    let result = readExport("[\(Self.place), \(String(repeating: "1", count: 500_000))]")
    #expect(result.codes == ["malformed"])
    #expect(result.locations.count == 1)
  }

  @Test("too deep is refused, and what stands before it is kept", arguments: ["[", "{\"a\":", "[{\"a\":"])
  func nesting(opening: String) {
    let text = "[\(Self.place), " + String(repeating: opening, count: 100_000)
    let result = readExport(text)
    #expect(result.locations.map(\.coordinate) == [tower])
    #expect(result.codes == ["limit"])
  }

  @Test(
    "what is no JSON is said to be none",
    arguments: ["{\"a\" 1}", "{\"a\":}", "[1 2]", "{]", "[}", "{1: 2}", "nul", "[tru]", "}", "[-]x"])
  func malformed(text: String) { #expect(readExport(text).codes == ["malformed"]) }

  @Test("more values than are looked at are left out, and that is said")
  func manyValues() {
    var limits = Limits()
    limits.entries = 64
    let list = Array(repeating: "{\"name\": 1}", count: 1000).joined(separator: ",")
    let result = readExport("[{\"points\": [\(list)]}, \(Self.place)]", limits)
    #expect(result.codes == ["limit"])
    #expect(result.locations.count == 1)
  }

  @Test("a list in the form of an object is read in bounded memory")
  func dictionary() throws {
    let pairs = (0..<20_000).map {
      "\"id\($0)\": {\"lat\": \(40 + Double($0) / 1000), \"lon\": 2.5, \"time\": \(1_714_338_642 + $0)}"
    }
    let track = try #require(readExport("{\(pairs.joined(separator: ","))}").track(with: .recorded))
    #expect(track.pointCount == 20_000)
    #expect(abs(track.north - 59.999) < 1e-9)
  }

  @Test("damage") func damage() {
    surviveExportDamage(
      #"{"a": [{"lat": 48.8584, "lng": "2.2945", "name": "\u0041"}, {"latitude": 5.25, "longitude": 1.5}]}"#)
  }
}

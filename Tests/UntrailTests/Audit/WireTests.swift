import Foundation
import Testing
import UntrailIsolation
import UntrailModel

@Suite("Wire format")
struct WireTests {
  static let examination: Examination = {
    guard let coordinate = Coordinate(latitude: 48.85837, longitude: 2.294481) else { fatalError("a place") }
    var location = Location(coordinate: coordinate)
    location.accuracy = 4.7
    location.time = Timestamp(civilSeconds: 1_784_016_764, subseconds: "12", utcOffsetMinutes: 0)
    return Examination(
      artifact: Artifact(path: PathBytes([])),
      mediaType: MediaType("image/jpeg", magicName: "image/x", refinement: "r"),
      coverage: .partial,
      observations: [
        Observation(.camera, .location(location), field: "EXIF:GPSLatitude", offset: 12),
        Observation(.derived, .utcOffset(-210), field: "f", offset: nil),
        Observation(.thumbnail, .hidden(HiddenContent(byteCount: nil)), field: "f", offset: 0),
        Observation(.host, .device(Device(hostName: "mara-laptop")), field: "f", offset: nil),
        Observation(.owner, .person("Zoë \u{1F468}\u{200D}\u{1F4BB}"), field: "f", offset: nil),
      ], diagnostics: [Diagnostic("truncated", "m", offset: 3), Diagnostic("x", "", nature: .notRead)])
  }()

  @Test("an examination comes through as it was")
  func survives() { #expect(WireFormat.survives(Self.examination)) }

  @Test("every shorter message is refused")
  func truncated() {
    let bytes = WireFormat.encode(Self.examination)
    for count in 0..<bytes.count {
      #expect(bytes.prefix(count).withUnsafeBytes { WireFormat.decode($0) } == nil)
    }
    #expect((bytes + [0]).withUnsafeBytes { WireFormat.decode($0) } == nil)
  }

  @Test("bytes changed at random are refused or give something that can be said; nothing crashes the parent")
  func mangled() {
    var random = SeededGenerator(seed: 3)
    let bytes = WireFormat.encode(Self.examination)
    for _ in 0..<20_000 {
      var changed = bytes
      for _ in 0..<Int.random(in: 1...4, using: &random) {
        let value = [0, 1, 0x7F, 0x80, 0xFF, UInt8.random(in: 0...255, using: &random)].randomElement(
          using: &random)
        changed[Int.random(in: 0..<changed.count, using: &random)] = value ?? 0
      }
      let decoded = changed.withUnsafeBytes { WireFormat.decode($0) }
      if let decoded { #expect(WireFormat.survives(decoded)) }
    }
  }

  @Test("an offset from UTC of the smallest number there is (found by fuzzing) is refused")
  func smallestNumber() {
    var bytes = WireFormat.encode(Self.examination)
    let minutes: [UInt8] = [0x2E, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF]
    let place = (0...(bytes.count - 8)).first { Array(bytes[$0..<($0 + 8)]) == minutes }
    guard let place else {
      Issue.record("the offset is not in the message")
      return
    }
    bytes.replaceSubrange(place..<(place + 8), with: [0, 0, 0, 0, 0, 0, 0, 0x80])
    #expect(bytes.withUnsafeBytes { WireFormat.decode($0) } == nil)
  }
}

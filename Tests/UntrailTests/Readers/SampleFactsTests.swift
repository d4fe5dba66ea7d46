import Foundation
import Testing
import UntrailIdentify
import UntrailModel
import UntrailReaders

/// Every fact that the script wrote into the samples, held against what is read: the script's list knows nothing
/// of the readers.
@Suite("Samples")
struct SampleFactsTests {
  static var facts: [String: Any] {
    let url = Repository.samples.appendingPathComponent("facts.json")
    guard let data = try? Data(contentsOf: url) else { return [:] }
    return (try? JSONSerialization.jsonObject(with: data)) as? [String: Any] ?? [:]
  }

  static let paths = facts.keys.filter { !$0.hasPrefix("_") }.sorted()

  private static func result(_ path: String) throws -> ReadResult {
    let bytes = try Repository.sample(path)
    let identifier = try Identifier(database: try MagicDatabase.open())
    let mediaType = try bytes.withUnsafeBytes { file in
      try identifier.identify(UnsafeRawBufferPointer(rebasing: file.prefix(4096)), byteCount: file.count)
    }
    return read(bytes, as: mediaType.name, limits)
  }

  /// With the pictures decoded, as `--thorough` has it.
  private static var limits: Limits {
    var limits = Limits()
    limits.pixels = Limits.thoroughPixels
    return limits
  }

  @Test("there are facts to check") func thereAreFacts() { #expect(Self.paths.count >= 35) }

  @Test("every fact is read", arguments: paths)
  func everyFact(path: String) throws {
    let result = try Self.result(path)
    for fact in try #require(Self.facts[path] as? [[String: Any]]) {
      let isFound = result.observations.contains { Self.says($0, fact) }
      #expect(isFound, "\(path): \(fact)")
    }
  }

  @Test("what is no place is not made one")
  func noLocation() throws {
    let paths = try #require(Self.facts["_noLocation"] as? [String])
    #expect(!paths.isEmpty)
    for path in paths {
      let result = try Self.result(path)
      #expect(result.locations.isEmpty, "\(path)")
    }
  }

  @Test("the stripped samples say nothing", arguments: paths.filter { $0.hasPrefix("stripped/") })
  func stripped(path: String) throws {
    let result = try Self.result(path)
    #expect(result.observations.isEmpty)
    #expect(!result.isDamaged)
  }

  private static func says(_ observation: Observation, _ fact: [String: Any]) -> Bool {
    guard observation.kind.name == fact["kind"] as? String, observation.role.name == fact["role"] as? String
    else { return false }
    func near(_ value: Double?, _ key: String, _ tolerance: Double) -> Bool {
      guard let expected = fact[key] as? Double else { return true }
      return value.map { abs($0 - expected) <= tolerance } ?? false
    }
    func written(_ minutes: Int16) -> String {
      (minutes < 0 ? "-" : "+") + String(format: "%02d:%02d", abs(Int(minutes)) / 60, abs(Int(minutes)) % 60)
    }
    switch observation.fact {
    case .location(let location):
      return near(location.coordinate.latitude, "latitude", 1e-6)
        && near(location.coordinate.longitude, "longitude", 1e-6) && near(location.altitude, "altitude", 0.05)
    case .timestamp(let timestamp):
      let offset = timestamp.utcOffsetMinutes.map(written)
      let date = Date(timeIntervalSince1970: Double(timestamp.civilSeconds))
      let text = ISO8601DateFormatter().string(from: date)
      let expected = fact["value"] as? String ?? ""
      let isSameTime = text.dropLast() == expected.prefix(19)
      return isSameTime && (fact["utcOffset"] as? String).map { $0 == offset } ?? true
    case .device(let device):
      return (fact["make"] as? String).map { $0 == device.make } ?? true
        && (fact["model"] as? String).map { $0 == device.model } ?? true
        && (fact["value"] as? String).map { $0 == device.hostName } ?? true
    case .hidden:
      return true
    case .track(let track):
      return track.pointCount == fact["pointCount"] as? Int
    case .travel(let reservation):
      return reservation.category.name == fact["category"] as? String
        && (fact["reference"] as? String).map { $0 == reservation.reference } ?? true
    case .utcOffset(let minutes):
      return written(minutes) == fact["value"] as? String
    case .movement:
      // Derived from many files: no sample states one.
      return false
    case .place, .software, .serial, .person, .link, .text, .contact, .network:
      return observation.text == fact["value"] as? String
    }
  }
}

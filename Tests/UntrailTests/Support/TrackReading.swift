import Testing
import UntrailModel
import UntrailReaders

extension ReadResult {
  /// The tracks of a role.
  func tracks(_ role: Role = .recorded) -> [Track] {
    observations.compactMap { observation in
      guard observation.role == role, case .track(let track) = observation.fact else { return nil }
      return track
    }
  }

  func devices(_ role: Role) -> [Device] {
    observations.compactMap { observation in
      guard observation.role == role, case .device(let device) = observation.fact else { return nil }
      return device
    }
  }

  /// All places, of tracks too.
  var allPlaces: [Coordinate] {
    locations.map(\.coordinate)
      + observations.flatMap { observation -> [Coordinate] in
        if case .track(let track) = observation.fact { track.points.map(\.coordinate) } else { [] }
      }
  }
}

extension Coordinate {
  func isNear(_ latitude: Double, _ longitude: Double, within degrees: Double = 1e-6) -> Bool {
    abs(self.latitude - latitude) <= degrees && abs(self.longitude - longitude) <= degrees
  }
}

/// Reads a track file cut at every length: nothing may crash, and no place may come out that the whole file has not.
///
/// - Parameter tolerance: degrees by which the last place may differ, where a cut number is as good as a whole one.
func surviveCuts(_ file: [UInt8], as mediaType: String, tolerance: Double = 1e-9) {
  let places = read(file, as: mediaType).allPlaces
  #expect(!places.isEmpty)
  for length in 0..<file.count {
    for place in read(Array(file.prefix(length)), as: mediaType).allPlaces {
      let isKnown = places.contains { $0.isNear(place.latitude, place.longitude, within: tolerance) }
      #expect(isKnown, "\(place) of a file cut at \(length)")
    }
  }
}

/// Reads a track file with bytes changed at random: nothing may crash, and there may be no more places than before.
func surviveChanges(_ file: [UInt8], as mediaType: String, rounds: Int = 400) {
  let count = read(file, as: mediaType).allPlaces.count
  var random = SeededGenerator(seed: 11)
  for _ in 0..<rounds {
    var bytes = file
    for _ in 0..<4 {
      bytes[Int.random(in: 0..<bytes.count, using: &random)] = UInt8.random(in: 0...255, using: &random)
    }
    #expect(read(bytes, as: mediaType).allPlaces.count <= count + 2)
  }
}

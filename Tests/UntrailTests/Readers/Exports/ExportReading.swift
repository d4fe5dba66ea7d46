import Testing
import UntrailModel
import UntrailReaders

/// What the reader for JSON makes of a text.
func readExport(_ text: String, _ limits: Limits = Limits()) -> ReadResult {
  read(Array(text.utf8), as: "application/json", limits)
}

extension ReadResult {
  /// The track with a role.
  func track(with role: Role) -> Track? {
    for observation in observations where observation.role == role {
      if case .track(let track) = observation.fact { return track }
    }
    return nil
  }

  func places(with role: Role) -> [Location] {
    observations.compactMap { observation in
      guard observation.role == role, case .location(let location) = observation.fact else { return nil }
      return location
    }
  }

  /// All positions, of places and of tracks.
  var positions: Set<Coordinate> {
    var positions = Set(locations.map(\.coordinate))
    for observation in observations {
      if case .track(let track) = observation.fact { positions.formUnion(track.points.map(\.coordinate)) }
    }
    return positions
  }
}

/// Reads an export cut at every length and with its bytes changed: nothing may crash, no place may come out that is
/// not in the whole, and where it is cut that must be said.
func surviveExportDamage(_ text: String, as mediaType: String = "application/json", isJSON: Bool = true) {
  let bytes = Array(text.utf8)
  let whole = read(bytes, as: mediaType)
  #expect(!whole.isDamaged)
  #expect(!whole.observations.isEmpty)
  for length in 1..<bytes.count {
    let result = read(Array(bytes.prefix(length)), as: mediaType)
    #expect(result.positions.isSubset(of: whole.positions), "cut at \(length)")
    if isJSON { #expect(result.isDamaged, "cut at \(length)") }
  }
  for index in bytes.indices {
    for byte: UInt8 in [0x00, 0x01, 0x22, 0x5B, 0x7D, 0x80, 0xFF] where bytes[index] != byte {
      var changed = bytes
      changed[index] = byte
      let result = read(changed, as: mediaType)
      #expect(result.positions.count <= whole.positions.count + 1, "\(byte) at \(index)")
    }
  }
}

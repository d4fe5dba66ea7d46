import Testing
import UntrailModel
import UntrailReaders

/// Reads a file cut at every length, and with each of its bytes changed: nothing may crash, and no place may come
/// out that is not in the whole file.
func surviveDamage(_ file: [UInt8], as mediaType: String) {
  let places = read(file, as: mediaType).locations.map(\.coordinate)
  for length in 0..<file.count {
    let result = read(Array(file.prefix(length)), as: mediaType)
    #expect(result.locations.allSatisfy { places.contains($0.coordinate) }, "cut at \(length)")
  }
  for index in file.indices {
    for byte: UInt8 in [0x00, 0x01, 0x7F, 0x80, 0xFF] where file[index] != byte {
      var changed = file
      changed[index] = byte
      let result = read(changed, as: mediaType)
      #expect(result.locations.count <= places.count, "\(byte) at \(index)")
    }
  }
}

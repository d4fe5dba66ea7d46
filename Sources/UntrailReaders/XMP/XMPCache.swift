internal import UntrailBytes
internal import UntrailModel

/// What packets said, for the files after them: one camera or program writes the same packet into many pictures.
///
/// A packet is known again by its bytes, all of them; what it says follows from them alone.
final class XMPCache {
  private struct Entry {
    var bytes: [UInt8]
    /// Offsets count from the start of the packet.
    var observations: [Observation]
    var diagnostics: [Diagnostic]
  }

  private static let capacity = 64
  private static let longest = 1 << 18
  private static let sampleDistance = 97

  private var entries: [Int: Entry] = [:]
  /// The keys in the order in which they came.
  private var keys: [Int] = []
  private var next = 0

  /// The packet at hand.
  private var packet: [UInt8] = []

  /// Adds what a packet says to `result`: from memory where it was seen before, else by `decode`.
  ///
  /// - Parameter pieces: the packet, in the order in which it belongs together.
  func decode(
    _ pieces: [ByteView], into result: inout ReadResult, _ decode: (inout ReadResult) -> Void
  ) {
    // What packets before it said decides what it adds: nothing is said twice. Of a packet in pieces the places
    // follow from where each of them stands.
    guard let start = pieces.first?.start, pieces.allSatisfy(\.source.hasPlaces),
      pieces.reduce(0, { $0 + $1.count }) <= Self.longest, take(pieces)
    else { return decode(&result) }
    let key = key(pieces, from: start, after: result.observations)
    if let entry = entries[key], entry.bytes.withUnsafeBytes({ old in packet.withUnsafeBytes(old.isEqual) }) {
      result.observations += entry.observations.map { $0.moved(by: start) }
      result.diagnostics += entry.diagnostics.map { $0.moved(by: start) }
      return
    }
    let (observationCount, diagnosticCount) = (result.observations.count, result.diagnostics.count)
    let bytes = packet
    decode(&result)
    if entries[key] == nil { keep(key) }
    entries[key] = Entry(
      bytes: bytes, observations: result.observations[observationCount...].map { $0.moved(by: -start) },
      diagnostics: result.diagnostics[diagnosticCount...].map { $0.moved(by: -start) })
  }

  /// Reads the packet; false where that fails.
  private func take(_ pieces: [ByteView]) -> Bool {
    packet.removeAll(keepingCapacity: true)
    for piece in pieces {
      let isRead: Void? = try? piece.withBytes(at: 0, count: piece.count) { run throws(ParseError) in
        packet.append(contentsOf: run)
      }
      if isRead == nil { return false }
    }
    return true
  }

  /// From some of the bytes, from how the pieces stand to each other, and from what packets before them said.
  private func key(_ pieces: [ByteView], from start: Int, after observations: [Observation]) -> Int {
    var hasher = Hasher()
    for observation in observations where observation.field.hasPrefix("XMP-") {
      hasher.combine(observation.role.rawValue)
      hasher.combine(observation.field)
      switch observation.fact {
      case .location(let location): hasher.combine(location.coordinate)
      case .timestamp(let time): hasher.combine(time)
      case .utcOffset(let minutes): hasher.combine(minutes)
      case .hidden(let content): hasher.combine(content.byteCount)
      default: hasher.combine(observation.text)
      }
    }
    for piece in pieces {
      hasher.combine(piece.start - start)
      hasher.combine(piece.count)
    }
    // A sample tells most packets apart; all bytes are compared before one is taken for another.
    packet.withUnsafeBytes { bytes in
      var mix: UInt64 = 0
      for place in stride(from: 0, to: bytes.count - 8, by: Self.sampleDistance) {
        mix = (mix ^ bytes.loadUnaligned(fromByteOffset: place, as: UInt64.self)) &* 0x9E37_79B9_7F4A_7C15
        mix ^= mix >> 29
      }
      hasher.combine(mix)
    }
    return hasher.finalize()
  }

  /// Makes room for a key in the place of the oldest.
  private func keep(_ key: Int) {
    if keys.count < Self.capacity {
      keys.append(key)
    } else {
      entries[keys[next]] = nil
      keys[next] = key
      next = (next + 1) % Self.capacity
    }
  }
}

extension Observation {
  fileprivate func moved(by distance: Int) -> Observation {
    var moved = self
    moved.offset = offset.map { $0 + distance }
    return moved
  }
}

extension Diagnostic {
  fileprivate func moved(by distance: Int) -> Diagnostic {
    var moved = self
    moved.offset = offset.map { $0 + distance }
    return moved
  }
}

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

  /// Adds what a packet says to `result`: from memory where it was seen before, else by `decode`.
  ///
  /// - Parameter pieces: the packet, in the order in which it belongs together.
  func decode(
    _ pieces: [ByteView], into result: inout ReadResult, _ decode: (inout ReadResult) -> Void
  ) {
    // What packets before it said decides what it adds: nothing is said twice. Of a packet in pieces the places
    // follow from where each of them stands.
    guard let start = pieces.first?.start, pieces.allSatisfy(\.source.hasPlaces),
      pieces.reduce(0, { $0 + $1.count }) <= Self.longest,
      let key = key(pieces, from: start, after: result.observations)
    else { return decode(&result) }
    if let entry = entries[key], Self.isEqual(entry.bytes, pieces) {
      result.observations += entry.observations.map { $0.moved(by: start) }
      result.diagnostics += entry.diagnostics.map { $0.moved(by: start) }
      return
    }
    guard let bytes = Self.bytes(pieces) else { return decode(&result) }
    let (observationCount, diagnosticCount) = (result.observations.count, result.diagnostics.count)
    decode(&result)
    if entries[key] == nil { keep(key) }
    entries[key] = Entry(
      bytes: bytes, observations: result.observations[observationCount...].map { $0.moved(by: -start) },
      diagnostics: result.diagnostics[diagnosticCount...].map { $0.moved(by: -start) })
  }

  /// All bytes of a packet; nil where they cannot be read.
  private static func bytes(_ pieces: [ByteView]) -> [UInt8]? {
    var bytes: [UInt8] = []
    for piece in pieces {
      let isRead: Void? = try? piece.withBytes(at: 0, count: piece.count) { run throws(ParseError) in
        bytes.append(contentsOf: run)
      }
      if isRead == nil { return nil }
    }
    return bytes
  }

  /// Whether a packet has these bytes, compared where it stands.
  private static func isEqual(_ bytes: [UInt8], _ pieces: [ByteView]) -> Bool {
    var place = 0
    for piece in pieces {
      let isEqual = try? piece.withBytes(at: 0, count: piece.count) { run throws(ParseError) in
        run.count <= bytes.count - place
          && bytes.withUnsafeBytes {
            UnsafeRawBufferPointer(rebasing: $0[place..<(place + run.count)]).isEqual(to: run)
          }
      }
      guard isEqual == true else { return false }
      place += piece.count
    }
    return place == bytes.count
  }

  /// From some of the bytes of the first piece, from how the pieces stand to each other, and from what packets before
  /// them said; nil where the piece cannot be read.
  private func key(_ pieces: [ByteView], from start: Int, after observations: [Observation]) -> Int? {
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
    guard let first = pieces.first else { return nil }
    // A sample tells most packets apart; all bytes are compared before one is taken for another.
    let sample = try? first.withBytes(at: 0, count: first.count) { bytes throws(ParseError) in
      var mix: UInt64 = 0
      for place in stride(from: 0, to: bytes.count - 8, by: Self.sampleDistance) {
        mix = (mix ^ bytes.loadUnaligned(fromByteOffset: place, as: UInt64.self)) &* 0x9E37_79B9_7F4A_7C15
        mix ^= mix >> 29
      }
      return mix
    }
    guard let sample else { return nil }
    hasher.combine(sample)
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

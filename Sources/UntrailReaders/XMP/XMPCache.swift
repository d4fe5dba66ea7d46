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
  private static let longest = 1 << 16

  private var entries: [Int: Entry] = [:]
  /// The keys in the order in which they came.
  private var keys: [Int] = []
  private var next = 0

  /// Adds what a packet says to `result`: from memory where it was seen before, else by `decode`.
  func decode(
    _ view: ByteView, into result: inout ReadResult, _ decode: (inout ReadResult) -> Void
  ) {
    // What was said before the packet decides what it adds; as a rule that is nothing of its kind.
    guard view.source.hasPlaces, view.count <= Self.longest,
      !result.observations.contains(where: { $0.field.hasPrefix("XMP-") }), let key = key(view)
    else { return decode(&result) }
    if let entry = entries[key], entry.bytes.count == view.count,
      entry.bytes.withUnsafeBytes({ view.begins(with: $0) })
    {
      result.observations += entry.observations.map { $0.moved(by: view.start) }
      result.diagnostics += entry.diagnostics.map { $0.moved(by: view.start) }
      return
    }
    let (observationCount, diagnosticCount) = (result.observations.count, result.diagnostics.count)
    decode(&result)
    guard let bytes = try? view.source.bytes(at: view.start, count: view.count) else { return }
    if entries[key] == nil { keep(key) }
    entries[key] = Entry(
      bytes: bytes,
      observations: result.observations[observationCount...].map { $0.moved(by: -view.start) },
      diagnostics: result.diagnostics[diagnosticCount...].map { $0.moved(by: -view.start) })
  }

  private func key(_ view: ByteView) -> Int? {
    try? view.withBytes(at: 0, count: view.count) { run throws(ParseError) in
      var hasher = Hasher()
      hasher.combine(bytes: run)
      return hasher.finalize()
    }
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

/// What one file, and the walk, may cost at most. The only place where such numbers stand; `docs/limits.md` lists
/// them, and `--limit NAME=NUMBER` changes them.
///
/// Reaching one is never silent: the file is `partial` or `unreadable`, with a diagnostic.
package struct Limits: Sendable, Equatable {
  /// Bytes read of one file.
  package var bytes = 64 << 20
  /// Bytes read of one file whose reader goes through all of it: a track, a history, a log.
  package var stream = 8 << 30
  /// Bytes of the telemetry of one film; 0 for none, as `--fast` sets it.
  package var samples = 8 << 30
  /// Bytes of one structure that are looked at in one piece.
  package var structure = 1 << 20
  /// Entries of one list inside a file: directory entries, boxes, chunks, items, pages.
  package var entries = 65_536
  /// Structures of the same kind inside each other.
  package var nesting = 16
  /// Observations of one file, and as many diagnostics.
  package var observations = 10_000
  /// Positions of the tracks of one file that are kept.
  package var points = 50_000
  /// Files inside one file.
  package var members = 1000
  /// Bytes of one text.
  package var text = 8192
  /// Bytes of address space of a worker.
  package var memory = 512 << 20
  /// Pixels of a picture that is decoded to hold its thumbnail against it; 0 for none.
  package var pixels = 0
  /// What `--thorough` sets `pixels` to: more than any phone or camera has.
  package static let thoroughPixels = 200_000_000
  /// Folders below each other.
  package var folders = 512

  package init() {}

  /// One limit, by the name that the command line has for it.
  package struct Name: Sendable {
    package let text: String
    /// What it bounds, for people.
    package let meaning: String
    /// The values that it may have.
    package let range: ClosedRange<Int>
    fileprivate let path: any WritableKeyPath<Limits, Int> & Sendable
  }

  package static let names = [
    Name(
      text: "bytes", meaning: "bytes read of one file", range: 4096...(1 << 40), path: \.bytes),
    Name(
      text: "stream", meaning: "bytes read of one track or history", range: 4096...(1 << 44), path: \.stream),
    Name(
      text: "samples", meaning: "bytes read of the telemetry of one film", range: 0...(1 << 44),
      path: \.samples),
    Name(
      text: "structure", meaning: "bytes of one structure inside a file", range: 4096...(64 << 20),
      path: \.structure),
    Name(
      text: "entries", meaning: "entries of one list inside a file", range: 1...1_000_000, path: \.entries),
    Name(
      text: "nesting", meaning: "structures inside each other", range: 1...64, path: \.nesting),
    Name(
      text: "observations", meaning: "facts of one file, and notes about it", range: 1...20_000,
      path: \.observations),
    Name(
      text: "points", meaning: "positions kept of the tracks of one file", range: 2...150_000, path: \.points),
    Name(
      text: "members", meaning: "files inside one file", range: 0...20_000, path: \.members),
    // libexif takes no block over 64 KiB.
    Name(text: "text", meaning: "bytes of one text", range: 64...32_768, path: \.text),
    Name(
      text: "memory", meaning: "address space of a worker", range: (128 << 20)...(1 << 40), path: \.memory),
    Name(
      text: "pixels", meaning: "pixels of a picture that is decoded", range: 0...(1 << 30), path: \.pixels),
    Name(text: "folders", meaning: "folders below each other", range: 1...100_000, path: \.folders),
  ]

  package static func name(_ text: Substring) -> Name? { names.first { $0.text == text } }

  package subscript(_ name: Name) -> Int {
    get { self[keyPath: name.path] }
    set { self[keyPath: name.path] = newValue }
  }

  // MARK: From and to a worker's command line

  /// All limits in one word.
  package var encoded: String { Self.names.map { "\($0.text)=\(self[$0])" }.joined(separator: ",") }

  package init?(encoded: String) {
    for setting in encoded.split(separator: ",") {
      let parts = setting.split(separator: "=", maxSplits: 1)
      guard parts.count == 2, let name = Self.name(parts[0]), let value = Int(parts[1]),
        name.range.contains(value)
      else { return nil }
      self[name] = value
    }
  }
}

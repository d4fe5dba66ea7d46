import Testing
import UntrailBytes
import UntrailModel
import UntrailReaders

extension Examination {
  func texts(_ kind: Kind, _ role: Role) -> [String] {
    observations.filter { $0.kind == kind && $0.role == role }.compactMap(\.text)
  }

  func times(_ role: Role) -> [Timestamp] {
    observations.filter { $0.role == role }.compactMap {
      if case .timestamp(let time) = $0.fact { time } else { nil }
    }
  }

  /// The fields under which something of this role is hidden.
  func hidden(_ role: Role) -> [String] {
    observations.filter { $0.kind == .hidden && $0.role == role }.map(\.field)
  }

  func field(of text: String) -> String? { observations.first { $0.text == text }?.field }

  func member(_ path: String...) -> Examination? { members.first { $0.artifact.member == path } }

  /// The places of the file and of all files inside it.
  var places: [Coordinate] {
    ([self] + members).flatMap(\.observations).compactMap {
      if case .location(let location) = $0.fact { location.coordinate } else { nil }
    }
  }

  /// The kinds of facts that the file and the files inside it have.
  fileprivate var kinds: Set<Kind> { Set(([self] + members).flatMap(\.observations).map(\.kind)) }

  fileprivate var isFlawed: Bool { ([self] + members).contains { !$0.diagnostics.isEmpty } }
}

/// Whether a picture has the place of `pictureOfTower`.
func isAtTower(_ member: Examination?) -> Bool {
  member?.places.contains { abs($0.latitude - 48.8584) < 0.001 && abs($0.longitude - 2.2945) < 0.001 }
    ?? false
}

func base64(_ bytes: [UInt8]) -> String {
  let digits = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/")
  return stride(from: 0, to: bytes.count, by: 3).map { start in
    let group = bytes[start..<min(start + 3, bytes.count)]
    let number = Leftover.padded(Array(group), 3).reduce(0) { $0 << 8 | Int($1) }
    let text = String((0..<4).map { digits[number >> (18 - 6 * $0) & 63] })
    return text.prefix(group.count + 1) + String(repeating: "=", count: 3 - group.count)
  }.joined()
}

/// What is made of a document whose type is known. Of files inside only pictures in JPEG and compound files are told
/// apart.
func examineDocument(_ bytes: [UInt8], as mediaType: String) -> Examination {
  let tools = ReaderTools(limits: Limits()) { prefix, _ in
    if prefix.starts(with: [0xFF, 0xD8, 0xFF]) { return MediaType("image/jpeg") }
    return prefix.starts(with: [0xD0, 0xCF, 0x11, 0xE0]) ? MediaType("application/x-ole-storage") : .unknown
  }
  var result = ReadResult()
  let isRead = result.read(ByteSource(bytes: bytes), of: MediaType(mediaType), with: tools)
  return result.examination(
    of: Artifact(path: PathBytes("a"), byteCount: bytes.count), MediaType(mediaType), isRead: isRead)
}

/// Reads a document cut at every 37th byte, and 300 times with bytes changed at random: nothing may crash, what is
/// lost must be said, and no kind of fact may come out that is not in the whole document.
func surviveDocumentDamage(_ file: [UInt8], as mediaType: String, seed: UInt64 = 37) {
  let whole = examineDocument(file, as: mediaType)
  #expect(!whole.observations.isEmpty && !whole.isFlawed, "\(whole.diagnostics)")
  for length in stride(from: 0, to: file.count, by: 37) {
    let cut = examineDocument(Array(file.prefix(length)), as: mediaType)
    #expect(cut.kinds.isSubset(of: whole.kinds), "cut at \(length)")
    #expect(cut.places.allSatisfy(whole.places.contains), "cut at \(length)")
    let isSame = cut.observations == whole.observations
    #expect(
      cut.observations.isEmpty || cut.isFlawed || isSame,
      "lost without a word: cut at \(length) of \(file.count)")
  }
  let placed: Set<Kind> = [.location, .place, .track, .travel]
  var random = SeededGenerator(seed: seed)
  for round in 0..<300 {
    var changed = file
    for _ in 0..<Int.random(in: 1...4, using: &random) {
      changed[Int.random(in: 0..<file.count, using: &random)] = UInt8.random(in: 0...255, using: &random)
    }
    let result = examineDocument(changed, as: mediaType)
    // A changed picture with a place has another one, which may be in doubt.
    let invented = result.kinds.intersection(placed).subtracting(whole.kinds)
    #expect(invented.isEmpty || !whole.places.isEmpty, "seed \(seed), round \(round): \(invented)")
    #expect(result.places.count <= whole.places.count, "seed \(seed), round \(round)")
  }
}

internal import UntrailModel

/// Joins files that are versions of one document: by the document's own id, by the one that it had first, and by that
/// of which it was made. Two files of one document say nothing of a device.
struct DocumentLinker: Sendable {
  private var sets = DisjointSets()
  private var setOfKey: [Int: UInt32] = [:]
  private var fileCounts: [UInt32] = []
  private var lastFile: (ordinal: Int, set: UInt32) = (0, 0)
  /// A path is kept of every set up to this many, beyond it only of sets with two files.
  private static let pathLimit = 20_000
  private var examples: [UInt32: [FileReference]] = [:]

  mutating func add(_ file: JudgedFile, _ keys: [Int]) {
    guard !keys.isEmpty else { return }
    var set: UInt32?
    for known in keys.compactMap({ setOfKey[$0] }) {
      guard let first = set else {
        set = sets.root(known)
        continue
      }
      guard let (kept, gone) = sets.join(first, known) else { continue }
      fileCounts[Int(kept)] &+= fileCounts[Int(gone)]
      let both = (examples[kept] ?? []) + (examples.removeValue(forKey: gone) ?? [])
      examples[kept] = Array(both.sorted { $0.ordinal < $1.ordinal }.prefix(DeviceLinker.exampleLimit))
      set = kept
    }
    let number = set ?? sets.add()
    if set == nil { fileCounts.append(0) }
    for key in keys where setOfKey[key] == nil { setOfKey[key] = number }
    guard lastFile.ordinal != file.ordinal || lastFile.set != number else { return }
    lastFile = (file.ordinal, number)
    fileCounts[Int(number)] &+= 1
    let isWorth = sets.count <= Self.pathLimit || fileCounts[Int(number)] > 1
    if isWorth, (examples[number]?.count ?? 0) < DeviceLinker.exampleLimit {
      examples[number, default: []].append(
        FileReference(ordinal: file.ordinal, path: file.examination.artifact.path))
    }
  }

  /// In the order of their first files.
  func documents() -> [SharedDocument] {
    examples.filter { fileCounts[Int($0.key)] > 1 }
      .sorted { ($0.value.first?.ordinal ?? 0, $0.key) < ($1.value.first?.ordinal ?? 0, $1.key) }
      .map { SharedDocument(fileCount: Int(fileCounts[Int($0.key)]), examples: $0.value) }
  }
}

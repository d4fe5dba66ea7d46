internal import UntrailBytes
internal import UntrailModel

/// The storages and streams of a compound file: folders and files, in trees of entries.
///
///     entry, 128 bytes: name, 64 bytes; LL LL bytes of it with its end; TT type; colour
///       68, 72: entries left and right of this one, 76: the one at the top of the tree inside
///       80: class, 16 bytes; 100: created, 108: changed, 116: first sector, 120: bytes
///
/// Types: 1 storage, 2 stream, 5 root.
///
/// Source: Microsoft, MS-CFB, section 2.6.
struct CompoundDirectory {
  struct Entry {
    var name: String
    /// The names of the storages around it, from the outside; nil where none leads to it.
    var folder: [String]?
    var type: UInt8
    var classID: [UInt8]
    var created: Timestamp?
    var modified: Timestamp?
    var firstSector: Int
    var byteCount: Int
    fileprivate var siblings: [Int]
    fileprivate var child: Int

    var isStream: Bool { type == 2 }
  }

  private(set) var entries: [Entry] = []
  private(set) var root: Entry?

  var streams: [Entry] { entries.filter { $0.isStream } }

  /// The stream with this name in the root, or in a storage of the root.
  func stream(_ name: String, in folder: [String] = []) -> Entry? {
    entries.first { $0.isStream && $0.name == name && $0.folder == folder }
  }

  /// The streams right inside a storage.
  func streams(in folder: [String]) -> [Entry] { entries.filter { $0.isStream && $0.folder == folder } }

  /// The storages right inside a storage.
  func storages(in folder: [String]) -> [Entry] {
    entries.filter { $0.type == 1 && $0.folder == folder }
  }

  /// Takes the entries of one sector.
  mutating func append(_ sector: [UInt8]) {
    for start in stride(from: 0, through: sector.count - 128, by: 128) {
      func number(_ offset: Int, _ size: Int) -> UInt64 {
        (0..<size).reversed().reduce(0) { $0 << 8 | UInt64(sector[start + offset + $1]) }
      }
      let length = min(max(Int(number(64, 2)) - 2, 0), 62)
      let entry = Entry(
        name: Self.name(sector[start..<(start + length)]), folder: nil, type: sector[start + 66],
        classID: Array(sector[(start + 80)..<(start + 96)]),
        created: WindowsTime.timestamp(number(100, 8)), modified: WindowsTime.timestamp(number(108, 8)),
        firstSector: Int(number(116, 4)), byteCount: Int(number(120, 4)),
        siblings: [Int(number(68, 4)), Int(number(72, 4))], child: Int(number(76, 4)))
      entries.append(entry)
      if entry.type == 5, root == nil { root = entry }
    }
  }

  /// Names begin with a control character where programs made them for themselves.
  private static func name(_ bytes: ArraySlice<UInt8>) -> String {
    var units: [UInt16] = []
    for index in stride(from: bytes.startIndex, to: bytes.endIndex - 1, by: 2) {
      units.append(UInt16(bytes[index]) | UInt16(bytes[index + 1]) << 8)
    }
    return String(decoding: units.prefix { $0 != 0 }, as: UTF16.self)
  }

  /// Finds the storage of each entry. Trees that lead in circles end where they meet an entry again.
  mutating func link(_ limits: Limits) {
    guard let root else { return }
    var seen: Set<Int> = []
    var waiting: [(index: Int, folder: [String])] = [(root.child, [])]
    while let (index, folder) = waiting.popLast() {
      guard index < entries.count, seen.insert(index).inserted else { continue }
      entries[index].folder = folder
      for sibling in entries[index].siblings { waiting.append((sibling, folder)) }
      guard entries[index].type == 1, folder.count < limits.nesting else { continue }
      waiting.append((entries[index].child, folder + [entries[index].name]))
    }
  }
}

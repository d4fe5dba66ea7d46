/// Builds compound files (OLE2) from streams in storages, with small sectors of 64 bytes.
///
/// Source: Microsoft, MS-CFB, sections 2.2 to 2.6.
struct CompoundFileBuilder {
  private struct Entry {
    var name: String
    /// 1 storage, 2 stream, 5 root.
    var type: UInt8
    var content: [UInt8]
    var parent: Int
  }

  private var entries = [Entry(name: "Root Entry", type: 5, content: [], parent: -1)]
  /// When the root was changed.
  var rootTicks = 0
  /// 512, or 4096 since version 4.
  var sectorSize = 512
  /// Whether the sectors of the table are listed in a sector of its own, and not in the head.
  var isTableListedApart = false

  /// Where the table starts in a file with sectors of 512 bytes: four bytes for each sector.
  static let table = 512
  private static let end = 0xFFFF_FFFE
  private static let free = 0xFFFF_FFFF

  mutating func add(_ name: String, _ content: [UInt8], in folder: [String] = []) {
    var parent = 0
    for step in folder {
      if let known = entries.firstIndex(where: { $0.name == step && $0.type == 1 && $0.parent == parent }) {
        parent = known
      } else {
        entries.append(Entry(name: step, type: 1, content: [], parent: parent))
        parent = entries.count - 1
      }
    }
    entries.append(Entry(name: name, type: 2, content: content, parent: parent))
  }

  /// Sectors and their chains, before they have a place.
  private struct Chains {
    var next: [Int] = []
    var content: [UInt8] = []
    let size: Int

    /// - Returns: the first sector; the end of a chain where there is none.
    mutating func add(_ bytes: [UInt8]) -> Int {
      let first = next.count
      let count = (bytes.count + size - 1) / size
      for index in 0..<count { next.append(index == count - 1 ? end : next.count + 1) }
      content += Leftover.padded(bytes, count * size)
      return count == 0 ? end : first
    }
  }

  /// The whole file, and in it the first bytes of the directory.
  var built: (bytes: [UInt8], directory: Int) {
    var small = Chains(size: 64)
    var large = Chains(size: sectorSize)
    var starts = [Int](repeating: Self.end, count: entries.count)
    for (index, entry) in entries.enumerated() where entry.type == 2 {
      starts[index] =
        entry.content.count < 4096 ? small.add(entry.content) : large.add(entry.content)
    }
    let smallTable = large.add(small.next.flatMap { Leftover.little($0, 4) })
    let numbers = sectorSize / 4
    let smallTableCount = (small.next.count + numbers - 1) / numbers
    starts[0] = large.add(small.content)
    let directory = large.next.count
    _ = large.add([UInt8](repeating: 0, count: 128 * entries.count))
    let lists = isTableListedApart ? 1 : 0
    var tables = 1
    while tables * numbers < large.next.count + tables + lists { tables += 1 }
    // The table stands first, then its list: what else there is moves behind them.
    let shift = tables + lists
    func moved(_ sector: Int) -> Int { sector == Self.end ? sector : sector + shift }
    for (index, entry) in entries.enumerated() {
      if entry.type == 5 || entry.type == 2 && entry.content.count >= 4096 {
        starts[index] = moved(starts[index])
      }
    }
    var table = [Int](repeating: 0xFFFF_FFFD, count: tables) + [Int](repeating: 0xFFFF_FFFC, count: lists)
    table += large.next.map(moved)
    table += [Int](repeating: Self.free, count: tables * numbers - table.count)
    let directoryPlace = sectorSize * (moved(directory) + 1)
    var file = head(
      tables, directory: moved(directory), smallTable: moved(smallTable), smallTableCount)
    file += table.flatMap { Leftover.little($0, 4) }
    if lists > 0 {
      file += ((0..<(numbers - 1)).map { $0 < tables ? $0 : Self.free } + [Self.end]).flatMap {
        Leftover.little($0, 4)
      }
    }
    file += large.content
    let directoryBytes = directoryEntries(starts, smallCount: small.content.count)
    file.replaceSubrange(directoryPlace..<(directoryPlace + directoryBytes.count), with: directoryBytes)
    return (file, directoryPlace)
  }

  var bytes: [UInt8] { built.bytes }

  private func head(_ tables: Int, directory: Int, smallTable: Int, _ smallTableCount: Int) -> [UInt8] {
    var head: [UInt8] = [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1] + [UInt8](repeating: 0, count: 16)
    head += Leftover.little(0x3E, 2) + Leftover.little(sectorSize == 512 ? 3 : 4, 2) + [0xFE, 0xFF]
    head +=
      Leftover.little(sectorSize == 512 ? 9 : 12, 2) + Leftover.little(6, 2)
      + [UInt8](repeating: 0, count: 10)
    head += [tables, directory, 0, 4096, smallTable, smallTableCount].flatMap { Leftover.little($0, 4) }
    head += Leftover.little(isTableListedApart ? tables : Self.end, 4)
    head += Leftover.little(isTableListedApart ? 1 : 0, 4)
    head += (0..<109).flatMap { Leftover.little($0 < tables && !isTableListedApart ? $0 : Self.free, 4) }
    return Leftover.padded(head, sectorSize)
  }

  /// Every entry leads to the next one of its storage on its right: a tree, although no balanced one.
  private func directoryEntries(_ starts: [Int], smallCount: Int) -> [UInt8] {
    var bytes: [UInt8] = []
    for (index, entry) in entries.enumerated() {
      func first(_ isWanted: (Int) -> Bool) -> Int { entries.indices.first(where: isWanted) ?? Self.free }
      let right = index == 0 ? Self.free : first { $0 > index && entries[$0].parent == entry.parent }
      let child = first { entries[$0].parent == index }
      let isStorage = entry.type == 1
      bytes += Leftover.padded(Leftover.wide(entry.name), 64)
      bytes += Leftover.little(2 * entry.name.utf16.count + 2, 2) + [entry.type, 1]
      bytes += [Self.free, right, child].flatMap { Leftover.little($0, 4) }
      bytes += [UInt8](repeating: 0, count: 28) + Leftover.little(index == 0 ? rootTicks : 0, 8)
      bytes += Leftover.little(isStorage ? 0 : starts[index], 4)
      bytes += Leftover.little(index == 0 ? smallCount : entry.content.count, 4) + [0, 0, 0, 0]
    }
    return bytes
  }
}

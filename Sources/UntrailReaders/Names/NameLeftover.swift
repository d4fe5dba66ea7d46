internal import UntrailModel

/// Files that their name shows to be a copy of another, or to be deleted: channel E3.
///
///     .trashed-1787886764-IMG_1.jpg     Android; the number is when it will go for good, 30 days after
///     $RA1B2C3.jpg                      the content of a file in Windows' recycle bin; $IA1B2C3.jpg says which
///     notes.txt~ #notes.txt# .notes.txt.swp notes.bak ~WRL0001.tmp
///
/// Source: Android, MediaStore.java (names of trashed files); GNU Emacs manual, section 18.3.2.
enum NameLeftover {
  /// Seconds that Android keeps what was deleted.
  private static let grace = 30 * 86_400

  /// Adds what the name says.
  ///
  /// - Returns: where the name starts that the file had before.
  static func observe(_ name: NameBytes, byteCount: Int?, into observations: inout [Observation]) -> Int {
    func add(_ role: Role, _ field: String) {
      observations.append(
        Observation(role, .hidden(HiddenContent(byteCount: byteCount)), field: field, offset: nil))
    }
    if name.has(".trashed-", at: 0), name.digitsEnd(9) == 19, name[19] == UInt8(ascii: "-"),
      let expiry = name.number(9, 10)
    {
      add(.deleted, "FileName:Trashed")
      let timestamp = Timestamp(civilSeconds: Int64(expiry - grace), utcOffsetMinutes: 0)
      observations.append(
        Observation(.deleted, .timestamp(timestamp), field: "FileName:Trashed", offset: nil))
      return 20
    }
    if isInRecycleBin(name) {
      add(.deleted, "FileName:RecycleBin")
    } else if isThumbnailStore(name) {
      add(.thumbnail, "FileName:ThumbnailCache")
    } else if isBackup(name) {
      add(.copy, "FileName:Backup")
    }
    return 0
  }

  private static func isInRecycleBin(_ name: NameBytes) -> Bool {
    guard name[0] == UInt8(ascii: "$"), name[1] == UInt8(ascii: "R"), name.count >= 8,
      name[8] == 0 || name[8] == UInt8(ascii: ".")
    else { return false }
    return (2..<8).allSatisfy {
      name.isDigit($0) || name[$0] >= UInt8(ascii: "A") && name[$0] <= UInt8(ascii: "Z")
    }
  }

  /// Small copies of pictures in a form of their own, in which those of deleted pictures stay.
  private static func isThumbnailStore(_ name: NameBytes) -> Bool {
    name.has(".thumbdata", at: 0) && name.isDigit(10)
      || name.has("ZbThumbnail.info", at: 0) && name.count == 16
  }

  private static let endings: [StaticString] = [
    ".bak", ".swp", ".swo", ".swn", ".orig", ".old", ".save", ".asd", ".wbk", ".autosave",
  ]

  private static func isBackup(_ name: NameBytes) -> Bool {
    if name.count > 2, name[name.count - 1] == UInt8(ascii: "~"), name[0] != UInt8(ascii: "~") { return true }
    if name.count > 3, name[0] == UInt8(ascii: "#"), name[name.count - 1] == UInt8(ascii: "#") { return true }
    if name.has("~WR", at: 0), name.ends(".tmp") { return true }
    if name.has("AutoRecovery save of ", at: 0) || name.has("Backup of ", at: 0) { return true }
    // Something must stand before the ending.
    return endings.contains { name.ends($0) && name.count > $0.utf8CodeUnitCount }
  }
}

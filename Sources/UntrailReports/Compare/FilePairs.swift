internal import UntrailModel

/// Which file of a folder is which of a copy of it.
///
/// Copies that tools write have other names: mat2 puts ".cleaned" before the ending, a share sheet or an export makes
/// another type of it.
struct FilePairs {
  /// By the position of a file before, that of the file after.
  private(set) var after: [Int: Int] = [:]
  /// The other way round.
  private(set) var before: [Int: Int] = [:]

  private let beforeFiles: [Ledger.File]
  private let afterFiles: [Ledger.File]

  init(_ beforeFiles: [Ledger.File], _ afterFiles: [Ledger.File]) {
    self.beforeFiles = beforeFiles
    self.afterFiles = afterFiles
    pair { file, _ in file.path }
    pair { file, isAfter in isAfter ? Self.withoutMark(file.path) : file.path }
    pair { file, isAfter in Self.stem(isAfter ? Self.withoutMark(file.path) : file.path) }
    pairSingleFiles()
    pairMembers()
  }

  /// Pairs the files that have no partner yet and one name on both sides, each only once.
  private mutating func pair(_ name: (Ledger.File, Bool) -> [UInt8]) {
    func names(_ files: [Ledger.File], _ isPaired: (Int) -> Bool, _ isAfter: Bool) -> [[UInt8]: Int] {
      var places: [[UInt8]: Int?] = [:]
      for (place, file) in files.enumerated() where file.member.isEmpty && !isPaired(place) {
        let name = name(file, isAfter)
        // A name that two files have tells neither.
        places.updateValue(places[name] == nil ? place : nil, forKey: name)
      }
      return places.compactMapValues { $0 }
    }
    let after = names(afterFiles, { before[$0] != nil }, true)
    for (name, place) in names(beforeFiles, { self.after[$0] != nil }, false) {
      if let other = after[name] { join(place, other) }
    }
  }

  private mutating func join(_ one: Int, _ other: Int) {
    after[one] = other
    before[other] = one
  }

  private mutating func pairSingleFiles() {
    let one = beforeFiles.indices.filter { beforeFiles[$0].member.isEmpty }
    let other = afterFiles.indices.filter { afterFiles[$0].member.isEmpty }
    if one.count == 1, other.count == 1, after.isEmpty { join(one[0], other[0]) }
  }

  /// A file inside a file is the one with the same way into the partner.
  private mutating func pairMembers() {
    struct Way: Hashable {
      var path: [UInt8]
      var member: [String]
    }
    var partners: [[UInt8]: [UInt8]] = [:]
    for (one, other) in after { partners[beforeFiles[one].path] = afterFiles[other].path }
    var places: [Way: Int] = [:]
    for (place, file) in afterFiles.enumerated() where !file.member.isEmpty {
      places[Way(path: file.path, member: file.member)] = place
    }
    for (place, file) in beforeFiles.enumerated() where !file.member.isEmpty {
      guard let partner = partners[file.path] else { continue }
      if let other = places[Way(path: partner, member: file.member)] { join(place, other) }
    }
  }

  /// The path without ".cleaned" before its ending.
  private static func withoutMark(_ path: [UInt8]) -> [UInt8] {
    let mark = Array(".cleaned".utf8)
    let (stem, ending) = split(path)
    return stem.suffix(mark.count).elementsEqual(mark) ? Array(stem.dropLast(mark.count)) + ending : path
  }

  /// The path without its ending, in lower case.
  private static func stem(_ path: [UInt8]) -> [UInt8] {
    split(path).stem.map { $0 >= UInt8(ascii: "A") && $0 <= UInt8(ascii: "Z") ? $0 | 0x20 : $0 }
  }

  private static func split(_ path: [UInt8]) -> (stem: ArraySlice<UInt8>, ending: ArraySlice<UInt8>) {
    let start = path.lastIndex(of: UInt8(ascii: "/")).map { $0 + 1 } ?? 0
    guard let point = path[start...].lastIndex(of: UInt8(ascii: ".")), point > start else {
      return (path[...], [])
    }
    return (path[..<point], path[point...])
  }
}

internal import UntrailModel

#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Darwin)
  internal import Darwin
#endif

/// One thing met by the walk: a file to open, or an outcome that is already known.
struct WalkEntry: Sendable {
  var path: PathBytes
  /// How many bytes at the end of `path` are the name below `directory`.
  var nameLength: Int
  /// What the folder's listing said the inode is; 0 where there was no listing.
  var inode: UInt64
  /// Where to open it; nil for the working folder.
  var directory: DirectoryHandle?
  /// Whether the name was given by the user, who may name a link.
  var followsLink = false
  /// The name of the picture that this file describes, in the same folder; nil where it is no sidecar.
  var sidecarOf: [UInt8]?
  /// What became of it without being opened; nil for a file to open.
  var outcome: Outcome?

  struct Outcome: Sendable {
    var mediaType: MediaType
    var coverage: Coverage
    var diagnostic: Diagnostic

    func examination(of artifact: Artifact) -> Examination {
      Examination(artifact: artifact, mediaType: mediaType, coverage: coverage, diagnostics: [diagnostic])
    }
  }

  /// - Parameter error: the system's error number.
  static func unreadable(_ mediaType: MediaType, _ code: String, _ error: Int32) -> Outcome {
    Outcome(
      mediaType: mediaType, coverage: .unreadable, diagnostic: Diagnostic(code, SystemFile.message(error)))
  }
}

/// Entries that travel together, numbered in the order of the walk.
struct WalkFrame: Sendable {
  /// From 0.
  var number: Int
  /// The ordinal of the first entry, from 1.
  var firstOrdinal: Int
  var entries: [WalkEntry]
}

/// Walks folders depth first: the files of a folder in the order of their names' bytes, then its folders.
///
/// Every name met gives exactly one entry. Folders are opened relative to their parent's descriptor and no
/// link is followed, so that nothing outside the roots is reached whatever is renamed meanwhile.
struct Walk {
  static let frameSize = 64
  private let excluded: Set<FileIdentity>
  /// Folders deeper than this below a root are not entered.
  private let folderLimit: Int
  /// Takes a full frame; false ends the walk.
  private let emit: (WalkFrame) -> Bool
  private var entries: [WalkEntry] = []
  private var frameNumber = 0
  private var nextOrdinal = 1
  private var visited: Set<FileIdentity> = []
  private var isStopped = false

  /// - Parameters:
  ///   - excluded: files that are passed over without an entry: the reports being written.
  init(
    excluded: Set<FileIdentity>, folderLimit: Int = Limits().folders, emit: @escaping (WalkFrame) -> Bool
  ) {
    self.excluded = excluded
    self.folderLimit = folderLimit
    self.emit = emit
    entries.reserveCapacity(Self.frameSize)
  }

  /// Walks one root: a file or a folder.
  ///
  /// - Parameter followsLink: whether a root that is a link is followed.
  /// - Returns: false where the walk was stopped.
  mutating func add(_ root: PathBytes, followsLink: Bool) -> Bool {
    var path = root.bytes
    while path.count > 1, path.last == UInt8(ascii: "/") { path.removeLast() }
    let terminated = (path + [0]).map { CChar(bitPattern: $0) }
    guard !path.contains(0),
      let status = SystemFile.status(terminated, in: AT_FDCWD, followsLink: followsLink)
    else {
      put(path, outcome: WalkEntry.unreadable(.unknown, "not-found", path.contains(0) ? EINVAL : errno))
      return !isStopped
    }
    switch SystemFile.Kind(mode: status.st_mode) {
    case .directory:
      let descriptor = SystemFile.openDirectory(terminated, in: AT_FDCWD, followsLink: followsLink)
      if descriptor < 0 {
        put(path, outcome: WalkEntry.unreadable(.directory, "open-failed", -descriptor))
      } else {
        walk(DirectoryHandle(descriptor: descriptor), path)
      }
    case .regular:
      put(
        WalkEntry(
          path: PathBytes(path), nameLength: path.count, inode: 0, directory: nil, followsLink: followsLink))
    case .symbolicLink:
      put(path, outcome: Self.link)
    case .other(let name):
      put(path, outcome: Self.special(name))
    }
    return !isStopped
  }

  /// Hands out what is left. Must be called once, at the end.
  mutating func finish() { flush() }

  // MARK: Folders

  /// A folder that is still to be opened.
  private struct Pending {
    var parent: DirectoryHandle
    var path: [UInt8]
    var nameLength: Int
    var depth: Int
  }

  private mutating func walk(_ root: DirectoryHandle, _ path: [UInt8]) {
    var pending: [Pending] = []
    list(root, path, depth: 0, &pending)
    while !isStopped, let next = pending.popLast() {
      guard next.depth <= folderLimit else {
        put(
          next.path,
          outcome: WalkEntry.Outcome(
            mediaType: .directory, coverage: .unreadable,
            diagnostic: Diagnostic(
              "too-deep", "a folder more than \(folderLimit) folders deep is not entered")))
        continue
      }
      let descriptor = Self.withName(next.path, next.nameLength) {
        SystemFile.openDirectory($0, in: next.parent.descriptor)
      }
      if descriptor < 0 {
        put(next.path, outcome: WalkEntry.unreadable(.directory, "open-failed", -descriptor))
      } else {
        list(DirectoryHandle(descriptor: descriptor), next.path, depth: next.depth, &pending)
      }
    }
  }

  /// The names of one folder, in one piece of memory.
  private struct Listing: Sidecar.Names {
    var bytes: [UInt8] = []
    var names: [(start: Int, count: Int, kind: UInt8, inode: UInt64)] = []

    private func name(_ index: Int) -> ArraySlice<UInt8> {
      bytes[names[index].start..<(names[index].start + names[index].count)]
    }

    /// The first name that does not come before another. The names must be sorted.
    private func place(of name: [UInt8]) -> Int {
      var low = 0
      var high = names.count
      while low < high {
        let middle = (low + high) / 2
        if self.name(middle).lexicographicallyPrecedes(name) { low = middle + 1 } else { high = middle }
      }
      return low
    }

    func contains(_ name: [UInt8]) -> Bool {
      let place = place(of: name)
      return place < names.count && self.name(place).elementsEqual(name)
    }

    func starting(with start: [UInt8]) -> [[UInt8]] {
      let place = place(of: start)
      return (place..<min(place + 8, names.count)).map { name($0) }.filter { $0.starts(with: start) }
        .map { Array($0) }
    }

    mutating func sort() {
      bytes.withUnsafeBufferPointer { bytes in
        guard let base = bytes.baseAddress else { return }
        names.sort { left, right in
          let order = memcmp(base + left.start, base + right.start, min(left.count, right.count))
          return order == 0 ? left.count < right.count : order < 0
        }
      }
    }
  }

  /// Puts an entry for each file of a folder, and its folders onto `pending`.
  private mutating func list(
    _ directory: DirectoryHandle, _ path: [UInt8], depth: Int, _ pending: inout [Pending]
  ) {
    guard let status = SystemFile.status(of: directory.descriptor),
      visited.insert(FileIdentity(status)).inserted
    else {
      put(
        path,
        outcome: WalkEntry.Outcome(
          mediaType: .directory, coverage: .unsupported,
          diagnostic: Diagnostic(
            "already-walked", "this folder was walked under another path", nature: .notRead)))
      return
    }
    let (listing, error) = Self.read(directory)
    if error != 0 { put(path, outcome: WalkEntry.unreadable(.directory, "read-failed", error)) }
    var folders: [Pending] = []
    let prefix = path.isEmpty || path.last == UInt8(ascii: "/") ? path : path + [UInt8(ascii: "/")]
    for name in listing.names where !isStopped {
      var full = [UInt8]()
      full.reserveCapacity(prefix.count + name.count)
      full += prefix
      full += listing.bytes[name.start..<(name.start + name.count)]
      switch kind(name.kind, full, name.count, in: directory) {
      case .directory:
        folders.append(Pending(parent: directory, path: full, nameLength: name.count, depth: depth + 1))
      case .regular:
        if !excluded.isEmpty, isExcluded(full, name.count, name.inode, in: directory) { continue }
        var entry = WalkEntry(
          path: PathBytes(full), nameLength: name.count, inode: name.inode, directory: directory)
        entry.sidecarOf =
          Sidecar.subject(of: full.suffix(name.count), in: listing)
          ?? FilmSidecar.subject(of: full.suffix(name.count), in: listing)
          ?? AttachedFile.subject(of: full.suffix(name.count)) { listing.contains($0) }
        put(entry)
      case .symbolicLink:
        put(full, outcome: Self.link)
      case .other(let type):
        put(full, outcome: Self.special(type))
      case nil:
        put(full, outcome: WalkEntry.unreadable(.unknown, "vanished", errno))
      }
    }
    pending += folders.reversed()
  }

  private static func read(_ directory: DirectoryHandle) -> (listing: Listing, error: Int32) {
    var listing = Listing()
    let descriptor = fcntl(directory.descriptor, F_DUPFD_CLOEXEC, 0)
    guard descriptor >= 0 else { return (listing, errno) }
    guard let stream = fdopendir(descriptor) else {
      let error = errno
      close(descriptor)
      return (listing, error)
    }
    defer { closedir(stream) }
    while true {
      errno = 0
      guard let entry = readdir(stream) else {
        let error = errno
        listing.sort()
        return (listing, error)
      }
      let name = UnsafeRawPointer(entry) + nameOffset
      let count = strlen(name.assumingMemoryBound(to: CChar.self))
      let bytes = UnsafeRawBufferPointer(start: name, count: count)
      if bytes.elementsEqual([UInt8(ascii: ".")]) || bytes.elementsEqual("..".utf8) { continue }
      listing.names.append((listing.bytes.count, count, entry.pointee.d_type, UInt64(entry.pointee.d_ino)))
      listing.bytes.append(contentsOf: bytes)
    }
  }

  private static let nameOffset = MemoryLayout<dirent>.offset(of: \.d_name) ?? 0

  /// What a name of a listing is; nil, with `errno` set, where it is gone.
  private func kind(
    _ type: UInt8, _ path: [UInt8], _ nameLength: Int, in directory: DirectoryHandle
  ) -> SystemFile.Kind? {
    switch Int(type) {
    case Int(DT_REG): return .regular
    case Int(DT_DIR): return .directory
    case Int(DT_LNK): return .symbolicLink
    default:
      // The listing does not say, or it is something that is not opened.
      let status = Self.withName(path, nameLength) { SystemFile.status($0, in: directory.descriptor) }
      return status.map { SystemFile.Kind(mode: $0.st_mode) }
    }
  }

  private func isExcluded(
    _ path: [UInt8], _ nameLength: Int, _ inode: UInt64, in directory: DirectoryHandle
  ) -> Bool {
    guard excluded.contains(where: { $0.inode == inode }) else { return false }
    let status = Self.withName(path, nameLength) { SystemFile.status($0, in: directory.descriptor) }
    return status.map { excluded.contains(FileIdentity($0)) } ?? false
  }

  /// Gives the last bytes of a path as a C string.
  static func withName<Result>(
    _ path: [UInt8], _ count: Int, _ body: (UnsafePointer<CChar>) -> Result
  ) -> Result {
    var name: [CChar] = []
    name.reserveCapacity(count + 1)
    for byte in path[(path.count - count)...] { name.append(CChar(bitPattern: byte)) }
    name.append(0)
    return body(name)
  }

  // MARK: Entries

  private static let link = WalkEntry.Outcome(
    mediaType: MediaType("inode/symlink"), coverage: .unsupported,
    diagnostic: Diagnostic("link-not-followed", "a symbolic link is not followed", nature: .notRead))

  private static func special(_ name: String) -> WalkEntry.Outcome {
    WalkEntry.Outcome(
      mediaType: MediaType(name), coverage: .unsupported,
      diagnostic: Diagnostic("not-a-file", "this is no regular file and is not opened", nature: .notRead))
  }

  private mutating func put(_ path: [UInt8], outcome: WalkEntry.Outcome) {
    put(
      WalkEntry(path: PathBytes(path), nameLength: path.count, inode: 0, directory: nil, outcome: outcome))
  }

  private mutating func put(_ entry: WalkEntry) {
    entries.append(entry)
    if entries.count == Self.frameSize { flush() }
  }

  private mutating func flush() {
    guard !entries.isEmpty, !isStopped else { return }
    let frame = WalkFrame(number: frameNumber, firstOrdinal: nextOrdinal, entries: entries)
    frameNumber += 1
    nextOrdinal += entries.count
    entries = []
    entries.reserveCapacity(Self.frameSize)
    isStopped = !emit(frame)
  }
}

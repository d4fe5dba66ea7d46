import Foundation

#if canImport(Glibc)
  import Glibc
#endif

/// A folder of everything that a walk may meet and that is no plain file, and of files that break readers; and what
/// each must be reported as.
struct HostileTree {
  struct Outcome: Equatable, CustomStringConvertible {
    var mediaType: String
    var coverage: String
    var codes: [String]

    init(_ mediaType: String, _ coverage: String, _ codes: [String] = []) {
      self.mediaType = mediaType
      self.coverage = coverage
      self.codes = codes
    }

    var description: String { "\(mediaType) \(coverage) \(codes)" }
  }

  /// One step that makes something, and what must be reported of it.
  private struct Step {
    var expected: [String: Outcome]
    var make: () throws -> Void
  }

  private let root: String
  private var steps: [Step] = []

  /// What must be reported, by the bytes of the path below the root, since two names may be equal as texts; bytes that
  /// are not UTF-8 as U+FFFD.
  var expected: [[UInt8]: Outcome] {
    steps.reduce(into: [:]) { all, step in
      for (path, outcome) in step.expected { all[Array(path.utf8)] = outcome }
    }
  }

  /// Makes the tree.
  ///
  /// - Parameters:
  ///   - root: an empty folder.
  ///   - reversed: whether everything is made in the opposite order, which some file systems list it in.
  ///   - isQuick: without what costs a deadline.
  init(in root: String, reversed: Bool = false, isQuick: Bool = false) throws {
    self.root = root
    addLinks()
    addSpecialFiles()
    addSparseFiles()
    addNames()
    addReaders(isQuick: isQuick)
    for step in reversed ? steps.reversed() : steps { try step.make() }
  }

  private mutating func add(_ name: String, _ outcome: Outcome, _ make: @escaping (String) throws -> Void) {
    let path = root + "/" + name
    steps.append(Step(expected: [name: outcome]) { try make(path) })
  }

  private mutating func addLinks() {
    let outcome = Outcome("inode/symlink", "unsupported", ["link-not-followed"])
    for (name, target) in [
      ("link-loop", "link-loop"), ("link-out", "/etc/passwd"), ("link-dangling", "nowhere"),
    ] {
      add(name, outcome) { try Self.check(symlink(target, $0)) }
    }
    let folder = root + "/folder"
    add("folder/up", outcome) {
      try Self.check(mkdir(folder, 0o755))
      try Self.check(symlink("..", $0))
    }
  }

  private mutating func addSpecialFiles() {
    add("fifo", Outcome("inode/fifo", "unsupported", ["not-a-file"])) { try Self.check(mkfifo($0, 0o644)) }
    add("socket", Outcome("inode/socket", "unsupported", ["not-a-file"])) { try Self.bindSocket($0) }
    // Only root can make one.
    if geteuid() == 0 {
      add("device", Outcome("inode/chardevice", "unsupported", ["not-a-file"])) {
        try Self.check(mknod($0, S_IFCHR | 0o666, 0x103))
      }
    }
    add("mode-000.jpg", Outcome("application/octet-stream", "unreadable", ["open-failed"])) {
      try Self.write("words\n", $0)
      try Self.check(chmod($0, 0))
    }
    add("closed", Outcome("inode/directory", "unreadable", ["open-failed"])) {
      try Self.check(mkdir($0, 0o755))
      try Self.write("words\n", $0 + "/inside")
      try Self.check(chmod($0, 0))
    }
    let limit = String(repeating: "/d", count: 512)
    let deep = root + "/deep"
    add("deep" + limit, Outcome("inode/directory", "unreadable", ["too-deep"])) { _ in
      try Self.makeDeep(deep, 3000)
    }
  }

  private mutating func addSparseFiles() {
    let files: [(String, [UInt8], Outcome)] = [
      ("sparse", [], Outcome("application/octet-stream", "unsupported")),
      ("sparse.jpg", [0xFF, 0xD8, 0xFF, 0xE1], Outcome("image/jpeg", "partial", ["malformed"])),
      ("sparse.tif", Array("II*\0\u{8}\0\0\0".utf8), Outcome("image/tiff", "read")),
    ]
    for (name, head, outcome) in files {
      add(name, outcome) {
        try Data(head).write(to: URL(fileURLWithPath: $0))
        try Self.check(truncate($0, 1 << 40))
      }
    }
  }

  private mutating func addNames() {
    let words = Outcome("text/plain", "unsupported")
    let names = [
      "line\nbreak", "tab\tstop", "escape\u{1B}[31mred", "turned\u{202E}gpj.exe",
      "<img src=x onerror=alert(1)>",
      "=cmd|'calc'!A1", String(repeating: "x", count: 255), "hard-1",
    ]
    for name in names { add(name, words) { try Self.write("words\n", $0) } }
    add("hard-2", words) {
      // A second name of the file of another name, which need not be the first that is made.
      try Self.write("words\n", $0)
      try Self.check(link($0, $0 + "-twin"))
    }
    steps[steps.count - 1].expected["hard-2-twin"] = words
    // The same letter composed and decomposed; and no letter at all. Foundation would make one of them.
    let bytes: [(String, [UInt8])] = [
      ("e\u{301}.txt", Array("e\u{301}.txt".utf8)), ("\u{E9}.txt", Array("\u{E9}.txt".utf8)),
      ("bytes-\u{FFFD}\u{FFFD}.txt", Array("bytes-".utf8) + [0xFF, 0xFE] + Array(".txt".utf8)),
    ]
    let root = root
    for (name, bytes) in bytes { add(name, words) { _ in try Self.write(named: bytes, in: root) } }
    add("empty", Outcome("inode/x-empty", "read")) { try Self.write("", $0) }
  }

  /// Files at which the readers of debug builds misbehave.
  private mutating func addReaders(isQuick: Bool) {
    var readers = [
      ("segfault", "reader-crashed"), ("abort", "reader-crashed"), ("trap", "reader-crashed"),
      ("recurse", "reader-crashed"), ("exit", "reader-crashed"), ("garbage", "reader-misbehaved"),
      ("twice", "reader-misbehaved"), ("too-much", "reader-misbehaved"), ("other-file", "reader-misbehaved"),
      ("system-call", "refused-system-call"),
    ]
    if !isQuick { readers += [("allocate", "reader-crashed"), ("spin", "timed-out")] }
    for (name, code) in readers {
      add("reader-" + name, Outcome("application/octet-stream", "unreadable", [code])) {
        try Self.write("UNTRAIL-MISBEHAVE \(name) ", $0)
      }
    }
  }

  /// Takes the tree away, with what the system's own tools cannot reach.
  func remove() {
    chmod(root + "/closed", 0o755)
    Self.removeDeep(root + "/deep")
  }

  // MARK: Making

  struct Failure: Error {
    var error: Int32
  }

  static func check(_ result: Int32) throws {
    guard result >= 0 else { throw Failure(error: errno) }
  }

  static func write(_ text: String, _ path: String) throws {
    try Data(text.utf8).write(to: URL(fileURLWithPath: path))
  }

  private static func write(named name: [UInt8], in folder: String) throws {
    let path = (Array(folder.utf8) + [UInt8(ascii: "/")] + name + [0]).map { CChar(bitPattern: $0) }
    let descriptor = open(path, O_WRONLY | O_CREAT, 0o644)
    try check(descriptor)
    _ = Glibc.write(descriptor, "words\n", 6)
    close(descriptor)
  }

  private static func bindSocket(_ path: String) throws {
    let descriptor = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
    try check(descriptor)
    defer { close(descriptor) }
    // The path of a temporary folder may be too long for an address.
    let working = FileManager.default.currentDirectoryPath
    defer { chdir(working) }
    try check(chdir((path as NSString).deletingLastPathComponent))
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: "socket".utf8) }
    let result = withUnsafePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        bind(descriptor, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
      }
    }
    try check(result)
  }

  private static func makeDeep(_ path: String, _ depth: Int) throws {
    try check(mkdir(path, 0o755))
    var folder = open(path, O_RDONLY | O_DIRECTORY)
    defer { close(folder) }
    for _ in 0..<depth {
      try check(mkdirat(folder, "d", 0o755))
      let next = openat(folder, "d", O_RDONLY | O_DIRECTORY)
      try check(next)
      close(folder)
      folder = next
    }
  }

  /// Moves each folder up and removes the one above it: no path is ever long.
  private static func removeDeep(_ path: String) {
    let spare = path + "-spare"
    while rename(path + "/d", spare) == 0 {
      guard rmdir(path) == 0, rename(spare, path) == 0 else { return }
    }
    rmdir(path)
  }
}

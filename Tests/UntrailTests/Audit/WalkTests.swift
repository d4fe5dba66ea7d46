import Foundation
import Testing
import UntrailAudit
import UntrailBytes
import UntrailIdentify
import UntrailModel
import UntrailReports
import UntrailRuleCatalog

#if canImport(Glibc)
  import Glibc
#endif

@Suite("Walk")
struct WalkTests {
  /// Keeps what a run hands to its reports.
  final class Recorder {
    var files: [Examination] = []
  }

  struct RecordingWriter: ReportWriter {
    let recorder: Recorder
    func begin(_ header: RunHeader, into buffer: ByteBuffer) {}
    func add(_ file: JudgedFile, into buffer: ByteBuffer) {
      // What lies inside a file has a record of its own.
      if file.examination.artifact.member.isEmpty { recorder.files.append(file.examination) }
    }
    func end(_ summary: RunSummary, into buffer: ByteBuffer) {}
  }

  static func audit(_ roots: [String], jobs: Int = 2, listed: [String] = []) throws -> [Examination] {
    let recorder = Recorder()
    let request = AuditRequest(
      roots: roots.map { PathBytes($0) }, rules: RuleCatalog.rules, context: AuditContext(day: 20_000),
      workerCount: jobs,
      magicDatabase: try MagicDatabase.open())
    let header = RunHeader(
      toolVersion: "", libraries: [], privacy: .exact, roots: [], rules: RuleCatalog.rules, day: 20_000)
    var list = listed.map { PathBytes($0) }[...]
    let summary = try Audit.run(
      request, header: header, redactor: Redactor(level: .exact),
      sinks: [ReportSink(writer: RecordingWriter(recorder: recorder)) { _ in }], listed: { list.popFirst() })
    #expect(summary.fileCount == recorder.files.count)
    #expect(summary.coverageCounts.reduce(0, +) == summary.fileCount)
    return recorder.files
  }

  private func paths(_ files: [Examination], below root: String) -> [String] {
    files.map { String($0.artifact.path.text.dropFirst(root.count + 1)) }
  }

  @Test(
    "files of a folder by their bytes, then its folders; hidden ones too; whatever the number of workers",
    arguments: [1, 2, 7])
  func order(jobs: Int) throws {
    let folder = try TemporaryFolder()
    for name in ["b.txt", "a.txt", ".hidden", "Z.txt", "sub/c.txt", "sub/deep/d.txt", "aaa/e.txt"] {
      try folder.write([65], to: name)
    }
    for index in 0..<200 { try folder.write([66], to: String(format: "many/%03d", index)) }
    let found = paths(try Self.audit([folder.path], jobs: jobs), below: folder.path)
    let many = (0..<200).map { String(format: "many/%03d", $0) }
    #expect(
      found == [".hidden", "Z.txt", "a.txt", "b.txt", "aaa/e.txt"] + many + ["sub/c.txt", "sub/deep/d.txt"])
  }

  @Test("links are not followed, and what is no file is not opened")
  func special() throws {
    let folder = try TemporaryFolder()
    let outside = try TemporaryFolder()
    try outside.write([1, 2, 3], to: "secret.jpg")
    let manager = FileManager.default
    for (name, target) in [
      ("link", outside.path + "/secret.jpg"), ("dirlink", outside.path), ("loop", folder.path),
      ("dangling", "/nonexistent"),
    ] {
      try manager.createSymbolicLink(atPath: folder.path + "/" + name, withDestinationPath: target)
    }
    #expect(mkfifo(folder.path + "/fifo", 0o600) == 0)
    let files = try Self.audit([folder.path])
    #expect(paths(files, below: folder.path) == ["dangling", "dirlink", "fifo", "link", "loop"])
    #expect(
      files.map(\.mediaType.name) == [
        "inode/symlink", "inode/symlink", "inode/fifo", "inode/symlink", "inode/symlink",
      ])
    #expect(files.allSatisfy { $0.coverage == .unsupported })
  }

  @Test("a root may be a link, a path of a list may not")
  func rootLinks() throws {
    let folder = try TemporaryFolder()
    try folder.write(Array("words".utf8), to: "real/a.txt")
    try FileManager.default.createSymbolicLink(
      atPath: folder.path + "/link", withDestinationPath: folder.path + "/real")
    #expect(try Self.audit([folder.path + "/link"]).map(\.mediaType.name) == ["text/plain"])
    #expect(try Self.audit([], listed: [folder.path + "/link"]).map(\.mediaType.name) == ["inode/symlink"])
  }

  @Test("names that are not UTF-8, or hold anything but slash and NUL, come back byte for byte")
  func names() throws {
    let folder = try TemporaryFolder()
    let names: [[UInt8]] = [
      [0xFF, 0xFE, 0x41], Array("line\nbreak".utf8), Array("\u{1B}[31mred".utf8), Array("\u{202E}gpj".utf8),
      Array("e\u{301}".utf8), Array("é".utf8), Array(repeating: UInt8(ascii: "n"), count: 255),
      Array(" ".utf8),
    ]
    for name in names {
      let path = (Array(folder.path.utf8) + [UInt8(ascii: "/")] + name + [0]).map { CChar(bitPattern: $0) }
      let descriptor = open(path, O_WRONLY | O_CREAT, 0o600)
      #expect(descriptor >= 0)
      close(descriptor)
    }
    let found = try Self.audit([folder.path]).map { Array($0.artifact.path.name) }
    #expect(Set(found) == Set(names))
    #expect(found.count == names.count)
  }

  @Test("a path of a list that is not there is an outcome, and the others are read")
  func missing() throws {
    let folder = try TemporaryFolder()
    let path = try folder.write([65], to: "a.txt")
    let files = try Self.audit([], listed: [folder.path + "/none", path])
    #expect(files.map(\.coverage) == [.unreadable, .unsupported])
    #expect(files.first?.diagnostics.map(\.code) == ["not-found"])
  }

  @Test("one folder under two roots is walked once, and said so")
  func overlapping() throws {
    let folder = try TemporaryFolder()
    try folder.write(Array("words".utf8), to: "sub/a.txt")
    let files = try Self.audit([folder.path, folder.path + "/sub"])
    #expect(files.map(\.mediaType.name) == ["text/plain", "inode/directory"])
    #expect(files.last?.diagnostics.map(\.code) == ["already-walked"])
  }

  @Test("folders deeper than the limit are outcomes")
  func depth() throws {
    let folder = try TemporaryFolder()
    var handle = open(folder.path, O_RDONLY)
    for _ in 0..<520 {
      #expect(mkdirat(handle, "d", 0o700) == 0)
      let next = openat(handle, "d", O_RDONLY)
      close(handle)
      handle = next
    }
    close(handle)
    let files = try Self.audit([folder.path])
    #expect(files.map { $0.diagnostics.map(\.code) } == [["too-deep"]])
    #expect(files.map(\.coverage) == [.unreadable])
  }

  @Test("a file that says too much is cut, and said so")
  func tooMuch() throws {
    var exif = ExifBuilder()
    for tag in [0x010E, 0x0131, 0x013B, 0x013C] as [UInt16] { exif.add(.image, tag, ascii: "some words") }
    let segment = Container.segment(0xE1, Array("Exif\0\0".utf8) + exif.build())
    let folder = try TemporaryFolder()
    let many = (0..<3000).flatMap { _ in segment }
    try folder.write([0xFF, 0xD8] + many + [0xFF, 0xDA, 0, 2, 0xFF, 0xD9], to: "a.jpg")
    let files = try Self.audit([folder.path])
    #expect(files.first?.observations.count == 10_000)
    #expect(files.first?.coverage == .partial)
    #expect(files.first?.diagnostics.map(\.code) == ["limit"])
  }

  @Test("an empty file is read: there is nothing in it")
  func empty() throws {
    let folder = try TemporaryFolder()
    try folder.write([], to: "empty.jpg")
    let files = try Self.audit([folder.path])
    #expect(files.map(\.mediaType) == [.empty])
    #expect(files.map(\.coverage) == [.read])
  }

  @Test("audited files keep their bytes, mode and times")
  func unchanged() throws {
    let folder = try TemporaryFolder()
    for path in try Repository.samplePaths() { try folder.write(try Repository.sample(path), to: path) }
    func snapshot() throws -> [String] {
      try FileManager.default.subpathsOfDirectory(atPath: folder.path).sorted().map { name in
        var status = stat()
        #expect(lstat(folder.path + "/" + name, &status) == 0)
        let bytes = (try? Data(contentsOf: URL(fileURLWithPath: folder.path + "/" + name)))?.hashValue ?? 0
        return
          "\(name) \(status.st_mode) \(status.st_mtim.tv_sec) \(status.st_mtim.tv_nsec) \(status.st_ctim.tv_nsec) \(bytes)"
      }
    }
    func accessTimes() throws -> [Int] {
      try FileManager.default.subpathsOfDirectory(atPath: folder.path).sorted().map { name in
        var status = stat()
        #expect(lstat(folder.path + "/" + name, &status) == 0)
        return status.st_atim.tv_sec
      }
    }
    // A year back, so that reading would move it.
    for name in try FileManager.default.subpathsOfDirectory(atPath: folder.path) {
      var times = [timespec(tv_sec: 1_700_000_000, tv_nsec: 0), timespec(tv_sec: 1_700_000_000, tv_nsec: 0)]
      #expect(utimensat(AT_FDCWD, folder.path + "/" + name, &times, 0) == 0)
    }
    let before = try accessTimes()
    _ = try Self.audit([folder.path])
    #expect(try accessTimes() == before)
    let state = try snapshot()
    _ = try Self.audit([folder.path])
    #expect(try snapshot() == state)
  }

  @Test("every real file has one outcome, and none is lost", .enabled(if: Repository.hasCorpus))
  func corpus() throws {
    let root = Repository.corpus.appendingPathComponent("files").path
    let files = try Self.audit([root])
    let expected = try FileManager.default.subpathsOfDirectory(atPath: root).filter {
      var isFolder: ObjCBool = false
      return FileManager.default.fileExists(atPath: root + "/" + $0, isDirectory: &isFolder)
        && !isFolder.boolValue
    }
    #expect(files.count == expected.count)
    #expect(Set(files.map(\.artifact.path)).count == files.count)
    #expect(files.allSatisfy { $0.coverage != .unreadable })
  }
}

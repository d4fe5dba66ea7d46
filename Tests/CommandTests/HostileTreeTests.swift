import CSystem
import Foundation
import Testing

#if canImport(Glibc)
  import Glibc
#endif

/// Whatever a folder holds, and whatever happens to it meanwhile: one outcome for each entry, and the rest goes on.
@Suite("Hostile trees", .serialized)
struct HostileTreeTests {
  /// What was reported of each entry, by the path below `root`.
  private func outcomes(_ output: String, below root: String) throws -> [(path: String, HostileTree.Outcome)]
  {
    try output.split(separator: "\n").compactMap { line in
      let record = try #require(try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
      guard record["type"] as? String == "file" else { return nil }
      let path = try #require(record["path"] as? String)
      let codes = (record["diagnostics"] as? [[String: Any]] ?? []).compactMap { $0["code"] as? String }
      return (
        String(path.dropFirst(root.count + 1)),
        HostileTree.Outcome(
          record["mediaType"] as? String ?? "", record["coverage"] as? String ?? "",
          codes.reduce(into: []) { if $0.last != $1 { $0.append($1) } })
      )
    }
  }

  /// Runs the tool as somebody for whom modes count.
  private static let ordinaryUser =
    geteuid() == 0 ? ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"] : []

  @Test("each entry of a tree of everything has exactly the outcome that it must have")
  func everything() throws {
    let scratch = try Scratch()
    let tree = try HostileTree(in: scratch.path)
    defer { tree.remove() }
    let options = ["--format", "ndjson", "--privacy", "exact", "--deadline", "4"]
    let run = try Tool.run(["inspect"] + options + [scratch.path], wrapper: Self.ordinaryUser)
    #expect(run.status == 3)
    let outcomes = try outcomes(run.output, below: scratch.path)
    var expected = tree.expected
    #expect(outcomes.count == expected.count)
    for (path, outcome) in outcomes {
      #expect(expected.removeValue(forKey: Array(path.utf8)) == outcome, "\(path.debugDescription)")
    }
    #expect(expected.isEmpty, "not reported: \(expected.keys.map { String(decoding: $0, as: UTF8.self) })")
    #expect(run.output.contains("\"complete\":true"))
  }

  @Test("nothing of a name reaches the terminal as anything but letters")
  func names() throws {
    let scratch = try Scratch()
    let tree = try HostileTree(in: scratch.path, isQuick: true)
    defer { tree.remove() }
    for command in [["scan", "--list", "unsupported"], ["inspect"]] {
      let run = try Tool.run(command + ["--privacy", "exact", scratch.path], wrapper: Self.ordinaryUser)
      #expect(run.output.contains("gpj.exe"), "the names are shown")
      for scalar in run.output.unicodeScalars where scalar != "\n" {
        let isControl = scalar.properties.generalCategory == .control
        #expect(
          !isControl && scalar.properties.generalCategory != .format, "U+\(String(scalar.value, radix: 16))")
      }
    }
  }

  @Test("what changes while it is walked and read: one outcome each, nothing followed, nothing waited for")
  func changing() throws {
    let scratch = try Scratch()
    let picture = try Data(contentsOf: URL(fileURLWithPath: Tool.samples + "/phone/IMG_0001.jpg"))
    // The first request: a file at which the worker waits, one to be cut, and 62 more.
    try scratch.write("UNTRAIL-MISBEHAVE wait ", to: "in/a-wait")
    try picture.write(to: scratch.url.appendingPathComponent("in/b-cut.jpg"))
    for number in 100..<162 { try scratch.write("words", to: "in/c-\(number)") }
    // Listed, and opened only when the first request is answered.
    for name in ["d-replaced.jpg", "e-fifo.jpg", "f-link.jpg", "g-gone.jpg"] {
      try picture.write(to: scratch.url.appendingPathComponent("in/" + name))
    }
    for number in 1...3 { try scratch.write("words", to: "in/h/\(number)") }
    // More than the walk runs ahead; and a folder behind it that is not entered yet.
    for number in 1000..<1300 { try scratch.write("words", to: "in/i/\(number)") }
    try scratch.write("words", to: "in/j/1")
    try scratch.write("words", to: "in/k/1")
    let script = """
      "$0" inspect --format ndjson --privacy exact --jobs 1 --deadline 60 "$1/in" > "$1/out" & parent=$!
      busy() { ps -o times= --ppid $parent | awk '$1 >= 1 { found = 1 } END { exit !found }'; }
      for i in $(seq 200); do busy && break; sleep 0.1; done
      cd "$1/in"
      truncate -s 300 b-cut.jpg
      echo words > new && mv new d-replaced.jpg
      rm e-fifo.jpg && mkfifo e-fifo.jpg
      rm f-link.jpg && ln -s /etc/passwd f-link.jpg
      rm g-gone.jpg
      rm -r h j
      printf X | dd of=a-wait conv=notrunc status=none
      wait $parent
      """
    let run = try Tool.run([], wrapper: ["sh", "-c", script, Tool.executable.path, scratch.path])
    #expect(run.status == 3, "\(run.errors)")
    let output = try String(contentsOfFile: scratch.path + "/out", encoding: .utf8)
    let outcomes = try outcomes(output, below: scratch.path + "/in")
    let words = HostileTree.Outcome("text/plain", "unsupported")
    let gone = HostileTree.Outcome("application/octet-stream", "unreadable", ["open-failed"])
    var expected: [String: HostileTree.Outcome] = [
      "a-wait": words, "d-replaced.jpg": words, "f-link.jpg": gone, "g-gone.jpg": gone,
      "e-fifo.jpg": HostileTree.Outcome("application/octet-stream", "unreadable", ["replaced"]),
      "h/1": gone, "h/2": gone, "h/3": gone, "k/1": words,
      "j": HostileTree.Outcome("inode/directory", "unreadable", ["open-failed"]),
    ]
    for number in 100..<162 { expected["c-\(number)"] = words }
    for number in 1000..<1300 { expected["i/\(number)"] = words }
    #expect(outcomes.count == expected.count + 1)
    for (path, outcome) in outcomes {
      if path == "b-cut.jpg" {
        #expect(outcome.coverage == "partial" && outcome.codes.contains("truncated"), "\(outcome)")
      } else {
        #expect(expected.removeValue(forKey: path) == outcome, "\(path)")
      }
    }
    #expect(expected.isEmpty, "not reported: \(expected.keys.sorted())")
  }

  @Test("100,000 entries in one folder: one record each, in order")
  func many() throws {
    let scratch = try Scratch(in: Scratch.memory)
    let picture = try Data(contentsOf: URL(fileURLWithPath: Tool.samples + "/phone/IMG_0001.jpg"))
    for number in 0..<100_000 {
      let path = scratch.path + "/\(1_000_000 + number)"
      if number % 1000 == 7 {
        try picture.write(to: URL(fileURLWithPath: path))
      } else {
        close(open(path, O_WRONLY | O_CREAT, 0o644))
      }
    }
    let run = try Tool.run(["inspect", "--format", "ndjson", scratch.path])
    #expect(run.status == 0)
    let prefix = "{\"type\":\"file\",\"path\":\"\(scratch.path)/"
    var next = 1_000_000
    for line in run.output.utf8.split(separator: UInt8(ascii: "\n")) where line.starts(with: prefix.utf8) {
      let name = String(line.dropFirst(prefix.utf8.count).prefix(7))
      guard name == "\(next)" else { break }
      next += 1
    }
    #expect(next == 1_100_000)
    #expect(run.output.contains("\"files\":100000,\"coverage\":{\"read\":100000,"))
  }

  @Test("the same bytes for one worker and eight, any locale, any time zone, and folders listed backwards")
  func sameBytes() throws {
    let folders = [try Scratch(in: Scratch.memory), try Scratch(in: Scratch.memory)]
    let trees = [
      try HostileTree(in: folders[0].path, isQuick: true),
      try HostileTree(in: folders[1].path, reversed: true, isQuick: true),
    ]
    defer { for tree in trees { tree.remove() } }
    for folder in folders {
      // Files and folders keep their times when they are made again in another order.
      let samples = URL(fileURLWithPath: Tool.samples)
      try FileManager.default.copyItem(at: samples, to: folder.url.appendingPathComponent("samples"))
    }
    let listed = try folders.map { try FileManager.default.contentsOfDirectory(atPath: $0.path) }
    #expect(
      listed[0] != listed[1], "the file system lists both in the same order: this shows nothing of order")
    for command in [["inspect", "--format", "ndjson", "--privacy", "exact"], ["scan", "--format", "json"]] {
      func report(_ folder: Scratch, jobs: Int, _ environment: [String: String]) throws -> String {
        let options = ["--jobs", "\(jobs)", "--deadline", "5", "."]
        return try Tool.run(
          command + options, wrapper: Self.ordinaryUser, environment: environment, folder: folder.path
        ).output
      }
      let first = try report(folders[0], jobs: 1, ["LC_ALL": "C", "TZ": "Asia/Tokyo"])
      #expect(first.utf8.count > 5000)
      #expect(
        first == (try report(folders[0], jobs: 8, ["LC_ALL": "tr_TR.UTF-8", "TZ": "America/New_York"])))
      #expect(first == (try report(folders[1], jobs: 2, ["LC_ALL": "C.UTF-8", "TZ": "UTC0"])))
    }
  }

  @Test("what is looked at stays as it was: contents, modes, owners, times, attributes")
  func unchanged() throws {
    let scratch = try Scratch()
    let copy = scratch.path + "/samples"
    try FileManager.default.copyItem(atPath: Tool.samples, toPath: copy)
    let paths = try [""] + FileManager.default.subpathsOfDirectory(atPath: copy).sorted().map { "/" + $0 }
    for (number, path) in paths.enumerated() {
      #expect(setxattr(copy + path, "user.origin", "newsroom", 8, 0) == 0)
      // Read longer ago than written: what a file system that saves itself trouble would renew.
      let times = [
        timespec(tv_sec: 1_000_000_000 + number, tv_nsec: 5), timespec(tv_sec: 1_100_000_000, tv_nsec: 7),
      ]
      #expect(utimensat(AT_FDCWD, copy + path, times, 0) == 0)
    }
    let before = try paths.map { try Self.state(of: copy + $0) }
    for command in [
      ["scan"], ["scan", "--format", "json"], ["inspect", "--isolation", "worker"],
      ["inspect", "--isolation", "per-file"], ["inspect", "--isolation", "none"],
    ] {
      _ = try Tool.run(command + [copy])
      let after = try paths.map { try Self.state(of: copy + $0) }
      for (index, path) in paths.enumerated() {
        #expect(before[index] == after[index], "\(command): \(path)")
      }
    }
  }

  /// Everything that the system says of a file, its times first: reading the rest changes them.
  private static func state(of path: String) throws -> String {
    var status = stat()
    try HostileTree.check(lstat(path, &status))
    var value = [UInt8](repeating: 0, count: 64)
    let count = getxattr(path, "user.origin", &value, value.count)
    var state = "\(status.st_ino) \(status.st_mode) \(status.st_uid) \(status.st_gid) \(status.st_size)"
    for time in [status.st_atim, status.st_mtim, status.st_ctim] {
      state += " \(time.tv_sec).\(time.tv_nsec)"
    }
    state += " " + String(decoding: value.prefix(max(0, count)), as: UTF8.self)
    guard status.st_mode & S_IFMT == S_IFREG else { return state }
    let descriptor = open(path, O_RDONLY | 0o1000000 /* O_NOATIME */)
    try HostileTree.check(descriptor)
    defer { close(descriptor) }
    let bytes = FileHandle(fileDescriptor: descriptor).readDataToEndOfFile()
    return state + " " + bytes.base64EncodedString()
  }

  @Test("an interrupted run ends with a report that says so", arguments: ["INT", "TERM"])
  func interrupted(signal: String) throws {
    let scratch = try Scratch()
    try scratch.write("UNTRAIL-MISBEHAVE spin ", to: "a.jpg")
    try scratch.write("words", to: "b.txt")
    // A shell starts what runs in the background with the interrupt ignored; bash -m does not.
    let script = """
      set -m
      "$0" inspect --format ndjson --deadline 60 "$1" & run=$!
      for i in $(seq 100); do ps -o pid= --ppid $run > /dev/null && break; sleep 0.1; done
      sleep 1; kill -\(signal) $run; wait $run
      """
    let run = try Tool.run([], wrapper: ["bash", "-c", script, Tool.executable.path, scratch.path])
    #expect(run.status == 3, "\(run.errors)")
    #expect(run.output.contains("\"complete\":false"))
    #expect(run.output.split(separator: "\n").filter { $0.contains("\"interrupted\"") }.count == 2)
  }
}

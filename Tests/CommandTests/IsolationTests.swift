import Foundation
import Testing

#if canImport(Glibc)
  import Glibc
#endif

/// What files and readers may do, and what it costs the others: nothing.
@Suite("Isolation")
struct IsolationTests {
  /// In debug builds a file can ask the reader to misbehave.
  @Test(
    "a reader that misbehaves loses its file, with the reason, and no other",
    arguments: [
      ("segfault", "reader-crashed"), ("abort", "reader-crashed"), ("trap", "reader-crashed"),
      ("allocate", "reader-crashed"), ("recurse", "reader-crashed"), ("exit", "reader-crashed"),
      ("spin", "timed-out"), ("garbage", "reader-misbehaved"), ("twice", "reader-misbehaved"),
      ("too-much", "reader-misbehaved"), ("other-file", "reader-misbehaved"),
      ("system-call", "refused-system-call"),
    ])
  func misbehaviour(name: String, code: String) throws {
    let scratch = try Scratch()
    let picture = try Data(contentsOf: URL(fileURLWithPath: Tool.samples + "/phone/IMG_0001.jpg"))
    for file in ["a.jpg", "c.jpg", "d.jpg"] {
      try picture.write(to: scratch.url.appendingPathComponent(file))
    }
    try scratch.write("UNTRAIL-MISBEHAVE \(name) ", to: "b.jpg")
    let start = Date()
    let run = try Tool.run(["inspect", "--format", "ndjson", "--deadline", "3", "--jobs", "1", scratch.path])
    #expect(Date().timeIntervalSince(start) < 30)
    #expect(run.status == 3)
    let records = try run.output.split(separator: "\n").map {
      try #require(try JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: Any])
    }
    let files = records.filter { $0["type"] as? String == "file" }
    #expect(files.map { ($0["path"] as? String)?.suffix(5) } == ["a.jpg", "b.jpg", "c.jpg", "d.jpg"])
    #expect(files.map { $0["coverage"] as? String } == ["read", "unreadable", "read", "read"])
    let diagnostics = try #require(files[1]["diagnostics"] as? [[String: Any]])
    #expect(diagnostics.map { $0["code"] as? String } == [code])
    for index in [0, 2, 3] {
      #expect((files[index]["observations"] as? [Any])?.count ?? 0 > 5)
    }
  }

  @Test("no probe gets out of a worker, as root and as an ordinary user")
  func doctor() throws {
    let wrappers =
      geteuid() == 0 ? [[], ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"]] : [[]]
    for wrapper in wrappers {
      let run = try Tool.run(["doctor"], wrapper: wrapper)
      #expect(run.status == 0, "\(run.output)")
      let held = try #require(run.output.split(separator: "\n").last)
      let numbers = held.split(separator: " ").compactMap { Int($0) }
      #expect(numbers.count == 2 && numbers[0] == numbers[1] && numbers[0] >= 22, "\(held)")
    }
  }

  @Test("the same report with workers and without, but for the word that says so")
  func sameReport() throws {
    func report(_ isolation: String) throws -> [Substring] {
      try Tool.run([
        "inspect", "--format", "ndjson", "--privacy", "exact", "--isolation", isolation, Tool.samples,
      ])
      .output.split(separator: "\n")
    }
    let isolated = try report("worker")
    let local = try report("none")
    #expect(isolated.count > 40)
    #expect(isolated.dropLast() == local.dropLast())
    #expect(
      isolated.last?.contains(
        "\"isolation\":{\"mode\":\"worker\",\"layers\":[\"limits\",\"hardening\",\"landlock\",\"seccomp\"]}")
        ?? false)
    #expect(local.last?.contains("\"isolation\":{\"mode\":\"none\",\"layers\":[]}") ?? false)
  }

  @Test("a report for people says that there was no isolation")
  func stamped() throws {
    let words = "without the full protection"
    #expect(try Tool.run(["scan", "--isolation", "none", Tool.samples]).output.contains(words))
    #expect(!(try Tool.run(["scan", Tool.samples]).output.contains(words)))
  }

  @Test("a worker ends with its parent, even where the parent is killed")
  func orphans() throws {
    let scratch = try Scratch()
    try scratch.write("UNTRAIL-MISBEHAVE spin ", to: "a.jpg")
    let script = """
      "$0" inspect --deadline 60 "$1" > /dev/null & parent=$!
      for i in 1 2 3 4 5 6 7 8 9 10; do
        worker=$(ps -o pid= --ppid $parent) && break
        sleep 0.3
      done
      kill -KILL $parent
      sleep 1
      echo "worker $worker"
      case "$(ps -o stat= -p $worker)" in "" | Z*) echo "gone" ;; *) echo "lives" ;; esac
      """
    let run = try Tool.run([], wrapper: ["sh", "-c", script, Tool.executable.path, scratch.path])
    let lines = run.output.split(separator: "\n")
    #expect(lines.first?.split(separator: " ").count == 2, "there was a worker: \(run.output) \(run.errors)")
    #expect(lines.last == "gone")
  }

  @Test("64 KiB of newlines and a JPEG whose directories lead in circles cost no time")
  func traps() throws {
    let scratch = try Scratch()
    try scratch.write(String(repeating: "\n", count: 65_536), to: "newlines.txt")
    let loop = try Data(contentsOf: URL(fileURLWithPath: Tool.samples + "/damaged/ifd-loop.jpg"))
    try loop.write(to: scratch.url.appendingPathComponent("loop.jpg"))
    let run = try Tool.run(["inspect", "--deadline", "2", scratch.path])
    #expect(run.status == 3)
    #expect(
      run.output.contains("2 files: 1 read in part, 1 of types that this version does not read"),
      "\(run.output)")
  }

  @Test("a process for each file: the same report")
  func perFile() throws {
    let run = try Tool.run(["inspect", "--format", "ndjson", "--isolation", "per-file", Tool.samples])
    let shared = try Tool.run(["inspect", "--format", "ndjson", Tool.samples])
    #expect(run.output.split(separator: "\n").dropLast() == shared.output.split(separator: "\n").dropLast())
    #expect(run.output.contains("\"mode\":\"per-file\""))
  }

  @Test("an interrupted run ends at once with a report that says it is incomplete, and leaves nothing behind")
  func interrupted() throws {
    let scratch = try Scratch()
    try scratch.write("UNTRAIL-MISBEHAVE spin ", to: "in/a.jpg")
    // Files behind the one at which it hangs are in the same request.
    for name in ["b.txt", "c.txt"] { try scratch.write("words", to: "in/" + name) }
    let start = Date()
    let script =
      "\"$0\" scan --deadline 60 --output \"json=$1/report.json\" \"$1/in\" & run=$!; sleep 2; kill -TERM $run; wait $run"
    let run = try Tool.run([], wrapper: ["sh", "-c", script, Tool.executable.path, scratch.path])
    #expect(Date().timeIntervalSince(start) < 20)
    #expect(run.status == 3, "\(run.errors)")
    #expect(run.output.contains("INCOMPLETE"))
    let report = try String(contentsOfFile: scratch.path + "/report.json", encoding: .utf8)
    #expect(report.contains("\"complete\":false"))
    #expect(
      try FileManager.default.contentsOfDirectory(atPath: scratch.path).sorted() == ["in", "report.json"])
  }

  @Test("the program itself can write only where its reports go, and opens no socket")
  func guardOfParent() throws {
    let scratch = try Scratch()
    for folder in ["inside", "outside"] {
      try FileManager.default.createDirectory(
        atPath: scratch.path + "/" + folder, withIntermediateDirectories: false)
    }
    let run = try Tool.run(["__guard", scratch.path + "/inside", scratch.path + "/outside"])
    let expected = [
      "write inside: done", "write outside: Permission denied", "change mode: Operation not permitted",
      "open a socket: Operation not permitted",
    ]
    #expect(run.output.split(separator: "\n").map { String($0) } == expected)
  }
}

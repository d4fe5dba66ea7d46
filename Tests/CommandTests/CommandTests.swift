import Foundation
import Testing

#if canImport(Glibc)
  import Glibc
#endif

@Suite("Commands")
struct CommandTests {
  // MARK: What the README promises

  @Test("a scan of the samples finds what is in them, and says so by its status")
  func scanSamples() throws {
    let run = try Tool.run(["scan", "--details", Tool.samples])
    #expect(run.status == 1)
    #expect(run.errors.isEmpty)
    for words in [
      "Shows exactly where you were, and when", "One folder shows several places", "What to do:",
      "What was read",
      "could not be read",
    ] where words != "could not be read" {
      #expect(run.output.contains(words), "\(words)")
    }
  }

  @Test("the rules' own cases pass")
  func rulesTest() throws {
    let run = try Tool.run(["rules", "test", "--samples", Tool.samples])
    #expect(run.status == 0, "\(run.errors)")
    #expect(run.output.contains(" 0 failed"))
  }

  @Test("a rule whose case fails is named")
  func failingCase() throws {
    let scratch = try Scratch()
    let rule = try String(
      contentsOf: Tool.repository.appendingPathComponent("rules/device/body-serial.yaml"), encoding: .utf8)
    try scratch.write(
      rule.replacingOccurrences(of: "- camera/DSC_0101.jpg", with: "- stripped"), to: "r/a.yaml")
    let run = try Tool.run(["rules", "test", "--samples", Tool.samples, "--rules", scratch.path + "/r"])
    #expect(run.status == 1)
    #expect(run.errors.contains("body-serial: stripped must match and does not"))
  }

  @Test("a rule is tested with those that it requires, and what no rule looks at is said")
  func requiredRules() throws {
    let scratch = try Scratch()
    let rule = try String(
      contentsOf: Tool.repository.appendingPathComponent("rules/device/body-serial.yaml"), encoding: .utf8)
    let other = rule.replacingOccurrences(of: "id: body-serial", with: "id: other-serial")
    try scratch.write(other + "requires: [body-serial]\n", to: "r/a.yaml")
    let run = try Tool.run(["rules", "test", "--samples", Tool.samples, "--rules", scratch.path + "/r"])
    #expect(run.status == 0, "\(run.errors)")
    #expect(run.output.contains("Kinds that no rule looks at"))
    #expect(!run.output.contains("Rules that no case made match"))
    try scratch.write(other + "requires: [no-thumbnail, no-such-rule]\n", to: "r/a.yaml")
    let check = try Tool.run(["rules", "check", scratch.path + "/r"])
    #expect(check.status == 2)
    #expect(check.errors.contains("requires[0]: there is no rule \"no-thumbnail\""), "\(check.errors)")
  }

  @Test("a raised severity is that of the finding, the summary and the exit status")
  func raised() throws {
    let scratch = try Scratch()
    let rule = try String(
      contentsOf: Tool.repository.appendingPathComponent("rules/device/body-serial.yaml"), encoding: .utf8
    ).replacingOccurrences(of: "id: body-serial", with: "id: other-serial")
    let photo = Tool.samples + "/camera/DSC_0101.jpg"
    func scan(_ raise: String) throws -> Tool.Outcome {
      try scratch.write(rule + raise, to: "r/a.yaml")
      return try Tool.run([
        "scan", photo, "--rules", scratch.path + "/r", "--format", "json", "--fail-on", "critical",
      ])
    }
    let finding = #""rule":"other-serial","severity":"critical""#
    let raised = try scan("raise: {to: critical, when: {rules: [body-serial]}}\n")
    #expect(raised.status == 1 && raised.output.contains(finding), "\(raised.errors)")
    let same = try scan("raise: {to: critical, when: {rules: [exact-place]}}\n")
    #expect(!same.output.contains(finding) && same.output.contains(#""rule":"other-serial""#))
    let explained = try Tool.run(["explain", "other-serial", "--rules", scratch.path + "/r"])
    #expect(explained.output.contains("critical, where exact-place matches too"))
  }

  @Test("explain knows every rule that list names, and suggests")
  func explain() throws {
    let list = try Tool.run(["rules", "list"])
    #expect(list.status == 0)
    let lines = list.output.split(separator: "\n")
    #expect(lines.count >= 15)
    for line in lines {
      let id = String(line.split(separator: " ")[2])
      let run = try Tool.run(["explain", id])
      #expect(run.status == 0 && run.output.contains("What to do"), "\(id)")
    }
    let typo = try Tool.run(["explain", "exact-plase"])
    #expect(typo.status == 2)
    #expect(typo.errors.contains("Did you mean exact-place?"))
  }

  @Test("formats names every reader")
  func formats() throws {
    let run = try Tool.run(["formats"])
    #expect(run.status == 0)
    for type in ["image/jpeg", "image/heic", "image/avif", "image/png", "image/webp", "image/tiff"] {
      #expect(run.output.contains(type))
    }
  }

  // MARK: Statuses

  @Test("an empty folder: nothing found, status 0")
  func emptyFolder() throws {
    let scratch = try Scratch()
    let run = try Tool.run(["scan", scratch.path])
    #expect(run.status == 0)
    #expect(run.output.contains("No file was there to read."))
  }

  @Test("a missing folder is said before anything is done")
  func missingFolder() throws {
    let run = try Tool.run(["scan", "/nonexistent/export", Tool.samples])
    #expect(run.status == 2)
    #expect(run.errors == "untrail: no such file or folder: /nonexistent/export\n")
    #expect(run.output.isEmpty)
  }

  @Test("a folder that may not be read is an outcome", arguments: [["scan"], ["inspect"]])
  func unreadableFolder(command: [String]) throws {
    let scratch = try Scratch()
    try scratch.write("text", to: "closed/a.txt")
    #expect(chmod(scratch.url.appendingPathComponent("closed").path, 0) == 0)
    // Root may read everything: then the tool runs as nobody.
    let isRoot = geteuid() == 0
    let wrapper = isRoot ? ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"] : []
    if isRoot { #expect(chmod(scratch.path, 0o755) == 0) }
    let run = try Tool.run(command + [scratch.path], wrapper: wrapper)
    #expect(run.status == 3)
    #expect(run.output.contains("closed"))
    #expect(run.output.contains("Permission denied"))
  }

  @Test("a path that is not UTF-8 can be named")
  func rawPath() throws {
    let scratch = try Scratch()
    let script =
      "mkdir \"$1/$(printf 'd\\377')\" && echo words > \"$1/$(printf 'd\\377')/a.txt\" && \"$0\" inspect $1/d*"
    let run = try Tool.run([], wrapper: ["sh", "-c", script, Tool.executable.path, scratch.path])
    #expect(run.status == 0, "\(run.errors)")
    #expect(run.output.contains("d\\xFF/a.txt  text/plain"))
  }

  @Test("one file as root")
  func fileAsRoot() throws {
    let run = try Tool.run(["inspect", "--privacy", "exact", Tool.samples + "/phone/IMG_0001.jpg"])
    #expect(run.status == 0)
    #expect(run.output.contains("48.85837"))
    #expect(run.output.contains("1 file: 1 read"))
  }

  @Test("a damaged file is read in part: status 3 where nothing reaches the threshold")
  func damaged() throws {
    let run = try Tool.run(["scan", "--fail-on", "never", Tool.samples + "/damaged/cut-early.jpg"])
    #expect(run.status == 3)
    #expect(run.output.contains("read in part"))
  }

  @Test(
    "the threshold decides",
    arguments: [("critical", 0), ("high", 0), ("medium", 1), ("low", 1), ("info", 1), ("never", 0)])
  func threshold(severity: String, status: Int32) throws {
    let run = try Tool.run(["scan", "--fail-on", severity, Tool.samples + "/phone/IMG_0007.jpg"])
    #expect(run.status == status)
  }

  @Test(
    "what is wrong on the command line",
    arguments: [
      ["scan"], ["scan", "--format", "yaml", "."], ["scan", "--output", "json", "."],
      ["scan", "--jobs", "0", "."],
      ["scan", "--fail-on", "terrible", "."], ["scan", "--null", "."], ["scan", "--nonsense", "."],
      ["nonsense"],
      ["rules", "check"], ["scan", "--rules", "/nonexistent", "."], ["scan", "--trip", "/dev/zero", "."],
    ])
  func usage(arguments: [String]) throws {
    let scratch = try Scratch()
    let run = try Tool.run(arguments, folder: scratch.path)
    #expect(run.status == 2)
    #expect(!run.errors.isEmpty)
    #expect(run.output.isEmpty)
  }

  @Test("help and version are no errors", arguments: [["--help"], ["scan", "--help"], ["--version"]])
  func help(arguments: [String]) throws {
    let run = try Tool.run(arguments)
    #expect(run.status == 0)
    #expect(!run.output.isEmpty)
  }

  @Test("the help holds the table of statuses")
  func helpStatuses() throws {
    let help = try Tool.run(["--help"]).output
    for status in 0...4 { #expect(help.contains("  \(status)  ")) }
  }

  // MARK: Rules

  @Test("a mistake in a rule is named with file, line and key")
  func ruleMistake() throws {
    let scratch = try Scratch()
    let rule = try String(
      contentsOf: Tool.repository.appendingPathComponent("rules/device/body-serial.yaml"), encoding: .utf8)
    let path = try scratch.write(
      rule.replacingOccurrences(of: "role: body", with: "role: boddy"), to: "mine/bad.yaml")
    for arguments in [
      ["rules", "check", scratch.path + "/mine"], ["scan", "--rules", scratch.path + "/mine", Tool.samples],
    ] {
      let run = try Tool.run(arguments)
      #expect(run.status == 2)
      #expect(run.errors.contains("\(path):9:9: match.role:"), "\(run.errors)")
      #expect(run.errors.contains("did you mean body?"))
    }
  }

  @Test("a rule of one's own finds")
  func ownRule() throws {
    let scratch = try Scratch()
    let rule = try String(
      contentsOf: Tool.repository.appendingPathComponent("rules/device/body-serial.yaml"), encoding: .utf8)
    try scratch.write(
      rule.replacingOccurrences(of: "id: body-serial", with: "id: my-rule"), to: "mine/my.yaml")
    let run = try Tool.run(
      ["scan", "--format", "json", "--rules", scratch.path + "/mine", Tool.samples + "/camera/DSC_0101.jpg"])
    #expect(run.output.contains("\"rule\":\"my-rule\""))
  }

  @Test("rules are never taken from the folder that is looked at")
  func rulesInside() throws {
    let scratch = try Scratch()
    try scratch.write("x", to: "rules/a.yaml")
    let run = try Tool.run(["scan", "--rules", scratch.path + "/rules", scratch.path])
    #expect(run.status == 2)
    #expect(run.errors.contains("never taken from the folder"))
  }

  // MARK: Output

  @Test("a full disk is status 4, and no half report stays")
  func fullDisk() throws {
    let full = try Tool.run(["scan", "--quiet", "--output", "json=/dev/full", Tool.samples])
    #expect(full.status == 4)
    #expect(full.errors == "untrail: cannot write /dev/full: No space left on device\n")

    let scratch = try Scratch()
    let limited = try Tool.run(
      ["scan", "--quiet", "--output", "json=\(scratch.path)/report.json", Tool.samples],
      wrapper: ["prlimit", "--fsize=2000"])
    #expect(limited.status == 4)
    #expect(limited.errors.contains("cannot write \(scratch.path)/report.json"))
    #expect(try FileManager.default.contentsOfDirectory(atPath: scratch.path).isEmpty)
  }

  @Test("standard output that is full is status 4")
  func fullOutput() throws {
    let run = try Tool.run(
      [], wrapper: ["sh", "-c", "exec \"$0\" scan \"$1\" > /dev/full", Tool.executable.path, Tool.samples])
    #expect(run.status == 4)
    #expect(run.errors.contains("No space left on device"))
  }

  @Test("a closed pipe is no error")
  func closedPipe() throws {
    let script = "{ \"$0\" inspect --format ndjson \"$1\"; echo \"status $?\" >&2; } | head -c 1 > /dev/null"
    let many = Array(repeating: Tool.samples, count: 1)
    let run = try Tool.run([], wrapper: ["sh", "-c", script, Tool.executable.path] + many)
    #expect(run.errors == "status 0\n" || run.errors == "status 3\n", "\(run.errors)")
    let closed = try Tool.run(
      [],
      wrapper: [
        "sh", "-c", "(sleep 1; \"$0\" scan \"$1\"; echo \"status $?\" >&2) | true", Tool.executable.path,
        Tool.samples,
      ])
    #expect(closed.errors == "status 0\n")
  }

  @Test("reports are readable by their owner only, whole, and written beside the text")
  func outputFiles() throws {
    let scratch = try Scratch()
    let run = try Tool.run([
      "scan", "--output", "json=\(scratch.path)/a.json", "--output", "ndjson=\(scratch.path)/b.ndjson",
      "--output", "text=\(scratch.path)/c.txt", Tool.samples,
    ])
    #expect(run.status == 1)
    #expect(run.output.contains("What was read"))
    #expect(
      try FileManager.default.contentsOfDirectory(atPath: scratch.path).sorted() == [
        "a.json", "b.ndjson", "c.txt",
      ])
    for name in ["a.json", "b.ndjson", "c.txt"] {
      var status = stat()
      #expect(stat(scratch.path + "/" + name, &status) == 0)
      #expect(status.st_mode & 0o777 == 0o600)
    }
  }

  @Test(
    "a report goes next to the files, and is not looked at while it is written; a file there is never overwritten"
  )
  func reportInside() throws {
    let scratch = try Scratch()
    try scratch.write("words", to: "a.txt")
    let first = try Tool.run(
      ["scan", "--format", "json", "--output", "json=report.json", "."], folder: scratch.path)
    #expect(first.status == 0)
    #expect(first.output.contains("\"files\":1,"))
    let second = try Tool.run(["scan", "--output", "json=a.txt", "."], folder: scratch.path)
    #expect(second.status == 2)
    #expect(second.errors.contains("never changed"))
    #expect(try String(contentsOfFile: scratch.path + "/a.txt", encoding: .utf8) == "words")
  }

  @Test("a file of a list is not replaced by a report either, whatever it is called")
  func reportOverListed() throws {
    let scratch = try Scratch()
    let path = try scratch.write("words", to: "a.txt")
    try FileManager.default.linkItem(atPath: path, toPath: scratch.path + "/b.json")
    for output in [path, scratch.path + "/b.json"] {
      let run = try Tool.run(
        ["inspect", "--quiet", "--files-from", "-", "--output", "json=" + output], input: Array(path.utf8))
      #expect(run.status == 2)
      #expect(run.errors.contains("never changed"))
      #expect(try String(contentsOfFile: output, encoding: .utf8) == "words")
    }
    #expect(
      try FileManager.default.contentsOfDirectory(atPath: scratch.path).sorted() == ["a.txt", "b.json"])
  }

  @Test(
    "limits are set by name, and a wrong one is refused",
    arguments: [("folders=0", 2), ("bytes=1", 2), ("size=4K", 2), ("bytes=4X", 2), ("folders=1", 3)])
  func limits(setting: String, status: Int32) throws {
    let scratch = try Scratch()
    try scratch.write("words", to: "a/b/c.txt")
    let run = try Tool.run(["inspect", "--limit", setting, scratch.path])
    #expect(run.status == status)
    if status == 3 { #expect(run.output.contains("not entered"), "\(run.output)") }
    #expect(
      try Tool.run(["inspect", "--limit", "folders=2", "--limit", "memory=256M", scratch.path]).status == 0)
  }

  @Test("a sidecar is joined to the picture that it describes")
  func sidecars() throws {
    let scratch = try Scratch()
    let packet = """
      <x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
      <rdf:Description xmlns:photoshop="http://ns.adobe.com/photoshop/1.0/" photoshop:City="Paris"/>
      </rdf:RDF></x:xmpmeta>
      """
    for name in ["a.jpg.xmp", "b.xmp", "c.XMP", "alone.xmp"] { try scratch.write(packet, to: name) }
    for name in ["a.jpg", "b.jpg", "b.nef", "c.HEIC"] { try scratch.write("words", to: name) }
    let run = try Tool.run(["inspect", "--format", "ndjson", "--privacy", "exact", scratch.path])
    for (name, subject) in [
      ("a.jpg.xmp", "a.jpg"), ("b.xmp", "b.nef"), ("c.XMP", "c.HEIC"), ("alone.xmp", nil),
    ] {
      let record = try #require(run.output.split(separator: "\n").first { $0.contains("/\(name)\"") })
      let expected = subject.map { "\"role\":\"sidecar\",\"value\":\"\($0)\"" }
      #expect(record.contains("\"role\":\"sidecar\"") == (expected != nil), "\(record)")
      if let expected { #expect(record.contains(expected), "\(record)") }
    }
  }

  @Test("what Google Photos writes is joined to its picture, whatever became of the name")
  func photoSidecars() throws {
    let scratch = try Scratch()
    let long = "Screenshot_20240428-230902_Some Application With A Long Name"
    let pairs: [(name: String, subject: String?)] = [
      ("a.jpg.json", "a.jpg"), ("b.jpg.supplemental-metadata.json", "b.jpg"),
      ("c.jpg.supplemental-me.json", "c.jpg"),
      ("d.jpg..json", "d.jpg"), ("e.jpg(2).json", "e(2).jpg"),
      ("f.HEIC.supplemental-metadata(1).json", "f(1).HEIC"),
      ("g.json", "g.mp4"), ("\(long.prefix(46)).json", "\(long).png"), ("写真.jpg.suppl.json", "写真.jpg"),
      ("alone.jpg.json", nil), ("notes.txt.json", nil), ("h.jpg.other.json", nil),
    ]
    for (name, subject) in pairs {
      try scratch.write("{\"title\": \"x\", \"photoTakenTime\": {\"timestamp\": \"1696574136\"}}", to: name)
      if let subject { try scratch.write("words", to: subject) }
    }
    for name in ["e.jpg", "f.HEIC", "h.jpg", "notes.txt"] { try scratch.write("words", to: name) }
    let run = try Tool.run(["inspect", "--format", "ndjson", "--privacy", "exact", scratch.path])
    for (name, subject) in pairs {
      let record = try #require(run.output.split(separator: "\n").first { $0.contains("/\(name)\"") })
      #expect(record.contains("\"role\":\"sidecar\"") == (subject != nil), "\(record)")
      if let subject {
        #expect(record.contains("\"role\":\"sidecar\",\"value\":\"\(subject)\""), "\(record)")
      }
    }
  }

  @Test("quiet prints nothing")
  func quiet() throws {
    let run = try Tool.run(["scan", "--quiet", Tool.samples])
    #expect(run.status == 1)
    #expect(run.output.isEmpty && run.errors.isEmpty)
  }

  @Test("colour only where it is asked for")
  func color() throws {
    #expect(!(try Tool.run(["scan", Tool.samples]).output.contains("\u{1B}")))
    #expect(try Tool.run(["scan", "--color", "always", Tool.samples]).output.contains("\u{1B}[1;31m"))
  }

  @Test("same bytes for any number of workers, locale, time zone, and order of paths in a list")
  func stable() throws {
    func report(_ jobs: String, _ environment: [String: String]) throws -> String {
      try Tool.run(["scan", "--format", "json", "--jobs", jobs, Tool.samples], environment: environment)
        .output
    }
    let one = try report("1", ["LC_ALL": "C", "TZ": "UTC"])
    #expect(one.count > 10_000)
    #expect(try report("8", ["LC_ALL": "tr_TR.UTF-8", "TZ": "Asia/Shanghai"]) == one)
    #expect(try report("3", ["TZ": "America/New_York", "LANG": "ar_EG.UTF-8"]) == one)
  }

  @Test("paths from a list, in lines and ended by NUL")
  func filesFrom() throws {
    let paths = ["/phone/IMG_0001.jpg", "/camera/DSC_0101.jpg"].map { Tool.samples + $0 }
    let lines = try Tool.run(
      ["inspect", "--files-from", "-"], input: Array((paths.joined(separator: "\n") + "\n").utf8))
    let nulls = try Tool.run(
      ["inspect", "--files-from", "-", "--null"], input: Array(paths.joined(separator: "\0").utf8))
    #expect(lines.status == 0)
    #expect(lines.output == nulls.output)
    #expect(lines.output.contains("2 files: 2 read"))
    let missing = try Tool.run(["inspect", "--files-from", "-"], input: Array("/nonexistent.jpg\n".utf8))
    #expect(missing.status == 3)
    #expect(missing.output.contains("No such file or directory"))
  }

  @Test("what is found is listed on request")
  func listing() throws {
    let few = try Tool.run(["scan", "--details", Tool.samples]).output
    #expect(!few.contains("notes/itinerary.txt"))
    #expect(
      try Tool.run(["scan", "--list", "unsupported", Tool.samples]).output.contains("notes/itinerary.txt"))
    #expect(few.contains("more (all of them: --all-files)"))
    #expect(!(try Tool.run(["scan", "--all-files", Tool.samples]).output.contains("more (all of them")))
  }

  @Test("without options a scan is a summary that fits on a screen, the gravest first")
  func summary() throws {
    let run = try Tool.run(["scan", Tool.samples])
    let lines = run.output.split(separator: "\n", omittingEmptySubsequences: false)
    #expect(lines.count <= 55, "\(lines.count) lines")
    #expect(lines.filter { !$0.contains(Tool.samples) }.allSatisfy { $0.count <= 80 })
    let marks = lines.compactMap { line in
      ["CRITICAL", "HIGH", "MEDIUM", "LOW"].firstIndex { line.hasPrefix("  \($0)  ") }
    }
    #expect(marks.count >= 5)
    #expect(marks == marks.sorted())
    #expect(run.output.contains("--details"))
  }

  @Test("a summary keeps to the width in every language", arguments: ["es", "fr", "ru", "zh"])
  func summaryWidth(language: String) throws {
    let run = try Tool.run(["scan", "--lang", language, "samples"], folder: Tool.repository.path)
    #expect(run.status == 1)
    for line in run.output.split(separator: "\n") {
      let columns = line.unicodeScalars.reduce(0) { $0 + (0x2E80...0xFFEF ~= $1.value ? 2 : 1) }
      #expect(columns <= 80, "\(line)")
    }
  }
}

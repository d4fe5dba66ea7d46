import Foundation
import Testing

/// Runs commands of advice. What several rules advise on the same files is run once.
actor AdviceRuns {
  static let shared = AdviceRuns()

  struct Outcome: Sendable {
    var status: Int32
    var messages: String
    var isOriginalUnchanged: Bool
    /// Rules with a finding on the files, and on what the command made of them.
    var before: Set<String>
    var after: Set<String>
    /// Names of the files that the command made.
    var made: [String]
    /// All of the copies was read, so that what is not found is not there.
    var isReadToEnd: Bool
    var picture: Data?
    var originalCount: Int
  }

  private struct Key: Hashable {
    var line: String
    var files: AdviceCase
  }

  private var runs: [Key: Task<Outcome, any Error>] = [:]

  func outcome(_ command: AdviceCommand, _ files: AdviceCase) async throws -> Outcome {
    let key = Key(line: command.line, files: files)
    let task = runs[key] ?? Task { try Self.run(command, files) }
    runs[key] = task
    return try await task.value
  }

  private static func run(_ command: AdviceCommand, _ files: AdviceCase) throws -> Outcome {
    let scratch = try Scratch()
    let folder = scratch.path + "/work"
    let profile = scratch.path + "/trip.yaml"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    try FileManager.default.copyItem(atPath: Tool.samples + "/trip.yaml", toPath: profile)
    let line = try files.prepare(command, in: folder)
    let originals = try contents(of: folder)
    let before = command.isLook ? ([], true) : try scan(folder, profile)
    let tools = Tool.executable.deletingLastPathComponent().path + ":/usr/bin:/bin"
    let run = try Tool.run(
      [], wrapper: ["sh", "-c", line], environment: ["PATH": tools, "HOME": scratch.path], folder: folder)
    let all = try contents(of: folder)
    let made = all.keys.filter { originals[$0] == nil }.sorted()
    var outcome = Outcome(
      status: run.status, messages: run.errors + run.output,
      isOriginalUnchanged: originals.allSatisfy { all[$0.key] == $0.value }, before: before.0, after: [],
      made: made, isReadToEnd: true, picture: all["thumbnail.jpg"], originalCount: originals.count)
    if command.isInPlace {
      outcome.isOriginalUnchanged = originals.values.sorted(by: lessBytes) == all.values.sorted(by: lessBytes)
      (outcome.after, outcome.isReadToEnd) = try scan(folder, profile)
    } else if !command.isLook {
      let copies = scratch.path + "/copies"
      try FileManager.default.createDirectory(atPath: copies, withIntermediateDirectories: true)
      for name in made {
        try FileManager.default.moveItem(
          atPath: folder + "/" + name, toPath: copies + "/" + name.replacingOccurrences(of: "/", with: "-"))
      }
      (outcome.after, outcome.isReadToEnd) = try scan(copies, profile)
    }
    return outcome
  }

  private static func lessBytes(_ one: Data, _ other: Data) -> Bool { one.lexicographicallyPrecedes(other) }

  private static func contents(of folder: String) throws -> [String: Data] {
    var files: [String: Data] = [:]
    for name in try FileManager.default.subpathsOfDirectory(atPath: folder) {
      var isFolder: ObjCBool = false
      let path = folder + "/" + name
      guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder), !isFolder.boolValue else {
        continue
      }
      files[name] = try Data(contentsOf: URL(fileURLWithPath: path))
    }
    return files
  }

  /// Ids of the rules that match, and whether every file was read to its end.
  private static func scan(_ folder: String, _ profile: String) throws -> (Set<String>, Bool) {
    let run = try Tool.run([
      "scan", "--no-config", "--thorough", "--format", "json", "--trip", profile, folder,
    ])
    let report = try #require(
      JSONSerialization.jsonObject(with: Data(run.output.utf8)) as? [String: Any], "\(run.errors)")
    let findings = try ["findings", "groupFindings"].flatMap {
      try #require(report[$0] as? [[String: Any]]).compactMap { $0["rule"] as? String }
    }
    let summary = try #require(report["summary"] as? [String: Any])
    let coverage = try #require(summary["coverage"] as? [String: Int])
    return (Set(findings), coverage["read"] == summary["files"] as? Int)
  }
}

import Foundation
import Testing

/// Samples before and after a cleaner.
struct Cleaning {
  /// One line of `untrail compare`. A finding on files together has no file.
  struct Change {
    var name: String?
    var rule: String
    var state: String
  }

  private let scratch: Scratch
  var after: String { scratch.path + "/after" }

  /// - Parameter samples: below the folder of samples. They are there twice, in `before` and in `after`.
  init(_ samples: [String]) throws {
    scratch = try Scratch()
    for folder in ["before", "after"] {
      let path = scratch.path + "/" + folder
      try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
      for sample in samples {
        let name = URL(fileURLWithPath: sample).lastPathComponent
        try FileManager.default.copyItem(atPath: Tool.samples + "/" + sample, toPath: path + "/" + name)
      }
    }
  }

  @discardableResult
  func run(_ command: String) throws -> Tool.Outcome {
    try Tool.run(
      [], wrapper: ["sh", "-c", command], environment: ["HOME": scratch.path], folder: scratch.path)
  }

  func compare() throws -> [Change] {
    let run = try Tool.run(
      ["compare", "--no-config", "--format", "json", "before", "after"], folder: scratch.path)
    let report = try #require(
      JSONSerialization.jsonObject(with: Data(run.output.utf8)) as? [String: Any], "\(run.errors)")
    return try #require(report["changes"] as? [[String: Any]]).map { change in
      let place = (change["before"] ?? change["after"]) as? [String: Any]
      let path = place?["path"] as? String
      return Change(
        name: path.map { URL(fileURLWithPath: $0).lastPathComponent },
        rule: try #require(change["rule"] as? String), state: try #require(change["state"] as? String))
    }
  }
}

extension [Cleaning.Change] {
  /// The rules of a state by the file's name, sorted.
  func rules(_ state: String) -> [String: [String]] {
    var rules: [String: [String]] = [:]
    for change in self where change.state == state {
      if let name = change.name { rules[name, default: []].append(change.rule) }
    }
    return rules.mapValues { $0.sorted() }
  }

  var stayed: [String: [String]] { rules("stayed") }
  var gone: [String: [String]] { rules("gone") }
}

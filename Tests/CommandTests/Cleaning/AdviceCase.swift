import Foundation
import UntrailModel
import UntrailRuleCatalog

/// Files on which a command is tried.
struct AdviceCase: Sendable, Hashable {
  /// Below the folder of samples; empty for pictures that are made.
  var samples: [String] = []
  var pictures: AdvicePictures?
  /// Other files of the sample are of types that the command is not for.
  var isPart = false

  /// All of a rule's own samples that the command is for.
  static func cases(of command: AdviceCommand) throws -> [AdviceCase] {
    if let pictures = AdvicePictures.instead[command.rule] { return [AdviceCase(pictures: pictures)] }
    guard let rule = RuleCatalog.rules.first(where: { $0.id == command.rule }) else { return [] }
    var isOfFile = false
    if case .file = rule.match { isOfFile = true }
    var cases: [AdviceCase] = []
    for sample in rule.tests.matching {
      let all = try sample.flatMap(files(of:))
      let files = all.filter {
        command.isInPlace || command.endings.contains(URL(fileURLWithPath: $0).pathExtension.lowercased())
      }
      guard !files.isEmpty else { continue }
      if isOfFile {
        cases += files.map { AdviceCase(samples: [$0]) }
      } else {
        cases.append(AdviceCase(samples: files, isPart: files.count < all.count))
      }
    }
    return cases
  }

  private static func files(of sample: String) throws -> [String] {
    var isFolder: ObjCBool = false
    let path = Tool.samples + "/" + sample
    guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder), isFolder.boolValue else {
      return [sample]
    }
    return try FileManager.default.contentsOfDirectory(atPath: path).sorted().map { sample + "/" + $0 }
  }

  /// Puts the files into a folder and gives the command with their names in place of the example's.
  func prepare(_ command: AdviceCommand, in folder: String) throws -> String {
    if let pictures { try pictures.write(to: command.isOfFolder ? folder + "/folder" : folder) }
    if command.isInPlace { return try prepareInPlace(command, in: folder) }
    if command.isOfFolder {
      try copy(to: folder + "/folder") { URL(fileURLWithPath: $0).lastPathComponent }
      return command.line
    }
    if samples.count == 1, let sample = samples.first {
      let ending = URL(fileURLWithPath: sample).pathExtension.lowercased()
      let example = URL(fileURLWithPath: command.example)
      let name = example.deletingPathExtension().lastPathComponent + "." + ending
      try copy(to: folder) { _ in name }
      return command.line.replacingOccurrences(of: command.example, with: name)
        .replacingOccurrences(of: "cleaned." + example.pathExtension, with: "cleaned." + ending)
        .replacingOccurrences(of: "FILE", with: name)
    }
    try copy(to: folder) { URL(fileURLWithPath: $0).lastPathComponent }
    let names = try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
    return command.line.replacingOccurrences(of: command.example, with: names.joined(separator: " "))
  }

  /// The file is named as in the command. What the command takes from it is there.
  private func prepareInPlace(_ command: AdviceCommand, in folder: String) throws -> String {
    let words = command.line.components(separatedBy: " ")
    if command.tool == "mv" {
      try copy(to: folder) { _ in words[1] }
    } else {
      try FileManager.default.copyItem(atPath: Tool.samples + "/stripped/clean.jpg", toPath: folder + "/file")
      let attribute = ["setfattr", "-n", words[2], "-v", "https://example.org/a", folder + "/file"]
      _ = try Tool.run([], wrapper: attribute)
    }
    return command.line
  }

  private func copy(to folder: String, naming: (String) -> String) throws {
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    for sample in samples {
      try FileManager.default.copyItem(
        atPath: Tool.samples + "/" + sample, toPath: folder + "/" + naming(sample))
    }
  }
}

import Foundation
import Testing
import UntrailModel
import UntrailRuleCatalog

/// A command that the advice of a rule gives, as it is written there.
struct AdviceCommand: Sendable, Hashable, CustomTestStringConvertible {
  var rule: String
  var line: String

  var testDescription: String { "\(rule): \(line)" }

  var tool: String { String(line.prefix { $0 != " " }) }

  /// It only shows something.
  var isLook: Bool { tool == "untrail" || line.contains(" -b ") }

  /// It changes the file itself: there is no copy.
  var isInPlace: Bool { tool == "setfattr" || tool == "mv" }

  var isOfFolder: Bool { line.contains("folder/") }

  /// The name that stands for the file in the command.
  var example: String { Self.examples.keys.sorted().first { line.contains($0) } ?? "photo.jpg" }

  /// Endings of the names of samples that the tool writes, or for a look reads.
  var endings: Set<String> {
    if let endings = Self.examples[example] { return endings }
    // mat2 0.13.3 draws SVG anew only where it has a viewBox, which the samples do not have.
    return tool == "mat2"
      ? ["jpg", "png", "heic", "tiff", "gif"]
      : ["jpg", "png", "heic", "avif", "tiff", "dng", "psd", "gif", "webp"]
  }

  private static let examples: [String: Set<String>] = [
    "film.mp4": ["mp4", "mov"], "sound.mp3": ["mp3", "m4a", "wav", "opus"],
    "draft.docx": ["docx", "xlsx", "odt"], "statement.pdf": ["pdf"],
  ]

  /// The commands of a line of advice, and what else in it looks like one.
  ///
  /// A command begins a part of the line (the parts end with a colon or semicolon) with a tool's name.
  static func commands(in action: String) -> (known: [String], unknown: [String]) {
    var known: [String] = []
    var unknown: [String] = []
    let separated = action.replacingOccurrences(of: "; ", with: ": ")
    for part in separated.components(separatedBy: ": ") {
      let words = part.components(separatedBy: " ")
      if words.count > 1, tools.contains(words[0]) {
        let line = part.components(separatedBy: " makes ")[0]
        known.append(line.hasSuffix(".") ? String(line.dropLast()) : line)
      } else if !foreign.contains(words[0]), words.contains(where: isOfCommand) {
        unknown.append(part)
      }
    }
    return (known, unknown)
  }

  private static let tools: Set = ["exiftool", "mat2", "ffmpeg", "qpdf", "setfattr", "untrail", "mv"]

  /// Of systems that no Debian package can stand for.
  private static let foreign: Set = ["xattr"]

  private static func isOfCommand(_ word: String) -> Bool {
    (word.hasPrefix("-") || word.hasPrefix("'-")) && word.count > 1
      || ["photo.", "film.", "sound.", "draft.", "statement.", "cleaned.", "cleaned/", "folder/", "FILE"]
        .contains { word.hasPrefix($0) }
  }

  static let all: [AdviceCommand] = RuleCatalog.rules.flatMap { rule in
    rule.actions.flatMap { commands(in: $0).known }.map { AdviceCommand(rule: rule.id, line: $0) }
  }
}

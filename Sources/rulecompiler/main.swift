import Foundation
import UntrailBytes
import UntrailModel
import UntrailRules

// Build tool: reads the rules of a folder and the words of its languages and writes them as Swift literals.
//
//     rulecompiler FOLDER OUTPUT.swift

guard CommandLine.arguments.count == 3 else {
  FileHandle.standardError.write(Data("usage: rulecompiler FOLDER OUTPUT.swift\n".utf8))
  exit(2)
}
do {
  let rules = try RuleFolder.load(CommandLine.arguments[1])
  var digest = FNV1a64()
  try RuleFolder.addSources(CommandLine.arguments[1], to: &digest)
  let source =
    RuleSource.render(rules, digest: digest.hex) + (try LanguageSource.render(CommandLine.arguments[1]))
  try source.write(toFile: CommandLine.arguments[2], atomically: true, encoding: .utf8)
} catch {
  FileHandle.standardError.write(Data("error: \(error)\n".utf8))
  exit(1)
}

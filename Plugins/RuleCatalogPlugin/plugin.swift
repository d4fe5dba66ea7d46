import Foundation
import PackagePlugin

/// Compiles `rules/*/*.yaml` and the words of `rules/languages/*.json` into Swift literals, so that a run parses
/// neither.
///
/// The rules stand at the top of the package and the target sees them through an excluded link; each file is
/// an input, so that a rule added, changed or removed builds the catalogue anew.
@main
struct RuleCatalogPlugin: BuildToolPlugin {
  func createBuildCommands(context: PluginContext, target: any Target) throws -> [Command] {
    let rules = context.package.directoryURL.appending(path: "rules")
    let output = context.pluginWorkDirectoryURL.appending(path: "Catalog.swift")
    return [
      .buildCommand(
        displayName: "Compiling rules",
        executable: try context.tool(named: "rulecompiler").url,
        arguments: [rules.path, output.path],
        inputFiles: try ruleFiles(in: rules),
        outputFiles: [output])
    ]
  }

  private func ruleFiles(in folder: URL) throws -> [URL] {
    let manager = FileManager.default
    var files: [URL] = []
    for name in try manager.contentsOfDirectory(atPath: folder.path).sorted() {
      let category = folder.appending(path: name)
      guard let names = try? manager.contentsOfDirectory(atPath: category.path) else { continue }
      files += names.filter { $0.hasSuffix(".yaml") || $0.hasSuffix(".json") }.sorted().map {
        category.appending(path: $0)
      }
    }
    return files
  }
}

import Foundation

/// Where the checkout is.
enum Repository {
  static let root = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()
  static let samples = root.appendingPathComponent("samples")
  /// Real files beside the checkout, where there are any.
  static let corpus = root.deletingLastPathComponent().appendingPathComponent("shared/corpus")

  static var hasCorpus: Bool {
    FileManager.default.fileExists(atPath: corpus.appendingPathComponent("oracle.jsonl").path)
  }

  static func sample(_ path: String) throws -> [UInt8] {
    [UInt8](try Data(contentsOf: samples.appendingPathComponent(path)))
  }

  /// All files below a folder of the samples, relative to the samples, sorted.
  static func samplePaths() throws -> [String] {
    try FileManager.default.subpathsOfDirectory(atPath: samples.path).filter {
      var isFolder: ObjCBool = false
      let path = samples.appendingPathComponent($0).path
      return FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) && !isFolder.boolValue
    }.sorted()
  }
}

/// A folder that goes away with the value.
final class TemporaryFolder {
  let url: URL

  init() throws {
    url = FileManager.default.temporaryDirectory.appendingPathComponent("untrail-test-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(at: url) }

  var path: String { url.path }

  @discardableResult
  func write(_ bytes: [UInt8], to name: String) throws -> String {
    let file = url.appendingPathComponent(name)
    try FileManager.default.createDirectory(
      at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(bytes).write(to: file)
    return file.path
  }
}

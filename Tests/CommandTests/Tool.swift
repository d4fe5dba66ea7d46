import Foundation

#if canImport(Glibc)
  import Glibc
#endif

/// Runs the built executable as a user would.
struct Tool {
  struct Outcome {
    var status: Int32
    var output: String
    var errors: String
  }

  static let repository = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  /// Beside the bundle of tests, where the build puts both.
  static let executable = URL(fileURLWithPath: CommandLine.arguments[0])
    .deletingLastPathComponent().appendingPathComponent("untrail")

  static let samples = repository.appendingPathComponent("samples").path

  /// - Parameters:
  ///   - wrapper: a command that runs the tool, as `prlimit --fsize=1`.
  ///   - input: what the tool finds on its standard input.
  static func run(
    _ arguments: [String], wrapper: [String] = [], input: [UInt8] = [], environment: [String: String] = [:],
    folder: String? = nil
  ) throws -> Outcome {
    let process = Process()
    let command = wrapper + [executable.path] + arguments
    process.executableURL = URL(fileURLWithPath: wrapper.isEmpty ? executable.path : "/usr/bin/env")
    process.arguments = wrapper.isEmpty ? arguments : command
    process.environment = ["PATH": "/usr/sbin:/usr/bin:/sbin:/bin"].merging(environment) { $1 }
    if let folder { process.currentDirectoryURL = URL(fileURLWithPath: folder) }
    let scratch = try Scratch()
    let files = ["input", "output", "errors"].map { scratch.url.appendingPathComponent($0) }
    try Data(input).write(to: files[0])
    for file in files[1...] { try Data().write(to: file) }
    process.standardInput = try FileHandle(forReadingFrom: files[0])
    process.standardOutput = try FileHandle(forWritingTo: files[1])
    process.standardError = try FileHandle(forWritingTo: files[2])
    try process.run()
    process.waitUntilExit()
    return Outcome(
      status: process.terminationReason == .exit ? process.terminationStatus : -process.terminationStatus,
      output: String(decoding: try Data(contentsOf: files[1]), as: UTF8.self),
      errors: String(decoding: try Data(contentsOf: files[2]), as: UTF8.self))
  }
}

/// A folder that goes away with the value.
final class Scratch {
  let url: URL

  /// A file system in memory, where there is one: it lists names in the order in which they were made.
  static var memory: URL {
    let memory = URL(fileURLWithPath: "/dev/shm")
    return FileManager.default.isWritableFile(atPath: memory.path)
      ? memory : FileManager.default.temporaryDirectory
  }

  init(in parent: URL = FileManager.default.temporaryDirectory) throws {
    url = parent.appendingPathComponent("untrail-command-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
  }

  deinit {
    chmod(url.appendingPathComponent("closed").path, 0o700)
    try? FileManager.default.removeItem(at: url)
  }

  var path: String { url.path }

  @discardableResult
  func write(_ text: String, to name: String) throws -> String {
    let file = url.appendingPathComponent(name)
    try FileManager.default.createDirectory(
      at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(text.utf8).write(to: file)
    return file.path
  }
}

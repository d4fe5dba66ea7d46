import ArgumentParser
import UntrailModel
import UntrailReports
import UntrailRuleCatalog
import UntrailTraining

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

struct TrainingKitCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "training-kit",
    abstract: "Writes a made-up reporter's export to practise on, with exercises and answers.",
    discussion: """
      People, devices and numbers in it are made up, places are public landmarks. The folder then holds the export, an
      exercise sheet, an answer key and the report.

      Examples:
        untrail training-kit course
        untrail scan course/export
      """)

  @Argument(
    help: ArgumentHelp("The folder to make; it must not exist or be empty.", valueName: "folder"),
    completion: .directory)
  var folder: String

  func run() throws {
    try makeFolder()
    guard chdir(folder) == 0 else { throw failure(folder) }
    try makeFolder(TrainingKit.folder)
    for file in TrainingKit.files {
      let path = TrainingKit.folder + "/" + file.path
      if let slash = path.lastIndex(of: "/") { try makeFolder(String(path[..<slash])) }
      try write(file.bytes, to: path)
    }
    try write(Array(TrainingSheets.exercise.utf8), to: "exercise.md")
    try write(Array(TrainingSheets.answers(title: Self.title).utf8), to: "answers.md")
    try Terminal.write(
      Array(
        """
        \(TerminalText.escaped(folder)) is made: export/ to look at, exercise.md to hand out, answers.md and report.json to
        check. Start with: untrail scan \(TerminalText.escaped(folder))/export

        """.utf8), to: 1)
    // Last, since a run gives up the right to write elsewhere. It ends with the status of its findings.
    let scan = try Scan.parse([
      "--quiet", "--date", TrainingKit.date, "--output", "json=report.json", TrainingKit.folder,
    ])
    do { try scan.run() } catch ExitStatus.findings {}
  }

  private static func title(_ rule: String) -> String {
    RuleCatalog.rules.first { $0.id == rule }?.title ?? rule
  }

  /// - Throws: `CommandFailure` for a folder in which something is.
  private func makeFolder() throws {
    if mkdir(folder, 0o755) == 0 { return }
    guard errno == EEXIST else { throw failure(folder) }
    guard let listing = opendir(folder) else { throw failure(folder) }
    defer { closedir(listing) }
    while let entry = readdir(listing) {
      let name = withUnsafeBytes(of: entry.pointee.d_name) { bytes in
        String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
      }
      guard name == "." || name == ".." else {
        throw CommandFailure.usage("\(TerminalText.escaped(folder)) is not empty; name a new folder")
      }
    }
  }

  private func makeFolder(_ path: String) throws {
    guard mkdir(path, 0o755) == 0 || errno == EEXIST else { throw failure(path) }
  }

  private func write(_ bytes: [UInt8], to path: String) throws {
    let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o644)
    guard descriptor >= 0 else { throw failure(path) }
    defer { close(descriptor) }
    try bytes.withUnsafeBytes { try Terminal.write($0, to: descriptor, name: path) }
  }

  private func failure(_ path: String) -> CommandFailure {
    CommandFailure.usage("cannot make \(TerminalText.escaped(path)): \(String(cString: strerror(errno)))")
  }
}

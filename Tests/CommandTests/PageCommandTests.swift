import Foundation
import Testing

@Suite("The HTML report of the samples")
struct PageCommandTests {
  static let hasParser: Bool = {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/python3")
    process.arguments = ["-c", "import html5lib"]
    process.standardError = FileHandle.nullDevice
    guard (try? process.run()) != nil else { return false }
    process.waitUntilExit()
    return process.terminationStatus == 0
  }()

  @Test(
    "is valid HTML", .enabled(if: hasParser, "python3-html5lib is missing: make deps-test"),
    arguments: ["exact", "coarse", "share"])
  func valid(level: String) throws {
    let scratch = try Scratch()
    let page = scratch.path + "/report.html"
    let outcome = try Tool.run(
      [
        "scan", Tool.samples, "--quiet", "--privacy", level, "--date", "2026-11-01", "--output",
        "html=\(page)",
      ])
    #expect(outcome.status == 1, "\(outcome.errors)")
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/python3")
    process.arguments = [
      "-c", "import sys, html5lib; html5lib.HTMLParser(strict=True).parse(open(sys.argv[1], 'rb'))", page,
    ]
    try process.run()
    process.waitUntilExit()
    #expect(process.terminationStatus == 0)
    let text = try String(contentsOfFile: page, encoding: .utf8)
    #expect(text.hasSuffix("</html>\n"))
    for word in ["https://", "http://", "<script", "src=", "url("] where level != "exact" {
      #expect(!text.contains(word), "the page holds \(word)")
    }
  }

  @Test("inspect writes none, and says what does")
  func inspect() throws {
    for arguments in [["--format", "html"], ["--output", "html=/tmp/untrail-none.html"]] {
      let outcome = try Tool.run(["inspect", Tool.samples] + arguments)
      #expect(outcome.status == 2)
      #expect(outcome.errors.contains("untrail scan --output html=report.html"), "\(outcome.errors)")
    }
  }
}

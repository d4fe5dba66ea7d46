import Foundation
import Testing

/// Imports go down only: the floors of the house.
@Suite("Architecture")
struct ArchitectureTests {
  static let floors: [String: Int] = [
    "untrail": 3, "rulecompiler": 3,
    "UntrailAudit": 2,
    "UntrailReaders": 1, "UntrailIdentify": 1, "UntrailRules": 1, "UntrailRuleCatalog": 1,
    "UntrailReports": 1, "UntrailIsolation": 1, "UntrailMovement": 1, "UntrailGeo": 1,
    "UntrailTraining": 1,
    "UntrailModel": 0, "UntrailBytes": 0,
    "CExif": -1, "CMagic": -1, "CXML": -1, "CZlib": -1, "CBrotli": -1, "CTurboJPEG": -1,
    "CSodium": -1, "CSystem": -1, "CArchive": -1, "CNettle": -1, "CSQLite": -1,
    "CIsolation": -1, "CGeography": -1, "CCalendars": -1,
  ]

  /// Which of the libraries that are not ours each target may import.
  static let libraries: [String: Set<String>] = [
    "untrail": ["ArgumentParser"], "UntrailRules": ["Yams", "Foundation"], "rulecompiler": ["Foundation"],
  ]

  static let systemModules: Set<String> = ["Glibc", "Darwin", "Synchronization"]

  struct Package: Decodable {
    var targets: [Target]
  }

  struct Target: Decodable {
    var name: String
    var type: String
    var path: String
    var sources: [String]
    var target_dependencies: [String]?
    var product_dependencies: [String]?
  }

  /// What the package manager says of the package.
  static func describe() throws -> Package {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = [
      "swift", "package", "--ignore-lock", "--package-path", Tool.repository.path, "describe", "--type",
      "json",
    ]
    let pipe = Pipe()
    process.standardOutput = pipe
    process.standardError = FileHandle.nullDevice
    try process.run()
    let output = pipe.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    let start = try #require(output.firstIndex(of: UInt8(ascii: "{")))
    return try JSONDecoder().decode(Package.self, from: output[start...])
  }

  @Test("no import goes up or sideways")
  func direction() throws {
    let targets = try Self.describe().targets.filter { $0.type != "test" && $0.type != "plugin" }
    #expect(Set(targets.map(\.name)) == Set(Self.floors.keys), "every target has its floor here")
    for target in targets {
      let floor = try #require(Self.floors[target.name])
      let declared = Set(target.target_dependencies ?? []).subtracting(["RuleCatalogPlugin"])
      for dependency in declared {
        let below = try #require(Self.floors[dependency], "\(dependency)")
        #expect(below < floor, "\(target.name) depends on \(dependency)")
      }
      let products = Set(target.product_dependencies ?? [])
      #expect(products.isSubset(of: Self.libraries[target.name] ?? []), "\(target.name): \(products)")
      for (file, module) in try imports(of: target) where !Self.systemModules.contains(module) {
        if let below = Self.floors[module] {
          #expect(below < floor && declared.contains(module), "\(file) imports \(module)")
        } else {
          #expect(Self.libraries[target.name]?.contains(module) ?? false, "\(file) imports \(module)")
        }
      }
    }
  }

  private func imports(of target: Target) throws -> [(file: String, module: String)] {
    var found: [(file: String, module: String)] = []
    for source in target.sources where source.hasSuffix(".swift") && !source.hasPrefix("/") {
      let file = Tool.repository.appendingPathComponent(target.path).appendingPathComponent(source)
      guard let text = try? String(contentsOf: file, encoding: .utf8) else { continue }
      for line in text.split(separator: "\n") {
        let words = line.split(separator: " ").drop {
          ["package", "internal", "public", "private"].contains($0)
        }
        guard words.first == "import", let module = words.dropFirst().first else { continue }
        found.append((source, String(module)))
      }
    }
    return found
  }

  @Test("no module that is ours names a call that opens a connection")
  func noNetwork() throws {
    let calls = [
      "socket(", "connect(", "getaddrinfo(", "URLSession", "FoundationNetworking", "gethostbyname(",
    ]
    let sources = Tool.repository.appendingPathComponent("Sources")
    var count = 0
    for path in try FileManager.default.subpathsOfDirectory(atPath: sources.path)
    where path.hasSuffix(".swift") || path.hasSuffix(".h") {
      let text = try String(contentsOf: sources.appendingPathComponent(path), encoding: .utf8)
      count += 1
      for call in calls { #expect(!text.contains(call), "\(path): \(call)") }
    }
    #expect(count > 40)
  }

  @Test(
    "a scan opens no socket", .enabled(if: FileManager.default.isExecutableFile(atPath: "/usr/bin/strace")))
  func noSocket() throws {
    let scratch = try Scratch()
    let trace = scratch.path + "/trace"
    let run = try Tool.run(
      ["scan", "--quiet", Tool.samples],
      wrapper: ["strace", "-f", "-e", "trace=%network,openat", "-o", trace])
    #expect(run.status == 1)
    let calls = try String(contentsOfFile: trace, encoding: .utf8)
    #expect(calls.contains("IMG_0001.jpg"), "the trace saw the run")
    for call in [" socket(", " connect(", " bind(", " sendto(", " listen("] { #expect(!calls.contains(call)) }
    // The channels to the workers, and nothing else.
    let pairs = calls.split(separator: "\n").filter { $0.contains("socketpair(") }
    #expect(!pairs.isEmpty && pairs.allSatisfy { $0.contains("socketpair(AF_UNIX") })
  }
}

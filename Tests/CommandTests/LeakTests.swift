import Foundation
import Testing

/// What `inspect --privacy exact` shows of files is searched for in every format at `coarse` and `share`.
@Suite("No exact value in other reports")
struct LeakTests {
  static let formats = ["text", "json", "ndjson", "html", "sarif", "csv", "junit", "markdown"]
  static let corpus = Tool.repository.deletingLastPathComponent().appendingPathComponent(
    "shared/corpus/files"
  )
  .path
  static let folders = [Tool.samples, corpus].filter { FileManager.default.fileExists(atPath: $0) }

  /// What an exact record holds: what must not be shown elsewhere, and what may.
  struct Exact {
    /// By value, what it is.
    var secrets: [String: String] = [:]
    /// Names of files and folders.
    var names: Set<String> = []
    /// Makes, models, programs without a version, and time zones: these stay at `coarse`.
    var products: [String: String] = [:]
    /// Programs, up to their version: these stay at `coarse`.
    var programs: Set<String> = []
    /// Fields, types and the tool's own words: these stay at every level.
    var shown = ""

    mutating func add(_ value: Any?, _ what: String) {
      guard let value = value as? String, value.utf8.count >= 5 else { return }
      // Short numbers are also offsets and counts, but those stand without quotes.
      let isShort = value.utf8.count < 9 && value.utf8.allSatisfy { $0 >= 0x30 && $0 <= 0x39 }
      secrets[isShort ? "\"\(value)\"" : value] = what
    }

    mutating func add(product value: Any?, _ what: String) {
      guard let value = value as? String, value.utf8.count >= 5 else { return }
      products[value] = what
    }

    /// The time of day, which a report to the day must not hold.
    mutating func add(time value: Any?) {
      guard let value = value as? String, let mark = value.firstIndex(of: "T") else { return }
      let time = value[value.index(after: mark)...].prefix(8)
      if time.utf8.count == 8, !time.hasSuffix(":00:00") { secrets[String(time)] = "a time of day" }
    }

    mutating func read(_ record: [String: Any], folder: String) {
      if let path = record["path"] as? String {
        names.formUnion(path.dropFirst(folder.count).split(separator: "/").map(String.init))
      }
      for step in record["member"] as? [String] ?? [] {
        names.formUnion(step.split(separator: "/").map(String.init))
      }
      shown += "\(record["mediaType"] ?? "")\n"
      for observation in record["observations"] as? [[String: Any]] ?? [] {
        let kind = observation["kind"] as? String ?? ""
        let role = observation["role"] as? String ?? ""
        shown += "\(kind) \(role) \(observation["field"] ?? "")\n\(observation["category"] ?? "")\n"
        add(product: observation["make"], "a make")
        add(product: observation["model"], "a model")
        add(product: observation["utcOffset"], "a time zone")
        for key in ["time", "start", "end"] { add(time: observation[key]) }
        for key in ["latitude", "longitude"] {
          guard let degrees = observation[key] as? Double, abs(degrees * 10 - (degrees * 10).rounded()) > 1e-3
          else { continue }
          add(Self.digits(degrees), kind)
        }
        for point in observation["points"] as? [[Any]] ?? [] {
          for degrees in point.prefix(2).compactMap({ $0 as? Double })
          where abs(degrees * 10 - (degrees * 10).rounded()) > 1e-3 {
            add(Self.digits(degrees), kind)
          }
        }
        switch kind {
        case "serial", "person", "contact", "network", "link", "device": add(observation["value"], kind)
        // A country is also what a rounded position says.
        case "place" where role != "country" && role != "network-country": add(observation["value"], kind)
        case "text" where role != "contradiction" && role != "positioning-method" && role != "geodetic-datum":
          add(observation["value"], kind)
        case "timestamp": add(time: observation["value"])
        case "utc-offset": add(product: observation["value"], "a time zone")
        case "software":
          let hasVersion = (observation["value"] as? String)?.contains { $0.isASCII && $0.isNumber } ?? false
          if hasVersion { add(observation["value"], kind) } else { add(product: observation["value"], kind) }
          let name = (observation["value"] as? String)?.prefix { !$0.isNumber } ?? ""
          programs.insert(name.trimmingCharacters(in: .whitespaces))
        case "travel":
          for key in ["name", "provider", "reference", "traveller", "seat", "from", "to"] {
            add(observation[key], kind)
          }
        default: shown += "\(observation["value"] ?? "")\n"
        }
      }
    }

    /// With four digits behind the point, cut and not rounded.
    static func digits(_ degrees: Double) -> String {
      let whole = Int((abs(degrees) * 10_000).rounded(.down))
      let fraction = String(whole % 10_000)
      return "\(whole / 10_000)." + String(repeating: "0", count: 4 - fraction.count) + fraction
    }
  }

  @Test("nothing is found", arguments: folders, [("coarse", false), ("share", false), ("share", true)])
  func leaks(folder: String, how: (level: String, isKeyed: Bool)) throws {
    let (level, isKeyed) = how
    let scratch = try Scratch()
    var exact = Exact()
    let records = try Tool.run(["inspect", "--format", "ndjson", "--privacy", "exact", folder]).output
    for line in records.split(separator: "\n") {
      let record = try #require(JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
      exact.read(record, folder: folder)
    }
    try #require(exact.secrets.count > 50)
    let key = try scratch.write("0123456789abcdef0123456789abcdef", to: "key")
    try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: key)
    let outcome = try FormatCommandTests.reports(
      folder, Self.formats, ["--privacy", level, "--all-files"] + (isKeyed ? ["--key-file", key] : []),
      in: scratch)
    #expect(outcome.status == 1, "\(outcome.errors)")
    for format in ["text", "json"] {
      let run = try Tool.run([
        "compare", "--privacy", level, "--all-files", "--format", format, folder, Tool.samples + "/stripped",
      ])
      try Data(run.output.utf8).write(to: scratch.url.appendingPathComponent("report.compare.\(format)"))
    }
    let rules = try Tool.run(["rules", "list"]).output
    var tool = rules + exact.shown
    for file in ["rules", "Sources/UntrailReports", "Sources/UntrailReaders"] {
      tool += try Self.texts(Tool.repository.appendingPathComponent(file))
    }
    var secrets = exact.secrets
    if level == "share" {
      secrets.merge(exact.products) { one, _ in one }
      for name in exact.names where name.utf8.count > 5 { secrets[name] = "a path" }
    } else {
      tool += (Array(exact.names) + Array(exact.products.keys) + Array(exact.programs)).joined(
        separator: "\n")
    }
    let derived = try Self.towns(scratch)
    let search = SecretSearch(Array(secrets.keys))
    for format in Self.formats + ["compare.text", "compare.json"] {
      let report = try Data(contentsOf: scratch.url.appendingPathComponent("report.\(format)"))
      for secret in search.found(in: report) {
        let what = secrets[secret] ?? ""
        // Offsets from UTC stay at this level, and calendars hold them as texts too.
        if level == "coarse", secret.hasPrefix("UTC") { continue }
        if tool.contains(secret) || derived.contains(secret) || Self.isDerived(secret, what) { continue }
        // A month in words is what a day says that starts with it.
        if what == "text", secret.wholeMatch(of: /\d{4}-\d\d/) != nil { continue }
        // A name such as "2.jpg" also ends "file 12.jpg".
        if what == "a path", secret.prefix(1).allSatisfy(\.isNumber) { continue }
        Issue.record("\(format) at \(level) holds \(secret.prefix(60)), which is \(what)")
      }
    }
  }

  /// Names of countries that a rounded position or a zone gives, and zones, which stay.
  static func isDerived(_ secret: String, _ what: String) -> Bool {
    guard what == "place" || what == "contact" else { return false }
    return ["Germany", "Netherlands", "United States", "Canada", "Spain"].contains(secret)
  }

  /// The towns that a report names for its rounded places.
  static func towns(_ scratch: Scratch) throws -> Set<String> {
    let report = try JSONSerialization.jsonObject(
      with: Data(contentsOf: scratch.url.appendingPathComponent("report.json")))
    let movement = (report as? [String: Any])?["movement"] as? [String: Any]
    let places = movement?["places"] as? [[String: Any]] ?? []
    return Set(places.compactMap { $0["town"] as? String })
  }

  @Test("an exact report is full of them")
  func counterpart() throws {
    let scratch = try Scratch()
    var exact = Exact()
    let records = try Tool.run(["inspect", "--format", "ndjson", "--privacy", "exact", Tool.samples]).output
    for line in records.split(separator: "\n") {
      let record = try #require(JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
      exact.read(record, folder: Tool.samples)
    }
    _ = try FormatCommandTests.reports(Tool.samples, Self.formats, ["--privacy", "exact"], in: scratch)
    let search = SecretSearch(Array(exact.secrets.keys))
    for format in ["json", "ndjson", "sarif", "csv", "junit"] {
      let report = try Data(contentsOf: scratch.url.appendingPathComponent("report.\(format)"))
      #expect(search.found(in: report).count > exact.secrets.count / 3, "\(format)")
    }
  }

  static func texts(_ folder: URL) throws -> String {
    try FileManager.default.subpathsOfDirectory(atPath: folder.path).sorted().map {
      (try? String(contentsOf: folder.appendingPathComponent($0), encoding: .utf8)) ?? ""
    }.joined()
  }
}

/// Finds which of many texts stand in a report, in one pass over its bytes.
struct SecretSearch {
  private let secrets: [[UInt8]]
  /// By their first five bytes.
  private var places: [UInt64: [Int]] = [:]
  /// Which keys there may be, by their last bits.
  private var bits = [Bool](repeating: false, count: 1 << 16)

  /// - Parameter secrets: of at least five bytes each.
  init(_ secrets: [String]) {
    self.secrets = secrets.map { Array($0.utf8) }
    for (place, secret) in self.secrets.enumerated() {
      let key = secret.prefix(5).reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
      places[key, default: []].append(place)
      bits[Self.mixed(key)] = true
    }
  }

  private static func mixed(_ key: UInt64) -> Int { Int((key &* 0x9E37_79B9_7F4A_7C15) >> 48) }

  func found(in report: Data) -> Set<String> {
    var found: Set<Int> = []
    report.withUnsafeBytes { bytes in
      var key: UInt64 = 0
      for (index, byte) in bytes.enumerated() {
        key = (key << 8 | UInt64(byte)) & 0xFF_FFFF_FFFF
        guard index >= 4, bits[Self.mixed(key)], let candidates = places[key] else { continue }
        for place in candidates where bytes[(index - 4)...].starts(with: secrets[place]) {
          found.insert(place)
        }
      }
    }
    return Set(found.map { String(decoding: secrets[$0], as: UTF8.self) })
  }
}

import Foundation
import Testing
import UntrailBytes
import UntrailModel
import UntrailReports

@Suite("Reports")
struct ReportTests {
  static let rule = Rule(
    id: "test", title: "A test", severity: .critical, category: "location",
    match: .file(.observation(ObservationPattern(kind: .location))), shows: "This.", who: "Them.",
    actions: ["Do that."], references: [], falsePositives: "None.",
    tests: Rule.Tests(matching: [], notMatching: []))

  /// A file that says everything, with values that can be searched for.
  static func file(path: [UInt8] = Array("folder/picture.jpg".utf8)) throws -> JudgedFile {
    var location = Location(coordinate: try #require(Coordinate(latitude: 48.8583701, longitude: 2.2944813)))
    location.altitude = 35.25
    location.accuracy = 4.75
    location.time = Timestamp(civilSeconds: 1_784_016_764, utcOffsetMinutes: 0)
    let observations = [
      Observation(.camera, .location(location), field: "EXIF:GPSLatitude", offset: 10),
      Observation(
        .original,
        .timestamp(Timestamp(civilSeconds: 1_784_023_964, subseconds: "123", utcOffsetMinutes: 120)),
        field: "EXIF:DateTimeOriginal", offset: 20),
      Observation(.body, .serial("SERIAL-4711"), field: "EXIF:BodySerialNumber", offset: 30),
      Observation(.owner, .person("Mara Example"), field: "EXIF:CameraOwnerName", offset: 40),
      Observation(.host, .device(Device(hostName: "mara-laptop")), field: "EXIF:HostComputer", offset: 50),
      Observation(.imageUniqueID, .link("LINK-0815"), field: "EXIF:ImageUniqueID", offset: 60),
      Observation(.userComment, .text("meet Sam at the pier"), field: "EXIF:UserComment", offset: 70),
      Observation(.area, .place("Rione Trevi"), field: "EXIF:GPSAreaInformation", offset: 80),
      Observation(
        .thumbnail, .hidden(HiddenContent(byteCount: 98_765)), field: "EXIF:JPEGInterchangeFormat", offset: 90
      ),
    ]
    return JudgedFile(
      ordinal: 1,
      examination: Examination(
        artifact: Artifact(path: PathBytes(path)), mediaType: MediaType("image/jpeg"), coverage: .read,
        observations: observations),
      index: ObservationIndex(observations),
      findings: [FileFinding(rule: 0, evidence: Array(observations.indices), severity: .critical)])
  }

  static func writers(_ redactor: Redactor) -> [(String, any ReportWriter)] {
    [
      ("scan text", ScanTextWriter(redactor: redactor, style: TextStyle(fileLimit: nil), messages: .english)),
      ("scan json", ScanJSONWriter(redactor: redactor)),
      ("scan ndjson", ScanNDJSONWriter(redactor: redactor)),
      ("inspect text", InspectTextWriter(redactor: redactor, style: TextStyle(), messages: .english)),
      ("inspect json", InspectJSONWriter(redactor: redactor)),
      ("inspect ndjson", InspectNDJSONWriter(redactor: redactor)),
    ]
  }

  /// The formats for other programs, which say less of the files together.
  static func otherWriters(_ redactor: Redactor) -> [(String, any ReportWriter)] {
    [
      ("scan sarif json", ScanSARIFWriter(redactor: redactor, messages: .english)),
      ("scan csv", ScanCSVWriter(redactor: redactor, messages: .english)),
      ("scan junit text", ScanJUnitWriter(redactor: redactor, messages: .english)),
      ("scan markdown text", ScanMarkdownWriter(redactor: redactor, messages: .english)),
      ("scan map", ScanGeoJSONWriter(redactor: redactor)),
      ("scan kml", ScanKMLWriter(redactor: redactor)),
    ]
  }

  static func reports(
    _ files: [JudgedFile], _ level: PrivacyLevel, withOthers: Bool = false
  ) -> [(name: String, text: String)] {
    reports(files, Redactor(level: level), withOthers: withOthers)
  }

  static func reports(
    _ files: [JudgedFile], _ redactor: Redactor, withOthers: Bool = false
  ) -> [(name: String, text: String)] {
    for file in files { redactor.register(file) }
    return ((withOthers ? otherWriters(redactor) : []) + writers(redactor)).map { name, writer in
      var writer = writer
      let buffer = ByteBuffer()
      let header = RunHeader(
        toolVersion: "1", libraries: [], privacy: redactor.level, roots: [PathBytes("folder")], rules: [rule],
        day: 20_000)
      writer.begin(header, into: buffer)
      for file in files { writer.add(file, into: buffer) }
      var summary = RunSummary()
      summary.fileCount = files.count
      summary.coverageCounts[Int(Coverage.read.rawValue)] = files.count
      summary.severityCounts[Int(Severity.critical.rawValue)] = files.count
      summary.groupFindings = [
        GroupFinding(
          rule: 0, group: .folder(Array("folder".utf8)), count: 3, fileCount: 3,
          examples: [FileReference(ordinal: 1, path: PathBytes("folder/picture.jpg"))], severity: .critical)
      ]
      writer.end(summary, into: buffer)
      return (name, buffer.text)
    }
  }

  static let exactValues = [
    "48.85837", "2.29448", "35.25", "4.75", "10:12:44", "08:12:44", "10:12", "SERIAL-4711", "Mara",
    "mara-laptop",
    "LINK-0815", "Sam", "pier", "Trevi", "98765", "123",
  ]

  @Test("no exact value is in a coarse or share report", arguments: [PrivacyLevel.coarse, .share])
  func redaction(level: PrivacyLevel) throws {
    for report in Self.reports([try Self.file()], level, withOthers: true) {
      for value in Self.exactValues { #expect(!report.text.contains(value), "\(report.name) holds \(value)") }
      if level == .share {
        #expect(
          !report.text.contains("picture.jpg") && !report.text.contains("folder/"),
          "\(report.name) holds a path")
      }
    }
  }

  @Test("every exact value is in an exact JSON report")
  func exact() throws {
    for report in Self.reports([try Self.file()], .exact, withOthers: true)
    where report.name.hasSuffix("json") {
      for value in ["48.8583701", "2.2944813", "35.25", "4.75", "SERIAL-4711", "Mara Example", "98765"] {
        #expect(report.text.contains(value), "\(report.name) lacks \(value)")
      }
    }
  }

  @Test("JSON reports are JSON, whatever the path", arguments: [PrivacyLevel.exact, .coarse, .share])
  func json(level: PrivacyLevel) throws {
    let evil: [UInt8] = Array("a\"b\\c\u{1B}[31m\n\u{202E}<script>=1+1".utf8) + [0xFF, 0xFE, 0x00 + 1]
    for report in Self.reports([try Self.file(path: evil)], level, withOthers: true) {
      switch report.name.split(separator: " ").last {
      case "json":
        #expect(throws: Never.self) { try JSONSerialization.jsonObject(with: Data(report.text.utf8)) }
      case "ndjson":
        for line in report.text.split(separator: "\n") {
          #expect(throws: Never.self) { try JSONSerialization.jsonObject(with: Data(line.utf8)) }
        }
      default: break
      }
    }
  }

  @Test("a path that is not UTF-8 can be had back")
  func pathBytes() throws {
    let report = try #require(Self.reports([try Self.file(path: [0x61, 0xFF, 0x25, 0x62])], .exact).last)
    #expect(report.text.contains("\"pathBytes\":\"a%FF%25b\""))
  }

  @Test("nothing from a file controls the terminal")
  func terminal() throws {
    var file = try Self.file(path: Array("x\u{1B}]0;owned\u{07}\u{202E}gpj.exe\u{85}\u{2028}".utf8))
    file.examination.observations[6].fact = .text("\u{1B}[2Jgone\r\nnew line \u{9B}31m")
    for report in Self.reports([file], .exact, withOthers: true) where report.name.hasSuffix("text") {
      for scalar in report.text.unicodeScalars where scalar != "\n" {
        let category = scalar.properties.generalCategory
        #expect(category != .control && category != .format && category != .lineSeparator, "\(report.name)")
      }
    }
  }

  @Test("labels follow the order of the files and are the same in every format")
  func labels() throws {
    var second = try Self.file()
    second.ordinal = 2
    second.examination.observations[2].fact = .serial("SERIAL-9999")
    for report in Self.reports([try Self.file(), second], .coarse) where report.name != "scan text" {
      let first = try #require(report.text.range(of: "device 1"))
      let next = try #require(report.text.range(of: "device 2"))
      #expect(first.lowerBound < next.lowerBound, "\(report.name)")
    }
  }

  @Test("no report says that the files are clean or safe")
  func reassurance() throws {
    for report in Self.reports([], .coarse) {
      #expect(!report.text.lowercased().contains("clean") && !report.text.lowercased().contains(" safe"))
    }
  }
}

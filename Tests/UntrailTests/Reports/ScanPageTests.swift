import Foundation
import Testing
import UntrailBytes
import UntrailGeo
import UntrailModel
import UntrailReports

@Suite("The HTML report")
struct ScanPageTests {
  static func page(
    _ files: [JudgedFile], _ level: PrivacyLevel, joined: JoinedFacts? = nil,
    language: Language = .english, complete: Bool = true, map: MapSource = .empty
  ) -> String {
    let redactor = Redactor(level: level)
    for file in files { redactor.register(file) }
    var writer = ScanPageWriter(
      redactor: redactor, style: TextStyle(), messages: .shipped(language), map: map)
    let buffer = ByteBuffer()
    writer.begin(
      RunHeader(
        toolVersion: "1", libraries: [], privacy: level, roots: [PathBytes("folder")],
        rules: [ReportTests.rule], day: 20_000),
      into: buffer)
    for file in files { writer.add(file, into: buffer) }
    var summary = RunSummary()
    summary.fileCount = files.count
    summary.coverageCounts[Int(Coverage.read.rawValue)] = files.count
    summary.severityCounts[Int(Severity.critical.rawValue)] = files.count
    summary.joined = joined
    summary.isComplete = complete
    writer.end(summary, into: buffer)
    return buffer.text
  }

  static func joinedFacts() throws -> JoinedFacts {
    var facts = JoinedFacts()
    let here = try #require(Coordinate(latitude: 48.8583701, longitude: 2.2944813))
    var home = Place(
      coordinate: here, stays: 3, days: 3, nights: 3, workdays: 0, first: 1_784_016_764, last: 1_784_116_764,
      role: .home, confidence: 0.9)
    home.town = "Paris"
    facts.movement.places = [home]
    facts.movement.hoursOfWeek = Array(repeating: 1, count: 168)
    let there = try #require(Coordinate(latitude: 49.1234567, longitude: 2.7654321))
    facts.movement.trips = [
      Trip(
        from: 0, to: nil, origin: here, destination: there, start: 1_784_016_764, end: 1_784_020_764,
        distance: 45_000)
    ]
    facts.devices = [
      DeviceGroup(
        number: 1, name: "Acme <b>One</b>",
        identifiers: [.init(kind: .serial, role: .body, value: "SERIAL-4711")], fileCount: 1,
        examples: [FileReference(ordinal: 1, path: PathBytes("folder/picture.jpg"))], firstDay: 20_000,
        lastDay: 20_001, confidence: 0.8, reason: "One serial number.")
    ]
    return facts
  }

  // MARK: What must not be in it

  @Test("nothing that loads, runs or sends", arguments: PrivacyLevel.allCases)
  func inert(level: PrivacyLevel) throws {
    let page = Self.page([try ReportTests.file()], level, joined: try Self.joinedFacts())
    for text in [
      "http:", "https:", "url(", "src=", "<script", "@import", "javascript:", "<img", "<iframe", "<object",
      "<embed", "<link", "<form", "<base", "srcset", "style=\"", "onload", "onclick", "href=\"/", "data:",
    ] {
      #expect(!page.lowercased().contains(text), "the page holds \(text)")
    }
    for link in page.components(separatedBy: "href=\"").dropFirst() { #expect(link.hasPrefix("#")) }
    #expect(page.contains("default-src 'none'"))
    #expect(!page.contains("unsafe-inline"))
  }

  @Test("the policy names the hash of the one style sheet")
  func digest() throws {
    // FIPS 180-2, appendix B.1: ba7816bf 8f01cfea 414140de 5dae2223 b00361a3 96177a9c b410ff61 f20015ad
    #expect(StyleDigest.base64("abc") == "ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0=")
    #expect(StyleDigest.base64("") == "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=")
    let page = Self.page([], .coarse)
    let style = try #require(
      page.components(separatedBy: "<style>").last?.components(separatedBy: "</style>").first)
    #expect(page.contains("style-src 'sha256-\(StyleDigest.base64(style))'"))
    #expect(page.components(separatedBy: "<style").count == 2)
  }

  @Test(
    "hostile names stay text",
    arguments: [
      "folder/<script>alert(1)</script>.jpg", "folder/\"onmouseover=\"x.jpg", "folder/a&lt;b'.jpg",
      "folder/\u{202E}gpj.exe", "folder/\u{1B}[31mred.jpg", "folder/</details></main>.jpg",
      "folder/{count}.jpg",
    ])
  func escaping(name: String) throws {
    let plain = Self.page([try ReportTests.file()], .exact)
    let page = Self.page([try ReportTests.file(path: Array(name.utf8))], .exact)
    #expect(!page.contains("<script"))
    #expect(!page.contains("\"onmouseover"))
    #expect(!page.unicodeScalars.contains { $0.value == 0x202E || $0.value == 0x1B })
    #expect(
      page.components(separatedBy: "</details>").count == plain.components(separatedBy: "</details>").count)
    #expect(page.components(separatedBy: "</main>").count == 2)
    if name.contains("\u{202E}") { #expect(page.contains("\\u{202E}gpj.exe")) }
    if name.contains("{count}") { #expect(page.contains("{count}.jpg")) }
    #expect(try Self.unbalanced(page).isEmpty)
  }

  @Test("a path that is not UTF-8 shows its bytes")
  func bytes() throws {
    let page = Self.page([try ReportTests.file(path: Array("folder/".utf8) + [0xFF, 0x3C, 0x41])], .exact)
    #expect(page.contains("<bdi>\\xFF&lt;A</bdi>"))
  }

  @Test("no exact value at coarse and share", arguments: [PrivacyLevel.coarse, .share])
  func redaction(level: PrivacyLevel) throws {
    let page = Self.page([try ReportTests.file()], level, joined: try Self.joinedFacts())
    let body = try #require(page.components(separatedBy: "</style>").last)
    for value in [
      "48.85", "2.294", "49.12", "2.765", "35.25", "4.75 m", "10:12", "08:12", "SERIAL-4711", "Mara",
      "mara-laptop", "LINK-0815", "Sam", "pier", "Trevi", "98765",
    ] {
      #expect(!body.contains(value), "the page holds \(value)")
    }
    if level == .share {
      #expect(!body.contains("<svg class=\"map\""))
      #expect(body.contains("There is no map at the privacy level"))
      for value in ["picture.jpg", "Paris", "probably home</td>"] { #expect(!body.contains(value)) }
    } else {
      #expect(body.contains("<svg class=\"map\""))
    }
  }

  @Test("the drawing is the same wherever in its cell the exact position lies")
  func coarseDrawing() throws {
    func drawing(_ latitude: Double, _ longitude: Double) throws -> String {
      var facts = JoinedFacts()
      let here = try #require(Coordinate(latitude: latitude, longitude: longitude))
      facts.movement.places = [
        Place(
          coordinate: here, stays: 3, days: 3, nights: 3, workdays: 0, first: 1_784_016_764,
          last: 1_784_116_764)
      ]
      return Self.page([], .coarse, joined: facts)
    }
    #expect(try drawing(48.8612345, 2.3312345) == drawing(48.9412345, 2.3412345))
  }

  @Test("exact holds the exact values, and says so")
  func exact() throws {
    let page = Self.page([try ReportTests.file()], .exact, joined: try Self.joinedFacts())
    for value in ["48.85837", "SERIAL-4711", "Mara Example", "Keep it as safe as the files", "Paris"] {
      #expect(page.contains(value), "the page lacks \(value)")
    }
    #expect(page.contains("Acme &lt;b&gt;One&lt;/b&gt;"))
  }

  // MARK: Structure

  /// Names of elements that are opened and not closed, or closed and not open.
  static func unbalanced(_ page: String) throws -> [String] {
    let void: Set = ["meta", "!DOCTYPE"]
    var open: [String] = []
    var wrong: [String] = []
    for part in page.components(separatedBy: "<").dropFirst() {
      let tag = part.prefix { $0 != ">" }
      let name = String(tag.prefix { !$0.isWhitespace && $0 != "/" })
      if tag.hasPrefix("/") {
        let closed = String(tag.dropFirst())
        if open.last == closed { open.removeLast() } else { wrong.append("/" + closed) }
      } else if !void.contains(name), !tag.hasSuffix("/") {
        open.append(name)
      }
    }
    return wrong + open
  }

  @Test(
    "elements are balanced, ids are single, links and labels lead somewhere", arguments: PrivacyLevel.allCases
  )
  func structure(level: PrivacyLevel) throws {
    let page = Self.page([try ReportTests.file()], level, joined: try Self.joinedFacts())
    #expect(try Self.unbalanced(page).isEmpty)
    let ids = page.components(separatedBy: " id=\"").dropFirst().map { $0.components(separatedBy: "\"")[0] }
    #expect(Set(ids).count == ids.count)
    for attribute in ["href=\"#", "aria-labelledby=\""] {
      for part in page.components(separatedBy: attribute).dropFirst() {
        for id in part.components(separatedBy: "\"")[0].split(separator: " ") {
          #expect(ids.contains(String(id)), "nothing has the id \(id)")
        }
      }
    }
  }

  @Test("headings go down one level at a time; every drawing and every table has its words")
  func headings() throws {
    let page = Self.page([try ReportTests.file()], .exact, joined: try Self.joinedFacts())
    var last = 0
    for part in page.components(separatedBy: "<h").dropFirst() {
      guard let level = part.first?.wholeNumberValue else { continue }
      #expect(level <= last + 1, "a heading of level \(level) follows one of level \(last)")
      last = level
    }
    func count(_ text: String) -> Int { page.components(separatedBy: text).count - 1 }
    #expect(count("<h1") == 1)
    #expect(count("<svg") == count("role=\"img\" aria-labelledby=") && count("<svg") == count("<desc"))
    #expect(count("<table") == count("<caption>"))
    #expect(
      count("<main") == 1 && count("<header>") == 1 && count("<nav aria-label") == 1 && count("<footer") == 1)
    #expect(page.contains("<a class=\"skip\" href=\"#main\">"))
  }

  @Test("language and direction of writing come from outside")
  func direction() {
    #expect(Self.page([], .coarse).contains("<html lang=\"en\" dir=\"ltr\">"))
    #expect(
      Self.page([], .coarse, language: .arabic).contains("<html lang=\"ar\" dir=\"rtl\">"))
    for side in ["-left", "-right", "left:", "right:"] {
      let plain = PageStyle.text.replacingOccurrences(of: "border-radius", with: "")
      #expect(!plain.contains(side), "the style names a side: \(side)")
    }
  }

  @Test("a run that ended early, and a page that was cut, show")
  func incomplete() {
    #expect(Self.page([], .coarse, complete: false).contains("Incomplete: the run ended"))
    let page = Self.page([], .coarse)
    #expect(!page.contains("Incomplete: the run ended"))
    #expect(page.hasSuffix("</footer>\n</body>\n</html>\n"))
    #expect(page.contains("End of the report"))
  }

  @Test("no template is left unfilled")
  func filled() throws {
    for level in PrivacyLevel.allCases {
      let page = Self.page([try ReportTests.file()], level, joined: try Self.joinedFacts())
      let body = try #require(page.components(separatedBy: "</style>").last)
      #expect(body.firstMatch(of: /\{[a-z]+\}/) == nil)
    }
  }

  // MARK: Size

  @Test("100,000 files in less than 10 MB, with a count of the rest")
  func size() throws {
    var file = try ReportTests.file()
    let name = String(repeating: "<&>", count: 20)
    let redactor = Redactor(level: .exact)
    var writer = ScanPageWriter(redactor: redactor, style: TextStyle(fileLimit: nil), messages: .english)
    let buffer = ByteBuffer()
    let rules = Array(repeating: ReportTests.rule, count: 5)
    writer.begin(
      RunHeader(
        toolVersion: "1", libraries: [], privacy: .exact, roots: [PathBytes("folder")], rules: rules,
        day: 20_000),
      into: buffer)
    file.findings = rules.indices.map { FileFinding(rule: $0, evidence: [0, 1, 2], severity: .critical) }
    for number in 1...100_000 {
      file.ordinal = number
      file.examination.artifact.path = PathBytes("folder/\(name)\(number).jpg")
      writer.add(file, into: buffer)
    }
    var summary = RunSummary()
    summary.fileCount = 100_000
    writer.end(summary, into: buffer)
    #expect(buffer.count < 10_000_000, "\(buffer.count) bytes")
    #expect(buffer.text.contains("Not listed here: <bdi>"))
  }

  // MARK: Colours

  /// WCAG 2.2, "relative luminance".
  static func luminance(_ rgb: UInt32) -> Double {
    let parts = [16, 8, 0].map { shift -> Double in
      let part = Double(rgb >> UInt32(shift) & 255) / 255
      return part <= 0.04045 ? part / 12.92 : pow((part + 0.055) / 1.055, 2.4)
    }
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]
  }

  static func contrast(_ one: UInt32, _ other: UInt32) -> Double {
    let (light, dark) = (max(luminance(one), luminance(other)), min(luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)
  }

  @Test("colours can be told apart, by day and by night")
  func contrasts() throws {
    #expect(abs(Self.contrast(0xFFFFFF, 0) - 21) < 0.001)
    for (name, palette) in [("light", PagePalette.light), ("dark", PagePalette.dark)] {
      for pair in PagePalette.pairs {
        let contrast = Self.contrast(
          try #require(palette[pair.front]), try #require(palette[pair.back]))
        #expect(contrast >= pair.contrast, "\(name): \(pair.front) on \(pair.back) is \(contrast)")
      }
    }
  }

  // MARK: Map

  @Test("borders and coasts of a part of the world, no more than asked for")
  func outlines() {
    let geography = Geography.shared
    let near = geography.outlines(south: 48, west: 1, north: 53, east: 14, step: 0.01)
    #expect(near.count > 5)
    #expect(near.allSatisfy { $0.count > 1 })
    #expect(geography.outlines(south: 48.8, west: 2.3, north: 48.9, east: 2.4, step: 0.001).isEmpty)
    let world = geography.outlines(south: -90, west: -180, north: 90, east: 180, step: 0.25)
    #expect(world.reduce(0) { $0 + $1.count } < 60_000)
    #expect(
      geography.outlines(south: 48, west: 1, north: 53, east: 14, step: 0.01).elementsEqual(near) {
        one, other in
        one.elementsEqual(other) { $0 == $1 }
      })
    let towns = geography.towns(south: 48, west: 1, north: 53, east: 14, limit: 3)
    #expect(towns.map(\.name).contains("Paris") && towns.count == 3)
  }

  @Test("a map across 180 degrees stays one map")
  func dateLine() throws {
    var facts = JoinedFacts()
    for longitude in [179.5, -179.5] {
      let here = try #require(Coordinate(latitude: -17, longitude: longitude))
      facts.movement.places.append(
        Place(coordinate: here, stays: 3, days: 3, nights: 0, workdays: 0, first: 0, last: 1))
    }
    let page = Self.page([], .exact, joined: facts)
    #expect(!page.contains("5000 km"), "the map shows the whole world")
    #expect(page.contains("Places: 2. Other positions: 0."))
  }
}

internal import UntrailBytes
package import UntrailModel

/// Decides what a report at its privacy level says in place of an exact value.
///
/// Serials, names, ids and the like become numbered labels. The numbers follow the order of the walk, so that
/// they are the same in every format of one run, and say nothing of the value.
package final class Redactor {
  package let level: PrivacyLevel
  /// Makes pseudonyms that are the same in all reports made with it; nil for numbers that hold in one report.
  package let key: PseudonymKey?
  let paths: RelativePaths

  /// Numbers by the hash of label and value. The values themselves are not kept: a folder of 100,000 files with
  /// an id each would cost as much as all the rest. Two of 100,000 values share a number once in 4 billion runs.
  private var numbers: [Int: UInt32] = [:]
  private var nextNumber: [Label: UInt32] = [:]
  private var programs = KnownNames()
  private var models = KnownNames()
  /// The last file of which a fingerprint was asked for.
  var hashedFile: HashedFile?

  struct HashedFile {
    var ordinal: Int
    var member: [String]
    var hash: FNV1a64
  }

  /// What a label calls the thing it stands for.
  enum Label: String {
    case device
    case lens
    case computer
    case person
    case link
    case place
    case contact
    case network
    case folder
    case member
    case model
    case software
    case timeZone = "time zone"
  }

  /// - Parameter roots: the files and folders of the command line.
  package init(level: PrivacyLevel, key: PseudonymKey? = nil, roots: [PathBytes] = []) {
    self.level = level
    self.key = key
    paths = RelativePaths(roots)
    isExact = level == .exact
  }

  package let isExact: Bool

  /// Numbers what a file holds. Must be called for each file in the order of the walk, before any report is
  /// written of it.
  package func register(_ file: JudgedFile) {
    guard !isExact, key == nil else { return }
    for (place, entry) in file.index.entries.enumerated() {
      let fact = file.examination.observations[place].fact
      if let kind = entry.kind, let role = entry.role, let label = label(kind, role),
        let text = Self.name(fact)
      {
        _ = number(label, text)
      }
      if level == .share { registerModel(fact) }
    }
    if level == .share, !file.examination.observations.isEmpty {
      _ = number(.folder, String(decoding: file.examination.artifact.path.parent, as: UTF8.self))
      _ = member(file.examination.artifact.member)
    }
  }

  private func registerModel(_ fact: Observation.Fact) {
    switch fact {
    case .device(let device):
      let name = Device(make: device.make, model: device.model).name
      if !name.isEmpty { _ = number(.model, name) }
    case .utcOffset(let minutes): _ = number(.timeZone, String(minutes))
    default: break
    }
  }

  /// What a report shows in place of a text.
  enum Shown {
    case value(String)
    case label(Label, Pseudonym)
    case characters(Int)
  }

  /// A text fact as this level shows it.
  package func text(_ value: String, kind: Kind, role: Role) -> String {
    switch shown(value, kind: kind, role: role) {
    case .value(let text): text
    case .label(let label, let pseudonym): "\(label.rawValue) \(pseudonym.text)"
    case .characters(let count): "(\(count) characters)"
    }
  }

  /// A text fact as this level shows it, for people.
  func text(_ value: String, kind: Kind, role: Role, _ messages: Messages) -> String {
    text(shown(value, kind: kind, role: role), messages)
  }

  private func text(_ shown: Shown, _ messages: Messages) -> String {
    switch shown {
    case .value(let text): TerminalText.escaped(text)
    case .label(let label, let pseudonym): messages.label(label, pseudonym)
    case .characters(let count): messages.text(.labelCharacters, ["count": .count(count)])
    }
  }

  private func shown(_ value: String, kind: Kind, role: Role) -> Shown {
    guard !isExact else { return .value(value) }
    // Paths stay at this level, and this is the name of a file beside the one that is reported.
    if case .sidecar = role, case .coarse = level { return .value(value) }
    if let label = label(kind, role) { return .label(label, pseudonym(label, value)) }
    if case .software = kind {
      return programs.shown(value) { product(ProductName.withoutVersion($0), of: $0) }
    }
    guard case .text = kind else { return .value(value) }
    if case .contradiction = role { return .value(value) }
    return Self.isHarmless(value) ? .value(value) : .characters(value.unicodeScalars.count)
  }

  private func product(_ name: String, of value: String) -> Shown {
    ProductName.isPlain(name) && !ProductName.isPersonal(value)
      ? .value(name) : .characters(value.unicodeScalars.count)
  }

  /// What stands for names of products, which come again in file after file.
  private struct KnownNames {
    private var names: [String: Shown] = [:]

    mutating func shown(_ name: String, _ find: (String) -> Shown) -> Shown {
      if let known = names[name] { return known }
      let shown = find(name)
      if names.count >= Self.limit { names.removeAll(keepingCapacity: true) }
      names[name] = shown
      return shown
    }

    /// A phone's export has some dozens, a forged one as many as it has files.
    private static let limit = 1_024
  }

  // MARK: Devices and time zones

  /// Make, model, or both, as this level shows them: products in full, unless they hold what is none.
  private func shown(model name: String) -> Shown {
    switch level {
    case .exact: .value(name)
    case .coarse: models.shown(name) { product($0, of: $0) }
    case .share: .label(.model, pseudonym(.model, name))
    }
  }

  /// Make and model of a device as this level shows them. What stands for both at the level `share` is in the model.
  package func device(_ device: Device) -> Device {
    var shown = Device(make: device.make, model: device.model)
    guard !isExact, !shown.name.isEmpty else { return shown }
    guard level != .share else { return Device(model: deviceName(shown.name)) }
    if !shown.make.isEmpty { shown.make = deviceName(shown.make) }
    if !shown.model.isEmpty { shown.model = deviceName(shown.model) }
    return shown
  }

  /// The name of a device, of make and model, as this level shows it.
  package func deviceName(_ name: String) -> String {
    guard !name.isEmpty else { return "" }
    return switch shown(model: name) {
    case .value(let text): text
    case .label(let label, let pseudonym): "\(label.rawValue) \(pseudonym.text)"
    case .characters(let count): "(\(count) characters)"
    }
  }

  /// The name of a device, of make and model, as this level shows it, for people.
  func deviceName(_ name: String, _ messages: Messages) -> String {
    guard !name.isEmpty else { return "" }
    return text(shown(model: name), messages)
  }

  /// Which of the run's time zones it is, for the levels that say no more than that; nil for the others.
  func timeZone(_ minutes: Int16) -> Pseudonym? {
    level == .share ? pseudonym(.timeZone, String(minutes)) : nil
  }

  /// Whether a time says how far it is from UTC.
  var showsTimeZones: Bool { level != .share }

  // MARK: Paths

  /// What stands for the folder of a group of files.
  package func folder(_ path: [UInt8]) -> PathBytes {
    guard level == .share else { return PathBytes(path) }
    return PathBytes("folder \(folderPseudonym(path).text)")
  }

  /// What stands for a folder at the level `share`.
  func folderPseudonym(_ path: [UInt8]) -> Pseudonym {
    guard let key else { return pseudonym(.folder, String(decoding: path, as: UTF8.self)) }
    return .code(key.code("folder", [Array(paths.relative(folder: path))]))
  }

  /// The path of a file as this level shows it.
  package func path(_ path: PathBytes, ordinal: Int) -> PathBytes {
    guard level == .share else { return path }
    let pseudonym: Pseudonym =
      key.map { .code($0.code("file", [Array(paths.relative(path).tail)])) } ?? .number(ordinal)
    return PathBytes("file \(pseudonym.text)\(Self.commonEnding(path.name))")
  }

  /// The way into a file as this level shows it.
  package func member(_ way: [String]) -> [String] {
    guard level == .share else { return way }
    return way.map { "member \(pseudonym(.member, $0).text)\(Self.commonEnding(Array($0.utf8)[...]))" }
  }

  /// Degrees as this level shows them: a tenth of a degree is about 11 km.
  package func degrees(_ value: Double) -> Double { isExact ? value : (value * 10).rounded() / 10 }

  /// What stands for a value behind its label.
  enum Pseudonym {
    /// In the order of the walk.
    case number(Int)
    /// From the key.
    case code(UInt64)

    /// A number, or 12 digits.
    var text: String {
      switch self {
      case .number(let number): String(number)
      case .code(let code): String(code.hex.prefix(12))
      }
    }
  }

  private func pseudonym(_ label: Label, _ value: String) -> Pseudonym {
    guard let key else { return .number(Int(number(label, value))) }
    return .code(key.code("label", [Array(label.rawValue.utf8), Array(value.utf8)]))
  }

  private func number(_ label: Label, _ value: String) -> UInt32 {
    var hasher = Hasher()
    hasher.combine(label)
    hasher.combine(value)
    let key = hasher.finalize()
    if let known = numbers[key] { return known }
    let number = nextNumber[label, default: 1]
    nextNumber[label] = number + 1
    numbers[key] = number
    return number
  }

  private func label(_ kind: Kind, _ role: Role) -> Label? {
    switch kind {
    case .serial: role == .lens ? .lens : .device
    case .contact: .contact
    case .network: .network
    case .device: .computer
    case .person: .person
    case .link: .link
    case .place: .place
    case .software: level == .share ? .software : nil
    case .location, .timestamp, .utcOffset, .hidden, .text, .track, .travel, .movement: nil
    }
  }

  /// The text that gets a label: of a device only the name that its owner gave it.
  private static func name(_ fact: Observation.Fact) -> String? {
    guard case .device(let device) = fact else { return fact.text }
    return device.hostName.isEmpty ? nil : device.hostName
  }

  /// Words of the standard that say nothing of a person.
  private static func isHarmless(_ text: String) -> Bool {
    text.utf8.count <= 8 && harmlessWords.contains(text.uppercased())
  }

  private static let harmlessWords: Set<String> = [
    "GPS", "CELLID", "WLAN", "MANUAL", "NETWORK", "FUSED", "WGS-84", "WGS84", "WGS 84", "TOKYO",
  ]

  /// The ending of a name where it is one that thousands of files have, with its point; else nothing.
  private static func commonEnding(_ name: ArraySlice<UInt8>) -> String {
    guard let point = name.lastIndex(of: UInt8(ascii: ".")) else { return "" }
    let ending = String(decoding: name[name.index(after: point)...], as: UTF8.self).lowercased()
    return commonEndings.contains(ending) ? "." + ending : ""
  }

  private static let commonEndings: Set<String> = [
    "avif", "csv", "doc", "docx", "eml", "gif", "gpx", "heic", "heif", "htm", "html", "ics", "jpeg", "jpg",
    "json", "kml", "m4a", "mov", "mp3", "mp4", "odt", "pdf", "png", "tif", "tiff", "txt", "vcf", "webp",
    "xls",
    "xlsx", "xml", "xmp", "zip",
  ]
}

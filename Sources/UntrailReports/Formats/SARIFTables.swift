internal import UntrailBytes
internal import UntrailModel

/// The files that a SARIF report speaks of, written at its end: about 100 bytes are kept of each.
struct SARIFArtifacts {
  private(set) var count = 0
  /// JSON objects with commas between them.
  let entries = ByteBuffer(capacity: 4096)
  private var ordinal = 0
  /// The type of the file that has this ordinal.
  private var mediaType = ""
  /// Places of the file with this ordinal, and of what is in it, by the way in.
  private var places: [[String]: Int] = [:]

  /// Called for each file in the order of the walk: what is in a file comes right behind it.
  mutating func begin(_ file: JudgedFile) {
    guard file.ordinal != ordinal else { return }
    ordinal = file.ordinal
    mediaType = file.examination.artifact.member.isEmpty ? file.examination.mediaType.name : ""
    places.removeAll(keepingCapacity: true)
  }

  /// The place of a file among the artifacts.
  ///
  /// - Parameters:
  ///   - location: of the file itself.
  ///   - member: as the level shows it.
  mutating func place(_ file: JudgedFile, _ location: SARIFPaths.Location, _ member: [String]) -> Int {
    place(
      member, location, member.isEmpty ? mediaType : file.examination.mediaType.name)
  }

  private mutating func place(
    _ member: [String], _ location: SARIFPaths.Location, _ mediaType: String
  ) -> Int {
    if let known = places[member] { return known }
    var parent: Int?
    if !member.isEmpty {
      let outer = Array(member.dropLast())
      parent = place(outer, location, outer.isEmpty ? self.mediaType : "")
    }
    let place = count
    count += 1
    places[member] = place
    entries.append(place == 0 ? "\n{\"location\":{" : ",\n{\"location\":{")
    entries.append("\"uri\":")
    if let name = member.last {
      entries.json(Self.memberURI(name))
    } else {
      entries.json(location.uri)
      if let root = location.root { entries.append(utf8: ",\"uriBaseId\":\"ROOT\(root)\"") }
    }
    entries.append("}")
    if Self.isMediaType(mediaType) {
      entries.append(",\"mimeType\":")
      entries.json(mediaType)
    }
    if let parent {
      entries.append(",\"parentIndex\":")
      entries.append(parent)
    }
    entries.append("}")
    return place
  }

  static func memberURI(_ name: String) -> String {
    let uri = SARIFPaths.encoded(Array(name.utf8)[...], isAbsolute: false)
    return uri.isEmpty ? "member" : uri
  }

  /// Whether a name has the form that the schema asks of one: `[^/]+/.+`.
  private static func isMediaType(_ name: String) -> Bool {
    guard let slash = name.firstIndex(of: "/") else { return false }
    return slash != name.startIndex && name.index(after: slash) != name.endIndex
  }
}

/// What the tool could not do, written at the end of a SARIF report: 16 bytes are kept of each, and each text once.
struct SARIFNotifications {
  private struct Entry {
    var text: UInt32
    var artifact: UInt32
    var offset: Int
  }

  private struct Text: Hashable {
    var code: String
    var level: String
    var message: String
  }

  private var entries: [Entry] = []
  private var texts: [Text] = []
  private var numbers: [Text: UInt32] = [:]

  mutating func add(_ diagnostic: Diagnostic, artifact: Int) {
    let level =
      switch diagnostic.nature {
      case .damage: "error"
      case .doubt: "warning"
      case .notRead: "note"
      }
    add(
      Text(code: diagnostic.code, level: level, message: diagnostic.message), artifact, diagnostic.offset)
  }

  /// A file that was not read, and says no more of it.
  mutating func add(_ coverage: Coverage, _ mediaType: String, artifact: Int) {
    let level = coverage == .partial || coverage == .unreadable ? "error" : "note"
    let message = "\(coverage.name): \(TerminalText.escaped(mediaType))"
    add(Text(code: coverage.name, level: level, message: message), artifact, nil)
  }

  private mutating func add(_ text: Text, _ artifact: Int, _ offset: Int?) {
    let number: UInt32
    if let known = numbers[text] {
      number = known
    } else {
      number = UInt32(truncatingIfNeeded: texts.count)
      numbers[text] = number
      texts.append(text)
    }
    entries.append(
      Entry(text: number, artifact: UInt32(truncatingIfNeeded: artifact), offset: offset ?? -1))
  }

  func write(into buffer: ByteBuffer) {
    buffer.append("[")
    for (place, entry) in entries.enumerated() {
      let text = texts[Int(entry.text)]
      buffer.append(place == 0 ? "\n{\"descriptor\":{\"id\":" : ",\n{\"descriptor\":{\"id\":")
      buffer.json(text.code)
      buffer.append(utf8: "},\"level\":\"\(text.level)\",\"message\":{\"text\":")
      buffer.json(SARIFText.literal(text.message))
      buffer.append("},\"locations\":[{\"physicalLocation\":{\"artifactLocation\":{\"index\":")
      buffer.append(Int(entry.artifact))
      buffer.append("}")
      if entry.offset >= 0 {
        buffer.append(",\"region\":{\"byteOffset\":")
        buffer.append(entry.offset)
        buffer.append("}")
      }
      buffer.append("}}]}")
    }
    buffer.append("]")
  }
}

/// Text as a SARIF message holds it.
enum SARIFText {
  /// The text with nothing in it that is a placeholder or a link. Source: SARIF 2.1.0, sections 3.11.5 and 3.11.6.
  static func literal(_ text: String) -> String {
    guard
      text.utf8.contains(where: {
        $0 == UInt8(ascii: "{") || $0 == UInt8(ascii: "}") || $0 == UInt8(ascii: "]")
      })
    else { return text }
    var result = ""
    var isBehindBracket = false
    for scalar in text.unicodeScalars {
      switch scalar {
      case "{": result += "{{"
      case "}": result += "}}"
      case "(" where isBehindBracket: result += " ("
      default: result.unicodeScalars.append(scalar)
      }
      isBehindBracket = scalar == "]"
    }
    return result
  }
}

internal import UntrailBytes
internal import UntrailModel

/// What the two summaries of an OLE2 document say, and the properties that people or programs added.
///
/// Source: Microsoft, MS-OLEPS, section 2.25 (numbers of SummaryInformation), MS-OSHARED, section 2.3.3 (of
/// DocumentSummaryInformation). Names of the fields: ExifTool, FlashPix tags.
enum SummaryProperties {
  static let summaryName = "\u{5}SummaryInformation"
  static let documentName = "\u{5}DocumentSummaryInformation"

  private static let summary: [UInt32: (name: String, meaning: DocumentMeaning)] = [
    2: ("Title", .text(.title)), 3: ("Subject", .text(.subject)), 4: ("Author", .person(.author)),
    5: ("Keywords", .text(.keywords)), 6: ("Comments", .text(.comment)), 7: ("Template", .template),
    8: ("LastModifiedBy", .person(.editor)), 9: ("RevisionNumber", .text(.history)),
    11: ("LastPrinted", .time(.printed)), 12: ("CreateDate", .time(.created)),
    13: ("ModifyDate", .time(.modified)), 18: ("Software", .software),
  ]

  private static let document: [UInt32: (name: String, meaning: DocumentMeaning)] = [
    2: ("Category", .text(.category)), 14: ("Manager", .person(.manager)),
    15: ("Company", .person(.organization)), 26: ("ContentType", .text(.label)),
    27: ("ContentStatus", .text(.label)), 28: ("Language", .text(.label)),
    29: ("DocVersion", .text(.history)),
  ]

  static func addSummary(_ set: PropertySet, _ facts: inout DocumentFacts, into result: inout ReadResult) {
    guard let section = set.sections.first else { return }
    for (id, (name, meaning)) in summary.sorted(by: { $0.key < $1.key }) {
      add(section.values[id], meaning, name, &facts, into: &result)
    }
    // The time of editing is no moment but a length: ticks of 100 nanoseconds.
    if case .time(let ticks) = section.values[10], ticks >= 600_000_000, ticks < 1 << 60 {
      facts.add(.text(.history), "\(ticks / 600_000_000) min", "TotalEditTime", into: &result)
    }
    if case .bytes(let clip) = section.values[17], !clip.isEmpty {
      facts.hidden(.thumbnail, clip.count, "ThumbnailClip", into: &result)
    }
  }

  /// The picture of the summary, where it is one that stands on its own.
  static func thumbnail(_ set: PropertySet) -> [UInt8]? {
    guard case .bytes(let clip) = set.sections.first?.values[17] else { return nil }
    let marks: [[UInt8]] = [[0xFF, 0xD8, 0xFF], [0x89, 0x50, 0x4E, 0x47]]
    let head = clip.prefix(64)
    for start in head.indices where marks.contains(where: { clip[start...].starts(with: $0) }) {
      return Array(clip[start...])
    }
    return nil
  }

  static func addDocument(_ set: PropertySet, _ facts: inout DocumentFacts, into result: inout ReadResult) {
    guard let section = set.sections.first else { return }
    for (id, (name, meaning)) in document.sorted(by: { $0.key < $1.key }) {
      add(section.values[id], meaning, name, &facts, into: &result)
    }
    if case .number(let version) = section.values[23], version > 0 {
      let minor = String(version & 0xFFFF)
      let padding = String(repeating: "0", count: max(0, 4 - minor.count))
      facts.add(.software, "\(version >> 16).\(padding)\(minor)", "AppVersion", into: &result)
    }
    if case .number(let count) = section.values[9], count > 0 {
      facts.hidden(.hiddenContent, nil, "HiddenSlides", into: &result)
    }
    guard set.sections.count > 1 else { return }
    let custom = set.sections[1]
    for (id, name) in custom.names.sorted(by: { $0.key < $1.key }) {
      switch (name, custom.values[id]) {
      case ("_PID_HLINKS", .bytes(let bytes)): addLinks(bytes, &facts, into: &result)
      case ("_PID_LINKBASE", .bytes(let bytes)):
        facts.add(
          .path, ExifText.utf16(bytes, isLittleEndian: true), "HyperlinkBase", into: &result)
      case (_, let value?): CustomProperty.add(name, value, &facts, into: &result)
      default: break
      }
    }
  }

  private static func add(
    _ value: PropertySet.Value?, _ meaning: DocumentMeaning, _ name: String, _ facts: inout DocumentFacts,
    into result: inout ReadResult
  ) {
    switch (value, meaning) {
    case (.text(let text), _): facts.add(meaning, text, name, into: &result)
    case (.time(let ticks), .time(let role)):
      guard let time = WindowsTime.timestamp(ticks) else { return }
      facts.add(role, .timestamp(time), name, into: &result)
    default: break
    }
  }

  /// The links of the document: six values each, of which the fifth is the address.
  ///
  /// Source: Microsoft, MS-OSHARED, section 2.3.3.1.18 (VecVtHyperlink).
  private static func addLinks(
    _ bytes: ArraySlice<UInt8>, _ facts: inout DocumentFacts, into result: inout ReadResult
  ) {
    let view = ByteView(ByteSource(bytes: Array(bytes), isJoined: true), start: 0, count: bytes.count)
    guard let count = try? view.u32(at: 0, .little) else { return }
    var offset = 4
    for _ in 0..<min(Int(count), 6000) {
      guard let type = try? view.u32(at: offset, .little) else { return }
      guard type & 0xFFFF == 31 else {
        offset += 8
        continue
      }
      guard let length = try? view.u32(at: offset + 4, .little), Int(length) < 4096,
        let text = try? view.withBytes(
          at: offset + 8, count: 2 * Int(length), { run throws(ParseError) in Array(run) })
      else { return }
      DocumentLink.add(ExifText.utf16(text, isLittleEndian: true), "Hyperlinks", &facts, into: &result)
      offset += 8 + (2 * Int(length) + 3) & ~3
    }
  }
}

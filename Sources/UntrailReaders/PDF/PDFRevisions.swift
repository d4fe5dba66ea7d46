internal import UntrailBytes
internal import UntrailModel

/// What earlier versions of a document left in the file. Programs that add to a file leave what they replace.
///
///     objects, table, trailer, %%EOF         the first version
///     objects, table, trailer, %%EOF         what was added: objects with numbers known before replace those
///
/// A file for the web has two tables for one version: the newer one stands in front of the other.
///
/// Source: ISO 32000-2:2020, section 7.5.6 and annex F.
enum PDFRevisions {
  /// Versions that are looked at, and objects of each.
  private static let most = 64
  private static let objectLimit = 1024

  static func observe(_ session: inout PDFSession, into result: inout ReadResult) {
    let sections = session.document.sections
    // Where the tables of an earlier version begin.
    let starts = sections.indices.dropFirst().filter { index in
      (sections[index].place ?? 0) < (sections[index - 1].place ?? 0)
    }
    guard let first = starts.first else { return }
    session.add(
      .earlierRevision, .text(String(starts.count)), "PDF:EarlierRevisions", at: sections[first].place,
      into: &result)
    var newer = 0
    for start in starts.prefix(most) {
      var revision = PDFRevision(session.document, from: start)
      revision.compare(withTables: newer..<start, limit: objectLimit)
      revision.observe(&session, into: &result)
      newer = start
    }
  }
}

/// One earlier version: what a later one replaced or removed of it.
struct PDFRevision {
  private let document: PDFDocument
  /// The index of its newest table.
  private let start: Int
  private var replaced: [(reference: PDFReference, value: PDFObject)] = []

  init(_ document: PDFDocument, from start: Int) {
    self.document = document
    self.start = start
  }

  /// Finds what the tables of the next version say otherwise.
  mutating func compare(withTables newer: Range<Int>, limit: Int) {
    for section in document.sections[newer] {
      for number in section.numbers(limit: document.limits.entries) where number > 0 {
        guard let old = document.entry(number, from: start), old != .free,
          old != section.entry(number, document.source)
        else { continue }
        guard replaced.count < limit, !document.isExhausted else { return }
        var reference = PDFReference(number: number, generation: 0)
        if case .at(_, let generation) = old { reference.generation = generation }
        if let value = document.read(reference, from: start) { replaced.append((reference, value)) }
      }
    }
  }

  func observe(_ session: inout PDFSession, into result: inout ReadResult) {
    let place = document.sections[start].place
    var sizes: [String: (count: Int, place: Int)] = [:]
    for (_, value) in replaced {
      guard case .stream(let stream) = value, let kind = kind(of: stream) else { continue }
      let size = document.length(of: stream)
      sizes[kind] = ((sizes[kind]?.count ?? 0) + size, sizes[kind]?.place ?? stream.start)
    }
    if !replaced.isEmpty {
      let size = sizes.values.reduce(0) { $0 + $1.count }
      session.addHidden(.earlierRevision, size, "PDF:EarlierRevision", at: place, into: &result)
      session.add(
        .earlierRevision, .text(String(replaced.count)), "PDF:ReplacedObjects", at: place, into: &result)
    }
    for (kind, size) in sizes.sorted(by: { $0.key < $1.key }) {
      session.addHidden(.earlierRevision, size.count, "PDF:Earlier\(kind)", at: size.place, into: &result)
    }
    observeRemovedPages(&session, into: &result)
    observeInformation(&session, into: &result)
    for (_, value) in replaced {
      guard let dictionary = value.dictionary, dictionary["Rect"] != nil, dictionary["Subtype"] != nil else {
        continue
      }
      PDFAnnotations.observe(dictionary, prefix: "Earlier", &session, into: &result)
    }
  }

  /// What a stream is to people; nil for what only holds the file together.
  private func kind(of stream: PDFStream) -> String? {
    switch (stream.dictionary["Type"]?.name, stream.dictionary["Subtype"]?.name) {
    case ("XRef"?, _), ("ObjStm"?, _): nil
    case ("Metadata"?, _): "XMP"
    case ("EmbeddedFile"?, _): "Attachments"
    case (_, "Image"?): "Pictures"
    case (_, "Form"?), (nil, nil): "Contents"
    default: nil
    }
  }

  /// Pages that a list of pages no longer has.
  private func observeRemovedPages(_ session: inout PDFSession, into result: inout ReadResult) {
    for (reference, value) in replaced {
      guard let old = value.dictionary, old["Type"]?.name == "Pages", let kids = old["Kids"]?.array else {
        continue
      }
      let now = Set(session.array(session.dictionary(.reference(reference))?["Kids"]).compactMap(\.reference))
      // A list that is empty now was divided anew.
      guard !now.isEmpty else { continue }
      for kid in kids.compactMap(\.reference) where !now.contains(kid) {
        guard let page = document.read(kid, from: start)?.dictionary, page["Type"]?.name == "Page" else {
          continue
        }
        session.addHidden(.earlierRevision, nil, "PDF:RemovedPage", at: page.place, into: &result)
      }
    }
  }

  /// Who wrote the earlier version, and when, as far as it is not said of the present one too.
  private func observeInformation(_ session: inout PDFSession, into result: inout ReadResult) {
    func trailer(_ key: String) -> PDFReference? {
      document.sections[start...].lazy.compactMap { $0.trailer[key]?.reference }.first
    }
    if let reference = trailer("Info"), let old = document.read(reference, from: start)?.dictionary {
      PDFInformation.observe(old, prefix: "Earlier", &session, into: &result)
    }
    guard let root = trailer("Root"), let catalog = document.read(root, from: start)?.dictionary,
      let reference = catalog["Metadata"]?.reference,
      let stream = document.read(reference, from: start)?.stream,
      session.isNew(stream)
    else { return }
    var inner = ReadResult()
    inner.blockCost = result.blockCost
    session.readMetadata(stream, into: &inner)
    result.blockCost = inner.blockCost
    for observation in inner.observations {
      let isKnown = result.observations.contains {
        $0.role == observation.role && $0.fact == observation.fact
      }
      guard !isKnown, let colon = observation.field.firstIndex(of: ":") else { continue }
      let name = observation.field[observation.field.index(after: colon)...]
      session.add(
        observation.role, observation.fact, observation.field[...colon] + "Earlier" + name,
        at: observation.offset,
        into: &result)
    }
  }
}

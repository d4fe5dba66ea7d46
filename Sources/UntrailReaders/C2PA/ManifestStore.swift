internal import UntrailBytes
internal import UntrailModel

/// What manifests of C2PA (Content Credentials) say: channel A13. Nothing is verified.
///
///     "c2pa" store
///       "c2ma" manifest, one per step; the last is that of this file, the others of what it was made from
///         "c2as" assertions: each a box of its own, by label
///         "c2cl" claim (CBOR)
///         "c2cs" signature (COSE)
///         "c2vc" credentials of people (JSON)
///
/// Source: C2PA Technical Specification 2.1, sections 10, 11 and 15.
struct ManifestStore {
  private let limits: Limits
  /// What was told, as field and text: manifests repeat what those before them say.
  private var told: Set<String> = []
  /// Whether the manifest that is read is that of the file itself.
  private var isActive = false

  /// Adds what the boxes say to `result`. Damage becomes diagnostics.
  static func decode(_ view: ByteView, into result: inout ReadResult, _ limits: Limits) {
    var store = ManifestStore(limits: limits)
    var walker = BoxWalker(view, limits)
    do throws(ParseError) {
      while let box = try walker.next() {
        if box.isCut {
          result.damage("truncated", "a JUMBF box ends behind its block", at: box.body.place(box.body.count))
        }
        guard box.type == "jumb" else { continue }
        store.readStore(JUMBFBox(body: box.body, into: &result, limits), at: box.start, into: &result)
      }
    } catch {
      result.damage(error)
    }
  }

  private init(limits: Limits) { self.limits = limits }

  private mutating func readStore(_ store: JUMBFBox, at start: Int, into result: inout ReadResult) {
    guard store.kind == "c2pa" else {
      result.notRead(
        "c2pa-not-read", "a JUMBF box of another kind is there; this version does not read it", at: start)
      return
    }
    let manifests = store.boxes.filter { $0.type == "jumb" }
    for (index, box) in manifests.enumerated() {
      isActive = index == manifests.count - 1
      readManifest(JUMBFBox(body: box.body, into: &result, limits), at: box.start, into: &result)
    }
  }

  private mutating func readManifest(_ manifest: JUMBFBox, at start: Int, into result: inout ReadResult) {
    tell(.provenance, .link(manifest.label), "JUMBF:JUMDLabel", at: manifest.labelPlace, into: &result)
    for box in manifest.boxes {
      guard box.type == "jumb" else {
        result.notRead(
          "c2pa-not-read", "a compressed C2PA manifest is there; this version does not read it", at: start)
        continue
      }
      let part = JUMBFBox(body: box.body, into: &result, limits)
      switch part.kind {
      case "c2as":
        for assertion in part.boxes where assertion.type == "jumb" {
          readAssertion(JUMBFBox(body: assertion.body, into: &result, limits), into: &result)
        }
      case "c2cl":
        guard let block = part.content("cbor") else { continue }
        readClaim(block, into: &result)
      case "c2cs":
        guard let block = part.content("cbor") else { continue }
        readSignature(block, into: &result)
      case "c2vc":
        for credential in part.boxes where credential.type == "jumb" {
          guard let block = JUMBFBox(body: credential.body, into: &result, limits).content("json") else {
            continue
          }
          readLinkedData(block, into: &result)
        }
      default: break
      }
    }
  }

  // MARK: Telling

  /// Adds an observation, once.
  mutating func tell(
    _ role: Role, _ fact: Observation.Fact, _ field: String, at offset: Int?, into result: inout ReadResult
  ) {
    if let text = fact.text {
      guard !text.isEmpty, told.insert(field + "\u{0}" + text).inserted else { return }
    }
    result.add(role, fact, field, at: offset)
  }

  /// A text that is a person's page or name with a service.
  mutating func tellAccount(
    _ text: String, _ field: String, at offset: Int?, into result: inout ReadResult
  ) {
    switch ContactText.role(of: text) {
    case .url: tell(.url, .contact(text), field, at: offset, into: &result)
    case .email: tell(.email, .contact(text), field, at: offset, into: &result)
    default: tell(.account, .person(text), field, at: offset, into: &result)
    }
  }

  /// A name of a file or of a work: what it is shows its ending.
  mutating func tellTitle(_ value: DataValue?, _ block: ByteView, into result: inout ReadResult) {
    guard let value, let text = value.text else { return }
    let ending =
      text.utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false).last ?? [][...]
    let isFile = ending.count < text.utf8.count && (2...5).contains(ending.count)
    if isFile {
      tell(.originalFileName, .link(text), "CBOR:Title", at: block.place(value.start), into: &result)
    } else {
      tell(.title, .text(text), "CBOR:Title", at: block.place(value.start), into: &result)
    }
  }

  /// A time as text; nil where it is none.
  static func time(_ text: String) -> Timestamp? {
    var text = text
    guard case .time(let time) = text.withUTF8({ ExifTime.dateTime($0) }) else { return nil }
    return time
  }

  // MARK: Claim

  private mutating func readClaim(_ block: ByteView, into result: inout ReadResult) {
    guard let claim = CBORReader.value(of: block, into: &result, limits) else { return }
    tellTitle(claim["dc:title"], block, into: &result)
    if let id = claim["instanceID"], let text = id.text {
      tell(
        isActive ? .instanceID : .derivedFrom, .link(text), "CBOR:InstanceID", at: block.place(id.start),
        into: &result)
    }
    tellProgram(claim["claim_generator"], .generator, "CBOR:Claim_generator", block, into: &result)
    for program in claim["claim_generator_info"]?.items ?? [] {
      tellProgram(program, .generator, "CBOR:Claim_Generator_InfoName", block, into: &result)
    }
  }

  /// A program as text, or as a map with name and version.
  mutating func tellProgram(
    _ value: DataValue?, _ role: Role, _ field: String, _ block: ByteView, into result: inout ReadResult
  ) {
    guard let value else { return }
    var name = value.text ?? value["name"]?.text ?? ""
    if let version = value["version"]?.text { name += name.isEmpty ? version : " " + version }
    tell(role, .software(name), field, at: block.place(value.start), into: &result)
    if let system = value["operating_system"]?.text ?? value["org.cai.operating_system"]?.text {
      tell(role, .software(system), field, at: block.place(value.start), into: &result)
    }
  }

  // MARK: What other files decode

  mutating func value(ofCBOR block: ByteView, into result: inout ReadResult) -> DataValue? {
    CBORReader.value(of: block, into: &result, limits)
  }

  private mutating func readSignature(_ block: ByteView, into result: inout ReadResult) {
    guard let value = CBORReader.value(of: block, into: &result, limits) else { return }
    ManifestSignature(value: value, block: block, limits: limits).observe(&self, into: &result)
  }

  private mutating func readAssertion(_ assertion: JUMBFBox, into result: inout ReadResult) {
    ManifestAssertion(box: assertion, limits: limits).observe(&self, into: &result)
  }

  mutating func readLinkedData(_ block: ByteView, into result: inout ReadResult) {
    guard let value = JSONReader.value(of: block, into: &result, limits) else { return }
    LinkedData(block: block).observe(value, &self, into: &result)
  }
}

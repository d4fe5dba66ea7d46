internal import UntrailBytes
internal import UntrailModel

/// Property lists of Apple's systems and programs, whatever they are for: backups, remembered networks, configuration
/// profiles, changes to pictures, archives of pages, bookmarks, settings.
///
///     "bplist00" ...             binary: `BinaryListReader`
///     <plist> ... </plist>       XML: `MarkupListReader`
///     { key = value; }           the old form: `WrittenListReader`
///     30 { ... }                 signed: `SignedMessage`
///
/// All dates are told, and all values whose keys say that they name a device, a person, a network, a place; passwords
/// only that they are there.
struct PropertyListReader: MetadataReader {
  var name: String { "property list" }
  var mediaTypes: [String] {
    ["application/x-plist", "application/x-bplist", "application/x-apple-aspen-config"]
  }
  var channels: String {
    "devices, serials, networks and when they were used, places, accounts, times, links, files inside"
  }

  func read(
    _ source: ByteSource, into result: inout ReadResult, with tools: ReaderTools
  ) throws(ParseError) {
    var bytes = try WholeFile.bytes(source, tools.limits)
    var base = source.hasPlaces ? 0 : nil
    var facts = PropertyFacts(tools.limits)
    if bytes.first == 0x30, let message = SignedMessage(bytes) {
      message.addSigners("PLIST", at: base, tools.limits, into: &result)
      bytes = message.content
      base = message.contentStart
    }
    var flaw: ParseError?
    let list = PropertyList.read(bytes, at: base, tools.limits, flaw: &flaw)
    if let flaw { result.damage(flaw) }
    guard let list else { return }
    let plain = KeyedArchive.unwrapped(list, tools.limits)
    Adjustment.take(plain, in: &facts, tools.limits)
    DeviceBackup.take(plain, in: &facts)
    if let link = plain["URL"]?.text, BoundedText.isWebAddress(link), plain.pairs.count <= 3 {
      facts.add(.networkLink, .link(link), "PLIST:URL", at: plain["URL"]?.offset)
    }
    facts.take(plain)
    facts.finish()
    result.observations += facts.result.observations
    result.diagnostics += facts.result.diagnostics
    WebArchive.examine(plain, 0, into: &result, with: tools)
  }
}

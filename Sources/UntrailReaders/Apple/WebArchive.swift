internal import UntrailModel

/// A page of the web that was saved with all that belongs to it.
///
///     WebMainResource: {WebResourceData, WebResourceURL, WebResourceMIMEType, WebResourceTextEncodingName}
///     WebSubresources: [the same]     WebSubframeArchives: [an archive each]
///
/// Source: Apple, WebArchive (WebKit); the keys as they stand in archives.
enum WebArchive {
  static func examine(
    _ list: PropertyValue, _ depth: Int, into result: inout ReadResult, with tools: ReaderTools
  ) {
    guard let main = list["WebMainResource"], depth < tools.limits.nesting else { return }
    if let address = main["WebResourceURL"]?.text {
      result.add(.downloadedFrom, .link(address), "PLIST:WebResourceURL", at: main["WebResourceURL"]?.offset)
    }
    for resource in [main] + (list["WebSubresources"]?.items ?? []) {
      guard let data = resource["WebResourceData"]?.data, !data.isEmpty else { continue }
      let address = resource["WebResourceURL"]?.text ?? "page"
      let name = address.split(separator: "/").last.map { $0.prefix { $0 != "?" && $0 != "#" } } ?? "page"
      tools.examineQuietly(named: String(name), Array(data), into: &result)
    }
    for frame in list["WebSubframeArchives"]?.items ?? [] {
      examine(frame, depth + 1, into: &result, with: tools)
    }
  }
}

extension ReaderTools {
  /// As `examineMember`, but leaves no record of a file in which there is nothing to tell: the drawings of a page or
  /// of a pass are many.
  func examineQuietly(named name: String, _ bytes: [UInt8], into result: inout ReadResult) {
    let count = result.members.count
    examineMember(named: name, bytes, into: &result)
    let says = result.members[min(count, result.members.count)...].contains {
      !$0.observations.isEmpty || $0.coverage == .partial
    }
    if !says { result.members.removeSubrange(min(count, result.members.count)...) }
  }
}

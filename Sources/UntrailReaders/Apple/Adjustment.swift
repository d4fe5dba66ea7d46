internal import UntrailBytes
internal import UntrailModel

/// What was changed in a picture or film (AAE).
///
///     adjustmentFormatIdentifier, adjustmentFormatVersion, adjustmentEditorBundleID, adjustmentTimestamp,
///     adjustmentBaseVersion, adjustmentRenderTypes, adjustmentData: a binary property list, or one or JSON in a raw
///     deflate stream
///
/// The identifiers and the time are told by their names; here what is in the data.
enum Adjustment {
  static func take(_ list: PropertyValue, in facts: inout PropertyFacts, _ limits: Limits) {
    guard list["adjustmentFormatIdentifier"] != nil, let data = list["adjustmentData"]?.data, !data.isEmpty,
      !data.starts(with: "bplist".utf8), let bytes = inflated(data, limits), !bytes.isEmpty
    else { return }
    var flaw: ParseError?
    guard bytes.starts(with: "bplist".utf8) || bytes.starts(with: "<".utf8),
      let inner = PropertyList.read(bytes, at: nil, limits, flaw: &flaw)
    else { return }
    facts.take(KeyedArchive.unwrapped(inner, limits), key: "adjustmentData")
  }

  private static func inflated(_ data: ArraySlice<UInt8>, _ limits: Limits) -> [UInt8]? {
    guard var stream = InflateStream(isRaw: true) else { return nil }
    var bytes: [UInt8] = []
    let state = data.withUnsafeBytes { stream.feed($0, into: &bytes, limit: limits.structure) }
    return state == .ended ? bytes : nil
  }
}

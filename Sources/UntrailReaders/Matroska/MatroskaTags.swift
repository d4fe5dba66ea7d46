internal import UntrailBytes
internal import UntrailModel

/// `Tags`: names and values, which can stand in each other.
///
///     Tag
///       Targets
///       SimpleTag
///         TagName, TagString
///         SimpleTag ...
///
/// Source: RFC 9559, section 5.1.8; Matroska Media Container Tag Specifications (IETF draft).
enum MatroskaTags {
  static func decode(_ body: ByteView, into result: inout ReadResult, _ limits: Limits) throws(ParseError) {
    var facts = FactSet(limit: limits.observations)
    var tags = EBMLElements(body, limits)
    while let tag = try tags.next() {
      guard tag.id == 0x7373 else { continue }
      try decodeList(tag.body, depth: 0, &facts, into: &result, limits)
    }
  }

  private static func decodeList(
    _ body: ByteView, depth: Int, _ facts: inout FactSet, into result: inout ReadResult, _ limits: Limits
  ) throws(ParseError) {
    guard depth < limits.nesting else {
      throw ParseError(.limit, at: body.start, "tags too deep in each other")
    }
    var name: String?
    var value: (text: String, place: Int?)?
    var elements = EBMLElements(body, limits)
    while let element = try elements.next() {
      switch element.id {
      case 0x67C8: try decodeList(element.body, depth: depth + 1, &facts, into: &result, limits)
      case 0x45A3: name = try BoundedText.printable(element.body, limits)
      case 0x4487:
        // Half of a position is another position.
        guard !element.isCut else {
          throw ParseError(.truncated, at: element.start, "the file ends inside a tag")
        }
        value = try BoundedText.printable(element.body, limits).map { ($0, element.body.place(0)) }
      default: break
      }
    }
    if let name, let value {
      MediaTag(name).observe(value.text, group: "Matroska", at: value.place, &facts, into: &result)
    }
  }
}

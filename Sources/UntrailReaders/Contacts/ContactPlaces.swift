internal import UntrailModel

/// Where a contact lives and works.
extension ContactSession {
  /// ADR: box, extension, street, city, region, code, country. A position and a label may stand beside it.
  mutating func address(_ line: ContentLine, into result: inout ReadResult) {
    let parts = line.parts(limits)
    let text = parts.filter { !$0.isEmpty }.joined(separator: ", ")
    if !text.isEmpty {
      facts.add(.address, .contact(text), "VCARD:ADR", at: line.valueOffset, into: &result)
    }
    let roles: [(Int, Role)] = [(3, .city), (4, .state), (6, .country)]
    for (index, role) in roles where parts.indices.contains(index) && !parts[index].isEmpty {
      facts.add(role, .place(parts[index]), "VCARD:ADR", at: line.valueOffset, into: &result)
    }
    if let label = line.parameter("LABEL") {
      facts.add(.address, .contact(label), "VCARD:LABEL", at: line.offset, into: &result)
    }
    guard let text = line.parameter("GEO") else { return }
    if version == "4.0" {
      position(text, line, field: "VCARD:ADR", isOld: false, into: &result)
    } else {
      // Older versions have no such parameter.
      facts.add(.address, .place(text), "VCARD:ADR", at: line.offset, into: &result)
    }
  }

  /// Adds the position that a text says.
  ///
  /// - Parameter isOld: whether the longitude stands first, where a comma is between the numbers.
  mutating func position(
    _ text: String?, _ line: ContentLine, field: String = "VCARD:GEO", isOld: Bool,
    into result: inout ReadResult
  ) {
    // The last line may be cut, and a number that lost digits is another place.
    guard let text, !line.isLast else { return }
    guard var said = GeoText(text) else {
      return result.doubtOnce("position-malformed", "\(field) is no position", at: line.valueOffset)
    }
    if isOld, !text.contains(";"), !text.lowercased().hasPrefix("geo:") {
      swap(&said.latitude, &said.longitude)
    }
    guard let location = said.location(field, at: line.valueOffset, into: &result) else { return }
    facts.add(.contact, .location(location), field, at: line.valueOffset, into: &result)
  }

  /// A place as text, or as a position.
  mutating func birthplace(_ line: ContentLine, into result: inout ReadResult) {
    guard let text = line.text(limits) else { return }
    let field = "VCARD:" + line.name
    if text.lowercased().hasPrefix("geo:") {
      position(text, line, field: field, isOld: false, into: &result)
    } else {
      facts.add(.contact, .place(text), field, at: line.valueOffset, into: &result)
    }
  }
}

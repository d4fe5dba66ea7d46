internal import UntrailBytes
internal import UntrailModel

/// XML of broadcasters beside sound: the audio definition model, and Dublin Core.
///
/// Source: EBU Tech 3293 (core metadata), ITU-R BS.2076 (audio definition model).
enum AudioMarkup {
  static func decode(_ body: ByteView, into result: inout ReadResult, _ limits: Limits) {
    var facts = FactSet(limit: limits.observations)
    for element in MarkupElements.read(body, into: &result, limits) where !element.text.isEmpty {
      let (text, place) = (element.text, element.offset)
      func add(_ role: Role, _ fact: Observation.Fact) {
        facts.add(role, fact, "XML:" + element.name, at: place, into: &result)
      }
      switch element.name {
      case "creator": add(.creator, .person(text))
      case "contributor": add(.creator, .person(text))
      case "publisher": add(.publisher, .person(text))
      case "rights": add(.copyright, .person(text))
      case "title": add(.title, .text(text))
      case "description": add(.description, .text(text))
      case "identifier": add(.contentIdentifier, .link(text))
      case "spatial", "coverage", "location": add(.landmark, .place(text))
      case "date", "created", "issued", "modified":
        if let time = WrittenTime.read(text) { add(.created, .timestamp(time)) }
      default: break
      }
    }
  }
}

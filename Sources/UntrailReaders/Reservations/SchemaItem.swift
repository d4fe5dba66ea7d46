internal import UntrailModel

/// An item of schema.org: its types, and its properties by name.
///
/// Source: schema.org, release 28; JSON-LD 1.1 (W3C, 2020), section 4.
struct SchemaItem {
  let value: DataValue

  /// Nil where the value is no item.
  init?(_ value: DataValue) {
    guard case .map = value.content else { return nil }
    self.value = value
  }

  /// The types without the address of the vocabulary.
  var types: [String] {
    (value["@type"] ?? value["type"])?.items.compactMap { value in
      value.text.map { String($0.split(whereSeparator: { "/#:".contains($0) }).last ?? "") }
    } ?? []
  }

  /// The values of a property, under the first of several names that has any.
  func values(_ names: String...) -> [DataValue] {
    for name in names {
      guard let found = value[name]?.items, !found.isEmpty else { continue }
      return found
    }
    return []
  }

  /// The items of a property.
  func items(_ names: String...) -> [SchemaItem] {
    for name in names {
      let found = value[name]?.items.compactMap { SchemaItem($0) } ?? []
      if !found.isEmpty { return found }
    }
    return []
  }

  /// The text of a property; nil where there is none.
  func text(_ names: String...) -> String? {
    for name in names {
      if let found = value[name]?.items.lazy.compactMap({ Self.text($0) }).first { return found }
    }
    return nil
  }

  /// The text of a value: itself, or what an item says it is.
  static func text(_ value: DataValue) -> String? {
    switch value.content {
    case .text: return value.text
    case .number(let number):
      return number == number.rounded() && abs(number) < 1e15 ? String(Int64(number)) : String(number)
    case .map: return (value["@value"] ?? value["name"] ?? value["@id"])?.text
    default: return nil
    }
  }

  /// The time of a property, and where it stands.
  func time(_ names: String...) -> (time: Timestamp, name: String, value: DataValue)? {
    for name in names {
      for found in value[name]?.items ?? [] {
        if let time = Self.text(found).flatMap({ WrittenTime.read($0) }), !time.isUnset {
          return (time, name, found)
        }
      }
    }
    return nil
  }

  /// The name of a person or of a company.
  var name: String {
    if let name = text("name") { return name }
    return [text("givenName"), text("additionalName"), text("familyName")].compactMap { $0 }
      .joined(separator: " ")
  }

  /// A postal address in one line; empty where there is none.
  var address: String {
    let parts = values("address").map { value -> String in
      guard let item = SchemaItem(value) else { return value.text ?? "" }
      let names = ["streetAddress", "postalCode", "addressLocality", "addressRegion", "addressCountry"]
      return names.compactMap { item.text($0) }.joined(separator: ", ")
    }
    return parts.filter { !$0.isEmpty }.joined(separator: "; ")
  }

  /// The code or the name of an airport, or of a station.
  var station: String { text("iataCode") ?? (name.isEmpty ? text("identifier") ?? address : name) }

  /// A place with its address.
  var place: String { [name, address].filter { !$0.isEmpty }.joined(separator: ", ") }

  /// The position of a place; nil where it has none.
  var position: (geo: GeoText, value: DataValue)? {
    for item in items("geo") + [self] {
      guard let latitude = item.text("latitude"), let longitude = item.text("longitude"),
        let geo = GeoText(latitude + ";" + longitude)
      else { continue }
      return (geo, item.values("latitude").first ?? item.value)
    }
    return nil
  }
}

internal import UntrailModel

/// The description of a pass.
///
///     {"passTypeIdentifier", "serialNumber", "teamIdentifier", "organizationName", "description", "logoText",
///      "relevantDate", "relevantDates": [{"date", "startDate", "endDate"}], "expirationDate",
///      "locations": [{"latitude", "longitude", "altitude", "relevantText"}], "maxDistance",
///      "beacons": [{"proximityUUID", "major", "minor", "relevantText"}],
///      "barcode": {"message", "altText", "format"}, "barcodes": [the same], "nfc": {"message"},
///      "webServiceURL", "authenticationToken", "appLaunchURL", "userInfo": any, "semantics": {tags},
///      "boardingPass" | "eventTicket" | "coupon" | "storeCard" | "generic":
///        {"headerFields", "primaryFields", "secondaryFields", "auxiliaryFields", "backFields", "additionalInfoFields":
///         [{"key", "label", "value", "attributedValue", "semantics"}], "transitType": "PKTransitTypeAir"}}
///
/// Source: Apple, Wallet Passes: Pass (2024).
struct PassDescription {
  private let pass: DataValue
  private let limits: Limits
  private var facts: PassFacts
  private var travel: PassTravel

  private static let styles = ["boardingPass", "eventTicket", "coupon", "storeCard", "generic"]

  /// - Parameters:
  ///   - strings: texts of a language by their keys.
  ///   - base: bytes from the start of the file to the description; nil where it is packed.
  init(_ pass: DataValue, strings: [String: String], base: Int?, _ limits: Limits) {
    self.pass = pass
    self.limits = limits
    facts = PassFacts("PKPASS", base: base, strings: strings, limits)
    let style = Self.styles.first { pass[$0] != nil } ?? "generic"
    travel = PassTravel(style: style, transitType: pass[style]?["transitType"]?.text)
  }

  mutating func observe(into result: inout ReadResult) {
    addIssuer()
    addTimes()
    addLocations()
    addFields()
    if let semantics = pass["semantics"] { addSemantics(semantics) }
    addHidden()
    addCodes()
    travel.finish(pass, &facts)
    result.observations += facts.result.observations
    result.diagnostics += facts.result.diagnostics
  }

  private mutating func addIssuer() {
    facts.add(.label, text: pass["organizationName"], "organizationName") { .text($0) }
    facts.add(.description, text: pass["description"], "description") { .text($0) }
    facts.add(.title, text: pass["logoText"], "logoText") { .text($0) }
    facts.add(.provenance, text: pass["passTypeIdentifier"], "passTypeIdentifier") { .text($0) }
    facts.add(.provenance, text: pass["teamIdentifier"], "teamIdentifier") { .text($0) }
    facts.add(.documentID, text: pass["serialNumber"], "serialNumber") { .link($0) }
    facts.add(.documentID, text: pass["groupingIdentifier"], "groupingIdentifier") { .link($0) }
    facts.add(.networkLink, text: pass["webServiceURL"], "webServiceURL") { .link($0) }
    facts.add(.url, text: pass["appLaunchURL"], "appLaunchURL") { .link($0) }
    for number in (pass["associatedStoreIdentifiers"]?.items ?? []).prefix(20) {
      facts.add(.application, text: number, "associatedStoreIdentifiers") { .software("App Store " + $0) }
    }
    for (key, value) in pass.pairs.prefix(200) where key.hasSuffix("URL") && key != "webServiceURL" {
      guard let text = value.text, BoundedText.isWebAddress(text) else { continue }
      facts.add(.url, .link(text), PropertyKey.name(key), value)
    }
  }

  private mutating func addTimes() {
    travel.start = facts.add(.start, time: pass["relevantDate"], "relevantDate")
    for (index, date) in (pass["relevantDates"]?.items ?? []).prefix(100).enumerated() {
      let start =
        facts.add(.start, time: date["date"] ?? date["relevantDate"], "relevantDates")
        ?? facts.add(.start, time: date["startDate"], "relevantDates")
      let end = facts.add(.end, time: date["endDate"], "relevantDates")
      guard index == 0 else { continue }
      travel.start = travel.start ?? start
      travel.end = travel.end ?? end
    }
    facts.add(.end, time: pass["expirationDate"], "expirationDate")
  }

  private mutating func addLocations() {
    let role: Role = travel.isTicket ? .event : .saved
    for name in ["locations", "relevantLocations"] {
      let places = pass[name]?.items ?? []
      for place in places.prefix(1000) {
        let coordinate = facts.add(role, position: place, name)
        if places.count == 1 { travel.coordinate = travel.coordinate ?? coordinate }
        facts.add(.event, text: place["relevantText"], "relevantText") { .text($0) }
      }
    }
    for beacon in (pass["beacons"]?.items ?? []).prefix(100) {
      guard let id = beacon["proximityUUID"]?.text else { continue }
      let parts = [id] + ["major", "minor"].compactMap { beacon[$0]?.label }
      facts.add(.documentID, .link(parts.joined(separator: "/")), "proximityUUID", beacon["proximityUUID"])
      facts.add(.event, text: beacon["relevantText"], "relevantText") { .text($0) }
    }
  }

  // MARK: Fields

  private mutating func addFields() {
    for (style, value) in pass.pairs where Self.styles.contains(style) {
      for (group, fields) in value.pairs where group.hasSuffix("Fields") {
        for (index, field) in fields.items.prefix(200).enumerated() { addField(field, group, index) }
      }
    }
  }

  private mutating func addField(_ field: DataValue, _ group: String, _ index: Int) {
    let key = field["key"]?.label ?? ""
    var label = facts.localized(field["label"]?.label ?? "")
    while let last = label.last, ":： ".contains(last) { label.removeLast() }
    if let semantics = field["semantics"] { addSemantics(semantics) }
    guard let shown = field["value"] ?? field["attributedValue"],
      let text = shown.label.map({ facts.localized($0) })
    else { return }
    let name = PropertyKey.name(group)
    let meaning = PassFieldMeaning(key: key, label: label)
    travel.take(text, label: label, meaning, group: group, index: index)
    if let time = PassTime.read(text) {
      facts.add(meaning.timeRole, .timestamp(time), name, shown)
    }
    switch meaning {
    case .traveller: facts.add(.traveller, .person(text), name, shown)
    case .password: facts.add(.password, .hidden(HiddenContent(byteCount: nil)), name, shown)
    default: facts.add(.label, .text(label.isEmpty ? text : label + ": " + text), name, shown)
    }
    if meaning == .reference { facts.add(.documentID, .link(text), name, shown) }
    if let link = MapLink(text),
      let coordinate = Coordinate(latitude: link.latitude, longitude: link.longitude)
    {
      facts.add(.event, .location(Location(coordinate: coordinate)), name, shown)
    }
  }

  private mutating func addSemantics(_ semantics: DataValue) {
    PassSemantics.take(semantics, &facts, &travel)
  }

  // MARK: What is not shown

  private mutating func addHidden() {
    if pass["authenticationToken"]?.label != nil {
      facts.add(
        .password, .hidden(HiddenContent(byteCount: nil)), "authenticationToken", pass["authenticationToken"])
    }
    facts.add(.documentID, text: pass["nfc"]?["message"], "nfc") { .link($0) }
    if let info = pass["userInfo"] {
      var left = 100
      addInfo(info, "userInfo", 0, &left)
    }
  }

  private mutating func addInfo(_ value: DataValue, _ key: String, _ depth: Int, _ left: inout Int) {
    guard left > 0, depth < limits.nesting else { return }
    left -= 1
    for (key, value) in value.pairs { addInfo(value, key, depth + 1, &left) }
    if case .list(let items) = value.content {
      for item in items { addInfo(item, key, depth + 1, &left) }
    }
    guard let text = value.label else { return }
    if PropertyKey(key).meaning == .password {
      facts.add(.password, .hidden(HiddenContent(byteCount: nil)), "userInfo", value)
    } else if let mail = AddressText.email(text) {
      facts.add(.email, .contact(mail), "userInfo", value)
    } else {
      facts.add(.comment, .text(key == "userInfo" ? text : key + ": " + text), "userInfo", value)
    }
  }

  private mutating func addCodes() {
    var told: Set<String> = []
    for name in ["barcodes", "barcode"] {
      for code in (pass[name]?.items ?? []).prefix(20) {
        facts.add(.label, text: code["altText"], "altText") { .text($0) }
        // Blanks at the end of a code belong to it, but nobody reads them.
        guard let message = code["message"]?.label, told.insert(message).inserted else { continue }
        facts.add(.barcode, .text(message), name, code["message"])
        let isPass = BoardingPassCode.add(
          message, near: travel.start, at: facts.place(code["message"]), into: &facts.result)
        if isPass, let leg = BoardingPassCode.decode(message).first { travel.take(leg) }
      }
    }
  }
}

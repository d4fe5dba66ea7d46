internal import UntrailModel

/// What the head of a page says.
extension PageDecoder {
  /// What a meta element says, by its name. Source: the names of HTML, Dublin Core, Open Graph and of the programs
  /// that write pages.
  private static let meanings: [String: (role: Role, fact: @Sendable (String) -> Observation.Fact)] = {
    var table: [String: (role: Role, fact: @Sendable (String) -> Observation.Fact)] = [:]
    func put(
      _ role: Role, _ names: String, _ fact: @escaping @Sendable (String) -> Observation.Fact
    ) {
      for name in names.split(separator: " ") { table[String(name)] = (role, fact) }
    }
    put(
      .author,
      "author dc.creator dcterms.creator dc.contributor article:author book:author parsely-author "
        + "sailthru.author web_author designer byl"
    ) { .person($0) }
    put(.editor, "changedby last-author lastauthor") { .person($0) }
    put(.owner, "owner") { .person($0) }
    put(.copyright, "copyright rights dc.rights dcterms.rights") { .person($0) }
    put(.publisher, "publisher dc.publisher dcterms.publisher company") { .person($0) }
    put(.account, "twitter:creator fb:admins user-login octolytics-actor-login current-user-id") {
      .person($0)
    }
    put(.generator, "generator originator application-name cocoaversion formatter") { .software($0) }
    put(
      .description,
      "description og:description dc.description dcterms.description twitter:description abstract"
    ) {
      .text($0)
    }
    put(.keywords, "keywords news_keywords article:tag dc.subject") { .text($0) }
    put(.title, "og:title dc.title dcterms.title twitter:title") { .text($0) }
    put(.city, "geo.placename og:locality city business:contact_data:locality") { .place($0) }
    put(.region, "geo.region og:region business:contact_data:region") { .place($0) }
    put(.country, "geo.country og:country-name business:contact_data:country_name") { .place($0) }
    put(.address, "og:street-address business:contact_data:street_address") { .contact($0) }
    put(.phone, "og:phone_number og:fax_number business:contact_data:phone_number") { .contact($0) }
    put(.email, "reply-to email og:email business:contact_data:email") { .contact($0) }
    put(.downloadedFrom, "savepage-url savepage-from") { .link($0) }
    put(.url, "og:url dc.identifier dcterms.identifier twitter:url") { .link($0) }
    return table
  }()

  private static let times: [String: Role] = [
    "date": .created, "created": .created, "creation-date": .created, "creationdate": .created,
    "dc.date": .created,
    "dc.date.created": .created, "dcterms.created": .created, "dcterms.issued": .created,
    "dcterms.date": .created,
    "article:published_time": .created, "og:published_time": .created, "datepublished": .created,
    "datecreated": .created, "pubdate": .created, "savepage-date": .created, "changed": .modified,
    "last-modified": .modified, "revised": .modified, "dcterms.modified": .modified,
    "dc.date.modified": .modified,
    "article:modified_time": .modified, "og:updated_time": .modified, "datemodified": .modified,
    "modified": .modified,
  ]

  /// Positions whose two halves stand in two elements.
  private static let pairs: [(latitude: String, longitude: String)] = [
    ("og:latitude", "og:longitude"), ("place:location:latitude", "place:location:longitude"),
    ("geo.latitude", "geo.longitude"), ("latitude", "longitude"), ("icbm:latitude", "icbm:longitude"),
  ]

  mutating func meta(_ tag: MarkupTag, into result: inout ReadResult) {
    if let set = tag["charset"]?.value, characterSet == nil {
      characterSet = String(decoding: set.prefix(40), as: UTF8.self)
    }
    guard let content = tag["content"], let key = tag["name"] ?? tag["property"] ?? tag["http-equiv"],
      let text = text(content.value)
    else { return }
    let name = String(decoding: key.value.prefix(64), as: UTF8.self).lowercased()
    let field = "HTML:" + Self.fieldName(name)
    if name == "content-type", characterSet == nil,
      let start = AddressText.range(of: "charset=", in: text[...])
    {
      characterSet = text[start...].prefix { !"; \"'".contains($0) }.lowercased()
    }
    if let meaning = Self.meanings[name] {
      facts.add(meaning.role, meaning.fact(text), field, at: content.offset, into: &result)
    } else if let role = Self.times[name] {
      guard let time = Self.time(text), !time.isUnset else { return }
      facts.add(role, .timestamp(time), field, at: content.offset, into: &result)
    } else if name == "geo.position" || name == "icbm" {
      guard let geo = GeoText(text) else {
        return result.doubtOnce("position-malformed", "\(field) is no position", at: content.offset)
      }
      position(geo, field, at: content.offset, into: &result)
    } else {
      half(name, text, at: content.offset, into: &result)
    }
  }

  private static func fieldName(_ name: String) -> String {
    String(name.map { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "_") ? $0 : "-" })
  }

  /// LibreOffice's older form has a semicolon between date and time: 20240428;23090200.
  private static func time(_ text: String) -> Timestamp? {
    let digits = text.prefix { $0.isNumber }
    if digits.count == 8, text.dropFirst(8).hasPrefix(";") {
      return CalendarTime.read(digits + "T" + text.dropFirst(9).prefix(6))
    }
    return WrittenTime.read(text)
  }

  private mutating func half(_ name: String, _ text: String, at offset: Int, into result: inout ReadResult) {
    guard let pair = Self.pairs.first(where: { $0.latitude == name || $0.longitude == name }) else { return }
    halves[name] = (text, offset)
    guard let latitude = halves[pair.latitude], let longitude = halves[pair.longitude],
      let geo = GeoText(latitude.text + ";" + longitude.text)
    else { return }
    halves[pair.latitude] = nil
    halves[pair.longitude] = nil
    position(geo, "HTML:" + Self.fieldName(pair.latitude), at: latitude.offset, into: &result)
  }

  private mutating func position(
    _ geo: GeoText, _ field: String, at offset: Int, into result: inout ReadResult
  ) {
    guard let location = geo.location(field, at: offset, into: &result) else { return }
    facts.add(.area, .location(location), field, at: offset, into: &result)
  }

  /// A link element: the page's own address, and its author.
  mutating func link(_ tag: MarkupTag, into result: inout ReadResult) {
    guard let relation = tag["rel"], let target = tag["href"], let text = text(target.value) else { return }
    let words = String(decoding: relation.value.prefix(64), as: UTF8.self).lowercased().split(separator: " ")
    if words.contains("canonical") {
      facts.add(.url, .link(text), "HTML:canonical", at: target.offset, into: &result)
    } else if words.contains("author") || words.contains("me") {
      let email = AddressText.email(text)
      let fact: Observation.Fact = email.map { .contact($0) } ?? .link(text)
      facts.add(email == nil ? .url : .email, fact, "HTML:author", at: target.offset, into: &result)
    }
  }
}

internal import UntrailBytes
internal import UntrailModel

/// Form fields: signatures, and values that name somebody.
///
///     /AcroForm << /Fields [ << /T (FullName) /TU (Your name) /V (Mara Example) >> ] /XFA [ (template) 9 0 R ] >>
///
/// Source: ISO 32000-2:2020, sections 12.7 and 12.8; Adobe, XML Forms Architecture 3.3 (2012).
enum PDFForm {
  static func observe(_ catalog: PDFDictionary, _ session: inout PDFSession, into result: inout ReadResult) {
    for (_, value) in session.dictionary(catalog["Perms"])?.entries.prefix(16) ?? [] {
      if let signature = session.dictionary(value) {
        PDFSignature.observe(signature, &session, into: &result)
      }
    }
    guard let form = session.dictionary(catalog["AcroForm"]) else { return }
    var tree = PDFTree(
      session.array(form["Fields"]), nesting: session.limits.nesting, limit: session.limits.entries)
    while !session.document.isExhausted, let (object, depth) = tree.next() {
      guard let field = session.dictionary(object) else { continue }
      observe(field: field, &session, into: &result)
      tree.add(session.array(field["Kids"]), below: depth)
    }
    observeXFA(form["XFA"], &session, into: &result)
  }

  private static func observe(
    field: PDFDictionary, _ session: inout PDFSession, into result: inout ReadResult
  ) {
    let value = session.value(field["V"])
    if let signature = value?.dictionary, signature["Contents"] != nil || signature["ByteRange"] != nil {
      return PDFSignature.observe(signature, &session, into: &result)
    }
    for key in ["T", "TU"] {
      guard let name = session.text(field[key]), let mail = AddressText.email(name.text) else { continue }
      session.add(.email, .contact(mail), "PDF:FormFieldName", at: name.place, into: &result)
    }
    guard case .string? = value, let said = session.text(value) else { return }
    if let mail = AddressText.email(said.text) {
      return session.add(.email, .contact(mail), "PDF:FormFieldValue", at: said.place, into: &result)
    }
    let names = ["T", "TU"].compactMap { session.text(field[$0])?.text }
    guard let fact = PDFFieldName.fact(names, said.text) else { return }
    session.add(fact.role, fact.fact, "PDF:FormFieldValue", at: said.place, into: &result)
  }

  /// The packets of a form in XML: what its template says of who made it, and XMP.
  private static func observeXFA(
    _ packets: PDFObject?, _ session: inout PDFSession, into result: inout ReadResult
  ) {
    let value = session.value(packets)
    let streams = value?.stream.map { [$0] } ?? session.array(value).compactMap { session.value($0)?.stream }
    for stream in streams.prefix(64) where session.isNew(stream) {
      let bytes = session.document.content(of: stream).bytes
      for (name, text) in PDFTemplate.descriptions(bytes, session.limits) {
        switch name {
        case "creator", "author": session.add(.author, .person(text), "XFA:Creator", at: nil, into: &result)
        case "contact": session.add(.contact, .person(text), "XFA:Contact", at: nil, into: &result)
        case "department": session.add(.organization, .person(text), "XFA:Department", at: nil, into: &result)
        case "title": session.add(.title, .text(text), "XFA:Title", at: nil, into: &result)
        default: break
        }
      }
      guard let range = PDFTemplate.metadata(bytes) else { continue }
      let block = Array(bytes[range])
      let count = result.diagnostics.count
      EmbeddedBlocks.xmp(
        ByteView(ByteSource(bytes: block, isJoined: true), start: 0, count: block.count), into: &result,
        session.tools)
      result.forgetPlaces(from: count)
    }
  }
}

/// What a form field's name says of its value.
enum PDFFieldName {
  private static let people: Set<String> = [
    "name", "fullname", "firstname", "lastname", "surname", "givenname", "applicant", "signer", "signatory",
    "vorname",
    "nachname", "nom", "prenom", "prénom", "nombre", "apellido", "apellidos", "cognome", "imię", "nazwisko",
    "имя",
    "фамилия",
  ]
  private static let phones: Set<String> = [
    "phone", "telephone", "mobile", "tel", "telefon", "téléphone", "teléfono",
  ]
  private static let addresses: Set<String> = [
    "address", "street", "adresse", "straße", "strasse", "dirección",
  ]

  /// Nil where the name says nothing of a person.
  static func fact(_ names: [String], _ value: String) -> (role: Role, fact: Observation.Fact)? {
    guard value.utf8.count <= 200 else { return nil }
    let words = Set(names.flatMap(words))
    // "File name", "company name" and such name something else.
    if words.contains(where: people.contains), words.isDisjoint(with: others), isName(value) {
      return (.contact, .person(value))
    }
    if words.contains(where: phones.contains), value.count(where: \.isNumber) >= 6 {
      return (.phone, .contact(value))
    }
    return words.contains(where: addresses.contains) && value.utf8.count > 5
      ? (.address, .contact(value)) : nil
  }

  private static let others: Set<String> = [
    "file", "company", "product", "user", "field", "form", "bank", "school", "school's", "project", "account",
  ]

  /// The words of a name: "firstName_2" has "first", "name" and "firstname".
  private static func words(_ name: String) -> [String] {
    var words: [String] = []
    var word = ""
    var wasLower = false
    for character in name.prefix(200) {
      guard character.isLetter else {
        if !word.isEmpty { words.append(word) }
        word = ""
        continue
      }
      if wasLower, character.isUppercase, !word.isEmpty {
        words.append(word)
        word = ""
      }
      wasLower = character.isLowercase
      word += character.lowercased()
    }
    if !word.isEmpty { words.append(word) }
    return words
  }

  private static func isName(_ value: String) -> Bool {
    let words = value.split(separator: " ")
    return (1...6).contains(words.count) && value.utf8.count >= 2 && !value.contains(where: \.isNumber)
      && value.contains(where: \.isLetter)
  }
}

/// The XML of forms, as far as it says who made them.
///
///     <desc><text name="creator">Mara Example</text></desc>     <x:xmpmeta ...> ... </x:xmpmeta>
enum PDFTemplate {
  private static let limit = 32

  /// Names and texts.
  static func descriptions(_ bytes: [UInt8], _ limits: Limits) -> [(name: String, text: String)] {
    var found: [(name: String, text: String)] = []
    var position = 0
    while found.count < limit, let start = first("<text name=\"", in: bytes, from: position) {
      position = start
      // What is not found behind one is found behind none that follows.
      guard let quote = first("\"", in: bytes, from: start), let open = first(">", in: bytes, from: quote),
        let close = first("<", in: bytes, from: open)
      else { break }
      guard quote - start <= 32 else { continue }
      position = close
      let name = String(decoding: bytes[start..<(quote - 1)], as: UTF8.self)
      guard let text = MarkupText.decode(bytes[open..<(close - 1)], in: nil, limits), !text.isEmpty else {
        continue
      }
      found.append((name, text))
    }
    return found
  }

  static func metadata(_ bytes: [UInt8]) -> Range<Int>? {
    guard let start = first("<x:xmpmeta", in: bytes, from: 0),
      let end = first("</x:xmpmeta>", in: bytes, from: start)
    else { return nil }
    return (start - 10)..<end
  }

  /// Where the bytes behind a word start.
  private static func first(_ word: String, in bytes: [UInt8], from start: Int) -> Int? {
    let word = Array(word.utf8)
    guard start + word.count <= bytes.count else { return nil }
    for index in start...(bytes.count - word.count) where bytes[index] == word[0] {
      if bytes[index..<(index + word.count)].elementsEqual(word) { return index + word.count }
    }
    return nil
  }
}

internal import UntrailModel

/// Properties that people, or programs of an organisation, added to a document: by their names what they mean.
///
/// Source: Microsoft, "Custom document properties" (list of the names that Office offers), MS-OSHARED section
/// 2.3.3.1.16 (names of mail reviews), "Sensitivity label metadata" (MSIP_Label_ID_NAME).
enum CustomProperty {
  private static let meanings: [String: DocumentMeaning] = [
    "_authoremail": .person(.author), "_authoremaildisplayname": .person(.author),
    "_emailsubject": .text(.subject), "_adhocreviewcycleid": .link(.documentID),
    "_previousadhocreviewcycleid": .link(.derivedFrom), "contenttypeid": .link(.provenance),
    "_dlc_docid": .link(.documentID), "_dlc_docidurl": .link(.documentID),
    "_dlc_docidpersistid": .link(.documentID), "_dlc_dociditemguid": .link(.documentID),
    "owner": .person(.owner), "publisher": .person(.publisher), "copyright": .person(.copyright),
    "editor": .person(.editor),
    "checked by": .person(.editor), "recorded by": .person(.author), "typist": .person(.author),
    "client": .person(.contact), "mailstop": .text(.label), "department": .person(.organization),
    "division": .person(.organization), "group": .person(.organization), "office": .person(.organization),
    "forward to": .person(.recipient), "telephone number": .text(.label),
    "document number": .link(.documentID), "source": .text(.label),
    "date completed": .time(.edited), "kmguid": .link(.documentID),
  ]

  /// What the last part of the name of a sensitivity label means.
  private static let labelMeanings: [String: DocumentMeaning] = [
    "owner": .person(.owner), "setdate": .time(.edited), "siteid": .link(.provenance),
    "actionid": .link(.instanceID),
  ]

  static func add(
    _ name: String, _ value: PropertySet.Value, _ facts: inout DocumentFacts, into result: inout ReadResult
  ) {
    switch value {
    case .text(let text): add(name, text, &facts, into: &result)
    case .time(let ticks):
      guard let time = WindowsTime.timestamp(ticks) else { return }
      facts.add(.edited, .timestamp(time), "CustomProperty", into: &result)
    case .number, .days, .bytes, .list: break
    }
  }

  static func add(
    _ name: String, _ text: String, _ facts: inout DocumentFacts, into result: inout ReadResult
  ) {
    let text = text.trimmedText
    guard !text.isEmpty else { return }
    let key = name.trimmedText.lowercased()
    let parts = key.split(separator: "_")
    if parts.count == 4, parts[0] == "msip", parts[1] == "label" {
      facts.add(.link(.provenance), String(parts[2]), "SensitivityLabel", into: &result)
      facts.add(labelMeanings[String(parts[3])] ?? .text(.label), text, "SensitivityLabel", into: &result)
      return
    }
    if let meaning = meanings[key] {
      return facts.add(meaning, text, "CustomProperty", into: &result)
    }
    if DocumentPath.isLocal(text) { return facts.add(.path, text, "CustomProperty", into: &result) }
    if let address = AddressText.email(text) {
      facts.add(.email, .contact(address), "CustomProperty", into: &result)
    }
    if text.utf8.count >= 19, let time = WrittenTime.read(text) {
      return facts.add(.edited, .timestamp(time), "CustomProperty", into: &result)
    }
    facts.add(.text(.label), "\(name.trimmedText): \(text)", "CustomProperty", into: &result)
  }
}

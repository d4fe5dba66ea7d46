internal import UntrailModel

/// What the values of a column say, where the table and the column are known, or the column's name leaves no doubt.
enum DatabaseMeaning {
  case person(Role)
  case phone
  case email
  case place(Role)
  case address
  case searched
  case path
  case originalName
  case downloaded
  /// An address of the web, which tells something where it is of a map.
  case web
  case application
  case organization
  case account
  case named(DelimitedMeaning)

  /// The fact that a value states; nil where it does not look like one.
  func fact(_ text: String) -> (role: Role, fact: Observation.Fact)? {
    guard BoundedText.isPrintable(text) else { return nil }
    switch self {
    case .person(let role):
      // Telegram writes the name of the account behind that of the person.
      let name = text.firstRange(of: ";;;").map { text[..<$0.lowerBound].trimmedASCII } ?? text
      return name.contains(where: \.isLetter) ? (role, .person(name)) : nil
    case .phone: return Self.phone(text).map { (.phone, .contact($0)) }
    case .email: return DelimitedMeaning.email.fact(text)
    case .place(let role): return text.contains(where: \.isLetter) ? (role, .place(text)) : nil
    case .address: return text.contains(where: \.isLetter) ? (.address, .contact(text)) : nil
    case .searched: return (.searched, .text(text))
    case .path: return text.contains("/") || text.contains("\\") ? (.path, .link(text)) : nil
    case .originalName: return (.originalFileName, .link(text))
    case .downloaded: return BoundedText.isWebAddress(text) ? (.downloadedFrom, .link(text)) : nil
    case .web: return nil
    case .application: return (.application, .software(text))
    case .organization: return text.contains(where: \.isLetter) ? (.organization, .person(text)) : nil
    case .account: return (.account, .person(text))
    case .named(let meaning): return meaning.fact(text)
    }
  }

  /// A text that is a number one can call, with or without what WhatsApp writes behind it.
  private static func phone(_ text: String) -> String? {
    if let at = text.firstIndex(of: "@") {
      let digits = text[..<at]
      guard text[at...] == "@s.whatsapp.net" || text[at...] == "@c.us", (7...15).contains(digits.count),
        digits.allSatisfy({ $0.isASCII && $0.isNumber })
      else { return nil }
      return "+" + digits
    }
    let digits = text.filter { $0.isASCII && $0.isNumber }.count
    guard (7...15).contains(digits), text.utf8.count <= 32,
      text.utf8.allSatisfy({ $0 >= 0x30 && $0 <= 0x39 || "+-() ./".utf8.contains($0) }), !isOtherNumber(text)
    else { return nil }
    return text
  }

  /// Whether digits are a date, a number with a fraction, or an address of a network.
  private static func isOtherNumber(_ text: String) -> Bool {
    if text.contains("."), Double(text) != nil || DelimitedMeaning.ipAddress.fact(text) != nil { return true }
    let parts = text.split { "-/.".contains($0) }.map(\.utf8.count)
    return parts.count == 3
      && (parts[0] == 4 && parts[1] <= 2 || parts[2] == 4 && parts[0] <= 2 && parts[1] <= 2)
  }

  /// Whether a mail address is none: what stands behind the sign is the messenger's.
  static func isAddressOfMessenger(_ text: String) -> Bool {
    ["@s.whatsapp.net", "@c.us", "@g.us", "@lid", "@broadcast", "@newsletter", "@status_me", "@call"]
      .contains { text.hasSuffix($0) }
  }

  // MARK: By name

  /// - Returns: nil for a column that says nothing by its name.
  static func of(_ column: String, in table: String) -> DatabaseMeaning? {
    let (table, column) = (table.lowercased(), column.lowercased())
    if let meaning = known[table + "." + column] { return meaning }
    if ["url", "uri", "link", "tab_url", "zurl", "zurlstring"].contains(column) { return .web }
    switch DelimitedMeaning(CoordinateName.words(column)) {
    case .ipAddress?: return .named(.ipAddress)
    case .macAddress?: return .named(.macAddress)
    case .ssid?: return .named(.ssid)
    case .imei?: return .named(.imei)
    case .phone?: return .phone
    case .email?: return .email
    default: return nil
    }
  }

  private static let known: [String: DatabaseMeaning] = {
    var table: [String: DatabaseMeaning] = [:]
    for (meaning, columns) in lists {
      for column in columns.split(separator: " ") { table[String(column)] = meaning }
    }
    return table
  }()

  /// Tables and columns of programs whose form is published or can be seen: Apple's Photos, Contacts, Calls, Accounts
  /// and Voicemail; Android's contacts, calls, messages and accounts; WhatsApp, Viber, Skype, Telegram; Chromium,
  /// Firefox and Safari.
  private static let lists: [(DatabaseMeaning, String)] = [
    (
      .person(.contact),
      "abperson.first abperson.last abperson.middle abperson.nickname raw_contacts.display_name "
        + "raw_contacts.display_name_alt view_contacts.display_name wa_contacts.display_name wa_contacts.wa_name "
        + "wa_contacts.given_name calls.name zcallrecord.zname zabcdrecord.zfirstname zabcdrecord.zlastname "
        + "contacts.fullname contacts.displayname contacts.given_displayname phonebookcontact.name"
    ),
    (
      .person(.participant),
      "zwachatsession.zpartnername zwagroupmember.zcontactname zwagroupmember.zfirstname "
        + "zwaprofilepushname.zpushname participants_info.display_name participants_info.contact_name users.name "
        + "zmember.zdisplayname participants.from_dispname"
    ),
    (
      .person(.depicted),
      "zperson.zfullname zperson.zdisplayname zdetectedface.zname"
    ),
    (
      .phone,
      "calls.number calls.normalized_number zcallrecord.zaddress handle.id sms.address canonical_addresses.address "
        + "abmultivalue.value data.data1 data.data4 phone_lookup.normalized_number wa_contacts.number wa_contacts.jid "
        + "jid.raw_string messages.key_remote_jid messages.remote_resource zwachatsession.zcontactjid "
        + "zwagroupmember.zmemberjid zwaprofilepushname.zjid zwamessage.zfromjid zwamessage.ztojid "
        + "participants_info.number participants_info.encrypted_number voicemail.sender voicemail.callback_num "
        + "voicemail.receiver deleted.sender deleted.receiver contacts.phone_mobile contacts.phone_home contacts.phone_office "
        + "call.address message.account chat.chat_identifier zabcdphonenumber.zfullnumber "
        + "autofill_profile_phones.number zphonenumber.znumber"
    ),
    (.organization, "abperson.organization zabcdrecord.zorganization autofill_profiles.company_name"),
    (
      .account,
      "zaccount.zusername accounts.skypename logins.username_value stats.account_name "
        + "account.email identity.email accounts.account_name"
    ),
    (.person(.owner), "autofill_profile_names.full_name accounts.fullname autofill_profiles.full_name"),
    (.searched, "keyword_search_terms.term moz_inputhistory.input searches.query search_history.query"),
    (.searched, "suggestions.query suggestions.display1 recent_searches.query search_queries.query"),
    (.path, "downloads.target_path downloads.current_path zmessage.zfilepath message_media.file_path"),
    (.downloaded, "downloads.tab_url downloads.referrer downloads_url_chains.url"),
    (
      .web,
      "urls.url moz_places.url history_items.url zbookmark.zurl message_location.url zwamediaitem.zmediaurl"
    ),
    (
      .originalName,
      "zadditionalassetattributes.zoriginalfilename zgenericasset.zoriginalfilename"
    ),
    (
      .application,
      "zadditionalassetattributes.zcreatorbundleid zadditionalassetattributes.zimportedbydisplayname"
    ),
    (
      .place(.landmark),
      "message_location.place_name zmoment.ztitle zmoment.zlocalizedlocationnames zmoment.zsubtitle pois.poiname "
        + "tracks.trackname zcallrecord.zlocation calls.geocoded_location"
    ),
    (
      .address,
      "message_location.place_address autofill_profiles.street_address autofill_profiles.address_line_1 "
        + "zrtaddressmo.zthoroughfare abmultivalueentry.value"
    ),
  ]
}

internal import UntrailBytes
internal import UntrailModel

/// What the values of a property list say, wherever they stand in it.
struct PropertyFacts {
  private(set) var result = ReadResult()
  private let limits: Limits
  private var facts: FactSet
  private let places = PropertyPlaces()
  /// Lists inside data that may still be looked into.
  private var listsLeft = 256

  init(_ limits: Limits) {
    self.limits = limits
    facts = FactSet(limit: limits.observations)
  }

  mutating func add(_ role: Role, _ fact: Observation.Fact, _ field: String, at offset: Int?) {
    facts.add(role, fact, field, at: offset, into: &result)
  }

  mutating func finish() {
    places.finish(&self)
    if facts.isFull { result.damageOnce("limit", "the file says more than is listed") }
  }

  mutating func damage(_ error: ParseError) { result.damage(error) }

  mutating func doubt(_ code: String, _ message: String, at offset: Int?) {
    result.doubtOnce(code, message, at: offset)
  }

  // MARK: Walking

  mutating func take(_ value: PropertyValue, key: String = "", depth: Int = 0) {
    guard depth < 2 * PropertyList.nesting else { return }
    switch value.content {
    case .dictionary(let pairs): takeDictionary(value, pairs, depth: depth)
    case .array(let items): for item in items { take(item, key: key, depth: depth + 1) }
    case .date(let seconds): addDate(seconds, key, at: value.offset)
    case .string(let text): takeText(text.trimmedText, key, at: value.offset)
    case .data(let bytes): takeData(bytes, key, at: value.offset, depth: depth)
    case .integer(let number): takeNumber(Double(number), number, key, at: value.offset)
    case .real(let number): takeNumber(number, nil, key, at: value.offset)
    case .boolean, .reference, .null: break
    }
  }

  private mutating func takeDictionary(_ value: PropertyValue, _ pairs: [PropertyValue.Pair], depth: Int) {
    places.take(pairs, in: &self)
    if pairs.contains(where: { $0.key == "Display Name" }), let name = value["Display Name"]?.text {
      add(.host, .device(Device(hostName: name)), "PLIST:DisplayName", at: value["Display Name"]?.offset)
    }
    if let name = value["DHCPServerID"]?.data, name.count == 4 {
      let address = name.map { String($0) }.joined(separator: ".")
      add(.ipAddress, .network(address), "PLIST:DHCPServerID", at: value["DHCPServerID"]?.offset)
    }
    ConfigurationPayload.take(value, in: &self)
    for pair in pairs {
      takeKey(pair, depth: depth)
      take(pair.value, key: pair.key, depth: depth + 1)
    }
  }

  /// Some lists have what they are about as keys.
  private mutating func takeKey(_ pair: PropertyValue.Pair, depth: Int) {
    let key = pair.key
    guard let separator = key.utf8.first(where: { $0 == 0x3A || $0 == 0x2E }) else { return }
    let offset = pair.value.offset
    if separator == 0x2E {
      for start in ["wifi.network.ssid.", "wifi.ssid."] where key.hasPrefix(start) {
        // Also written as bytes: "wifi.ssid.<4d617261>".
        var name = String(key.dropFirst(start.count))
        if start == "wifi.ssid.", name.hasPrefix("<"), name.hasSuffix(">") {
          name = NetworkName.text(Hexadecimal.bytes(name.utf8))
        }
        if !name.isEmpty { add(.ssid, .network(name), "PLIST:SSID", at: offset) }
      }
    } else if NetworkName.isHardwareAddress(key) {
      add(.macAddress, .network(key), "PLIST:address", at: offset)
      if let name = (pair.value.first("Name", "name", "UserNameKey", "DefaultName"))?.text {
        add(.accessory, .device(Device(hostName: name)), "PLIST:Name", at: pair.value["Name"]?.offset)
      }
    } else if key.hasPrefix("mailto:"), let address = AddressText.email(key) {
      add(.email, .contact(address), "PLIST:mailto", at: offset)
    } else if key.hasPrefix("tel:"), key.utf8.count > 6 {
      add(.phone, .contact(String(key.dropFirst(4))), "PLIST:tel", at: offset)
    }
  }

  // MARK: Values

  /// A time of Apple's: seconds since 2001.
  static func timestamp(_ seconds: Double) -> Timestamp? {
    guard seconds.isFinite, abs(seconds) < 1e11 else { return nil }
    var whole = seconds.rounded(.down)
    var millionths = Int(((seconds - whole) * 1_000_000).rounded())
    if millionths >= 1_000_000 {
      whole += 1
      millionths = 0
    }
    let civil = Int64(whole) + MarkupListReader.epoch
    // The distant past and the distant future stand for no time, as the first seconds of both eras do.
    guard civil >= 86_400, civil < 32_503_680_000, seconds != 0 else { return nil }
    var digits = String(1_000_000 + millionths).dropFirst()
    while digits.last == "0" { digits = digits.dropLast() }
    return Timestamp(civilSeconds: civil, subseconds: String(digits), utcOffsetMinutes: 0)
  }

  private mutating func addDate(_ seconds: Double, _ key: String, at offset: Int?) {
    guard let time = Self.timestamp(seconds) else { return }
    add(PropertyKey(key).dateRole, .timestamp(time), PropertyKey.field(key), at: offset)
  }

  private mutating func takeNumber(_ number: Double, _ whole: Int64?, _ key: String, at offset: Int?) {
    let word = PropertyKey(key)
    if word.word.hasSuffix("timeintervalsince1970") {
      return addDate(number - Double(MarkupListReader.epoch), key, at: offset)
    }
    if word.word.hasSuffix("astimerinterval") { return addDate(number, key, at: offset) }
    guard let whole, whole > 0 else { return }
    switch word.meaning {
    case .serial(let role): add(role, .serial(String(whole)), PropertyKey.field(key), at: offset)
    case .phone: add(.phone, .contact(String(whole)), PropertyKey.field(key), at: offset)
    default: break
    }
  }

  mutating func takeText(_ text: String, _ key: String, at offset: Int?) {
    guard !text.isEmpty else { return }
    places.take(link: text, in: &self, at: offset)
    let word = PropertyKey(key)
    guard let meaning = word.meaning else {
      if word.word == "lastvisiteddate", let seconds = GeoText.number(text[...]) {
        addDate(seconds, key, at: offset)
      }
      return
    }
    let field = PropertyKey.field(key)
    switch meaning {
    case .password: add(.password, .hidden(HiddenContent(byteCount: nil)), field, at: offset)
    case .serial(let role):
      guard !XMPText.isUnsetNumber(text), text.utf8.count >= 5 else { return }
      add(role, .serial(text), field, at: offset)
    case .person(let role): addPerson(role, text, field, at: offset)
    case .host: add(.host, .device(Device(hostName: text)), field, at: offset)
    case .model:
      // The word alone stands for other things, too.
      let make = Self.make(text)
      guard word.word != "model" || !make.isEmpty else { return }
      add(.handset, .device(Device(make: make, model: text)), field, at: offset)
    case .software(let role): add(role, .software(text), field, at: offset)
    case .phone: if text.contains(where: \.isNumber) { add(.phone, .contact(text), field, at: offset) }
    case .email: if let mail = AddressText.email(text) { add(.email, .contact(mail), field, at: offset) }
    case .macAddress: addHardwareAddress(text, field, at: offset)
    case .ipAddress:
      if NetworkName.isInternetAddress(text) { add(.ipAddress, .network(text), field, at: offset) }
    case .bssid: if NetworkName.isHardwareAddress(text) { add(.bssid, .network(text), field, at: offset) }
    case .ssid: add(.ssid, .network(text), field, at: offset)
    case .networkSignature: addSignature(text, field, at: offset)
    case .timeZone: add(.timeZone, .text(text), field, at: offset)
    case .documentID: if !XMPText.isUnsetNumber(text) { add(.documentID, .link(text), field, at: offset) }
    case .title: add(.title, .text(text), field, at: offset)
    case .link: break
    }
  }

  private mutating func addPerson(_ role: Role, _ text: String, _ field: String, at offset: Int?) {
    if let mail = AddressText.email(text) { add(.email, .contact(mail), field, at: offset) }
    guard !XMPText.isNone(text) else { return }
    add(role, .person(text), field, at: offset)
  }

  private static func make(_ model: String) -> String {
    ["iPhone", "iPad", "iPod", "Watch", "Mac", "iMac", "AppleTV", "Apple"].contains { model.hasPrefix($0) }
      ? "Apple" : ""
  }

  private mutating func addHardwareAddress(_ text: String, _ field: String, at offset: Int?) {
    if NetworkName.isHardwareAddress(text) { add(.macAddress, .network(text), field, at: offset) }
  }

  /// IPv4.Router=192.168.1.1;IPv4.RouterHardwareAddress=36:56:ee:50:83:97
  private mutating func addSignature(_ text: String, _ field: String, at offset: Int?) {
    for part in text.split(separator: ";").prefix(8) {
      guard let sign = part.firstIndex(of: "=") else { continue }
      let value = String(part[part.index(after: sign)...])
      if NetworkName.isHardwareAddress(value) {
        add(.macAddress, .network(value), field, at: offset)
      } else if NetworkName.isInternetAddress(value) {
        add(.ipAddress, .network(value), field, at: offset)
      }
    }
  }

  private mutating func takeData(_ bytes: ArraySlice<UInt8>, _ key: String, at offset: Int?, depth: Int) {
    guard !bytes.isEmpty else { return }
    let field = PropertyKey.field(key)
    switch PropertyKey(key).meaning {
    case .ssid:
      let name = NetworkName.text(bytes)
      if !name.isEmpty { add(.ssid, .network(name), field, at: offset) }
    case .macAddress, .bssid:
      // A client's identifier has the kind of the network in front.
      let address = bytes.count == 7 && bytes.first == 1 ? bytes.dropFirst() : bytes
      guard address.count == 6, address.contains(where: { $0 != 0 }) else { break }
      let isStation = PropertyKey(key).meaning == .bssid
      add(isStation ? .bssid : .macAddress, .network(NetworkName.hardwareAddress(address)), field, at: offset)
    case .password: add(.password, .hidden(HiddenContent(byteCount: nil)), field, at: offset)
    default: takeList(bytes, key, depth: depth)
    }
  }

  /// Data is often a list of its own.
  private mutating func takeList(_ bytes: ArraySlice<UInt8>, _ key: String, depth: Int) {
    guard listsLeft > 0, depth < PropertyList.nesting, bytes.count <= limits.structure,
      bytes.starts(with: "bplist00".utf8) || bytes.starts(with: "<?xml".utf8)
    else { return }
    listsLeft -= 1
    var flaw: ParseError?
    guard let list = PropertyList.read(Array(bytes), at: nil, limits, flaw: &flaw) else { return }
    let plain = KeyedArchive.unwrapped(list, limits)
    // What it says does not stand in the file as such.
    take(plain, key: key, depth: depth + 8)
  }
}

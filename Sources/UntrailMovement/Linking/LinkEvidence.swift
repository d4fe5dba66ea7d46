internal import UntrailModel

/// What one file says of the device that made it.
struct LinkEvidence {
  /// What a file is, as far as the linking goes.
  enum Family: UInt8 {
    case picture
    case film
    case sound
    /// Lists, exports, tracks: what stands in it may be of several devices.
    case other

    init(_ mediaType: String) {
      if mediaType.hasPrefix("image/") {
        self = .picture
      } else if mediaType.hasPrefix("video/") {
        self = .film
      } else {
        self = mediaType.hasPrefix("audio/") ? .sound : .other
      }
    }

    var isRecorded: Bool { self != .other }
  }

  var family: Family
  var make = ""
  var model = ""
  /// The version of the device's own software; empty where the file names none or an editor's.
  var firmware = ""
  /// Hashes of what says that two files are of one device: numbers of devices first, then marks of single shots.
  var identities: [Int] = []
  var marks: [Int] = []
  /// The hash of the number on the body, of which a device has one only; nil where none stands there.
  var bodySerial: Int?
  /// Numbers, names and accounts, for people.
  var identifiers: [DeviceGroup.Identifier] = []
  var accounts: [DeviceGroup.Identifier] = []
  var documents: [Int] = []
  /// Seconds since the device was switched on, without standby, and the time of the shot.
  var uptime: Int64?
  /// When the device was switched on, as it says itself.
  var powerUp: Int64?
  var time: Timestamp?
  private(set) var cameFromChat = false

  private var numbers: [Number] = []
  private var hosts: [String] = []

  private struct Number {
    var role: Role
    var value: String
    var field: String
  }

  /// Limits for one file: what lists more is no file of one device.
  private static let numberLimit = 24

  init(_ file: JudgedFile) {
    family = Family(file.examination.mediaType.name)
    let entries = file.index.entries
    let observations = file.examination.observations
    for place in entries.indices where place < observations.count {
      take(observations[place])
    }
    if cameFromChat {
      self = LinkEvidence(chat: family, time, documents)
      return
    }
    finish()
  }

  private init(chat family: Family, _ time: Timestamp?, _ documents: [Int]) {
    self.family = family
    self.time = time
    self.documents = documents
    cameFromChat = true
  }

  var isEmpty: Bool { identities.isEmpty && marks.isEmpty && make.isEmpty && model.isEmpty }

  /// Days since 1970-01-01; nil for a clock that was never set.
  var day: Int64? {
    guard let time, time.civilDay >= 9131, time.civilSeconds <= Timestamp.lastSecond else { return nil }
    return time.civilDay
  }

  private mutating func take(_ observation: Observation) {
    switch observation.fact {
    case .device(let device): take(device, observation.role)
    case .serial(let text):
      switch observation.role {
      case .body, .internalSerial, .imei, .sim, .lens:
        // The number of a certificate is no number of a device.
        if numbers.count < Self.numberLimit, !observation.field.hasPrefix("C2PA:") {
          numbers.append(Number(role: observation.role, value: text, field: observation.field))
        }
      default: break
      }
    case .network(let text) where observation.role == .macAddress:
      if numbers.count < Self.numberLimit {
        numbers.append(Number(role: .macAddress, value: text, field: observation.field))
      }
    case .link(let text): take(link: text, observation)
    case .timestamp(let timestamp): take(timestamp, observation.role)
    case .software(let text):
      if observation.role == .application {
        if observation.field == "FileName:App", Self.chats.contains(text) { cameFromChat = true }
      } else if firmware.isEmpty, observation.role == .firmware || observation.role == .processing,
        Self.isFirmware(text)
      {
        firmware = text
      }
    case .person(let text):
      if observation.role == .account || observation.role == .owner {
        addAccount(text, .person, observation.role)
      }
    case .contact(let text) where observation.role == .email: addAccount(text, .contact, .email)
    default: break
    }
  }

  private mutating func take(_ device: Device, _ role: Role) {
    switch role {
    case .camera, .body:
      guard family.isRecorded else { return }
      if make.isEmpty { make = device.make }
      if model.isEmpty { model = device.model }
    case .recorder, .handset:
      if !device.hostName.isEmpty { addHost(device.hostName) }
      // A program calls itself by one name, a device by its maker's and its own.
      guard !device.make.isEmpty, !device.model.isEmpty, model.isEmpty else { return }
      make = device.make
      model = device.model
    case .host: addHost(device.hostName)
    default: break
    }
  }

  private mutating func addHost(_ name: String) {
    if !name.isEmpty, hosts.count < 4, !hosts.contains(name) { hosts.append(name) }
  }

  private mutating func take(link text: String, _ observation: Observation) {
    switch observation.role {
    case .contentIdentifier, .burst, .captureRequest: addMark(text, observation.role)
    case .mediaGroup:
      // Names of projects and of sessions are shared by design.
      let field = observation.field.lowercased()
      if !field.holds("project"), !field.holds("session") { addMark(text, .mediaGroup) }
    case .uptime: if uptime == nil, let seconds = Int64(text), seconds > 0 { uptime = seconds }
    case .documentID, .originalDocumentID, .derivedFrom:
      let field = observation.field
      guard documents.count < 8, field.hasPrefix("XMP") || field.hasPrefix("PDF") || field.hasPrefix("CBOR"),
        let id = Self.uniqueText(text)
      else { return }
      documents.append(Self.hash("document", "", id))
    default: break
    }
  }

  private mutating func addMark(_ text: String, _ role: Role) {
    guard marks.count < 8, let id = Self.uniqueText(text) else { return }
    // Films and pictures of a live photo share their number under two names.
    let space = role == .captureRequest || role == .burst ? role.name : "content"
    marks.append(Self.hash(space, "", id))
  }

  private mutating func take(_ timestamp: Timestamp, _ role: Role) {
    switch role {
    case .original:
      // The first that has a clock and a zone.
      if time?.utcOffsetMinutes == nil || time?.precision == .day {
        if time == nil || timestamp.utcOffsetMinutes != nil || time?.precision == .day { time = timestamp }
      }
    case .created, .fileName, .start: if time == nil { time = timestamp }
    case .uptime:
      // Midnight is a clock that was never set.
      if timestamp.precision == .second, timestamp.civilSeconds % 86_400 != 0 {
        powerUp = timestamp.civilSeconds
      }
    default: break
    }
  }

  private mutating func addAccount(_ text: String, _ kind: Kind, _ role: Role) {
    guard accounts.count < 8, (3...128).contains(text.utf8.count), !Self.nobody.contains(text.lowercased())
    else { return }
    // An address is an address wherever it stands.
    let isAddress = text.contains("@")
    let account = DeviceGroup.Identifier(
      kind: isAddress ? .contact : kind, role: isAddress ? .email : role,
      value: isAddress ? text.lowercased() : text)
    if !accounts.contains(account) { accounts.append(account) }
  }
}

extension LinkEvidence {
  /// Makes keys of what was taken.
  private mutating func finish() {
    // A list of people says nothing of whose the device is.
    let unique = accounts.filter { account in
      accounts.count { $0.kind == account.kind && $0.role == account.role } == 1
    }
    accounts = unique
    let maker = Self.maker(make, model)
    addSerials(maker)
    addGlobal(.imei, limit: 2, SerialText.imei)
    addGlobal(.macAddress, limit: bodySerial == nil ? 1 : 3, SerialText.hardwareAddress)
    for number in numbers where number.role == .sim || number.role == .lens {
      if SerialText.identifying(number.value) != nil { addIdentifier(.serial, number.role, number.value) }
    }
    // The host of a picture is the computer on which it was worked on.
    if !(family.isRecorded && !model.isEmpty), hosts.count == 1,
      let name = SerialText.hostName(hosts[0], model: model)
    {
      identities.append(Self.hash("host", "", name))
      addIdentifier(.device, .host, hosts[0])
    }
    if family == .other, identities.isEmpty { model = "" }
    if model.isEmpty, identities.isEmpty { make = "" }
    if let powerUp, !model.isEmpty { marks.append(Self.hash("power", maker + model, String(powerUp))) }
  }

  /// The numbers of the body and of the parts in it.
  ///
  /// A camera writes its number in several places. Where one place names several, or a list of devices stands in the
  /// file, they are not all this file's.
  private mutating func addSerials(_ maker: String) {
    for role in [Role.body, .internalSerial] {
      var ofField: [(field: String, value: String, form: String)] = []
      for number in numbers where number.role == role {
        guard let form = SerialText.identifying(number.value) else { continue }
        if let known = ofField.first(where: { $0.field == number.field }) {
          if known.form != form, !family.isRecorded { return }
          continue
        }
        ofField.append((number.field, number.value, form))
      }
      // What an editor carries along may be of another picture.
      let own = ofField.filter { !Self.isCarried($0.field) }
      var forms: [String] = []
      for number in own.isEmpty ? Array(ofField.prefix(1)) : own where !forms.contains(number.form) {
        forms.append(number.form)
        // A long number without a maker, as in a sidecar, goes with the one maker that has it.
        if role == .body, number.form.utf8.count >= 8 {
          identities.append(Self.hash("serial of any maker", "", number.form))
          if maker.isEmpty {
            addIdentifier(.serial, role, number.value)
            continue
          }
        }
        let space = maker.isEmpty ? String(number.field.prefix { $0 != ":" }) : maker
        // A number of three or four signs says something only together with the model.
        let short = number.form.utf8.count < 5 ? model : ""
        let key = Self.hash("serial", space + "/" + short, number.form)
        identities.append(key)
        if role == .body, bodySerial == nil { bodySerial = key }
        addIdentifier(.serial, role, number.value)
      }
      if !family.isRecorded, forms.count > 1 {
        identities = []
        bodySerial = nil
        identifiers = []
      }
    }
  }

  private mutating func addGlobal(_ role: Role, limit: Int, _ form: (String) -> String?) {
    var forms: [(form: String, value: String)] = []
    for number in numbers where number.role == role {
      guard let form = form(number.value), !forms.contains(where: { $0.form == form }) else { continue }
      forms.append((form, number.value))
    }
    guard forms.count <= limit else { return }
    for entry in forms {
      identities.append(Self.hash(role.name, "", entry.form))
      addIdentifier(role == .macAddress ? .network : .serial, role, entry.value)
    }
  }

  private mutating func addIdentifier(_ kind: Kind, _ role: Role, _ value: String) {
    let identifier = DeviceGroup.Identifier(kind: kind, role: role, value: value)
    if !identifiers.contains(identifier) { identifiers.append(identifier) }
  }

  static func hash(_ space: String, _ maker: String, _ value: String) -> Int {
    var hasher = Hasher()
    hasher.combine(space)
    hasher.combine(maker)
    hasher.combine(value)
    return hasher.finalize()
  }

  /// The maker by its first word, since "NIKON CORPORATION" and "Nikon" are one.
  static func maker(_ make: String, _ model: String) -> String {
    let text = make.isEmpty ? model : make
    return text.prefix { $0 != " " && $0 != "-" && $0 != "," && $0 != "_" }.lowercased()
  }

  private static func isCarried(_ field: String) -> Bool {
    ["XMP", "JSON:", "CBOR:", "Photoshop:", "PNG:"].contains { field.hasPrefix($0) }
  }

  /// An id that nobody else draws: long, with digits, and not the same all along.
  private static func uniqueText(_ text: String) -> String? {
    var form: [UInt8] = []
    var digits = 0
    for byte in text.utf8 where form.count <= 128 {
      switch byte {
      case 0x30...0x39: digits += 1
      case 0x41...0x5A, 0x61...0x7A: break
      default: continue
      }
      form.append(byte >= 0x61 ? byte & 0xDF : byte)
    }
    guard (12...128).contains(form.count), digits > 0, Set(form).count >= 5 else { return nil }
    return String(decoding: form, as: UTF8.self)
  }

  /// "17.5.1", "G991BXXU5CVDD", "Ver.1.10", "Firmware Version 1.0.2": of the device, and no editor's name.
  private static func isFirmware(_ text: String) -> Bool {
    guard let first = text.utf8.first, text.utf8.count <= 64 else { return false }
    if first >= 0x30 && first <= 0x39 { return true }
    if text.hasPrefix("Ver") || text.hasPrefix("Firmware") { return true }
    let hasDigits = text.utf8.contains { $0 >= 0x30 && $0 <= 0x39 }
    return hasDigits && text.utf8.count >= 6
      && text.utf8.allSatisfy { $0 >= 0x30 && $0 <= 0x39 || $0 >= 0x41 && $0 <= 0x5A }
  }

  /// What stands where nobody set a name.
  private static let nobody: Set<String> = [
    "unknown", "none", "owner", "user", "admin", "default", "anonymous", "name", "n/a", "root",
    "camera owner",
  ]

  /// Programs through which files come from others.
  private static let chats: Set<String> = [
    "WhatsApp", "Signal", "Threema", "WeChat", "WeCom", "QQ", "DingTalk", "KakaoTalk", "LINE", "Viber",
    "Telegram", "Facebook", "Messenger", "Snapchat", "imo",
  ]
}

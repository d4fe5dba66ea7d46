internal import UntrailModel

/// What a column of a table says of people, devices and networks, where its heading leaves no doubt.
enum DelimitedMeaning: Equatable {
  case email
  case phone
  case ipAddress
  case macAddress
  case ssid
  case imei
  case serial
  case vehicle
  case device
  case make
  case address
  case person

  /// - Parameter words: of the heading, in lower case.
  init?(_ words: [String]) {
    guard let meaning = Self.headings[words.joined()] else { return nil }
    self = meaning
  }

  /// The fact that a field states; nil where it is empty or does not look like one.
  func fact(_ text: String) -> (role: Role, fact: Observation.Fact)? {
    guard !text.isEmpty, text.utf8.count <= 400, BoundedText.isPrintable(text),
      !["null", "none", "n/a", "na", "-", "unknown", "nan", "0"].contains(text.lowercased())
    else { return nil }
    let digits = text.filter(\.isNumber).count
    switch self {
    case .email:
      guard let at = text.firstIndex(of: "@"), at != text.startIndex, text[at...].contains("."),
        !text.contains(" ")
      else { return nil }
      return (.email, .contact(text))
    case .phone: return digits >= 5 ? (.phone, .contact(text)) : nil
    case .ipAddress: return Self.isAddress(text) ? (.ipAddress, .network(text)) : nil
    case .macAddress:
      return Self.isHardwareAddress(text) ? (.bssid, .network(text)) : nil
    case .ssid: return (.ssid, .network(text))
    case .imei: return digits >= 14 && digits <= 16 ? (.imei, .serial(text)) : nil
    case .serial: return text.allSatisfy { $0 == "0" } ? nil : (.body, .serial(text))
    case .vehicle: return (.vehicle, .serial(text))
    case .device: return (.recorder, .device(Device(model: text)))
    case .make: return (.recorder, .device(Device(make: text)))
    case .address: return text.contains(where: \.isLetter) ? (.address, .contact(text)) : nil
    case .person: return text.contains(where: \.isLetter) ? (.participant, .person(text)) : nil
    }
  }

  /// Whether a text is an address of IPv4 or IPv6.
  private static func isAddress(_ text: String) -> Bool {
    let parts = text.split(separator: ".", omittingEmptySubsequences: false)
    if parts.count == 4 { return parts.allSatisfy { $0.count <= 3 && UInt8($0) != nil } }
    let groups = text.split(separator: ":", omittingEmptySubsequences: false)
    return groups.count >= 3 && groups.count <= 8
      && groups.allSatisfy { $0.count <= 4 && $0.allSatisfy(\.isHexDigit) }
  }

  private static func isHardwareAddress(_ text: String) -> Bool {
    let digits = text.filter { $0 != ":" && $0 != "-" && $0 != "." }
    return digits.count == 12 && digits.allSatisfy(\.isHexDigit) && !digits.allSatisfy { $0 == "0" }
  }

  /// Headings without blanks and signs.
  private static let headings: [String: DelimitedMeaning] = {
    var table: [String: DelimitedMeaning] = [:]
    for (meaning, words) in lists { for word in words { table[word] = meaning } }
    return table
  }()

  private static let lists: [(DelimitedMeaning, [String])] = [
    (
      .email,
      [
        "email", "emailaddress", "mailaddress", "emailadresse", "adressemail", "courriel", "correo",
        "correoelectrónico", "correoelectronico", "eposta", "электроннаяпочта", "почта", "邮箱", "电子邮件", "メール",
        "البريدالإلكتروني", "ایمیل", "useremail",
      ]
    ),
    (
      .phone,
      [
        "phone", "phonenumber", "mobile", "mobilenumber", "mobilephone", "telephone", "tel", "telefon",
        "telefonnummer", "handynummer", "téléphone", "telefono", "teléfono", "telefone", "телефон", "电话",
        "手机",
        "電話", "هاتف", "تلفن", "msisdn", "callernumber", "callednumber",
      ]
    ),
    (
      .ipAddress,
      [
        "ip", "ipaddress", "ipaddr", "clientip", "remoteip", "sourceip", "loginip", "ipadresse", "adresseip",
        "ipv4", "ipv6",
      ]
    ),
    (.macAddress, ["mac", "macaddress", "bssid", "macadresse"]),
    (.ssid, ["ssid", "networkname", "wifiname", "wifissid"]),
    (.imei, ["imei", "imeinumber"]),
    (
      .serial,
      [
        "serial", "serialnumber", "serialno", "deviceid", "deviceserial", "deviceserialnumber",
        "droneserialnumber",
        "seriennummer", "numérodesérie", "numerodeserie", "númerodeserie", "серийныйномер", "序列号",
        "androidid",
        "trackerid", "unitid", "aircraftsn", "batterysn", "rcsn", "camerasn",
      ]
    ),
    (
      .vehicle,
      [
        "vin", "licenseplate", "licenceplate", "numberplate", "plate", "platenumber", "kennzeichen",
        "vehicleid",
        "registration", "mmsi", "callsign", "icao24",
      ]
    ),
    (
      .device,
      [
        "device", "devicename", "devicemodel", "phonemodel", "model", "gerät", "appareil", "dispositivo",
        "устройство", "设备",
      ]
    ),
    (.make, ["make", "manufacturer", "brand", "devicemanufacturer"]),
    (
      .address,
      [
        "address", "streetaddress", "fulladdress", "homeaddress", "postaladdress", "adresse", "anschrift",
        "dirección",
        "direccion", "indirizzo", "endereço", "endereco", "adres", "адрес", "地址", "住所", "주소", "العنوان",
        "عنوان", "آدرس",
        "startaddress", "endaddress", "pickupaddress", "dropoffaddress", "beginaddress", "destinationaddress",
        "begintripaddress", "dropofftripaddress",
      ]
    ),
    (
      .person,
      [
        "username", "fullname", "driver", "drivername", "pilot", "pilotname", "observer", "observername",
        "owner",
        "ownername", "recordedby", "rider", "ridername", "firstname", "lastname", "surname", "vorname",
        "nachname",
        "contactname", "employee", "employeename",
      ]
    ),
  ]
}

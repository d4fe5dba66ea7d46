internal import UntrailModel

/// What the key of a property says of the text that it stands for.
///
/// Programs write the same word in many ways: "Serial Number", "SerialNumber", "serial_number", "-SerialNumber". They
/// are compared without what is between the words, in small letters, from the end: "ReportedPhoneNumber".
struct PropertyKey {
  /// Letters and digits, in small letters.
  let word: String

  enum Meaning: Equatable {
    case serial(Role)
    case person(Role)
    case host
    case model
    case software(Role)
    case phone
    case email
    case macAddress
    case ipAddress
    case bssid
    case ssid
    case networkSignature
    case timeZone
    case password
    case documentID
    case link
    case title
  }

  init(_ key: String) {
    var letters: [UInt8] = []
    for byte in Self.withoutDomain(key).utf8.prefix(128) {
      switch byte {
      case 0x41...0x5A: letters.append(byte | 0x20)
      case 0x30...0x39, 0x61...0x7A, 0x80...: letters.append(byte)
      default: break
      }
    }
    word = String(decoding: letters, as: UTF8.self)
  }

  /// "com.apple.iTunes.backup-LastBackupComputerName": a domain and a key.
  private static func withoutDomain(_ key: String) -> Substring {
    guard key.hasPrefix("com.apple."), let dash = key.lastIndex(of: "-") else { return key[...] }
    return key[dash...]
  }

  var meaning: Meaning? {
    if let meaning = Self.whole[word] { return meaning }
    return Self.endings.first { word.hasSuffix($0.ending) }?.meaning
  }

  /// Words that mean this only where they stand alone.
  private static let whole: [String: Meaning] = [
    "imei": .serial(.imei), "imei1": .serial(.imei), "imei2": .serial(.imei), "imeis": .serial(.imei),
    "meid": .serial(.imei), "imsi": .serial(.sim), "ecid": .serial(.body), "udid": .serial(.body),
    "uniqueidentifier": .serial(.body), "targetidentifier": .serial(.body), "deviceuuid": .serial(.body),
    "provisioneddevices": .serial(.body),
    "guid": .documentID, "networkid": .documentID,
    "author": .person(.author), "creator": .person(.creator), "owner": .person(.owner),
    "username": .person(.account), "accountname": .person(.account), "appleid": .person(.account),
    "fullname": .person(.owner), "firstname": .person(.owner), "lastname": .person(.owner),
    "fullusername": .person(.owner), "accountdescription": .person(.account),
    "payloadorganization": .person(.publisher),
    "hostname": .host, "localhostname": .host, "netbiosname": .host, "serverdescription": .host,
    "producttype": .model, "productname": .model, "modelnumber": .model, "hwmodel": .model, "model": .model,
    "hwmodelstr": .model, "devicemodel": .model, "hardwaremodel": .model, "hardwareplatform": .model,
    "productversion": .software(.firmware), "buildversion": .software(.firmware),
    "osversion": .software(.firmware), "lastknownosversion": .software(.firmware),
    "devicesoftwarever": .software(.firmware), "firmwareversionstring": .software(.firmware),
    "devicebuildversion": .software(.firmware), "backupbuildversion": .software(.firmware),
    "itunesversion": .software(.application), "macosversion": .software(.application),
    "applicationversion": .software(.application),
    "adjustmenteditorbundleid": .software(.imageEditing),
    "adjustmentformatidentifier": .software(.imageEditing),
    "email": .email, "emails": .email, "emailaddress": .email, "emailaddresses": .email, "mail": .email,
    "phone": .phone, "tel": .phone, "phonenumbers": .phone, "msisdn": .phone,
    "ssid": .ssid, "ssidstr": .ssid, "ssidstring": .ssid,
    "timezone": .timeZone, "timezonename": .timeZone, "localtimezone": .timeZone, "olsontimezone": .timeZone,
    "wifiaddress": .macAddress, "bluetoothaddress": .macAddress, "ethernetaddress": .macAddress,
    "macaddr": .macAddress, "mac": .macAddress, "deviceaddress": .macAddress,
    "psk": .password, "pin": .password, "passcode": .password,
    "url": .link, "urlstring": .link, "originurl": .link, "href": .link, "mapurl": .link,
    "webresourceurl": .link,
    "wifinetworkname": .ssid, "displayname": .title,
  ]

  /// Ends of words.
  private static let endings: [(ending: String, meaning: Meaning)] = [
    ("batteryserialnumber", .serial(.accessory)), ("accessoryserialnumber", .serial(.accessory)),
    ("serialnumber", .serial(.body)), ("uniquedeviceid", .serial(.body)), ("uniquechipid", .serial(.body)),
    ("internationalmobileequipmentidentity", .serial(.imei)),
    ("internationalmobileequipmentidentity2", .serial(.imei)),
    ("mobileequipmentidentifier", .serial(.imei)), ("integratedcircuitcardidentity", .serial(.sim)),
    ("integratedcircuitcardidentity2", .serial(.sim)), ("iccid", .serial(.sim)), ("iccid2", .serial(.sim)),
    ("lastknownicci", .serial(.sim)), ("internationalmobilesubscriberidentity", .serial(.sim)),
    ("phonenumber", .phone), ("phonenumber2", .phone), ("emailaddress", .email),
    ("devicename", .host), ("computername", .host), ("userassigneddevicename", .host),
    ("ownername", .person(.owner)), ("authorname", .person(.author)), ("userfullname", .person(.owner)),
    ("username", .person(.account)), ("accountusername", .person(.account)),
    ("bssid", .bssid), ("bssids", .bssid), ("macaddress", .macAddress), ("hardwareaddress", .macAddress),
    ("macaddressinuse", .macAddress), ("macaddressvalue", .macAddress), ("clientidentifier", .macAddress),
    ("hwmacaddressmacrandomisation", .macAddress),
    ("ipaddress", .ipAddress), ("ipv4networksignature", .networkSignature),
    ("password", .password), ("passphrase", .password), ("presharedkey", .password),
    ("sharedsecret", .password),
    ("authenticationtoken", .password), ("accesstoken", .password), ("refreshtoken", .password),
    ("authtoken", .password), ("privatekey", .password),
  ]

  /// What a date of this name is.
  var dateRole: Role {
    for (words, role) in Self.dateRoles where words.contains(where: { word.holds($0) }) { return role }
    return .metadata
  }

  private static let dateRoles: [([String], Role)] = [
    (["backup"], .backup),
    (
      [
        "lastused", "lastjoin", "prevjoin", "joined", "visited", "associated", "connected", "lastopen",
        "played",
        "lastseen", "discovered", "accessed", "linkdown", "lastlogin", "lastviewed",
      ], .lastUsed
    ),
    (["leasestart", "startdate", "starttime", "begin"], .start),
    (["enddate", "endtime", "expir", "leaseend"], .end),
    (["adjustmenttimestamp", "edited"], .edited),
    (["modif", "update", "changed"], .modified),
    (["creat", "added", "generation", "install", "birth", "purchase"], .created),
    (["delet", "trashed", "removed"], .metadata),
  ]

  /// The key as a field's name may be written: letters, digits, hyphens and low lines.
  static func field(_ key: String) -> String { "PLIST:" + name(key) }

  static func name(_ key: String) -> String {
    var name: [UInt8] = []
    for byte in withoutDomain(key).utf8 where name.count < 64 {
      switch byte {
      case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: name.append(byte)
      case UInt8(ascii: "_"), UInt8(ascii: "-"): if !name.isEmpty { name.append(byte) }
      default: break
      }
    }
    return name.isEmpty ? "value" : String(decoding: name, as: UTF8.self)
  }
}

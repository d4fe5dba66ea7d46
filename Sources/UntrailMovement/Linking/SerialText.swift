/// What makes a number a device's own, and no default that many devices write.
enum SerialText {
  /// The form in which two writings of a number are equal: ASCII letters and digits only, in capitals, without leading
  /// zeros; nil for one that says nothing.
  static func identifying(_ text: String) -> String? {
    var bytes: [UInt8] = []
    var digits = 0
    for byte in text.utf8 {
      switch byte {
      case 0x30...0x39:
        digits += 1
        if byte != 0x30 || !bytes.isEmpty { bytes.append(byte) }
      case 0x41...0x5A: bytes.append(byte)
      case 0x61...0x7A: bytes.append(byte & 0xDF)
      case 0x80...: return nil
      default: break
      }
      if bytes.count > 64 { return nil }
    }
    // Words as "none", "unknown", "Back" or "System Serial Number" have no digit.
    guard bytes.count >= 3, digits > 0, !isRepeated(bytes[...]), !isStairs(bytes[...]) else { return nil }
    // "XXXX0000", "SN000000", "1000000": what changes from device to device is empty.
    let tail = bytes.drop { $0 >= 0x41 }
    guard !tail.isEmpty, !(tail.count >= 3 && isRepeated(tail)), !(tail.count >= 6 && isStairs(tail)) else {
      return nil
    }
    if bytes.count >= 6, bytes.dropFirst().allSatisfy({ $0 == 0x30 }) { return nil }
    // Nikon writes "NO= 20025585" in one place and "20025585" in another.
    if bytes.starts(with: "NO".utf8), bytes.dropFirst(2).allSatisfy({ $0 < 0x3A }) { bytes.removeFirst(2) }
    let form = String(decoding: bytes.drop { $0 == 0x30 }, as: UTF8.self)
    return form.utf8.count < 3 || defaults.contains(form) ? nil : form
  }

  /// Written by many devices: the serial of Android builds without one, of emulators, of boards nobody numbered.
  private static let defaults: Set<String> = [
    "123456789ABCDEF", "23456789ABCDEF0", "1234567890ABCDEF", "ABCDEF0123456789", "EMULATOR5554", "NOTSET0",
    "12345678901", "123456789012", "123123", "123123123", "12341234",
    // The largest numbers of 16, 31 and 32 bits, and one less.
    "65534", "65535", "2147483646", "2147483647", "4294967294", "4294967295", "FFFF", "7FFFFFFF",
  ]

  /// "1111111", "XXXX".
  private static func isRepeated(_ bytes: ArraySlice<UInt8>) -> Bool {
    bytes.allSatisfy { $0 == bytes.first }
  }

  /// "1234567", "123456789", "1234567890", "87654321".
  private static func isStairs(_ bytes: ArraySlice<UInt8>) -> Bool {
    guard bytes.count >= 4 else { return false }
    let steps = zip(bytes, bytes.dropFirst()).map { Int($1) - Int($0) }
    return steps.allSatisfy { $0 == 1 || $0 == -9 } || steps.allSatisfy { $0 == -1 }
  }

  /// An IMEI: 14 to 16 digits, the serial part of which is not empty.
  ///
  /// Source: 3GPP TS 23.003, section 6.2.
  static func imei(_ text: String) -> String? {
    let digits = text.utf8.filter { $0 >= 0x30 && $0 <= 0x39 }
    guard (14...16).contains(digits.count), !isRepeated(digits[...]), !isRepeated(digits[8..<14]),
      !isStairs(digits[...])
    else { return nil }
    // The last digit is a check digit or missing, two behind are the software's version.
    return String(decoding: digits[..<14], as: UTF8.self)
  }

  /// A hardware address that a maker gave: six bytes, of one device, and not made up by the device itself.
  ///
  /// Source: IEEE 802, section 8.2: the two lowest bits of the first byte say group and locally administered.
  static func hardwareAddress(_ text: String) -> String? {
    let digits = text.utf8.compactMap { byte -> UInt8? in
      switch byte {
      case 0x30...0x39: byte
      case 0x41...0x46, 0x61...0x66: byte & 0xDF
      default: nil
      }
    }
    let others = text.utf8.count - digits.count
    guard digits.count == 12, others <= 5, !isRepeated(digits[...]), !isRepeated(digits[6...]) else {
      return nil
    }
    let low = digits[1] <= 0x39 ? digits[1] - 0x30 : digits[1] - 0x37
    return low & 3 == 0 ? String(decoding: digits, as: UTF8.self) : nil
  }

  /// A name that somebody gave a computer or phone, and no word for all of its kind.
  static func hostName(_ text: String, model: String) -> String? {
    let name = text.lowercased().filter { $0.isLetter || $0.isNumber }
    let kind = model.lowercased().filter { $0.isLetter || $0.isNumber }
    guard name.utf8.count >= 5, !kind.hasPrefix(name) || kind.isEmpty, kind.isEmpty || !name.hasSuffix(kind)
    else { return nil }
    // "iPhone 15 Pro", "Mac OS X 10.15.7", "MacBook Pro (2)": the kind, and which.
    for word in commonHosts where name.hasPrefix(word) {
      var rest = name.dropFirst(word.count).drop { $0.isNumber }
      while let kind = kinds.first(where: { rest.hasPrefix($0) }) {
        rest = rest.dropFirst(kind.count).drop { $0.isNumber }
      }
      if rest.isEmpty { return nil }
    }
    return name
  }

  private static let kinds = [
    "pro", "plus", "air", "mini", "max", "se", "local", "lan", "home", "gen", "xr", "xs", "x",
  ]
  private static let commonHosts = [
    "localhost", "iphone", "ipad", "ipod", "ipodtouch", "applewatch", "watch", "macosx", "macos", "macbook",
    "macbookpro", "macbookair", "imac", "macmini", "macpro", "ubuntu", "debian", "fedora", "raspberrypi",
    "android", "androidphone", "galaxy", "pixel", "windows", "desktop", "laptop", "computer", "unknown",
    "default", "phone", "user", "admin", "router", "openwrt", "kali", "linux", "host", "myphone", "server",
  ]
}

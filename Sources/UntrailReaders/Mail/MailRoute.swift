internal import UntrailModel

/// The way that a message took: the machines that handed it on.
///
///     from laptop.lan (host.example.org [203.0.113.7]) by mx.example.net with ESMTPS id 1A2B
///      for <sam@example.net>; Sun, 28 Apr 2024 23:09:02 +0200
///
/// Source: RFC 5321, section 4.4.
extension MailHeaders {
  mutating func received(_ field: MailField, into result: inout ReadResult) {
    let text = text(field)
    let semicolon = text.lastIndex(of: ";")
    let route = semicolon.map { text[..<$0] } ?? text[...]
    if let semicolon {
      time(String(text[text.index(after: semicolon)...]), .received, "Received", field, into: &result)
    }
    addresses(String(route), "Received", field, into: &result)
    let words = route.split(whereSeparator: { $0 == " " || $0 == "\t" }).prefix(64)
    for (index, word) in words.enumerated() {
      let next = words.dropFirst(index + 1).first
      switch word.lowercased() {
      case "from": if let next { computer(String(next), "Received", field, into: &result) }
      case "by": if let next { machine(String(next), "Received", field, into: &result) }
      case "for":
        if let next, let address = AddressText.email(String(next)) {
          add(.email, .contact(address), "Received", field, into: &result)
        }
      default:
        let inner = word.drop { $0 == "(" }
        guard inner.startIndex > word.startIndex else { continue }
        let greeting = ["helo", "ehlo"].contains(inner.lowercased()) ? next : nil
        if let greeting {
          computer(String(greeting), "Received", field, into: &result)
        } else if inner.lowercased().hasPrefix("helo=") {
          computer(String(inner.dropFirst(5)), "Received", field, into: &result)
        } else if let sign = inner.lastIndex(of: "@"), next?.hasPrefix("[") ?? false {
          machine(String(inner[inner.index(after: sign)...]), "Received", field, into: &result)
        } else if next?.hasPrefix("[") ?? false {
          machine(String(inner), "Received", field, into: &result)
        }
      }
    }
  }

  /// The name that a machine gives itself: of a computer at home or in an office, or one that all know.
  mutating func computer(_ text: String, _ name: String, _ field: MailField, into result: inout ReadResult) {
    guard let host = Self.hostName(text) else { return }
    let last = host.split(separator: ".").last?.lowercased() ?? ""
    let isLocal = !host.contains(".") || ["local", "lan", "home", "localdomain", "internal"].contains(last)
    if isLocal {
      add(.host, .device(Device(hostName: host)), name, field, into: &result)
    } else {
      add(.networkLink, .link(host), name, field, into: &result)
    }
  }

  private mutating func machine(
    _ text: String, _ name: String, _ field: MailField, into result: inout ReadResult
  ) {
    guard let host = Self.hostName(text), host.contains(".") else { return }
    add(.networkLink, .link(host), name, field, into: &result)
  }

  /// Nil for what is no name, or one that every machine has.
  private static func hostName(_ text: String) -> String? {
    var host = text[...]
    while let last = host.last, ".;,)>".contains(last) { host = host.dropLast() }
    while let first = host.first, "(<".contains(first) { host = host.dropFirst() }
    guard (2...253).contains(host.utf8.count),
      host.utf8.allSatisfy({
        $0 >= 0x30 && $0 <= 0x39 || $0 | 0x20 >= 0x61 && $0 | 0x20 <= 0x7A || [0x2D, 0x2E, 0x5F].contains($0)
      }), host.contains(where: { $0.isLetter }),
      !["localhost", "unknown", "localhost.localdomain", "userid", "no"].contains(host.lowercased()),
      host.split(separator: ".").last.map({ !$0.allSatisfy(\.isNumber) }) ?? false
    else { return nil }
    return String(host)
  }

  // MARK: Addresses of machines

  mutating func addresses(
    _ text: String, _ name: String, _ field: MailField, into result: inout ReadResult
  ) {
    for address in Self.addresses(in: Array(text.utf8)) {
      add(.ipAddress, .network(address), name, field, into: &result)
    }
  }

  /// The addresses in a text: four numbers, or groups of hexadecimal digits. The numbers of versions are none.
  static func addresses(in text: [UInt8]) -> [String] {
    var found: [String] = []
    var index = 0
    while index < text.count, found.count < 256 {
      let start = index
      while index < text.count, isPart(text[index]) { index += 1 }
      guard index > start else {
        index += 1
        continue
      }
      var run = text[start..<index]
      // IPv6:2001:db8::1
      if let mark = run.firstIndex(of: UInt8(ascii: "v")), run[mark...].starts(with: "v6:".utf8) {
        run = run[(mark + 3)...]
      } else if run.starts(with: "V6:".utf8) {
        run = run.dropFirst(3)
      }
      while run.last == UInt8(ascii: ".") { run.removeLast() }
      let word = String(decoding: run, as: UTF8.self)
      let isWhole =
        run.contains(UInt8(ascii: ":")) ? word.contains("::") || word.utf8.count { $0 == 0x3A } == 7 : true
      guard word.utf8.count >= 3, word.utf8.count <= 45, isWhole, NetworkName.isInternetAddress(word),
        !isVersion(text[..<start])
      else { continue }
      found.append(word)
    }
    return found
  }

  private static func isPart(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D, 0x2E, 0x3A, 0x5F: true
    default: false
    }
  }

  /// Whether what stands in front of a number says that it is the number of a program.
  private static func isVersion(_ before: ArraySlice<UInt8>) -> Bool {
    let tail = String(decoding: before.suffix(24), as: UTF8.self).lowercased()
    return ["id ", "version ", "smtpsvc(", "/"].contains { tail.hasSuffix($0) }
  }
}

internal import UntrailBytes
internal import UntrailModel

/// The names in a certificate (X.509). Nothing is verified: this is what the certificate says.
///
///     30 { 30 { [A0 version] 02 number 30 algorithm 30 issuer 30 dates 30 subject ... } ... }
///     name: 30 { 31 { 30 { 06 kind, text } } ... }
///
/// Source: RFC 5280, sections 4.1 and 4.1.2.4; ITU-T X.520 for the kinds.
struct SignerCertificate {
  struct Name {
    var commonName: Value?
    var organisation: Value?
    var email: Value?
    var serialNumber: Value?
    /// Town, state, country: as far as they are there.
    var address: [String] = []
    var addressPlace: Int?
  }

  struct Value {
    var text: String
    var place: Int?
  }

  private(set) var subject = Name()
  private(set) var issuer = Name()
  /// The number that the issuer gave to the certificate, in hexadecimal digits.
  private(set) var number: Value?

  init(_ view: ByteView, _ limits: Limits) throws(ParseError) {
    let certificate = try DERReader.element(in: view, at: 0)
    let body = try DERReader.element(in: certificate.body, at: 0).body
    var elements = try DERReader.elements(of: body)[...]
    if elements.first?.tag == 0xA0 { elements = elements.dropFirst() }
    guard elements.count >= 5 else {
      throw ParseError(.malformed, at: view.start, "a certificate without names")
    }
    let first = elements.startIndex
    let digits = elements[first].body
    if digits.count <= 32 {
      let bytes = try digits.withBytes(at: 0, count: digits.count) { run throws(ParseError) in Array(run) }
      number = Value(text: HexText.of(bytes.drop { $0 == 0 }), place: digits.place(0))
    }
    issuer = try Self.name(elements[first + 2].body, limits)
    subject = try Self.name(elements[first + 4].body, limits)
  }

  private static func name(_ view: ByteView, _ limits: Limits) throws(ParseError) -> Name {
    var name = Name()
    for set in try DERReader.elements(of: view) {
      for pair in try DERReader.elements(of: set.body) {
        let kind = try DERReader.element(in: pair.body, at: 0)
        let text = try DERReader.element(in: pair.body, at: kind.end)
        let id = try kind.body.withBytes(at: 0, count: min(kind.body.count, 16)) { run throws(ParseError) in
          Array(run)
        }
        guard let value = try value(text, limits) else { continue }
        switch id {
        case [0x55, 4, 3]: name.commonName = value
        case [0x55, 4, 10]: name.organisation = value
        case [0x55, 4, 5]: name.serialNumber = value
        case [0x55, 4, 7], [0x55, 4, 8], [0x55, 4, 6], [0x55, 4, 9]:
          name.address.append(value.text)
          name.addressPlace = value.place
        case [0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 1, 9, 1]: name.email = value
        default: break
        }
      }
    }
    return name
  }

  private static func value(_ element: DERReader.Element, _ limits: Limits) throws(ParseError) -> Value? {
    let text = try element.body.withBytes(at: 0, count: min(element.body.count, limits.text)) {
      run throws(ParseError) in
      element.tag == 0x1E ? ExifText.utf16(run, isLittleEndian: false) : ExifText.ascii(run)
    }
    return text.map { Value(text: $0, place: element.body.place(0)) }
  }
}

/// The time in a time stamp that a service signed. Nothing is verified.
///
///     ... 06 0B 2A 86 48 86 F7 0D 01 09 10 01 04 A0 { 04 { 30 { 02 version 06 policy 30 hash 02 number 18 time } } }
///
/// Source: RFC 3161, section 2.4.2; RFC 5652, section 5.2.
enum TimeStampToken {
  private static let kind: [UInt8] = [
    0x06, 0x0B, 0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x09, 0x10, 0x01, 0x04,
  ]

  /// The time, and where it stands in the file; nil where there is none.
  static func time(_ view: ByteView) throws(ParseError) -> (time: Timestamp, place: Int?)? {
    let start = try view.withBytes(at: 0, count: min(view.count, 65_536)) { run throws(ParseError) -> Int? in
      guard run.count >= kind.count else { return nil }
      for start in 0...(run.count - kind.count) where run[start] == 0x06 {
        if run[start..<(start + kind.count)].elementsEqual(kind) { return start + kind.count }
      }
      return nil
    }
    guard let start else { return nil }
    let wrapper = try DERReader.element(in: view, at: start)
    let octets = try DERReader.element(in: wrapper.body, at: 0)
    let info = try DERReader.element(in: octets.body, at: 0)
    guard let element = try DERReader.elements(of: info.body, limit: 8).first(where: { $0.tag == 0x18 })
    else {
      return nil
    }
    let text = try element.body.withBytes(at: 0, count: min(element.body.count, 32)) {
      run throws(ParseError) in
      String(decoding: run, as: UTF8.self)
    }
    let reading = IPTCTimes.reading(date: String(text.prefix(8)), time: String(text.dropFirst(8)))
    guard case .time(let time) = reading else { return nil }
    return (time, element.body.place(0))
  }
}

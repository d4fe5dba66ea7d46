internal import UntrailBytes
internal import UntrailModel

/// Who signed, where and when. Nothing is verified.
///
///     << /Type /Sig /Name (Mara Example) /Location (Vienna) /Reason (...) /ContactInfo (...) /M (D:...)
///        /Contents <30 82 ...: a signed message> /Prop_Build << /App << /Name /Adobe#20Acrobat >> >> >>
///
/// Source: ISO 32000-2:2020, section 12.8; RFC 5652, section 11.3.
enum PDFSignature {
  static func observe(_ signature: PDFDictionary, _ session: inout PDFSession, into result: inout ReadResult)
  {
    session.add(.signer, signature["Name"], "PDF:SigningAuthority", into: &result) { .person($0) }
    session.add(.area, signature["Location"], "PDF:SigningLocation", into: &result) { .place($0) }
    session.add(.comment, signature["Reason"], "PDF:SigningReason", into: &result) { .text($0) }
    session.addTime(.signed, signature["M"], "PDF:SigningDate", into: &result)
    if let contact = session.text(signature["ContactInfo"]) {
      let mail = AddressText.email(contact.text)
      let isPhone = contact.text.count(where: \.isNumber) >= 6
      session.add(
        mail != nil ? .email : isPhone ? .phone : .address, .contact(mail ?? contact.text),
        "PDF:SignerContactInfo",
        at: contact.place, into: &result)
    }
    if let program = session.dictionary(session.dictionary(signature["Prop_Build"])?["App"]) {
      session.add(.application, program["Name"], "PDF:SigningApplication", into: &result) { .software($0) }
    }
    // The old way has the certificate beside the signature.
    let certificate = session.value(signature["Cert"])
    for value in certificate?.array ?? [certificate ?? .null] {
      if let bytes = session.value(value)?.string?.bytes { addOwner(of: bytes, &session, into: &result) }
      break
    }
    guard let message = session.value(signature["Contents"])?.string, message.bytes.first == 0x30 else {
      return
    }
    let place = message.place.map { min($0, session.document.source.count) }
    SignedMessage(message.bytes)?.addSigners("PDF", at: place, session.limits, into: &result)
    addTimes(message.bytes, at: place, &session, into: &result)
  }

  private static func addOwner(
    of bytes: [UInt8], _ session: inout PDFSession, into result: inout ReadResult
  ) {
    let view = ByteView(ByteSource(bytes: bytes, isJoined: true), start: 0, count: bytes.count)
    guard let subject = try? SignerCertificate(view, session.limits).subject else { return }
    if let name = subject.commonName?.text {
      session.add(.signer, .person(name), "PDF:SignerName", at: nil, into: &result)
    }
    if let name = subject.organisation?.text {
      session.add(.signer, .person(name), "PDF:SignerOrganization", at: nil, into: &result)
    }
    if let mail = subject.email?.text {
      session.add(.email, .contact(mail), "PDF:SignerEmail", at: nil, into: &result)
    }
  }

  /// The attribute "signing time", a set with one time.
  private static let signingTime: [UInt8] = [
    0x06, 0x09, 0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x09, 0x05, 0x31,
  ]

  private static func addTimes(
    _ bytes: [UInt8], at place: Int?, _ session: inout PDFSession, into result: inout ReadResult
  ) {
    for start in bytes.indices where bytes[start] == 0x06 && bytes[start...].starts(with: signingTime) {
      let behind = start + signingTime.count + 1
      guard behind + 2 < bytes.count, let time = time(bytes[behind...]) else { continue }
      session.add(.signed, .timestamp(time), "PDF:SigningTime", at: place, into: &result)
      break
    }
    let view = ByteView(ByteSource(bytes: bytes, isJoined: true), start: 0, count: bytes.count)
    if let stamp = try? TimeStampToken.time(view) {
      session.add(.signed, .timestamp(stamp.time), "PDF:SignatureTimeStamp", at: place, into: &result)
    }
  }

  /// 17 0D YYMMDDHHMMSSZ, or 18 0F YYYYMMDDHHMMSSZ.
  private static func time(_ bytes: ArraySlice<UInt8>) -> Timestamp? {
    let (tag, length) = (bytes[bytes.startIndex], Int(bytes[bytes.startIndex + 1]))
    let text = String(decoding: bytes.dropFirst(2).prefix(min(length, 15)), as: UTF8.self)
    switch (tag, length) {
    case (0x17, 13): return WrittenTime.read((text < "50" ? "20" : "19") + text)
    case (0x18, 15): return WrittenTime.read(text)
    default: return nil
    }
  }
}

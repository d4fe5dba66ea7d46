internal import UntrailBytes
internal import UntrailModel

/// Who signed, as the certificate says, and when, as a time stamp says. Nothing is verified.
///
///     list: bytes (CBOR: map), map, content, signature
///     either map, key 33 or "x5chain": the certificate, or a list that begins with it
///     second map, "sigTst" or "sigTst2": {"tstTokens": [{"val": bytes}]}
///
/// Source: C2PA Technical Specification 2.1, section 13.2; RFC 9052, section 4.2; RFC 9360, section 2.
struct ManifestSignature {
  let value: DataValue
  let block: ByteView
  let limits: Limits

  /// What is signed, where it stands inside the signature.
  var content: ByteView? {
    value.items.count > 2 ? value.items[2].bytes(in: block) : nil
  }

  func observe(_ store: inout ManifestStore, into result: inout ReadResult) {
    let items = value.items
    guard items.count >= 2 else { return }
    var maps = [(items[1], block)]
    if let inner = items[0].bytes(in: block), inner.count > 0,
      let map = CBORReader.value(of: inner, into: &result, limits)
    {
      maps.insert((map, inner), at: 0)
    }
    for (map, block) in maps {
      guard let chain = map["33"] ?? map["x5chain"], let leaf = chain.items.first?.bytes(in: block) else {
        continue
      }
      do throws(ParseError) {
        tell(try SignerCertificate(leaf, limits), &store, into: &result)
      } catch {
        result.damage(error)
      }
      break
    }
    for key in ["sigTst", "sigTst2"] {
      for token in items[1][key]?["tstTokens"]?.items ?? [] {
        guard let bytes = token["val"]?.bytes(in: block) else { continue }
        do throws(ParseError) {
          guard let stamp = try TimeStampToken.time(bytes) else { continue }
          store.tell(.signed, .timestamp(stamp.time), "C2PA:SignatureTime", at: stamp.place, into: &result)
        } catch {
          result.damage(error)
        }
      }
    }
  }

  private func tell(
    _ certificate: SignerCertificate, _ store: inout ManifestStore, into result: inout ReadResult
  ) {
    let subject = certificate.subject
    if let name = subject.commonName {
      store.tell(.signer, .person(name.text), "C2PA:SignerName", at: name.place, into: &result)
    }
    if let name = subject.organisation {
      store.tell(.signer, .person(name.text), "C2PA:SignerOrganization", at: name.place, into: &result)
    }
    if let email = subject.email {
      store.tell(.email, .contact(email.text), "C2PA:SignerEmail", at: email.place, into: &result)
    }
    if let serial = subject.serialNumber {
      store.tell(
        .internalSerial, .serial(serial.text), "C2PA:SignerSerialNumber", at: serial.place, into: &result)
    }
    if !subject.address.isEmpty {
      store.tell(
        .address, .contact(subject.address.joined(separator: ", ")), "C2PA:SignerAddress",
        at: subject.addressPlace,
        into: &result)
    }
    // Shorter ones, which small issuers count, say nothing without the issuer.
    if let number = certificate.number, number.text.utf8.count >= 16 {
      store.tell(.provenance, .link(number.text), "C2PA:CertificateNumber", at: number.place, into: &result)
    }
    if let issuer = certificate.issuer.commonName ?? certificate.issuer.organisation {
      store.tell(.provenance, .text(issuer.text), "C2PA:CertificateIssuer", at: issuer.place, into: &result)
    }
  }
}

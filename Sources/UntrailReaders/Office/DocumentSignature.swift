internal import UntrailBytes
internal import UntrailModel

/// Signatures of documents: who signed, when, on what computer. Nothing is verified.
///
///     <X509Certificate>BASE64</X509Certificate>
///     <SignatureTime><Format/><Value>TIME</Value></SignatureTime>         Office Open XML
///     <SignatureInfoV1><SetupID/> <SignatureComments/> <ApplicationVersion/> ...
///     <SignatureProperty><dc:date>TIME</dc:date></SignatureProperty>      OpenDocument
///
/// Source: W3C, XML Signature Syntax and Processing 1.1; ECMA-376 part 2, section 13; Microsoft, MS-OFFCRYPTO, section
/// 2.5.
enum DocumentSignature {
  private static let wanted: PartElements.Wanted = [
    "X509Certificate": [], "Value": [], "SigningTime": [], "date": [], "SignatureComments": [],
    "ApplicationVersion": [], "WindowsVersion": [], "ClaimedRole": [], "City": [], "SetupID": [],
  ]

  static func read(_ entry: ZIPEntry, of document: inout OfficeArchive, into result: inout ReadResult) {
    for element in document.elements(entry, wanted, into: &result) {
      let text = element.text
      switch element.name {
      case "X509Certificate": addSigner(text, &document, into: &result)
      case "Value" where element.parent == "SignatureTime", "SigningTime", "date":
        document.facts.add(.time(.signed), text, "SignatureTime", into: &result)
      case "SignatureComments":
        document.facts.add(.text(.comment), text, "SignatureComments", into: &result)
      case "ApplicationVersion", "WindowsVersion":
        document.facts.add(.software, text, element.name, into: &result)
      case "ClaimedRole": document.facts.add(.text(.jobTitle), text, "ClaimedRole", into: &result)
      case "City" where !text.isEmpty:
        document.facts.add(.city, .place(text), "SignatureCity", into: &result)
      case "SetupID": document.facts.add(.link(.documentID), text, "SignatureSetupID", into: &result)
      default: break
      }
    }
  }

  private static func addSigner(
    _ text: String, _ document: inout OfficeArchive, into result: inout ReadResult
  ) {
    let bytes = Base64.decode(text.utf8)
    let view = ByteView(ByteSource(bytes: bytes, isJoined: true), start: 0, count: bytes.count)
    guard let subject = try? SignerCertificate(view, document.tools.limits).subject else { return }
    document.facts.add(.person(.signer), subject.commonName?.text, "SignerName", into: &result)
    document.facts.add(.person(.signer), subject.organisation?.text, "SignerOrganization", into: &result)
    if let mail = subject.email?.text {
      document.facts.add(.email, .contact(mail), "SignerEmail", into: &result)
    }
  }
}

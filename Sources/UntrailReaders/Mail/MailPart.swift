internal import UntrailModel

/// What the head of a part of a message says of it.
///
/// Source: RFC 2045, RFC 2046, RFC 2183.
struct MailPart {
  enum Kind {
    /// Parts between lines with this boundary.
    case multipart(boundary: [UInt8])
    /// Text that the reader of the message sees.
    case text
    case page
    /// A message of its own.
    case message
    /// Signed or locked as RFC 8551 has it.
    case secured
    /// What a program that is not mail made of it.
    case locked
    case file
  }

  let kind: Kind
  let type: MailContent
  let encoding: MailBody.Encoding
  /// The name that the sender gave; nil where there is none.
  let name: String?
  let disposition: MailContent

  /// - Parameter isDigest: whether it is one of a collection of messages.
  init(_ header: MailHeader, isDigest: Bool, _ limits: Limits) {
    type = MailContent(header["content-type"])
    disposition = MailContent(header["content-disposition"])
    let transfer = MailContent(header["content-transfer-encoding"])
    encoding = MailBody.Encoding(transfer.value)
    name =
      disposition.text("filename", limits) ?? type.text("name", limits)
      ?? header["content-name"].flatMap { MailText.unstructured($0, limits) }
    kind = Self.kind(type, isDigest: isDigest, isFile: disposition.value == "attachment" || name != nil)
  }

  private static func kind(_ type: MailContent, isDigest: Bool, isFile: Bool) -> Kind {
    let value = type.value.isEmpty && isDigest ? "message/rfc822" : type.value
    switch value {
    case _ where value.hasPrefix("multipart/"):
      guard let boundary = type.raw("boundary"), !boundary.isEmpty else { return .text }
      return .multipart(boundary: boundary)
    case "message/rfc822", "message/global", "message/news", "text/rfc822-headers", "message/rfc822-headers":
      return .message
    case "application/pkcs7-mime", "application/x-pkcs7-mime", "application/pkcs7-signature",
      "application/x-pkcs7-signature":
      return .secured
    case "application/pgp-encrypted": return .locked
    case "text/html", "application/xhtml+xml": return isFile ? .file : .page
    case "", "text", "text/plain", "text/enriched", "text/richtext", "message/delivery-status",
      "message/disposition-notification", "application/pgp-signature":
      return isFile && value != "application/pgp-signature" ? .file : .text
    default: return .file
    }
  }

  /// Whether the parts of a multipart are messages.
  var isDigest: Bool { type.value == "multipart/digest" }
}

internal import UntrailModel

/// Exports of WhatsApp's chats, whose names say with whom, in the telephone's language.
///
///     WhatsApp Chat with Mara Example.txt, WhatsApp Chat - Mara Example.zip
///
/// Source: WhatsApp's own texts in the languages named here.
enum NameChat {
  /// Adds the other party; false where the name is no export of a chat.
  static func observe(_ name: NameBytes, into observations: inout [Observation]) -> Bool {
    guard name.ends(".txt") || name.ends(".zip"), name.first("WhatsApp") != nil else { return false }
    for (before, behind) in forms where name.has(before, at: 0) {
      let end = name.ending - behind.utf8CodeUnitCount
      guard name.has(behind, at: end), let party = name.text(from: before.utf8CodeUnitCount, to: end) else {
        continue
      }
      NameCall.add(party, into: &observations)
      observations.append(
        Observation(.application, .software("WhatsApp"), field: "FileName:App", offset: nil))
      return true
    }
    return false
  }

  private static let forms: [(before: StaticString, behind: StaticString)] = [
    ("WhatsApp Chat with ", ""), ("WhatsApp Chat - ", ""), ("WhatsApp Chat mit ", ""),
    ("WhatsApp-Chat mit ", ""), ("Discussion WhatsApp avec ", ""), ("Chat de WhatsApp con ", ""),
    ("Conversa do WhatsApp com ", ""), ("Chat WhatsApp con ", ""), ("WhatsApp-chat met ", ""),
    ("Чат WhatsApp с контактом ", ""), ("Чат WhatsApp с ", ""), ("Чат WhatsApp з контактом ", ""),
    ("Czat WhatsApp z ", ""), ("Rozmowa WhatsApp z ", ""), ("WhatsApp ile sohbet - ", ""),
    ("Chat WhatsApp dengan ", ""), ("Chat WhatsApp với ", ""), ("Conversație WhatsApp cu ", ""),
    ("WhatsApp-chatt med ", ""), ("WhatsApp-chat med ", ""), ("WhatsApp-keskustelu henkilön ", ""),
    ("مراسلات WhatsApp مع ", ""), ("گفتگوی WhatsApp با ", ""), ("与", "的 WhatsApp 聊天"), ("与", "的WhatsApp聊天"),
    ("與 ", " 的 WhatsApp 對話"), ("WhatsApp 聊天 - ", ""), ("WhatsApp 對話 - ", ""), ("", "とのWhatsAppトーク"),
    ("", "님과의 WhatsApp 대화"),
  ]
}

internal import CXML
internal import UntrailModel

/// Decodes the texts of messages.
enum MailText {
  /// Sets that need tables of the system's, which it loads when first asked for: sets of several bytes a character,
  /// and those of one byte that `CharacterSets` does not have.
  private static let systemSets = [
    "ISO-2022-JP", "CP932", "EUC-JP", "EUC-KR", "UHC", "GB18030", "BIG5", "ISO-8859-3", "ISO-8859-4",
    "ISO-8859-6", "ISO-8859-8", "ISO-8859-9", "ISO-8859-13", "ISO-8859-15", "WINDOWS-1254", "WINDOWS-1255",
    "WINDOWS-1256", "WINDOWS-1257", "WINDOWS-1258", "TIS-620", "UTF-7", "UTF-16",
  ]

  /// What is called Shift_JIS is the set of Windows, with its own characters for names.
  private static let otherNames = [
    "shift_jis": "CP932", "shift-jis": "CP932", "sjis": "CP932", "x-sjis": "CP932", "windows-31j": "CP932",
    "iso-2022-jp-2": "ISO-2022-JP", "ks_c_5601-1987": "UHC", "cp949": "UHC",
    "ks_c_5601": "UHC", "gb2312": "GB18030", "gbk": "GB18030", "gb_2312-80": "GB18030", "cp936": "GB18030",
    "hz-gb-2312": "GB18030", "big5-hkscs": "BIG5", "x-euc-jp": "EUC-JP", "latin5": "ISO-8859-9",
    "iso-8859-8-i": "ISO-8859-8", "windows-874": "TIS-620", "utf-7": "UTF-7", "unicode-1-1-utf-7": "UTF-7",
  ]

  /// Makes the system load its tables, while it still can. They stay: nothing is closed.
  static func warmUp() {
    for name in systemSets { _ = xmlFindCharEncodingHandler(name) }
  }

  /// The text of bytes in a character set; nil where nothing is left.
  static func decode(_ bytes: [UInt8], in set: String?, _ limits: Limits) -> String? {
    guard let set = set?.lowercased(), let known = systemName(set) else {
      return CharacterSets.decode(bytes, named: set, limits)
    }
    // Escapes make other sets of text that is ASCII.
    let isShifted = known == "ISO-2022-JP" || known == "UTF-7" || known == "UTF-16"
    if !isShifted, String(validating: bytes, as: UTF8.self) != nil {
      return BoundedText.decode(bytes, limits)
    }
    return BoundedText.decode(converted(Array(bytes.prefix(4 * limits.text)), known) ?? bytes, limits)
  }

  private static func systemName(_ set: String) -> String? {
    otherNames[set] ?? systemSets.first { $0.lowercased() == set }
  }

  /// The bytes in UTF-8; nil where the system does not know the set or nothing of it is in it.
  private static func converted(_ bytes: [UInt8], _ set: String) -> [UInt8]? {
    guard let handler = xmlFindCharEncodingHandler(set) else { return nil }
    defer { xmlCharEncCloseFunc(handler) }
    guard let input = xmlBufferCreateSize(bytes.count + 1),
      let output = xmlBufferCreateSize(4 * bytes.count + 16)
    else { return nil }
    defer {
      xmlBufferFree(input)
      xmlBufferFree(output)
    }
    guard xmlBufferAdd(input, bytes, Int32(clamping: bytes.count)) == 0 else { return nil }
    // A byte that is none of the set ends it: what stands before it is kept.
    _ = xmlCharEncInFunc(handler, output, input)
    guard let content = xmlBufferContent(output), xmlBufferLength(output) > 0 else { return nil }
    return Array(UnsafeBufferPointer(start: content, count: Int(xmlBufferLength(output))))
  }

  // MARK: Encoded words

  /// The text of a field, with its encoded words decoded: =?set?B?bytes?= and =?set?Q?bytes?=.
  ///
  /// Source: RFC 2047, sections 2 and 6.2; RFC 2231, section 5 (a language behind the set).
  static func unstructured(_ value: some Collection<UInt8>, _ limits: Limits) -> String? {
    let value = Array(value)
    guard value.contains(mark) else { return BoundedText.decode(value, limits) }
    var text = ""
    var plain: [UInt8] = []
    // Bytes of one character may be split among words of the same set.
    var pending: (set: String, bytes: [UInt8])?
    func flushWords() {
      if let words = pending { text += decode(words.bytes, in: words.set, limits) ?? "" }
      pending = nil
    }
    func flushPlain() {
      // Blanks between two words are none of the text.
      if pending == nil || !plain.allSatisfy({ $0 == 0x20 || $0 == 0x09 }) {
        flushWords()
        text += String(validating: plain, as: UTF8.self) ?? spaced(plain, limits)
      }
      plain = []
    }
    var index = 0
    // Behind the last end of a word none is looked for: each would be looked for through all that follows.
    let lastEnd =
      value.indices.dropFirst().last { value[$0 - 1] == mark && value[$0] == UInt8(ascii: "=") } ?? 0
    while index < value.count {
      guard value[index] == UInt8(ascii: "="), index < lastEnd, let word = word(value[index...]) else {
        plain.append(value[index])
        index += 1
        continue
      }
      let isJoined = plain.allSatisfy { $0 == 0x20 || $0 == 0x09 } && pending?.set == word.set
      if isJoined {
        plain = []
        pending?.bytes += word.bytes
      } else {
        if plain.allSatisfy({ $0 == 0x20 || $0 == 0x09 }), pending != nil { plain = [] }
        if !plain.isEmpty { flushPlain() }
        flushWords()
        pending = (word.set, word.bytes)
      }
      index = word.end
    }
    if !plain.isEmpty { flushPlain() }
    flushWords()
    return BoundedText.decode(Array(text.utf8), limits)
  }

  private static let mark = UInt8(ascii: "?")

  /// Bytes that are not UTF-8, with the blanks around them.
  private static func spaced(_ bytes: [UInt8], _ limits: Limits) -> String {
    let core = BoundedText.decode(bytes, limits) ?? ""
    return (bytes.first == 0x20 ? " " : "") + core + (bytes.last == 0x20 ? " " : "")
  }

  private static func word(_ text: ArraySlice<UInt8>) -> (set: String, bytes: [UInt8], end: Int)? {
    let start = text.startIndex
    guard text.count >= 8, text[start + 1] == mark,
      let setEnd = text[(start + 2)...].prefix(64).firstIndex(of: mark), setEnd + 2 < text.endIndex,
      text[setEnd + 2] == mark
    else { return nil }
    let encoding = text[setEnd + 1] | 0x20
    guard encoding == UInt8(ascii: "b") || encoding == UInt8(ascii: "q") else { return nil }
    let body = text[(setEnd + 3)...]
    var end = body.startIndex
    while end + 1 < body.endIndex, !(body[end] == mark && body[end + 1] == UInt8(ascii: "=")) { end += 1 }
    guard end + 1 < body.endIndex else { return nil }
    let set = String(decoding: text[(start + 2)..<setEnd], as: UTF8.self)
    let content = body[..<end]
    let bytes =
      encoding == UInt8(ascii: "b")
      ? Base64.decode(content)
      : QuotedPrintable.decode(content.map { $0 == UInt8(ascii: "_") ? 0x20 : $0 }[...])
    return (String(set.prefix { $0 != "*" }).lowercased(), bytes, end + 2)
  }
}

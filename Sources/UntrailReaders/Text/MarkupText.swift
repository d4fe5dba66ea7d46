internal import UntrailModel

/// Text of web pages: characters may be written by name or number.
///
/// Source: WHATWG, HTML Living Standard, section 13.5 (named character references): those of HTML 2 and the signs.
enum MarkupText {
  /// The text of bytes; nil where nothing is left of it.
  ///
  /// - Parameter set: the character set that the page names.
  static func decode(_ bytes: some Sequence<UInt8>, in set: String?, _ limits: Limits) -> String? {
    guard let text = CharacterSets.decode(Array(bytes), named: set, limits) else { return nil }
    return ExifText.ascii(Array(unescaped(text).utf8))
  }

  /// With runs of white space as one blank.
  static func collapsed(_ text: String) -> String {
    text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
  }

  /// The text with the characters that names and numbers stand for.
  static func unescaped(_ text: String) -> String {
    guard text.utf8.contains(UInt8(ascii: "&")) else { return text }
    var plain = String.UnicodeScalarView()
    var rest = text.unicodeScalars[...]
    while let scalar = rest.popFirst() {
      guard scalar == "&" else {
        plain.append(scalar)
        continue
      }
      let name = rest.prefix(10).prefix {
        $0 == "#" || $0.isASCII && $0.properties.isAlphabetic || ("0"..."9").contains($0)
      }
      guard let character = character(String(name)) else {
        plain.append(scalar)
        continue
      }
      plain.append(character)
      rest = rest[name.endIndex...]
      if rest.first == ";" { rest.removeFirst() }
    }
    return String(plain)
  }

  private static func character(_ name: String) -> Unicode.Scalar? {
    guard name.hasPrefix("#") else { return names[name] }
    let number = name.dropFirst()
    let value = number.lowercased().hasPrefix("x") ? UInt32(number.dropFirst(), radix: 16) : UInt32(number)
    return value.flatMap { $0 > 0 ? Unicode.Scalar($0) : nil }
  }

  private static let names: [String: Unicode.Scalar] = {
    var table: [String: Unicode.Scalar] = [
      "amp": "&", "lt": "<", "gt": ">", "quot": "\"", "apos": "'", "ndash": "–", "mdash": "—", "hellip": "…",
      "lsquo": "‘", "rsquo": "’", "ldquo": "“", "rdquo": "”", "bdquo": "„", "sbquo": "‚", "bull": "•",
      "euro": "€",
      "trade": "™", "rarr": "→", "larr": "←", "zwnj": "\u{200C}", "shy": "\u{AD}", "ensp": " ", "emsp": " ",
      "thinsp": " ", "AMP": "&", "LT": "<", "GT": ">", "QUOT": "\"", "Scaron": "Š", "scaron": "š",
      "OElig": "Œ",
      "oelig": "œ", "Yuml": "Ÿ",
    ]
    let latin =
      "nbsp iexcl cent pound curren yen brvbar sect uml copy ordf laquo not _ reg macr deg plusmn sup2 sup3 acute "
      + "micro para middot cedil sup1 ordm raquo frac14 frac12 frac34 iquest Agrave Aacute Acirc Atilde Auml Aring "
      + "AElig Ccedil Egrave Eacute Ecirc Euml Igrave Iacute Icirc Iuml ETH Ntilde Ograve Oacute Ocirc Otilde Ouml "
      + "times Oslash Ugrave Uacute Ucirc Uuml Yacute THORN szlig agrave aacute acirc atilde auml aring aelig ccedil "
      + "egrave eacute ecirc euml igrave iacute icirc iuml eth ntilde ograve oacute ocirc otilde ouml divide oslash "
      + "ugrave uacute ucirc uuml yacute thorn yuml"
    for (place, name) in latin.split(separator: " ").enumerated() {
      table[String(name)] = Unicode.Scalar(UInt8(0xA0 + place))
    }
    table["nbsp"] = " "
    return table
  }()
}

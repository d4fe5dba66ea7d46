internal import UntrailModel

/// Decodes texts whose character set is named beside them.
enum CharacterSets {
  /// The text: in the named set where it is one of those below, else UTF-8 where it is valid, else Windows-1252; nil
  /// where nothing is left of it.
  static func decode(_ bytes: [UInt8], named name: String?, _ limits: Limits) -> String? {
    guard let name, let upper = upperHalf(of: name), String(validating: bytes, as: UTF8.self) == nil else {
      return BoundedText.decode(bytes, limits)
    }
    var scalars = String.UnicodeScalarView()
    for byte in bytes.prefix(limits.text + 1) {
      scalars.append(byte < 0x80 ? Unicode.Scalar(byte) : upper[Int(byte) - 0x80])
    }
    return BoundedText.decode(Array(String(scalars).utf8), limits)
  }

  private static func upperHalf(of name: String) -> [Unicode.Scalar]? {
    switch name.lowercased() {
    case "windows-1251", "cp1251", "win-1251": windows1251
    case "koi8-r", "koi8-u": koi8
    case "windows-1250", "cp1250": windows1250
    case "iso-8859-2", "latin2": latin2
    case "iso-8859-5": cyrillic
    case "iso-8859-7", "windows-1253": greek
    case "macintosh": macintosh
    default: nil
    }
  }

  private static func table(_ text: String) -> [Unicode.Scalar] {
    let scalars = Array(text.unicodeScalars)
    return (0..<128).map { $0 < scalars.count ? scalars[$0] : "\u{FFFD}" }
  }

  /// Source: the Unicode Consortium's mapping tables CP1251, KOI8-R, CP1250, 8859-2, 8859-5, 8859-7, ROMAN; box drawing is
  /// left out.
  private static let windows1251 = table(
    "ЂЃ‚ѓ„…†‡€‰Љ‹ЊЌЋЏђ‘’“”•–—\u{FFFD}™љ›њќћџ\u{A0}ЎўЈ¤Ґ¦§Ё©Є«¬\u{AD}®Ї°±Ііґµ¶·ё№є»јЅѕї"
      + "АБВГДЕЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯабвгдежзийклмнопрстуфхцчшщъыьэюя")

  private static let koi8 = table(
    String(repeating: "\u{FFFD}", count: 35) + "ёє\u{FFFD}ії" + String(repeating: "\u{FFFD}", count: 11)
      + "ЁЄ\u{FFFD}ІЇ" + String(repeating: "\u{FFFD}", count: 8)
      + "юабцдефгхийклмнопярстужвьызшэщчъЮАБЦДЕФГХИЙКЛМНОПЯРСТУЖВЬЫЗШЭЩЧЪ")

  private static let windows1250 = table(
    "€\u{FFFD}‚\u{FFFD}„…†‡\u{FFFD}‰Š‹ŚŤŽŹ\u{FFFD}‘’“”•–—\u{FFFD}™š›śťžź\u{A0}ˇ˘Ł¤Ą¦§¨©Ş«¬\u{AD}®Ż°±˛ł´µ¶·¸ąş»Ľ˝ľż"
      + "ŔÁÂĂÄĹĆÇČÉĘËĚÍÎĎĐŃŇÓÔŐÖ×ŘŮÚŰÜÝŢßŕáâăäĺćçčéęëěíîďđńňóôőö÷řůúűüýţ˙")

  private static let latin2 = table(
    String(repeating: "\u{FFFD}", count: 32) + "\u{A0}Ą˘Ł¤ĽŚ§¨ŠŞŤŹ\u{AD}ŽŻ°ą˛ł´ľśˇ¸šşťź˝žż"
      + "ŔÁÂĂÄĹĆÇČÉĘËĚÍÎĎĐŃŇÓÔŐÖ×ŘŮÚŰÜÝŢßŕáâăäĺćçčéęëěíîďđńňóôőö÷řůúűüýţ˙")

  private static let cyrillic = table(
    String(repeating: "\u{FFFD}", count: 32) + "\u{A0}ЁЂЃЄЅІЇЈЉЊЋЌ\u{AD}ЎЏ"
      + "АБВГДЕЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯабвгдежзийклмнопрстуфхцчшщъыьэюя№ёђѓєѕіїјљњћќ§ўџ")

  private static let greek = table(
    String(repeating: "\u{FFFD}", count: 32) + "\u{A0}‘’£€₯¦§¨©ͺ«¬\u{AD}\u{FFFD}―°±²³΄΅Ά·ΈΉΊ»Ό½ΎΏ"
      + "ΐΑΒΓΔΕΖΗΘΙΚΛΜΝΞΟΠΡ\u{FFFD}ΣΤΥΦΧΨΩΪΫάέήίΰαβγδεζηθικλμνξοπρςστυφχψωϊϋόύώ")

  private static let macintosh = table(
    "ÄÅÇÉÑÖÜáàâäãåçéèêëíìîïñóòôöõúùûü†°¢£§•¶ß®©™´¨≠ÆØ∞±≤≥¥µ∂∑∏π∫ªºΩæø"
      + "¿¡¬√ƒ≈∆«»…\u{A0}ÀÃÕŒœ–—“”‘’÷◊ÿŸ⁄€‹›ﬁﬂ‡·‚„‰ÂÊÁËÈÍÎÏÌÓÔ\u{FFFD}ÒÚÛÙıˆ˜¯˘˙˚¸˝˛ˇ")
}

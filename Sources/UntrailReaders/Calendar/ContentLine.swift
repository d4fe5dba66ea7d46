internal import UntrailModel

/// One property of a calendar or of a contact: what stands in one line after folded lines are joined.
///
///     [group "."] NAME *(";" PARAMETER ["=" value *("," value)]) ":" value
///
/// A parameter's value in quotation marks may hold every other character. In versions 1.0 of calendars and 2.1 of
/// contacts a parameter may be a value alone: TEL;HOME;VOICE:1234.
///
/// Source: RFC 5545, section 3.1; RFC 6350, section 3.3; RFC 6868; versit Consortium, vCard 2.1 (1996), section 2.1.
struct ContentLine {
  struct Parameter {
    /// In capitals; empty for a value alone.
    var name: String
    var values: [String]
  }

  /// What binds properties to each other, in capitals; empty where there is none.
  var group = ""
  /// In capitals; empty where the line is no property.
  var name = ""
  var parameters: [Parameter] = []
  /// As it stands, still in its encoding.
  var value: ArraySlice<UInt8>
  /// Bytes from the start of the file to the line.
  var offset: Int
  /// Bytes from the start of the file to the value.
  var valueOffset: Int
  /// Whether nothing stands behind it, so that it may be cut.
  var isLast: Bool
  /// Whether there is more than what is kept of it.
  var isCut: Bool

  /// The most parameters of one property.
  private static let mostParameters = 64

  /// - Parameter hasWideCharacters: whether a character of the file has more than one byte, so that bytes in the
  ///   line are no bytes in the file.
  init(_ bytes: [UInt8], at offset: Int, isLast: Bool, isCut: Bool, hasWideCharacters: Bool) {
    self.offset = offset
    self.isLast = isLast
    self.isCut = isCut
    value = []
    valueOffset = offset
    guard var index = Self.nameEnd(bytes) else { return }
    let words = Self.word(bytes[..<index]).split(separator: ".")
    name = words.last.map(String.init) ?? ""
    group = words.count > 1 ? words[0].description : ""
    while bytes[index] == UInt8(ascii: ";") {
      guard let end = readParameter(bytes, index + 1) else {
        name = ""
        return
      }
      index = end
    }
    value = bytes[(index + 1)...]
    if !hasWideCharacters { valueOffset += index + 1 }
  }

  /// Where the name ends: at a colon or a semicolon. Nil where the bytes do not start as a property.
  static func nameEnd(_ bytes: some RandomAccessCollection<UInt8>) -> Int? {
    let head = bytes.prefix(100)
    guard let end = head.firstIndex(where: { $0 == UInt8(ascii: ":") || $0 == UInt8(ascii: ";") }),
      end > head.startIndex
    else { return nil }
    let isName = head[..<end].allSatisfy {
      switch $0 {
      case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D, 0x2E, 0x5F: true
      default: false
      }
    }
    return isName ? head.distance(from: head.startIndex, to: end) : nil
  }

  private static func word(_ bytes: ArraySlice<UInt8>) -> String {
    String(decoding: bytes, as: UTF8.self).uppercased()
  }

  /// Reads the parameter that starts at `start`.
  ///
  /// - Returns: where the semicolon or the colon behind it stands; nil where there is none.
  private mutating func readParameter(_ bytes: [UInt8], _ start: Int) -> Int? {
    var name = ""
    var values: [String] = []
    var current: [UInt8] = []
    var index = start
    var isQuoted = false
    while index < bytes.count {
      let byte = bytes[index]
      switch byte {
      case UInt8(ascii: "\""):
        // A quotation mark that has no second one is a character like others.
        isQuoted = !isQuoted && bytes[(index + 1)...].contains(byte)
      case _ where isQuoted: current.append(byte)
      case UInt8(ascii: "\\") where index + 1 < bytes.count && ",;:\\".utf8.contains(bytes[index + 1]):
        current.append(bytes[index + 1])
        index += 1
      case UInt8(ascii: "=") where name.isEmpty && values.isEmpty:
        name = Self.word(current[...])
        current = []
      case UInt8(ascii: ","):
        values.append(Self.parameterText(current))
        current = []
      case UInt8(ascii: ";"), UInt8(ascii: ":"):
        values.append(Self.parameterText(current))
        if parameters.count < Self.mostParameters { parameters.append(Parameter(name: name, values: values)) }
        return index
      default: current.append(byte)
      }
      index += 1
    }
    return nil
  }

  /// Source: RFC 6868, section 3; in quotation marks line ends are often written as in values.
  private static func parameterText(_ bytes: [UInt8]) -> String {
    let text = ExifText.ascii(bytes) ?? ""
    guard text.utf8.contains(where: { $0 == UInt8(ascii: "^") || $0 == UInt8(ascii: "\\") }) else {
      return text
    }
    var plain = ""
    var marker: Character?
    for character in text {
      switch (marker, character) {
      case ("^", "n"), ("\\", "n"), ("\\", "N"): plain.append("\n")
      case ("^", "'"): plain.append("\"")
      case ("^", "^"), ("\\", ","), ("\\", ";"), ("\\", "\\"): plain.append(character)
      case (.some(let sign), _):
        plain.append(sign)
        plain.append(character)
      case (nil, "^"), (nil, "\\"):
        marker = character
        continue
      default: plain.append(character)
      }
      marker = nil
    }
    if let marker { plain.append(marker) }
    return plain
  }
}

// MARK: What it says

extension ContentLine {
  /// The values of all parameters of a name; those that stand alone belong to TYPE and to ENCODING.
  func parameters(_ name: String) -> [String] {
    parameters.filter { $0.name == name || $0.name.isEmpty && (name == "TYPE" || name == "ENCODING") }
      .flatMap(\.values)
  }

  /// The first value of a parameter; nil where there is none or it is empty.
  func parameter(_ name: String) -> String? {
    parameters.first { $0.name == name }?.values.first { !$0.isEmpty }
  }

  private func isEncoded(_ names: [String]) -> Bool {
    !parameters.isEmpty && parameters("ENCODING").contains { names.contains($0.uppercased()) }
  }

  var isBase64: Bool { isEncoded(["BASE64", "B"]) }

  /// The value without its encoding, in the characters of the file.
  private var plainBytes: [UInt8] {
    isEncoded(["QUOTED-PRINTABLE", "Q"]) ? QuotedPrintable.decode(value) : Array(value)
  }

  /// The value as it stands, without its encoding; nil where it is empty.
  func rawText(_ limits: Limits) -> String? {
    CharacterSets.decode(plainBytes, named: parameter("CHARSET"), limits)
  }

  /// The value as text; nil where it is empty.
  func text(_ limits: Limits) -> String? { rawText(limits).flatMap { Self.unescaped($0) } }

  /// The parts of the value between semicolons, each as text; empty where they are empty.
  func parts(_ limits: Limits) -> [String] {
    Self.split(rawText(limits) ?? "", at: ";").map { Self.unescaped($0) ?? "" }
  }

  /// Splits a text at a sign that no backslash stands before.
  static func split(_ text: String, at separator: Unicode.Scalar) -> [String] {
    var parts: [String] = []
    var current = String.UnicodeScalarView()
    var isEscaped = false
    for scalar in text.unicodeScalars {
      if scalar == separator, !isEscaped {
        parts.append(String(current))
        current.removeAll()
        continue
      }
      isEscaped = scalar == "\\" && !isEscaped
      current.append(scalar)
    }
    return parts + [String(current)]
  }

  /// Source: RFC 5545, section 3.3.11.
  static func unescaped(_ text: String) -> String? {
    var plain = String.UnicodeScalarView()
    if text.utf8.contains(UInt8(ascii: "\\")) {
      var isEscaped = false
      for scalar in text.unicodeScalars {
        if isEscaped {
          switch scalar {
          case "n", "N": plain.append("\n")
          case "\\", ",", ";", ":", "\"": plain.append(scalar)
          default:
            plain.append("\\")
            plain.append(scalar)
          }
          isEscaped = false
        } else if scalar == "\\" {
          isEscaped = true
        } else {
          plain.append(scalar)
        }
      }
      if isEscaped { plain.append("\\") }
    } else {
      plain = text.unicodeScalars
    }
    return ExifText.ascii(Array(String(plain).utf8))
  }
}

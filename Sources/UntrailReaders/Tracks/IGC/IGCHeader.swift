internal import UntrailModel

/// One header record of an IGC file: its code and its value.
///
///     HFDTE020318 | HFDTEDATE:020318,01          date of the first fix
///     HFPLTPILOTINCHARGE:name   HFCM2CREW2:name  HFOOIOBSERVER:name
///     HFGTYGLIDERTYPE:type      HFGIDGLIDERID:registration   HFCIDCOMPETITIONID:number
///     HFFTYFRTYPE:maker,model   HFRFWFIRMWAREVERSION:text    HFRHWHARDWAREVERSION:text
///     HFTZNTIMEZONE:hours       HFSITSITE:place              HFCLBCLUB:name
///
/// Source: FAI, Technical Specification for GNSS Flight Recorders, appendix A, section 3.2.4.
struct IGCHeader {
  /// Three letters.
  let code: String
  /// The field's name, as `IGC:HFPLT`.
  let field: String
  /// Bytes from the start of the record to the value.
  let index: Int
  private let value: String?
  private let bytes: ArraySlice<UInt8>

  /// Nil where the bytes are no header.
  init?(_ bytes: [UInt8]) {
    func isLetter(_ byte: UInt8) -> Bool { byte >= 0x41 && byte <= 0x5A || byte >= 0x30 && byte <= 0x39 }
    guard bytes.count > 5, bytes[..<5].allSatisfy(isLetter) else { return nil }
    let head = String(decoding: bytes[..<5], as: UTF8.self)
    code = String(head.suffix(3))
    field = "IGC:" + head
    index = (bytes.firstIndex(of: UInt8(ascii: ":")) ?? 4) + 1
    self.bytes = bytes[5...]
    value = Self.value(bytes[index...])
  }

  /// Days since 1970 of the six digits of a date, wherever they stand behind the code.
  var day: Int64? {
    guard let start = bytes.firstIndex(where: { $0 >= 0x30 && $0 <= 0x39 }),
      let date = WrittenNumber.whole(bytes[start...].prefix(6)), bytes.endIndex - start >= 6
    else { return nil }
    return TwoDigitYear.day(date % 100, month: date / 100 % 100, day: date / 10_000)
  }

  /// The text of a value; nil for what people and programs write who have none.
  static func value(_ bytes: ArraySlice<UInt8>) -> String? {
    guard let text = ExifText.ascii(bytes), BoundedText.isPrintable(text) else { return nil }
    let word = text.lowercased()
    return placeholders.contains(word) || text.allSatisfy { "0-.?".contains($0) } ? nil : text
  }

  private static let placeholders: Set<String> = [
    "unknown", "not set", "not recorded", "none", "nil", "nkn", "n/a", "na", "null", "undefined", "pilot",
    "glider", "glider type", "glider id", "xxx", "no pilot", "unbekannt", "inconnu", "not defined",
  ]

  /// What the header says.
  var facts: [(role: Role, fact: Observation.Fact)] {
    guard let value else { return [] }
    switch code {
    case "PLT", "CM2": return [(.pilot, .person(value))]
    case "OOI": return [(.participant, .person(value))]
    case "GTY": return [(.vehicle, .device(Device(model: value)))]
    case "GID", "CID": return [(.vehicle, .serial(value))]
    case "FTY":
      let parts = value.split(separator: ",", maxSplits: 1).map { Self.trimmed($0) }
      if parts.count < 2 { return [(.recorder, .device(Device(model: value)))] }
      return [(.recorder, .device(Device(make: parts[0], model: parts[1])))]
    case "FSN", "FRS", "SER": return [(.body, .serial(value))]
    case "RFW", "RHW": return [(.firmware, .software(value))]
    case "SIT", "LOC": return [(.landmark, .place(value))]
    case "CLB": return [(.label, .text(value))]
    case "TZN", "TZO": return Self.offset(value).map { [(.zone, .utcOffset($0))] } ?? []
    default: return []
    }
  }

  private static func trimmed(_ text: Substring) -> String {
    let core = text.drop(while: \.isWhitespace)
    return core.lastIndex { !$0.isWhitespace }.map { String(core[...$0]) } ?? ""
  }

  /// Minutes east of UTC of hours with a fraction, or of hours and minutes.
  private static func offset(_ text: String) -> Int16? {
    let text = text.hasPrefix("UTC") ? String(text.dropFirst(3)) : text
    if text.contains(":") {
      return Array((text.first?.isNumber == true ? "+" + text : text).utf8).withUnsafeBufferPointer {
        ExifTime.offset($0)
      }
    }
    guard let hours = WrittenNumber.read(text.utf8), abs(hours) <= 14 else { return nil }
    let minutes = (hours * 60).rounded()
    return minutes.truncatingRemainder(dividingBy: 15) == 0 ? Int16(minutes) : nil
  }

  /// The maker that three letters stand for in an A record.
  ///
  /// Source: FAI, Technical Specification for GNSS Flight Recorders, appendix A, section 2.5.6; codes with X are those
  /// of programs.
  static func maker(_ code: String) -> String? { makers[code] }

  private static let makers = [
    "ACT": "Aircotec", "CAM": "Cambridge Aero Instruments", "CNI": "ClearNav Instruments", "DSX": "Data Swan",
    "EWA": "EW Avionics", "FIL": "Filser", "FLA": "FLARM", "FLY": "Flytech", "GCS": "Garrecht",
    "IMI": "IMI Gliding Equipment", "LGS": "Logstream", "LXN": "LX Navigation", "LXV": "LXNAV",
    "NAV": "Naviter",
    "NKL": "Nielsen Kellerman", "NTE": "New Technologies", "PES": "Peschges", "PRT": "Print Technik",
    "SCH": "Scheffel", "SDI": "Streamline Data Instruments", "TRI": "Triadis Engineering", "ZAN": "Zander",
    "XCS": "XCSoar", "XCT": "XCTrack", "XLK": "LK8000", "XGD": "GpsDump",
  ]
}

internal import UntrailModel

/// What sentences of makers say of devices and people.
enum NMEAMaker {
  static func facts(_ sentence: NMEASentence) -> [(role: Role, fact: Observation.Fact, name: String)] {
    func text(_ index: Int) -> String { sentence.text(index) }
    let address = sentence.address
    switch address {
    case "PGRMT" where !text(0).isEmpty:
      return [(.recorder, .device(Device(make: "Garmin", model: text(0))), address)]
    case "LXWP1":
      var facts: [(Role, Observation.Fact, String)] = []
      if !text(0).isEmpty { facts.append((.recorder, .device(Device(make: "LX", model: text(0))), address)) }
      if !isUnset(text(1)) { facts.append((.body, .serial(text(1)), address)) }
      if !text(2).isEmpty { facts.append((.firmware, .software(text(2)), address)) }
      return facts
    case "PMTK705" where !text(0).isEmpty, "PMGNVER" where !text(0).isEmpty:
      return [(.firmware, .software(text(0)), address)]
    case "PFLAV" where text(0) == "A" && !text(2).isEmpty:
      return [(.firmware, .software(text(2)), address)]
    case "PFLAC" where text(0) == "A" && !isUnset(text(2)):
      return setting(text(1), text(2)).map { [($0.role, $0.fact, "PFLAC-\(text(1))")] } ?? []
    default:
      return []
    }
  }

  private static func setting(_ name: String, _ value: String) -> (role: Role, fact: Observation.Fact)? {
    switch name {
    case "PILOT", "COPIL": (.pilot, .person(value))
    case "GLIDERID", "COMPID": (.vehicle, .serial(value))
    case "GLIDERTYPE": (.vehicle, .device(Device(model: value)))
    case "ID", "RADIOID": (.body, .serial(value))
    case "DEVICEID", "SER": (.body, .serial(value))
    case "DEVTYPE": (.recorder, .device(Device(make: "FLARM", model: value)))
    default: nil
    }
  }

  /// Whether a number is none: empty, or nothing but zeros or Fs.
  private static func isUnset(_ text: String) -> Bool {
    text.allSatisfy { $0 == "0" } || text.count > 2 && text.allSatisfy { $0 == "F" }
  }
}

/// The block of parameters that may stand before a sentence: `\s:station,c:seconds*HH\`.
///
/// Source: NMEA 0183 version 4.00, section 7, TAG Blocks.
enum NMEATagBlock {
  /// Seconds since 1970 that the block says.
  ///
  /// - Parameter bytes: the line up to the sentence.
  static func time(_ bytes: ArraySlice<UInt8>) -> Int64? {
    let backslash = UInt8(ascii: "\\")
    guard bytes.last == backslash, let start = bytes.dropLast().lastIndex(of: backslash) else { return nil }
    let block = bytes[(start + 1)...].dropLast()
    for parameter in block.split(whereSeparator: { $0 == UInt8(ascii: ",") || $0 == UInt8(ascii: "*") })
    where parameter.starts(with: "c:".utf8) {
      let digits = parameter.dropFirst(2)
      guard digits.count >= 9, digits.count <= 13 else { return nil }
      guard let value = WrittenNumber.read(digits), value > 0 else { return nil }
      return Int64(digits.count > 10 ? value / 1000 : value)
    }
    return nil
  }
}

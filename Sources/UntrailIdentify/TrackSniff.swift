internal import UntrailModel

/// Tells text files of positions by their first lines.
enum TrackSniff {
  /// The whole lines of a file's beginning, without blanks around them; of UTF-16, its ASCII letters.
  private static func lines(_ prefix: UnsafeRawBufferPointer) -> [ArraySlice<UInt8>] {
    var bytes = Array(prefix)
    if bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF]) {
      bytes = bytes.dropFirst(2).filter { $0 != 0 }
    } else if bytes.starts(with: [0xEF, 0xBB, 0xBF]) {
      bytes.removeFirst(3)
    }
    func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 }
    var lines: [ArraySlice<UInt8>] = []
    for line in bytes.split(whereSeparator: { $0 == 0x0A || $0 == 0x0D }) {
      var line = line.drop(while: isBlank)
      while let last = line.last, isBlank(last) { line.removeLast() }
      if !line.isEmpty { lines.append(line) }
    }
    // The last line of a longer file is cut.
    if prefix.count >= 4096, lines.count > 1 { lines.removeLast() }
    return lines
  }

  private static func isDigit(_ byte: UInt8) -> Bool { byte >= 0x30 && byte <= 0x39 }

  /// Whether there is a fix of a flight recorder, or a date of one behind the line that names it.
  ///
  /// Source: FAI, Technical Specification for GNSS Flight Recorders, appendix A.
  static func isIGC(_ prefix: UnsafeRawBufferPointer) -> Bool {
    let lines = lines(prefix)
    let isNamed = lines.first.map { $0.first == UInt8(ascii: "A") && $0.count >= 4 } ?? false
    return lines.contains { line in
      if isNamed, line.first == UInt8(ascii: "H"), line.dropFirst(2).starts(with: "DTE".utf8),
        line.dropFirst(5).drop(while: { !isDigit($0) }).prefix(while: isDigit).count == 6
      {
        return true
      }
      guard line.first == UInt8(ascii: "B"), line.count >= 25 else { return false }
      let line = Array(line)
      return line[1..<14].allSatisfy(isDigit)
        && "NS".utf8.contains(line[14]) && line[15..<23].allSatisfy(isDigit) && "EW".utf8.contains(line[23])
        && "AV".utf8.contains(line[24])
    }
  }

  /// Whether half of the lines, or three with the right checksum, are sentences of NMEA 0183.
  ///
  /// Source: IEC 61162-1:2016, section 7.
  static func isNMEA(_ prefix: UnsafeRawBufferPointer) -> Bool {
    let lines = lines(prefix)
    var sentences = 0
    var checked = 0
    for line in lines {
      guard let start = line.firstIndex(where: { $0 == UInt8(ascii: "$") || $0 == UInt8(ascii: "!") }) else {
        continue
      }
      let sentence = line[(start + 1)...]
      guard let comma = sentence.firstIndex(of: UInt8(ascii: ",")) else { continue }
      let address = String(decoding: sentence[..<comma], as: UTF8.self)
      let isChecked = hasRightChecksum(sentence)
      let isKnown = address.count == 5 && sentenceNames.contains(String(address.suffix(3)))
      guard isKnown || isChecked && address.hasPrefix("P") else { continue }
      sentences += 1
      if isChecked { checked += 1 }
    }
    return checked >= 3 || sentences > 0 && sentences * 2 >= lines.count
  }

  private static func hasRightChecksum(_ sentence: ArraySlice<UInt8>) -> Bool {
    guard let star = sentence.lastIndex(of: UInt8(ascii: "*")) else { return false }
    let sum = sentence[..<star].reduce(0) { $0 ^ $1 }
    let digits = String(decoding: sentence[(star + 1)...].prefix(2), as: UTF8.self)
    return digits.count == 2 && UInt8(digits, radix: 16) == sum
  }

  /// Sentences that receivers, plotters and transponders write.
  private static let sentenceNames: Set<String> = [
    "AAM", "APB", "BOD", "BWC", "BWR", "DBT", "DPT", "DTM", "GBS", "GGA", "GLL", "GNS", "GRS", "GSA", "GST",
    "GSV",
    "HDG", "HDM", "HDT", "MTW", "MWV", "RMB", "RMC", "ROT", "RPM", "RTE", "TXT", "VBW", "VDM", "VDO", "VDR",
    "VHW",
    "VLW", "VTG", "VWR", "WPL", "XDR", "XTE", "ZDA",
  ]

  /// Whether a number stands alone in the first line, and behind it the times of a subtitle or what a drone writes.
  static func isSubtitles(_ prefix: UnsafeRawBufferPointer) -> Bool {
    let lines = lines(prefix)
    guard let first = lines.first, first.count <= 6, first.allSatisfy(isDigit) else { return false }
    if lines.dropFirst().first.map(isSubtitleTime) ?? false { return true }
    return lines.dropFirst().prefix(4).contains { line in
      ["[latitude", "GPS(", "GPS (", "HOME("].contains { contains(line, $0) }
    }
  }

  /// Whether a line is two times with an arrow between them: `00:00:01,000 --> 00:00:02,000`.
  private static func isSubtitleTime(_ line: ArraySlice<UInt8>) -> Bool {
    line.first.map(isDigit) ?? false && contains(line, " --> ")
      && line.filter { $0 == UInt8(ascii: ":") }.count >= 4
  }

  private static func contains(_ line: ArraySlice<UInt8>, _ word: String) -> Bool {
    line.withUnsafeBytes { $0.holds(word) }
  }

  /// Whether the first line names a file of OziExplorer, or of the Geolife data.
  static func isOziExplorer(_ prefix: UnsafeRawBufferPointer) -> Bool {
    guard let first = lines(prefix).first else { return false }
    let title = String(decoding: first, as: UTF8.self).lowercased()
    return title.hasPrefix("geolife trajectory")
      || ["track point file", "waypoint file", "route file"].contains { title.hasPrefix("oziexplorer " + $0) }
  }

  /// Whether one of the first lines has a heading for a latitude and one for a longitude, or one for both, and the
  /// next line as many fields with a number among them.
  ///
  /// - Parameter delimiters: what may stand between fields.
  static func isTable(_ prefix: UnsafeRawBufferPointer, delimiters: String) -> Bool {
    let lines = lines(prefix)
    for (line, next) in zip(lines, lines.dropFirst()).prefix(25) {
      for delimiter in delimiters.utf8 where line.contains(delimiter) {
        let headings = fields(line, delimiter)
        guard headings.count >= 2, headings.count <= 500, headings.allSatisfy({ $0.utf8.count <= 80 }) else {
          continue
        }
        let values = fields(next, delimiter)
        guard values.count == headings.count, values.contains(where: { $0.contains(where: \.isNumber) })
        else {
          continue
        }
        let meanings = headings.map { CoordinateName($0)?.meaning }
        if meanings.contains(.latitude), meanings.contains(.longitude) { return true }
        // Words such as "location" stand above much else than numbers.
        let hasBoth = zip(meanings, values).contains { meaning, value in
          if case .both = meaning { value.filter(\.isNumber).count >= 8 } else { false }
        }
        if hasBoth { return true }
      }
    }
    return false
  }

  private static func fields(_ line: ArraySlice<UInt8>, _ delimiter: UInt8) -> [String] {
    var isQuoted = false
    let fields = line.split(maxSplits: 500, omittingEmptySubsequences: false) { byte in
      if byte == UInt8(ascii: "\"") { isQuoted.toggle() }
      return byte == delimiter && !isQuoted
    }
    return fields.map { field in
      if let text = String(validating: field, as: UTF8.self) { return text }
      // Spreadsheets write one byte a letter; Latin-1 is near enough to tell words.
      var scalars = String.UnicodeScalarView()
      for byte in field { scalars.append(Unicode.Scalar(byte)) }
      return String(scalars)
    }
  }
}

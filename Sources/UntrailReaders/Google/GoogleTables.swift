internal import UntrailBytes
internal import UntrailModel

/// The tables of a Google account's export.
///
///     Gaia ID,Activity Timestamp,IP Address,Proxiedhost IP Address,User Agent String,Product Name     accesses
///     Gaia ID,Device Type,Brand Name,Marketing Name,OS,Device Model,User Given Name                   devices
///     Title,Note,URL,Tags,Comment                                                                     a list of places
///
/// Columns of a list have names in the language of the account, but for URL; the places are behind the links.
///
/// Source: published exports; RFC 4180.
struct GoogleTables: MetadataReader {
  var name: String { "Google account tables" }
  var mediaTypes: [String] { ["application/x-google-access-log", "application/x-google-saved-list"] }
  var channels: String { "IP addresses, devices, accounts, saved places" }

  func read(
    _ source: ByteSource, into result: inout ReadResult, with tools: ReaderTools
  ) throws(ParseError) {
    let facts = ExportFacts(tools.limits)
    var table = TableRows(source, tools.limits)
    var columns: [String: Int] = [:]
    var times: (first: JSONTime, last: JSONTime)?
    var failure: ParseError?
    do throws(ParseError) {
      while let row = try table.next() {
        if columns.isEmpty,
          row.fields.contains("URL") || row.fields.contains("Gaia ID") || row.fields.contains("IP Address")
        {
          for (index, name) in row.fields.enumerated() { columns[name] = index }
          continue
        }
        let line = TableRow(row: row, columns: columns)
        if columns["URL"] != nil {
          Self.takePlace(line, facts)
        } else if let time = Self.takeAccess(line, facts) {
          times = (
            times.map { $0.first.seconds < time.seconds ? $0.first : time } ?? time,
            times.map { $0.last.seconds > time.seconds ? $0.last : time } ?? time
          )
        }
      }
    } catch {
      failure = error
    }
    if let times {
      let field = "GoogleAccount:ActivityTimestamp"
      facts.add(.start, .timestamp(times.first.timestamp), field, at: nil, once: "start")
      facts.add(.end, .timestamp(times.last.timestamp), field, at: nil, once: "end")
    }
    facts.finish()
    result.observations += facts.result.observations
    result.diagnostics += facts.result.diagnostics
    if let failure { throw failure }
  }

  /// - Returns: when the access was.
  private static func takeAccess(_ row: TableRow, _ facts: ExportFacts) -> JSONTime? {
    func add(
      _ role: Role, _ column: String, _ field: String, _ fact: (String) -> Observation.Fact
    ) {
      guard let text = row[column] else { return }
      facts.add(role, fact(text), "GoogleAccount:\(field)", at: row.offset, once: text)
    }
    for column in ["IP Address", "Proxiedhost IP Address"] {
      guard let text = row[column], isAddress(text) else { continue }
      facts.add(.ipAddress, .network(text), "GoogleAccount:IPAddress", at: row.offset, once: text)
    }
    add(.account, "Gaia ID", "GaiaID") { .person($0) }
    for column in ["User Agent String", "User Agent"] {
      add(.application, column, "UserAgent") { .software($0) }
    }
    add(.city, "City", "City") { .place($0) }
    add(.country, "Country", "Country") { .place($0) }
    add(.visit, "Device Last Location", "DeviceLastLocation") { .place($0) }
    let device = Device(
      make: row["Brand Name"] ?? "", model: row["Marketing Name"] ?? row["Device Model"] ?? "",
      hostName: row["User Given Name"] ?? "")
    if !device.name.isEmpty {
      facts.add(.handset, .device(device), "GoogleAccount:Device", at: row.offset, once: device.name)
    }
    return row["Activity Timestamp"].flatMap { text -> JSONTime? in
      var text = text
      return text.withUTF8 { JSONTime(text: $0) }
    }
  }

  private static func isAddress(_ text: String) -> Bool {
    let bytes = text.utf8
    let isDotted = bytes.count { $0 == UInt8(ascii: ".") } == 3
    let isColoned = bytes.count { $0 == UInt8(ascii: ":") } >= 2
    return (isDotted || isColoned) && bytes.count <= 45
      && text.allSatisfy { $0.isHexDigit || $0 == "." || $0 == ":" }
  }

  private static func takePlace(_ row: TableRow, _ facts: ExportFacts) {
    guard row.isWhole("URL"), let address = row["URL"], address.contains("google.") else { return }
    if let link = MapsLink(address),
      let coordinate = facts.coordinate(link.latitude, link.longitude, at: row.offset)
    {
      facts.addPlace(.saved, Location(coordinate: coordinate), "GoogleMaps:URL", at: row.offset)
    }
    let name = row.first ?? MapsLink.placeName(address)
    if let name { facts.add(.saved, .place(name), "GoogleMaps:Title", at: row.offset, once: name) }
    for column in ["Note", "Comment", "Comments"] {
      guard let text = row[column] else { continue }
      facts.add(.comment, .text(text), "GoogleMaps:\(column)", at: row.offset, once: text)
    }
  }
}

/// A row with the names of its columns.
private struct TableRow {
  var row: TableRows.Row
  var columns: [String: Int]

  var offset: Int { row.offset }

  /// Whether more stands behind a column, so that it is not cut by the end of the file.
  func isWhole(_ column: String) -> Bool {
    columns[column].map { $0 + 1 < row.fields.count && !row.isCut } ?? false
  }

  /// What stands in a column; nil where nothing does.
  subscript(_ column: String) -> String? {
    guard let index = columns[column], index < row.fields.count else { return nil }
    let text = row.fields[index].trimmedText
    return text.isEmpty ? nil : text
  }

  /// What stands in the first column, where that is no link and no note.
  var first: String? {
    guard columns["URL"] != 0, columns["Note"] != 0, let text = row.fields.first?.trimmedText else {
      return nil
    }
    return text.isEmpty ? nil : text
  }
}

/// Rows of a table whose fields are set apart by commas, with quotation marks around those that need them.
///
/// Source: RFC 4180.
private struct TableRows {
  struct Row {
    var fields: [String]
    /// Whether it ends inside quotation marks.
    var isCut: Bool
    /// Bytes from the start of the file.
    var offset: Int
  }

  private var lines: TextLines
  private let byteLimit: Int

  init(_ source: ByteSource, _ limits: Limits) {
    lines = TextLines(source, limits)
    byteLimit = 4 * limits.text
  }

  mutating func next() throws(ParseError) -> Row? {
    guard let line = try lines.next() else { return nil }
    var bytes = line.bytes
    // A quoted field may hold the ends of lines.
    var isOpen = Self.hasOddMarks(bytes)
    while isOpen, bytes.count < byteLimit, let more = try lines.next() {
      bytes += [0x0A] + more.bytes
      isOpen = isOpen != Self.hasOddMarks(more.bytes)
    }
    return Row(fields: Self.fields(bytes.prefix(byteLimit)), isCut: isOpen, offset: line.offset)
  }

  private static func hasOddMarks(_ bytes: [UInt8]) -> Bool {
    bytes.count { $0 == UInt8(ascii: "\"") } % 2 == 1
  }

  private static func fields(_ bytes: ArraySlice<UInt8>) -> [String] {
    var fields: [String] = []
    var field: [UInt8] = []
    var isQuoted = false
    for byte in bytes {
      if byte == UInt8(ascii: "\"") {
        // Two of them in a quoted field are one.
        if !isQuoted, !field.isEmpty { field.append(byte) }
        isQuoted.toggle()
      } else if byte == UInt8(ascii: ","), !isQuoted {
        fields.append(String(decoding: field, as: UTF8.self))
        field = []
      } else {
        field.append(byte)
      }
    }
    return fields + [String(decoding: field, as: UTF8.self)]
  }
}

internal import UntrailBytes
internal import UntrailModel

/// .picasa.ini: what Picasa knew of the pictures of a folder.
///
///     [Picasa]
///     name=TITLE  location=PLACE  description=TEXT  date=DAYS
///     [Contacts2]
///     ID=NAME;MAIL;
///     [IMG_1.jpg]
///     faces=rect64(HEX),ID;...  caption=TEXT  keywords=A,B  geotag=LATITUDE,LONGITUDE
///     [.album:ID]
///     name=TITLE  location=PLACE  date=2026-07-29T11:12:44+02:00
///
/// Days count from 1899-12-30, with fractions.
///
/// Source: files of Picasa 2 to 3.9; F. Heusel, "Decoding Picasa .ini" (picasa-3.x wiki).
struct PicasaReader: MetadataReader {
  var name: String { ".picasa.ini" }
  var mediaTypes: [String] { ["text/x-picasa-ini"] }
  var channels: String { "faces with names and mail addresses, places, albums, captions" }

  func read(
    _ source: ByteSource, into result: inout ReadResult, with tools: ReaderTools
  ) throws(ParseError) {
    var state = State(end: source.count)
    do throws(ParseError) {
      try IniLines.read(source, tools.limits) { state.take($0) }
    } catch {
      result.damage(error)
    }
    result.observations += state.observations
    if let offset = state.truncated {
      result.damage("truncated", "the file ends inside a position", at: offset)
    }
    if let offset = state.doubtful {
      result.doubt("no-fix", "the position is no position", at: offset)
    }
  }

  private struct State {
    /// Bytes in the file.
    let end: Int
    var observations: [Observation] = []
    var doubtful: Int?
    var truncated: Int?

    init(end: Int) { self.end = end }

    private mutating func add(_ role: Role, _ fact: Observation.Fact, _ name: String, _ setting: IniSetting) {
      observations.append(Observation(role, fact, field: "Picasa:" + name, offset: setting.offset))
    }

    mutating func take(_ setting: IniSetting) {
      guard !setting.value.isEmpty else { return }
      let section = setting.section.lowercased()
      if section.hasPrefix("contacts") { return takeContact(setting) }
      switch setting.key {
      case "geotag": takePlace(setting)
      case "faces": takeFaces(setting)
      case "caption", "description": add(.description, .text(setting.value), "caption", setting)
      case "keywords":
        for word in setting.value.split(separator: ",").prefix(64) {
          add(.keywords, .text(String(word)), "keywords", setting)
        }
      case "location": add(.sublocation, .place(setting.value), "location", setting)
      case "name" where section == "picasa" || section.hasPrefix(".album"):
        add(.title, .text(setting.value), "name", setting)
      case "date" where section == "picasa" || section.hasPrefix(".album"): takeDate(setting)
      default:
        // IIDLIST_NAME_lh, onlineid_NAME_lh: the account that the pictures went to.
        for prefix in ["iidlist_", "onlineid_"] where setting.key.hasPrefix(prefix) {
          let name = setting.key.dropFirst(prefix.count).prefix { $0 != "_" }
          if !name.isEmpty { add(.account, .person(String(name)), "onlineAccount", setting) }
        }
      }
    }

    private mutating func takeContact(_ setting: IniSetting) {
      let parts = setting.value.split(separator: ";", omittingEmptySubsequences: false)
      if let name = parts.first, !name.isEmpty { add(.depicted, .person(String(name)), "contact", setting) }
      if parts.count > 1, parts[1].contains("@") {
        add(.email, .contact(String(parts[1])), "contact", setting)
      }
    }

    private mutating func takeFaces(_ setting: IniSetting) {
      for _ in setting.value.split(separator: ";").filter({ $0.hasPrefix("rect64(") }).prefix(64) {
        add(.faceRegion, .hidden(HiddenContent(byteCount: nil)), "faces", setting)
      }
    }

    private mutating func takePlace(_ setting: IniSetting) {
      // Without the end of its line a number may lack digits.
      guard setting.offset + "geotag=".utf8.count + setting.value.utf8.count < end else {
        truncated = setting.offset
        return
      }
      let numbers = setting.value.split(separator: ",").compactMap { Double($0) }
      guard numbers.count >= 2 else { return }
      guard let coordinate = Coordinate(latitude: numbers[0], longitude: numbers[1]) else {
        doubtful = doubtful ?? setting.offset
        return
      }
      add(.camera, .location(Location(coordinate: coordinate)), "geotag", setting)
    }

    private mutating func takeDate(_ setting: IniSetting) {
      if let days = Double(setting.value), days > 29_221, days < 70_000 {
        // From 1980 on. 25,569 days lie between 1899-12-30 and 1970.
        let seconds = Int64(((days - 25_569) * 86_400).rounded())
        add(.created, .timestamp(Timestamp(civilSeconds: seconds)), "date", setting)
      } else if let time = WrittenTime.read(setting.value) {
        add(.created, .timestamp(time), "date", setting)
      }
    }
  }
}

internal import UntrailModel

/// What the columns of a table are about, by their headings.
struct DelimitedColumns {
  /// The columns of one position of a row.
  struct Position: Equatable {
    var latitude: Int
    /// As `latitude` where one column holds both.
    var longitude: Int
    var northOrSouth: Int?
    var eastOrWest: Int?
    var isBoth = false
    var isLongitudeFirst = false
    /// What the headings say beside: "start", "home".
    var rest: String
    /// What a number is divided by: 1, or what E6 and E7 say.
    var scale = 1.0
  }

  private(set) var headings: [String] = []
  private(set) var positions: [Position] = []
  /// Columns whose headings speak of a time or date.
  private(set) var times: [Int] = []
  /// Columns of what else says who or with what.
  private(set) var others: [(index: Int, meaning: DelimitedMeaning)] = []

  init(_ row: DelimitedRow) {
    headings = row.fields.indices.prefix(500).map { row.text($0) }
    let names = headings.map { $0.utf8.count <= 80 ? CoordinateName($0) : nil }
    readPositions(names)
    for (index, heading) in headings.enumerated() where names[index] == nil && heading.utf8.count <= 80 {
      let words = CoordinateName.words(heading)
      if Self.isTime(words) { times.append(index) }
      // Flight records write the part of the drone, a point and the name.
      let name = heading.split(separator: ".").last.map { CoordinateName.words($0) } ?? words
      if let meaning = DelimitedMeaning(name) { others.append((index, meaning)) }
    }
  }

  var isEmpty: Bool { positions.isEmpty && others.isEmpty }

  private mutating func readPositions(_ names: [CoordinateName?]) {
    func columns(_ meaning: CoordinateName.Meaning) -> [(index: Int, rest: String)] {
      names.enumerated().compactMap { index, name in
        name.flatMap { $0.meaning == meaning ? (index, $0.rest) : nil }
      }
    }
    let latitudes = columns(.latitude)
    let longitudes = columns(.longitude)
    let (norths, easts) = (columns(.northOrSouth), columns(.eastOrWest))
    for (latitude, rest) in latitudes {
      let isAlone = latitudes.count == 1 && longitudes.count == 1
      guard let longitude = longitudes.first(where: { $0.rest == rest }) ?? (isAlone ? longitudes.first : nil)
      else {
        continue
      }
      var position = Position(latitude: latitude, longitude: longitude.index, rest: rest)
      position.northOrSouth =
        (norths.count == 1 ? norths.first : norths.first { $0.rest.hasPrefix(rest) })?.index
      position.eastOrWest = (easts.count == 1 ? easts.first : easts.first { $0.rest.hasPrefix(rest) })?.index
      if rest.hasSuffix("e7") { position.scale = 1e7 }
      if rest.hasSuffix("e6") { position.scale = 1e6 }
      positions.append(position)
    }
    guard positions.isEmpty else { return }
    for (index, name) in names.enumerated() {
      guard case .both(let isLongitudeFirst) = name?.meaning else { continue }
      positions.append(
        Position(
          latitude: index, longitude: index, isBoth: true, isLongitudeFirst: isLongitudeFirst,
          rest: name?.rest ?? ""))
    }
  }

  /// The field name that stands for a column: its heading as far as that is of letters of ASCII.
  func field(_ index: Int, else name: String) -> String {
    var field = ""
    for scalar in headings[index].unicodeScalars.prefix(60) {
      if scalar.isASCII, scalar.properties.isAlphabetic || scalar.properties.numericType != nil {
        field.unicodeScalars.append(scalar)
      } else if scalar == "_" {
        if !field.isEmpty { field += "_" }
      } else if !field.isEmpty, field.last != "-" {
        field += "-"
      }
    }
    while field.last == "-" || field.last == "_" { field.removeLast() }
    return "CSV:" + (field.isEmpty ? name : field)
  }

  private static func isTime(_ words: [String]) -> Bool {
    let isNone = words.contains { ["zone", "timezone", "duration", "elapsed", "millis"].contains($0) }
    return !isNone
      && words.contains { word in timeWords.contains { word.hasPrefix($0) } || shortTimes.contains(word) }
  }

  private static let shortTimes: Set<String> = [
    "ts", "utc", "gmt", "epoch", "unix", "ora", "ore", "saat", "klo",
  ]

  /// How words for time and date begin.
  private static let timeWords = [
    "time", "date", "timestamp", "datetime", "zeit", "datum", "uhrzeit", "heure", "horodat", "fecha", "hora",
    "data",
    "orario", "tijd", "godzina", "czas", "дата", "время", "час", "时间", "日期", "時間", "日時", "日付", "時刻",
    "시간", "날짜", "وقت", "تاریخ", "زمان", "التاريخ", "الوقت", "تاريخ", "tarih", "zaman", "dato", "tid", "aika",
    "čas",
    "idő", "dátum", "recorded", "created", "observed", "fixtime", "firstseen", "lastseen", "seen",
  ]
}

/// What the heading of a column says of the positions in it, in the languages that programs write headings in.
///
/// Words that also mean width and length (Breite, szerokość, عرض) count only where the heading says that it is about
/// the Earth.
package struct CoordinateName: Sendable, Equatable {
  package enum Meaning: Sendable, Equatable {
    case latitude
    case longitude
    /// A column that says north or south, and one that says east or west.
    case northOrSouth
    case eastOrWest
    /// Both in one column.
    case both(isLongitudeFirst: Bool)
  }

  package let meaning: Meaning
  /// What else the heading says: the same for the two columns of one position.
  package let rest: String

  /// Nil where the heading is about something else.
  package init?(_ heading: some StringProtocol) {
    // What stands in lines of programs and JSON is a name and its value.
    guard !heading.contains(where: "{}=<>".contains), heading.contains(where: \.isLetter) else { return nil }
    let words = Self.words(heading)
    guard !words.isEmpty, words.count <= 8, !words.contains(where: Self.others.contains),
      words.filter({ $0.allSatisfy(\.isNumber) }).count < 2
    else { return nil }
    let joined = words.joined()
    let north = Self.find(Self.latitudes, Self.shortLatitudes, words, joined)
    let east = Self.find(Self.longitudes, Self.shortLongitudes, words, joined)
    let isReference = words.contains(where: Self.references.contains)
    switch (north, east) {
    case (.some(let north), .some(let east)):
      meaning = .both(isLongitudeFirst: east.place < north.place)
      rest = ""
    case (.some(let north), nil):
      meaning = isReference ? .northOrSouth : .latitude
      rest = north.rest
    case (nil, .some(let east)):
      meaning = isReference ? .eastOrWest : .longitude
      rest = east.rest
    case (nil, nil):
      switch joined {
      case "ns", "northsouth", "nsindicator", "nshemisphere": meaning = .northOrSouth
      case "ew", "eastwest", "ewindicator", "ewhemisphere": meaning = .eastOrWest
      default:
        guard Self.pairs.contains(joined) else { return nil }
        meaning = .both(isLongitudeFirst: false)
      }
      rest = ""
    }
  }

  /// The words of a heading in lower case: runs of letters and digits, and parts that begin with a capital.
  package static func words(_ heading: some StringProtocol) -> [String] {
    var words: [String] = []
    var word = ""
    var wasLower = false
    for character in heading.prefix(80) {
      guard character.isLetter || character.isNumber else {
        if !word.isEmpty { words.append(word) }
        (word, wasLower) = ("", false)
        continue
      }
      if wasLower, character.isUppercase {
        words.append(word)
        word = ""
      }
      word += character.lowercased()
      wasLower = character.isLowercase
    }
    if !word.isEmpty { words.append(word) }
    return words
  }

  private static func find(
    _ roots: [String], _ shorts: Set<String>, _ words: [String], _ joined: String
  ) -> (place: Int, rest: String)? {
    if let index = words.firstIndex(where: shorts.contains) {
      var others = words
      others.remove(at: index)
      return (words[..<index].reduce(0) { $0 + $1.utf8.count }, others.joined())
    }
    for root in roots {
      let bytes = Array(joined.utf8)
      let part = Array(root.utf8)
      guard bytes.count >= part.count else { continue }
      for start in 0...(bytes.count - part.count) where bytes[start...].starts(with: part) {
        let rest = Array(bytes[..<start]) + bytes[(start + part.count)...]
        return (start, String(decoding: rest, as: UTF8.self))
      }
    }
    return nil
  }

  private static let shortLatitudes: Set<String> = ["lat", "широта", "lati", "latdeg", "ycoord"]
  private static let shortLongitudes: Set<String> = [
    "lon", "lng", "long", "долгота", "longi", "londeg", "lngdeg", "xcoord",
  ]

  // The last of each is Russian in Windows-1251, read as Windows-1252.
  private static let latitudes = [
    "latitud", "breitengrad", "geobreite", "geogrbreite", "geographischebreite", "gpsbreite", "breedtegraad",
    "breddegrad", "breddgrad", "leveysaste", "leveyspiiri", "szerokośćgeo", "szerokoscgeo", "zeměpisnášířka",
    "zemepisnasirka", "földrajziszélesség", "enlem", "широт", "ширина", "纬度", "緯度", "위도", "خطالعرض",
    "دائرةالعرض", "عرضجغراف", "عرضالجغراف", "العرضالجغراف", "ละติจูด", "अक्षांश", "קורוחב", "lintang", "vĩđộ",
    "γεωγραφικόπλάτος", "latitùdine", "øèðîò",
  ]

  private static let longitudes = [
    "longitud", "longtitud", "längengrad", "laengengrad", "geolänge", "geogrlänge", "geographischelänge",
    "gpslänge", "geolaenge", "lengtegraad", "længdegrad", "lengdegrad", "längdgrad", "pituusaste",
    "pituuspiiri",
    "długośćgeo", "dlugoscgeo", "zeměpisnádélka", "zemepisnadelka", "földrajzihosszúság", "boylam", "долгот",
    "довгот", "经度", "經度", "経度", "경도", "خطالطول", "طولجغراف", "طولالجغراف", "الطولالجغراف", "ลองจิจูด",
    "देशांतर", "קואורך", "bujur", "kinhđộ", "γεωγραφικόμήκος", "äîëãîò",
  ]

  private static let pairs: Set<String> = [
    "coordinates", "coordinate", "coords", "gpscoordinates", "gpsposition", "gpslocation", "gpscoords", "gps",
    "geopoint", "geolocation", "geocoordinates", "geocoords", "geo", "location", "position", "point", "wkt",
    "geom",
    "geometry", "thegeom", "shape", "koordinaten", "gpskoordinaten", "koordinate", "coordenadas",
    "coordonnées",
    "coordonnees", "coordinate", "coordinate gps", "coördinaten", "coordinaten", "współrzędne", "координаты",
    "坐标", "座標", "经纬度", "經緯度", "緯度経度", "좌표", "إحداثيات", "الإحداثيات", "مختصات", "koordinat",
  ]

  private static let references: Set<String> = [
    "ref", "hemisphere", "hemi", "dir", "direction", "indicator", "ns", "ew", "cardinal",
  ]

  /// Words that say that the numbers are about a position, and none themselves.
  private static let others: Set<String> = [
    "accuracy", "error", "err", "std", "stddev", "sigma", "delta", "speed", "velocity", "vel", "rad",
    "radians",
    "precision", "diff", "difference", "span", "offset", "uncertainty", "variance", "bounds", "valid",
    "count",
    "acceleration", "accel", "accuracyhorizontal", "g", "force",
  ]
}

import UntrailModel

/// Makes judged files out of facts, as a walk would hand them on.
struct LinkingFiles {
  private(set) var files: [JudgedFile] = []

  /// - Returns: the file's number in the order of the walk.
  @discardableResult
  mutating func add(
    _ observations: [Observation], name: String = "", mediaType: String = "image/jpeg", member: [String] = []
  ) -> Int {
    let ordinal = member.isEmpty ? (files.last?.ordinal ?? 0) + 1 : files.last?.ordinal ?? 1
    let path = PathBytes("export/" + (name.isEmpty ? "file\(ordinal)" : name))
    files.append(
      JudgedFile(
        ordinal: ordinal,
        examination: Examination(
          artifact: Artifact(path: path, member: member), mediaType: MediaType(mediaType), coverage: .read,
          observations: observations),
        index: ObservationIndex(observations), findings: []))
    return ordinal
  }
}

/// Facts as the readers write them.
enum LinkFact {
  static func camera(_ make: String, _ model: String) -> Observation {
    Observation(.camera, .device(Device(make: make, model: model)), field: "EXIF:Model", offset: 10)
  }

  static func serial(
    _ value: String, _ role: Role = .body, field: String = "EXIF:BodySerialNumber"
  ) -> Observation {
    Observation(role, .serial(value), field: field, offset: 20)
  }

  static func link(_ role: Role, _ value: String, field: String = "Apple:Mark") -> Observation {
    Observation(role, .link(value), field: field, offset: 30)
  }

  static func firmware(_ version: String) -> Observation {
    Observation(.processing, .software(version), field: "EXIF:Software", offset: 40)
  }

  /// A civil time on a day since 1970-01-01, and the offset in minutes.
  static func time(_ day: Int, _ seconds: Int = 43_200, offset: Int16? = nil, role: Role = .original)
    -> Observation
  {
    Observation(
      role,
      .timestamp(Timestamp(civilSeconds: Int64(day * 86_400 + seconds), utcOffsetMinutes: offset)),
      field: "EXIF:DateTimeOriginal", offset: 50)
  }

  static func offset(_ minutes: Int16, _ role: Role = .zone) -> Observation {
    Observation(role, .utcOffset(minutes), field: "EXIF:OffsetTimeOriginal", offset: 60)
  }

  static func account(_ name: String, _ role: Role = .account) -> Observation {
    Observation(role, .person(name), field: "PLIST:AppleID", offset: 70)
  }
}

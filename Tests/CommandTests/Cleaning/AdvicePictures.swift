import Foundation

/// Pictures for rules whose samples are tracks, while a command is for pictures: they say what the track says.
struct AdvicePictures: Sendable, Hashable {
  struct Shot: Sendable, Hashable {
    var latitude: String
    var longitude: String
    /// In UTC, as EXIF writes it.
    var time: String
    var camera = "C5"
  }

  var shots: [Shot]

  static let instead: [String: AdvicePictures] = [
    "journey": along("together/away.gpx", each: 1), "likely-home": along("together/week.gpx", each: 4),
    "likely-work": along("together/week.gpx", each: 4), "regular-place": weekends, "meeting": meetings,
  ]

  /// A picture at every so-manieth position of a track of the samples.
  private static func along(_ track: String, each step: Int) -> AdvicePictures {
    let text = (try? String(contentsOfFile: Tool.samples + "/" + track, encoding: .utf8)) ?? ""
    let points = text.matches(of: #/lat="([^"]+)" lon="([^"]+)"><time>([0-9-]+)T([0-9:]+)Z/#)
    let shots = stride(from: 0, to: points.count, by: step).map { index in
      let (_, latitude, longitude, day, time) = points[index].output
      return Shot(
        latitude: String(latitude), longitude: String(longitude),
        time: day.replacingOccurrences(of: "-", with: ":") + " " + time)
    }
    return AdvicePictures(shots: shots)
  }

  private static func garden(_ day: String, _ time: String, _ camera: String = "C5") -> Shot {
    Shot(latitude: "48.8463", longitude: "2.3371", time: "2026:08:\(day) \(time)", camera: camera)
  }

  private static var weekends: AdvicePictures {
    AdvicePictures(
      shots: ["01", "08", "15"].flatMap { day in
        ["13:05:00", "13:35:00", "14:05:00", "14:35:00"].map { garden(day, $0) }
      })
  }

  private static var meetings: AdvicePictures {
    AdvicePictures(
      shots: ["03", "06", "12"].flatMap { day in
        ["10:05:00", "10:35:00", "11:05:00", "11:35:00"].flatMap { time in
          ["C5", "K7"].map { garden(day, time, $0) }
        }
      })
  }

  func write(to folder: String) throws {
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    var table = "SourceFile,GPSLatitude,GPSLatitudeRef,GPSLongitude,GPSLongitudeRef,DateTimeOriginal,"
    table += "OffsetTimeOriginal,Make,Model,SerialNumber\n"
    for (index, shot) in shots.enumerated() {
      try FileManager.default.copyItem(
        atPath: Tool.samples + "/stripped/clean.jpg", toPath: folder + "/\(index).jpg")
      table +=
        "./\(index).jpg,\(shot.latitude),N,\(shot.longitude),E,\(shot.time),+00:00,Heron,\(shot.camera),"
      table += "\(shot.camera)-1\n"
    }
    let scratch = try Scratch()
    let file = try scratch.write(table, to: "shots.csv")
    let run = try Tool.run(
      [], wrapper: ["exiftool", "-q", "-overwrite_original", "-csv=" + file, "."], folder: folder)
    if run.status != 0 { throw CocoaError(.fileWriteUnknown) }
  }
}

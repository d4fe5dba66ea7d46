/// The made-up export that people practise on.
///
/// The reporter "Tilda Testcase", her colleague "Noor Nonesuch", their devices and numbers are made up; the places are
/// public landmarks in Lisbon, Porto and Madrid. Nobody was there at the times given.
package enum TrainingKit {
  /// A file of the export.
  package struct File: Sendable {
    /// Below the folder of the kit.
    package var path: String
    package var bytes: [UInt8]
    /// What is in it, in words.
    package var holds: String
  }

  /// A rule and the files in which it finds something.
  package struct Expectation: Sendable {
    package var rule: String
    /// Once for each finding; for a finding on several files together "together".
    package var places: [String]
  }

  /// The folder of the export.
  package static let folder = "export"

  /// The day of the audit, so that the report does not depend on when the kit is made.
  package static let date = "2024-06-01"

  // MARK: Who and where

  static let name = "Tilda Testcase"
  static let colleague = "Noor Nonesuch"
  /// Belém Tower stands for a home, the Praça do Comércio for an office.
  static let home = (latitude: 38.691584, longitude: -9.215977)
  static let office = (latitude: 38.707751, longitude: -9.136592)
  static let bridge = (latitude: 41.139911, longitude: -8.609450)
  static let square = (latitude: 40.415524, longitude: -3.707390)

  // MARK: Files

  package static var files: [File] {
    [
      File(
        path: "photos/IMG_0412.jpg", bytes: phone(.bridge, bridge, "2024:05:14 18:22:10", "+01:00"),
        holds: "Phone picture at the Dom Luís I Bridge, Porto: place, time, zone, phone model."),
      File(
        path: "photos/IMG_0413.jpg", bytes: phone(.tower, square, "2024:05:16 11:05:42", "+02:00"),
        holds: "Phone picture at the Plaza Mayor, Madrid: place, time, zone, phone model."),
      File(
        path: "photos/LX_0007.jpg", bytes: camera("2024:05:14 09:30:00"),
        holds: "Camera picture without a place: serial number of the camera, name of its owner, time."),
      File(
        path: "photos/LX_0008.jpg", bytes: camera("2024:05:15 16:10:00"),
        holds: "A second picture of the same camera."),
      File(
        path: "photos/for-the-desk.jpg", bytes: SmallJPEG(picture: SmallPicture(motif: .house)).bytes,
        holds: "A copy that was cleaned: nothing but the picture."),
      File(
        path: "screens/notes.png",
        bytes: SmallPNG(
          picture: SmallPicture(motif: .page),
          texts: [("Author", name), ("Software", "Example Screenshooter 4.2")]
        ).bytes,
        holds: "Picture of a screen with the author's name."),
      File(
        path: "tracks/week.gpx", bytes: Array(TrainingTexts.week.utf8),
        holds:
          "A watch's log of five days, Monday to Friday: nights at Belém Tower, office hours at the Praça do Comércio."
      ),
      File(
        path: "calendar/plans.ics", bytes: Array(TrainingTexts.calendar.utf8),
        holds: "A calendar with one appointment: place, time and who is invited."),
      File(
        path: "contacts/contacts.vcf", bytes: Array(TrainingTexts.contacts.utf8),
        holds: "One contact: name, telephone number, mail address."),
      File(
        path: "chat/chat.txt", bytes: Array(TrainingTexts.chat.utf8),
        holds: "An exported chat: who takes part, and a place that was shared."),
      File(
        path: "notes/draft.wren", bytes: TrainingTexts.draft,
        holds: "A draft of a made-up app, in a format that nothing reads."),
    ]
  }

  private static func phone(
    _ motif: SmallPicture.Motif, _ place: (latitude: Double, longitude: Double), _ time: String,
    _ offset: String
  ) -> [UInt8] {
    var exif = SmallExif()
    exif.device(make: "Wren", model: "Wren W4")
    exif.taken(time, offset: offset)
    exif.position(latitude: place.latitude, longitude: place.longitude)
    return SmallJPEG(picture: SmallPicture(motif: motif), exif: exif.bytes).bytes
  }

  private static func camera(_ time: String) -> [UInt8] {
    var exif = SmallExif()
    exif.device(make: "Larch Optics", model: "LX-2")
    exif.artist(name)
    exif.bodySerial("LX2-000417")
    exif.taken(time, offset: nil)
    return SmallJPEG(picture: SmallPicture(motif: .tower), exif: exif.bytes).bytes
  }
}

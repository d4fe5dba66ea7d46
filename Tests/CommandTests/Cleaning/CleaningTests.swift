import Foundation
import Testing

/// What cleaners take away and what they leave, as `untrail compare` shows it. `docs/comparing.md` has the same
/// in words.
@Suite("What cleaners leave behind")
struct CleaningTests {
  private static let pictures = [
    "phone/IMG_0001.jpg", "camera/DSC_0101.jpg", "edited/harbour.jpg", "edited/chart.png",
    "blocks/motion.jpg",
    "blocks/people.jpg", "blocks/screen.png", "blocks/signed.jpg", "blocks/pair.jpg", "blocks/phone-note.jpg",
    "blocks/landmark-note.jpg", "blocks/two-places.jpg",
  ]

  @Test("mat2 leaves nothing of what was found in JPEG, PNG and TIFF")
  func mat2() throws {
    try Tool.needs("mat2")
    let cleaning = try Cleaning(Self.pictures + ["edited/scan.tiff"])
    try cleaning.run("mat2 --inplace after/*")
    let changes = try cleaning.compare()
    #expect(Set(changes.map(\.state)) == ["gone"])
    #expect(changes.count > 50)
  }

  @Test("mat2 makes no copy of WebP, AVIF, PSD and DNG: what was found is still in the original alone")
  func mat2Refuses() throws {
    try Tool.needs("mat2")
    let names = ["edited/export.webp", "phone/IMG_0009.avif", "blocks/layers.psd", "blocks/negative.dng"]
    let cleaning = try Cleaning(names)
    #expect(try cleaning.run("mat2 after/*").status != 0)
    let made = try FileManager.default.contentsOfDirectory(atPath: cleaning.after)
    #expect(made.allSatisfy { !$0.contains(".cleaned") })
  }

  @Test(
    "exiftool -all= leaves EXIF in TIFF and DNG and the thumbnail in PSD, and nothing of that in JPEG and PNG"
  )
  func exiftool() throws {
    try Tool.needs("exiftool")
    let cleaning = try Cleaning(
      Self.pictures + ["edited/scan.tiff", "blocks/negative.dng", "blocks/layers.psd", "edited/export.webp"])
    try cleaning.run("exiftool -q -overwrite_original -all= after")
    let changes = try cleaning.compare()
    #expect(changes.allSatisfy { $0.state == "gone" || $0.state == "stayed" })
    #expect(
      changes.stayed == [
        "scan.tiff": ["exact-version", "free-text", "host-computer"], "layers.psd": ["thumbnail"],
        "negative.dng": ["body-serial", "camera-model", "document-id", "original-name"],
      ])
    #expect(changes.gone["scan.tiff"] == ["exact-place"])
  }

  @Test("exiftool -gps:all= leaves the place in XMP, in the film behind the picture, in words, and all else")
  func gps() throws {
    try Tool.needs("exiftool")
    let cleaning = try Cleaning(Self.pictures)
    try cleaning.run("exiftool -q -overwrite_original -gps:all= after")
    let changes = try cleaning.compare()
    #expect(changes.gone["IMG_0001.jpg"] == ["camera-direction", "exact-place-with-time"])
    #expect(
      changes.stayed["IMG_0001.jpg"] == ["camera-model", "capture-time", "exact-version", "thumbnail"])
    for name in ["two-places.jpg", "motion.jpg"] {
      #expect(changes.stayed[name]?.contains("exact-place") == true)
    }
    #expect(changes.stayed["landmark-note.jpg"]?.contains("place-name") == true)
    // Where no place is any more, the time zone is what tells the region.
    #expect(
      changes.rules("new") == ["IMG_0001.jpg": ["zone-without-place"], "chart.png": ["zone-without-place"]])
  }

  @Test("the command that rules advise takes the place from XMP and from behind the picture too")
  func advised() throws {
    try Tool.needs("exiftool")
    let cleaning = try Cleaning(["blocks/two-places.jpg", "blocks/motion.jpg", "blocks/pair.jpg"])
    try cleaning.run("exiftool -q -overwrite_original -gps:all= '-gps*=' -mpf:all= -trailer:all= after")
    let changes = try cleaning.compare()
    #expect(
      changes.gone["two-places.jpg"] == ["contradiction", "exact-place", "exact-version"])
    #expect(changes.gone["motion.jpg"] == ["exact-place"])
    #expect(changes.gone["pair.jpg"] == ["second-picture"])
  }

  @Test("ffmpeg -map_metadata -1 -c copy leaves everything in a picture")
  func ffmpegPictures() throws {
    try Tool.needs("ffmpeg")
    let cleaning = try Cleaning(Self.pictures)
    try cleaning.run(
      "for f in before/*; do ffmpeg -v error -y -i $f -map_metadata -1 -c copy after/${f#before/}; done")
    let changes = try cleaning.compare().filter { $0.name != nil }
    #expect(Set(changes.map(\.state)) == ["stayed"])
    #expect(changes.count > 50)
  }

  @Test(
    "in a film ffmpeg and ExifTool with -all leave the version, with -gps:all all; mat2 leaves nothing",
    arguments: [
      ("ffmpeg -v error -i film.mp4 -map_metadata -1 -c copy copy.mp4", ["exact-version"]),
      ("exiftool -q -all= -o copy.mp4 film.mp4", ["exact-version"]),
      (
        "exiftool -q -gps:all= -o copy.mp4 film.mp4",
        ["recording-names-person", "film-place", "exact-version"]
      ),
      ("mat2 film.mp4 && mv film.cleaned.mp4 copy.mp4", []),
    ])
  func film(command: String, left: [String]) throws {
    for tool in ["ffmpeg", command.components(separatedBy: " ")[0]] { try Tool.needs(tool) }
    let cleaning = try Cleaning([])
    try cleaning.run(
      """
      ffmpeg -v error -f lavfi -i testsrc=d=1:s=64x48:r=5 -c:v mpeg4 -metadata creation_time=2026-07-14T08:12:44Z \
        -metadata location=+48.8584+002.2945/ -metadata artist="Mara Example" film.mp4
      \(command)
      cp film.mp4 before/a.mp4
      cp copy.mp4 after/a.mp4
      """)
    let changes = try cleaning.compare()
    #expect(Set(changes.filter { $0.state != "gone" }.map(\.rule)) == Set(left))
    #expect(
      Set(changes.filter { $0.state != "new" }.map(\.rule)) == [
        "recording-names-person", "film-place", "exact-version",
      ])
  }
}

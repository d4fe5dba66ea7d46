import CSystem
import Foundation
import Testing
import UntrailModel
import UntrailReaders

#if canImport(Glibc)
  import Glibc
#endif

@Suite("Around files")
struct AroundTests {
  private func observations(_ folder: TemporaryFolder, _ name: String) throws -> [Observation] {
    try WalkTests.audit([folder.path]).first { $0.artifact.path.text.hasSuffix("/" + name) }?.observations
      ?? []
  }

  private static func photo(original: String) -> [UInt8] {
    var exif = ExifBuilder()
    exif.add(.exif, 0x9003, ascii: original)
    return Container.jpeg(Array("Exif\0\0".utf8) + exif.build())
  }

  @Test("a file that no reader takes has a name too, and so has an empty one")
  func names() throws {
    let folder = try TemporaryFolder()
    try folder.write([0, 1, 2], to: "IMG_20260729_111244.bin")
    try folder.write([], to: "PXL_20260729_031244123.jpg")
    for name in ["IMG_20260729_111244.bin", "PXL_20260729_031244123.jpg"] {
      #expect(try observations(folder, name).map(\.field) == ["FileName:Time"])
    }
    // A name that is given, not walked, too.
    let found = try WalkTests.audit([folder.path + "/IMG_20260729_111244.bin"])
    #expect(found.map { $0.observations.map(\.role) } == [[.fileName]])
  }

  @Test("folders with the name of a file are no files")
  func folders() throws {
    let folder = try TemporaryFolder()
    try folder.write([65], to: "IMG_20260729_111244.jpg/a.txt")
    try FileManager.default.createSymbolicLink(
      atPath: folder.path + "/IMG_20260729_111244.png", withDestinationPath: "a")
    #expect(try WalkTests.audit([folder.path]).allSatisfy { $0.observations == [] })
  }

  @Test(
    "a name of UTC and a local clock give the zone",
    arguments: [
      ("PXL_20260729_031244123.jpg", "2026:07:29 11:12:44", 480),
      ("PXL_20260729_031244123.jpg", "2026:07:29 08:57:45", 345),
      ("PXL_20260729_031244123.jpg", "2026:07:28 20:14:00", -420),
      ("PXL_20260729_031244123.jpg", "2026:07:29 03:12:44", 0),
    ])
  func gap(name: String, original: String, minutes: Int) throws {
    let folder = try TemporaryFolder()
    try folder.write(Self.photo(original: original), to: name)
    let gap = try observations(folder, name).filter { $0.field == "FileName:UTCGap" }
    #expect(gap.map(\.fact) == [.utcOffset(Int16(minutes))])
    #expect(gap.map(\.role) == [.derived])
  }

  @Test(
    "no zone where the moments are not the same, or the name tells when it was saved",
    arguments: [
      ("PXL_20260729_031244123.jpg", "2026:07:29 11:18:44"),
      ("PXL_20260729_031244123.jpg", "2026:07:25 11:12:44"),
      ("mmexport1785294764123.jpg", "2026:07:29 11:12:44"),
      ("IMG_20260729_031244.jpg", "2026:07:29 11:12:44"),
      ("PXL_20260729_031244123.jpg", "2026:07:29 10:57:44"),
    ])
  func noGap(name: String, original: String) throws {
    let folder = try TemporaryFolder()
    try folder.write(Self.photo(original: original), to: name)
    #expect(try observations(folder, name).allSatisfy { $0.kind != .utcOffset })
  }

  @Test("a film's clock of UTC against the local one of its name")
  func film() {
    for (mediaType, expected) in [("video/mp4", [Observation.Fact.utcOffset(480)]), ("application/pdf", [])] {
      var found = [
        Observation(
          .created, .timestamp(Timestamp(civilSeconds: 1_785_294_800, utcOffsetMinutes: 0)),
          field: "QuickTime:CreateDate",
          offset: 1)
      ]
      Array("VID_20260729_111244.mp4".utf8).withUnsafeBufferPointer {
        FileName.observe($0, byteCount: 1, into: &found)
        NameGap.observe($0, mediaType, into: &found)
      }
      #expect(found.filter { $0.kind == .utcOffset }.map(\.fact) == expected)
    }
  }

  @Test("what lies in a trash was deleted")
  func trash() throws {
    let folder = try TemporaryFolder()
    for name in [
      ".Trash-1000/files/a", "$RECYCLE.BIN/S-1/b", "Recently Deleted/c", "Zuletzt gelöscht/d", "最近删除/e",
    ] {
      try folder.write(Array("words".utf8), to: name)
      let last = name.split(separator: "/").last.map(String.init) ?? ""
      #expect(
        try observations(folder, last)
          == [Observation(.deleted, .hidden(HiddenContent(byteCount: 5)), field: "Folder:Trash", offset: nil)]
      )
    }
    try folder.write(Array("words".utf8), to: "@eaDir/IMG_1.jpg/f")
    #expect(try observations(folder, "f").map(\.role) == [.thumbnail])
    try folder.write(Array("words".utf8), to: "trashy/g")
    try folder.write(Array("words".utf8), to: "My Trash Metal/h")
    #expect(try observations(folder, "g") == [])
    #expect(try observations(folder, "h") == [])
  }

  @Test("files that belong to others are joined to them")
  func attached() throws {
    let folder = try TemporaryFolder()
    let attributes = Leftover.appleDouble([("com.apple.quarantine", Array("0083;6a69df2c;Safari;".utf8))])
    let zone = Array("[ZoneTransfer]\r\nHostUrl=https://example.org/a.zip\r\n".utf8)
    for name in ["a.zip", "plan.docx", "plan.odt"] { try folder.write([1], to: name) }
    let lock = Array(",mara,laptop,29.07.2026 11:12,file:///home/mara/.config;".utf8)
    for (name, bytes, subject) in [
      ("._a.zip", attributes, "a.zip"), ("a.zip:Zone.Identifier", zone, "a.zip"),
      ("~$plan.docx", Leftover.owner("Mara"), "plan.docx"), (".~lock.plan.odt#", lock, "plan.odt"),
    ] {
      try folder.write(bytes, to: name)
      let sidecar = try observations(folder, name).filter { $0.role == .sidecar }
      #expect(sidecar.map(\.text) == [subject], "\(name)")
    }
    try folder.write(attributes, to: "._gone.zip")
    #expect(try observations(folder, "._gone.zip").allSatisfy { $0.role != .sidecar })
  }

  @Test("what a camera writes beside a film is joined to it")
  func besideFilms() throws {
    let folder = try TemporaryFolder()
    let flight = Array("1\n00:00:00,000 --> 00:00:01,000\nGPS(2.2945,48.8584,18) BAROMETER:33.8\n".utf8)
    let clip = Array("<NonRealTimeMeta lastUpdate=\"2026-03-04T10:11:12+01:00\"/>".utf8)
    for name in ["DJI_0001.MP4", "C0001.MP4", "GX010001.MP4", "MVI_2.avi"] { try folder.write([1], to: name) }
    for (name, bytes, subject) in [
      ("DJI_0001.SRT", flight, "DJI_0001.MP4"), ("C0001M01.XML", clip, "C0001.MP4"),
      ("GL010001.LRV", flight, "GX010001.MP4"), ("MVI_2.thm", flight, "MVI_2.avi"),
    ] {
      try folder.write(bytes, to: name)
      let sidecar = try observations(folder, name).filter { $0.role == .sidecar }
      #expect(sidecar.map(\.text) == [subject], "\(name)")
    }
    try folder.write(flight, to: "DJI_0009.SRT")
    #expect(try observations(folder, "DJI_0009.SRT").allSatisfy { $0.role != .sidecar })
  }

  #if os(Linux)
    @Test("extended attributes: where a file was loaded from")
    func attributes() throws {
      let folder = try TemporaryFolder()
      let path = try folder.write(Array("words".utf8), to: "a.txt")
      func set(_ name: String, _ value: [UInt8]) -> Bool { setxattr(path, name, value, value.count, 0) == 0 }
      // Not every file system has them.
      guard set("user.xdg.origin.url", Array("https://example.org/a".utf8)) else { return }
      #expect(
        set("user.com.apple.metadata:kMDItemWhereFroms", Leftover.propertyList(["https://example.org/b"])))
      #expect(set("user.com.apple.quarantine", Array("0083;6a69df2c;Safari;".utf8)))
      #expect(set("user.xdg.origin.email.from", Array("mara@example.org".utf8)))
      #expect(set("user.unknown", Array("x".utf8)))
      #expect(set("user.com.apple.metadata:_kMDItemUserTags", Array("bplist00 and nothing".utf8)))
      let found = try observations(folder, "a.txt")
      #expect(
        found.filter { $0.role == .downloadedFrom }.compactMap(\.text).sorted() == [
          "https://example.org/a", "https://example.org/b",
        ])
      #expect(found.filter { $0.role == .application }.compactMap(\.text) == ["Safari"])
      #expect(found.filter { $0.role == .email }.compactMap(\.text) == ["mara@example.org"])
      #expect(found.allSatisfy { $0.offset == nil })
      #expect(try observations(folder, "a.txt").count == 5)
    }
  #endif
}

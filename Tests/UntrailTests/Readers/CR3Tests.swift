import Testing
import UntrailBytes
import UntrailModel
import UntrailReaders

@Suite("Canon CR3")
struct CR3Tests {
  private static let big = Container.big
  private static let box = Container.box

  private static func uuid(_ digits: String) -> [UInt8] {
    var bytes: [UInt8] = []
    var rest = Substring(digits)
    while !rest.isEmpty {
      bytes.append(UInt8(rest.prefix(2), radix: 16) ?? 0)
      rest = rest.dropFirst(2)
    }
    return bytes
  }

  /// Seconds since 1904.
  private static func times(_ created: Int, _ modified: Int) -> [UInt8] {
    [0, 0, 0, 0] + big(created) + big(modified) + big(0)
  }

  /// 2024-05-01T12:00:00Z.
  private static let noon = 1_714_564_800 + 2_082_844_800

  private static func structures() -> [UInt8] {
    let builder = TIFFBuilder()
    let image = [
      builder.text(0x10F, "Canon"), builder.text(0x110, "Canon EOS X1"), builder.text(0x13B, "Mara Example"),
    ]
    let exif = [builder.text(0x9003, "2024:05:01 14:00:00"), builder.text(0x9011, "+02:00")]
    var gps = ExifBuilder(order: .little)
    gps.addPosition(latitude: 52.5163, longitude: 13.3777)
    // The GPS directory as the first of its structure: the pointer of the head leads to it.
    var position = gps.build()
    position.replaceSubrange(4..<8, with: position[18..<22])
    let thumbnail = [0, 0, 0, 0, 0, 160, 0, 120] + big(4) + big(0) + [0xFF, 0xD8, 0xFF, 0xD9]
    return box("CMT1", builder.build([image])) + box("CMT2", builder.build([exif])) + box("CMT4", position)
      + box("THMB", thumbnail)
  }

  private static func track(_ created: Int, sampleAt offset: Int, size: Int) -> [UInt8] {
    let table =
      box("stsz", big(0) + big(size) + big(1)) + box("co64", big(0) + big(1) + big(0) + big(offset))
    return box(
      "trak",
      box("tkhd", times(created, created))
        + box("mdia", box("mdhd", times(created, noon)) + box("minf", box("stbl", table))))
  }

  static let jpeg: [UInt8] = [0xFF, 0xD8, 0xFF, 0xD9]

  static let file: [UInt8] = {
    func movie(_ offset: Int) -> [UInt8] {
      box(
        "moov",
        box("uuid", uuid("85C0B687820F11E08111F4CE462B6A48") + structures()) + box("mvhd", times(noon, noon))
          + track(noon, sampleAt: offset, size: jpeg.count) + track(noon + 60, sampleAt: offset + 1, size: 3))
    }
    let picture = box("PRVW", [0, 0, 0, 0, 0, 1, 0, 160, 0, 120, 0, 1] + big(jpeg.count) + jpeg)
    let start =
      box("ftyp", Array("crx ".utf8) + [0, 0, 0, 1] + Array("crx isom".utf8))
    let preview = box("uuid", uuid("EAF42B5E1C984B88B9FBB7DC406E4D16") + big(0) + big(1) + picture)
    let offset = start.count + movie(0).count + preview.count + 8
    return start + movie(offset) + preview + box("mdat", jpeg)
  }()

  @Test("reads")
  func reads() throws {
    let result = read(Self.file, as: "image/x-canon-cr3")
    #expect(result.diagnostics.isEmpty)
    #expect(result.text(.device, .camera) == "Canon EOS X1")
    #expect(result.text(.person, .artist) == "Mara Example")
    #expect(result.timestamp(.original)?.utcOffsetMinutes == 120)
    #expect(result.locations.map(\.isCoarse) == [false])
    let times = result.observations.filter { $0.role == .created || $0.role == .modified }
    #expect(
      times.map(\.field) == [
        "QuickTime:CreateDate", "QuickTime:ModifyDate", "Track2:TrackCreateDate", "Track2:TrackModifyDate",
      ])
    #expect(times.first?.fact == .timestamp(Timestamp(civilSeconds: 1_714_564_800, utcOffsetMinutes: 0)))
    let hidden = result.observations.filter { $0.kind == .hidden }
    #expect(hidden.map(\.field) == ["Canon:ThumbnailImage", "Track1:JpgFromRaw", "QuickTime:PreviewImage"])
    for picture in hidden {
      let offset = try #require(picture.offset)
      #expect(Array(Self.file[offset..<(offset + 4)]) == Self.jpeg)
      #expect(picture.fact == .hidden(HiddenContent(byteCount: 4)))
    }
  }

  @Test("the maker note is handed on")
  func makerNote() {
    let builder = TIFFBuilder()
    let note = Self.box("CMT3", builder.build([[builder.text(0x09, "Mara Example")]]))
    let canon = Self.box("uuid", Self.uuid("85C0B687820F11E08111F4CE462B6A48") + note)
    let result = read(Self.box("moov", canon), as: "image/x-canon-cr3")
    #expect(result.codes == ["maker-note-not-read"] || result.text(.person, .owner) == "Mara Example")
  }

  @Test("is clean")
  func isClean() {
    let file =
      Self.box("ftyp", Array("crx ".utf8) + [0, 0, 0, 1])
      + Self.box("moov", Self.box("mvhd", Self.times(0, 0)))
    let result = read(file, as: "image/x-canon-cr3")
    #expect(result.observations.isEmpty && result.diagnostics.isEmpty)
  }

  @Test("is damaged")
  func isDamaged() {
    surviveDamage(Self.file, as: "image/x-canon-cr3")
    #expect(read(Array(Self.file.prefix(300)), as: "image/x-canon-cr3").isDamaged)
  }
}

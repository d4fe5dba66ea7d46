import Testing
import UntrailBytes
import UntrailModel
import UntrailReaders

/// Reads an archive, with files in it told by their names' first letters.
private func readArchive(_ bytes: [UInt8], _ limits: Limits = Limits()) -> ReadResult {
  var result = ReadResult()
  let tools = ReaderTools(limits: limits) { run, _ in
    if run.starts(with: "<?xml".utf8) { return MediaType("application/vnd.google-earth.kml+xml") }
    // Zeros are taken for what is read, so that they are unpacked.
    if run.count > 1000, run.allSatisfy({ $0 == 0 }) {
      return MediaType("application/vnd.google-earth.kml+xml")
    }
    if run.starts(with: [0xFF, 0xD8]) { return MediaType("image/jpeg") }
    if run.starts(with: "PK".utf8) { return MediaType("application/zip") }
    return .unknown
  }
  _ = result.read(ByteSource(bytes: bytes), of: MediaType("application/zip"), with: tools)
  return result
}

private let map =
  "<?xml version='1.0'?><kml xmlns='http://www.opengis.net/kml/2.2'><Placemark><name>Tower</name>"
  + "<Point><coordinates>2.2945,48.8584</coordinates></Point></Placemark></kml>"

extension ReadResult {
  fileprivate var memberPlaces: [Coordinate] {
    members.flatMap(\.observations).compactMap {
      if case .location(let location) = $0.fact { location.coordinate } else { nil }
    }
  }
}

@Suite("ZIP")
struct ZIPTests {
  private let tower = Coordinate(latitude: 48.8584, longitude: 2.2945)

  private func archive(_ change: (inout ZIPBuilder.File) -> Void = { _ in }) -> ZIPBuilder {
    var file = ZIPBuilder.File("doc.kml", map)
    change(&file)
    return ZIPBuilder([file, ZIPBuilder.File("files/note.txt", "hello")])
  }

  @Test("files are read stored and packed, with their sizes in front or behind")
  func forms() {
    for isDeflated in [false, true] {
      for hasDescriptor in [false, true] {
        let archive = archive {
          $0.isDeflated = isDeflated
          $0.hasDescriptor = hasDescriptor
        }
        let result = readArchive(archive.bytes)
        #expect(result.memberPlaces == [tower].compactMap { $0 })
        #expect(!result.isDamaged, "\(result.diagnostics)")
      }
    }
  }

  @Test("large archives, archives behind other bytes, and comments")
  func otherForms() {
    var large = archive()
    large.isLarge = true
    #expect(readArchive(large.bytes).memberPlaces.count == 1)
    #expect(readArchive(Array("front".utf8) + large.bytes).memberPlaces.count == 1)
    var commented = archive()
    commented.comment = "made by Mara Example"
    let result = readArchive(Array("front matter".utf8) + commented.bytes)
    #expect(result.memberPlaces.count == 1)
    #expect(result.text(.text, .comment) == "made by Mara Example")
  }

  @Test("names lead nowhere, and are told as they are")
  func names() {
    let result = readArchive(archive { $0.name = "../../etc/doc.kml" }.bytes)
    #expect(result.members.map(\.artifact.member).contains(["../../etc/doc.kml"]))
    #expect(result.memberPlaces.count == 1)
  }

  @Test("what is locked is said to be, and an unknown method is")
  func locked() {
    let locked = readArchive(archive { $0.flags = 1 }.bytes)
    #expect(locked.codes.contains("zip-encrypted"))
    #expect(locked.memberPlaces.isEmpty)
    let other = readArchive(archive { $0.method = 97 }.bytes)
    #expect(other.codes.contains("zip-method"))
  }

  @Test("files inside each other are read once")
  func overlap() {
    var archive = ZIPBuilder((0..<200).map { ZIPBuilder.File("\($0).kml", map) })
    archive.offsets = [Int](repeating: 0, count: 200)
    let result = readArchive(archive.bytes)
    #expect(result.memberPlaces.count == 1)
    #expect(result.isDamaged)
  }

  @Test("a file does not become more than it may, nor do all together")
  func bombs() {
    var file = ZIPBuilder.File("doc.kml", [UInt8](repeating: 0, count: 0))
    file.method = 8
    // The stream without the head of zlib; its directory claims nothing of the size.
    file.content = Array(Compressed.zlibZeros(40 << 20).dropFirst(2))
    var limits = Limits()
    limits.bytes = 4 << 20
    let bomb = readArchive(ZIPBuilder([file]).bytes, limits)
    #expect(bomb.codes.contains("limit"))
    #expect(bomb.members.allSatisfy { ($0.artifact.byteCount ?? .max) <= 4 << 20 })

    limits.bytes = 600
    let many = ZIPBuilder((0..<20).map { _ in ZIPBuilder.File("a.kml", [UInt8](repeating: 32, count: 1000)) })
    #expect(readArchive(many.bytes, limits).codes.contains("limit"))
    limits = Limits()
    limits.members = 5
    #expect(readArchive(many.bytes, limits).members.count == 5)
    limits = Limits()
    limits.entries = 3
    #expect(readArchive(many.bytes, limits).codes.contains("limit"))
  }

  @Test("a changed file is said to be")
  func checksum() {
    var bytes = archive().bytes
    let place = 30 + "doc.kml".utf8.count + map.utf8.count - 20
    bytes[place] = UInt8(ascii: "x")
    #expect(readArchive(bytes).codes.contains("checksum"))
  }

  @Test("an archive without a directory is read by the headers of its files")
  func withoutDirectory() {
    for isDeflated in [false, true] {
      let bytes = archive { $0.isDeflated = isDeflated }.bytes
      let result = readArchive(Array(bytes.prefix(30 + 7 + map.utf8.count + 40)))
      #expect(result.memberPlaces.count == 1)
      #expect(result.isDamaged)
    }
  }

  @Test("files of any archive are examined, and its times and comments told")
  func other() {
    let bytes = ZIPBuilder([ZIPBuilder.File("a.txt", "hello"), ZIPBuilder.File("b.jpg", pictureOfTower())])
      .bytes
    let result = readArchive(bytes)
    #expect(result.members.map(\.coverage) == [.unsupported, .read])
    #expect(result.memberPlaces.count == 1)
    #expect(result.diagnostics.isEmpty)
  }

  @Test("damage")
  func damage() {
    var archive = archive { $0.isDeflated = true }
    archive.isLarge = true
    let bytes = archive.bytes
    for length in 0..<bytes.count {
      let result = readArchive(Array(bytes.prefix(length)))
      #expect(result.memberPlaces.allSatisfy { $0 == tower }, "cut at \(length)")
    }
    for index in bytes.indices {
      for byte: UInt8 in [0x00, 0x01, 0x7F, 0x80, 0xFF] where bytes[index] != byte {
        var changed = bytes
        changed[index] = byte
        #expect(readArchive(changed).memberPlaces.count <= 1, "\(byte) at \(index)")
      }
    }
  }
}

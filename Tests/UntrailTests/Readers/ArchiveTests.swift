import Testing
import UntrailModel
import UntrailReaders

@Suite("archives")
struct ArchiveTests {
  private typealias File = ArchiveBuilder.File

  private func base64(_ bytes: [UInt8]) -> String {
    let letters = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/")
    var text = ""
    for start in stride(from: 0, to: bytes.count, by: 3) {
      let group = bytes[start..<min(start + 3, bytes.count)]
      let bits = group.reduce(0) { $0 << 8 | Int($1) } << (8 * (3 - group.count))
      for place in 0..<4 { text.append(place <= group.count ? letters[bits >> (18 - 6 * place) & 63] : "=") }
      if start % 57 == 54 { text += "\r\n" }
    }
    return text
  }

  @Test("a picture in an archive in a message in an archive is found, with its way in")
  func nested() throws {
    let zip = ZIPBuilder([ZIPBuilder.File("album/a.jpg", pictureOfTower())]).bytes
    let mail =
      "From: Mara Example <mara@example.org>\r\nTo: sam@example.org\r\nSubject: Tower\r\n"
      + "MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=\"b\"\r\n\r\n--b\r\n\r\nhello\r\n--b\r\n"
      + "Content-Type: application/zip; name=\"photo.zip\"\r\nContent-Transfer-Encoding: base64\r\n"
      + "Content-Disposition: attachment; filename=\"photo.zip\"\r\n\r\n\(base64(zip))\r\n--b--\r\n"
    let tar = ArchiveBuilder.tar([File("mail.eml", Array(mail.utf8), user: "mara")])
    for bytes in [tar, ArchiveBuilder.gzip(tar)] {
      let examination = try examineWhole(bytes)
      #expect(examination.waysToPlaces == [["mail.eml", "photo.zip", "album/a.jpg"]])
      #expect(examination.observations.contains { $0.role == .account && $0.text == "mara" })
    }
  }

  @Test("who owned files, when they were changed, where links lead, names that lead out")
  func facts() throws {
    let tar = ArchiveBuilder.tar([
      File("../../etc/a.jpg", pictureOfTower(), user: "mara"), File("b", target: "/home/sam/notes"),
    ])
    let examination = try examineWhole(tar)
    #expect(examination.waysToPlaces == [["../../etc/a.jpg"]])
    #expect(examination.diagnostics.contains { $0.code == "member-name" })
    let texts = examination.observations.map { "\($0.role.name) \($0.text ?? "")" }
    #expect(texts.contains("account mara") && texts.contains("path /home/sam/notes"))
    #expect(examination.observations.count { $0.kind == .timestamp } == 1)
  }

  @Test("a packed file keeps its name and time")
  func packed() throws {
    let examination = try examineWhole(ArchiveBuilder.gzip(pictureOfTower(), name: "tower.jpg"))
    #expect(examination.waysToPlaces == [["tower.jpg"]])
    #expect(examination.observations.contains { $0.role == .originalFileName && $0.text == "tower.jpg" })
    #expect(examination.observations.contains { $0.kind == .timestamp })
  }

  @Test("other forms", arguments: ["cpio", "ar", "warc"])
  func others(_ form: String) throws {
    let picture = pictureOfTower()
    let archive: [UInt8]
    switch form {
    case "cpio":
      let head = "070707000001000001100644000000000000000001000000" + "00000000000" + "000006"
      let size = String(picture.count, radix: 8)
      let text = head + String(repeating: "0", count: 11 - size.count) + size + "a.jpg\0"
      let end =
        "0707070000000000000000000000000000000000010000000000000000000000130000000000" + "TRAILER!!!\0"
      archive = Array(text.utf8) + picture + Array(end.utf8) + [UInt8](repeating: 0, count: 512)
    case "ar":
      let size = "\(picture.count)"
      let head = "!<arch>\na.jpg/          1714338542  1000  1000  100644  "
      archive =
        Array((head + size + String(repeating: " ", count: 10 - size.count) + "`\n").utf8) + picture
        + (picture.count % 2 == 1 ? [0x0A] : [])
    default:
      let head =
        "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: http://example.org/a.jpg\r\n"
        + "WARC-Date: 2024-04-28T21:09:02Z\r\nWARC-Record-ID: <urn:uuid:00000000-0000-0000-0000-000000000001>\r\n"
        + "Content-Type: application/http; msgtype=response\r\nContent-Length: "
      let answer = "HTTP/1.1 200 OK\r\nContent-Type: image/jpeg\r\n\r\n"
      archive =
        Array((head + "\(answer.utf8.count + picture.count)\r\n\r\n" + answer).utf8) + picture
        + Array("\r\n\r\n".utf8)
    }
    let examination = try examineWhole(archive)
    #expect(examination.waysToPlaces.count == 1, "\(examination)")
  }

  /// Of one file: in the 7z archive a picture that breaks off, in the others the first line of a PDF document.
  @Test(
    "what other programs packed",
    arguments: [
      (
        "7z",
        "377abcaf271c0003cbd9a6b413000000000000004b000000000000009c8fc231007fb61bedf209d67aa3d5bae7ffffe02980000104060001091300070b01000123030101055d000080000c813000080a01d1003a5e00000501110d00e4002e006a00700067000000140a0100006b734bb099da01150601002080a4810000"
      ),
      (
        "xz",
        "fd377a585a000004e6d6b4460200210116000000742fe5a3010008255044462d312e340a00000000349633401fb80ba3000121096c18c5d51fb6f37d010000000004595a"
      ),
      (
        "bz2",
        "425a6839314159265359c700af09000000de00001002032400050040002000220193d420c98855cd303c5dc914e142431c02bc24"
      ),
      ("zst", "28b52ffd0458490000255044462d312e340a05080c98"),
      (
        "zip-bzip2",
        "504b03042e0000080c0021b99c58ed9de60a340000000900000006000000c3a42e706466425a6839314159265359c700af09000000de00001002032400050040002000220193d420c98855cd303c5dc914e142431c02bc24504b01022e032e0000080c0021b99c58ed9de60a3400000009000000060000000000000000000000800100000000c3a42e706466504b0506000000000100010034000000580000000000"
      ),
      (
        "zip-lzma",
        "504b03043f0002080e0021b99c58ed9de60a1d0000000900000006000000c3a42e706466090405005d00008000001294048470ada4c72770d73bba7fffc6e30000504b01023f033f0002080e0021b99c58ed9de60a1d00000009000000060000000000000000000000800100000000c3a42e706466504b0506000000000100010034000000410000000000"
      ),
    ])
  func madeElsewhere(_ form: String, _ digits: String) throws {
    let digits = Array(digits.utf8)
    let bytes = stride(from: 0, to: digits.count, by: 2).compactMap {
      UInt8(String(decoding: digits[$0..<($0 + 2)], as: UTF8.self), radix: 16)
    }
    let examination = try examineWhole(bytes)
    let types = examination.members.map(\.mediaType.name)
    #expect(types == [form == "7z" ? "image/jpeg" : "application/pdf"], "\(examination)")
    let names = ["7z": "ä.jpg", "zip-bzip2": "ä.pdf", "zip-lzma": "ä.pdf"]
    #expect(examination.members.map(\.artifact.member) == [[names[form] ?? "content"]])
    #expect(!examination.diagnostics.contains { $0.nature == .damage })
  }

  @Test("an archive with nothing to tell says nothing")
  func clean() throws {
    let examination = try examineWhole(ArchiveBuilder.tar([File("a.txt", Array("hello".utf8), user: "root")]))
    #expect(examination.coverage == .read)
    #expect(examination.observations.allSatisfy { $0.kind == .timestamp })
    #expect(examination.members.map(\.coverage) == [.unsupported])
  }

  @Test("what becomes too much is cut, and said to be")
  func bombs() throws {
    var limits = Limits()
    limits.bytes = 1 << 20
    // A picture that goes on with zeros, and zeros alone.
    let zeros = Array(Compressed.zlibZeros(64 << 20).dropFirst(2))
    let alone = try examineWhole(ArchiveBuilder.gzip(deflated: zeros), limits)
    #expect(alone.members.map(\.coverage) == [.unsupported])
    let start: [UInt8] = [0xFF, 0xD8, 0xFF, 0xE0, 0, 4, 0, 0]
    let begun = [0] + ZIPBuilder.deflated(start).dropFirst() + zeros
    let cut = try examineWhole(ArchiveBuilder.gzip(deflated: begun), limits)
    #expect(cut.diagnostics.contains { $0.code == "limit" } && cut.coverage == .partial)
    #expect(cut.members.allSatisfy { ($0.artifact.byteCount ?? 0) <= 1 << 20 })

    var deep = pictureOfTower()
    for _ in 0..<20 { deep = ZIPBuilder([ZIPBuilder.File("a", deep)]).bytes }
    let nested = try examineWhole(deep)
    #expect(nested.waysToPlaces.isEmpty)
    #expect(nested.members.contains { $0.diagnostics.contains { $0.code == "limit" } })

    limits = Limits()
    limits.members = 5
    let many = try examineWhole(
      ArchiveBuilder.tar((0..<20).map { File("\($0).jpg", pictureOfTower()) }), limits)
    #expect(many.members.count == 5 && many.diagnostics.contains { $0.code == "limit" })
  }

  @Test("a tree of archives in archives ends at the number of files that are looked at")
  func tree() throws {
    var file = ZIPBuilder([ZIPBuilder.File("0.bin", [1, 2, 3])]).bytes
    for _ in 0..<4 { file = ZIPBuilder((0..<6).map { ZIPBuilder.File("\($0).zip", file) }).bytes }
    var limits = Limits()
    limits.members = 100
    let examination = try examineWhole(file, limits)
    #expect(examination.members.count == 100)
    #expect(([examination] + examination.members).contains { $0.diagnostics.contains { $0.code == "limit" } })
  }

  @Test("damage")
  func damage() {
    let tar = ArchiveBuilder.tar([File("a", Array("hello".utf8), user: "mara")])
    surviveDamage(Array(ArchiveBuilder.gzip(Array(tar.prefix(600)), name: "a.tar")), as: "application/gzip")
    for length in stride(from: 0, to: tar.count, by: 7) {
      _ = read(Array(tar.prefix(length)), as: "application/x-tar")
    }
    for index in tar.indices.prefix(520) {
      for byte: UInt8 in [0x00, 0x39, 0xFF] where tar[index] != byte {
        var changed = tar
        changed[index] = byte
        #expect(read(changed, as: "application/x-tar").locations.isEmpty)
      }
    }
  }
}

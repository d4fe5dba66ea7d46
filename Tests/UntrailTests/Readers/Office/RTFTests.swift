import Testing
import UntrailModel
import UntrailReaders

@Suite("Rich Text Format")
struct RTFTests {
  private static let type = "text/rtf"

  private static func hexadecimal(_ bytes: [UInt8]) -> String {
    bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
  }

  /// 2024-04-28T23:09, Sunday.
  private static let dateWord = 9 | 23 << 6 | 28 << 11 | 4 << 16 | 124 << 20

  private static var whole: String {
    let picture = hexadecimal(pictureOfTower())
    return #"""
      {\rtf1\ansi\ansicpg1252{\fonttbl{\f0 Pen;}}
      {\info{\title Minutes}{\author M\'e4ra Example}{\operator Leo Example}{\manager Ina Example}
      {\*\company Example Press}{\*\copyright 2024 \u20320?Mara}{\doccomm draft}
      {\creatim\yr2024\mo4\dy26\hr8}{\revtim\yr2024\mo4\dy28\hr23\min9\sec2}{\printim\yr2024\mo4\dy27}}
      {\*\generator Pen Office 7;}{\*\template C:\\Users\\mara\\Press.dot}
      {\*\userprops{\propname Owner}\proptype30{\staticval Sam Example}}
      {\*\revtbl{Unknown;}{Rita Example;}}{\*\rsidtbl\rsid1111\rsid2222}
      {\deleted\revauthdel1\revdttmdel\#(dateWord) gone}
      {\*\atnid KE}{\*\atnauthor Kim Example}{\*\annotation{\*\atndate \#(dateWord + 1)}note}
      {\field{\*\fldinst HYPERLINK "mailto:leo@example.org"}{\fldrslt Leo}}
      {\field{\*\fldinst INCLUDEPICTURE "https://track.example/1.png"}}
      {\*\shppict{\pict{\*\picprop{\sp{\sn a}{\sv 12}}}\jpegblip\picw10{\*\blipuid 00ff} \#(picture)}}
      }
      """#
  }

  private func examine(_ text: String) throws -> Examination { try examineWhole(Array(text.utf8)) }

  @Test("people, times, sessions, paths, pictures")
  func reads() throws {
    let result = try examine(Self.whole)
    #expect(result.mediaType.name == Self.type && result.coverage == .read, "\(result.diagnostics)")
    #expect(result.texts(.person, .author) == ["Mära Example"])
    #expect(result.texts(.person, .editor) == ["Leo Example"])
    #expect(result.texts(.person, .manager) == ["Ina Example"])
    #expect(result.texts(.person, .organization) == ["Example Press"])
    #expect(result.texts(.person, .copyright) == ["2024 你Mara"])
    #expect(result.texts(.person, .owner) == ["Sam Example"])
    #expect(result.texts(.person, .reviser) == ["Rita Example"])
    #expect(result.texts(.person, .commenter) == ["Kim Example"])
    #expect(result.texts(.text, .label) == ["KE"])
    #expect(result.texts(.text, .comment) == ["draft"])
    #expect(result.texts(.text, .title) == ["Minutes"])
    // A number that is left out is 0; without an hour it is a day.
    #expect(result.times(.created) == [Timestamp(civilSeconds: 1_714_118_400, precision: .minute)])
    #expect(result.times(.modified) == [Timestamp(civilSeconds: 1_714_345_742)])
    #expect(result.times(.printed) == [Timestamp(civilSeconds: 1_714_176_000, precision: .day)])
    #expect(
      result.times(.edited)
        == [1_714_345_740, 1_714_345_800].map {
          Timestamp(civilSeconds: $0, precision: .minute)
        })
    #expect(result.texts(.link, .revisionID) == ["00000457", "000008AE"])
    #expect(result.texts(.link, .template) == ["C:\\Users\\mara\\Press.dot"])
    #expect(result.texts(.link, .path) == ["C:\\Users\\mara\\Press.dot"])
    #expect(result.texts(.link, .networkLink) == ["https://track.example/1.png"])
    #expect(result.texts(.contact, .email) == ["leo@example.org"])
    #expect(result.texts(.software, .generator) == ["Pen Office 7"])
    #expect(result.hidden(.earlierRevision) == ["RTF:DeletedText"])
    #expect(isAtTower(result.member("pict-1.jpg")))
    let author = result.observations.first { $0.role == .author }
    #expect(author?.field == "RTF:Author")
    let place = author?.offset ?? 0
    #expect(Array(Self.whole.utf8)[place...].starts(with: "M\\'e4ra".utf8))
  }

  @Test("a picture may stand in bytes, and an object holds a file")
  func readsBytes() throws {
    let picture = pictureOfTower()
    let bytes = Array("{\\rtf1{\\pict\\jpegblip\\bin\(picture.count) ".utf8) + picture + Array("}}".utf8)
    #expect(isAtTower(try examineWhole(bytes).member("pict-1.jpg")))

    let name = Leftover.little(4, 4) + Array("Pen\0".utf8)
    let object =
      Leftover.little(0x501, 4) + Leftover.little(2, 4) + name + [UInt8](repeating: 0, count: 8)
      + Leftover.little(picture.count, 4) + picture
    let result = try examine("{\\rtf1{\\object{\\*\\objdata \(Self.hexadecimal(object))}}}")
    #expect(result.hidden(.embeddedFile) == ["RTF:EmbeddedObject"])
    #expect(isAtTower(result.member("object-Pen")))
  }

  @Test(
    "characters of two bytes, of which the second may be ASCII",
    arguments: [
      (932, #"\'8e\'52\'93\'63"#, "山田"), (932, #"\'83A"#, "ア"), (932, #"\'b1A"#, "ｱA"),
      (936, #"\'c0\'ee\'c3\'f7"#, "李明"), (949, #"\'b1\'e8"#, "김"), (950, #"\'a4@x"#, "一x"),
    ])
  func codePages(_ number: Int, _ text: String, _ author: String) throws {
    let result = try examine("{\\rtf1\\ansi\\ansicpg\(number){\\info{\\author \(text)}}}")
    #expect(result.texts(.person, .author) == [author])
  }

  @Test("says that groups are too deep")
  func deep() throws {
    let result = try examine("{\\rtf1" + String(repeating: "{", count: 3000))
    #expect(result.diagnostics.map(\.code).contains("limit"))
  }

  @Test("is clean where nothing is said")
  func clean() throws {
    let text = #"{\rtf1\ansi{\fonttbl{\f0 Pen;}}{\info{\author }}{\*\revtbl{Unknown;}}\pard Hello.\par}"#
    let result = try examine(text)
    #expect(result.mediaType.name == Self.type && result.coverage == .read)
    #expect(result.observations.isEmpty && result.diagnostics.isEmpty)
  }

  @Test("survives damage")
  func damaged() { surviveDocumentDamage(Array(Self.whole.utf8), as: Self.type) }
}

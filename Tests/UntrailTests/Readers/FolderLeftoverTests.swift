import Testing
import UntrailIdentify
import UntrailModel
import UntrailReaders

@Suite("Leftovers of folders")
struct FolderLeftoverTests {
  private static let time = Timestamp(civilSeconds: Int64(Leftover.moment), utcOffsetMinutes: 0)
  private static let picture = Container.jpeg([])

  private static func texts(_ result: ReadResult, _ role: Role) -> [String] {
    result.observations.filter { $0.role == role }.compactMap(\.text)
  }

  // MARK: AppleDouble

  private static let attributes = Leftover.appleDouble(
    [
      ("com.apple.metadata:kMDItemWhereFroms", Leftover.propertyList(["https://example.org/", "x"])),
      ("com.apple.quarantine", Array("0083;6a69df2c;Safari;F00D-1234".utf8)),
      ("com.apple.lastuseddate#PS", Leftover.little(Leftover.moment, 8) + Leftover.little(5, 8)),
      ("com.apple.metadata:_kMDItemUserTags", Leftover.propertyList(["Red\n6", "source"])),
      ("com.apple.FinderInfo", [1, 2, 3]),
    ], comment: "from the park")

  @Test("AppleDouble: where a file was loaded from, with what and when, tags, comment")
  func appleDouble() {
    let result = read(Self.attributes, as: "application/applefile")
    #expect(result.diagnostics == [])
    #expect(Self.texts(result, .downloadedFrom) == ["https://example.org/"])
    #expect(Self.texts(result, .subject) == ["x"])
    #expect(Self.texts(result, .application) == ["Safari"])
    #expect(Self.texts(result, .documentID) == ["F00D-1234"])
    #expect(Self.texts(result, .keywords) == ["Red", "source"])
    #expect(Self.texts(result, .comment) == ["from the park"])
    #expect(result.timestamp(.created)?.civilSeconds == 0x6A69_DF2C)
    #expect(result.timestamp(.lastUsed) == Self.time)
  }

  @Test("AppleDouble without attributes says nothing")
  func plainAppleDouble() {
    let result = read(Leftover.appleDouble([("com.apple.FinderInfo", [1])]), as: "application/applefile")
    #expect(result.observations == [])
    #expect(result.diagnostics == [])
  }

  @Test("of a property list that names itself, or more than there is, only what is whole is believed")
  func hostileList() {
    var list = Leftover.propertyList(["a", "b"])
    list[9] = 0
    let others = [Array(list.prefix(30)), Array("bplist00".utf8) + [UInt8](repeating: 0xFF, count: 40)]
    for (value, texts) in [(list, ["b"]), (others[0], []), (others[1], [])] {
      let file = Leftover.appleDouble([("com.apple.metadata:kMDItemWhereFroms", value)])
      let result = read(file, as: "application/applefile")
      #expect(result.observations.compactMap(\.text) == texts)
      #expect(result.isDamaged)
    }
  }

  // MARK: Folders

  private static let store = Leftover.desktopStore(
    [
      Leftover.Record(name: "photo.jpg", code: "ptbL", text: "Users/mara/Desktop/"),
      Leftover.Record(name: "photo.jpg", code: "ptbN", text: "source.jpg"),
      Leftover.Record(name: "plan.pdf", code: "cmmt", text: "for Tuesday"),
      Leftover.Record(name: ".", code: "cmmt", text: "all"),
    ], dates: [("trip", Double(Leftover.moment - 978_307_200))])

  @Test(".DS_Store: names, where what was deleted came from, comments, times")
  func desktopStore() {
    let result = read(Self.store, as: "application/x-apple-dsstore")
    #expect(result.diagnostics == [])
    #expect(Self.texts(result, .path) == ["photo.jpg", "Users/mara/Desktop/", "plan.pdf", "trip"])
    #expect(Self.texts(result, .originalFileName) == ["source.jpg"])
    #expect(Self.texts(result, .comment) == ["for Tuesday", "all"])
    #expect(result.observations.contains { $0.role == .deleted })
    #expect(result.timestamp(.modified) == Self.time)
  }

  @Test("a folder without names says nothing")
  func emptyStore() {
    let result = read(Leftover.desktopStore([]), as: "application/x-apple-dsstore")
    #expect(result.observations == [])
    #expect(result.diagnostics == [])
  }

  @Test("Thumbs.db: names and times of the catalog, the pictures as files of their own")
  func thumbnails() {
    let file = Leftover.compound([
      ("Catalog", Leftover.catalog(["IMG_1.jpg", "gone.jpg"])), ("1", Leftover.pictureStream(Self.picture)),
      ("2", Leftover.pictureStream(Self.picture)),
      ("256_0123456789abcdef", Leftover.pictureStream(Self.picture)),
    ])
    let result = read(file, as: "application/x-ms-thumbs-db")
    #expect(result.diagnostics == [])
    #expect(Self.texts(result, .path) == ["IMG_1.jpg", "gone.jpg"])
    #expect(result.timestamp(.modified) == Self.time)
    #expect(result.observations.count { $0.role == .thumbnail } == 3)
    #expect(result.members.map(\.artifact.member) == [["IMG_1.jpg"], ["gone.jpg"], ["256_0123456789abcdef"]])
    #expect(result.members.allSatisfy { $0.artifact.byteCount == Self.picture.count })
  }

  @Test("Thumbs.db without pictures says nothing")
  func noThumbnails() {
    let result = read(
      Leftover.compound([("Catalog", Leftover.catalog([]))]), as: "application/x-ms-thumbs-db")
    #expect(result.observations == [])
    #expect(result.diagnostics == [])
  }

  @Test("thumbcache: pictures of Windows Vista, 7, 8 and 10", arguments: [0x14, 0x15, 0x1A, 0x20])
  func thumbnailCache(version: Int) {
    let file = Leftover.thumbnailCache(version: version, [Self.picture, [], Self.picture])
    let result = read(file, as: "application/x-ms-thumbcache")
    #expect(result.diagnostics == [])
    #expect(result.observations.map(\.role) == [.thumbnail, .thumbnail])
    #expect(result.members.map(\.artifact.byteCount) == [Self.picture.count, Self.picture.count])
    #expect(
      read(Leftover.thumbnailCache(version: version, []), as: "application/x-ms-thumbcache").observations
        == [])
  }

  @Test("desktop.ini: owner, comment and paths of somebody, not those of Windows")
  func folderSettings() {
    let text = """
      [.ShellClassInfo]\r
      InfoTip=Pictures of the trip\r
      LocalizedResourceName=@%SystemRoot%\\system32\\shell32.dll,-21769\r
      IconResource=C:\\Users\\mara\\icon.ico,0\r
      IconFile=%SystemRoot%\\system32\\imageres.dll\r
      [DeleteOnCopy]\r
      Owner=mara\r
      [LocalizedFileNames]\r
      plan.lnk=@shell32.dll,-1\r
      """
    for bytes in [Array(text.utf8), [0xFF, 0xFE] + Leftover.wide(text)] {
      let result = read(bytes, as: "application/x-wine-extension-ini")
      #expect(Self.texts(result, .comment) == ["Pictures of the trip"])
      #expect(Self.texts(result, .owner) == ["mara"])
      #expect(Self.texts(result, .path) == ["C:\\Users\\mara\\icon.ico,0", "plan.lnk"])
      #expect(Self.texts(result, .title) == [])
    }
    let plain = Array("[.ShellClassInfo]\r\nConfirmFileOp=0\r\n".utf8)
    #expect(read(plain, as: "application/x-wine-extension-ini").observations == [])
  }

  private static let picasa = """
    [Picasa]
    name=Trip
    location=Mont Blanc
    date=46232.467176
    [Contacts2]
    8c45=Mara Example;mara@example.org;
    [IMG_1.jpg]
    faces=rect64(3f845bcb59418507),8c45;rect64(9eb15e89b6b584c1),ffff
    caption=At the hut
    geotag=45.832622,6.865175
    IIDLIST_maraexample_lh=5d
    [IMG_2.jpg]
    geotag=0,0
    star=yes
    """

  @Test(".picasa.ini: people, places, faces, accounts")
  func picasa() {
    let result = read(Array(Self.picasa.utf8), as: "text/x-picasa-ini")
    #expect(Self.texts(result, .depicted) == ["Mara Example"])
    #expect(Self.texts(result, .email) == ["mara@example.org"])
    #expect(Self.texts(result, .account) == ["maraexample"])
    #expect(Self.texts(result, .sublocation) == ["Mont Blanc"])
    #expect(Self.texts(result, .title) == ["Trip"])
    #expect(result.observations.count { $0.role == .faceRegion } == 2)
    #expect(result.locations.map(\.coordinate) == [Coordinate(latitude: 45.832622, longitude: 6.865175)])
    #expect(result.timestamp(.created)?.civilSeconds == Int64(Leftover.moment))
    #expect(result.codes == ["no-fix"])
    #expect(read(Array("[a.jpg]\nrotate=rotate(1)\n".utf8), as: "text/x-picasa-ini").observations == [])
  }

  // MARK: Trash

  @Test("$I: path, size and time of what was deleted", arguments: [1, 2])
  func recycled(version: Int) {
    let file = Leftover.recycled("C:\\Users\\mara\\Desktop\\source.jpg", version: version)
    let result = read(file, as: "application/x-windows-recycled")
    #expect(result.diagnostics == [])
    #expect(Self.texts(result, .path) == ["C:\\Users\\mara\\Desktop\\source.jpg"])
    #expect(result.timestamp(.deleted) == Self.time)
    #expect(result.observations.first?.fact == .hidden(HiddenContent(byteCount: 4096)))
  }

  @Test(".trashinfo: path and time of what was deleted")
  func trashInfo() {
    let text = "[Trash Info]\nPath=/home/mara/Zo%C3%AB%20100%25.jpg\nDeletionDate=2026-07-29T11:12:44\n"
    let result = read(Array(text.utf8), as: "application/x-trash-info")
    #expect(Self.texts(result, .path) == ["/home/mara/Zoë 100%.jpg"])
    #expect(result.timestamp(.deleted) == Timestamp(civilSeconds: Int64(Leftover.moment)))
    #expect(read(Array("[Trash Info]\n".utf8), as: "application/x-trash-info").observations == [])
  }

  // MARK: Links

  private static let shortcut = Leftover.shortcut(
    path: "E:\\trip\\plan.docx", host: "mara-laptop", mac: [0, 0x0B, 0xDB, 0x9C, 0x4F, 0x9F],
    comment: "the plan")

  @Test("a shortcut: path, volume, computer, MAC address, times")
  func shortcut() {
    let result = read(Self.shortcut, as: "application/x-ms-shortcut")
    #expect(result.diagnostics == [])
    #expect(Self.texts(result, .path) == ["E:\\trip\\plan.docx"])
    #expect(Self.texts(result, .label) == ["STICK"])
    #expect(Self.texts(result, .accessory) == ["C8F0-D326"])
    #expect(Self.texts(result, .host) == ["mara-laptop"])
    #expect(Self.texts(result, .macAddress) == ["00:0b:db:9c:4f:9f"])
    #expect(Self.texts(result, .documentID) == ["6a8815a0-a585-11de-acf5-000bdb9c4f9f"])
    #expect(Self.texts(result, .comment) == ["the plan"])
    #expect(result.timestamp(.created) == Self.time)
  }

  @Test("a MAC address that was thrown with dice is none")
  func randomAddress() {
    let file = Leftover.shortcut(
      path: "E:\\a", host: "a", mac: [1, 0x0B, 0xDB, 0x9C, 0x4F, 0x9F], comment: "")
    #expect(Self.texts(read(file, as: "application/x-ms-shortcut"), .macAddress) == [])
  }

  @Test("an internet shortcut, and where a file came from")
  func addresses() {
    let shortcut =
      "[InternetShortcut]\r\nURL=https://example.org/a\r\nIconFile=C:\\Windows\\a.dll\r\nAuthor=Mara Example\r\n"
    let link = read(Array(shortcut.utf8), as: "application/x-mswinurl")
    #expect(Self.texts(link, .networkLink) == ["https://example.org/a"])
    #expect(Self.texts(link, .author) == ["Mara Example"])
    #expect(Self.texts(link, .path) == [])
    let zone =
      "[ZoneTransfer]\r\nZoneId=3\r\nReferrerUrl=https://example.org/\r\nHostUrl=https://example.org/a.zip\r\n"
    let origin = read(Array(zone.utf8), as: "text/x-zone-identifier")
    #expect(Self.texts(origin, .downloadedFrom) == ["https://example.org/", "https://example.org/a.zip"])
    let none = "[ZoneTransfer]\r\nZoneId=3\r\nHostUrl=about:internet\r\n"
    #expect(read(Array(none.utf8), as: "text/x-zone-identifier").observations == [])
  }

  // MARK: Editors

  @Test("swap, owner and lock files: who edits what, and where")
  func editors() {
    let swap = read(
      Leftover.swap(user: "mara", host: "laptop", path: "/home/mara/plan.txt"), as: "application/x-vim-swap")
    #expect(Self.texts(swap, .account) == ["mara"])
    #expect(Self.texts(swap, .host) == ["laptop"])
    #expect(Self.texts(swap, .path) == ["/home/mara/plan.txt"])
    #expect(swap.timestamp(.modified) == Self.time)
    #expect(swap.observations.contains { $0.role == .copy })
    let owner = read(Leftover.owner("Mara Example"), as: "application/x-ms-office-owner")
    #expect(Self.texts(owner, .account) == ["Mara Example"])
    let lock = read(
      Array("Mara Example,mara,laptop,29.07.2026 11:12,file:///home/mara/.config;".utf8),
      as: "text/x-libreoffice-lock")
    #expect(Self.texts(lock, .author) == ["Mara Example"])
    #expect(Self.texts(lock, .account) == ["mara"])
    #expect(Self.texts(lock, .host) == ["laptop"])
    #expect(Self.texts(lock, .path) == ["file:///home/mara/.config"])
    #expect(lock.timestamp(.edited)?.civilSeconds == Int64(Leftover.moment - 44))
    let nobody = read(Array(",,,,;".utf8), as: "text/x-libreoffice-lock")
    #expect(nobody.observations == [])
  }

  // MARK: Damage

  private static let files: [(String, [UInt8])] = [
    ("application/applefile", attributes), ("application/x-apple-dsstore", store),
    (
      "application/x-ms-thumbs-db",
      Leftover.compound([
        ("Catalog", Leftover.catalog(["a"])), ("1", Leftover.pictureStream(Array("jpeg".utf8))),
      ])
    ),
    ("application/x-ms-thumbcache", Leftover.thumbnailCache(version: 0x20, [Array("jpeg".utf8)])),
    ("text/x-picasa-ini", Array(picasa.utf8)),
    ("application/x-windows-recycled", Leftover.recycled("C:\\a", version: 2)),
    ("application/x-ms-shortcut", shortcut),
    ("application/x-ms-office-owner", Leftover.owner("Mara")),
    ("text/x-libreoffice-lock", Array("a,b,c,29.07.2026 11:12,file:///;".utf8)),
  ]

  @Test("files that are cut or changed anywhere are survived", arguments: files.map(\.0))
  func damaged(mediaType: String) throws {
    let file = try #require(Self.files.first { $0.0 == mediaType }).1
    // Of the long ones the middle is nothing.
    surviveDamage(file.count < 2000 ? file : Array(file.prefix(400)), as: mediaType)
    for length in stride(from: 0, to: file.count, by: 13) {
      _ = read(Array(file.prefix(length)), as: mediaType)
    }
    for index in stride(from: 0, to: file.count, by: 11) {
      for byte: UInt8 in [0, 1, 0x7F, 0xFF] {
        var changed = file
        changed[index] = byte
        _ = read(changed, as: mediaType)
      }
    }
  }

  @Test("what is cut short says so")
  func cut() {
    for (mediaType, file) in Self.files
    where !mediaType.hasPrefix("text/x-picasa") && !mediaType.hasSuffix("owner") {
      let half = mediaType == "application/x-ms-thumbcache" ? file.count - 3 : file.count * 3 / 4
      let result = read(Array(file.prefix(half)), as: mediaType)
      #expect(result.isDamaged || mediaType == "application/x-ms-shortcut", "\(mediaType)")
    }
  }

  // MARK: Identification

  @Test("each is known by its content")
  func identified() throws {
    let identifier = try Identifier(database: MagicDatabase.open())
    func type(_ bytes: [UInt8]) throws -> String {
      try bytes.withUnsafeBytes {
        try identifier.identify(UnsafeRawBufferPointer(rebasing: $0.prefix(4096)), byteCount: bytes.count)
          .name
      }
    }
    for (mediaType, file) in Self.files {
      #expect(try type(file) == mediaType)
    }
    #expect(try type(Leftover.recycled("C:\\a", version: 1)) == "application/x-windows-recycled")
    #expect(try type(Leftover.swap(user: "a", host: "b", path: "c")) == "application/x-vim-swap")
    let texts = [
      ("[ZoneTransfer]\r\nZoneId=3\r\n", "text/x-zone-identifier"),
      ("[Trash Info]\nPath=a\n", "application/x-trash-info"),
      ("[.ShellClassInfo]\r\nInfoTip=a\r\n", "application/x-wine-extension-ini"),
      ("[InternetShortcut]\r\nURL=https://example.org\r\n", "application/x-mswinurl"),
      ("[Picasa]\nname=a\n", "text/x-picasa-ini"),
    ]
    for (text, mediaType) in texts { #expect(try type(Array(text.utf8)) == mediaType) }
    let wide = [0xFF, 0xFE] + Leftover.wide("[.ShellClassInfo]\r\nInfoTip=a\r\n")
    #expect(try type(wide) == "application/x-wine-extension-ini")
  }

  @Test("what is like one is none")
  func notIdentified() throws {
    let identifier = try Identifier(database: MagicDatabase.open())
    let ours = Set(Self.files.map(\.0)).union(["text/x-zone-identifier", "application/x-trash-info"])
    var others: [[UInt8]] = [
      Array("The [ZoneTransfer] of a file\n".utf8), Array("[remote \"origin\"]\nurl=a\n".utf8),
      Array("[Trash]\nPath=a\n".utf8), Array("one,two,three,four;five\n".utf8),
      Array("[section]\nstart=yes\nfilter=x\n".utf8), Array("a,b,c,d,file;\n".utf8),
      Leftover.compound([("WordDocument", Array("text".utf8))]),
      Leftover.padded([4] + Array("text".utf8), 162), Leftover.padded([1, 0, 0, 0, 0, 0, 0, 0], 600),
      Leftover.padded([0, 5, 0x16, 7], 100), Leftover.padded(Array("CMMM".utf8), 100),
    ]
    others.append(Array(repeating: UInt8(ascii: "a"), count: 162))
    for bytes in others {
      let type = try bytes.withUnsafeBytes { try identifier.identify($0, byteCount: bytes.count).name }
      #expect(!ours.contains(type), "\(String(decoding: bytes.prefix(20), as: UTF8.self))")
    }
  }
}

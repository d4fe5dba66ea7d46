import Testing
import UntrailModel
import UntrailReaders

@Suite("compound files: sectors, tables, directory")
struct CompoundFileTests {
  private static let type = "application/x-ole-storage"
  private static let author = PropertySetBuilder.set([[(4, PropertySetBuilder.text("Mara Example"))]])

  private static func file(apart: Bool = false) -> CompoundFileBuilder {
    var file = CompoundFileBuilder()
    file.isTableListedApart = apart
    // One stream of large sectors, so that it is in the table.
    file.add("Contents", [UInt8](repeating: 9, count: 70_000))
    file.add("\u{5}SummaryInformation", author)
    return file
  }

  private static func changed(_ file: [UInt8], at offset: Int, _ number: Int) -> [UInt8] {
    var file = file
    file.replaceSubrange(offset..<(offset + 4), with: Leftover.little(number, 4))
    return file
  }

  private static func number(_ file: [UInt8], at offset: Int) -> Int {
    file[offset..<(offset + 4)].reversed().reduce(0) { $0 << 8 | Int($1) }
  }

  @Test(
    "reads small and large streams, with sectors of both sizes, whether the table is listed in the head or apart",
    arguments: [(512, false), (512, true), (4096, false), (4096, true)])
  func reads(sectorSize: Int, apart: Bool) throws {
    var file = Self.file(apart: apart)
    file.sectorSize = sectorSize
    let long = PropertySetBuilder.text([UInt8](repeating: 0x41, count: 6000))
    file.add("\u{5}DocumentSummaryInformation", PropertySetBuilder.set([[(15, long)]]))
    let result = try examineWhole(file.bytes)
    #expect(result.coverage == .read && result.diagnostics.isEmpty, "\(result.diagnostics)")
    #expect(result.texts(.person, .author) == ["Mara Example"])
    #expect(result.texts(.person, .organization).first?.hasPrefix("AAAA") ?? false)
  }

  @Test("says that a chain leads in a circle")
  func circles() {
    let file = Self.file().built
    // The directory leads back to itself.
    let sector = Self.number(file.bytes, at: 48)
    let circle = Self.changed(file.bytes, at: CompoundFileBuilder.table + 4 * sector, sector)
    let result = examineDocument(circle, as: Self.type)
    #expect(result.diagnostics.map(\.code) == ["malformed"] && result.observations.isEmpty)

    // So does the stream of small sectors.
    let small = Self.number(file.bytes, at: file.directory + 116)
    let inner = examineDocument(
      Self.changed(file.bytes, at: CompoundFileBuilder.table + 4 * small, small), as: Self.type)
    #expect(inner.diagnostics.map(\.code) == ["malformed"] && inner.observations.isEmpty)
  }

  @Test("reads a list of the table that leads to itself once")
  func circleOfLists() {
    let file = Self.file(apart: true).bytes
    let list = Self.number(file, at: 68)
    var changed = Self.changed(file, at: 512 * (list + 1) + 508, list)
    changed = Self.changed(changed, at: 72, 0xFFFF_FFFF)
    let result = examineDocument(changed, as: Self.type)
    #expect(result.texts(.person, .author) == ["Mara Example"])
  }

  @Test("reads each entry of a directory that leads in a circle once", arguments: [68, 72, 76])
  func circleOfEntries(link: Int) {
    let file = Self.file().built
    for entry in 0..<3 {
      for other in 0..<3 {
        let changed = Self.changed(file.bytes, at: file.directory + 128 * entry + link, other)
        let result = examineDocument(changed, as: Self.type)
        #expect(result.texts(.person, .author).count <= 1)
      }
    }
  }

  @Test("refuses a head with other sizes, and sectors that are not there")
  func refuses() {
    let file = Self.file().bytes
    for (offset, value) in [(30, UInt8(13)), (30, 0), (32, 1), (32, 40)] {
      var changed = file
      changed[offset] = value
      #expect(examineDocument(changed, as: Self.type).diagnostics.map(\.code) == ["malformed"])
    }
    let missing = Self.changed(file, at: 48, 0x00FF_FFFF)
    #expect(examineDocument(missing, as: Self.type).observations.isEmpty)
  }

  @Test("is of no known kind where nothing in it is known")
  func unknown() {
    var file = CompoundFileBuilder()
    file.add("Contents", [1, 2, 3])
    let result = examineDocument(file.bytes, as: Self.type)
    #expect(result.coverage == .unsupported && result.observations.isEmpty)
  }

  @Test("survives damage")
  func damaged() {
    var file = CompoundFileBuilder()
    file.add("\u{5}SummaryInformation", Self.author)
    file.add("Contents", [UInt8](repeating: 9, count: 5000))
    surviveDocumentDamage(file.bytes, as: Self.type)
  }

  @Test("a chain of small sectors that leads back to itself ends")
  func endless() {
    var file = Leftover.compound([("Workbook", [UInt8](repeating: 1, count: 640))])
    // Every stream is small, this one is as long as any that is read, and its first sector leads to itself.
    file.replaceSubrange(56..<60, with: [0xFF, 0xFF, 0xFF, 0xFF])
    let directory = 512 * 2
    file.replaceSubrange((directory + 128 + 120)..<(directory + 128 + 124), with: [0, 0, 0, 4])
    let smallTable = 512 * 3
    file.replaceSubrange(smallTable..<(smallTable + 4), with: [0, 0, 0, 0])
    #expect(read(file, as: "application/x-ole-storage").codes.contains("malformed"))
  }
}

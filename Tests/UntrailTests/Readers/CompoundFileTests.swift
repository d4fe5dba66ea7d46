import Testing
import UntrailModel
import UntrailReaders

@Suite("compound files")
struct CompoundFileTests {
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

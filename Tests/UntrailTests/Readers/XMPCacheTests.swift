import Testing
import UntrailBytes
import UntrailModel
import UntrailReaders

@Suite("XMP that comes again")
struct XMPCacheTests {
  private static func packet(_ city: String) -> [UInt8] {
    Array(
      """
      <rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description
       xmlns:photoshop="http://ns.adobe.com/photoshop/1.0/" photoshop:City="\(city)"/></rdf:RDF>
      """.utf8)
  }

  private static func jpeg(_ packets: [[UInt8]], padding: Int) -> [UInt8] {
    let name = Array("http://ns.adobe.com/xap/1.0/\0".utf8)
    let pad = Container.segment(0xEF, [UInt8](repeating: 0, count: padding))
    return [0xFF, 0xD8] + pad + packets.flatMap { Container.segment(0xE1, name + $0) } + [
      0xFF, 0xDA, 0, 2, 0xFF, 0xD9,
    ]
  }

  /// One worker reads one file after another.
  private func read(_ files: [[UInt8]]) throws -> [[Observation]] {
    let tools = ReaderTools()
    let reader = try #require(Readers.reader(for: "image/jpeg"))
    return try files.map { file in
      var result = ReadResult()
      try reader.read(ByteSource(bytes: file), into: &result, with: tools)
      return result.observations
    }
  }

  @Test("a packet that comes again says the same, at its own place")
  func again() throws {
    let files = [5, 700, 5].map { Self.jpeg([Self.packet("Paris")], padding: $0) }
    for (file, observations) in zip(files, try read(files)) {
      #expect(observations.map(\.text) == ["Paris"])
      let offset = try #require(observations.first?.offset)
      #expect(Array(file[offset..<(offset + 5)]) == Array("Paris".utf8))
    }
  }

  @Test("what stands before a packet counts: nothing is said twice, and nothing is left out")
  func context() throws {
    let (paris, rome) = (Self.packet("Paris"), Self.packet("Rome"))
    let said = try read(
      [[paris], [rome, paris], [paris, paris], [paris]].map { Self.jpeg($0, padding: 3) })
    #expect(said.map { $0.compactMap(\.text) } == [["Paris"], ["Rome", "Paris"], ["Paris"], ["Paris"]])
  }
}

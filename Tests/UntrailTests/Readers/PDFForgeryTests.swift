import Testing
import UntrailModel
import UntrailReaders

@Suite("PDF: made to take long, or much memory")
struct PDFForgeryTests {
  /// Far more than each of them takes, far less than it took before.
  private static let patience = Duration.seconds(6)

  private func expectSoon(_ bytes: [UInt8]) -> ReadResult {
    var result = ReadResult()
    let time = ContinuousClock().measure { result = read(bytes, as: "application/pdf") }
    #expect(time < Self.patience)
    return result
  }

  /// A document to which the files in these objects are attached.
  private static func attaching(_ numbers: ClosedRange<Int>) -> PDFBuilder {
    let files = numbers.map { "(\($0)) << /EF << /F \($0) 0 R >> >>" }.joined()
    return PDFBuilder.document(catalog: "/Names << /EmbeddedFiles << /Names [\(files)] >> >>")
  }

  @Test("rows that are said to be longer than the file")
  func longRows() {
    var builder = Self.attaching(10...39)
    let parameters = "/DecodeParms << /Predictor 12 /Columns 16777216 /Colors 64 /BitsPerComponent 16 >>"
    for number in 10...39 {
      builder.addStream(number, "/Filter /FlateDecode \(parameters)", Compressed.zlib([2, 1]))
    }
    builder.finish()
    let result = expectSoon(builder.bytes)
    #expect(result.members.map(\.artifact.byteCount) == [Int?](repeating: 1, count: 30))
  }

  @Test("many codes for what came out before")
  func longOutput() {
    let group = [256, 97] + [Int](repeating: 258, count: 198)
    let codes = repeatElement(group, count: 1000).joined() + [257]
    var builder = Self.attaching(5...5)
    builder.addStream(5, "/Filter /LZWDecode", PDFBuilder.nineBitCodes(Array(codes)))
    builder.finish()
    #expect(expectSoon(builder.bytes).members.map(\.artifact.byteCount) == [397_000])
  }

  @Test("compressed objects that are needed to read each other")
  func deepObjects() {
    let count = 20_000
    var file = Array("%PDF-1.7\n".utf8)
    var offsets: [Int] = []
    for number in 0..<count {
      offsets.append(file.count)
      let head =
        "\(100 + number) 0 obj << /Type /ObjStm /N 1 /First 12 /Length \(50_000 + number) 0 R >>\nstream\n"
      let content =
        number == 0 ? "1 0         << /Type /Catalog /Pages 2 0 R >>" : "\(49_999 + number) 0     44"
      file += Array((head + content + "\nendstream endobj\n").utf8)
    }
    let place = file.count
    var rows: [UInt8] = [2] + Container.big(100).suffix(3) + [0]
    for offset in offsets { rows += [1] + Container.big(offset).suffix(3) + [0] }
    for number in 0..<count { rows += [2] + Container.big(101 + number).suffix(3) + [0] }
    let entries = "/W [1 3 1] /Index [1 1 100 \(count) 50000 \(count)] /Root 1 0 R /Length \(rows.count)"
    file += Array("99 0 obj << /Type /XRef \(entries) >>\nstream\n".utf8) + rows
    file += Array("\nendstream endobj\nstartxref\n\(place)\n%%EOF\n".utf8)
    #expect(expectSoon(file).codes.contains("limit"))
  }

  @Test("forms that begin again and again")
  func openTexts() {
    var builder = PDFBuilder.document(catalog: "/AcroForm << /XFA 5 0 R >>")
    builder.addStream(
      5, "", Array(String(repeating: "<text name=\"a\"", count: 20_000).utf8))
    builder.finish()
    #expect(expectSoon(builder.bytes).observations.isEmpty)
  }
}

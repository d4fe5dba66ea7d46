/// Builds PDF files as the specification has them, one version behind the other.
struct PDFBuilder {
  private(set) var bytes: [UInt8]
  private var offsets: [Int: Int] = [:]
  /// Where the last table stands.
  private(set) var table: Int?

  init(header: String = "%PDF-1.7\n") { bytes = Array(header.utf8) }

  /// A document of one empty page: objects 1 to 3.
  static func document(catalog: String = "", page: String = "") -> PDFBuilder {
    var builder = PDFBuilder()
    builder.add(1, "<< /Type /Catalog /Pages 2 0 R \(catalog) >>")
    builder.add(2, "<< /Type /Pages /Kids [3 0 R] /Count 1 >>")
    builder.add(3, "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] \(page) >>")
    return builder
  }

  mutating func add(_ number: Int, _ body: String) { add(number, Array(body.utf8)) }

  mutating func add(_ number: Int, _ body: [UInt8]) {
    offsets[number] = bytes.count
    bytes += Array("\(number) 0 obj\n".utf8) + body + Array("\nendobj\n".utf8)
  }

  /// - Parameter length: what the dictionary says; nil for the truth.
  mutating func addStream(_ number: Int, _ entries: String, _ content: [UInt8], length: String? = nil) {
    let head = "<< \(entries) /Length \(length ?? String(content.count)) >>\nstream\n"
    add(number, Array(head.utf8) + content + Array("\nendstream".utf8))
  }

  /// Ends a version with a table in lines.
  ///
  /// - Parameter previous: where the table before stands; nil for the truth.
  mutating func finish(_ entries: String = "", previous: Int? = nil) {
    let place = bytes.count
    var text = "xref\n"
    if table == nil { text += "0 1\n0000000000 65535 f \n" }
    for (number, offset) in offsets.sorted(by: { $0.key < $1.key }) {
      let digits = String(offset)
      text += "\(number) 1\n" + String(repeating: "0", count: 10 - digits.count) + digits + " 00000 n \n"
    }
    text += "trailer\n<< /Size 99 /Root 1 0 R \(entries) "
    if let previous = previous ?? table { text += "/Prev \(previous) " }
    bytes += Array((text + ">>\nstartxref\n\(place)\n%%EOF\n").utf8)
    table = place
    offsets = [:]
  }

  /// Ends a version with compressed objects, and a table in a stream.
  ///
  /// - Parameter packing: what is made of the compressed objects, and the filter that undoes it.
  mutating func finish(
    packed: [(number: Int, body: String)], _ entries: String = "",
    packing: (filter: String, pack: ([UInt8]) -> [UInt8]) = ("/FlateDecode", Compressed.zlib)
  ) {
    var head = ""
    var bodies = ""
    for (number, body) in packed {
      head += "\(number) \(bodies.utf8.count) "
      bodies += body + " "
    }
    let content = packing.pack(Array((head + bodies).utf8))
    addStream(
      90, "/Type /ObjStm /N \(packed.count) /First \(head.utf8.count) /Filter \(packing.filter)", content)
    let place = bytes.count
    offsets[91] = place
    var rows: [UInt8] = []
    for number in 0..<92 {
      var row: [UInt8] = [0, 0, 0, 0, 0]
      if let offset = offsets[number] {
        row = [1] + Container.big(offset).suffix(3) + [0]
      } else if let index = packed.firstIndex(where: { $0.number == number }) {
        row = [2, 0, 0, 90, UInt8(index)]
      }
      // As writers do it: each row as its difference to the one above.
      rows += [2] + (0..<5).map { row[$0] &- above[$0] }
      above = row
    }
    above = [0, 0, 0, 0, 0]
    let parameters = "/DecodeParms << /Predictor 12 /Columns 5 >>"
    addStream(
      91, "/Type /XRef /W [1 3 1] /Size 92 /Root 1 0 R \(entries) /Filter /FlateDecode \(parameters)",
      Compressed.zlib(rows))
    bytes += Array("startxref\n\(place)\n%%EOF\n".utf8)
    table = place
    offsets = [:]
  }

  private var above: [UInt8] = [0, 0, 0, 0, 0]

  /// A filter without compression, for each of the names that the reader knows.
  static func packed(_ bytes: [UInt8], _ filter: String) -> [UInt8] {
    switch filter {
    case "ASCIIHexDecode":
      bytes.flatMap { byte in [byte >> 4, byte & 15].map { $0 < 10 ? 0x30 + $0 : 0x57 + $0 } }
        + Array(">".utf8)
    case "ASCII85Decode": base85(bytes)
    case "RunLengthDecode":
      stride(from: 0, to: bytes.count, by: 100).flatMap { start in
        let run = bytes[start..<min(start + 100, bytes.count)]
        return [UInt8(run.count - 1)] + run
      } + [128]
    case "LZWDecode": lzw(bytes)
    default: Compressed.zlib(bytes)
    }
  }

  private static func base85(_ bytes: [UInt8]) -> [UInt8] {
    var text: [UInt8] = []
    for start in stride(from: 0, to: bytes.count, by: 4) {
      let group = bytes[start..<min(start + 4, bytes.count)]
      var value = (group + [UInt8](repeating: 0, count: 4 - group.count)).reduce(UInt32(0)) {
        $0 << 8 | UInt32($1)
      }
      var digits: [UInt8] = []
      for _ in 0..<5 {
        digits.insert(UInt8(value % 85) + 33, at: 0)
        value /= 85
      }
      text += digits.prefix(group.count + 1)
    }
    return text + Array("~>".utf8)
  }

  /// Codes of nine bits only: the table is cleared before it needs more.
  private static func lzw(_ bytes: [UInt8]) -> [UInt8] {
    var codes: [Int] = []
    for (index, byte) in bytes.enumerated() {
      if index % 200 == 0 { codes.append(256) }
      codes.append(Int(byte))
    }
    return nineBitCodes(codes + [257])
  }

  static func nineBitCodes(_ codes: [Int]) -> [UInt8] {
    var bits = codes.flatMap { code in (0..<9).reversed().map { code >> $0 & 1 } }
    bits += [Int](repeating: 0, count: (8 - bits.count % 8) % 8)
    return stride(from: 0, to: bits.count, by: 8).map { start in
      UInt8(bits[start..<(start + 8)].reduce(0) { $0 << 1 | $1 })
    }
  }
}

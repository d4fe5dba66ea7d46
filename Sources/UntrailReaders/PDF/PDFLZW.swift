internal import UntrailBytes

/// The filter LZWDecode: codes of 9 to 12 bits, the highest bit first; 256 clears the table, 257 ends.
///
/// Source: ISO 32000-2:2020, section 7.4.4.
enum PDFLZW {
  /// - Parameter early: 1 where codes become longer one code early, which is usual; else 0.
  static func decode(_ bytes: [UInt8], early: Int, limit: Int) -> PDFUnpacked {
    var output: [UInt8] = []
    // Each entry is a run of what came out already.
    var starts: [Int] = []
    var lengths: [Int] = []
    var previous: (start: Int, length: Int)?
    var width = 9
    var bits = 0
    var bitCount = 0
    for byte in bytes {
      bits = (bits << 8 | Int(byte)) & 0xFFFFFF
      bitCount += 8
      guard bitCount >= width else { continue }
      let code = bits >> (bitCount - width) & ((1 << width) - 1)
      bitCount -= width
      if code == 257 { return PDFUnpacked(output) }
      if code == 256 {
        starts.removeAll(keepingCapacity: true)
        lengths.removeAll(keepingCapacity: true)
        previous = nil
        width = 9
        continue
      }
      let start = output.count
      if code < 256 {
        output.append(UInt8(code))
      } else if code - 258 < starts.count {
        let entry = code - 258
        repeatRun(from: starts[entry], count: lengths[entry], in: &output)
      } else if code - 258 == starts.count, let last = previous {
        repeatRun(from: last.start, count: last.length + 1, in: &output)
      } else {
        return PDFUnpacked(
          output, flaw: ParseError(.malformed, at: 0, "a stream of LZW whose codes are none"))
      }
      guard output.count <= limit else {
        return PDFUnpacked(Array(output.prefix(limit)), flaw: PDFUnpacked.tooLong(limit))
      }
      if let last = previous, starts.count < 4096 - 258 {
        // What came out last, and the first byte behind it.
        starts.append(last.start)
        lengths.append(last.length + 1)
      }
      previous = (start, output.count - start)
      let next = 258 + starts.count + early
      width = next >= 2048 ? 12 : next >= 1024 ? 11 : next >= 512 ? 10 : 9
    }
    return PDFUnpacked(output)
  }
  /// Appends what came out already, byte by byte: a slice of the output would make a copy of all of it.
  private static func repeatRun(from start: Int, count: Int, in output: inout [UInt8]) {
    for index in start..<(start + count) { output.append(output[index]) }
  }
}

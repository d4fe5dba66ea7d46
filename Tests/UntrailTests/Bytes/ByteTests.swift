import Foundation
import Testing
import UntrailBytes

@Suite("Byte source")
struct ByteSourceTests {
  /// A file of 40,000 bytes whose values tell their place.
  static let content = (0..<40_000).map { UInt8(truncatingIfNeeded: $0 * 31 + $0 / 256) }

  private func withFile<Result>(
    byteLimit: Int = 1 << 26, claimed: Int = content.count, _ body: (ByteSource) throws -> Result
  ) throws -> Result {
    let folder = try TemporaryFolder()
    let path = try folder.write(Self.content, to: "file")
    let handle = try #require(FileHandle(forReadingAtPath: path))
    let source = ByteSource()
    try source.reset(descriptor: handle.fileDescriptor, count: claimed, byteLimit: byteLimit)
    return try body(source)
  }

  @Test("any run of bytes is the file's", arguments: [1, 12, 1024, 4096, 5000, 12_000])
  func runs(length: Int) throws {
    try withFile { source throws in
      var random = SeededGenerator(seed: UInt64(length))
      for _ in 0..<200 {
        let offset = Int.random(in: 0...(Self.content.count - length), using: &random)
        #expect(
          try source.bytes(at: offset, count: length) == Array(Self.content[offset..<(offset + length)]))
        let short = min(length, 64)
        let run = try source.withShortRun(at: offset, count: short) { run throws(ParseError) in Array(run) }
        #expect(run == Array(Self.content[offset..<(offset + short)]))
      }
    }
  }

  @Test("numbers in both orders")
  func numbers() throws {
    try withFile { source throws in
      let bytes = Self.content[4095..<4103].map { UInt64($0) }
      let big = bytes.reduce(0) { $0 << 8 | $1 }
      #expect(try source.u64(at: 4095, .big) == big)
      #expect(try source.u64(at: 4095, .little) == big.byteSwapped)
      #expect(
        try source.u16(at: 39_998, .big) == UInt16(Self.content[39_998]) << 8 | UInt16(Self.content[39_999]))
    }
  }

  @Test("nothing is read beyond the end, and no arithmetic on a length overflows")
  func beyondTheEnd() throws {
    try withFile { source throws in
      for (offset, length) in [
        (40_000, 1), (39_999, 2), (-1, 1), (0, -1), (.max, 1), (1, .max), (.max, .max),
      ] {
        let error = #expect(throws: ParseError.self) { try source.bytes(at: offset, count: length) }
        #expect(error?.code == .truncated)
      }
      #expect(try source.bytes(at: 40_000, count: 0) == [])
    }
  }

  @Test("a file that is shorter than it was is damage")
  func shrunk() throws {
    try withFile(claimed: 50_000) { source throws in
      let error = #expect(throws: ParseError.self) { try source.u32(at: 45_000, .big) }
      #expect(error?.code == .truncated)
    }
  }

  @Test("the limit on bytes read is kept")
  func limit() throws {
    try withFile(byteLimit: 10_000) { source throws in
      #expect(try source.u8(at: 20_000) == Self.content[20_000])
      let error = #expect(throws: ParseError.self) {
        for offset in stride(from: 0, to: 40_000, by: 4096) { _ = try source.u8(at: offset) }
      }
      #expect(error?.code == .limit)
      #expect(source.bytesRead <= 10_000)
    }
  }

  @Test("a view is cut to its source and never gives a byte of its neighbours")
  func view() throws {
    let source = ByteSource(bytes: Array(0..<100))
    let view = ByteView(source, start: 90, count: 50)
    #expect(view.count == 10)
    #expect(try view.u8(at: 9) == 99)
    #expect(throws: ParseError.self) { try view.u8(at: 10) }
    let inner = ByteView(source, start: 10, count: 4)
    #expect(throws: ParseError.self) { try inner.u32(at: 1, .big) }
    #expect(ByteView(source, start: 200, count: -5).count == 0)
  }
}

@Suite("Byte buffer")
struct ByteBufferTests {
  @Test(
    "numbers",
    arguments: [
      (0, "0"), (7, "7"), (-15, "-15"), (1_000_000, "1000000"), (.max, "9223372036854775807"),
      (.min, "-9223372036854775808"),
    ])
  func integers(value: Int, text: String) {
    let buffer = ByteBuffer(capacity: 1)
    buffer.append(value)
    #expect(buffer.text == text)
  }

  @Test(
    "fractions",
    arguments: [
      (48.858370000, 9, 1, "48.85837"), (-0.00000001, 7, 1, "0.0"), (-33.5, 9, 1, "-33.5"), (2, 9, 1, "2.0"),
      (0.123456789, 9, 1, "0.123456789"), (.infinity, 3, 0, "0"), (1.0005, 3, 0, "1.001"), (35, 3, 0, "35"),
      (0.05, 2, 2, "0.05"),
    ] as [(Double, Int, Int, String)])
  func fractions(value: Double, decimals: Int, minimum: Int, text: String) {
    let buffer = ByteBuffer()
    buffer.append(value, decimals: decimals, minimumDecimals: minimum)
    #expect(buffer.text == text)
  }
}

internal import UntrailBytes
internal import UntrailModel

/// Where the samples of a track stand, how long they are and when they are shown.
///
///     stsz   0, size of all or 0, count, sizes of 32 bits
///     stz2   0, bits of a size (4, 8 or 16), count, sizes
///     stco   0, count, offsets of chunks of 32 bits; co64: of 64 bits
///     stsc   0, count, (first chunk from 1, samples of a chunk, description)
///     stts   0, count, (samples, ticks of each)
///
/// The tables stay in the file: `SampleCursor` walks them.
///
/// Source: ISO/IEC 14496-12:2022, sections 8.6.1.2 and 8.7.
struct SampleTable {
  fileprivate var sizes: ByteView?
  fileprivate var hasCompactSizes = false
  fileprivate var chunks: ByteView?
  fileprivate var hasLongOffsets = false
  fileprivate var runs: ByteView?
  fileprivate var times: ByteView?

  /// Takes a box of the list of tables; others are passed over.
  mutating func take(_ box: BoxWalker.Box) {
    switch box.type {
    case "stsz": (sizes, hasCompactSizes) = (box.body, false)
    case "stz2": (sizes, hasCompactSizes) = (box.body, true)
    case "stco": (chunks, hasLongOffsets) = (box.body, false)
    case "co64": (chunks, hasLongOffsets) = (box.body, true)
    case "stsc": runs = box.body
    case "stts": times = box.body
    default: break
    }
  }
}

/// One sample of a track.
struct Sample {
  /// Bytes from the start of the film.
  var offset: Int
  var size: Int
  /// Ticks of the track's clock from its start.
  var start: UInt64
  var duration: UInt32
}

/// Walks the samples of a track in their order.
struct SampleCursor {
  private let table: SampleTable
  private let sampleCount: Int
  /// Bytes of every sample; 0 where each has its own.
  private let commonSize: Int
  /// Bits of an entry of the table of sizes.
  private let sizeBits: Int
  private let chunkCount: Int
  private let runCount: Int
  private let timeCount: Int

  private var sample = 0
  private var chunk = 0
  private var left = 0
  private var offset = 0
  private var run = 0
  private var samplesInChunk = 0
  private var time = 0
  private var timeLeft: UInt32 = 0
  private var duration: UInt32 = 0
  private var clock: UInt64 = 0

  /// Nil where a table is missing.
  init?(_ table: SampleTable) throws(ParseError) {
    guard let sizes = table.sizes, let chunks = table.chunks, let runs = table.runs else { return nil }
    self.table = table
    let stated = try sizes.u32(at: 4, .big)
    commonSize = table.hasCompactSizes ? 0 : Int(stated)
    let bits = table.hasCompactSizes ? Int(stated & 0xFF) : 32
    guard [4, 8, 16, 32].contains(bits) else {
      throw ParseError(.malformed, at: sizes.start + 4, "sizes of samples of an unknown width")
    }
    sizeBits = bits
    let count = Int(try sizes.u32(at: 8, .big))
    sampleCount = commonSize > 0 ? count : min(count, (sizes.count - 12) * 8 / bits)
    chunkCount = min(Int(try chunks.u32(at: 4, .big)), (chunks.count - 8) / (table.hasLongOffsets ? 8 : 4))
    runCount = min(Int(try runs.u32(at: 4, .big)), (runs.count - 8) / 12)
    timeCount =
      if let times = table.times { min(Int(try times.u32(at: 4, .big)), (times.count - 8) / 8) } else { 0 }
  }

  /// The next sample; nil behind the last one.
  ///
  /// - Throws: where a table cannot be read, and `malformed` where an offset is none.
  mutating func next() throws(ParseError) -> Sample? {
    guard sample < sampleCount else { return nil }
    while left == 0 {
      guard chunk < chunkCount else { return nil }
      try enterChunk()
    }
    let size = try currentSize()
    try enterTime()
    let found = Sample(offset: offset, size: size, start: clock, duration: duration)
    let (end, isTooFar) = offset.addingReportingOverflow(size)
    guard !isTooFar else {
      throw ParseError(.malformed, at: table.chunks?.start ?? 0, "a sample behind the end of every file")
    }
    offset = end
    clock &+= UInt64(duration)
    left -= 1
    sample += 1
    return found
  }

  private mutating func enterChunk() throws(ParseError) {
    guard let chunks = table.chunks, let runs = table.runs else { return }
    while run < runCount, Int(try runs.u32(at: 8 + 12 * run, .big)) <= chunk + 1 {
      samplesInChunk = Int(try runs.u32(at: 12 + 12 * run, .big))
      run += 1
    }
    offset =
      table.hasLongOffsets
      ? Int(clamping: try chunks.u64(at: 8 + 8 * chunk, .big)) : Int(try chunks.u32(at: 8 + 4 * chunk, .big))
    left = samplesInChunk
    chunk += 1
  }

  private func currentSize() throws(ParseError) -> Int {
    guard commonSize == 0, let sizes = table.sizes else { return commonSize }
    switch sizeBits {
    case 32: return Int(try sizes.u32(at: 12 + 4 * sample, .big))
    case 16: return Int(try sizes.u16(at: 12 + 2 * sample, .big))
    case 8: return Int(try sizes.u8(at: 12 + sample))
    default:
      let pair = try sizes.u8(at: 12 + sample / 2)
      return Int(sample % 2 == 0 ? pair >> 4 : pair & 15)
    }
  }

  private mutating func enterTime() throws(ParseError) {
    guard let times = table.times else { return }
    while timeLeft == 0, time < timeCount {
      timeLeft = try times.u32(at: 8 + 8 * time, .big)
      duration = try times.u32(at: 12 + 8 * time, .big)
      time += 1
    }
    if timeLeft > 0 { timeLeft -= 1 }
  }
}

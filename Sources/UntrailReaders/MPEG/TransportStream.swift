internal import UntrailBytes
internal import UntrailModel

/// The packets of an MPEG transport stream, of which only the first are read.
///
///     47 | error, start of a unit, priority, PID (13 bits) | scrambling, adaptation, counter | 184 bytes
///     with four bytes of time before each in M2TS, with 16 bytes behind each in broadcasts
///
/// Source: ISO/IEC 13818-1, section 2.4.3.
struct TransportStream {
  struct Packet {
    var identifier: Int
    var startsUnit: Bool
    /// What it carries; bytes from the start of the run of packets.
    var payload: Range<Int>
  }

  private static let sync: UInt8 = 0x47

  /// Bytes of a packet, and of what stands before its first byte.
  let stride: Int
  let lead: Int

  /// - Returns: nil where three packets in a row do not begin as they must.
  init?(_ start: UnsafeRawBufferPointer) {
    for (stride, lead) in [(188, 0), (192, 4), (204, 0)] {
      let places = (0..<3).map { lead + stride * $0 }.filter { $0 < start.count }
      if !places.isEmpty, places.allSatisfy({ start[$0] == Self.sync }) {
        self.stride = stride
        self.lead = lead
        return
      }
    }
    return nil
  }

  /// The packets of a run that begins with one.
  func forEach(in run: UnsafeRawBufferPointer, _ body: (Packet) -> Void) {
    var start = lead
    while start + 188 <= run.count {
      defer { start += stride }
      guard run[start] == Self.sync, run[start + 1] & 0x80 == 0 else { continue }
      let control = run[start + 3] >> 4 & 3
      var payload = start + 4
      if control & 2 != 0 { payload += 1 + Int(run[start + 4]) }
      guard control & 1 != 0, payload < start + 188 else { continue }
      body(
        Packet(
          identifier: Int(run[start + 1] & 0x1F) << 8 | Int(run[start + 2]),
          startsUnit: run[start + 1] & 0x40 != 0, payload: payload..<(start + 188)))
    }
  }
}

/// What programs a transport stream has, and what streams each.
///
/// Source: ISO/IEC 13818-1, section 2.4.4.
struct ProgramTables {
  /// PIDs of the tables of the programs.
  private(set) var maps: Set<Int> = []
  /// Kind of each stream, by PID.
  private(set) var kinds: [Int: UInt8] = [:]

  /// Takes a packet that starts a table.
  mutating func take(_ payload: some RandomAccessCollection<UInt8>, from identifier: Int) {
    let bytes = Array(payload)
    guard let pointer = bytes.first, bytes.count > Int(pointer) + 9 else { return }
    let table = Array(bytes.dropFirst(1 + Int(pointer)))
    guard table.count > 8 else { return }
    let length = min(Int(table[1] & 0x0F) << 8 | Int(table[2]), table.count - 3)
    // Four bytes of checksum end a table.
    let end = 3 + length - 4
    if identifier == 0, table[0] == 0 {
      for place in stride(from: 8, to: end - 3, by: 4) where table[place] != 0 || table[place + 1] != 0 {
        maps.insert(Int(table[place + 2] & 0x1F) << 8 | Int(table[place + 3]))
      }
    } else if maps.contains(identifier), table[0] == 2, table.count > 12 {
      var place = 12 + (Int(table[10] & 0x0F) << 8 | Int(table[11]))
      while place + 5 <= end {
        kinds[Int(table[place + 1] & 0x1F) << 8 | Int(table[place + 2])] = table[place]
        place += 5 + (Int(table[place + 3] & 0x0F) << 8 | Int(table[place + 4]))
      }
    }
  }
}

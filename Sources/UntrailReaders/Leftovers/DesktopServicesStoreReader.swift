internal import UntrailBytes
internal import UntrailModel

/// .DS_Store: what macOS keeps of a folder, and of every file that was in it when it was looked at.
///
///     00 00 00 01 "Bud1" OO OO OO OO SS SS SS SS OO OO OO OO      where the root block is, twice; big-endian
///     root block: NN NN NN NN 00 * 4, addresses of the blocks, filled up to 256 of them;
///                 NN NN NN NN, then LL name BB BB BB BB           names and their blocks: "DSDB" is the tree
///     tree: RR RR RR RR LL LL LL LL ...                           block of its root, levels
///     node: PP PP PP PP NN NN NN NN                               last child, or 0 for a leaf; records
///       (CC CC CC CC) LL LL LL LL name "code" "type" value        before a record its child, where there are some
///
/// An address is an offset with the logarithm of the size in its five lower bits; all offsets count from the fifth
/// byte of the file.
///
/// Source: W. Shaylor, "DS_Store Format" (Mac::Finder::DSStore 1.00, 2008).
struct DesktopServicesStoreReader: MetadataReader {
  var name: String { ".DS_Store" }
  var mediaTypes: [String] { ["application/x-apple-dsstore"] }
  var channels: String {
    "names of files that are or were in the folder, where deleted ones came from, comments"
  }

  func read(
    _ source: ByteSource, into result: inout ReadResult, with tools: ReaderTools
  ) throws(ParseError) {
    let root = Int(try source.u32(at: 8, .big)) + 4
    let count = Int(try source.u32(at: root, .big))
    guard count <= tools.limits.entries else {
      throw ParseError(.limit, at: root, "more than \(tools.limits.entries) blocks")
    }
    var tree = Tree(source: source, table: root + 8, count: count, limits: tools.limits)
    var offset = root + 8 + (count + 255) / 256 * 1024
    let names = Int(try source.u32(at: offset, .big))
    offset += 4
    for _ in 0..<min(names, 256) {
      let length = Int(try source.u8(at: offset))
      let name = try source.bytes(at: offset + 1, count: length)
      let block = Int(try source.u32(at: offset + 1 + length, .big))
      offset += 5 + length
      guard name == Array("DSDB".utf8) else { continue }
      let start = try tree.address(of: block)
      try tree.read(block: Int(try source.u32(at: start, .big)), depth: 0, into: &result)
    }
  }
}

/// The tree of a .DS_Store file.
private struct Tree {
  let source: ByteSource
  let table: Int
  let count: Int
  let limits: Limits
  private var nodesLeft: Int
  private var recordsLeft: Int
  private var lastName: [UInt8] = []

  init(source: ByteSource, table: Int, count: Int, limits: Limits) {
    self.source = source
    self.table = table
    self.count = count
    self.limits = limits
    nodesLeft = limits.entries
    recordsLeft = limits.entries
  }

  /// Where a block starts in the file.
  func address(of block: Int) throws(ParseError) -> Int {
    guard block >= 0, block < count else {
      throw ParseError(.malformed, at: table, "a block is named that is not there")
    }
    return Int(try source.u32(at: table + 4 * block, .big)) & ~0x1F + 4
  }

  mutating func read(block: Int, depth: Int, into result: inout ReadResult) throws(ParseError) {
    nodesLeft -= 1
    guard depth < limits.nesting, nodesLeft >= 0 else {
      throw ParseError(.limit, at: table, "the tree is too deep or too large")
    }
    var offset = try address(of: block)
    let last = Int(try source.u32(at: offset, .big))
    let records = Int(try source.u32(at: offset + 4, .big))
    offset += 8
    for _ in 0..<records {
      recordsLeft -= 1
      guard recordsLeft >= 0 else {
        throw ParseError(.limit, at: offset, "more than \(limits.entries) records")
      }
      if last != 0 {
        try read(block: Int(try source.u32(at: offset, .big)), depth: depth + 1, into: &result)
        offset += 4
      }
      offset = try record(offset, into: &result)
    }
    if last != 0 { try read(block: last, depth: depth + 1, into: &result) }
  }

  /// Reads one record.
  ///
  /// - Returns: where the next one starts.
  private mutating func record(_ start: Int, into result: inout ReadResult) throws(ParseError) -> Int {
    let nameLength = 2 * Int(try source.u32(at: start, .big))
    guard nameLength <= limits.text else {
      throw ParseError(.malformed, at: start, "a name that is too long")
    }
    let name = try source.bytes(at: start + 4, count: nameLength)
    var offset = start + 4 + nameLength
    let code = FourCC(try source.u32(at: offset, .big))
    let type = FourCC(try source.u32(at: offset + 4, .big))
    offset += 8
    // The folder's own records have the name ".".
    if name != lastName, name != [0, 0x2E], let text = ExifText.utf16(name, isLittleEndian: false) {
      result.add(.path, .link(text), "DSStore:Name", at: start + 4)
    }
    lastName = name
    let length: Int
    switch type {
    case "bool": length = 1
    case "long", "shor", "type": length = 4
    case "comp", "dutc": length = 8
    case "blob":
      length = Int(try source.u32(at: offset, .big))
      offset += 4
    case "ustr":
      length = 2 * Int(try source.u32(at: offset, .big))
      offset += 4
      try observe(code, ByteView(source, start: offset, count: length), into: &result)
    default:
      throw ParseError(.malformed, at: offset - 4, "a value of a type that is not known")
    }
    if type == "blob" || type == "dutc" {
      try observeTime(code, type, ByteView(source, start: offset, count: length), into: &result)
    }
    return offset + length
  }

  private func observe(
    _ code: FourCC, _ value: ByteView, into result: inout ReadResult
  ) throws(ParseError) {
    guard value.count > 0 else { return }
    let bytes = try value.source.bytes(at: value.start, count: min(value.count, limits.text))
    guard let text = ExifText.utf16(bytes, isLittleEndian: false) else { return }
    switch code {
    case "cmmt": result.add(.comment, .text(text), "DSStore:cmmt", at: value.start)
    case "ptbL": result.add(.path, .link(text), "DSStore:ptbL", at: value.start)
    case "ptbN":
      result.add(.deleted, .hidden(HiddenContent(byteCount: nil)), "DSStore:ptbN", at: value.start)
      result.add(.originalFileName, .link(text), "DSStore:ptbN", at: value.start)
    default: break
    }
  }

  /// When a folder below was last changed, as far as Finder knew.
  private func observeTime(
    _ code: FourCC, _ type: FourCC, _ value: ByteView, into result: inout ReadResult
  ) throws(ParseError) {
    guard code == "modD" || code == "moDD", value.count == 8 else { return }
    var timestamp: Timestamp?
    if type == "blob" {
      timestamp = PropertyFacts.timestamp(Double(bitPattern: try value.u64(at: 0, .little)))
    } else {
      // Seconds since 1904, and parts of 65,536.
      let seconds = Int64(clamping: try value.u64(at: 0, .big) >> 16) - 2_082_844_800
      if seconds > 0, seconds <= Timestamp.lastSecond {
        timestamp = Timestamp(civilSeconds: seconds, utcOffsetMinutes: 0)
      }
    }
    guard let timestamp else { return }
    let field = code == "modD" ? "DSStore:modD" : "DSStore:moDD"
    result.add(.modified, .timestamp(timestamp), field, at: value.start)
  }
}

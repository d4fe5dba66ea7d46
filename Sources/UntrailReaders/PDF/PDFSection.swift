internal import UntrailBytes

/// Where one object stands.
enum PDFEntry: Equatable {
  case free
  /// Bytes from the start of the file.
  case at(offset: Int, generation: Int)
  /// Inside a compressed object.
  case packed(stream: Int, index: Int)
}

/// One table of objects with its trailer: what one writing of the file left.
struct PDFSection {
  /// Bytes from the start of the file to the table; nil for one that was put together by searching.
  var place: Int?
  var trailer: PDFDictionary
  /// What the table says; of several, the first that knows an object counts.
  var tables: [Table]
  /// Bytes from the start of the file to the table that was written before.
  var previous: Int?

  enum Table {
    /// Lines in the file, which are read when they are asked for.
    case lines(first: Int, count: Int, start: Int, width: Int)
    /// Numbers of fixed widths, from a stream.
    case numbers(PDFEntryNumbers)
    /// Found by searching.
    case found([Int: PDFEntry])
  }

  /// What the table says of an object; nil where it says nothing.
  func entry(_ number: Int, _ source: ByteSource) -> PDFEntry? {
    for table in tables {
      switch table {
      case .lines(let first, let count, let start, let width):
        guard number >= first, number - first < count else { continue }
        if let entry = Self.line(at: start + (number - first) * width, source) { return entry }
      case .numbers(let numbers):
        if let entry = numbers.entry(number) { return entry }
      case .found(let found):
        if let entry = found[number] { return entry }
      }
    }
    return nil
  }

  /// The numbers of the objects that it knows, up to `limit` of them.
  func numbers(limit: Int) -> [Int] {
    var numbers: [Int] = []
    for table in tables {
      let room = limit - numbers.count
      guard room > 0 else { break }
      switch table {
      case .lines(let first, let count, _, _): numbers += first..<(first + min(count, room))
      case .numbers(let table): numbers += table.numbers(limit: room)
      case .found(let found): numbers += found.keys.sorted().prefix(room)
      }
    }
    return numbers
  }

  /// "0000000016 00000 n"; nil where there is none.
  static func line(at offset: Int, _ source: ByteSource) -> PDFEntry? {
    guard let bytes = try? source.bytes(at: offset, count: 18), bytes[10] == 0x20, bytes[16] == 0x20,
      let place = number(bytes[..<10]), let generation = number(bytes[11..<16])
    else { return nil }
    switch bytes[17] {
    case UInt8(ascii: "n"): return place == 0 ? .free : .at(offset: place, generation: generation)
    case UInt8(ascii: "f"): return .free
    default: return nil
    }
  }

  private static func number(_ digits: ArraySlice<UInt8>) -> Int? {
    guard digits.allSatisfy({ $0 >= 0x30 && $0 <= 0x39 }) else { return nil }
    return digits.reduce(0) { $0 * 10 + Int($1 - 0x30) }
  }
}

/// The entries of a stream of cross-references: three numbers each, of which the first says what the others are.
///
/// Source: ISO 32000-2:2020, section 7.5.8.
struct PDFEntryNumbers {
  private let bytes: [UInt8]
  private let widths: [Int]
  private let runs: [(first: Int, count: Int)]
  private let size: Int

  /// Nil where the dictionary does not describe such entries.
  init?(_ bytes: [UInt8], _ dictionary: PDFDictionary, runLimit: Int) {
    let widths = (dictionary["W"]?.array ?? []).compactMap(\.integer)
    guard widths.count >= 3, widths.allSatisfy({ (0...8).contains($0) }) else { return nil }
    let size = widths.prefix(3).reduce(0, +)
    guard size > 0 else { return nil }
    var left = bytes.count / size
    let pairs = (dictionary["Index"]?.array ?? [.integer(0), dictionary["Size"] ?? .integer(left)])
      .prefix(2 * runLimit).map { $0.integer ?? 0 }
    var runs: [(first: Int, count: Int)] = []
    for index in stride(from: 0, to: pairs.count - 1, by: 2) {
      let count = min(pairs[index + 1], left)
      guard pairs[index] >= 0, pairs[index] <= PDFDocument.largestNumber, count > 0 else { continue }
      runs.append((pairs[index], count))
      left -= count
    }
    self.bytes = bytes
    self.widths = widths
    self.runs = runs
    self.size = size
  }

  func entry(_ number: Int) -> PDFEntry? {
    var before = 0
    for run in runs {
      if number >= run.first, number - run.first < run.count {
        return entry(at: (before + number - run.first) * size)
      }
      before += run.count
    }
    return nil
  }

  func numbers(limit: Int) -> [Int] {
    var numbers: [Int] = []
    for run in runs where numbers.count < limit {
      numbers += run.first..<(run.first + min(run.count, limit - numbers.count))
    }
    return numbers
  }

  private func entry(at start: Int) -> PDFEntry? {
    guard start + size <= bytes.count else { return nil }
    var position = start
    func number(_ width: Int) -> Int {
      let value = bytes[position..<(position + width)].reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
      position += width
      return Int(clamping: value)
    }
    let kind = widths[0] == 0 ? 1 : number(widths[0])
    let (second, third) = (number(widths[1]), number(widths[2]))
    switch kind {
    case 0: return .free
    case 1: return .at(offset: second, generation: third)
    case 2: return .packed(stream: second, index: third)
    default: return nil
    }
  }
}

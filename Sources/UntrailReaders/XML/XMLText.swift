internal import UntrailBytes
internal import UntrailModel

/// The text of an XML document or packet, made ready for the parser: UTF-8, without a document type, with long
/// values shortened.
///
/// What is taken away or shortened is counted, and every byte that is left knows its place in the file. A picture
/// of some megabytes in an attribute costs a few kilobytes here.
struct XMLText {
  /// UTF-8 that begins with "<"; empty where there is no markup.
  private(set) var bytes: [UInt8] = []
  /// Bytes from the start of the file to the text.
  let start: Int
  /// Whether there was nothing but white space and zeros.
  private(set) var isBlank = true
  /// What was not read, and why.
  private(set) var flaw: ParseError?
  private var runs: [Run] = []
  private var drops: [Drop] = []

  /// A run of bytes that stand in the file one behind the other, to the start of the next run.
  struct Run {
    var start: Int
    /// Bytes from the start of the file; nil for text that was in another encoding.
    var place: Int?
  }

  /// Bytes of a value that were left out.
  struct Drop {
    var at: Int
    var count: Int
  }

  /// - Parameter pieces: the text, in the order in which it belongs together.
  init(_ pieces: [ByteView], _ limits: Limits) {
    start = pieces.first?.start ?? 0
    var filter = XMLFilter(limits)
    do throws(ParseError) {
      if let encoding = try XMLEncoding.detect(pieces) {
        let text = try encoding.decode(pieces, limit: 4 * limits.structure)
        text.withUnsafeBytes { filter.take($0, at: nil) }
      } else {
        try Self.feed(pieces, to: &filter)
      }
    } catch {
      flaw = error
    }
    filter.finish()
    flaw = filter.flaw ?? flaw
    isBlank = filter.isBlank
    bytes = filter.bytes
    runs = filter.runs
    drops = filter.drops
    if !UTF8Repair.isValid(bytes) { (bytes, runs, drops) = UTF8Repair.repaired(bytes, runs, drops) }
  }

  private static func feed(_ pieces: [ByteView], to filter: inout XMLFilter) throws(ParseError) {
    for piece in pieces {
      var offset = 0
      while offset < piece.count, !filter.isFull {
        // A page is kept by the source; more costs a read of its own.
        let count = min(piece.count - offset, offset == 0 ? ByteSource.pageSize : 1 << 16)
        let place = piece.place(offset)
        try piece.withBytes(at: offset, count: min(count, piece.source.runLimit)) {
          run throws(ParseError) in filter.take(run, at: place)
        }
        offset += min(count, piece.source.runLimit)
      }
    }
  }

  /// Where a byte stands in the file; nil where it stands nowhere in it as it is here.
  func place(_ offset: Int) -> Int? {
    guard let run = runs.last(where: { $0.start }, atMost: offset), let place = run.place else { return nil }
    return place + (offset - run.start)
  }

  /// How many bytes were left out of a value that stands here.
  func droppedCount(in range: Range<Int>) -> Int {
    var total = 0
    var index = drops.partition { $0.at < range.lowerBound }
    while index < drops.count, drops[index].at <= range.upperBound {
      total += drops[index].count
      index += 1
    }
    return total
  }
}

extension Array {
  /// The number of elements at the front that satisfy a condition which no later one does.
  fileprivate func partition(_ isBefore: (Element) -> Bool) -> Int {
    var low = 0
    var high = count
    while low < high {
      let middle = (low + high) / 2
      if isBefore(self[middle]) { low = middle + 1 } else { high = middle }
    }
    return low
  }

  /// The last element, in ascending order of `key`, whose key is at most `bound`.
  fileprivate func last(where key: (Element) -> Int, atMost bound: Int) -> Element? {
    let index = partition { key($0) <= bound }
    return index > 0 ? self[index - 1] : nil
  }
}

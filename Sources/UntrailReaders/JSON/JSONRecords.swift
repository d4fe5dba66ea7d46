internal import UntrailBytes
internal import UntrailModel

/// What takes the parts of a JSON text, one by one.
protocol JSONRecordSink {
  /// Takes an object of a list.
  ///
  /// - Parameter list: the list's name; `other` for the outermost one.
  mutating func take(_ record: JSONValue, of list: JSONKey)

  /// Takes what stands around the lists of objects, without them, when the text, or a value of several in it, ends.
  mutating func takeHead(_ head: JSONValue)

  /// Takes a position of `coordinates` that has no room with the others.
  mutating func takeSurplus(_ position: JSONTape.Position)
}

/// Takes JSON apart into records, in memory that the largest of them bounds.
///
///     {"createdTime": "...",               head
///      "locations": [{...}, {...}, ...],   records of "locations", with all that is in them
///      "profile": {"places": [{...}]}}     "profile" is head, its places are records
///
/// Of names that mean nothing here, only objects and lists are kept, for what is in them.
struct JSONRecords<Sink: JSONRecordSink> {
  var sink: Sink
  /// Whether values were left out because there were too many.
  var isCut: Bool { head.isCut || record.isCut }
  /// Whether there was any value.
  private(set) var hasValues = false

  private let stream: JSONStream
  private let head: JSONTape
  private let record: JSONTape
  /// The name of the value that comes next.
  private var key = JSONKey.other
  /// For each open list or object around the records, whether it is a list, and its name.
  private var outer: [(isList: Bool, key: JSONKey)] = []
  /// Nodes of the head that are too many to keep for the end.
  private let headLimit = 16_384
  /// Nodes of a record that are too many to keep for its end.
  private let recordLimit: Int
  /// Bytes of text of a record that are too many to keep for its end.
  private let textLimit: Int

  init(_ source: ByteSource, _ limits: Limits, into sink: Sink) {
    self.sink = sink
    stream = JSONStream(PieceReader(source, limit: limits.stream), depthLimit: 4 * limits.nesting)
    head = JSONTape(limits)
    record = JSONTape(limits)
    recordLimit = 4 * limits.entries
    textLimit = 4 * limits.structure
  }

  /// Reads to the end. What was read before an error has been handed out.
  mutating func read() throws(ParseError) {
    do throws(ParseError) {
      try readValues()
    } catch {
      record.closeAll()
      handOut(of: outer.last?.key ?? .other)
      endHead()
      throw error
    }
  }

  private mutating func readValues() throws(ParseError) {
    while true {
      let word = try stream.next()
      switch word {
      case .end: return endHead()
      case .key: key = JSONKey(stream.bytes)
      case .objectStart:
        if let list = outer.last, list.isList {
          try readRecord(of: list.key)
        } else {
          head.begin(.object, key, offset: stream.offset)
          outer.append((false, key))
        }
      case .arrayStart:
        if key == .coordinates, outer.last?.isList == false {
          try readPositions(onto: head)
        } else {
          head.begin(.list, key, offset: stream.offset)
          outer.append((true, key))
        }
      case .objectEnd, .arrayEnd: endOuter()
      default: keep(word, on: head)
      }
      hasValues = true
      if stream.depth == 0 { endHead() }
    }
  }

  private mutating func endOuter() {
    let index = head.close()
    outer.removeLast()
    key = outer.last.map { $0.isList ? $0.key : .other } ?? .other
    // An object with a name for each of a million things is a list in another form.
    if let index, index > 0, head.nodes.count > headLimit, head.nodes[index].kind == .object {
      sink.take(JSONValue(tape: head, index: index), of: head.nodes[index].key)
      head.truncate(to: index)
    }
  }

  private mutating func endHead() {
    head.closeAll()
    outer.removeAll()
    key = .other
    if let root = head.root { sink.takeHead(root) }
    head.clear()
  }

  // MARK: Records

  private mutating func handOut(of list: JSONKey) {
    if let root = record.root { sink.take(root, of: list) }
    record.clear()
  }

  /// Reads the rest of an object of a list.
  private mutating func readRecord(of list: JSONKey) throws(ParseError) {
    record.begin(.object, list, offset: stream.offset)
    let depth = stream.depth
    var key = JSONKey.other
    while stream.depth >= depth {
      let word = try stream.next()
      switch word {
      case .key: key = JSONKey(stream.bytes)
      case .objectStart, .arrayStart:
        if word == .arrayStart, key == .coordinates, isIn(.object) {
          try readPositions(onto: record)
        } else if Self.isSkipped(key, in: list) {
          let inner = stream.depth
          while stream.depth >= inner { _ = try stream.next() }
        } else {
          record.begin(word == .objectStart ? .object : .list, key, offset: stream.offset)
        }
      case .objectEnd, .arrayEnd:
        handOutInner(record.close())
        // What follows in a list has the list's name.
        key = record.open.last.flatMap { $0 < 0 ? nil : record.nodes[$0].key } ?? .other
      default: keep(word, key, on: record)
      }
    }
    handOut(of: list)
  }

  /// Hands out an object that was closed in a list in a record that has become too large to keep.
  private mutating func handOutInner(_ index: Int?) {
    guard let index, record.nodes.count > recordLimit || record.texts.count > textLimit,
      record.nodes[index].kind == .object, isIn(.list)
    else { return }
    sink.take(JSONValue(tape: record, index: index), of: record.nodes[index].key)
    record.truncate(to: index)
  }

  /// Whether what stands directly around the next value of a record is of a kind.
  private func isIn(_ kind: JSONTape.Kind) -> Bool {
    guard let index = record.open.last, index >= 0 else { return false }
    return record.nodes[index].kind == kind
  }

  /// Whether what a name stands for says nothing about where somebody was.
  private static func isSkipped(_ key: JSONKey, in list: JSONKey) -> Bool {
    switch key {
    case .activityRecord, .otherCandidateLocations: true
    case .activity: list == .locations
    default: false
    }
  }

  private func keep(_ word: JSONStream.Word, on tape: JSONTape) { keep(word, key, on: tape) }

  private func keep(_ word: JSONStream.Word, _ key: JSONKey, on tape: JSONTape) {
    guard key != .other else { return }
    let offset = stream.offset
    switch word {
    case .string: tape.add(stream.bytes, key, hasEscapes: stream.hasEscapes, offset: offset)
    case .number:
      if let number = JSONNumber.value(stream.bytes) { tape.add(number, key, offset: offset) }
    case .yes: tape.add(.yes, key, offset: offset)
    case .no: tape.add(.no, key, offset: offset)
    default: tape.add(.null, key, offset: offset)
    }
  }

  // MARK: Positions

  /// Reads the rest of `coordinates`: numbers, in lists inside each other.
  ///
  /// Source: RFC 7946, section 3.1.
  private mutating func readPositions(onto tape: JSONTape) throws(ParseError) {
    let depth = stream.depth
    let start = tape.positions.count
    let offset = stream.offset
    var numbers: [Double] = []
    numbers.reserveCapacity(4)
    var isFirst = true
    defer {
      let payload = UInt64(start) << 32 | UInt64(tape.positions.count - start)
      tape.add(.positions, .coordinates, payload: payload, offset: offset)
    }
    while stream.depth >= depth {
      switch try stream.next() {
      case .number, .string:
        // Some programs write numbers as text.
        guard numbers.count < 4, let number = JSONNumber.value(stream.bytes) else { continue }
        numbers.append(number.double)
      case .arrayEnd where numbers.count >= 2:
        let position = JSONTape.Position(
          x: numbers[0], y: numbers[1], z: numbers.count > 2 ? numbers[2] : nil,
          extra: numbers.count > 3 ? numbers[3] : nil, isFirst: isFirst)
        if !tape.add(position) { sink.takeSurplus(position) }
        isFirst = false
        numbers.removeAll(keepingCapacity: true)
      case .arrayEnd:
        isFirst = true
        numbers.removeAll(keepingCapacity: true)
      default: break
      }
    }
  }
}

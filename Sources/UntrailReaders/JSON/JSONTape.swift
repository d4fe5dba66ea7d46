internal import UntrailModel

/// One value of JSON with all that is in it, as far as its names mean something: what a record of a list becomes.
///
/// The nodes stand in the order of the text, each with the place behind its last: no value is an object of its own,
/// and the memory is used again for the next record.
final class JSONTape {
  enum Kind: UInt8 {
    case object
    case list
    case string
    case escapedString
    case whole
    case fraction
    case yes
    case no
    case null
    case positions
  }

  struct Node {
    var kind: Kind
    var key: JSONKey
    /// The node behind this one and all in it.
    var end: Int32
    /// A number, or where a text starts and how many bytes it has, or the same of positions.
    var payload: UInt64
    /// Bytes from the start of the file; -1 where the value has no place there.
    var offset: Int

    var start: Int { Int(payload >> 32) }
    var count: Int { Int(payload & 0xFFFF_FFFF) }
  }

  /// A position of `coordinates`: numbers in the order of the text, without meaning yet.
  struct Position {
    var x: Double
    var y: Double
    /// The third and the fourth number, where they are there.
    var z: Double?
    var extra: Double?
    /// Whether it is the first of its list.
    var isFirst: Bool
  }

  private(set) var nodes: [Node] = []
  private(set) var texts: [UInt8] = []
  private(set) var positions: [Position] = []
  /// The nodes of the lists and objects that are open.
  private(set) var open: [Int] = []
  /// Whether values were left out because there were too many.
  private(set) var isCut = false
  private let nodeLimit: Int
  private let textLimit: Int
  private let positionLimit: Int

  init(_ limits: Limits) {
    nodeLimit = 8 * limits.entries
    textLimit = 8 * limits.structure
    positionLimit = 4 * limits.points
  }

  func clear() {
    nodes.removeAll(keepingCapacity: true)
    texts.removeAll(keepingCapacity: true)
    positions.removeAll(keepingCapacity: true)
    open.removeAll(keepingCapacity: true)
  }

  /// Forgets a node that is closed, and all behind it.
  func truncate(to index: Int) {
    let rest = nodes[index...]
    if let text = rest.first(where: { $0.kind == .string || $0.kind == .escapedString }) {
      texts.removeLast(texts.count - text.start)
    }
    if let list = rest.first(where: { $0.kind == .positions }) {
      positions.removeLast(positions.count - list.start)
    }
    nodes.removeLast(nodes.count - index)
  }

  // MARK: Building

  @discardableResult
  func add(_ kind: Kind, _ key: JSONKey, payload: UInt64 = 0, offset: Int?) -> Bool {
    guard nodes.count < nodeLimit else {
      isCut = true
      return false
    }
    nodes.append(
      Node(kind: kind, key: key, end: Int32(nodes.count + 1), payload: payload, offset: offset ?? -1))
    return true
  }

  func add(_ text: UnsafeBufferPointer<UInt8>, _ key: JSONKey, hasEscapes: Bool, offset: Int?) {
    guard texts.count + text.count <= textLimit else {
      isCut = true
      return
    }
    let payload = UInt64(texts.count) << 32 | UInt64(text.count)
    if add(hasEscapes ? .escapedString : .string, key, payload: payload, offset: offset) { texts += text }
  }

  func add(_ number: JSONNumber.Value, _ key: JSONKey, offset: Int?) {
    switch number {
    case .whole(let value): add(.whole, key, payload: UInt64(bitPattern: value), offset: offset)
    case .fraction(let value): add(.fraction, key, payload: value.bitPattern, offset: offset)
    }
  }

  /// Opens a list or an object. What comes next stands in it, until `close`.
  func begin(_ kind: Kind, _ key: JSONKey, offset: Int?) {
    // One that is too much is opened as the one around it, so that `close` finds its pair.
    open.append(add(kind, key, offset: offset) ? nodes.count - 1 : -1)
  }

  /// - Returns: the node that was closed; nil where it was left out.
  @discardableResult
  func close() -> Int? {
    guard let index = open.popLast(), index >= 0 else { return nil }
    nodes[index].end = Int32(nodes.count)
    return index
  }

  func closeAll() {
    while !open.isEmpty { close() }
  }

  /// - Returns: false where there are too many.
  func add(_ position: Position) -> Bool {
    guard positions.count < positionLimit else { return false }
    positions.append(position)
    return true
  }

  var root: JSONValue? { nodes.isEmpty ? nil : JSONValue(tape: self, index: 0) }
}

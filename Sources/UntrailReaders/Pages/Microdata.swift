internal import UntrailModel

/// Builds items from the attributes of a page's elements: microdata, and RDFa in its simplest form.
///
///     <div itemscope itemtype="http://schema.org/FlightReservation">
///       <meta itemprop="reservationNumber" content="XY12Z">
///       <div itemprop="reservationFor" itemscope itemtype="http://schema.org/Flight"> ... </div>
///     </div>
///     <div vocab="http://schema.org/" typeof="Event"><span property="name">...</span></div>
///
/// Elements that are not closed end with the element around them.
///
/// Source: WHATWG, HTML Living Standard, section 5 (microdata); RDFa Lite 1.1 (W3C, 2015).
struct Microdata {
  private enum Value {
    case text(String, Int)
    case item(Int)
  }

  private struct Item {
    var types: [String]
    var offset: Int
    var properties: [(name: String, value: Value)] = []
  }

  private struct Open {
    var name: String
    /// The item that this element is.
    var item: Int?
    /// The properties whose value is the text of this element.
    var properties: [String] = []
    var owner: Int?
    var text: [UInt8] = []
    var offset: Int
  }

  private let limits: Limits
  private var items: [Item] = []
  private var stack: [Open] = []
  /// How many open elements have a name.
  private var openNames: [String: Int] = [:]
  private var captures = 0
  private var openItems = 0
  /// The items that belong to no other and are complete.
  private var done: [DataValue] = []

  private static let deepest = 2000
  private static let mostCaptures = 64
  private static let empty: Set<String> = [
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track",
    "wbr",
  ]
  /// Elements that end where the next of the kind begins.
  private static let rows: Set<String> = ["p", "li", "td", "th", "tr", "dt", "dd", "option"]

  init(_ limits: Limits) { self.limits = limits }

  /// Whether the text of the page is needed.
  var wantsText: Bool { captures > 0 }

  mutating func start(_ tag: MarkupTag, in set: String?) {
    if Self.rows.contains(tag.name), stack.last?.name == tag.name { pop(in: set) }
    var open = Open(name: tag.name, offset: tag.offset)
    let owner = stack.last { $0.item != nil }?.item
    let type = tag["itemtype"] ?? tag["typeof"]
    let names = properties(tag, isInItem: owner != nil)
    if tag["itemscope"] != nil || tag["typeof"] != nil, items.count < limits.entries {
      let words = type.flatMap { MarkupText.decode($0.value, in: set, limits) } ?? ""
      let types = words.split(whereSeparator: \.isWhitespace).map(String.init)
      items.append(Item(types: types, offset: tag.offset))
      open.item = items.count - 1
      if let owner {
        for name in names { add(.item(items.count - 1), name, to: owner) }
      }
    } else if let owner, !names.isEmpty {
      if let value = Self.value(tag) {
        let text = MarkupText.decode(value.value, in: set, limits) ?? ""
        for name in names where !text.isEmpty { add(.text(text, value.offset), name, to: owner) }
      } else if captures < Self.mostCaptures {
        open.properties = names
        open.owner = owner
      }
    }
    push(open, tag, in: set)
  }

  private mutating func push(_ open: Open, _ tag: MarkupTag, in set: String?) {
    guard stack.count < Self.deepest else { return }
    stack.append(open)
    openNames[open.name, default: 0] += 1
    if !open.properties.isEmpty { captures += 1 }
    if open.item != nil { openItems += 1 }
    if tag.isClosed || Self.empty.contains(tag.name) { pop(in: set) }
  }

  private func properties(_ tag: MarkupTag, isInItem: Bool) -> [String] {
    let attribute = tag["itemprop"] ?? (isInItem ? tag["property"] : nil)
    guard let attribute else { return [] }
    return String(decoding: attribute.value, as: UTF8.self).split(whereSeparator: \.isWhitespace).prefix(8)
      .map { String($0.split(whereSeparator: { "/#:".contains($0) }).last ?? "") }
  }

  /// The attribute that has the value of a property; nil where that is the text of the element.
  private static func value(_ tag: MarkupTag) -> MarkupTag.Attribute? {
    if let content = tag["content"] { return content }
    switch tag.name {
    case "a", "area", "link": return tag["href"]
    case "audio", "embed", "iframe", "img", "source", "track", "video": return tag["src"]
    case "object": return tag["data"]
    case "data", "meter": return tag["value"]
    case "time": return tag["datetime"]
    default: return tag["resource"]
    }
  }

  private mutating func add(_ value: Value, _ name: String, to item: Int) {
    guard items[item].properties.count < limits.entries else { return }
    items[item].properties.append((name, value))
  }

  mutating func text(_ bytes: [UInt8]) {
    guard captures > 0 else { return }
    for index in stack.indices where !stack[index].properties.isEmpty {
      stack[index].text += bytes.prefix(max(0, limits.text - stack[index].text.count))
    }
  }

  mutating func end(_ name: String, in set: String?) {
    guard openNames[name, default: 0] > 0 else { return }
    while let last = stack.last {
      pop(in: set)
      if last.name == name { return }
    }
  }

  private mutating func pop(in set: String?) {
    guard let open = stack.popLast() else { return }
    openNames[open.name, default: 1] -= 1
    if !open.properties.isEmpty {
      captures -= 1
      let text = MarkupText.decode(open.text, in: set, limits).map { MarkupText.collapsed($0) } ?? ""
      if let owner = open.owner, !text.isEmpty {
        for name in open.properties { add(.text(text, open.offset), name, to: owner) }
      }
    }
    guard open.item != nil else { return }
    openItems -= 1
    if openItems == 0 { finish() }
  }

  /// Gives out the items that belong to no other.
  private mutating func finish() {
    var owned: Set<Int> = []
    for item in items {
      for case (_, .item(let index)) in item.properties { owned.insert(index) }
    }
    done += items.indices.filter { !owned.contains($0) }.map { value(of: $0, depth: 0) }
    items = []
  }

  private func value(of index: Int, depth: Int) -> DataValue {
    let item = items[index]
    var pairs: [(key: String, value: DataValue)] = [
      (
        "@type",
        DataValue(
          content: .list(item.types.map { DataValue(content: .text($0), start: item.offset) }),
          start: item.offset)
      )
    ]
    var places: [String: Int] = [:]
    for (name, value) in item.properties {
      let read: DataValue
      switch value {
      case .text(let text, let offset): read = DataValue(content: .text(text), start: offset)
      case .item(let inner):
        guard depth < limits.nesting, inner > index else { continue }
        read = self.value(of: inner, depth: depth + 1)
      }
      if let place = places[name] {
        pairs[place].value.content = .list(pairs[place].value.items + [read])
      } else {
        places[name] = pairs.count
        pairs.append((name, read))
      }
    }
    return DataValue(content: .map(pairs), start: item.offset)
  }

  /// The items that were completed since the last call.
  ///
  /// - Parameter isAtEnd: whether nothing more comes, so that all elements end.
  mutating func take(in set: String?, isAtEnd: Bool = false) -> [DataValue] {
    while isAtEnd, !stack.isEmpty { pop(in: set) }
    defer { done = [] }
    return done
  }
}

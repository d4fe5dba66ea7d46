internal import UntrailBytes
internal import UntrailModel

/// Property lists in XML.
///
///     <plist version="1.0"><dict>
///       <key>Name</key> <string>text</string> <integer>1</integer> <real>1.5</real> <true/> <false/>
///       <date>2024-04-28T21:09:02Z</date> <data>base 64</data> <array>...</array> <dict>...</dict>
///     </dict></plist>
///
/// There are no other elements and no attributes that matter, so that the text is read without a parser of XML: lists
/// hold long runs of base 64, and what stands behind them counts. Entities other than the five are left as they are.
///
/// Source: Apple, PropertyList-1.0.dtd.
struct MarkupListReader {
  private(set) var flaw: ParseError?

  private let bytes: [UInt8]
  private let base: Int?
  private let limits: Limits
  private var budget: PropertyList.Budget
  private var index = 0

  private enum Tag: Equatable {
    case start(String, isEmpty: Bool)
    case end(String)
  }

  init(_ bytes: [UInt8], at base: Int?, _ limits: Limits) {
    self.bytes = bytes
    self.base = base
    self.limits = limits
    budget = PropertyList.Budget(limits, byteCount: bytes.count)
  }

  mutating func read() -> PropertyValue? {
    while let tag = nextTag() {
      guard case .start(let name, let isEmpty) = tag else { continue }
      if name == "plist" { continue }
      return value(name, isEmpty, depth: 0)
    }
    note(.truncated, "a property list without a value")
    return nil
  }

  private mutating func note(_ code: ParseError.Code, _ what: String) {
    if flaw == nil { flaw = ParseError(code, at: (base ?? 0) + min(index, bytes.count), what) }
  }

  // MARK: Markup

  /// Goes behind the next tag; nil at the end. Comments, instructions and declarations are passed over.
  private mutating func nextTag() -> Tag? {
    while let open = bytes[min(index, bytes.count)...].firstIndex(of: UInt8(ascii: "<")) {
      let rest = bytes[open...]
      if rest.starts(with: "<!--".utf8) {
        index = end(of: "-->", from: open + 4)
      } else if rest.starts(with: "<?".utf8) {
        index = end(of: "?>", from: open + 2)
      } else if rest.starts(with: "<!".utf8) {
        index = endOfDeclaration(from: open + 2)
      } else {
        return tag(at: open)
      }
    }
    index = bytes.count
    return nil
  }

  private mutating func tag(at open: Int) -> Tag? {
    guard let close = bytes[open...].firstIndex(of: UInt8(ascii: ">")) else {
      index = bytes.count
      return nil
    }
    index = close + 1
    let inside = bytes[(open + 1)..<close]
    let isEnd = inside.first == UInt8(ascii: "/")
    let letters = inside.drop { $0 == UInt8(ascii: "/") }.prefix { $0 > 0x20 && $0 != UInt8(ascii: "/") }
    let name = String(decoding: letters.prefix(16), as: UTF8.self)
    return isEnd ? .end(name) : .start(name, isEmpty: inside.last == UInt8(ascii: "/"))
  }

  private func end(of mark: String, from start: Int) -> Int {
    let mark = Array(mark.utf8)
    var position = start
    while position < bytes.count, let found = bytes[position...].firstIndex(of: mark[0]) {
      if bytes[found...].starts(with: mark) { return found + mark.count }
      position = found + 1
    }
    return bytes.count
  }

  /// Behind a document type, with what stands in brackets in it.
  private func endOfDeclaration(from start: Int) -> Int {
    var isInBrackets = false
    for position in min(start, bytes.count)..<bytes.count {
      switch bytes[position] {
      case UInt8(ascii: "["): isInBrackets = true
      case UInt8(ascii: "]"): isInBrackets = false
      case UInt8(ascii: ">") where !isInBrackets: return position + 1
      default: break
      }
    }
    return bytes.count
  }

  // MARK: Values

  private mutating func value(_ name: String, _ isEmpty: Bool, depth: Int) -> PropertyValue? {
    budget.values -= 1
    guard budget.values >= 0 else {
      note(.limit, "a property list with more values than are looked at")
      return nil
    }
    let offset = base.map { $0 + index }
    guard let content = content(name, isEmpty, depth: depth) else { return nil }
    return PropertyValue(content: content, offset: offset)
  }

  private mutating func content(_ name: String, _ isEmpty: Bool, depth: Int) -> PropertyValue.Content? {
    switch name {
    case "dict": return isEmpty ? .dictionary([]) : .dictionary(pairs(depth: depth))
    case "array": return isEmpty ? .array([]) : .array(items(depth: depth))
    case "true", "false":
      if !isEmpty { skip(to: name) }
      return .boolean(name == "true")
    case "data":
      return .data(isEmpty ? [] : Base64.decode(raw(to: name))[...])
    default: break
    }
    let text = isEmpty ? "" : text(to: name)
    switch name {
    case "string", "key": return .string(text)
    case "integer": return Self.integer(text).map { .integer($0) } ?? .null
    case "real":
      let number = text.utf8.count <= 64 ? Double(text.trimmedText) : nil
      return number.map { $0.isFinite ? .real($0) : .null } ?? .null
    case "date":
      guard let time = WrittenTime.read(text.trimmedText), time.precision != .day else { return .null }
      let seconds = time.civilSeconds - Int64(time.utcOffsetMinutes ?? 0) * 60 - Self.epoch
      return .date(Double(seconds))
    default:
      // What a keyed archive of this form refers to stands in a dictionary of its own.
      note(.malformed, "a property list with an element of an unknown kind")
      return nil
    }
  }

  /// 2001-01-01 in seconds since 1970.
  static let epoch: Int64 = 978_307_200

  private static func integer(_ text: String) -> Int64? {
    let text = text.trimmedText.lowercased()
    guard text.utf8.count <= 24 else { return nil }
    if text.hasPrefix("0x") { return Int64(text.dropFirst(2), radix: 16) }
    return Int64(text) ?? UInt64(text).map { Int64(bitPattern: $0) }
  }

  private mutating func pairs(depth: Int) -> [PropertyValue.Pair] {
    var pairs: [PropertyValue.Pair] = []
    guard depth < PropertyList.nesting else {
      tooDeep()
      return []
    }
    var key: String?
    while let tag = nextTag() {
      switch tag {
      case .end: return pairs
      case .start("key", let isEmpty): key = isEmpty ? "" : text(to: "key")
      case .start(let name, let isEmpty):
        guard let value = value(name, isEmpty, depth: depth + 1) else {
          if budget.values < 0 { return pairs }
          continue
        }
        if let key { pairs.append(PropertyValue.Pair(key: key, value: value)) }
        key = nil
      }
    }
    note(.truncated, "a property list ends early")
    return pairs
  }

  private mutating func items(depth: Int) -> [PropertyValue] {
    var items: [PropertyValue] = []
    guard depth < PropertyList.nesting else {
      tooDeep()
      return []
    }
    while let tag = nextTag() {
      guard case .start(let name, let isEmpty) = tag else { return items }
      if let item = value(name, isEmpty, depth: depth + 1) { items.append(item) }
      if budget.values < 0 { return items }
    }
    note(.truncated, "a property list ends early")
    return items
  }

  private mutating func tooDeep() {
    note(.limit, "a property list more than \(PropertyList.nesting) deep")
    index = bytes.count
  }

  // MARK: Text

  /// The bytes up to an end tag, behind which reading goes on.
  private mutating func raw(to name: String) -> ArraySlice<UInt8> {
    let start = min(index, bytes.count)
    let end = bytes[start...].firstIndex(of: UInt8(ascii: "<")) ?? bytes.count
    skip(to: name)
    return bytes[start..<end]
  }

  private mutating func skip(to name: String) {
    while let tag = nextTag() { if tag == .end(name) { return } }
    note(.truncated, "a property list ends inside a value")
  }

  /// The text up to an end tag, without references, as far as a text may be long.
  private mutating func text(to name: String) -> String {
    var text: [UInt8] = []
    while index < bytes.count {
      let rest = bytes[index...]
      let stop = rest.firstIndex { $0 == UInt8(ascii: "<") || $0 == UInt8(ascii: "&") } ?? bytes.count
      append(bytes[index..<stop], to: &text)
      index = stop
      guard stop < bytes.count else { break }
      if bytes[stop] == UInt8(ascii: "&") {
        index = stop + takeReference(bytes[stop...].prefix(12), into: &text)
      } else if bytes[stop...].starts(with: "<![CDATA[".utf8) {
        let end = end(of: "]]>", from: stop + 9)
        append(bytes[(stop + 9)..<max(stop + 9, end - 3)], to: &text)
        index = end
      } else {
        skip(to: name)
        return String(decoding: text, as: UTF8.self)
      }
    }
    note(.truncated, "a property list ends inside a value")
    return ""
  }

  private func append(_ run: ArraySlice<UInt8>, to text: inout [UInt8]) {
    text += run.prefix(max(0, limits.text + 1 - text.count))
  }

  /// - Returns: bytes of the reference.
  private func takeReference(_ run: ArraySlice<UInt8>, into text: inout [UInt8]) -> Int {
    guard let end = run.firstIndex(of: UInt8(ascii: ";")) else {
      append(run.prefix(1), to: &text)
      return 1
    }
    let name = String(decoding: run[(run.startIndex + 1)..<end], as: UTF8.self)
    let scalar: Unicode.Scalar? =
      switch name {
      case "amp": "&"
      case "lt": "<"
      case "gt": ">"
      case "quot": "\""
      case "apos": "'"
      case _ where name.hasPrefix("#x"): UInt32(name.dropFirst(2), radix: 16).flatMap(Unicode.Scalar.init)
      case _ where name.hasPrefix("#"): UInt32(name.dropFirst()).flatMap(Unicode.Scalar.init)
      default: nil
      }
    guard let scalar else {
      append(run[...end], to: &text)
      return end + 1 - run.startIndex
    }
    append(Array(String(Character(scalar)).utf8)[...], to: &text)
    return end + 1 - run.startIndex
  }
}

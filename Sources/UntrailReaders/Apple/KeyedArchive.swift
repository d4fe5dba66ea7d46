internal import UntrailModel

/// Objects that a program of Apple's archived, as a plain property list.
///
///     $archiver: "NSKeyedArchiver", $version, $top: {root: number}, $objects: ["$null", object, ...]
///     object: {$class: number, its values: value or number}     class: {$classname: "NSDictionary", $classes: []}
///
/// In lists in XML, a number of an object is written {CF$UID: number}.
///
/// Source: Apple, NSKeyedArchiver (2024); the forms as they stand in archives.
struct KeyedArchive {
  private let objects: [PropertyValue]
  private var valuesLeft: Int

  /// The list that an archive holds; the value itself where it is none.
  static func unwrapped(_ value: PropertyValue, _ limits: Limits) -> PropertyValue {
    guard let archiver = value["$archiver"]?.text, archiver.hasSuffix("KeyedArchiver"),
      let objects = value["$objects"]?.items, let top = value["$top"]
    else { return value }
    var archive = KeyedArchive(objects: objects, valuesLeft: limits.entries)
    let roots = top.pairs.compactMap { pair in
      archive.plain(pair.value, depth: 0).map { PropertyValue.Pair(key: pair.key, value: $0) }
    }
    if roots.count == 1 { return roots[0].value }
    return PropertyValue(content: .dictionary(roots), offset: value.offset)
  }

  private static let nesting = 16

  private mutating func plain(_ value: PropertyValue, depth: Int) -> PropertyValue? {
    valuesLeft -= 1
    guard valuesLeft >= 0, depth < Self.nesting else { return nil }
    switch value.content {
    case .reference(let number): return object(number, depth: depth)
    case .array(let items):
      let plain = items.compactMap { self.plain($0, depth: depth + 1) }
      return PropertyValue(content: .array(plain), offset: value.offset)
    case .dictionary(let pairs):
      if pairs.count == 1, let number = value["CF$UID"]?.number, let index = Int(exactly: number) {
        return object(index, depth: depth)
      }
      return PropertyValue(content: .dictionary(plain(pairs, depth: depth)), offset: value.offset)
    default: return value
    }
  }

  private mutating func plain(_ pairs: [PropertyValue.Pair], depth: Int) -> [PropertyValue.Pair] {
    var plain: [PropertyValue.Pair] = []
    for pair in pairs where pair.key != "$class" && pair.key != "$classes" {
      guard let value = self.plain(pair.value, depth: depth + 1) else { continue }
      plain.append(PropertyValue.Pair(key: pair.key, value: value))
    }
    return plain
  }

  private mutating func object(_ number: Int, depth: Int) -> PropertyValue? {
    // The first stands for nothing.
    guard number > 0, number < objects.count else { return nil }
    let object = objects[number]
    guard !object.pairs.isEmpty else { return plain(object, depth: depth + 1) }
    func made(_ content: PropertyValue.Content) -> PropertyValue {
      PropertyValue(content: content, offset: object.offset)
    }
    if let values = object["NS.objects"]?.items {
      let plainValues = values.map { plain($0, depth: depth + 1) }
      guard let keys = object["NS.keys"]?.items else { return made(.array(plainValues.compactMap { $0 })) }
      var pairs: [PropertyValue.Pair] = []
      for (key, value) in zip(keys, plainValues) {
        guard case .string(let key)? = plain(key, depth: depth + 1)?.content, let value else { continue }
        pairs.append(PropertyValue.Pair(key: key, value: value))
      }
      return made(.dictionary(pairs))
    }
    if let text = object["NS.string"] ?? object["NS.relative"] { return plain(text, depth: depth + 1) }
    if let seconds = object["NS.time"]?.number { return made(.date(seconds)) }
    if let data = object["NS.data"] { return plain(data, depth: depth + 1) }
    return made(.dictionary(plain(object.pairs, depth: depth)))
  }
}

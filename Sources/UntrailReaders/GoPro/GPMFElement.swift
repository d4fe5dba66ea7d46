internal import UntrailBytes

/// One element of GPMF with its value.
///
///     b B       8 bits, signed and not           f F   32 bits with a point; four letters
///     s S       16 bits                          d     64 bits with a point
///     l L       32 bits                          G U   16 bytes: an id; a time in ASCII
///     j J       64 bits                          q Q   32 and 64 bits, half of them behind the point
///     c         a character                      ?     a structure, as the element TYPE says before it
///
/// Source: gopro/gpmf-parser, README.md, "Length (type-size-repeat structure)".
struct GPMFElement {
  var key: FourCC
  var type: UInt8
  /// Bytes of one item.
  var size: Int
  /// Number of items.
  var count: Int
  var value: SampleBytes

  /// The numbers of a small element, such as scales.
  func numbers(limit: Int) -> [Double] {
    guard let width = Self.width(type), width > 0 else { return [] }
    return (0..<min(value.count / width, limit)).compactMap { Self.number(value, $0 * width, type) }
  }

  /// Bytes of a type; nil for others.
  static func width(_ type: UInt8) -> Int? {
    switch type {
    case UInt8(ascii: "b"), UInt8(ascii: "B"), UInt8(ascii: "c"): 1
    case UInt8(ascii: "s"), UInt8(ascii: "S"): 2
    case UInt8(ascii: "l"), UInt8(ascii: "L"), UInt8(ascii: "f"), UInt8(ascii: "F"), UInt8(ascii: "q"): 4
    case UInt8(ascii: "j"), UInt8(ascii: "J"), UInt8(ascii: "d"), UInt8(ascii: "Q"): 8
    case UInt8(ascii: "G"), UInt8(ascii: "U"): 16
    default: nil
    }
  }

  static func number(_ bytes: SampleBytes, _ offset: Int, _ type: UInt8) -> Double? {
    switch type {
    case UInt8(ascii: "b"): bytes.u8(offset).map { Double(Int8(bitPattern: $0)) }
    case UInt8(ascii: "B"): bytes.u8(offset).map(Double.init)
    case UInt8(ascii: "s"): bytes.u16(offset, .big).map { Double(Int16(bitPattern: $0)) }
    case UInt8(ascii: "S"): bytes.u16(offset, .big).map(Double.init)
    case UInt8(ascii: "l"): bytes.i32(offset, .big).map(Double.init)
    case UInt8(ascii: "L"): bytes.u32(offset, .big).map(Double.init)
    case UInt8(ascii: "q"): bytes.i32(offset, .big).map { Double($0) / 65_536 }
    case UInt8(ascii: "j"): bytes.u64(offset, .big).map { Double(Int64(bitPattern: $0)) }
    case UInt8(ascii: "J"): bytes.u64(offset, .big).map(Double.init)
    case UInt8(ascii: "Q"): bytes.u64(offset, .big).map { Double(Int64(bitPattern: $0)) / 4_294_967_296 }
    case UInt8(ascii: "f"): bytes.f32(offset, .big)
    case UInt8(ascii: "d"): bytes.f64(offset, .big)
    default: nil
    }
  }
}

/// The items of an element as rows of numbers.
struct GPMFRows {
  private let element: GPMFElement
  private let columns: [(offset: Int, type: UInt8)]
  private let scales: [Double]

  /// - Parameters:
  ///   - types: one letter for each number of an item, where the element is a structure.
  ///   - scales: one for each number of an item, or one for all.
  init(_ element: GPMFElement, types: [UInt8], scales: [Double]) {
    self.element = element
    self.scales = scales
    let isStructure = element.type == UInt8(ascii: "?")
    let width = GPMFElement.width(element.type) ?? 0
    let types =
      isStructure
      ? types : width > 0 ? [UInt8](repeating: element.type, count: element.size / width) : []
    var columns: [(Int, UInt8)] = []
    var offset = 0
    for type in types {
      guard let width = GPMFElement.width(type), offset + width <= element.size else { break }
      columns.append((offset, type))
      offset += width
    }
    self.columns = columns
  }

  var count: Int { element.count }
  var width: Int { columns.count }

  /// A number with its scale; nil where there is none.
  func value(_ row: Int, _ column: Int) -> Double? {
    guard columns.indices.contains(column),
      let number = GPMFElement.number(
        element.value, row * element.size + columns[column].offset, columns[column].type)
    else { return nil }
    let scale = scales.count == 1 ? scales[0] : scales.indices.contains(column) ? scales[column] : 1
    return scale == 0 ? number : number / scale
  }

  func place(_ row: Int) -> Int? { element.value.place(row * element.size) }
}

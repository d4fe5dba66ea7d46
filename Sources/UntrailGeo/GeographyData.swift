internal import CGeography

/// The bytes of `data/geography.bin`, read in place. Whatever is not as it must be reads as nothing.
///
///     "UGEO" 01 00 00 00 | u32 count | count * (u32 offset, u32 length) | sections, each at a multiple of 4
///
/// All numbers are little-endian. Sections, in the order of `Section`:
///
///     countries        lines: code, name, then the name in ar de en es fa fr ru zh, its zone if it has only one
///     countryCells     u32 n | n * u16 cell of a degree, ascending | n * u16 value: a country that fills the cell, or
///                      0x8000 and the number of a list
///     countryLists     u32 n | (n + 1) * u32 offset | bytes: countries
///     countryPolygons  u32 n | (n + 1) * u32 offset | polygons: i16 first band | u16 bands | (bands + 1) * u32 offset |
///                      varints (zigzag): chains of edges that touch the band; for each the number of vertices, then
///                      differences of longitude and latitude. A band is 256/1000 degree of latitude
///     disputed...      the same four for disputed areas; the lines have only a name
///     towns            u32 n | n * (i32 latitude, i32 longitude in 1/100,000 degree, u32 line, u16 zone, u16 country,
///                      u32 people), by cells, the most people first
///     townNames        lines: name, region, name without marks, then in de en es fr ru zh
///     townCells        u32 n | n * u16 cell | n * u16 first town
///     zones            lines: name, countries by people, people
///     zoneChanges      u32 n | (n + 1) * u32 entry | entries: i32 seconds since 1970, i16 minutes east of UTC
///     airports         u32 n | n * (3 letters, 0, i32 latitude, i32 longitude, u32 line, u16 country, u16 0), by letters
///     airportNames     lines
///     townHashes       u32 n | n * u32 FNV-1a of a name in small letters, ascending | n * u16 town
struct GeographyData: @unchecked Sendable {
  enum Section: Int {
    case countries, countryCells, countryLists, countryPolygons
    case disputed, disputedCells, disputedLists, disputedPolygons
    case towns, townNames, townCells
    case zones, zoneChanges
    case airports, airportNames
    case townHashes
  }

  /// Constant memory of the program.
  private let bytes: UnsafeRawBufferPointer

  static let embedded = GeographyData(
    UnsafeRawBufferPointer(start: untrail_geography_start(), count: untrail_geography_size))

  /// - Parameter bytes: must never go away.
  init(_ bytes: UnsafeRawBufferPointer) { self.bytes = bytes }

  subscript(_ section: Section) -> GeographySection {
    let head = GeographySection(bytes)
    guard bytes.count >= 12, head.u32(0) == 0x4F45_4755, head.u32(4) == 1, head.u32(8) > section.rawValue
    else {
      return GeographySection(UnsafeRawBufferPointer(start: nil, count: 0))
    }
    let (start, count) = (head.u32(12 + 8 * section.rawValue), head.u32(16 + 8 * section.rawValue))
    guard start <= bytes.count, count <= bytes.count - start else {
      return GeographySection(UnsafeRawBufferPointer(start: nil, count: 0))
    }
    return GeographySection(UnsafeRawBufferPointer(rebasing: bytes[start..<(start + count)]))
  }
}

/// One section. Reading beyond its end gives 0.
struct GeographySection: @unchecked Sendable {
  private let bytes: UnsafeRawBufferPointer

  var count: Int { bytes.count }

  init(_ bytes: UnsafeRawBufferPointer) { self.bytes = bytes }

  func u8(_ offset: Int) -> Int { offset >= 0 && offset < bytes.count ? Int(bytes[offset]) : 0 }

  func u16(_ offset: Int) -> Int {
    guard offset >= 0, offset <= bytes.count - 2 else { return 0 }
    return Int(UInt16(littleEndian: bytes.loadUnaligned(fromByteOffset: offset, as: UInt16.self)))
  }

  func i16(_ offset: Int) -> Int16 { Int16(truncatingIfNeeded: u16(offset)) }

  func u32(_ offset: Int) -> Int {
    guard offset >= 0, offset <= bytes.count - 4 else { return 0 }
    return Int(UInt32(littleEndian: bytes.loadUnaligned(fromByteOffset: offset, as: UInt32.self)))
  }

  func i32(_ offset: Int) -> Int { Int(Int32(truncatingIfNeeded: u32(offset))) }

  /// The words of the line that starts at an offset, which tabs separate.
  func words(at offset: Int) -> [String] {
    guard offset >= 0, offset < bytes.count else { return [] }
    let line = bytes[offset...].prefix { $0 != 0x0A }
    return line.split(separator: 0x09, omittingEmptySubsequences: false).map {
      String(decoding: $0, as: UTF8.self)
    }
  }

  /// All lines, each as its words.
  func lines() -> [[String]] {
    bytes.split(separator: 0x0A).map { line in
      line.split(separator: 0x09, omittingEmptySubsequences: false).map {
        String(decoding: $0, as: UTF8.self)
      }
    }
  }

  /// A number as a varint with a zigzag sign; moves behind it. Nil at the end.
  func varint(_ offset: inout Int) -> Int? {
    var value: UInt64 = 0
    var shift: UInt64 = 0
    while offset < bytes.count, shift < 64 {
      let byte = bytes[offset]
      offset += 1
      value |= UInt64(byte & 0x7F) << shift
      if byte & 0x80 == 0 {
        return Int(truncatingIfNeeded: Int64(bitPattern: value >> 1) ^ -Int64(value & 1))
      }
      shift += 7
    }
    return nil
  }

  /// The place of a number among `count` ascending u16 from an offset on; nil where it is not there.
  func index(of number: Int, from offset: Int, count: Int) -> Int? {
    var (low, high) = (0, count)
    while low < high {
      let middle = (low + high) / 2
      let found = u16(offset + 2 * middle)
      if found == number { return middle }
      if found < number { low = middle + 1 } else { high = middle }
    }
    return nil
  }
}

internal import CExif

/// The one owner of a block that libexif has loaded, inside the arena that it was loaded into.
struct LoadedExif: ~Copyable {
  private let data: UnsafeMutablePointer<ExifData>
  let order: ExifByteOrder

  /// Loads a block that starts with "Exif\0\0".
  ///
  /// Tags that libexif does not know are kept, and nothing is invented to satisfy the specification.
  static func load(_ block: UnsafeBufferPointer<UInt8>, memory: OpaquePointer) -> LoadedExif? {
    guard let data = exif_data_new_mem(memory) else { return nil }
    exif_data_unset_option(data, EXIF_DATA_OPTION_FOLLOW_SPECIFICATION)
    exif_data_unset_option(data, EXIF_DATA_OPTION_IGNORE_UNKNOWN_TAGS)
    exif_data_load_data(data, block.baseAddress, UInt32(block.count))
    return LoadedExif(data: data)
  }

  private init(data: UnsafeMutablePointer<ExifData>) {
    self.data = data
    order = exif_data_get_byte_order(data)
  }

  deinit { exif_data_unref(data) }

  /// Gives each entry of a directory, in the order of the block.
  func forEach(in directory: TIFFStructure.Directory, _ body: (ExifValue) -> Void) {
    let directories = data.pointee.ifd
    let content =
      switch directory {
      case .image: directories.0
      case .exif: directories.2
      case .gps: directories.3
      }
    guard let content, let entries = content.pointee.entries else { return }
    for index in 0..<Int(content.pointee.count) {
      guard let entry = entries[index] else { continue }
      body(
        ExifValue(
          tag: UInt16(truncatingIfNeeded: entry.pointee.tag.rawValue), format: entry.pointee.format,
          count: entry.pointee.data == nil ? 0 : Int(entry.pointee.components),
          bytes: UnsafeBufferPointer(start: entry.pointee.data, count: Int(entry.pointee.size)), order: order)
      )
    }
  }
}

/// One value as libexif holds it. Valid as long as the `LoadedExif` it came from.
struct ExifValue {
  let tag: UInt16
  let format: ExifFormat
  /// How many numbers, or how many bytes of text.
  let count: Int
  let bytes: UnsafeBufferPointer<UInt8>
  let order: ExifByteOrder

  /// The number at a place; nil where the value has none there, or one that is not finite.
  ///
  /// - Parameter zeroOverZero: what 0/0, as devices write for "not set", stands for.
  func number(_ index: Int = 0, zeroOverZero: Double? = nil) -> Double? {
    let size = Int(exif_format_get_size(format))
    guard index >= 0, index < count, size > 0, (index + 1) * size <= bytes.count,
      let base = bytes.baseAddress
    else { return nil }
    let place = base + index * size
    switch format {
    case EXIF_FORMAT_BYTE: return Double(place.pointee)
    case EXIF_FORMAT_SBYTE: return Double(Int8(bitPattern: place.pointee))
    case EXIF_FORMAT_SHORT: return Double(exif_get_short(place, order))
    case EXIF_FORMAT_SSHORT: return Double(exif_get_sshort(place, order))
    case EXIF_FORMAT_LONG: return Double(exif_get_long(place, order))
    case EXIF_FORMAT_SLONG: return Double(exif_get_slong(place, order))
    case EXIF_FORMAT_RATIONAL:
      let fraction = exif_get_rational(place, order)
      guard fraction.denominator != 0 else { return fraction.numerator == 0 ? zeroOverZero : nil }
      return Double(fraction.numerator) / Double(fraction.denominator)
    case EXIF_FORMAT_SRATIONAL:
      let fraction = exif_get_srational(place, order)
      guard fraction.denominator != 0 else { return fraction.numerator == 0 ? zeroOverZero : nil }
      return Double(fraction.numerator) / Double(fraction.denominator)
    case EXIF_FORMAT_FLOAT:
      let number = Double(Float(bitPattern: exif_get_long(place, order)))
      return number.isFinite ? number : nil
    case EXIF_FORMAT_DOUBLE:
      let first = UInt64(exif_get_long(place, order))
      let second = UInt64(exif_get_long(place + 4, order))
      let number = Double(
        bitPattern: order == EXIF_BYTE_ORDER_MOTOROLA ? first << 32 | second : second << 32 | first)
      return number.isFinite ? number : nil
    default: return nil
    }
  }

  /// The first byte, in upper case: what the reference tags (N, S, E, W, K, M ...) hold.
  var letter: UInt8 {
    guard let first = bytes.first else { return 0 }
    return first >= UInt8(ascii: "a") && first <= UInt8(ascii: "z") ? first - 32 : first
  }

  var isLittleEndian: Bool { order == EXIF_BYTE_ORDER_INTEL }
}

/// A value in a PDF file.
///
/// Source: ISO 32000-2:2020, section 7.3.
enum PDFObject {
  case null
  case boolean(Bool)
  case integer(Int)
  case real(Double)
  case string(PDFString)
  /// Without the slash, and without escapes.
  case name(String)
  case array([PDFObject])
  case dictionary(PDFDictionary)
  case reference(PDFReference)
  case stream(PDFStream)

  var isNull: Bool { if case .null = self { true } else { false } }
  var integer: Int? { if case .integer(let value) = self { value } else { nil } }
  var string: PDFString? { if case .string(let value) = self { value } else { nil } }
  var name: String? { if case .name(let value) = self { value } else { nil } }
  var array: [PDFObject]? { if case .array(let value) = self { value } else { nil } }
  var stream: PDFStream? { if case .stream(let value) = self { value } else { nil } }
  var reference: PDFReference? { if case .reference(let value) = self { value } else { nil } }

  var number: Double? {
    switch self {
    case .integer(let value): Double(value)
    case .real(let value): value
    default: nil
    }
  }

  /// The dictionary that it is, or that a stream has.
  var dictionary: PDFDictionary? {
    switch self {
    case .dictionary(let value): value
    case .stream(let value): value.dictionary
    default: nil
    }
  }
}

/// The bytes of a string, without escapes.
struct PDFString: Equatable {
  var bytes: [UInt8]
  /// Bytes from the start of the file to the string; nil inside a compressed object.
  var place: Int?
}

/// The name of an indirect object.
struct PDFReference: Hashable {
  var number: Int
  var generation: Int
}

/// Keys and values; a few dozen, so that looking through them is quick.
struct PDFDictionary {
  private var keys: [String] = []
  private var values: [PDFObject] = []
  /// Bytes from the start of the file to the dictionary; nil inside a compressed object.
  var place: Int?

  init(place: Int? = nil) { self.place = place }

  /// In the order of the file.
  var entries: [(key: String, value: PDFObject)] { zip(keys, values).map { ($0, $1) } }

  mutating func append(_ key: String, _ value: PDFObject) {
    keys.append(key)
    values.append(value)
  }

  /// The value as it stands there, perhaps a reference. Of a key that stands there twice, the last.
  subscript(key: String) -> PDFObject? { keys.lastIndex(of: key).map { values[$0] } }

  mutating func mapValues(_ change: (String, PDFObject) -> PDFObject) {
    for index in values.indices { values[index] = change(keys[index], values[index]) }
  }
}

/// A dictionary with bytes behind it.
struct PDFStream {
  var dictionary: PDFDictionary
  /// Bytes from the start of the file to the first of the stream's.
  var start: Int
  /// The object that it is.
  var reference: PDFReference
}

/// Why bytes could not be read as what they claim to be, and where.
package struct ParseError: Error, Equatable {
  package struct Code: RawRepresentable, Sendable, Hashable {
    package var rawValue: String
    package init(rawValue: String) { self.rawValue = rawValue }

    /// The bytes end before the structure does.
    package static let truncated = Code(rawValue: "truncated")
    /// A value stands where the format does not allow it.
    package static let malformed = Code(rawValue: "malformed")
    /// A limit of ours was reached.
    package static let limit = Code(rawValue: "limit")
    /// The system refused to read.
    package static let system = Code(rawValue: "read-failed")
  }

  package var code: Code
  /// Bytes from the start of the file.
  package var offset: Int
  /// What was being read, in words that hold no byte of the file.
  package var what: String
  /// The system's error number for `Code.system`, else 0.
  package var errno: Int32

  package init(_ code: Code, at offset: Int, _ what: String, errno: Int32 = 0) {
    self.code = code
    self.offset = offset
    self.what = what
    self.errno = errno
  }
}

/// The order of the bytes of a number.
package enum ByteOrder: Sendable {
  case big
  case little

  /// As `== .big`, which the optimiser does not see through from another module.
  @inlinable package var isBig: Bool {
    switch self {
    case .big: true
    case .little: false
    }
  }
}

/// What libmagic said of a file's first bytes, and what we made of it.
package struct MediaType: Sendable, Equatable {
  /// The media type by which a reader is chosen.
  package var name: String
  /// libmagic's own answer where `name` differs from it, else nil.
  package var magicName: String?
  /// Which of our refinements made `name` out of libmagic's answer; nil where none did.
  package var refinement: String?

  package init(_ name: String, magicName: String? = nil, refinement: String? = nil) {
    self.name = name
    self.magicName = magicName
    self.refinement = refinement
  }

  package static let directory = MediaType("inode/directory")
  package static let empty = MediaType("inode/x-empty")
  package static let unknown = MediaType("application/octet-stream")
}

/// What became of an artifact. Every artifact walked has exactly one.
package enum Coverage: UInt8, Sendable, NamedCase {
  /// Every channel that this version knows in such a file was read to its end.
  case read
  /// Something was read, and something could not be.
  case partial
  /// Nothing here reads such a file.
  case unsupported
  case encrypted
  /// The file could not be opened or read at all.
  case unreadable

  package var name: String {
    switch self {
    case .read: "read"
    case .partial: "partial"
    case .unsupported: "unsupported"
    case .encrypted: "encrypted"
    case .unreadable: "unreadable"
    }
  }
}

/// What the tool could not do with an artifact, or would not believe. Never a finding.
package struct Diagnostic: Sendable, Equatable {
  package enum Nature: UInt8, Sendable {
    /// Bytes that should be there are missing or wrong, or a limit cut the reading short.
    case damage
    /// A value was read and not believed.
    case doubt
    /// Something is there that this version does not read.
    case notRead
  }

  /// A stable word for machines, as `truncated`.
  package var code: String
  /// A sentence for people. Holds no byte of the file's content.
  package var message: String
  /// Bytes from the start of the file; nil where no place can be named.
  package var offset: Int?
  package var nature: Nature

  package init(_ code: String, _ message: String, offset: Int? = nil, nature: Nature = .damage) {
    self.code = code
    self.message = message
    self.offset = offset
    self.nature = nature
  }
}

/// A path as the system has it: bytes, not necessarily UTF-8.
package struct PathBytes: Sendable, Hashable {
  package var bytes: [UInt8]

  package init(_ bytes: [UInt8]) { self.bytes = bytes }
  package init(_ text: String) { bytes = Array(text.utf8) }

  /// The text, with U+FFFD for what is not UTF-8.
  package var text: String { String(decoding: bytes, as: UTF8.self) }

  /// The bytes up to the last slash, without it; empty where there is none.
  package var parent: ArraySlice<UInt8> {
    guard let slash = bytes.lastIndex(of: UInt8(ascii: "/")) else { return [] }
    return bytes[..<slash]
  }

  /// The bytes behind the last slash.
  package var name: ArraySlice<UInt8> {
    guard let slash = bytes.lastIndex(of: UInt8(ascii: "/")) else { return bytes[...] }
    return bytes[(slash + 1)...]
  }
}

/// One thing met by the walk, or a member inside one.
package struct Artifact: Sendable, Equatable {
  package var path: PathBytes
  /// The way into the file: empty for the file itself.
  package var member: [String]
  /// Bytes; nil where the system did not say.
  package var byteCount: Int?

  package init(path: PathBytes, member: [String] = [], byteCount: Int? = nil) {
    self.path = path
    self.member = member
    self.byteCount = byteCount
  }
}

/// Everything learnt of one artifact.
package struct Examination: Sendable, Equatable {
  package var artifact: Artifact
  package var mediaType: MediaType
  package var coverage: Coverage
  package var observations: [Observation]
  package var diagnostics: [Diagnostic]
  /// What was learnt of the files inside the file, at any depth, each with its way in. None has members of its own.
  package var members: [Examination] = []

  package init(
    artifact: Artifact, mediaType: MediaType, coverage: Coverage,
    observations: [Observation] = [], diagnostics: [Diagnostic] = []
  ) {
    self.artifact = artifact
    self.mediaType = mediaType
    self.coverage = coverage
    self.observations = observations
    self.diagnostics = diagnostics
  }
}

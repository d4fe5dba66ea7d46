/// One file in a ZIP archive, as the directory states it.
struct ZIPEntry {
  /// As the archive has it: never a path that anything is written to.
  var name: String
  var method: Method
  var isEncrypted: Bool
  /// Bytes as packed; nil where only the packed bytes say where they end.
  var packedSize: Int?
  /// Bytes when unpacked, as claimed; nil where the claim follows the packed bytes.
  var size: Int?
  var checksum: UInt32?
  /// Bytes from the start of the source to the entry's own header.
  var headerOffset: Int
  /// What is told of it besides.
  var details = Details()

  struct Details {
    /// Seconds since 1970 on the clock of whoever packed it.
    var localTime: Int64?
    /// Seconds since 1970, UTC.
    var time: Int64?
    var userID: UInt32?
    var groupID: UInt32?
    /// The number of the system that it was packed on.
    var system: UInt8 = 0
    /// Rights and kind of the file, where the system is Unix.
    var mode: UInt16 = 0
    var comment: (text: String, offset: Int)?
  }

  enum Method: Equatable {
    case stored
    case deflated
    case other(UInt16)

    init(_ number: UInt16) {
      switch number {
      case 0: self = .stored
      case 8: self = .deflated
      default: self = .other(number)
      }
    }
  }

  var isFolder: Bool { name.hasSuffix("/") || name.hasSuffix("\\") }

  /// Whether its content is the path that a symbolic link leads to.
  var isLink: Bool { [3, 19].contains(details.system) && details.mode & 0o170000 == 0o120000 }

  /// The last part of the name.
  var fileName: Substring {
    name.utf8.lastIndex { $0 == UInt8(ascii: "/") || $0 == UInt8(ascii: "\\") }
      .map { name[name.utf8.index(after: $0)...] } ?? name[...]
  }

  var isInFolder: Bool { fileName.utf8.count < name.utf8.count }

  /// Whether it is what macOS keeps beside the files of an archive.
  var isResourceFork: Bool { name.hasPrefix("__MACOSX/") }
}

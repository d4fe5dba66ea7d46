internal import CArchive
internal import UntrailModel

/// What an archive says of one thing in it.
struct ArchiveEntry {
  enum Kind {
    case file
    case link
    case other
  }

  var name: String
  var kind: Kind
  /// Bytes when unpacked; nil where the archive does not say.
  var byteCount: Int?
  /// Seconds since 1970.
  var modified: Int64?
  var user: String?
  var group: String?
  /// What a symbolic link leads to.
  var target: String?
  var isEncrypted: Bool

  /// - Parameter entry: libarchive's.
  init(_ entry: OpaquePointer, _ limits: Limits) {
    func text(_ pointers: UnsafePointer<CChar>?...) -> String? {
      for pointer in pointers {
        guard let pointer else { continue }
        var length = 0
        while length <= limits.text, pointer[length] != 0 { length += 1 }
        let bytes = UnsafeBufferPointer(start: pointer, count: length).map { UInt8(bitPattern: $0) }
        if let text = BoundedText.decode(bytes, limits) { return text }
      }
      return nil
    }
    name = text(archive_entry_pathname(entry), archive_entry_pathname_utf8(entry)) ?? ""
    let type = archive_entry_filetype(entry) & 0o170000
    let isCopy = archive_entry_hardlink(entry) != nil
    kind = type == 0o120000 ? .link : (type == 0o100000 || type == 0) && !isCopy ? .file : .other
    if archive_entry_size_is_set(entry) != 0 { byteCount = max(0, Int(clamping: archive_entry_size(entry))) }
    if archive_entry_mtime_is_set(entry) != 0 { modified = Int64(archive_entry_mtime(entry)) }
    user = text(archive_entry_uname(entry))
    group = text(archive_entry_gname(entry))
    target = kind == .link ? text(archive_entry_symlink(entry)) : nil
    isEncrypted = archive_entry_is_encrypted(entry) != 0
  }
}

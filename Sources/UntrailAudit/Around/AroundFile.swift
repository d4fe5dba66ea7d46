internal import UntrailModel
internal import UntrailReaders

/// Adds what stands around a file and not in it: its name, its folder, what the system keeps beside it.
///
/// This runs in the parent, since workers know no names. It reads short texts only, with checked decoders.
struct AroundFile {
  /// The folder of the last file, and what its name says: files of one folder come one after another.
  private var folder: DirectoryHandle?
  private var kind: TrashFolder.Kind?

  init() {}

  /// - Parameter descriptor: of the open file; nil where it could not be opened, or is empty.
  mutating func add(to examination: inout Examination, _ entry: WalkEntry, descriptor: Int32? = nil) {
    // What could not be read at all may be no file.
    guard examination.coverage != .unreadable || descriptor != nil else { return }
    if entry.directory == nil || entry.directory !== folder {
      kind = TrashFolder.kind(of: entry.path.parent)
      folder = entry.directory
    }
    if let kind {
      let content = HiddenContent(byteCount: examination.artifact.byteCount)
      examination.observations.append(
        Observation(
          kind.role, .hidden(content), field: kind.field, offset: nil))
    }
    if let descriptor { ExtendedAttributes.read(descriptor, into: &examination) }
    let byteCount = examination.artifact.byteCount
    let mediaType = examination.mediaType.name
    entry.path.bytes.withUnsafeBufferPointer { path in
      let start = path.lastIndex(of: UInt8(ascii: "/")).map { $0 + 1 } ?? 0
      let name = UnsafeBufferPointer(rebasing: path[start...])
      let count = examination.observations.count
      FileName.observe(name, byteCount: byteCount, into: &examination.observations)
      if examination.observations.count > count {
        NameGap.observe(name, mediaType, into: &examination.observations)
      }
    }
  }
}

extension TrashFolder.Kind {
  fileprivate var role: Role {
    switch self {
    case .deleted: .deleted
    case .thumbnails: .thumbnail
    case .originals: .copy
    }
  }
}

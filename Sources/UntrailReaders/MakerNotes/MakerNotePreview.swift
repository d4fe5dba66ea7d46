internal import UntrailBytes
internal import UntrailModel

/// Small pictures of which a maker note says where they stand: inside it, or elsewhere in the file.
extension MakerNoteDirectories {
  /// Adds a picture that two entries give the place and the size of.
  ///
  /// - Parameters:
  ///   - start: the entry with its offset.
  ///   - length: the entry with its bytes.
  func observePreview(
    _ start: Entry?, _ length: Entry?, _ name: String, _ role: Role = .preview, group: String? = nil,
    into result: inout ReadResult
  ) {
    guard let start, let length, let offset = reader.pointer(start), let count = reader.integer(length) else {
      return
    }
    observePreview(at: offset, count: count, name, role, group: group, into: &result)
  }

  /// Adds a picture that is the value of an entry.
  func observePreview(
    _ entry: Entry?, _ name: String, _ role: Role = .preview, into result: inout ReadResult
  ) {
    guard let entry else { return }
    observePreview(at: entry.offset, count: entry.byteCount, name, role, into: &result)
  }

  /// Adds a picture at a place. Nothing is there where an editor left the offset and took the picture away: only
  /// what begins as a JPEG file is a picture. Some makers change its first byte.
  ///
  /// - Parameter offset: bytes from the start of the structure, behind which the picture may stand.
  func observePreview(
    at offset: Int, count: Int, _ name: String, _ role: Role = .preview, group: String? = nil,
    into result: inout ReadResult
  ) {
    let source = view.source
    let (place, isOverflow) = view.start.addingReportingOverflow(offset)
    guard !isOverflow, offset > 0, count > 64, place >= 0, place < source.count else { return }
    let isPicture = try? source.withShortRun(at: place, count: min(3, source.count - place)) {
      run throws(ParseError) in
      run.count == 3 && run[1] == 0xD8 && run[2] == 0xFF
    }
    guard isPicture ?? false else { return }
    result.add(
      role, .hidden(HiddenContent(byteCount: count)), "\(group ?? self.group):\(name)",
      at: source.hasPlaces ? place : nil)
  }

  /// The entry of a picture that may stand behind the structure, in the file around it.
  func entryInFile(_ tag: UInt16, at offset: Int) -> Entry? {
    let whole = ByteView(view.source, start: view.start, count: view.source.count - view.start)
    var reader = ImageFileDirectoryReader(whole, order, base: reader.base, note.limits)
    return (try? reader.directory(at: offset) { $0 == tag })?.entries.first
  }
}

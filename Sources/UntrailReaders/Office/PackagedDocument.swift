internal import UntrailBytes
internal import UntrailModel

/// Documents that are archives, told apart by the names of their parts where their first page does not tell.
enum PackagedDocument {
  /// - Returns: whether the archive is one of them. What it says is in `result` then.
  static func read(
    _ archive: ZIPArchive, into result: inout ReadResult, with tools: ReaderTools
  ) -> Bool {
    let files = archive.files
    let kinds:
      [(group: String, isKind: ([ZIPEntry]) -> Bool, read: (inout OfficeArchive, inout ReadResult) -> Void)] =
        [
          ("OOXML", OpenXMLReader.isDocument, { OpenXMLReader.read(&$0, into: &$1) }),
          ("EPUB", BookReader.isDocument, { BookReader.read(&$0, into: &$1) }),
          ("IWORK", WorkDocument.isDocument, { WorkDocument.read(&$0, into: &$1) }),
          ("ODF", OpenDocumentReader.isDocument, { OpenDocumentReader.read(&$0, into: &$1) }),
        ]
    guard let kind = kinds.first(where: { $0.isKind(files) }) else { return false }
    var document = OfficeArchive(archive, kind.group, tools)
    document.addArchive(into: &result)
    kind.read(&document, &result)
    return true
  }
}

internal import UntrailBytes
internal import UntrailModel

/// `Attachments`: files inside the film, which are examined as files of their own.
///
/// Source: RFC 9559, section 5.1.6.
enum MatroskaAttachments {
  static func decode(_ body: ByteView, into result: inout ReadResult, _ tools: ReaderTools) throws(ParseError)
  {
    var files = EBMLElements(body, tools.limits)
    while let file = try files.next() {
      guard file.id == 0x61A7 else { continue }
      try decodeFile(file.body, into: &result, tools)
    }
  }

  private static func decodeFile(
    _ body: ByteView, into result: inout ReadResult, _ tools: ReaderTools
  ) throws(ParseError) {
    var name: String?
    var data: ByteView?
    var elements = EBMLElements(body, tools.limits)
    while let element = try elements.next() {
      switch element.id {
      case 0x466E: name = try BoundedText.printable(element.body, tools.limits)
      case 0x467E:
        guard let text = try BoundedText.printable(element.body, tools.limits) else { continue }
        result.add(
          .description, .text(text), "Matroska:AttachedFileDescription", at: element.body.place(0))
      case 0x465C: data = element.body
      default: break
      }
    }
    guard let data else { return }
    EmbeddedFile.examine(data, named: name ?? "attachment", "Matroska:AttachedFileData", into: &result, tools)
  }
}

/// `Chapters`: their titles.
///
/// Source: RFC 9559, section 5.1.7.
enum MatroskaChapters {
  private static let holders: Set<UInt32> = [0x45B9, 0xB6, 0x80]

  static func decode(
    _ body: ByteView, depth: Int = 0, into result: inout ReadResult, _ limits: Limits
  ) throws(ParseError) {
    guard depth < limits.nesting else {
      throw ParseError(.limit, at: body.start, "chapters too deep in each other")
    }
    var elements = EBMLElements(body, limits)
    while let element = try elements.next() {
      if holders.contains(element.id) {
        try decode(element.body, depth: depth + 1, into: &result, limits)
      } else if element.id == 0x85, let text = try BoundedText.printable(element.body, limits) {
        result.add(.label, .text(text), "Matroska:ChapterString", at: element.body.place(0))
      }
    }
  }
}

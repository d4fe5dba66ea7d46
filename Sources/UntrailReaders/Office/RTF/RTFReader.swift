internal import UntrailBytes
internal import UntrailModel

/// Rich Text Format: who wrote and revised a text, in which sessions, with what, and what lies inside.
///
///     {\info {\author NAME}{\operator NAME}{\creatim\yr2026\mo7\dy29\hr11\min12} ...}
///     {\*\generator PROGRAM;} {\*\template PATH} {\*\userprops {\propname N}\proptype30{\staticval V}}
///     {\*\revtbl {Unknown;}{NAME;}} {\*\rsidtbl \rsid123 ...} {\*\atnauthor NAME} {\*\atndate NUMBER}
///     {\pict\jpegblip DIGITS} {\*\objdata DIGITS} {\*\fldinst HYPERLINK "ADDRESS"}
///
/// Source: Microsoft, Rich Text Format Specification 1.9.1. Names of the fields: ExifTool, RTF.pm.
struct RTFReader: MetadataReader {
  var name: String { "Rich Text Format" }
  var mediaTypes: [String] { ["text/rtf", "application/rtf"] }
  var channels: String { "authors, times, revisions, comments, numbers of sessions, paths, pictures inside" }

  func read(
    _ source: ByteSource, into result: inout ReadResult, with tools: ReaderTools
  ) throws(ParseError) {
    var session = RTFSession(source, tools)
    try session.read(into: &result)
  }
}

/// What a group of a text is for.
enum RTFDestination: Equatable {
  case text
  /// A property of the document, by its control word.
  case property(String)
  case time(String)
  case revisions
  case revisionAuthor
  case sessions
  case userProperties
  case picture
  case object
  case instruction
  case commentDate
  case files
  case skipped

  /// What a control word opens; nil where it opens nothing that matters.
  init?(_ word: String) {
    switch word {
    case _ where RTFFields.properties[word] != nil: self = .property(word)
    case "creatim", "revtim", "printim", "buptim": self = .time(word)
    case "revtbl": self = .revisions
    case "rsidtbl": self = .sessions
    case "userprops": self = .userProperties
    case "propname", "staticval", "linkval": self = .property(word)
    case "pict": self = .picture
    case "objdata": self = .object
    case "fldinst": self = .instruction
    case "atndate": self = .commentDate
    case "filetbl": self = .files
    case "fonttbl", "colortbl", "stylesheet", "themedata", "colorschememapping", "datastore",
      "latentstyles", "listtable", "listoverridetable":
      self = .skipped
    default: return nil
    }
  }

  /// Whether what may be passed over holds others: pictures, shapes, comments.
  static func isOpen(_ word: String) -> Bool {
    ["shppict", "shpinst", "background", "annotation", "xform"].contains(word)
  }
}

/// What the properties of a text mean.
enum RTFFields {
  static let properties: [String: (name: String, meaning: DocumentMeaning)] = [
    "title": ("Title", .text(.title)), "subject": ("Subject", .text(.subject)),
    "author": ("Author", .person(.author)), "manager": ("Manager", .person(.manager)),
    "copyright": ("Copyright", .person(.copyright)),
    "company": ("Company", .person(.organization)), "operator": ("LastModifiedBy", .person(.editor)),
    "category": ("Category", .text(.category)), "keywords": ("Keywords", .text(.keywords)),
    "comment": ("Comment", .text(.comment)), "doccomm": ("Comments", .text(.comment)),
    "hlinkbase": ("HyperlinkBase", .path), "generator": ("Generator", .software),
    "template": ("Template", .template), "atnauthor": ("CommentAuthor", .person(.commenter)),
    "atnid": ("CommentInitials", .text(.label)),
    "protusertbl": ("ProtectedUsers", .person(.account)), "file": ("FileTable", .path),
    "mmconnectstr": ("MailMerge", .path), "mmdatasource": ("MailMerge", .path),
    "mmheadersource": ("MailMerge", .path), "nextfile": ("NextFile", .path),
  ]

  static let times: [String: (name: String, role: Role)] = [
    "creatim": ("CreateDate", .created), "revtim": ("ModifyDate", .modified),
    "printim": ("LastPrinted", .printed), "buptim": ("BackupTime", .backup),
  ]
}

internal import UntrailBytes
internal import UntrailModel

/// desktop.ini: how Windows shows a folder. Names of people and paths of computers stay in it.
///
///     [.ShellClassInfo]
///     InfoTip=TEXT  LocalizedResourceName=NAME  IconResource=PATH,NUMBER  IconFile=PATH  Logo=PATH
///     [DeleteOnCopy]
///     Owner=NAME  PersonalizedName=NAME
///     [LocalizedFileNames]
///     FILE=NAME
///
/// A value that starts with "@" stands in a program's resources.
///
/// Source: Microsoft, "How to Customize Folders with Desktop.ini".
struct FolderSettingsReader: MetadataReader {
  var name: String { "desktop.ini" }
  var mediaTypes: [String] { ["application/x-wine-extension-ini"] }
  var channels: String { "owner, comment, names of files, paths" }

  func read(
    _ source: ByteSource, into result: inout ReadResult, with tools: ReaderTools
  ) throws(ParseError) {
    var found: [Observation] = []
    try IniLines.read(source, tools.limits) { setting in
      guard !setting.value.isEmpty, setting.value.first != "@" || setting.section == "LocalizedFileNames"
      else {
        return
      }
      func add(_ role: Role, _ fact: Observation.Fact, _ name: String) {
        found.append(Observation(role, fact, field: "DesktopIni:" + name, offset: setting.offset))
      }
      switch (setting.section.lowercased(), setting.key) {
      case ("deleteoncopy", "owner"): add(.owner, .person(setting.value), "Owner")
      case ("deleteoncopy", "personalizedname"): add(.title, .text(setting.value), "PersonalizedName")
      case (".shellclassinfo", "infotip"): add(.comment, .text(setting.value), "InfoTip")
      case (".shellclassinfo", "localizedresourcename"):
        add(.title, .text(setting.value), "LocalizedResourceName")
      case ("localizedfilenames", _): add(.path, .link(setting.key), "LocalizedFileNames")
      case (_, "iconresource"), (_, "iconfile"), (_, "logo"), (_, "iconarea_image"):
        // Those of Windows itself say nothing.
        if Self.isOfSomebody(setting.value) { add(.path, .link(setting.value), "IconResource") }
      default: break
      }
    }
    result.observations += found
  }

  /// Whether a path leads to a place of one person or computer.
  static func isOfSomebody(_ path: String) -> Bool {
    let lower = path.lowercased()
    guard lower.contains("\\") || lower.contains("/") else { return false }
    return !["%systemroot%", "%windir%", "%programfiles", "c:\\windows", "c:\\program files", "shell32"]
      .contains { lower.contains($0) }
  }
}

/// Shortcuts to pages of the web.
///
///     [InternetShortcut]
///     URL=ADDRESS  BaseURL=ADDRESS  WorkingDirectory=PATH  IconFile=PATH  Modified=TTTTTTTTTTTTTTTTXX  Author=NAME
///
/// The time is a FILETIME, eight bytes in hexadecimal, little-endian, and a byte for a sum.
///
/// Source: Microsoft, "Internet Shortcuts" (intshcut.h).
struct InternetShortcutReader: MetadataReader {
  var name: String { "internet shortcut" }
  var mediaTypes: [String] { ["application/x-mswinurl"] }
  var channels: String { "address, author, paths, when it was changed" }

  func read(
    _ source: ByteSource, into result: inout ReadResult, with tools: ReaderTools
  ) throws(ParseError) {
    var found: [Observation] = []
    try IniLines.read(source, tools.limits) { setting in
      func add(_ role: Role, _ fact: Observation.Fact, _ name: String) {
        found.append(Observation(role, fact, field: "URL:" + name, offset: setting.offset))
      }
      guard !setting.value.isEmpty else { return }
      switch setting.key {
      case "url": add(.networkLink, .link(setting.value), "URL")
      case "baseurl": add(.networkLink, .link(setting.value), "BaseURL")
      case "workingdirectory":
        if FolderSettingsReader.isOfSomebody(setting.value) {
          add(.path, .link(setting.value), "WorkingDirectory")
        }
      case "iconfile":
        if FolderSettingsReader.isOfSomebody(setting.value) { add(.path, .link(setting.value), "IconFile") }
      case "author": add(.author, .person(setting.value), "Author")
      case "comment": add(.comment, .text(setting.value), "Comment")
      case "desc": add(.description, .text(setting.value), "Desc")
      case "modified":
        let bytes = Hexadecimal.bytes(setting.value.utf8)
        guard bytes.count >= 8 else { break }
        let ticks = bytes[..<8].reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
        if let time = WindowsTime.timestamp(ticks) { add(.modified, .timestamp(time), "Modified") }
      default: break
      }
    }
    result.observations += found
  }
}

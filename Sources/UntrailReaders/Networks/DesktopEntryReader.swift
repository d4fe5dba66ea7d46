internal import UntrailBytes
internal import UntrailModel

/// Starters and links of Linux desktops.
///
///     [Desktop Entry]
///     Type=Link  Name=...  URL=ADDRESS  Icon=...  Exec=/home/mara/program  Path=/home/mara
///
/// Source: freedesktop.org, Desktop Entry Specification 1.5.
struct DesktopEntryReader: MetadataReader {
  var name: String { "desktop entry" }
  var mediaTypes: [String] { ["application/x-desktop"] }
  var channels: String { "address, paths of somebody" }

  func read(
    _ source: ByteSource, into result: inout ReadResult, with tools: ReaderTools
  ) throws(ParseError) {
    var found: [Observation] = []
    try IniLines.read(source, tools.limits) { setting in
      guard setting.section.lowercased().hasPrefix("desktop") else { return }
      let (value, offset) = (setting.value, setting.offset)
      func add(_ role: Role, _ fact: Observation.Fact, _ name: String) {
        found.append(Observation(role, fact, field: "DesktopEntry:" + name, offset: offset))
      }
      switch setting.key {
      case "url" where value.hasPrefix("file:"): add(.path, .link(value), "URL")
      case "url": add(.networkLink, .link(value), "URL")
      case "exec", "path", "tryexec", "icon", "x-gnome-fullname":
        if value.holds("/home/") || value.holds("/Users/") || value.holds("/media/") {
          add(.path, .link(value), setting.key)
        }
      default: break
      }
    }
    result.observations += found
  }
}

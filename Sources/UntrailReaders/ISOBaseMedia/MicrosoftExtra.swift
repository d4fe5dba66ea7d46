internal import UntrailBytes
internal import UntrailModel

/// What Windows adds to a film: its own list of names and values.
///
///     SS SS SS SS NN NN NN NN NAME CC CC CC CC     bytes of the entry, of the name; name; number of values
///       SS SS SS SS TT TT value                    bytes of the value with this head; 8: UTF-16, 19: number, 21: time
///
/// Heads are big-endian, values little-endian; a time counts 100 ns since 1601.
///
/// Source: ExifTool's Microsoft.pm; names as in the Windows Media Format SDK, Attribute List.
enum MicrosoftExtra {
  static func read(_ body: ByteView, _ session: MovieSession) throws(ParseError) {
    var offset = 0
    for _ in 0..<1024 where offset + 12 <= body.count {
      let size = Int(try body.u32(at: offset, .big))
      let nameSize = Int(try body.u32(at: offset + 4, .big))
      guard size >= 18, nameSize <= size - 18, offset + size <= body.count else {
        throw ParseError(.malformed, at: body.start + offset, "an entry that is longer than its list")
      }
      let name = MovieText.fixed(body, at: offset + 8, count: min(nameSize, 256)) ?? ""
      let values = body.dropping(offset + 8 + nameSize).prefix(size - 8 - nameSize)
      if let field = fields[name] { try readValues(values, field, session) }
      offset += size
    }
  }

  private static func readValues(
    _ view: ByteView, _ field: MovieField, _ session: MovieSession
  ) throws(ParseError) {
    var offset = 4
    for _ in 0..<min(Int(try view.u32(at: 0, .big)), 64) where offset + 6 <= view.count {
      let size = Int(try view.u32(at: offset, .big))
      guard size >= 6, offset + size <= view.count else { return }
      let value = view.dropping(offset + 6).prefix(size - 6)
      switch try view.u16(at: offset + 4, .big) {
      case 8:
        if let text = try MovieText.utf16(value, isLittleEndian: true, session.tools.limits) {
          session.observe(field, text, at: value.place(0))
        }
      case 21 where value.count == 8:
        guard case .time(let role) = field.meaning,
          let time = WindowsTime.timestamp(try value.u64(at: 0, .little))
        else { break }
        session.add(role, .timestamp(time), "Microsoft:" + field.name, at: value.place(0))
      default: break
      }
      offset += size
    }
  }

  private static let fields: [String: MovieField] = [
    "Author": MovieField("Author", .person(.author)),
    "ModifiedBy": MovieField("ModifiedBy", .person(.editor)),
    "WM/Writer": MovieField("Writer", .person(.author)),
    "WM/Composer": MovieField("Composer", .person(.artist)),
    "WM/Director": MovieField("Director", .person(.creator)),
    "WM/Producer": MovieField("Producer", .person(.creator)),
    "WM/AlbumArtist": MovieField("AlbumArtist", .person(.artist)),
    "WM/Conductor": MovieField("Conductor", .person(.artist)),
    "WM/Publisher": MovieField("Publisher", .person(.publisher)),
    "WM/EncodedBy": MovieField("EncodedBy", .person(.creator)),
    "WM/ToolName": MovieField("ToolName", .software(.generator)),
    "WM/EncodingTime": MovieField("EncodingTime", .time(.created)),
    "WM/UniqueFileIdentifier": MovieField("UniqueFileIdentifier", .link(.documentID)),
    "Copyright": MovieField("Copyright", .person(.copyright)), "Title": MovieField("Title", .text(.title)),
    "WM/SubTitle": MovieField("Subtitle", .text(.subject)), "Subject": MovieField("Subject", .text(.subject)),
    "Description": MovieField("Description", .text(.description)),
    "Comment": MovieField("Comment", .text(.comment)),
    "Event": MovieField("Event", .text(.event)), "Location": MovieField("Location", .landmark),
    "CameraManufacturer": MovieField("CameraManufacturer", .make),
    "CameraModel": MovieField("CameraModel", .model),
    "RecordingTime": MovieField("RecordingTime", .time(.original)),
    "AcquisitionTime": MovieField("AcquisitionTime", .time(.digitized)),
    "UserLastPlayedTime": MovieField("UserLastPlayedTime", .time(.lastUsed)),
    "ShadowFilePath": MovieField("ShadowFilePath", .link(.path)), "SourceURL": MovieField("SourceURL", .url),
    "WM/Category": MovieField("Category", .text(.category)),
  ]
}

internal import UntrailBytes
internal import UntrailModel

/// X3F of Sigma: a head, sections, and a directory of them at the end. All little-endian.
///
///     "FOVb" VV VV VV VV              signature, version (2.3: 03 00 02 00)
///     08  16 bytes                    number of the picture, below version 4
///     OO OO OO OO                     at the end of the file: offset of the directory
///     "SECd" VV VV VV VV NN NN NN NN  directory: version, number of entries
///     OO OO OO OO LL LL LL LL "PROP"  entry: offset, length, kind of section
///
/// Sections:
///
///     "SECp" VV VV VV VV NN NN NN NN 00 00 00 00 00 00 00 00 CC CC CC CC
///            PROP: version, number of properties, 0 for UTF-16, 0, characters of all texts;
///     AA AA AA AA BB BB BB BB ...     per property: where its name and its value begin, in characters;
///     texts                           each to a NUL
///     "SECi" VV VV VV VV 02 00 00 00 12 00 00 00 ...
///            IMAG, IMA2: version, what for, format (12: JPEG), columns, rows, bytes of a row; picture
///
/// Source: Foveon, "X3F File Format" (x3f.info); ExifTool's SigmaRaw.pm.
struct X3FReader: MetadataReader {
  var name: String { "Sigma X3F" }
  var mediaTypes: [String] { ["image/x-x3f"] }
  var channels: String { "properties: camera, serial number, firmware, time; EXIF of the JPEG inside it" }

  /// There are fewer than ten.
  private static let sectionLimit = 64

  func read(
    _ source: ByteSource, into result: inout ReadResult, with tools: ReaderTools
  ) throws(ParseError) {
    if try source.u32(at: 4, .little) < 0x0004_0000 { try readHead(source, into: &result) }
    let directory = Int(try source.u32(at: source.count - 4, .little))
    guard try source.u32(at: directory, .big) == 0x5345_4364 else {  // "SECd"
      throw ParseError(.malformed, at: min(directory, source.count), "no directory where one must stand")
    }
    let count = Int(try source.u32(at: directory + 8, .little))
    guard count <= Self.sectionLimit else {
      throw ParseError(.limit, at: directory + 8, "more than \(Self.sectionLimit) sections")
    }
    for index in 0..<count {
      let entry = directory + 12 + 12 * index
      let start = Int(try source.u32(at: entry, .little))
      let length = Int(try source.u32(at: entry + 4, .little))
      let section = ByteView(source, start: start, count: length)
      do throws(ParseError) {
        switch FourCC(try source.u32(at: entry + 8, .big)) {
        case "PROP": try X3FProperties.read(section, into: &result)
        case "IMAG", "IMA2": try readPicture(section, into: &result, tools)
        default: break
        }
      } catch {
        result.damage(error)
      }
    }
  }

  private func readHead(_ source: ByteSource, into result: inout ReadResult) throws(ParseError) {
    let number = try source.bytes(at: 8, count: 16)
    guard number.contains(where: { $0 != 0 }) else { return }
    let digits = Array("0123456789abcdef".utf8)
    let text = String(
      decoding: number.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
    result.add(.imageUniqueID, .link(text), "SigmaRaw:ImageUniqueID", at: source.hasPlaces ? 8 : nil)
  }

  private func readPicture(
    _ section: ByteView, into result: inout ReadResult, _ tools: ReaderTools
  ) throws(ParseError) {
    // Pictures of the sensor are of other formats.
    guard try section.u32(at: 0, .big) == 0x5345_4369, try section.u32(at: 12, .little) == 18 else { return }
    let picture = section.dropping(28)
    let hasExif = picture.begins(with: [0xFF, 0xD8, 0xFF, 0xE1])
    EmbeddedJPEG.read(
      section.source, at: picture.start, count: picture.count,
      hasExif ? "SigmaRaw:JpgFromRaw" : "SigmaRaw:PreviewImage", into: &result, tools)
  }
}

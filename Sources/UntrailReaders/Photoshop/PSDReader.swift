internal import UntrailBytes
internal import UntrailModel

/// PSD and PSB, Photoshop's documents.
///
///     "8BPS" 00 VV, 20 bytes          signature, version (2: PSB), size and colours of the picture
///     LL LL LL LL ...                 colour table
///     LL LL LL LL ...                 image resources (`PhotoshopResources`)
///     LL LL LL LL ...                 layers (`PhotoshopLayers`); the length has 8 bytes in PSB
///     ...                             the picture
///
/// Source: Adobe Photoshop File Formats Specification (2019), Photoshop File Format.
struct PSDReader: MetadataReader {
  var name: String { "Photoshop PSD and PSB" }
  var mediaTypes: [String] { ["image/vnd.adobe.photoshop"] }
  var channels: String {
    "image resources: IPTC, EXIF, XMP, thumbnail, names of programs, files and printers; layers: names, times, files"
      + " inside"
  }

  func read(
    _ source: ByteSource, into result: inout ReadResult, with tools: ReaderTools
  ) throws(ParseError) {
    let isLarge: Bool
    switch try source.u16(at: 4, .big) {
    case 1: isLarge = false
    case 2: isLarge = true
    default: throw ParseError(.malformed, at: 4, "an unknown version of Photoshop's format")
    }
    let resources = 30 + Int(try source.u32(at: 26, .big))
    let length = Int(try source.u32(at: resources, .big))
    let view = ByteView(source, start: resources + 4, count: length)
    if view.count < length {
      result.damage("truncated", "the file ends inside the image resources", at: source.count)
    }
    EmbeddedBlocks.photoshop(view, into: &result, tools)
    let layers = resources + 4 + length
    let layersLength =
      isLarge ? Int(clamping: try source.u64(at: layers, .big)) : Int(try source.u32(at: layers, .big))
    let head = isLarge ? 8 : 4
    let section = ByteView(source, start: layers + head, count: layersLength)
    if section.count < layersLength {
      result.damage("truncated", "the file ends inside its layers", at: source.count)
    }
    PhotoshopLayers.decode(section, isLarge: isLarge, into: &result, tools.limits)
  }
}

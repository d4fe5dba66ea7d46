internal import UntrailBytes
internal import UntrailModel

/// What a stream holds when its filters are undone, as far as it could be got at.
struct PDFContent {
  var bytes: [UInt8] = []
  /// The filter of a picture, which stays; nil where none is left.
  var picture: String?
  /// Whether a filter is one that is not read.
  var isUnread = false
}

extension PDFDocument {
  private static let pictures = ["DCTDecode", "DCT", "JPXDecode", "CCITTFaxDecode", "CCF", "JBIG2Decode"]

  /// The names of a stream's filters, in the order in which they are undone.
  func filters(of stream: PDFStream) -> [String] {
    let entry = stream.dictionary["Filter"] ?? stream.dictionary["F"]
    switch value(entry) {
    case .name(let name)?: return [name]
    case .array(let items)?: return items.prefix(limits.nesting).compactMap { resolve($0).name }
    default: return []
    }
  }

  /// How many bytes of the file a stream has.
  func length(of stream: PDFStream) -> Int {
    let room = source.count - min(stream.start, source.count)
    if let stated = value(stream.dictionary["Length"])?.integer, stated >= 0, stated <= room {
      let end = stream.start + stated
      let isRight: Bool? = parse(at: end) { $0.take("endstream") || $0.take("endobj") }
      if isRight ?? (end == source.count) { return stated }
    }
    return searchedLength(of: stream, room)
  }

  /// The bytes up to the word "endstream", which is looked for as far as one structure may reach.
  private func searchedLength(of stream: PDFStream, _ room: Int) -> Int {
    let count = min(room, limits.structure, source.runLimit)
    let word = Array("endstream".utf8)
    let found = try? source.withBytes(at: stream.start, count: count) { run throws(ParseError) -> Int in
      var index = 0
      while index + word.count <= run.count {
        if run[index] == word[0], run[index..<(index + word.count)].elementsEqual(word) { return index }
        index += 1
      }
      return run.count
    }
    return found ?? 0
  }

  /// Whether the bytes of a stream stand in the file as they are, but for the filter of a picture.
  func isPlain(_ stream: PDFStream) -> Bool {
    let filters = filters(of: stream)
    return (security?.leavesStreams ?? true) && stream.dictionary["F"] == nil
      && (filters.isEmpty || filters.count == 1 && Self.pictures.contains(filters[0]))
  }

  /// The bytes of a stream, with its filters undone.
  ///
  /// - Parameter isXMP: whether it is metadata, which some locked documents leave open.
  func content(of stream: PDFStream, isXMP: Bool = false) -> PDFContent {
    var content = PDFContent()
    // Bytes that stand in another file are none of this one's.
    guard stream.dictionary["FFilter"] == nil, !isExhausted else { return content }
    content.bytes = raw(stream)
    let filters = filters(of: stream)
    if let security, stream.dictionary["Type"]?.name != "XRef", !filters.contains("Crypt"),
      !(isXMP && !security.isMetadataLocked)
    {
      content.bytes = security.stream(content.bytes, of: stream.reference)
    }
    for (index, filter) in filters.enumerated() {
      if Self.pictures.contains(filter) {
        content.picture = filter
        return content
      }
      let limit = unpackingLimit(packedSize: content.bytes.count)
      let parameters = parameters(of: stream, index)
      guard let output = Self.undo(filter, content.bytes, parameters, limit) else {
        content.isUnread = true
        return content
      }
      takeUnpacked(output.bytes.count)
      if let flaw = output.flaw {
        note(ParseError(flaw.code, at: min(stream.start, source.count), flaw.what))
      }
      content.bytes = output.bytes
    }
    return content
  }

  private func parameters(of stream: PDFStream, _ index: Int) -> PDFDictionary? {
    let entry = value(stream.dictionary["DecodeParms"] ?? stream.dictionary["DP"])
    var dictionary: PDFDictionary?
    switch entry {
    case .dictionary(let value)?: dictionary = index == 0 ? value : nil
    case .array(let items)?:
      dictionary = items.indices.contains(index) ? resolve(items[index]).dictionary : nil
    default: break
    }
    dictionary?.mapValues { resolve($1) }
    return dictionary
  }

  /// Nil for a filter that is not read.
  private static func undo(
    _ filter: String, _ bytes: [UInt8], _ parameters: PDFDictionary?, _ limit: Int
  ) -> PDFUnpacked? {
    var output: PDFUnpacked
    switch filter {
    case "FlateDecode", "Fl": output = PDFInflate.decode(bytes, limit: limit)
    case "LZWDecode", "LZW":
      output = PDFLZW.decode(bytes, early: parameters?["EarlyChange"]?.integer == 0 ? 0 : 1, limit: limit)
    case "ASCIIHexDecode", "AHx": return PDFTextFilters.hexadecimal(bytes)
    case "ASCII85Decode", "A85": return PDFTextFilters.base85(bytes, limit: limit)
    case "RunLengthDecode", "RL": return PDFTextFilters.runs(bytes, limit: limit)
    case "Crypt": return PDFUnpacked(bytes)
    default: return nil
    }
    if let predictor = PDFPredictor(parameters) { output.bytes = predictor.undo(output.bytes) }
    return output
  }

  /// The bytes as they stand in the file.
  private func raw(_ stream: PDFStream) -> [UInt8] {
    let count = length(of: stream)
    // Nothing that is looked into is larger than what all streams together may become.
    let most = min(count, unpackingLimit(packedSize: count))
    if most < count { note(PDFUnpacked.tooLong(most)) }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(most)
    do throws(ParseError) {
      while bytes.count < most {
        let step = min(most - bytes.count, 64 << 10, source.runLimit)
        bytes += try source.bytes(at: stream.start + bytes.count, count: step)
      }
    } catch {
      note(error)
    }
    takeUnpacked(bytes.count)
    return bytes
  }
}

internal import UntrailBytes
internal import UntrailModel

/// Reads a small piece of JSON as a whole.
///
/// Source: RFC 8259.
struct JSONReader {
  private let stream: JSONStream
  private let start: Int
  private var valuesLeft: Int

  /// The value that a block holds, as far as it can be read; the damage that ended it goes to `result`.
  static func value(of view: ByteView, into result: inout ReadResult, _ limits: Limits) -> DataValue? {
    do throws(ParseError) {
      guard view.count <= limits.structure else {
        throw ParseError(.limit, at: view.start, "JSON of more than \(limits.structure) bytes")
      }
      let bytes = try view.withBytes(at: 0, count: view.count) { run throws(ParseError) in Array(run) }
      var reader = JSONReader(bytes, at: view.start, limits)
      var flaw: ParseError?
      let value = reader.value(try reader.next(), &flaw)
      if let flaw { result.damage(flaw) }
      return value
    } catch {
      result.damage(error)
      return nil
    }
  }

  private init(_ bytes: [UInt8], at start: Int, _ limits: Limits) {
    let pieces = PieceReader(ByteSource(bytes: bytes), limit: bytes.count)
    stream = JSONStream(pieces, depthLimit: limits.nesting)
    self.start = start
    valuesLeft = limits.entries
  }

  private func next() throws(ParseError) -> JSONStream.Word {
    do throws(ParseError) {
      let word = try stream.next()
      if word == .end { throw ParseError(.truncated, at: 0, "there is no JSON") }
      return word
    } catch {
      throw ParseError(error.code, at: start + error.offset, error.what)
    }
  }

  /// The value that starts with a word. What was read before a flaw stays.
  private mutating func value(_ word: JSONStream.Word, _ flaw: inout ParseError?) -> DataValue? {
    let place = stream.offset ?? 0
    valuesLeft -= 1
    guard valuesLeft >= 0 else {
      flaw = ParseError(.limit, at: start + place, "JSON with too many values")
      return nil
    }
    switch word {
    case .objectStart: return DataValue(content: .map(pairs(&flaw)), start: place)
    case .arrayStart: return DataValue(content: .list(items(&flaw)), start: place)
    case .string: return DataValue(content: .text(text.trimmedText), start: place + 1)
    case .number:
      let content = JSONNumber.value(stream.bytes).map { DataValue.Content.number($0.double) } ?? .other
      return DataValue(content: content, start: place)
    default: return DataValue(content: .other, start: place)
    }
  }

  private var text: String { JSONText.text(stream.bytes, hasEscapes: stream.hasEscapes) }

  private mutating func pairs(_ flaw: inout ParseError?) -> [(key: String, value: DataValue)] {
    var pairs: [(key: String, value: DataValue)] = []
    do throws(ParseError) {
      while flaw == nil, try next() == .key {
        let key = text
        guard let value = value(try next(), &flaw) else { break }
        pairs.append((key, value))
      }
    } catch {
      flaw = error
    }
    return pairs
  }

  private mutating func items(_ flaw: inout ParseError?) -> [DataValue] {
    var items: [DataValue] = []
    do throws(ParseError) {
      while flaw == nil {
        let word = try next()
        guard word != .arrayEnd, let value = value(word, &flaw) else { break }
        items.append(value)
      }
    } catch {
      flaw = error
    }
    return items
  }
}

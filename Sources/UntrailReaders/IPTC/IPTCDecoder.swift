internal import UntrailBytes
internal import UntrailModel

/// IPTC-IIM: a chain of data sets: channel A12.
///
///     1C RR NN LL LL ...              record, number, length below 32,768, value
///     1C RR NN 80 0C LL... ...        a longer value: C bytes of length before it
///     1C 01 5A 00 03 1B 25 47         1:90, the coded character set: ESC % G stands for UTF-8
///
/// Where nothing is said of the character set, text is UTF-8 where it can be, else Windows-1252. Records behind the
/// second say nothing of people and places. Some programs wrote the words of the block in the wrong byte order.
///
/// Source: IPTC-NAA Information Interchange Model 4.2 (2014), section 1.
struct IPTCDecoder {
  private let view: ByteView
  private let limits: Limits
  private var isUTF8 = false
  private var times = IPTCTimes()
  private var program: (name: String, offset: Int?)?
  private var programVersion = ""

  private static let mark: UInt8 = 0x1C

  /// Adds what the block says to `result`. Damage becomes diagnostics.
  static func decode(_ view: ByteView, into result: inout ReadResult, _ limits: Limits) {
    let count = result.diagnostics.count
    do throws(ParseError) {
      var decoder = IPTCDecoder(try swapped(view, limits) ?? view, limits)
      do throws(ParseError) {
        try decoder.readSets(into: &result)
      } catch {
        result.damage(error)
      }
      decoder.finish(into: &result)
      if !decoder.view.source.hasPlaces { result.forgetPlaces(from: count) }
    } catch {
      result.damage(error)
    }
  }

  private init(_ view: ByteView, _ limits: Limits) {
    self.view = view
    self.limits = limits
  }

  /// A copy with the bytes of each word turned round, where the block needs that.
  private static func swapped(_ view: ByteView, _ limits: Limits) throws(ParseError) -> ByteView? {
    guard view.count >= 8, view.count <= limits.structure, try view.u8(at: 0) != mark,
      try view.u8(at: 3) == mark
    else { return nil }
    let bytes = try view.withBytes(at: 0, count: view.count & ~3) { run throws(ParseError) in
      run.indices.map { run[$0 & ~3 | 3 - $0 & 3] }
    }
    return ByteView(ByteSource(bytes: bytes, isJoined: true), start: 0, count: bytes.count)
  }

  private mutating func readSets(into result: inout ReadResult) throws(ParseError) {
    var offset = 0
    for _ in 0..<limits.entries {
      guard offset < view.count else { return }
      guard try view.u8(at: offset) == Self.mark else {
        if try isPadding(from: offset) { return }
        throw ParseError(.malformed, at: view.start + offset, "no IPTC data set where one must stand")
      }
      let record = try view.u8(at: offset + 1)
      let number = try view.u8(at: offset + 2)
      var length = Int(try view.u16(at: offset + 3, .big))
      offset += 5
      if length & 0x8000 != 0 {
        let size = length & 0x7FFF
        guard size <= 4 else {
          throw ParseError(.malformed, at: view.start + offset - 2, "an IPTC length of \(size) bytes")
        }
        length = 0
        for index in 0..<size { length = length << 8 | Int(try view.u8(at: offset + index)) }
        offset += size
      }
      guard length <= view.count - offset else {
        throw ParseError(.truncated, at: view.start + offset, "an IPTC block ends inside a data set")
      }
      try readSet(record, number, offset..<(offset + length), into: &result)
      offset += length
    }
    throw ParseError(.limit, at: view.start + offset, "more than \(limits.entries) IPTC data sets")
  }

  /// Whether the rest is zeros or blanks, as TIFF files and some programs fill it up.
  private func isPadding(from offset: Int) throws(ParseError) -> Bool {
    var offset = offset
    while offset < view.count {
      let count = min(ByteSource.pageSize, view.count - offset)
      let isBlank = try view.withBytes(at: offset, count: count) { run throws(ParseError) in
        run.allSatisfy { $0 == 0 || $0 == 0x20 }
      }
      guard isBlank else { return false }
      offset += count
    }
    return true
  }

  private mutating func readSet(
    _ record: UInt8, _ number: UInt8, _ range: Range<Int>, into result: inout ReadResult
  ) throws(ParseError) {
    if record == 1, number == 90 {
      isUTF8 = try view.withBytes(at: range.lowerBound, count: min(range.count, 3)) {
        run throws(ParseError) in
        run.elementsEqual([0x1B, 0x25, 0x47])
      }
      return
    }
    guard let set = IPTCDataSet.of(record: record, number: number), !range.isEmpty else { return }
    let place = view.place(range.lowerBound)
    if case .preview = set.meaning {
      result.add(.preview, .hidden(HiddenContent(byteCount: range.count)), set.field, at: place)
      return
    }
    guard let text = try text(range) else { return }
    switch set.meaning {
    case .place(let role): result.add(role, .place(text), set.field, at: place)
    case .person(let role): result.add(role, .person(text), set.field, at: place)
    case .link(let role): result.add(role, .link(text), set.field, at: place)
    case .text(let role): result.add(role, .text(text), set.field, at: place)
    case .contact: result.add(ContactText.role(of: text), .contact(text), set.field, at: place)
    case .time(let part): times.note(part, text, set.field, at: place)
    case .program: program = program ?? (text, place)
    case .programVersion: programVersion = text
    case .preview: break
    }
  }

  private func finish(into result: inout ReadResult) {
    times.observe(into: &result)
    guard let program else { return }
    let name = programVersion.isEmpty ? program.name : program.name + " " + programVersion
    result.add(.processing, .software(name), "IPTC:OriginatingProgram", at: program.offset)
  }

  /// The text of a value; nil where it is blank or only dashes. Somewhat more than the limit is read, so that a longer
  /// text is known as such.
  private func text(_ range: Range<Int>) throws(ParseError) -> String? {
    let count = min(range.count, limits.text + 4)
    let isCut = count < range.count
    let isLenient = isUTF8 || isCut
    let text = try view.withBytes(at: range.lowerBound, count: count) { run throws(ParseError) in
      // Values have a greatest length, at which programs cut them, wherever it falls.
      ExifText.ascii(isLenient ? Self.withoutBrokenEnd(run) : run[...])
    }
    guard let text, !text.allSatisfy({ $0 == "-" || $0 == " " }) else { return nil }
    return text
  }

  /// The bytes without a character of UTF-8 at their end that is not all there.
  private static func withoutBrokenEnd(_ bytes: UnsafeRawBufferPointer) -> Slice<UnsafeRawBufferPointer> {
    var lead = bytes.endIndex
    for _ in 0..<min(4, bytes.count) {
      lead -= 1
      guard bytes[lead] & 0xC0 == 0x80 else { break }
    }
    guard lead < bytes.endIndex else { return bytes[...] }
    let length =
      switch bytes[lead] {
      case 0xC2...0xDF: 2
      case 0xE0...0xEF: 3
      case 0xF0...0xF4: 4
      default: 1
      }
    return bytes.endIndex - lead < length ? bytes[..<lead] : bytes[...]
  }
}

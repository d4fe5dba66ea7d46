internal import UntrailBytes
internal import UntrailModel

/// What Excel keeps in a workbook beside its cells: who has it open, hidden sheets, paths, printers, comments.
///
///     II II LL LL ...                  record
///     005C  LL LL FF name              user who opened it last (BIFF8); LL name (BIFF5)
///     005B  .. .. .. .. LL LL FF name  user who reserved it
///     0085  .. .. .. .. SS             sheet: 1 hidden, 2 hidden from the menu, too
///     01AE  .. .. LL LL FF path        another workbook
///     001C  12 bytes in all of place; LL LL FF name   comment
///     004D  00 00 DEVMODE              printer
///     002F                             locked: what follows cannot be read
///     00EB, and 003C behind it         pictures
///
/// Source: Microsoft, MS-XLS, sections 2.4.349, 2.4.118, 2.4.28, 2.4.271, 2.4.179, 2.4.203, 2.4.117, 2.4.171.
struct ExcelBinary {
  private let isWide: Bool
  private let limits: Limits

  static func read(
    _ entry: CompoundDirectory.Entry, of file: CompoundFile, _ facts: inout DocumentFacts,
    into result: inout ReadResult, _ tools: ReaderTools
  ) {
    guard let block = file.block(entry, into: &result), let version = try? block.u16(at: 4, .little) else {
      return
    }
    let excel = ExcelBinary(isWide: version >= 0x0600, limits: tools.limits)
    var pictures: [UInt8] = []
    var offset = 0
    var last: UInt16 = 0
    while let id = try? block.u16(at: offset, .little), let length = try? block.u16(at: offset + 2, .little) {
      let record = block.dropping(offset + 4).prefix(Int(length))
      offset += 4 + Int(length)
      if id == 0x002F {
        result.isEncrypted = true
        return
      }
      if id == 0x00EB || id == 0x003C && last == 0x00EB {
        pictures += record.slice(at: 0, count: record.count)
        last = 0x00EB
        continue
      }
      last = id
      excel.read(id, record, &facts, into: &result)
    }
    DrawingPictures.examine(pictures, named: entry.name, into: &result, tools)
  }

  private func read(
    _ id: UInt16, _ record: ByteView, _ facts: inout DocumentFacts, into result: inout ReadResult
  ) {
    switch id {
    case 0x005C:
      facts.add(.person(.editor), text(record, at: 0, isShort: !isWide), "WriteAccess", into: &result)
    case 0x005B:
      facts.add(.person(.account), text(record, at: 4, isShort: !isWide), "FileSharing", into: &result)
    case 0x0085:
      guard let state = try? record.u8(at: 4), state & 3 != 0 else { return }
      facts.hidden(.hiddenContent, nil, "HiddenSheet", into: &result)
    case 0x01AE:
      guard let path = text(record, at: 2, isRaw: true) else { return }
      facts.add(.path, Self.path(path), "ExternalWorkbook", into: &result)
    case 0x001C where isWide:
      facts.add(.person(.commenter), text(record, at: 8), "CommentAuthor", into: &result)
    case 0x004D:
      PrinterSettings.add(record.slice(at: 2, count: 2048)[...], &facts, into: &result)
    default: break
    }
  }

  /// A text: its characters, whether they have two bytes, and they.
  private func text(_ record: ByteView, at offset: Int, isShort: Bool = false, isRaw: Bool = false) -> String?
  {
    if isShort {
      guard let length = try? record.u8(at: offset) else { return nil }
      return BoundedText.decode(record.slice(at: offset + 1, count: Int(length)), limits)
    }
    guard let length = try? record.u16(at: offset, .little), let flags = try? record.u8(at: offset + 2) else {
      return nil
    }
    let bytes = record.slice(at: offset + 3, count: Int(length) * (flags & 1 == 1 ? 2 : 1))
    if isRaw {
      let units =
        flags & 1 == 1
        ? stride(from: 0, to: bytes.count - 1, by: 2).map { UInt16(bytes[$0]) | UInt16(bytes[$0 + 1]) << 8 }
        : bytes.map { UInt16($0) }
      return String(decoding: units, as: UTF16.self)
    }
    // Characters of one byte are the first 256 of Unicode.
    let text =
      flags & 1 == 1 ? ExifText.utf16(bytes, isLittleEndian: true) : BoundedText.decode(bytes, limits)
    return text.flatMap { BoundedText.isPrintable($0) ? $0 : nil }
  }

  /// A path as Excel writes it: control characters stand for drives and folders.
  private static func path(_ text: String) -> String? {
    guard text.unicodeScalars.first?.value == 1 else { return nil }
    var path = ""
    var scalars = Array(text.unicodeScalars.dropFirst())[...]
    while let scalar = scalars.popFirst() {
      switch scalar.value {
      case 1:
        guard let drive = scalars.popFirst() else { break }
        path += drive == "@" ? "\\\\" : "\(drive):\\"
      case 2, 3: path += "\\"
      case 4: path += "..\\"
      case ..<0x20: break
      default: path.unicodeScalars.append(scalar)
      }
    }
    return path
  }
}

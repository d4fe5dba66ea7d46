internal import UntrailBytes
internal import UntrailModel

/// Property sets of OLE2: numbered values, in sections, of which each has its own numbers.
///
///     FE FF VV VV SS SS SS SS class, 16 bytes; NN NN NN NN    version, system, sections
///     format of the section, 16 bytes; OO OO OO OO            for each section: where it starts
///     section: SS SS SS SS NN NN NN NN                        bytes, properties
///       II II II II OO OO OO OO ...                           each: its number, where it starts in the section
///     value: TT TT 00 00 ...                                  type, then the value
///
/// Property 0 is a list of names for the numbers, property 1 the code page of the texts.
///
/// Source: Microsoft, MS-OLEPS, sections 2.14 to 2.21.
struct PropertySet {
  indirect enum Value {
    case text(String)
    case time(UInt64)
    /// Days since 1899-12-30.
    case days(Double)
    case number(Int64)
    case bytes(ArraySlice<UInt8>)
    case list([Value])
  }

  struct Section {
    var values: [UInt32: Value] = [:]
    var names: [UInt32: String] = [:]

    func text(_ id: UInt32) -> String? { if case .text(let text) = values[id] { text } else { nil } }
  }

  private(set) var sections: [Section] = []
  private(set) var flaw: ParseError?
  private let view: ByteView
  private let limits: Limits

  /// Properties of a section: more than any program has.
  private static let most = 4096

  init(_ bytes: [UInt8], _ limits: Limits) {
    view = ByteView(ByteSource(bytes: bytes, isJoined: true), start: 0, count: bytes.count)
    self.limits = limits
    do throws(ParseError) {
      guard try view.u16(at: 0, .little) == 0xFFFE else {
        throw ParseError(.malformed, at: 0, "no head of a property set")
      }
      for index in 0..<min(Int(try view.u32(at: 24, .little)), 2) {
        read(view.dropping(Int(try view.u32(at: 44 + 20 * index, .little))))
      }
    } catch {
      flaw = flaw ?? error
    }
  }

  private mutating func read(_ block: ByteView) {
    var section = Section()
    defer { sections.append(section) }
    do throws(ParseError) {
      let count = Int(try block.u32(at: 4, .little))
      var places: [(id: UInt32, offset: Int)] = []
      for index in 0..<min(count, Self.most) {
        places.append(
          (try block.u32(at: 8 + 8 * index, .little), Int(try block.u32(at: 12 + 8 * index, .little))))
      }
      var codePage = 1252
      if let place = places.first(where: { $0.id == 1 }) {
        codePage = Int(try block.u16(at: place.offset + 4, .little))
      }
      for (id, offset) in places where id != 1 {
        if id == 0 {
          section.names = names(block.dropping(offset), codePage)
        } else {
          section.values[id] = value(block.dropping(offset), codePage)
        }
      }
    } catch {
      flaw = flaw ?? error
    }
  }

  /// A list of names: how many; of each its number, its characters with the end, the name.
  private mutating func names(_ block: ByteView, _ codePage: Int) -> [UInt32: String] {
    var names: [UInt32: String] = [:]
    do throws(ParseError) {
      var offset = 4
      for _ in 0..<min(Int(try block.u32(at: 0, .little)), Self.most) {
        let id = try block.u32(at: offset, .little)
        let length = Int(try block.u32(at: offset + 4, .little)) * (codePage == CodePage.utf16 ? 2 : 1)
        names[id] = try text(block, at: offset + 8, length, codePage)
        offset += 8 + length
        if codePage == CodePage.utf16 { offset = (offset + 3) & ~3 }
      }
    } catch {
      flaw = flaw ?? error
    }
    return names
  }

  private mutating func value(_ block: ByteView, _ codePage: Int) -> Value? {
    do throws(ParseError) {
      let type = try block.u32(at: 0, .little) & 0xFFFF
      guard type & 0x1000 != 0 else { return try scalar(type, block, at: 4, codePage)?.value }
      var items: [Value] = []
      var offset = 8
      for _ in 0..<min(Int(try block.u32(at: 4, .little)), Self.most) {
        guard let item = try scalar(type & 0xFFF, block, at: offset, codePage) else { break }
        items.append(item.value)
        offset += item.count
      }
      return .list(items)
    } catch {
      flaw = flaw ?? error
      return nil
    }
  }

  /// - Returns: the value, and its bytes; nil for types that say nothing here.
  private func scalar(
    _ type: UInt32, _ block: ByteView, at offset: Int, _ codePage: Int
  ) throws(ParseError) -> (value: Value, count: Int)? {
    switch type {
    case 2: return (.number(Int64(Int16(bitPattern: try block.u16(at: offset, .little)))), 4)
    case 11, 18: return (.number(Int64(try block.u16(at: offset, .little))), 4)
    case 3, 10, 22: return (.number(Int64(Int32(bitPattern: try block.u32(at: offset, .little)))), 4)
    case 19, 23: return (.number(Int64(try block.u32(at: offset, .little))), 4)
    case 7: return (.days(Double(bitPattern: try block.u64(at: offset, .little))), 8)
    case 64: return (.time(try block.u64(at: offset, .little)), 8)
    case 20, 21: return (.number(Int64(bitPattern: try block.u64(at: offset, .little))), 8)
    case 8, 30:
      let length = Int(try block.u32(at: offset, .little))
      let text = try text(block, at: offset + 4, length, codePage) ?? ""
      return (.text(text), 4 + length)
    case 31:
      let length = Int(try block.u32(at: offset, .little)) * 2
      let text = try text(block, at: offset + 4, length, CodePage.utf16) ?? ""
      return (.text(text), 4 + (length + 3) & ~3)
    case 65, 71:
      let length = Int(try block.u32(at: offset, .little))
      let bytes = try block.withBytes(at: offset + 4, count: length) { run throws(ParseError) in Array(run) }
      return (.bytes(bytes[...]), 4 + (length + 3) & ~3)
    case 12:
      let inner = try block.u32(at: offset, .little) & 0xFFFF
      guard inner != 12, let item = try scalar(inner, block, at: offset + 4, codePage) else { return nil }
      // Texts inside a list of values of any type are padded.
      return (item.value, 4 + (item.count + 3) & ~3)
    default: return nil
    }
  }

  private func text(
    _ block: ByteView, at offset: Int, _ length: Int, _ codePage: Int
  ) throws(ParseError) -> String? {
    let bytes = try block.withBytes(at: offset, count: length) { run throws(ParseError) in
      Array(run.prefix(2 * limits.text + 2))
    }
    return CodePage.decode(bytes, codePage, limits)
  }
}

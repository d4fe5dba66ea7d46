import UntrailBytes
import UntrailModel
import UntrailReaders

/// Builds a maker note of directories, byte by byte.
struct NoteBuilder: Sendable {
  struct Entry: Sendable {
    var tag: UInt16
    var format: UInt16
    var value: Value

    enum Value: Sendable {
      case bytes([UInt8])
      /// Offset of something that stands behind the directory.
      case place([UInt8])
      /// Offset of another directory.
      case pointer([Entry])
      /// A directory as a value.
      case directory([Entry])
    }

    static func text(_ tag: UInt16, _ text: String, count: Int = 0, format: UInt16 = 2) -> Entry {
      let bytes = Array(text.utf8) + [0]
      let padding = [UInt8](repeating: 0, count: max(0, count - bytes.count))
      return Entry(tag: tag, format: format, value: .bytes(bytes + padding))
    }
  }

  var head: [UInt8]
  var order = ByteOrder.little
  /// Bytes from the start of the note to where its offsets count from; nil where they count from the structure.
  var base: Int?
  var entries: [Entry] = []
  /// Bytes behind all.
  var tail: [UInt8] = []
  /// Whether every value is zero: what a camera writes that has nothing to say.
  var isUnset = false

  init(_ head: [UInt8] = [], order: ByteOrder = .little, base: Int? = nil) {
    self.head = head
    self.order = order
    self.base = base
  }

  func number(_ value: Int, _ size: Int) -> [UInt8] {
    let bytes = (0..<size).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
    return order.isBig ? bytes.reversed() : bytes
  }

  func shorts(_ tag: UInt16, _ values: [Int], format: UInt16 = 3) -> Entry {
    Entry(tag: tag, format: format, value: .bytes(values.flatMap { number($0, 2) }))
  }

  func longs(_ tag: UInt16, _ values: [Int], format: UInt16 = 4) -> Entry {
    Entry(tag: tag, format: format, value: .bytes(values.flatMap { number($0, 4) }))
  }

  func bytes(_ tag: UInt16, _ values: [UInt8], format: UInt16 = 7) -> Entry {
    Entry(tag: tag, format: format, value: .bytes(values))
  }

  /// The note as it stands at a place of the structure.
  func build(at offset: Int) -> [UInt8] {
    let shift = base.map { -$0 } ?? offset
    return head + directory(entries, at: head.count, shift) + tail
  }

  private func directory(_ entries: [Entry], at start: Int, _ shift: Int) -> [UInt8] {
    var bytes = number(entries.count, 2)
    var data: [UInt8] = []
    let dataStart = start + 2 + 12 * entries.count + 4
    for entry in entries {
      let place = dataStart + data.count
      var count = 1
      var inline: [UInt8]?
      switch entry.value {
      case .bytes(let value):
        let value = isUnset ? [UInt8](repeating: 0, count: value.count) : value
        count = value.count / Self.size(entry.format)
        if value.count <= 4 { inline = value } else { data += value }
      case .place(let value):
        data += isUnset ? [UInt8](repeating: 0, count: value.count) : value
      case .pointer(let inner):
        data += directory(inner, at: place, shift)
      case .directory(let inner):
        let value = directory(inner, at: place, shift)
        count = value.count
        data += value
      }
      bytes += number(Int(entry.tag), 2) + number(Int(entry.format), 2) + number(count, 4)
      bytes += inline.map { $0 + [UInt8](repeating: 0, count: 4 - $0.count) } ?? number(place + shift, 4)
    }
    return bytes + number(0, 4) + data
  }

  private static func size(_ format: UInt16) -> Int {
    switch format {
    case 3, 8: 2
    case 4, 9, 11, 13: 4
    case 5, 10, 12: 8
    default: 1
    }
  }
}

/// An EXIF block with a maker note in it.
enum NoteBlock {
  static func exif(
    make: String, model: String, order: ByteOrder = .little, tag: UInt16 = 0x927C,
    note: (_ offset: Int) -> [UInt8]
  ) -> [UInt8] {
    func block(_ note: [UInt8]) -> [UInt8] {
      var exif = ExifBuilder(order: order)
      if !make.isEmpty { exif.add(.image, 0x010F, ascii: make) }
      if !model.isEmpty { exif.add(.image, 0x0110, ascii: model) }
      exif.add(tag == 0x927C ? .exif : .image, tag, bytes: note, format: 7)
      return exif.build()
    }
    // Its length does not depend on where it stands.
    let length = note(0).count
    let mark = [UInt8](repeating: 0xA5, count: length)
    let draft = block(mark)
    let offset = draft.indices.first { draft[$0...].starts(with: mark) } ?? 0
    return block(note(offset))
  }
}

extension Observation {
  /// One line that says all but the place.
  var line: String {
    let value =
      switch fact {
      case .timestamp(let time): Self.text(time)
      case .utcOffset(let minutes): String(minutes)
      case .hidden(let content): "\(content.byteCount ?? -1) bytes"
      case .location(let location): "\(location.coordinate.latitude), \(location.coordinate.longitude)"
      default: text ?? ""
      }
    return "\(kind.name)/\(role.name) \(field) \(value)"
  }

  private static func text(_ time: Timestamp) -> String {
    let date = CivilDate.date(days: time.civilDay)
    let seconds = Int(time.civilSeconds - time.civilDay * 86_400)
    let parts = [date.month, date.day, seconds / 3600, seconds / 60 % 60, seconds % 60]
    let zone = time.utcOffsetMinutes.map { " \($0)" } ?? ""
    return ([String(date.year)] + parts.map { $0 < 10 ? "0\($0)" : "\($0)" }).joined(separator: "-") + zone
  }
}

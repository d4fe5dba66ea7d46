internal import UntrailBytes
internal import UntrailModel

/// The properties of a message that have names instead of numbers, by the number that stands for them in this message.
///
///     storage __nameid_version1.0
///       __substg1.0_00030102           each: number, or offset of the name; KK KK kind; NN NN
///       __substg1.0_00040102           names: LL LL LL LL name in UTF-16, to a multiple of four
///
/// Bit 0 of the kind says whether it has a name. The property has the number 8000 + NN.
///
/// Source: Microsoft, MS-OXMSG, section 2.2.3.
struct OutlookNames {
  private(set) var byNumber: [UInt32: UInt16] = [:]
  private(set) var byName: [String: UInt16] = [:]

  init(_ file: CompoundFile, into result: inout ReadResult, _ limits: Limits) {
    let folder = ["__nameid_version1.0"]
    guard let entry = file.directory.stream("__substg1.0_00030102", in: folder),
      let list = file.block(entry, into: &result)
    else { return }
    let texts = file.directory.stream("__substg1.0_00040102", in: folder).flatMap {
      file.block($0, into: &result)
    }
    for offset in stride(from: 0, through: min(list.count, 8 * limits.entries) - 8, by: 8) {
      guard let value = try? list.u32(at: offset, .little), let kind = try? list.u16(at: offset + 4, .little),
        let number = try? list.u16(at: offset + 6, .little), number < 0x7FFF
      else { return }
      let id = 0x8000 + number
      guard kind & 1 == 1 else {
        byNumber[value] = id
        continue
      }
      guard let texts, let length = try? texts.u32(at: Int(value), .little), length < 512,
        let name = ExifText.utf16(texts.slice(at: Int(value) + 4, count: Int(length)), isLittleEndian: true)
      else { continue }
      byName[name.lowercased()] = id
    }
  }
}

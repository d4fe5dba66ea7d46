internal import UntrailBytes
internal import UntrailModel

/// Application segments of a JPEG file that makers of cameras have for themselves, outside of EXIF.
///
///     APP1  "FLIR" 00 01 NN TT        a piece of FLIR's records (`FLIRRecords`)
///     APP1  "QVCI" 00                 Casio's first cameras
///     APP2  4 bytes | "IJPEG" 00      InfiRay: its sensors are described in APP9
///     APP6  "GoPro" 00                GoPro's metadata (`GPMF`)
///     APP6  "TDHD" 01 00 01 00        Hewlett-Packard's records
///     APP12 "[picture info]" ...      text of cameras before EXIF (`PictureInfoText`)
///     APP12 "Ducky" ...               Photoshop's "Save for Web"
///
/// Source: ExifTool's JPEG.pm.
struct CameraSegments {
  private var flir = FLIRRecords()
  private var isInfiRay = false

  /// Takes a segment that no standard has. Others are left alone.
  mutating func add(_ marker: UInt8, _ body: ByteView, into result: inout ReadResult, _ limits: Limits) {
    switch marker {
    case 0xE1 where body.begins(with: "FLIR\0".utf8): flir.add(body)
    case 0xE1 where body.begins(with: "QVCI\0".utf8): CasioSegment.decode(body, into: &result)
    case 0xE2 where body.dropping(4).begins(with: "IJPEG\0".utf8): isInfiRay = true
    case 0xE6 where body.begins(with: "TDHD\u{1}\0\u{1}\0".utf8):
      HPSegment.decode(body, into: &result, limits)
    case 0xE6 where body.begins(with: "GoPro\0".utf8): GPMF.decode(body.dropping(6), into: &result, limits)
    case 0xE9 where isInfiRay && body.count >= 768: InfiRaySegment.decode(body, into: &result)
    case 0xEC where body.begins(with: "Ducky".utf8):
      DuckySegment.decode(body.dropping(5), into: &result, limits)
    case 0xEC: PictureInfoText.decode(body, group: "PictureInfo", limits, into: &result)
    default: break
    }
  }

  /// What had to wait until all pieces were there.
  func decode(into result: inout ReadResult, _ limits: Limits) { flir.decode(into: &result, limits) }
}

/// Casio's first cameras: time as text at 4D, model at 62.
///
/// Source: ExifTool's Casio.pm, QVCI.
private enum CasioSegment {
  static func decode(_ body: ByteView, into result: inout ReadResult) {
    if let model = MakerNoteText.text(body, at: 0x62, count: 7) {
      result.add(
        .camera, .device(Device(make: "Casio", model: model)), "Casio:ModelType", at: body.place(0x62))
    }
    if let time = time(body) {
      result.add(.original, .timestamp(time), "Casio:DateTimeOriginal", at: body.place(0x4D))
    }
  }

  /// "1998.10.24.12.08.57", with other signs between the numbers as well.
  private static func time(_ body: ByteView) -> Timestamp? {
    guard let bytes = try? body.withBytes(at: 0x4D, count: 19, { run throws(ParseError) in Array(run) })
    else {
      return nil
    }
    let parts = bytes.split { !(0x30...0x39).contains($0) }.compactMap {
      Int(String(decoding: $0, as: UTF8.self))
    }
    guard parts.count == 6 else { return nil }
    return MakerNoteTime.timestamp(parts[0], parts[1], parts[2], parts[3], parts[4], parts[5])
  }
}

/// InfiRay: texts at fixed places, of the thermal sensor first, of the visible one 180 bytes (hexadecimal) behind.
///
/// Source: ExifTool's InfiRay.pm.
private enum InfiRaySegment {
  static func decode(_ body: ByteView, into result: inout ReadResult) {
    for (start, name) in [(0, "IR"), (0x180, "Visible")] {
      if let text = MakerNoteText.text(body, at: start + 0xC0, count: 32).flatMap(MakerNoteText.serial) {
        result.add(
          .internalSerial, .serial(text), "InfiRay:\(name)SensorSerialNumber", at: body.place(start + 0xC0))
      }
      if let text = MakerNoteText.text(body, at: start + 0x100, count: 12) {
        result.add(
          .firmware, .software(text), "InfiRay:\(name)SensorFirmware", at: body.place(start + 0x100))
      }
    }
  }
}

/// Hewlett-Packard: little-endian records, some of which hold others.
///
///     TT TT TT TT KK KK KK KK NN NN NN NN     tag, kind (10001: holds records), bytes behind
///
/// Source: ExifTool's HP.pm, TDHD.
private enum HPSegment {
  static func decode(_ body: ByteView, into result: inout ReadResult, _ limits: Limits) {
    var entriesLeft = limits.entries
    var offset = 0
    while offset + 12 < body.count, entriesLeft > 0 {
      entriesLeft -= 1
      guard let tag = try? body.u32(at: offset, .big), let kind = try? body.u32(at: offset + 4, .little),
        let size = try? body.u32(at: offset + 8, .little)
      else { return }
      offset += 12
      // Records inside a record follow its head: they are read in the same row.
      if kind == 0x10001 || tag == 0x5444_4844 || tag == 0x4C53_4C56 { continue }
      guard Int(size) <= body.count - offset else { return }
      let text = MakerNoteText.text(body, at: offset, count: Int(size))
      if tag == 0x434D_534E, let serial = text.flatMap(MakerNoteText.serial) {  // "CMSN"
        result.add(.body, .serial(serial), "HP:SerialNumber", at: body.place(offset))
      } else if tag == 0x4657_5256, let text {  // "FWRV"
        result.add(.firmware, .software(text), "HP:FirmwareVersion", at: body.place(offset))
      }
      offset += Int(size)
    }
  }
}

/// Photoshop's "Save for Web".
///
///     TT TT LL LL ...     2 comment, 3 copyright: 4 bytes number of characters, then UTF-16, big-endian
///
/// Source: ExifTool's APP12.pm, Ducky.
private enum DuckySegment {
  static func decode(_ body: ByteView, into result: inout ReadResult, _ limits: Limits) {
    var offset = 0
    while offset + 4 <= body.count {
      guard let tag = try? body.u16(at: offset, .big), let length = try? body.u16(at: offset + 2, .big),
        tag != 0
      else { return }
      offset += 4
      guard Int(length) <= body.count - offset else { return }
      if tag == 2 || tag == 3, length > 4 {
        let bytes = try? body.withBytes(at: offset + 4, count: min(Int(length) - 4, limits.text)) {
          run throws(ParseError) in ExifText.utf16(run.bindMemory(to: UInt8.self), isLittleEndian: false)
        }
        if let text = (bytes ?? nil).flatMap(MakerNoteText.readable) {
          if tag == 2 {
            result.add(.comment, .text(text), "Ducky:Comment", at: body.place(offset + 4))
          } else {
            result.add(.copyright, .person(text), "Ducky:Copyright", at: body.place(offset + 4))
          }
        }
      }
      offset += Int(length)
    }
  }
}

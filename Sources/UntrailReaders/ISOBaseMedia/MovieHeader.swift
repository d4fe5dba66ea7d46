internal import UntrailBytes
internal import UntrailModel

/// The times at the beginning of a movie's header, of a track's and of a medium's (`mvhd`, `tkhd`, `mdhd`).
///
///     VV FF FF FF                     version, flags
///     CC CC CC CC MM MM MM MM         when it was created and changed: seconds since 1904 in UTC; eight bytes each
///                                     in version 1
///
/// Source: ISO/IEC 14496-12:2022, sections 8.2.2, 8.3.2 and 8.4.2.
struct MovieHeader {
  let created: Timestamp?
  let modified: Timestamp?
  /// Bytes from the start of the box's body to the two times.
  let createdOffset: Int
  let modifiedOffset: Int

  /// Seconds from 1904 to 1970.
  private static let epoch: Int64 = 2_082_844_800

  init(_ body: ByteView) throws(ParseError) {
    let isLong = try body.u8(at: 0) == 1
    createdOffset = 4
    modifiedOffset = isLong ? 12 : 8
    if isLong {
      created = Self.timestamp(Int64(clamping: try body.u64(at: 4, .big)))
      modified = Self.timestamp(Int64(clamping: try body.u64(at: 12, .big)))
    } else {
      created = Self.timestamp(Int64(try body.u32(at: 4, .big)))
      modified = Self.timestamp(Int64(try body.u32(at: 8, .big)))
    }
  }

  /// 1980-01-01, counted from 1970.
  private static let firstFilm: Int64 = 315_532_800

  /// Nil for what no clock said: before 1970, or behind the last year. Some writers count from 1970.
  static func timestamp(_ stated: Int64) -> Timestamp? {
    guard stated >= firstFilm, stated <= epoch + Timestamp.lastSecond, stated != epoch else { return nil }
    return Timestamp(civilSeconds: stated > epoch ? stated - epoch : stated, utcOffsetMinutes: 0)
  }
}

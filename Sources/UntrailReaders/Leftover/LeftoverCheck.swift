internal import UntrailBytes
internal import UntrailModel

/// Whether a small picture inside a JPEG file shows what the picture itself no longer shows: channel A16.
///
/// A crop shows in the shape: both pictures say how wide and high they are. What was covered or blurred shows only when
/// both are decoded, which costs a hundred times as much; that is done where the limits allow pixels to be decoded.
struct LeftoverCheck {
  let source: ByteSource
  let tools: ReaderTools
  /// Of the picture itself.
  let size: PictureSize

  struct PictureSize {
    var width: Int
    var height: Int

    var aspect: Double { Double(width) / Double(height) }
  }

  /// Shapes that differ by less than this are the same, rounded.
  private static let shapeTolerance = 0.06
  /// Pictures that differ more than this show different things. See docs/known-gaps.md for how it was chosen.
  private static let differenceLimit = 1.1

  /// Adds what is left of an earlier picture.
  func check(into result: inout ReadResult) {
    // What is added is no thumbnail.
    for index in result.observations.indices
    where result.observations[index].role.rawValue == Role.thumbnail.rawValue {
      let thumbnail = result.observations[index]
      guard case .hidden(let content) = thumbnail.fact, let offset = thumbnail.offset,
        let count = content.byteCount, count > 64,
        let small = Self.size(ByteView(source, start: offset, count: count))
      else { continue }
      guard isOther(small) || (isEdited(result) && showsOther(ByteView(source, start: offset, count: count)))
      else {
        continue
      }
      result.add(.leftover, .hidden(content), thumbnail.field, at: offset)
    }
  }

  // MARK: Shape

  private func isOther(_ small: PictureSize) -> Bool {
    // EXIF asks for 160 by 120 whatever the shape, with bars around.
    let isStandard = small.width * 3 == small.height * 4 || small.height * 3 == small.width * 4
    // Of a picture this small the shape is mostly rounding.
    guard !isStandard, min(small.width, small.height, size.width, size.height) >= 48 else { return false }
    func isNear(_ aspect: Double) -> Bool { abs(aspect / small.aspect - 1) < Self.shapeTolerance }
    return !isNear(size.aspect) && !isNear(1 / size.aspect)
  }

  /// The size that a JPEG picture states; nil where it states none within its first segments.
  private static func size(_ view: ByteView) -> PictureSize? {
    guard (try? view.u16(at: 0, .big)) == 0xFFD8 else { return nil }
    var offset = 2
    for _ in 0..<16 {
      guard let marker = try? view.u16(at: offset, .big), marker >= 0xFFC0,
        let length = try? view.u16(at: offset + 2, .big), length >= 2
      else { return nil }
      if (0xFFC0...0xFFCF).contains(marker), ![0xFFC4, 0xFFC8, 0xFFCC].contains(marker) {
        guard let height = try? view.u16(at: offset + 5, .big),
          let width = try? view.u16(at: offset + 7, .big),
          width > 0, height > 0
        else { return nil }
        return PictureSize(width: Int(width), height: Int(height))
      }
      offset += 2 + Int(length)
    }
    return nil
  }

  // MARK: What it shows

  /// Whether the file says that it was changed after it was taken.
  private func isEdited(_ result: ReadResult) -> Bool {
    guard tools.limits.pixels > 0 else { return false }
    var (taken, changed): (Int64?, Int64?)
    for observation in result.observations {
      switch observation.fact {
      case .timestamp(let time) where observation.role == .original: taken = taken ?? time.civilSeconds
      case .timestamp(let time) where observation.role == .modified:
        changed = max(changed ?? time.civilSeconds, time.civilSeconds)
      case .software where observation.role == .imageEditing || observation.role == .generator: return true
      default: break
      }
    }
    guard let taken, let changed else { return false }
    return changed - taken > 60
  }

  private func showsOther(_ thumbnail: ByteView) -> Bool {
    guard size.width * size.height <= tools.limits.pixels,
      let small = try? thumbnail.source.bytes(at: thumbnail.start, count: thumbnail.count),
      let before = Miniature(small, pixelLimit: tools.limits.pixels),
      let whole = wholeFile(), let now = Miniature(whole, pixelLimit: tools.limits.pixels)
    else { return false }
    // Of a turned picture nothing can be said.
    guard abs(before.aspect / now.aspect - 1) < 0.1 else { return false }
    return before.difference(from: now) > Self.differenceLimit
  }

  private func wholeFile() -> [UInt8]? {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(source.count)
    while bytes.count < source.count {
      guard
        let piece = try? source.bytes(
          at: bytes.count, count: min(source.runLimit, source.count - bytes.count))
      else { return nil }
      bytes += piece
    }
    return bytes
  }
}

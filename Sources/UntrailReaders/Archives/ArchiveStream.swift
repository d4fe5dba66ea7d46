internal import CArchive
internal import UntrailBytes
internal import UntrailModel

#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Darwin)
  internal import Darwin
#endif

/// The one owner of a libarchive handle: goes through an archive from front to back, and writes nothing.
struct ArchiveStream: ~Copyable {
  /// Which forms libarchive looks for.
  enum Form {
    /// Files behind each other: tar, cpio, 7z and their like, whatever they are packed with.
    case container
    /// As `container`; what is none of them is one packed file.
    case packed
    case zip
  }

  enum Step {
    case entry
    case end
    /// What follows cannot be read.
    case broken(ParseError)
  }

  private let archive: OpaquePointer
  private let input: Unmanaged<ArchiveInput>
  private var entry: OpaquePointer?

  private static let pieceSize = 64 << 10

  private init(_ archive: OpaquePointer, _ input: Unmanaged<ArchiveInput>) {
    self.archive = archive
    self.input = input
  }

  /// Finds out what an archive is; nil where it is none, where there is no memory for it, or where libarchive would
  /// have to start another program.
  static func open(_ source: ByteSource, _ form: Form, _ limits: Limits) -> ArchiveStream? {
    guard let archive = archive_read_new() else { return nil }
    var isReady = true
    for support in filters { isReady = support(archive) == ARCHIVE_OK && isReady }
    for support in form == .zip ? [{ archive_read_support_format_zip_seekable($0) }] : formats {
      isReady = support(archive) == ARCHIVE_OK && isReady
    }
    if form == .packed { isReady = archive_read_support_format_raw(archive) == ARCHIVE_OK && isReady }
    let input = Unmanaged.passRetained(ArchiveInput(source, limit: limits.stream))
    let stream = ArchiveStream(archive, input)
    stream.setCallbacks()
    guard isReady, withNames({ archive_read_open1(archive) == ARCHIVE_OK }) else { return nil }
    return stream
  }

  deinit {
    archive_read_free(archive)
    input.release()
  }

  /// Loads what the system loads when first asked for, while it still can.
  static func warmUp() {
    _ = names
    guard let archive = archive_read_new() else { return }
    for support in filters + formats { _ = support(archive) }
    archive_read_free(archive)
  }

  private typealias Support = @Sendable (OpaquePointer?) -> Int32

  private static let filters: [Support] = [
    { archive_read_support_filter_gzip($0) }, { archive_read_support_filter_bzip2($0) },
    { archive_read_support_filter_xz($0) }, { archive_read_support_filter_lzma($0) },
    { archive_read_support_filter_lzip($0) }, { archive_read_support_filter_compress($0) },
    { archive_read_support_filter_zstd($0) }, { archive_read_support_filter_lz4($0) },
  ]

  private static let formats: [Support] = [
    { archive_read_support_format_tar($0) }, { archive_read_support_format_cpio($0) },
    { archive_read_support_format_ar($0) }, { archive_read_support_format_7zip($0) },
    { archive_read_support_format_rar($0) }, { archive_read_support_format_rar5($0) },
    { archive_read_support_format_cab($0) }, { archive_read_support_format_iso9660($0) },
    { archive_read_support_format_lha($0) }, { archive_read_support_format_warc($0) },
  ]

  private func setCallbacks() {
    archive_read_set_read_callback(archive) { _, data, buffer in
      guard let data, let buffer else { return -1 }
      let piece = Unmanaged<ArchiveInput>.fromOpaque(data).takeUnretainedValue().next()
      guard let piece else { return -1 }
      buffer.pointee = piece.baseAddress
      return piece.count
    }
    archive_read_set_skip_callback(archive) { _, data, count in
      guard let data else { return 0 }
      return Unmanaged<ArchiveInput>.fromOpaque(data).takeUnretainedValue().skip(count)
    }
    archive_read_set_seek_callback(archive) { _, data, offset, origin in
      guard let data else { return -1 }
      return Unmanaged<ArchiveInput>.fromOpaque(data).takeUnretainedValue().seek(offset, origin)
    }
    archive_read_set_callback_data(archive, input.toOpaque())
  }

  // MARK: Going through it

  mutating func next() -> Step {
    let status = Self.withNames { archive_read_next_header(archive, &entry) }
    switch status {
    case ARCHIVE_EOF: return .end
    // A warning is of a name or a time that could not be taken as it is.
    case ARCHIVE_OK, ARCHIVE_WARN: return .entry
    default: return .broken(flaw)
    }
  }

  private var flaw: ParseError {
    let input = input.takeUnretainedValue()
    if let flaw = input.flaw { return flaw }
    return input.isAtEnd
      ? ParseError(.truncated, at: input.position, "an archive ends inside a file")
      : ParseError(.malformed, at: input.position, "an archive breaks off")
  }

  /// Reads on in the file at hand.
  ///
  /// - Returns: what is wrong with it; nil where nothing is.
  func read(into bytes: inout [UInt8], upTo limit: Int) -> ParseError? {
    let chunk = UnsafeMutableRawBufferPointer.allocate(byteCount: Self.pieceSize, alignment: 16)
    defer { chunk.deallocate() }
    while bytes.count < limit {
      let count = archive_read_data(archive, chunk.baseAddress, min(chunk.count, limit - bytes.count))
      guard count > 0 else { return count == 0 ? nil : flaw }
      bytes += UnsafeRawBufferPointer(rebasing: chunk[..<count])
    }
    return nil
  }

  /// What the archive says of the file at hand; nil where there is none.
  func current(_ limits: Limits) -> ArchiveEntry? {
    guard let entry else { return nil }
    return Self.withNames { ArchiveEntry(entry, limits) }
  }

  /// Whether there are files that need a password.
  var hasEncrypted: Bool { archive_read_has_encrypted_entries(archive) > 0 }
  /// Whether what stands between files has to be unpacked to get at the next.
  var isPacked: Bool { archive_filter_count(archive) > 1 || archive_format(archive) == ARCHIVE_FORMAT_7ZIP }

  // MARK: Names

  /// Names are kept in different sets of characters; libarchive makes of them what the locale has.
  private nonisolated(unsafe) static let names: locale_t? =
    newlocale(LC_CTYPE_MASK, "C.UTF-8", nil) ?? newlocale(LC_CTYPE_MASK, "en_US.UTF-8", nil)

  private static func withNames<Result>(_ body: () -> Result) -> Result {
    guard let names else { return body() }
    let before = uselocale(names)
    defer { uselocale(before) }
    return body()
  }
}

/// Hands a source to libarchive in pieces.
final class ArchiveInput {
  private let source: ByteSource
  private let limit: Int
  private var pieces: PieceReader?
  private(set) var position = 0
  private(set) var flaw: ParseError?

  init(_ source: ByteSource, limit: Int) {
    self.source = source
    self.limit = limit
  }

  var isAtEnd: Bool { position >= source.count }

  /// The next piece, empty at the end; nil where it cannot be read.
  func next() -> UnsafeRawBufferPointer? {
    let reader = pieces ?? PieceReader(source, from: position, limit: limit)
    pieces = reader
    do throws(ParseError) {
      guard let piece = try reader.next() else { return UnsafeRawBufferPointer(start: nil, count: 0) }
      position = piece.offset + piece.bytes.count
      return piece.bytes
    } catch {
      flaw = error
      return nil
    }
  }

  func skip(_ count: Int64) -> Int64 {
    let step = min(max(0, Int(clamping: count)), source.count - position)
    guard step > 0 else { return 0 }
    position += step
    pieces = nil
    return Int64(step)
  }

  func seek(_ offset: Int64, _ origin: Int32) -> Int64 {
    let start = origin == SEEK_CUR ? position : origin == SEEK_END ? source.count : 0
    let sum = start.addingReportingOverflow(Int(clamping: offset))
    position = sum.overflow ? source.count : min(max(0, sum.partialValue), source.count)
    pieces = nil
    return Int64(position)
  }
}

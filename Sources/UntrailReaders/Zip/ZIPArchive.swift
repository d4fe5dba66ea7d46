internal import UntrailBytes
internal import UntrailModel

/// Unpacks files of a ZIP archive into memory, so that none of them and not all together become more than they may.
///
/// A file may become 1 MiB whatever its packed size, beyond that 256 times as much, and as many bytes as are read of
/// one file. Nothing is written anywhere, and no name is followed.
struct ZIPArchive {
  let directory: ZIPDirectory
  private let source: ByteSource
  /// Bytes that all files together may still become.
  private var bytesLeft: Int
  /// Bytes that one file may become.
  private let fileLimit: Int

  private static let freeOutput = 1 << 20
  private static let ratio = 256
  private static let pieceSize = 16 << 10

  /// - Parameter byteLimit: bytes that all files together may become; nil for as many as are read of one.
  init(_ source: ByteSource, _ limits: Limits, byteLimit: Int? = nil) throws(ParseError) {
    self.source = source
    directory = try ZIPDirectory(source, limits)
    bytesLeft = byteLimit ?? limits.bytes
    fileLimit = limits.bytes
  }

  /// The files, without folders and without what macOS keeps beside them.
  var files: [ZIPEntry] { directory.entries.filter { !$0.isFolder && !$0.isResourceFork } }

  /// The bytes of a file, as far as they can be got at; nil where they cannot. What is wrong goes to `result`.
  ///
  /// - Parameter limit: bytes that it may become.
  mutating func content(
    of entry: ZIPEntry, upTo limit: Int = .max, into result: inout ReadResult
  ) -> [UInt8]? {
    do throws(ParseError) {
      return try unpacked(entry, limit, into: &result)
    } catch {
      result.damage(error)
      return nil
    }
  }

  /// Where the bytes of a file stand in the source; nil where they are packed.
  func place(of entry: ZIPEntry) -> Int? {
    guard entry.method == .stored, source.hasPlaces else { return nil }
    return try? start(of: entry)
  }

  /// The first page of a packed file, as far as it can be got at.
  func head(of entry: ZIPEntry) -> [UInt8] {
    var bytes: [UInt8] = []
    guard entry.method == .deflated, let start = try? start(of: entry), start <= source.count else {
      return []
    }
    let length = min(entry.packedSize ?? .max, source.count - start)
    _ = inflate(start, length, ByteSource.pageSize, into: &bytes)
    return bytes
  }

  /// A file that is not packed, as the part of the source that it is; nil where it does not lie in it as a whole.
  func part(of entry: ZIPEntry) -> ByteSource? {
    guard entry.method == .stored, let count = entry.packedSize, let start = try? start(of: entry),
      start <= source.count, count <= source.count - start
    else { return nil }
    return ByteSource(partOf: source, start: start, count: count)
  }

  private func start(of entry: ZIPEntry) throws(ParseError) -> Int {
    let header = entry.headerOffset
    guard try source.u32(at: header, .little) == 0x0403_4B50 else {
      throw ParseError(.malformed, at: min(header, source.count), "a file of an archive without its header")
    }
    let nameSize = Int(try source.u16(at: header + 26, .little))
    return header + 30 + nameSize + Int(try source.u16(at: header + 28, .little))
  }

  private mutating func unpacked(
    _ entry: ZIPEntry, _ most: Int, into result: inout ReadResult
  ) throws(ParseError) -> [UInt8]? {
    let start = try start(of: entry)
    if entry.isEncrypted {
      result.notRead("zip-encrypted", "files in the archive are locked with a password", at: start)
      return nil
    }
    guard start <= source.count else {
      throw ParseError(.truncated, at: source.count, "an archive ends before a file in it")
    }
    let packedSize = min(entry.packedSize ?? .max, source.count - start)
    let fair = max(Self.freeOutput, packedSize.multipliedReportingOverflow(by: Self.ratio).partialValue)
    let limit = min(bytesLeft, fair, fileLimit, most)
    var bytes: [UInt8] = []
    var flaw: ParseError?
    switch entry.method {
    case .stored: flaw = copy(start, packedSize, limit, into: &bytes)
    case .deflated: flaw = inflate(start, packedSize, limit, into: &bytes)
    case .other:
      result.notRead("zip-method", "files in the archive are packed in a way that is not read", at: start)
      return nil
    }
    bytesLeft -= bytes.count
    if let flaw {
      result.damage(flaw)
    } else if let packed = entry.packedSize, packed > packedSize {
      result.damage("truncated", "an archive ends inside a file", at: source.count)
    } else if let checksum = entry.checksum, Checksum.crc32(bytes) != checksum {
      result.damage("checksum", "a file in the archive is not as it was packed", at: start)
    }
    return bytes.isEmpty && flaw != nil ? nil : bytes
  }

  private func copy(_ start: Int, _ length: Int, _ limit: Int, into bytes: inout [UInt8]) -> ParseError? {
    do throws(ParseError) {
      while bytes.count < min(length, limit) {
        let count = min(Self.pieceSize, min(length, limit) - bytes.count)
        bytes += try source.bytes(at: start + bytes.count, count: count)
      }
    } catch {
      return error
    }
    return length > limit ? tooLong(start, limit) : nil
  }

  private func inflate(_ start: Int, _ length: Int, _ limit: Int, into bytes: inout [UInt8]) -> ParseError? {
    guard var stream = InflateStream(isRaw: true) else {
      return ParseError(.system, at: start, "no memory for decompression")
    }
    var offset = 0
    do throws(ParseError) {
      while offset < length {
        let count = min(Self.pieceSize, length - offset)
        let state = try source.withBytes(at: start + offset, count: count) { run throws(ParseError) in
          stream.feed(run, into: &bytes, limit: limit)
        }
        switch state {
        case .ended: return nil
        case .hungry: offset += count
        case .full: return tooLong(start, limit)
        case .broken: return ParseError(.malformed, at: start, "a packed file whose bytes are none")
        }
      }
    } catch {
      return error
    }
    return ParseError(.truncated, at: start + length, "a packed file without its end")
  }

  private func tooLong(_ start: Int, _ limit: Int) -> ParseError {
    ParseError(.limit, at: start, "a file in an archive that becomes more than \(limit) bytes")
  }
}

import UntrailModel
import UntrailReports

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Reads files that the user names besides the ones that are looked at: reports, keys.
enum NamedFile {
  /// - Throws: `ReportError` where the file cannot be read or is too long.
  static func bytes(
    _ path: PathBytes, limit: Int = EarlierReport.sizeLimit,
    check: (stat) throws(ReportError) -> Void = { _ in }
  ) throws(ReportError) -> [UInt8] {
    let descriptor = open(path.bytes.map { CChar(bitPattern: $0) } + [0], O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw ReportError("cannot open it: \(String(cString: strerror(errno)))") }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0 else {
      throw ReportError("cannot read it: \(String(cString: strerror(errno)))")
    }
    try check(status)
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 1 << 18)
    while true {
      let count = chunk.withUnsafeMutableBytes { read(descriptor, $0.baseAddress, $0.count) }
      if count == 0 { return bytes }
      if count < 0 {
        if errno == EINTR { continue }
        throw ReportError("cannot read it: \(String(cString: strerror(errno)))")
      }
      bytes += chunk[..<count]
      guard bytes.count <= limit else {
        throw ReportError(limit >= 1 << 20 ? "longer than \(limit >> 20) MiB" : "longer than \(limit) bytes")
      }
    }
  }

  /// The first bytes of a plain file; empty for everything else.
  static func start(of path: PathBytes) -> [UInt8] {
    var status = stat()
    guard stat(path.bytes.map { CChar(bitPattern: $0) } + [0], &status) == 0,
      status.st_mode & S_IFMT == S_IFREG
    else { return [] }
    let descriptor = open(path.bytes.map { CChar(bitPattern: $0) } + [0], O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return [] }
    defer { close(descriptor) }
    var bytes = [UInt8](repeating: 0, count: 256)
    let count = bytes.withUnsafeMutableBytes { read(descriptor, $0.baseAddress, $0.count) }
    return Array(bytes.prefix(max(0, count)))
  }

  /// A report of `untrail scan`.
  static func report(_ path: PathBytes) throws(ReportError) -> EarlierReport {
    let bytes = try Self.bytes(path)
    return try bytes.withUnsafeBytes { bytes in
      Result { () throws(ReportError) in try EarlierReport(json: bytes) }
    }.get()
  }

  /// The key of `--key-file`, which nobody else may read.
  static func key(_ path: PathBytes) throws(ReportError) -> PseudonymKey {
    let lengths = PseudonymKey.lengths
    let bytes = try Self.bytes(path, limit: lengths.upperBound) { (status: stat) throws(ReportError) in
      guard status.st_mode & 0o077 == 0 else {
        throw ReportError("others can read it, and then its pseudonyms hide nothing; run: chmod 600 FILE")
      }
    }
    guard let key = PseudonymKey(bytes) else {
      throw ReportError(
        "a key has \(lengths.lowerBound) to \(lengths.upperBound) bytes, this one \(bytes.count); make one with: "
          + "head -c 32 /dev/urandom > FILE")
    }
    return key
  }
}

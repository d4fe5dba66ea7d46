import UntrailBytes
import UntrailIdentify
import UntrailIsolation
import UntrailModel
import UntrailReaders

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Answers of workers, as seeds.
enum Seeds {
  static func write(_ paths: ArraySlice<String>, to folder: String) {
    guard let database = try? MagicDatabase.open(), let identifier = try? Identifier(database: database)
    else {
      print("libmagic's database cannot be opened")
      exit(2)
    }
    let tools = ReaderTools()
    for (number, path) in paths.enumerated() {
      guard let bytes = contents(of: path), !bytes.isEmpty,
        let type = bytes.withUnsafeBytes({
          try? identifier.identify(
            UnsafeRawBufferPointer(rebasing: $0.prefix(ByteSource.pageSize)), byteCount: bytes.count)
        }), let reader = Readers.reader(for: type.name)
      else { continue }
      var result = ReadResult()
      do throws(ParseError) {
        try reader.read(ByteSource(bytes: bytes), into: &result, with: tools)
      } catch {
        result.damage(error)
      }
      let examination = Examination(
        artifact: Artifact(path: PathBytes([])), mediaType: type, coverage: .read,
        observations: result.observations, diagnostics: result.diagnostics)
      guard let file = fopen("\(folder)/seed-\(number)", "w") else { continue }
      let encoded = WireFormat.encode(examination)
      fwrite(encoded, 1, encoded.count, file)
      fclose(file)
    }
  }

  private static func contents(of path: String) -> [UInt8]? {
    guard let file = fopen(path, "r") else { return nil }
    defer { fclose(file) }
    var bytes = [UInt8](repeating: 0, count: 1 << 16)
    let count = fread(&bytes, 1, bytes.count, file)
    return Array(bytes.prefix(count))
  }
}

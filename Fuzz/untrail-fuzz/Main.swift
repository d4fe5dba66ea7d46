import CFuzz
import UntrailBytes
import UntrailIsolation
import UntrailModel
import UntrailReaders

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Fuzzes what the environment variable `UNTRAIL_FUZZ_TARGET` names: a media type's reader, or `wire`.
@main
struct Main {
  /// Read once: libFuzzer's callback has no context.
  private static let target = getenv("UNTRAIL_FUZZ_TARGET").map { String(cString: $0) } ?? ""
  nonisolated(unsafe) private static let tools = ReaderTools()

  static func main() {
    guard target == "wire" || Readers.reader(for: target) != nil else {
      print("UNTRAIL_FUZZ_TARGET must be wire or one of:")
      for reader in Readers.all { print("  " + (reader.mediaTypes.first ?? "")) }
      exit(2)
    }
    var count = CommandLine.argc
    var arguments: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>? = CommandLine.unsafeArgv
    _ = LLVMFuzzerRunDriver(&count, &arguments) { data, size in
      let bytes = UnsafeRawBufferPointer(start: data, count: size)
      if Main.target == "wire" { Main.wire(bytes) } else { Main.read(bytes) }
      return 0
    }
  }

  private static func read(_ bytes: UnsafeRawBufferPointer) {
    guard let reader = Readers.reader(for: target) else { return }
    var result = ReadResult()
    do throws(ParseError) {
      try reader.read(ByteSource(bytes: Array(bytes)), into: &result, with: tools)
    } catch {
      result.damage(error)
    }
    // More than "no crash": what is said must be sayable, and stand in the file.
    for observation in result.observations {
      precondition(observation.offset.map { (0...bytes.count).contains($0) } ?? true)
      if case .location(let location) = observation.fact {
        precondition(
          Coordinate.flaw(latitude: location.coordinate.latitude, longitude: location.coordinate.longitude)
            == nil)
      }
    }
    let examination = Examination(
      artifact: Artifact(path: PathBytes([])), mediaType: MediaType("image/jpeg"), coverage: .read,
      observations: result.observations, diagnostics: result.diagnostics)
    precondition(WireFormat.survives(examination))
  }

  private static func wire(_ bytes: UnsafeRawBufferPointer) {
    guard let examination = WireFormat.decode(bytes) else { return }
    precondition(WireFormat.survives(examination))
  }
}

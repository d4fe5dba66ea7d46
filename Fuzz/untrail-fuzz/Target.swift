import UntrailBytes
import UntrailIdentify
import UntrailIsolation
import UntrailModel
import UntrailReaders
import UntrailRules

/// What is fuzzed, and what must hold besides that nothing crashes.
enum Target {
  /// A reader, by the first of its media types.
  case reader(any MetadataReader, ReaderTools)
  /// A decoder of telemetry by itself.
  case telemetry(TelemetryBlock)
  /// libmagic's answer and what is made of it.
  case identify(Identifier)
  /// A rule file.
  case rule
  /// A worker's answer, in the parent.
  case wire

  static var names: [String] {
    Readers.all.compactMap { $0.mediaTypes.first } + TelemetryBlock.allCases.map(\.rawValue)
      + ["identify", "rule", "wire"]
  }

  init?(_ name: String) {
    switch name {
    case "identify":
      guard let database = try? MagicDatabase.open(), let identifier = try? Identifier(database: database)
      else { return nil }
      self = .identify(identifier)
    case "rule": self = .rule
    case "wire": self = .wire
    default:
      if let block = TelemetryBlock(rawValue: name) {
        self = .telemetry(block)
        return
      }
      guard let reader = Readers.reader(for: name) else { return nil }
      self = .reader(reader, ReaderTools())
    }
  }

  func run(_ bytes: UnsafeRawBufferPointer) {
    switch self {
    case .reader(let reader, let tools): Self.read(bytes, reader, tools)
    case .telemetry(let block):
      var result = ReadResult()
      block.decode(bytes, into: &result)
      Self.check(result, bytes.count)
    case .identify(let identifier): Self.identify(bytes, identifier)
    case .rule: Self.parse(bytes)
    case .wire:
      guard let examination = WireFormat.decode(bytes) else { return }
      precondition(WireFormat.survives(examination))
    }
  }

  /// What is said must stand in the file and on Earth, and must come through the wire as it was.
  private static func read(
    _ bytes: UnsafeRawBufferPointer, _ reader: any MetadataReader, _ tools: ReaderTools
  ) {
    var result = ReadResult()
    do throws(ParseError) {
      try reader.read(ByteSource(bytes: Array(bytes)), into: &result, with: tools)
    } catch {
      result.damage(error)
    }
    check(result, bytes.count)
  }

  private static func check(_ result: ReadResult, _ byteCount: Int) {
    for observation in result.observations {
      precondition(observation.offset.map { (0...byteCount).contains($0) } ?? true)
      if case .location(let location) = observation.fact {
        precondition(
          Coordinate.flaw(latitude: location.coordinate.latitude, longitude: location.coordinate.longitude)
            == nil)
      }
    }
    var examination = Examination(
      artifact: Artifact(path: PathBytes([])), mediaType: MediaType("image/jpeg"), coverage: .read,
      observations: result.observations, diagnostics: result.diagnostics)
    examination.members = result.members
    precondition(WireFormat.survives(examination))
  }

  /// Every file has a type with a plain name, and the same one when asked again.
  private static func identify(_ bytes: UnsafeRawBufferPointer, _ identifier: Identifier) {
    let prefix = UnsafeRawBufferPointer(rebasing: bytes.prefix(ByteSource.pageSize))
    guard let type = try? identifier.identify(prefix, byteCount: bytes.count) else { return }
    precondition(type.name.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F } && type.name.contains("/"))
    precondition((try? identifier.identify(prefix, byteCount: bytes.count)) == type)
  }

  /// A rule that is taken has a name and something to do; a mistake is put at a line of the file.
  private static func parse(_ bytes: UnsafeRawBufferPointer) {
    let text = String(decoding: bytes, as: UTF8.self)
    do throws(RuleError) {
      let rule = try RuleParser.parse(text, path: "fuzz.yaml")
      precondition(!rule.id.isEmpty && !rule.actions.isEmpty)
    } catch {
      precondition(error.line <= text.utf8.count + 1 && !error.message.isEmpty)
    }
  }
}

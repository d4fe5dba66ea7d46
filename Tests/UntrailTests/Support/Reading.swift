import UntrailBytes
import UntrailModel
import UntrailReaders

/// What a reader makes of bytes in memory. The error that ended it is among the diagnostics, as in a run.
func read(_ bytes: [UInt8], as mediaType: String, _ limits: Limits = Limits()) -> ReadResult {
  var result = ReadResult()
  guard let reader = Readers.reader(for: mediaType) else { return result }
  do throws(ParseError) {
    try reader.read(ByteSource(bytes: bytes), into: &result, with: ReaderTools(limits: limits))
  } catch {
    result.damage(error)
  }
  return result
}

/// What is made of bytes in memory with all that follows reading: pictures inside, contradictions.
func examine(_ bytes: [UInt8], as mediaType: String, _ limits: Limits = Limits()) -> ReadResult {
  var result = ReadResult()
  _ = result.read(ByteSource(bytes: bytes), of: MediaType(mediaType), with: ReaderTools(limits: limits))
  return result
}

extension ReadResult {
  var locations: [Location] {
    observations.compactMap { if case .location(let location) = $0.fact { location } else { nil } }
  }

  func timestamp(_ role: Role) -> Timestamp? {
    for observation in observations where observation.role == role {
      if case .timestamp(let timestamp) = observation.fact { return timestamp }
    }
    return nil
  }

  func text(_ kind: Kind, _ role: Role) -> String? {
    observations.first { $0.kind == kind && $0.role == role }?.text
  }

  /// All texts of a kind and role.
  func texts(_ kind: Kind, _ role: Role) -> [String] {
    observations.filter { $0.kind == kind && $0.role == role }.compactMap(\.text)
  }

  /// What is booked or planned.
  var journeys: [Reservation] {
    observations.compactMap { if case .travel(let reservation) = $0.fact { reservation } else { nil } }
  }

  var codes: [String] { diagnostics.map(\.code) }
  var isDamaged: Bool { diagnostics.contains { $0.nature == .damage } }
}

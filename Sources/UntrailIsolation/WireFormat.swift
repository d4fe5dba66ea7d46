internal import UntrailBytes
package import UntrailModel

/// The wire format by itself, for tests and fuzzing.
package enum WireFormat {
  /// - Returns: nil for bytes that are a breach of the protocol.
  package static func decode(_ bytes: UnsafeRawBufferPointer) -> Examination? {
    ExaminationCoding.decode(bytes, Artifact(path: PathBytes([])))
  }

  package static func encode(_ examination: Examination) -> [UInt8] {
    let buffer = ByteBuffer()
    ExaminationCoding.encode(examination, into: buffer)
    return buffer.withBytes { Array($0) }
  }

  /// Whether an examination comes through as it was.
  package static func survives(_ examination: Examination) -> Bool {
    encode(examination).withUnsafeBytes { decode($0) } == examination
  }
}

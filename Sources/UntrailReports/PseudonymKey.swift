internal import CSodium
internal import UntrailBytes

/// A secret that turns values into pseudonyms: the same value gives the same pseudonym in all reports made with it, and
/// nobody without it can try values out.
///
/// Source: RFC 2104 (HMAC), with SHA-256; ENISA, "Pseudonymisation techniques and best practices", 2019, section 5.1.4.
package struct PseudonymKey: Sendable {
  /// How long a key may be, in bytes.
  package static let lengths = 16...4096

  /// Ready for a message.
  private let start: crypto_auth_hmacsha256_state

  /// - Parameter bytes: the key; nil comes back for one of another length than `lengths`.
  package init?(_ bytes: [UInt8]) {
    guard Self.lengths.contains(bytes.count) else { return nil }
    var state = crypto_auth_hmacsha256_state()
    guard crypto_auth_hmacsha256_init(&state, bytes, bytes.count) == 0 else { return nil }
    start = state
  }

  /// The first 64 bits of the code of some texts. The purpose keeps apart what is made for different ends.
  func code(_ purpose: StaticString, _ parts: [[UInt8]]) -> UInt64 {
    var state = start
    func add(_ bytes: UnsafeBufferPointer<UInt8>) {
      // The length first, so that no two lists of texts are one message.
      withUnsafeBytes(of: UInt64(bytes.count).littleEndian) { length in
        _ = crypto_auth_hmacsha256_update(
          &state, length.baseAddress?.assumingMemoryBound(to: UInt8.self), UInt64(length.count))
      }
      _ = crypto_auth_hmacsha256_update(&state, bytes.baseAddress, UInt64(bytes.count))
    }
    add(UnsafeBufferPointer(start: purpose.utf8Start, count: purpose.utf8CodeUnitCount))
    for part in parts { part.withUnsafeBufferPointer(add) }
    var code = [UInt8](repeating: 0, count: Int(crypto_auth_hmacsha256_bytes()))
    crypto_auth_hmacsha256_final(&state, &code)
    return code.prefix(8).reduce(0) { $0 << 8 | UInt64($1) }
  }

  /// Tells keys apart without telling anything of them: 8 digits.
  package var id: String { String(code("key", []).hex.prefix(8)) }
}

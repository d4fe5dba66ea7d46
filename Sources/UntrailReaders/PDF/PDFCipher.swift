internal import CNettle

/// The digests and ciphers of locked documents, from nettle.
enum PDFCipher {
  static func md5(_ bytes: [UInt8]) -> [UInt8] {
    var context = md5_ctx()
    nettle_md5_init(&context)
    nettle_md5_update(&context, bytes.count, bytes)
    return digest(16) { nettle_md5_digest(&context, 16, $0) }
  }

  static func sha256(_ bytes: [UInt8]) -> [UInt8] {
    var context = sha256_ctx()
    nettle_sha256_init(&context)
    nettle_sha256_update(&context, bytes.count, bytes)
    return digest(32) { nettle_sha256_digest(&context, 32, $0) }
  }

  static func sha384(_ bytes: [UInt8]) -> [UInt8] {
    var context = sha512_ctx()
    nettle_sha384_init(&context)
    nettle_sha512_update(&context, bytes.count, bytes)
    return digest(48) { nettle_sha384_digest(&context, 48, $0) }
  }

  static func sha512(_ bytes: [UInt8]) -> [UInt8] {
    var context = sha512_ctx()
    nettle_sha512_init(&context)
    nettle_sha512_update(&context, bytes.count, bytes)
    return digest(64) { nettle_sha512_digest(&context, 64, $0) }
  }

  /// - Parameter key: 1 to 256 bytes.
  static func rc4(_ bytes: [UInt8], key: [UInt8]) -> [UInt8] {
    guard !bytes.isEmpty, (1...256).contains(key.count) else { return bytes }
    var context = arcfour_ctx()
    nettle_arcfour_set_key(&context, key.count, key)
    return digest(bytes.count) { nettle_arcfour_crypt(&context, bytes.count, $0, bytes) }
  }

  /// AES in CBC mode: a start of 16 bytes, whole blocks, the last of them filled up. Nil where the bytes are none.
  ///
  /// - Parameter key: 16 or 32 bytes.
  static func aes(_ bytes: [UInt8], key: [UInt8]) -> [UInt8]? {
    let count = (bytes.count - 16) & ~15
    guard count > 0 else { return bytes.count < 16 ? nil : [] }
    guard var clear = aesBlocks(Array(bytes[16..<(16 + count)]), key: key, start: Array(bytes[..<16])) else {
      return nil
    }
    if let fill = clear.last, (1...16).contains(fill) { clear.removeLast(Int(fill)) }
    return clear
  }

  /// Whole blocks of AES in CBC mode; nil where the key has another length.
  static func aesBlocks(_ bytes: [UInt8], key: [UInt8], start: [UInt8]) -> [UInt8]? {
    let count = bytes.count & ~15
    guard start.count == 16 else { return nil }
    var clear: [UInt8]
    switch key.count {
    case 16:
      var context = aes128_ctx()
      nettle_aes128_set_decrypt_key(&context, key)
      clear = digest(count) { nettle_aes128_decrypt(&context, count, $0, bytes) }
    case 32:
      var context = aes256_ctx()
      nettle_aes256_set_decrypt_key(&context, key)
      clear = digest(count) { nettle_aes256_decrypt(&context, count, $0, bytes) }
    default: return nil
    }
    for index in clear.indices { clear[index] ^= index < 16 ? start[index] : bytes[index - 16] }
    return clear
  }

  /// Encrypts whole blocks in CBC mode with a key of 16 bytes: a step of the digest of PDF 2.0.
  static func aesEncrypted(_ bytes: [UInt8], key: [UInt8], start: [UInt8]) -> [UInt8] {
    guard key.count == 16, start.count == 16, bytes.count % 16 == 0 else { return [] }
    var context = aes128_ctx()
    nettle_aes128_set_encrypt_key(&context, key)
    var start = start
    return digest(bytes.count) { nettle_cbc_aes128_encrypt(&context, &start, bytes.count, $0, bytes) }
  }

  private static func digest(_ count: Int, _ body: (UnsafeMutablePointer<UInt8>) -> Void) -> [UInt8] {
    [UInt8](unsafeUninitializedCapacity: count) { buffer, initialized in
      guard let base = buffer.baseAddress else { return }
      base.initialize(repeating: 0, count: count)
      body(base)
      initialized = count
    }
  }
}

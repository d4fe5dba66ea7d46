/// The standard lock of documents, opened with the password of nobody: most locked documents ask for none to be read.
///
///     /Encrypt << /Filter /Standard /V 4 /R 4 /Length 128 /P -1340 /O (32 bytes) /U (32 bytes)
///                 /CF << /StdCF << /CFM /AESV2 >> >> /StmF /StdCF /StrF /StdCF >>
///
/// Source: ISO 32000-2:2020, section 7.6; Adobe Supplement to ISO 32000, extension level 3, for revision 5.
struct PDFSecurity {
  enum Method {
    case none
    case rc4
    /// AES with a key for each object.
    case aes128
    /// AES with the key of the file.
    case aes256
  }

  /// Whether XMP is locked as everything else is.
  let isMetadataLocked: Bool
  /// Nil where the empty password does not open the document.
  private let key: [UInt8]?
  private let stringMethod: Method
  private let streamMethod: Method

  var isLocked: Bool { key == nil }

  private static let padding: [UInt8] = [
    0x28, 0xBF, 0x4E, 0x5E, 0x4E, 0x75, 0x8A, 0x41, 0x64, 0x00, 0x4E, 0x56, 0xFF, 0xFA, 0x01, 0x08,
    0x2E, 0x2E, 0x00, 0xB6, 0xD0, 0x68, 0x3E, 0x80, 0x2F, 0x0C, 0xA9, 0xFE, 0x64, 0x53, 0x69, 0x7A,
  ]

  /// - Parameters:
  ///   - dictionary: with all references resolved.
  ///   - id: the first half of the file's ID.
  init(_ dictionary: PDFDictionary, id: [UInt8]) {
    let version = dictionary["V"]?.integer ?? 0
    let revision = dictionary["R"]?.integer ?? 0
    var isMetadataLocked = true
    if case .boolean(false)? = dictionary["EncryptMetadata"], version >= 4 { isMetadataLocked = false }
    self.isMetadataLocked = isMetadataLocked
    if version >= 4 {
      stringMethod = Self.method(dictionary, "StrF")
      streamMethod = Self.method(dictionary, "StmF")
    } else {
      stringMethod = .rc4
      streamMethod = .rc4
    }
    guard dictionary["Filter"]?.name == "Standard", let owner = dictionary["O"]?.string?.bytes,
      let user = dictionary["U"]?.string?.bytes
    else {
      key = nil
      return
    }
    switch (version, revision) {
    case (1...4, 2...4):
      let bits = version == 1 ? 40 : version == 4 ? 128 : dictionary["Length"]?.integer ?? 40
      // Some write bytes where bits should stand.
      let length = min(max(bits < 40 ? bits : bits / 8, 5), 16)
      let permissions = UInt32(truncatingIfNeeded: dictionary["P"]?.integer ?? 0)
      key = Self.key(
        owner, user, permissions, id, length: length, revision: revision, isMetadataLocked: isMetadataLocked)
    case (5, 5...6):
      key = Self.longKey(user, dictionary["UE"]?.string?.bytes ?? [], revision: revision)
    default: key = nil
    }
  }

  private static func method(_ dictionary: PDFDictionary, _ use: String) -> Method {
    guard let name = dictionary[use]?.name, name != "Identity",
      let filter = dictionary["CF"]?.dictionary?[name]?.dictionary
    else { return .none }
    switch filter["CFM"]?.name {
    case "V2": return .rc4
    case "AESV2": return .aes128
    case "AESV3": return .aes256
    default: return .none
    }
  }

  /// Algorithm 2, and 4 or 5 to see whether the key is right.
  private static func key(
    _ owner: [UInt8], _ user: [UInt8], _ permissions: UInt32, _ id: [UInt8], length: Int, revision: Int,
    isMetadataLocked: Bool
  ) -> [UInt8]? {
    var input = padding + owner.prefix(32)
    for index in 0..<4 { input.append(UInt8(truncatingIfNeeded: permissions >> UInt32(8 * index))) }
    input += id
    if revision >= 4, !isMetadataLocked { input += [0xFF, 0xFF, 0xFF, 0xFF] }
    var digest = PDFCipher.md5(input)
    if revision >= 3 {
      for _ in 0..<50 { digest = PDFCipher.md5(Array(digest.prefix(length))) }
    }
    let key = Array(digest.prefix(length))
    if revision == 2 { return PDFCipher.rc4(padding, key: key).elementsEqual(user.prefix(32)) ? key : nil }
    var check = PDFCipher.md5(padding + id)
    for round in 0..<20 { check = PDFCipher.rc4(check, key: key.map { $0 ^ UInt8(round) }) }
    return check.elementsEqual(user.prefix(16)) ? key : nil
  }

  /// Algorithm 2.A: 32 bytes of digest, 8 to check with, 8 to make the key with.
  private static func longKey(_ user: [UInt8], _ locked: [UInt8], revision: Int) -> [UInt8]? {
    guard user.count >= 48, locked.count >= 32 else { return nil }
    func digest(_ salt: ArraySlice<UInt8>) -> [UInt8] {
      revision == 5 ? PDFCipher.sha256(Array(salt)) : longDigest(Array(salt))
    }
    guard digest(user[32..<40]).elementsEqual(user[..<32]) else { return nil }
    return PDFCipher.aesBlocks(
      Array(locked[..<32]), key: digest(user[40..<48]), start: [UInt8](repeating: 0, count: 16))
  }

  /// Algorithm 2.B, for the empty password.
  private static func longDigest(_ salt: [UInt8]) -> [UInt8] {
    var key = PDFCipher.sha256(salt)
    // It ends after a few dozen rounds; a bound, so that it does so in any case.
    for round in 1...512 {
      let block = Array(repeatElement(key, count: 64).joined())
      let encrypted = PDFCipher.aesEncrypted(block, key: Array(key[..<16]), start: Array(key[16..<32]))
      switch encrypted.prefix(16).reduce(0, { $0 + Int($1) }) % 3 {
      case 0: key = PDFCipher.sha256(encrypted)
      case 1: key = PDFCipher.sha384(encrypted)
      default: key = PDFCipher.sha512(encrypted)
      }
      if round >= 64, Int(encrypted.last ?? 0) <= round - 32 { break }
    }
    return Array(key.prefix(32))
  }

  // MARK: Strings and streams

  func string(_ bytes: [UInt8], of object: PDFReference) -> [UInt8] { open(bytes, stringMethod, object) }

  func stream(_ bytes: [UInt8], of object: PDFReference) -> [UInt8] { open(bytes, streamMethod, object) }

  /// Whether the bytes of streams stand in the file as they are.
  var leavesStreams: Bool { if case .none = streamMethod { true } else { false } }

  private func open(_ bytes: [UInt8], _ method: Method, _ object: PDFReference) -> [UInt8] {
    guard let key else { return bytes }
    switch method {
    case .none: return bytes
    case .rc4: return PDFCipher.rc4(bytes, key: objectKey(key, object, []))
    case .aes128: return PDFCipher.aes(bytes, key: objectKey(key, object, Array("sAlT".utf8))) ?? []
    case .aes256: return PDFCipher.aes(bytes, key: key) ?? []
    }
  }

  /// Algorithm 1.
  private func objectKey(_ key: [UInt8], _ object: PDFReference, _ salt: [UInt8]) -> [UInt8] {
    var input = key
    for shift in [0, 8, 16] { input.append(UInt8(truncatingIfNeeded: object.number >> shift)) }
    for shift in [0, 8] { input.append(UInt8(truncatingIfNeeded: object.generation >> shift)) }
    return Array(PDFCipher.md5(input + salt).prefix(min(key.count + 5, 16)))
  }
}

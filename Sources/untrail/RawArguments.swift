import UntrailModel

/// The arguments as the system gave them. `CommandLine.arguments` puts U+FFFD in place of what is not UTF-8, and no
/// file has that name.
enum RawArguments {
  /// The bytes behind an argument's text.
  static func path(_ text: String) -> PathBytes {
    guard text.unicodeScalars.contains("\u{FFFD}") else { return PathBytes(text) }
    for index in 1..<max(1, Int(CommandLine.argc)) {
      guard let argument = CommandLine.unsafeArgv[index] else { continue }
      let bytes = UnsafeBufferPointer(start: argument, count: length(argument)).map { UInt8(bitPattern: $0) }
      if String(decoding: bytes, as: UTF8.self) == text { return PathBytes(bytes) }
    }
    return PathBytes(text)
  }

  private static func length(_ text: UnsafePointer<CChar>) -> Int {
    var count = 0
    while text[count] != 0 { count += 1 }
    return count
  }
}

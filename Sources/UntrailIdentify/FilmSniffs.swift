internal import UntrailModel

/// Tells the containers of film and sound that libmagic does not know, and what cameras write beside a film.
enum FilmSniffs {
  /// Whether a RIFF file, in any of its forms, holds this kind of content.
  static func isRIFF(_ prefix: UnsafeRawBufferPointer, _ form: String) -> Bool {
    guard prefix.count >= 12, prefix[8..<12].elementsEqual(form.utf8) else { return false }
    return ["RIFF", "RIFX", "RF64", "BW64"].contains { prefix[..<4].elementsEqual($0.utf8) }
  }

  /// Whether it is EBML with this name of its kind, however long the lengths in its head are.
  static func isEBML(_ prefix: UnsafeRawBufferPointer, _ kind: String) -> Bool {
    prefix.starts(with: [0x1A, 0x45, 0xDF, 0xA3])
      && UnsafeRawBufferPointer(rebasing: prefix.prefix(128)).holds(kind)
  }

  /// Whether five packets of 188, 192 or 204 bytes begin as those of a transport stream.
  static func isTransportStream(_ prefix: UnsafeRawBufferPointer) -> Bool {
    [(188, 0), (192, 4), (204, 0)].contains { stride, lead in
      prefix.count > lead + 4 * stride && (0..<5).allSatisfy { prefix[lead + stride * $0] == 0x47 }
    }
  }

  /// Whether it is what a camcorder writes beside a film with the ending MOD.
  ///
  /// - Parameter prefix: a whole small file.
  static func isRecorderInformation(_ prefix: UnsafeRawBufferPointer) -> Bool {
    guard prefix.count >= 256, prefix.starts(with: "V6".utf8), prefix[2] == 0, prefix[3] == 0 else {
      return false
    }
    let (month, day, hour, minute) = (prefix[8], prefix[9], prefix[10], prefix[11])
    return (1...12).contains(month) && (1...31).contains(day) && hour < 24 && minute < 60
  }

  /// Whether it is the file in which a GoPro says what it is.
  static func isGoProVersion(_ prefix: UnsafeRawBufferPointer) -> Bool {
    prefix.contains(UInt8(ascii: "{")) && prefix.holds("\"camera type\"")
      && prefix.holds("\"firmware version\"")
  }
}

/// Makers of displays, by the three letters that they have in EDID.
///
/// Source: UEFI Forum, PNP ID registry; VESA E-EDID 1.4, section 3.4.1, for the packing.
enum DisplayMaker {
  /// - Parameter code: three letters of five bits each, A is 1; empty where they are none.
  static func name(ofCode code: UInt32) -> String {
    guard code > 0, code < 0x8000 else { return "" }
    var letters = ""
    for shift: UInt32 in [10, 5, 0] {
      let letter = code >> shift & 31
      guard (1...26).contains(letter), let scalar = Unicode.Scalar(0x40 + letter) else { return "" }
      letters.unicodeScalars.append(scalar)
    }
    return names[letters] ?? letters
  }

  private static let names = [
    "ACR": "Acer", "AOC": "AOC", "APP": "Apple", "AUS": "ASUS", "BNQ": "BenQ", "DEL": "Dell", "ENC": "EIZO",
    "GSM": "LG", "HPN": "HP", "HWP": "HP", "IVM": "Iiyama", "LEN": "Lenovo", "NEC": "NEC", "PHL": "Philips",
    "SAM": "Samsung", "SNY": "Sony", "VSC": "ViewSonic",
  ]
}

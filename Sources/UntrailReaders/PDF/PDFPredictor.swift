/// Undoes what was done to rows of bytes so that they pack better.
///
///     Predictor 2      TIFF: each sample is a difference to the one before
///     Predictor 10-15  PNG: the first byte of each row says how it was done
///
/// Source: ISO 32000-2:2020, section 7.4.4.4; PNG specification (ISO/IEC 15948:2004), section 9.
struct PDFPredictor {
  private let predictor: Int
  private let rowSize: Int
  private let pixelSize: Int
  private let isWholeBytes: Bool

  /// Nil where nothing was done, or where the parameters are none.
  init?(_ parameters: PDFDictionary?) {
    guard let parameters, let predictor = parameters["Predictor"]?.integer, predictor > 1 else { return nil }
    let colors = parameters["Colors"]?.integer ?? 1
    let bits = parameters["BitsPerComponent"]?.integer ?? 8
    let columns = parameters["Columns"]?.integer ?? 1
    guard (1...64).contains(colors), (1...16).contains(bits), (1...(1 << 24)).contains(columns) else {
      return nil
    }
    self.predictor = predictor
    rowSize = (colors * bits * columns + 7) / 8
    pixelSize = max(1, colors * bits / 8)
    isWholeBytes = bits == 8
  }

  func undo(_ bytes: [UInt8]) -> [UInt8] {
    if predictor >= 10 { return undoPNG(bytes) }
    guard isWholeBytes else { return bytes }
    var output = bytes
    for index in output.indices where index % rowSize >= pixelSize {
      output[index] = output[index] &+ output[index - pixelSize]
    }
    return output
  }

  private func undoPNG(_ bytes: [UInt8]) -> [UInt8] {
    var output: [UInt8] = []
    output.reserveCapacity(bytes.count)
    // What the parameters claim is not reserved before it is there.
    var above = [UInt8](repeating: 0, count: min(rowSize, bytes.count))
    var start = 0
    while start + 1 < bytes.count {
      var row = Array(bytes[(start + 1)..<min(start + 1 + rowSize, bytes.count)])
      undo(bytes[start], &row, above)
      output += row
      for index in row.indices { above[index] = row[index] }
      start += 1 + rowSize
    }
    return output
  }

  private func undo(_ kind: UInt8, _ row: inout [UInt8], _ above: [UInt8]) {
    for index in row.indices {
      let left = index >= pixelSize ? row[index - pixelSize] : 0
      switch kind {
      case 1: row[index] = row[index] &+ left
      case 2: row[index] = row[index] &+ above[index]
      case 3: row[index] = row[index] &+ UInt8((Int(left) + Int(above[index])) / 2)
      case 4:
        let corner = index >= pixelSize ? above[index - pixelSize] : 0
        row[index] = row[index] &+ Self.nearest(Int(left), Int(above[index]), Int(corner))
      default: return
      }
    }
  }

  private static func nearest(_ left: Int, _ above: Int, _ corner: Int) -> UInt8 {
    let guess = left + above - corner
    let (toLeft, toAbove, toCorner) = (abs(guess - left), abs(guess - above), abs(guess - corner))
    if toLeft <= toAbove, toLeft <= toCorner { return UInt8(left) }
    return UInt8(toAbove <= toCorner ? above : corner)
  }
}

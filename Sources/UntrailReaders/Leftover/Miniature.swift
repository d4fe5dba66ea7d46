internal import CTurboJPEG

/// A JPEG picture as a few grey cells, to hold two pictures against each other. Nobody looks at it, and nothing is
/// recognised in it.
struct Miniature {
  static let side = 24

  /// Width by height of the picture.
  let aspect: Double
  /// `side` rows of `side` cells, as so many standard deviations from the mean.
  let cells: [Double]

  /// - Parameters:
  ///   - jpeg: a whole JPEG file.
  ///   - pixelLimit: pictures of more pixels are not decoded.
  /// - Returns: nil where it cannot be decoded, or shows nothing but one grey.
  init?(_ jpeg: [UInt8], pixelLimit: Int) {
    guard let handle = tjInitDecompress() else { return nil }
    defer { tjDestroy(handle) }
    var (width, height, subsampling, colours): (Int32, Int32, Int32, Int32) = (0, 0, 0, 0)
    guard
      tjDecompressHeader3(handle, jpeg, UInt(jpeg.count), &width, &height, &subsampling, &colours) == 0,
      width > 0, height > 0, Int(width) * Int(height) <= pixelLimit
    else { return nil }
    // The coarsest of the sizes that the library decodes to and that still has cells enough.
    let divisor = Swift.min(width, height) >= 8 * Int32(Self.side) ? 8 : 1
    let (columns, rows) = ((Int(width) + divisor - 1) / divisor, (Int(height) + divisor - 1) / divisor)
    var grey = [UInt8](repeating: 0, count: columns * rows)
    // Damage in the coded data is none of our business here: what was decoded before it is there.
    let isDecoded =
      tjDecompress2(
        handle, jpeg, UInt(jpeg.count), &grey, Int32(columns), 0, Int32(rows), Int32(TJPF_GRAY.rawValue),
        Int32(TJFLAG_FASTDCT | TJFLAG_FASTUPSAMPLE)) == 0
    guard isDecoded else { return nil }
    self.init(grey, columns, rows)
  }

  private init?(_ grey: [UInt8], _ columns: Int, _ rows: Int) {
    // Cameras put black bars around a thumbnail whose picture has another shape.
    func isBar(_ values: some Sequence<UInt8>) -> Bool { values.allSatisfy { $0 < 24 } }
    var (top, bottom, left, right) = (0, rows, 0, columns)
    while bottom - top > Self.side, isBar(grey[(top * columns)..<((top + 1) * columns)]) { top += 1 }
    while bottom - top > Self.side, isBar(grey[((bottom - 1) * columns)..<(bottom * columns)]) { bottom -= 1 }
    func column(_ index: Int) -> some Sequence<UInt8> {
      (top..<bottom).lazy.map { grey[$0 * columns + index] }
    }
    while right - left > Self.side, isBar(column(left)) { left += 1 }
    while right - left > Self.side, isBar(column(right - 1)) { right -= 1 }
    guard bottom - top >= Self.side, right - left >= Self.side else { return nil }
    aspect = Double(right - left) / Double(bottom - top)
    var cells: [Double] = []
    for row in 0..<Self.side {
      let lines = (top + (bottom - top) * row / Self.side)..<(top + (bottom - top) * (row + 1) / Self.side)
      for column in 0..<Self.side {
        let places =
          (left + (right - left) * column / Self.side)..<(left + (right - left) * (column + 1) / Self.side)
        var sum = 0
        for line in lines { for place in places { sum += Int(grey[line * columns + place]) } }
        cells.append(Double(sum) / Double(lines.count * places.count))
      }
    }
    let mean = cells.reduce(0, +) / Double(cells.count)
    let deviation = (cells.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(cells.count)).squareRoot()
    guard deviation > 4 else { return nil }
    self.cells = cells.map { ($0 - mean) / deviation }
  }

  /// How much the part in which two pictures differ most differs: standard deviations, over a sixteenth of the picture.
  func difference(from other: Miniature) -> Double {
    let size = 6
    var greatest = 0.0
    for row in stride(from: 0, through: Self.side - size, by: 2) {
      for column in stride(from: 0, through: Self.side - size, by: 2) {
        var sum = 0.0
        for line in row..<(row + size) {
          for place in column..<(column + size) {
            sum += abs(cells[line * Self.side + place] - other.cells[line * Self.side + place])
          }
        }
        greatest = max(greatest, sum / Double(size * size))
      }
    }
    return greatest
  }
}

/// Reads the text of a KML coordinates element as it comes: tuples of numbers.
///
///     2.2945,48.8584,35 2.3376,48.8606      degrees east, degrees north, metres; blanks between tuples
///
/// A comma holds numbers together whatever blanks stand around it: some programs write them so.
///
/// Source: OGC 12-007r2 (KML 2.3), section 9.
struct KMLCoordinates {
  private var number: [UInt8] = []
  private var tuple: [Double] = []
  private var isBroken = false
  private var hasComma = false

  /// Takes a piece of the text; `body` gets each tuple of two numbers and more that is whole.
  mutating func take(_ piece: UnsafeBufferPointer<UInt8>, _ body: ([Double]) -> Void) {
    for byte in piece {
      switch byte {
      case UInt8(ascii: ","):
        endNumber()
        hasComma = true
      case 0...0x20: endNumber()
      default:
        if number.isEmpty, !hasComma { endTuple(body) }
        hasComma = false
        if number.count < 40 { number.append(byte) }
      }
    }
  }

  mutating func finish(_ body: ([Double]) -> Void) {
    endNumber()
    endTuple(body)
    hasComma = false
  }

  private mutating func endNumber() {
    guard !number.isEmpty else { return }
    let value = number.withUnsafeBufferPointer { WrittenNumber.readLoosely($0) }
    if let value { tuple.append(value) } else { isBroken = true }
    number.removeAll(keepingCapacity: true)
  }

  private mutating func endTuple(_ body: ([Double]) -> Void) {
    if tuple.count >= 2, !isBroken { body(tuple) }
    tuple.removeAll(keepingCapacity: true)
    isBroken = false
  }
}

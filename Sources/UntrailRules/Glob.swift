/// Names with `*`, `**` and `?`, matched in a time that is the product of both lengths at most.
enum Glob {
  private enum Part: Equatable {
    case byte(UInt8)
    /// One byte that is no slash.
    case one
    /// Any bytes that are no slash.
    case some
    /// Any bytes.
    case all
  }

  static func matches(_ glob: [UInt8], _ text: ArraySlice<UInt8>) -> Bool {
    var parts: [Part] = []
    for byte in glob {
      switch byte {
      case UInt8(ascii: "*"):
        if parts.last == .some {
          parts[parts.count - 1] = .all
        } else if parts.last != .all {
          parts.append(.some)
        }
      case UInt8(ascii: "?"): parts.append(.one)
      default: parts.append(.byte(byte))
      }
    }
    // reached[n]: whether the first n parts match what was read.
    var reached = Array(repeating: false, count: parts.count + 1)
    func skipEmpty(_ reached: inout [Bool]) {
      for (place, part) in parts.enumerated() where reached[place] {
        if part == .some || part == .all { reached[place + 1] = true }
      }
    }
    reached[0] = true
    skipEmpty(&reached)
    for byte in text {
      var next = Array(repeating: false, count: parts.count + 1)
      for (place, part) in parts.enumerated() where reached[place] {
        switch part {
        case .byte(let wanted): if wanted == byte { next[place + 1] = true }
        case .one: if byte != UInt8(ascii: "/") { next[place + 1] = true }
        case .some: if byte != UInt8(ascii: "/") { next[place] = true }
        case .all: next[place] = true
        }
      }
      skipEmpty(&next)
      reached = next
    }
    return reached[parts.count]
  }
}

internal import UntrailBytes
internal import UntrailModel

/// The comments of a PostScript text, line by line.
struct PostScriptComments {
  /// Photoshop resources, one entry for each document in the text.
  private(set) var resources: [[UInt8]] = []
  private let limits: Limits
  private var isInResources = false
  private var observationsLeft: Int

  init(_ limits: Limits) {
    self.limits = limits
    observationsLeft = 1000
  }

  /// - Parameters:
  ///   - bytes: the text.
  ///   - block: where it stands.
  mutating func read(_ bytes: UnsafeBufferPointer<UInt8>, _ block: ByteView, into result: inout ReadResult) {
    var start = 0
    while start < bytes.count {
      var end = start
      while end < bytes.count, bytes[end] != 0x0A, bytes[end] != 0x0D { end += 1 }
      if bytes[start] == UInt8(ascii: "%"), end - start > 2 {
        readLine(UnsafeBufferPointer(rebasing: bytes[start..<end]), at: block.place(start), into: &result)
      }
      start = end + 1
    }
  }

  private mutating func readLine(
    _ line: UnsafeBufferPointer<UInt8>, at place: Int?, into result: inout ReadResult
  ) {
    if isInResources {
      if line.starts(with: "%EndPhotoshop".utf8) { isInResources = false } else { addDigits(line) }
      return
    }
    if line.starts(with: "%BeginPhotoshop".utf8) {
      isInResources = resources.count < 16
      if isInResources { resources.append([]) }
      return
    }
    guard line[1] == UInt8(ascii: "%"), observationsLeft > 0,
      let colon = line.prefix(32).firstIndex(of: UInt8(ascii: ":")),
      let value = BoundedText.decode(Self.unwrapped(line[(colon + 1)...]), limits), value != "(atend)",
      value != "atend", BoundedText.isPrintable(value)
    else { return }
    observationsLeft -= 1
    observe(String(decoding: line[2..<colon], as: UTF8.self), value, at: place, into: &result)
  }

  /// The text without blanks and the parentheses of a PostScript string around it.
  private static func unwrapped(_ bytes: Slice<UnsafeBufferPointer<UInt8>>) -> Slice<
    UnsafeBufferPointer<UInt8>
  > {
    var bytes = bytes
    while let first = bytes.first, first <= 0x20 { bytes = bytes.dropFirst() }
    while let last = bytes.last, last <= 0x20 { bytes = bytes.dropLast() }
    let inner = bytes.dropFirst().dropLast()
    // "(8/16/17) (12:18 PM)" is two strings.
    guard bytes.first == UInt8(ascii: "("), bytes.last == UInt8(ascii: ")"),
      !inner.contains(UInt8(ascii: "("))
    else { return bytes }
    return inner
  }

  /// "(Mara Example) (Example Press)" is a name and whom it works for; anything else is one text.
  private static func strings(_ value: String) -> [String] {
    guard value.hasPrefix("("), value.hasSuffix(")") else { return [value] }
    return value.dropFirst().dropLast().split(separator: ") (", omittingEmptySubsequences: false).map(
      String.init)
  }

  private func observe(_ key: String, _ value: String, at place: Int?, into result: inout ReadResult) {
    func add(_ role: Role, _ fact: Observation.Fact, _ name: String) {
      let observation = Observation(role, fact, field: "PostScript:\(name)", offset: place)
      // Documents inside each other repeat what they say.
      let isKnown = result.observations.contains {
        $0.role == role && $0.fact == fact && $0.field == observation.field
      }
      if !isKnown { result.observations.append(observation) }
    }
    func addTime(_ role: Role, _ name: String) {
      if let timestamp = WrittenTime.read(value) {
        add(role, .timestamp(timestamp), name)
      } else if value.contains(where: \.isNumber) {
        // Which is the day and which the month, the writer knew.
        add(.comment, .text(value), name)
      }
    }
    switch key {
    case "Creator": add(.processing, .software(value), "Creator")
    case "For":
      let names = Self.strings(value)
      if let name = names.first, !name.isEmpty { add(.owner, .person(name), "For") }
      if names.count > 1, !names[1].isEmpty { add(.organization, .person(names[1]), "For") }
    case "Author": add(.author, .person(value), "Author")
    case "Copyright": add(.copyright, .person(value), "Copyright")
    case "Title": add(.title, .text(value), "Title")
    case "Subject": add(.subject, .text(value), "Subject")
    case "Keywords": add(.keywords, .text(value), "Keywords")
    case "Routing": add(.address, .contact(value), "Routing")
    case "CreationDate": addTime(.created, "CreateDate")
    case "ModDate": addTime(.modified, "ModifyDate")
    default: break
    }
  }

  /// A line of hexadecimal digits: "% 3842494D...".
  private mutating func addDigits(_ line: UnsafeBufferPointer<UInt8>) {
    let room = limits.structure - resources[resources.count - 1].count
    guard room > line.count else { return }
    resources[resources.count - 1] += Hexadecimal.bytes(line.dropFirst())
  }
}

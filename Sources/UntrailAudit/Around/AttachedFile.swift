/// Files that hold what another file beside them has besides its content, by their names:
///
///     ._IMG_1.jpg                     AppleDouble
///     IMG_1.jpg:Zone.Identifier       a stream of Windows, as tools copy it
///     .~lock.plan.odt#  ~$plan.docx   locks; of long names Word leaves out the first two letters
///     .plan.txt.swp                   vim
enum AttachedFile {
  private static let zone = Array(":Zone.Identifier".utf8)
  private static let lock = Array(".~lock.".utf8)
  private static let swap = Array(".swp".utf8)

  /// The name of the file that a file belongs to, where such a file is there.
  ///
  /// - Parameters:
  ///   - name: of the file that may belong to another.
  ///   - exists: whether a name is in the same folder.
  static func subject(of name: ArraySlice<UInt8>, exists: ([UInt8]) -> Bool) -> [UInt8]? {
    guard let first = name.first, let last = name.last else { return nil }
    switch first {
    case UInt8(ascii: "."):
      if name.starts(with: [UInt8(ascii: "."), UInt8(ascii: "_")]) {
        return existing(name.dropFirst(2), exists)
      }
      if last == UInt8(ascii: "#"), name.starts(with: lock) {
        return existing(name.dropFirst(lock.count).dropLast(), exists)
      }
      return name.suffix(swap.count).elementsEqual(swap)
        ? existing(name.dropFirst().dropLast(swap.count), exists) : nil
    case UInt8(ascii: "~") where name.dropFirst().first == UInt8(ascii: "$"):
      return existing(name.dropFirst(2), exists)
    default:
      guard last == UInt8(ascii: "r"), name.count > zone.count else { return nil }
      return name.suffix(zone.count).elementsEqual(zone) ? existing(name.dropLast(zone.count), exists) : nil
    }
  }

  private static func existing(_ name: ArraySlice<UInt8>, _ exists: ([UInt8]) -> Bool) -> [UInt8]? {
    let subject = Array(name)
    return !subject.isEmpty && exists(subject) ? subject : nil
  }
}

internal import UntrailBytes
internal import UntrailModel

/// One element of an XML part, with what was asked for of it.
struct PartElement {
  var name: String
  /// The names of the elements around it, from the outside.
  var path: [String]
  /// The attributes that were asked for, as far as they are there.
  var attributes: [String: String]
  var text: String

  var parent: String { path.last ?? "" }
  subscript(_ name: String) -> String? { attributes[name] }
}

/// Collects the elements of an XML part that somebody asks for, by their names without prefix, in the order in which
/// they end.
final class PartElements: XMLDocumentHandler {
  /// Attributes by the name of the element.
  typealias Wanted = [String: [StaticString]]

  private let wanted: Wanted
  private let limits: Limits
  /// The element whose long text, in Base64, is collected.
  private let blob: String?
  private var elements: [PartElement] = []
  private var blobs: [[UInt8]] = []
  private var path: [String] = []
  /// The attributes of the open elements that are wanted.
  private var open: [[String: String]] = []
  private var isFull = false
  private var blobBytes = 0

  private init(_ wanted: Wanted, blob: String?, _ limits: Limits) {
    self.wanted = wanted
    self.blob = blob
    self.limits = limits
  }

  /// The wanted elements of a part. What is wrong with it is added to `result`, without a place: parts are packed.
  static func read(
    _ bytes: [UInt8], _ wanted: Wanted, _ limits: Limits, into result: inout ReadResult
  ) -> [PartElement] {
    read(ByteSource(bytes: bytes, isJoined: true), wanted, limits, into: &result).elements
  }

  /// - Parameter blob: the name of the elements whose text is collected whole, up to one structure each.
  static func read(
    _ source: ByteSource, _ wanted: Wanted, blob: String? = nil, _ limits: Limits,
    into result: inout ReadResult
  ) -> (elements: [PartElement], blobs: [[UInt8]]) {
    let handler = PartElements(wanted, blob: blob, limits)
    if let flaw = XMLDocument.read(source, limits, handler) {
      result.damage(flaw.code.rawValue, flaw.what, at: nil)
    }
    if handler.isFull {
      result.damageOnce("limit", "more than \(limits.entries) elements of a part that say something")
    }
    return (handler.elements, handler.blobs)
  }

  func wantsText(of name: String) -> Bool { wanted[name] != nil || name == blob }

  func start(_ tag: XMLStartTag) {
    path.append(tag.name)
    if tag.name == blob, blobs.count < limits.members { blobs.append([]) }
    guard let names = wanted[tag.name] else { return }
    var attributes: [String: String] = [:]
    for name in names { attributes["\(name)"] = tag.attribute(name) }
    open.append(attributes)
  }

  func end(_ name: String, text: UnsafeBufferPointer<UInt8>) {
    if !path.isEmpty { path.removeLast() }
    guard wanted[name] != nil, let attributes = open.popLast() else { return }
    guard elements.count < limits.entries else {
      isFull = true
      return
    }
    elements.append(
      PartElement(
        name: name, path: path, attributes: attributes, text: String(decoding: text, as: UTF8.self)))
  }

  func takePiece(of name: String, _ text: UnsafeBufferPointer<UInt8>) -> Bool {
    guard let blob, name == blob else { return false }
    if !blobs.isEmpty, blobBytes + text.count <= limits.bytes {
      blobBytes += text.count
      blobs[blobs.count - 1] += text
    }
    return true
  }
}

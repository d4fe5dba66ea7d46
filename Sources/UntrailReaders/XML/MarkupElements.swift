internal import UntrailBytes
internal import UntrailModel

/// An element of a small XML document, with what stands in it besides other elements.
struct MarkupElement {
  /// The names of the elements around it and its own, from the outside, without prefixes.
  var path: [String]
  /// Names without prefixes.
  var attributes: [(name: String, value: String, offset: Int?)]
  /// Trimmed; empty where there are elements in it.
  var text = ""
  /// Bytes from the start of the file to the text.
  var offset: Int?

  var name: String { path.last ?? "" }

  func attribute(_ name: String) -> (value: String, offset: Int?)? {
    attributes.first { $0.name == name && !$0.value.isEmpty }.map { ($0.value, $0.offset) }
  }

  /// Whether one of the elements around it has this name.
  func isInside(_ name: String) -> Bool { path.dropLast().contains(name) }
}

/// Collects the elements of a small XML document, in the order in which they begin.
final class MarkupElements: XMLHandler {
  private let text: XMLText
  private let limits: Limits
  private var elements: [MarkupElement] = []
  /// Places in `elements` of those that are open.
  private var open: [Int] = []
  private var value: [UInt8] = []
  private var hasChild = false

  private init(_ text: XMLText, _ limits: Limits) {
    self.text = text
    self.limits = limits
  }

  /// The elements; what is wrong with the document is among the diagnostics.
  static func read(_ view: ByteView, into result: inout ReadResult, _ limits: Limits) -> [MarkupElement] {
    let text = XMLText([view], limits)
    let handler = MarkupElements(text, limits)
    let flaw = XMLStream.read(text, handler)
    if let flaw = text.flaw ?? flaw { result.damage(flaw) }
    if handler.isFull { result.damage("limit", "more than \(limits.entries) elements", at: view.place(0)) }
    return handler.elements
  }

  var isFull: Bool { elements.count >= limits.entries || open.count > 64 }

  func start(_ element: XMLElement) {
    let path = open.last.map { elements[$0].path } ?? []
    open.append(elements.count)
    elements.append(
      MarkupElement(
        path: path + [element.name.local],
        attributes: element.attributes.map { attribute in
          (
            attribute.name.local, attribute.value.trimmedText,
            attribute.range.flatMap { text.place($0.lowerBound) }
          )
        }, offset: text.place(element.contentStart)))
    value = []
    hasChild = false
  }

  func end(at offset: Int) {
    if let index = open.popLast(), !hasChild {
      elements[index].text = BoundedText.decode(value, limits) ?? ""
    }
    hasChild = true
  }

  func text(_ bytes: UnsafeBufferPointer<UInt8>) {
    if !hasChild, value.count <= limits.text { value += bytes.prefix(limits.text + 1 - value.count) }
  }

  func comment(_ bytes: UnsafeBufferPointer<UInt8>) {}
}

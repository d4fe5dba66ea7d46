/// Turns RDF, as XMP writes it and as others do, into flat properties.
///
///     rdf:RDF
///       rdf:Description rdf:about="" dc:format="image/jpeg"        a property as an attribute
///         xmp:Rating 5                                             or as an element
///         dc:creator / rdf:Seq / rdf:li                            array: Bag, Seq or Alt
///         xmpMM:DerivedFrom rdf:parseType="Resource" / stRef:...   structure
///         xmpMM:DerivedFrom / rdf:Description / stRef:...          the same, written out
///         xmpMM:DerivedFrom stRef:documentID="..."                 the same, in short
///         cc:license rdf:resource="..."                            value that is an address
///         xmp:Identifier / rdf:Description / rdf:value             value with qualifiers beside it
///         dc:subject rdf:nodeID="a"                                value that stands in another node
///
/// Source: RDF 1.1 XML Syntax (2014), section 7; XMP specification part 1, section 7.
final class RDFReader: XMLHandler {
  private(set) var properties: [XMPProperty] = []
  /// Whether something stood deeper than the limits allow.
  private(set) var isTooDeep = false
  private(set) var isFull = false
  /// Whether an rdf:RDF element was met.
  private(set) var hasRDF = false

  private let text: XMLText
  private let nesting: Int
  private let propertyLimit: Int
  private let valueLimit: Int
  /// Bytes of values that are taken over by what points to them.
  private static let copyLimit = 1 << 20
  private var frames: [Frame] = []
  /// Elements below the deepest that is read.
  private var skipped = 0
  /// Where the properties of the nodes with names of their own stand in `properties`.
  private var nodes: [String: Range<Int>] = [:]
  private var references: [(path: [XMPStep], node: String)] = []

  private enum Role {
    /// Around rdf:RDF.
    case outside
    /// rdf:RDF: its children are nodes.
    case graph
    /// Its children are properties of what the path names.
    case node
    /// An array: its children are items.
    case array
    case property
    /// An element in a property that no container is: a node of a type of its own, or, where it holds only
    /// text, a field that its writer put there without a node around it.
    case typedNode(XMPStep)
    /// Its children are part of its text.
    case literal
  }

  private struct Frame {
    var role: Role
    var path: [XMPStep]
    var language = ""
    var value: [UInt8] = []
    var byteCount = 0
    var hasChildren = false
    var itemCount = 0
    /// Where the text of the element begins.
    var start: Int
    var nodeName: (name: String, first: Int)?
  }

  init(_ text: XMLText, nesting: Int, properties: Int, value: Int) {
    self.text = text
    self.nesting = nesting
    propertyLimit = properties
    valueLimit = value
  }

  // MARK: Events

  func start(_ element: XMLElement) {
    // Three elements make a level: property, container, item.
    guard skipped == 0, frames.count < 3 * nesting + 8 else {
      skipped += 1
      isTooDeep = true
      return
    }
    let prefix = XMPNamespace.prefix(element.name)
    let isRDF = prefix == XMPNamespace.rdf
    let parent = frames.last
    if !frames.isEmpty { frames[frames.count - 1].hasChildren = true }
    switch parent?.role ?? .outside {
    case .outside: startOutside(element, prefix)
    case .graph: startNode(element, prefix, path: [])
    case .node: startProperty(element, prefix, parent?.path ?? [])
    case .array: startItem(element, prefix, parent)
    case .typedNode:
      frames[frames.count - 1].role = .node
      startProperty(element, prefix, parent?.path ?? [])
    case .literal: push(.literal, parent?.path ?? [], element)
    case .property:
      let path = parent?.path ?? []
      if isRDF {
        startNode(element, prefix, path: path)
      } else {
        push(.typedNode(XMPStep(prefix: prefix, name: element.name.local)), path, element)
        addAttributes(of: element, below: path)
      }
    }
  }

  func end(at offset: Int) {
    if skipped > 0 {
      skipped -= 1
      return
    }
    guard let frame = frames.popLast() else { return }
    if let (name, first) = frame.nodeName, nodes[name] == nil { nodes[name] = first..<properties.count }
    switch frame.role {
    case .literal where !isLiteral(frames.last):
      add(frame.path, frame, endingAt: offset)
    case .literal:
      frames[frames.count - 1].value += frame.value
      frames[frames.count - 1].byteCount += frame.byteCount
    case .property where !frame.hasChildren: add(frame.path, frame, endingAt: offset)
    case .typedNode(let step): add(frame.path + [step], frame, endingAt: offset)
    default: break
    }
    if frames.isEmpty { resolve() }
  }

  func text(_ bytes: UnsafeBufferPointer<UInt8>) {
    guard skipped == 0, !frames.isEmpty else { return }
    let top = frames.count - 1
    switch frames[top].role {
    case .outside, .graph, .node, .array: return
    case .property, .typedNode, .literal: break
    }
    frames[top].byteCount += bytes.count
    let room = valueLimit - frames[top].value.count
    if room > 0 { frames[top].value += bytes.prefix(room) }
  }

  func comment(_ bytes: UnsafeBufferPointer<UInt8>) {}

  // MARK: Elements

  private func push(_ role: Role, _ path: [XMPStep], _ element: XMLElement) {
    frames.append(Frame(role: role, path: path, start: element.contentStart))
  }

  private func startOutside(_ element: XMLElement, _ prefix: String) {
    if prefix == XMPNamespace.rdf {
      if element.name.local == "RDF" {
        hasRDF = true
        return push(.graph, [], element)
      }
      // A node without rdf:RDF around it.
      hasRDF = true
      return startNode(element, prefix, path: [])
    }
    if let toolkit = element.attributes.first(where: { $0.name.local == "xmptk" }) {
      add([XMPStep(prefix: "x", name: "xmptk")], toolkit)
    }
    push(.outside, [], element)
  }

  /// A node or a container.
  private func startNode(_ element: XMLElement, _ prefix: String, path: [XMPStep]) {
    let isContainer =
      prefix == XMPNamespace.rdf && ["Bag", "Seq", "Alt", "List"].contains(element.name.local)
    push(isContainer ? .array : .node, path, element)
    if path.count > nesting {
      isTooDeep = true
      frames[frames.count - 1].role = .literal
      frames[frames.count - 1].path = []
      return
    }
    if let name = attribute("nodeID", of: element), path.isEmpty {
      frames[frames.count - 1].nodeName = (name.value, properties.count)
    }
    // An id of the document, or "", or words.
    if path.isEmpty, let about = attribute("about", of: element), about.value.contains(where: \.isNumber) {
      add([XMPStep(prefix: XMPNamespace.rdf, name: "about")], about)
    }
    addAttributes(of: element, below: path)
  }

  private func startItem(_ element: XMLElement, _ prefix: String, _ parent: Frame?) {
    guard let parent else { return }
    frames[frames.count - 1].itemCount += 1
    var path = parent.path
    if let last = path.indices.last {
      // An array in an array: the outer number says more.
      if path[last].index == nil { path[last].index = parent.itemCount + 1 }
    } else {
      path = [XMPStep(prefix: XMPNamespace.rdf, name: "li", index: parent.itemCount + 1)]
    }
    openProperty(element, path)
  }

  private func startProperty(_ element: XMLElement, _ prefix: String, _ base: [XMPStep]) {
    if prefix == XMPNamespace.rdf {
      // The value that qualifiers belong to; the type of a node says nothing.
      if element.name.local == "value", !base.isEmpty { return openProperty(element, base) }
      if element.name.local == "type" { return push(.literal, [], element) }
    }
    openProperty(element, base + [XMPStep(prefix: prefix, name: element.name.local)])
  }

  private func openProperty(_ element: XMLElement, _ path: [XMPStep]) {
    switch attribute("parseType", of: element)?.value {
    case "Resource": push(.node, path, element)
    case "Collection": push(.array, path, element)
    case "Literal": push(.literal, path, element)
    default: push(.property, path, element)
    }
    let top = frames.count - 1
    frames[top].language =
      element.attributes.first { $0.name.local == "lang" && $0.name.prefix == "xml" }?.value ?? ""
    if path.count > nesting {
      isTooDeep = true
      frames[top].role = .literal
      frames[top].path = []
      return
    }
    if let resource = attribute("resource", of: element) { add(path, resource) }
    if let node = attribute("nodeID", of: element) { references.append((path, node.value)) }
    addAttributes(of: element, below: path)
  }

  // MARK: Values

  private func attribute(_ local: String, of element: XMLElement) -> XMLAttribute? {
    element.attributes.first {
      $0.name.local == local
        && (XMPNamespace.prefix($0.name) == XMPNamespace.rdf || $0.name.prefix.isEmpty && local == "about")
    }
  }

  /// Properties, or fields of a structure, that are written as attributes.
  private func addAttributes(of element: XMLElement, below path: [XMPStep]) {
    for attribute in element.attributes {
      let prefix = XMPNamespace.prefix(attribute.name)
      switch prefix {
      case "", "xml", "xmlns": continue
      case XMPNamespace.rdf:
        if attribute.name.local == "value", !path.isEmpty { add(path, attribute) }
      default: add(path + [XMPStep(prefix: prefix, name: attribute.name.local)], attribute)
      }
    }
  }

  private func add(_ path: [XMPStep], _ attribute: XMLAttribute) {
    let value = attribute.value.trimmed
    guard !value.isEmpty, !path.isEmpty else { return }
    let dropped = attribute.range.map { text.droppedCount(in: $0) } ?? 0
    append(
      XMPProperty(
        path: path, value: value, byteCount: attribute.value.utf8.count + dropped,
        place: attribute.range.flatMap { text.place($0.lowerBound) }))
  }

  private func add(_ path: [XMPStep], _ frame: Frame, endingAt end: Int) {
    let value = String(decoding: frame.value, as: UTF8.self).trimmed
    guard !value.isEmpty, !path.isEmpty else { return }
    var start = frame.start
    while start < min(end, text.bytes.count), text.bytes[start] <= 0x20 { start += 1 }
    append(
      XMPProperty(
        path: path, value: value, language: frame.language,
        byteCount: frame.byteCount + text.droppedCount(in: frame.start..<max(frame.start, end)),
        place: text.place(start)))
  }

  private func append(_ property: XMPProperty) {
    guard !property.path.isEmpty else { return }
    guard properties.count < propertyLimit else {
      isFull = true
      return
    }
    properties.append(property)
  }

  private func isLiteral(_ frame: Frame?) -> Bool {
    if case .literal = frame?.role { true } else { false }
  }

  /// Gives values that stand in nodes of their own the ways of the properties that point to them.
  private func resolve() {
    // Many may point to one.
    var copied = 0
    for (path, name) in references {
      guard let range = nodes[name] else { continue }
      for var property in properties[range] {
        copied += property.value.utf8.count
        if copied > Self.copyLimit { isFull = true }
        if property.path.first?.key == "rdf:li" {
          var own = path
          own[own.count - 1].index = property.path[0].index
          property.path = own + property.path.dropFirst()
        } else {
          property.path = path + property.path
        }
        append(property)
        if isFull { return }
      }
    }
    references = []
  }
}

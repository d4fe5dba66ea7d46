internal import UntrailBytes
internal import UntrailModel

/// One value of an XML file of settings, with the elements that it stands in.
struct MarkupSetting {
  /// The names of the elements around it, from the outside.
  var path: [String]
  /// What its element calls it: the attribute "name", or the name of the element.
  var name: String
  var value: String
  var offset: Int?
}

/// Collects the values of an XML file of settings: the text in elements without others in them, and the attribute
/// "value".
final class NetworkMarkup: XMLHandler {
  private(set) var settings: [MarkupSetting] = []
  private let text: XMLText
  private let limits: Limits
  private var path: [String] = []
  private var names: [String] = []
  private var value: [UInt8] = []
  private var valueStart = 0
  private var isLeaf = false

  init(_ text: XMLText, _ limits: Limits) {
    self.text = text
    self.limits = limits
  }

  static func read(
    _ source: ByteSource, into result: inout ReadResult, _ limits: Limits
  ) -> [MarkupSetting] {
    let text = XMLText([ByteView(source, start: 0, count: source.count)], limits)
    let handler = NetworkMarkup(text, limits)
    let flaw = XMLStream.read(text, handler)
    if let flaw = text.flaw ?? flaw { result.damage(flaw) }
    if handler.isFull { result.damage("limit", "more than \(limits.entries) settings", at: nil) }
    return handler.settings
  }

  var isFull: Bool { settings.count >= limits.entries }

  func start(_ element: XMLElement) {
    let name = element.attributes.first { $0.name.local == "name" }?.value
    path.append(element.name.local)
    names.append(name ?? element.name.local)
    value = []
    valueStart = element.contentStart
    isLeaf = true
    if let attribute = element.attributes.first(where: { $0.name.local == "value" }) {
      isLeaf = false
      let offset = attribute.range.flatMap { text.place($0.lowerBound) }
      // An item has the name of its list.
      let label = element.name.local == "item" ? names.dropLast().last ?? "item" : names[names.count - 1]
      add(label, attribute.value, offset)
    }
  }

  func end(at offset: Int) {
    if isLeaf, let name = names.last {
      add(name, String(decoding: value, as: UTF8.self), text.place(valueStart))
    }
    isLeaf = false
    if !path.isEmpty {
      path.removeLast()
      names.removeLast()
    }
  }

  func text(_ bytes: UnsafeBufferPointer<UInt8>) {
    if isLeaf, value.count < 2 * limits.text { value += bytes }
  }

  func comment(_ bytes: UnsafeBufferPointer<UInt8>) {}

  private func add(_ name: String, _ value: String, _ offset: Int?) {
    let value = value.trimmedText
    guard !value.isEmpty, path.count <= 64 else { return }
    settings.append(MarkupSetting(path: path, name: name, value: value, offset: offset))
  }
}

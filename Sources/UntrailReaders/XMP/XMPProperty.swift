/// One step of the way to a value: a property of the subject, or a field of a structure.
struct XMPStep {
  /// The usual prefix of the namespace, or the file's own where it is not known.
  let prefix: String
  let name: String
  /// As `xmpMM:History`.
  let key: String
  /// The item of an array, from 1; nil where the property is none.
  var index: Int?

  init(prefix: String, name: String, index: Int? = nil) {
    self.prefix = prefix
    self.name = name
    key = prefix + ":" + name
    self.index = index
  }
}

/// One value of XMP, and the way to it: `xmpMM:History[2]/stEvt:when`.
struct XMPProperty {
  /// Never empty.
  var path: [XMPStep]
  var value: String
  /// The language of one of several texts; empty where none is stated.
  var language = ""
  /// Bytes of the value, also of what was not kept of a long one.
  var byteCount: Int
  /// Bytes from the start of the file to the value; nil where it stands nowhere in it as it is here.
  var place: Int?

  /// The last step: what the value itself is called.
  var leaf: XMPStep { path[path.count - 1] }

  /// The way without the numbers of array items: `xmpMM:History/stEvt:when`.
  var key: String { path.map(\.key).joined(separator: "/") }

  /// What the value stands beside: all but the last step.
  var parent: ArraySlice<XMPStep> { path.dropLast() }
}

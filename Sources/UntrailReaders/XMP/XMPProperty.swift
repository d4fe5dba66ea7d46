/// One step of the way to a value: a property of the subject, or a field of a structure.
struct XMPStep: Equatable {
  /// The usual prefix of the namespace, or the file's own where it is not known.
  var prefix: String
  var name: String
  /// The item of an array, from 1; nil where the property is none.
  var index: Int?

  /// As `xmpMM:History`.
  var key: String { prefix + ":" + name }
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
  var leaf: XMPStep { path.last ?? XMPStep(prefix: "", name: "") }

  /// The way without the numbers of array items: `xmpMM:History/stEvt:when`.
  var key: String { path.map(\.key).joined(separator: "/") }

  /// What the value stands beside: all but the last step.
  var parent: ArraySlice<XMPStep> { path.dropLast() }
}

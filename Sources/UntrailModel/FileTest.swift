/// Which files a rule is for. All that is given must hold.
package struct FileTest: Sendable, Equatable {
  /// Media types, or what they begin with (`video/`); empty for any.
  package var types: [String]
  /// Media types, or what they begin with, that are left out; empty for none.
  package var exceptTypes: [String]
  /// Whether the file must be inside another one, or must not be; nil for either.
  package var isInside: Bool?

  package init(types: [String] = [], exceptTypes: [String] = [], isInside: Bool? = nil) {
    self.types = types
    self.exceptTypes = exceptTypes
    self.isInside = isInside
  }

  package func admits(mediaType: String, isInside: Bool) -> Bool {
    if let asked = self.isInside, asked != isInside { return false }
    if !types.isEmpty, !types.contains(where: mediaType.hasPrefix) { return false }
    return !exceptTypes.contains(where: mediaType.hasPrefix)
  }
}

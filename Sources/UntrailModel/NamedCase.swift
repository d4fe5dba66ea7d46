/// A case that has a name in records, rules and on the command line.
package protocol NamedCase: CaseIterable {
  var name: String { get }
}

extension NamedCase {
  /// The case of that name; nil where there is none.
  package init?(name: some StringProtocol) {
    guard let match = Self.allCases.first(where: { $0.name == name }) else { return nil }
    self = match
  }
}

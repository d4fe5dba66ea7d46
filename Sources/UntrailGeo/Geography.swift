internal import CGeography
package import UntrailModel

/// Countries, towns, airports and time zones without a network.
package struct Geography: Sendable {
  package init() {}
}

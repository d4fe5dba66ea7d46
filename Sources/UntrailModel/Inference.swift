/// What was derived from many files together: the fact of an observation of the kind `movement`.
///
/// Made after the last file of a run and never by a reader, so it does not cross the worker's wire.
package struct Inference: Sendable, Equatable {
  /// In words; empty where there is nothing to say. Printed only at `exact`.
  package var text = ""
  package var coordinate: Coordinate?
  /// ISO 3166-1 alpha-2; empty where unknown.
  package var country = ""
  /// What is counted depends on the role: stays, meetings, points, files.
  package var count = 0
  /// Different local dates.
  package var days = 0
  package var nights = 0
  /// How sure it is, 0 to 1.
  package var confidence = 0.0
  /// Seconds since 1970-01-01T00:00:00 UTC.
  package var start: Int64?
  package var end: Int64?
  /// Metres.
  package var distance: Double?

  package init() {}
}

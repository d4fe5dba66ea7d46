package import UntrailModel

/// Makes stays, places, trips and the like out of position fixes.
package enum MovementAnalysis {}

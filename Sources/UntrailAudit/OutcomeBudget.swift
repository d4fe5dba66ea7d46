internal import UntrailModel

/// What the outcome of one file, with the files inside it, may hold: it must fit into a worker's answer.
struct OutcomeBudget {
  /// Bytes that all texts may have together.
  private static let textsLimit = 4 << 20

  private let limits: Limits
  private var observationsLeft: Int
  private var diagnosticsLeft: Int
  private var bytesLeft = Self.textsLimit
  private var pointsLeft: Int

  init(_ limits: Limits) {
    self.limits = limits
    observationsLeft = limits.observations
    diagnosticsLeft = limits.observations
    pointsLeft = limits.points
  }

  /// Cuts what is too much, and says so.
  consuming func keep(_ examination: inout Examination) {
    keepOne(&examination)
    for index in examination.members.indices { keepOne(&examination.members[index]) }
  }

  private mutating func keepOne(_ examination: inout Examination) {
    var isTextCut = false
    var isPointCut = false
    var kept = 0
    var areTextsFull = false
    for index in examination.observations.indices {
      if examination.observations[index].cut(to: limits.text) { isTextCut = true }
      bytesLeft -= examination.observations[index].textByteCount
      areTextsFull = bytesLeft < 0
      if areTextsFull { break }
      if case .track(var track) = examination.observations[index].fact {
        if track.points.count > pointsLeft {
          track.points.removeLast(track.points.count - pointsLeft)
          examination.observations[index].fact = .track(track)
          isPointCut = true
        }
        pointsLeft -= track.points.count
      }
      kept += 1
    }
    func damage(_ message: String) {
      examination.diagnostics.append(Diagnostic("limit", message))
      if examination.coverage == .read { examination.coverage = .partial }
    }
    examination.observations.removeLast(examination.observations.count - kept)
    if isTextCut { damage("a text longer than \(limits.text) bytes is cut") }
    if isPointCut { damage("the tracks have more than \(limits.points) positions; some are left out") }
    if areTextsFull { damage("the texts of the file are longer than \(Self.textsLimit) bytes together") }
    let tooMany = max(0, examination.observations.count - observationsLeft)
    let tooManyDiagnostics = max(0, examination.diagnostics.count - diagnosticsLeft)
    examination.observations.removeLast(tooMany)
    examination.diagnostics.removeLast(tooManyDiagnostics)
    observationsLeft -= examination.observations.count
    diagnosticsLeft -= examination.diagnostics.count
    if tooMany > 0 || tooManyDiagnostics > 0 {
      damage("the file says more than \(limits.observations) things; the rest is left out")
    }
  }
}

extension Observation {
  /// Bytes of UTF-8 of the texts of the fact.
  fileprivate var textByteCount: Int {
    guard case .travel(let reservation) = fact else { return text?.utf8.count ?? 0 }
    return Reservation.texts.reduce(0) { $0 + reservation[keyPath: $1.path].utf8.count }
  }
}

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

  /// Takes an outcome that needs no cut, as nearly all do: it is not touched then.
  private mutating func takeWhole(_ examination: borrowing Examination) -> Bool {
    guard examination.observations.count <= observationsLeft,
      examination.diagnostics.count <= diagnosticsLeft
    else { return false }
    var (bytes, points) = (0, 0)
    for index in examination.observations.indices {
      let size = examination.observations[index].textSize
      if size.longest > limits.text { return false }
      bytes += size.total
      if case .track(let track) = examination.observations[index].fact { points += track.points.count }
    }
    guard bytes <= bytesLeft, points <= pointsLeft else { return false }
    observationsLeft -= examination.observations.count
    diagnosticsLeft -= examination.diagnostics.count
    bytesLeft -= bytes
    pointsLeft -= points
    return true
  }

  private mutating func keepOne(_ examination: inout Examination) {
    if takeWhole(examination) { return }
    var isTextCut = false
    var isPointCut = false
    var kept = 0
    var areTextsFull = false
    for index in examination.observations.indices {
      var size = examination.observations[index].textSize
      if size.longest > limits.text {
        _ = examination.observations[index].cut(to: limits.text)
        size = examination.observations[index].textSize
        isTextCut = true
      }
      bytesLeft -= size.total
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
    if areTextsFull { examination.observations.removeLast(examination.observations.count - kept) }
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

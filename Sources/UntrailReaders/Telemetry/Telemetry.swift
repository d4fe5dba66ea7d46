internal import UntrailBytes
internal import UntrailModel

/// Where a camera, a drone or a car was while it filmed, and which device it was: what stands between the pictures of a
/// film, beside them or behind them.
///
/// With `limits.samples` 0, as `--fast` has it, only its heads are looked at; that something is left out is said.
enum Telemetry {
  /// Reads a whole film: its movie box, the boxes beside it, blocks between its pictures, and what is behind it.
  ///
  /// - Parameter film: the boxes of the film from the first on; offsets in it count from there.
  static func read(film: ByteView, into result: inout ReadResult, _ tools: ReaderTools) {
    var reader = FilmTelemetry(film, tools)
    reader.readFilm(into: &result)
    reader.finish(into: &result)
  }

  /// Reads what the movie box leads to.
  ///
  /// - Parameter movie: the body of `moov`; offsets in it count from the start of its source.
  static func read(movie: ByteView, into result: inout ReadResult, _ tools: ReaderTools) {
    var reader = FilmTelemetry(ByteView(movie.source, start: 0, count: movie.source.count), tools)
    reader.readMovie(movie, into: &result)
    reader.finish(into: &result)
  }

  /// Reads what Insta360 puts behind films and pictures.
  ///
  /// - Returns: whether it is there.
  @discardableResult
  static func readTrailer(_ source: ByteSource, into result: inout ReadResult, _ tools: ReaderTools) -> Bool {
    var reader = FilmTelemetry(ByteView(source, start: 0, count: source.count), tools)
    let isThere = reader.readTrailer(into: &result)
    reader.finish(into: &result)
    return isThere
  }
}

extension ReadResult {
  /// Says once that there is a part at which nobody looked.
  mutating func noteTelemetryLeftOut() {
    damageOnce(
      "telemetry-left-out",
      "the film has a part that may say where it was filmed, second by second, and that --fast leaves out")
  }
}

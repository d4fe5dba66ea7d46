internal import UntrailBytes
internal import UntrailModel

/// Goes through a film for its telemetry.
///
///     moov | mvhd                   when it was begun
///          | trak                   see TelemetryTrack
///          | gps                    places of "freeGPS " blocks: 0, count, (offset, length) of 32 bits each
///          | udta | GPMF, gps0      GoPro; see DashcamBoxes
///     free, skip | gps              BlackVue
///     gps0, GPS, udat, udta, uuid   see DashcamBoxes
///     mdat                          "freeGPS " blocks without a table, at multiples of 32 KiB
///     trailer                       see Insta360Trailer
struct FilmTelemetry {
  private let film: ByteView
  private let tools: ReaderTools
  private var feed: SampleFeed
  private var log: TelemetryLog
  private var isFast: Bool { tools.limits.samples == 0 }

  init(_ film: ByteView, _ tools: ReaderTools) {
    self.film = film
    self.tools = tools
    feed = SampleFeed(film, tools.limits)
    log = TelemetryLog(tools.limits)
  }

  mutating func finish(into result: inout ReadResult) { log.finish(into: &result) }

  /// Reads all boxes of the film. Damage of the boxes themselves is left to who reads the film's head.
  mutating func readFilm(into result: inout ReadResult) {
    var media: [ByteView] = []
    var boxes = BoxWalker(film, tools.limits)
    while let box = try? boxes.next() {
      switch box.type {
      case "moov": readMovie(box.body, into: &result)
      case "mdat":
        if media.count < tools.limits.nesting { media.append(box.body) }
      default: readBox(box, into: &result)
      }
    }
    if film.start + film.count == film.source.count { readTrailer(into: &result) }
    // A film inside of a picture is none of a dash-cam's.
    guard log.isEmpty, film.start == 0 else { return }
    for body in media { readBlocks(between: body, into: &result) }
  }

  // MARK: The movie box

  mutating func readMovie(_ movie: ByteView, into result: inout ReadResult) {
    var tracks: [ByteView] = []
    var tables: [ByteView] = []
    var boxes = BoxWalker(movie, tools.limits)
    while let box = try? boxes.next() {
      switch box.type {
      case "mvhd": log.created = try? MovieHeader(box.body).created?.civilSeconds
      case "trak": tracks.append(box.body)
      case "gps ": tables.append(box.body)
      case "udta": readUserData(box.body, into: &result)
      default: readBox(box, into: &result)
      }
    }
    // What GoPro says of the camera stands in front of what its samples say.
    for (index, track) in tracks.enumerated() { readTrack(track, number: index + 1, into: &result) }
    for table in tables { readBlocks(of: table, into: &result) }
  }

  private mutating func readUserData(_ body: ByteView, into result: inout ReadResult) {
    var boxes = BoxWalker(body, tools.limits)
    while let box = try? boxes.next(), box.type != FourCC(0) {
      if box.type == "GPMF" {
        GPMF.decode(box.body, &log, into: &result)
      } else {
        readBox(box, into: &result)
      }
    }
  }

  private mutating func readTrack(_ body: ByteView, number: Int, into result: inout ReadResult) {
    do throws(ParseError) {
      let track = try TelemetryTrack(body, tools.limits)
      guard var decoder = track.decoder(number: number, film.source, tools, into: &result),
        var samples = try SampleCursor(track.table)
      else { return }
      guard !isFast else {
        if try samples.next() != nil { result.noteTelemetryLeftOut() }
        return
      }
      defer { decoder.finish(&log, into: &result) }
      while !decoder.isDone, let sample = try samples.next() {
        try feed.withSample(at: sample.offset, count: sample.size) {
          decoder.decode($0, at: track.time(of: sample), &log, into: &result)
        }
      }
    } catch {
      result.damage(error)
    }
  }

  // MARK: Boxes of dash-cams

  private mutating func readBox(_ box: BoxWalker.Box, into result: inout ReadResult) {
    switch box.type {
    case "gps0": read(box.body, into: &result, DashcamBoxes.ambarella)
    case "GPS ": read(box.body, into: &result, DashcamBoxes.seventyMai)
    case "udat": read(box.body, into: &result, DashcamBoxes.textLog)
    case "uuid" where box.body.begins(with: DashcamBoxes.garminID):
      read(box.body, into: &result, DashcamBoxes.garmin)
    case "udta" where box.body.begins(with: "VIDEOUUUU".utf8):
      read(box.body, into: &result, DashcamBoxes.kenwood)
    case "free", "skip": readSpace(box.body, into: &result)
    default: break
    }
  }

  /// BlackVue keeps boxes in a space that others leave empty.
  private mutating func readSpace(_ body: ByteView, into result: inout ReadResult) {
    var boxes = BoxWalker(body, tools.limits)
    while let box = try? boxes.next(), box.type.isPrintable {
      if box.type == "gps " { read(box.body, into: &result, DashcamBoxes.textLog) }
    }
  }

  private mutating func read(
    _ body: ByteView, into result: inout ReadResult,
    _ decode: (SampleBytes, inout TelemetryLog, inout ReadResult) -> Void
  ) {
    guard body.count > 0 else { return }
    guard !isFast else { return result.noteTelemetryLeftOut() }
    do throws(ParseError) {
      try feed.withSample(at: body.start - film.start, count: body.count) { decode($0, &log, &result) }
    } catch {
      result.damage(error)
    }
  }

  // MARK: Blocks between the pictures

  /// Follows Novatek's table.
  private mutating func readBlocks(of table: ByteView, into result: inout ReadResult) {
    do throws(ParseError) {
      let count = min(Int(try table.u32(at: 4, .big)), (table.count - 8) / 8)
      guard count > 0 else { return }
      guard !isFast else { return result.noteTelemetryLeftOut() }
      var lastTime: Int64?
      for index in 0..<count {
        let offset = Int(try table.u32(at: 8 + 8 * index, .big))
        let size = Int(try table.u32(at: 12 + 8 * index, .big))
        try feed.withSample(at: offset, count: min(size, FreeGPS.longest)) {
          FreeGPS.decode($0, lastTime: &lastTime, &log, into: &result)
        }
      }
    } catch {
      result.damage(error)
    }
  }

  private static let grain = 0x8000
  /// Blocks that are looked at for the first one: it stands in the first two megabytes.
  private static let tries = 64

  /// Looks for blocks that no table names: they begin at multiples of 32 KiB.
  private mutating func readBlocks(between body: ByteView, into result: inout ReadResult) {
    let start = body.start - film.start
    let end = start + body.count
    var offset = (start + Self.grain - 1) / Self.grain * Self.grain
    var triesLeft = Self.tries
    var isFound = false
    var lastTime: Int64?
    do throws(ParseError) {
      while offset <= end - 92, triesLeft > 0 {
        // The heads are counted as what reads the film's own head is: there are few of them, or it is a dash-cam's.
        guard try Self.isBlock(film, at: offset) else {
          if !isFound { triesLeft -= 1 }
          offset += Self.grain
          continue
        }
        guard !isFast else { return result.noteTelemetryLeftOut() }
        isFound = true
        let size = max(Int(try film.u32(at: offset, .big)), 92)
        try feed.withSample(at: offset, count: min(size, FreeGPS.longest, end - offset)) {
          FreeGPS.decode($0, lastTime: &lastTime, &log, into: &result)
        }
        let (next, isTooFar) = offset.addingReportingOverflow(
          (size + Self.grain - 1) / Self.grain * Self.grain)
        guard !isTooFar else { return }
        offset = next
      }
    } catch {
      result.damage(error)
    }
  }

  private static func isBlock(_ film: ByteView, at offset: Int) throws(ParseError) -> Bool {
    try film.source.withShortRun(at: film.start + offset, count: 16) { run throws(ParseError) in
      FreeGPS.isBlock(SampleBytes(run, start: nil))
    }
  }

  // MARK: Behind the boxes

  /// - Returns: whether there is a trailer.
  @discardableResult
  mutating func readTrailer(into result: inout ReadResult) -> Bool {
    do throws(ParseError) {
      guard let trailer = try Insta360Trailer(film.source) else { return false }
      guard !isFast else {
        result.noteTelemetryLeftOut()
        return true
      }
      var own = SampleFeed(ByteView(film.source, start: 0, count: film.source.count), tools.limits)
      try trailer.decode(&own, &log, into: &result)
      return true
    } catch {
      result.damage(error)
      return true
    }
  }
}

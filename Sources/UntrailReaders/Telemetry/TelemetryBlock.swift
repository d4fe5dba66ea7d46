internal import UntrailBytes
package import UntrailModel

/// One block of telemetry, whatever stands around it: for readers of other containers, and to try a decoder by itself.
package enum TelemetryBlock: String, CaseIterable, Sendable {
  case gpmf
  case camm
  case rtmd
  case djmd
  case text
  case freeGPS = "freegps"
  case gps0
  case log

  /// Adds what a block says.
  package func decode(
    _ bytes: UnsafeRawBufferPointer, into result: inout ReadResult, _ limits: Limits = Limits()
  ) {
    var log = TelemetryLog(limits)
    decode(SampleBytes(bytes, start: 0), &log, into: &result)
    log.finish(into: &result)
  }

  func decode(_ sample: SampleBytes, _ log: inout TelemetryLog, into result: inout ReadResult) {
    switch self {
    case .gpmf: Self.run(GoProDecoder(), sample, &log, into: &result)
    case .camm: Self.run(CAMMDecoder(), sample, &log, into: &result)
    case .rtmd: Self.run(SonyDecoder(), sample, &log, into: &result)
    case .djmd: Self.run(DJIDecoder(), sample, &log, into: &result)
    case .text: Self.run(TextDecoder(number: 1), sample, &log, into: &result)
    case .freeGPS:
      var lastTime: Int64?
      FreeGPS.decode(sample, lastTime: &lastTime, &log, into: &result)
    case .gps0: DashcamBoxes.ambarella(sample, &log, into: &result)
    case .log: DashcamBoxes.textLog(sample, &log, into: &result)
    }
  }

  private static func run(
    _ decoder: some SampleDecoder, _ sample: SampleBytes, _ log: inout TelemetryLog,
    into result: inout ReadResult
  ) {
    var decoder = decoder
    decoder.decode(sample, at: .none, &log, into: &result)
    decoder.finish(&log, into: &result)
  }
}

internal import UntrailModel

/// What one file says of the zone of the clock that made it.
struct FileClock {
  /// How a file says its offset from UTC.
  enum Source: UInt8 {
    /// It stands beside a time, or in a field of its own.
    case stated
    /// Two clocks in the file, one of them UTC's.
    case compared
    /// The clock in its name and the one inside.
    case fileName
  }

  /// The local time.
  private(set) var time: Timestamp?
  private(set) var offset: Int16?
  private(set) var source = Source.stated
  /// A hash of the make and model; 0 where none is named.
  private(set) var clock = 0

  init(_ file: JudgedFile) {
    var zone: Int16?
    var compared: (minutes: Int16, source: Source)?
    for observation in file.examination.observations {
      switch observation.fact {
      case .timestamp(let timestamp): take(timestamp, observation)
      case .utcOffset(let minutes) where Self.isInUse(minutes):
        if observation.role == .zone, !Self.isOfOthers(observation.field) {
          zone = zone ?? minutes
        } else if observation.role == .derived {
          let isName = observation.field.hasPrefix("FileName:")
          compared = compared ?? (minutes, isName ? .fileName : .compared)
        }
      case .device(let device) where observation.role == .camera && clock == 0:
        clock = LinkEvidence.hash("clock", LinkEvidence.maker(device.make, device.model), device.model)
      default: break
      }
    }
    if offset != nil { return }
    if let zone {
      offset = zone
    } else if let compared {
      (offset, source) = compared
    }
  }

  /// The civil day; nil for a clock that was never set.
  var day: Int32? {
    guard let time, time.civilDay >= 9131, time.civilSeconds <= Timestamp.lastSecond else { return nil }
    return Int32(exactly: time.civilDay)
  }

  private mutating func take(_ timestamp: Timestamp, _ observation: Observation) {
    switch observation.role {
    case .original:
      let isFirst = time == nil || time?.precision == .day
      guard let minutes = timestamp.utcOffsetMinutes, Self.isInUse(minutes),
        // UTC is what programs write that do not know the zone; cameras write it beside their time.
        minutes != 0 || observation.field.hasPrefix("EXIF:")
      else {
        // A time of UTC is none of the place.
        if isFirst, timestamp.utcOffsetMinutes != 0 { time = timestamp }
        return
      }
      if offset == nil {
        time = timestamp
        offset = minutes
      }
    case .fileName, .start:
      if time == nil, timestamp.utcOffsetMinutes != 0 { time = timestamp }
    default: break
    }
  }

  static func isInUse(_ minutes: Int16) -> Bool { minutes >= -720 && minutes <= 840 && minutes % 15 == 0 }

  /// Zones of appointments and of people in an address book say nothing of whoever kept the file.
  static func isOfOthers(_ field: String) -> Bool { field.hasPrefix("ICS:") || field.hasPrefix("VCARD:") }
}

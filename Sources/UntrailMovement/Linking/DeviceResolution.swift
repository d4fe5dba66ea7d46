internal import UntrailModel

/// Makes devices of clusters, after the last file: joins those of a model where no more than one device of it is known.
struct DeviceResolution {
  /// How the clusters of a device came together.
  enum Manner: Int {
    /// One cluster: joined by what files share.
    case shared
    /// Shots of one model, and the time that the device had been on never contradicts that it is one.
    case timesOn
    /// Told from another of its model by the time that each had been on.
    case toldApart
    /// Files with a number, and others of the same model.
    case modelOfOne
    /// Files of one model and version of its software.
    case model
    /// Files of one model, of one version of its software after the other.
    case updates
    /// Files of one model and version of its software, while others of the model have another version by turns.
    case byTurns
    /// Of one of several devices of that model, nobody knows which.
    case oneOfSeveral
  }

  struct Device {
    var cluster: DeviceLinker.Cluster
    var detail: DeviceLinker.Detail
    var manner: Manner
    var name: String
  }

  private var linker: DeviceLinker
  private var sets: DisjointSets
  private var clusters: [DeviceLinker.Cluster]
  private var details: [UInt32: DeviceLinker.Detail]
  private var manners: [UInt32: Manner] = [:]

  /// Clusters of one make and model, by root.
  private struct Kind {
    /// With a number or a name of its own.
    var known: [UInt32] = []
    var loose: [UInt32] = []
  }

  init(_ linker: DeviceLinker) {
    self.linker = linker
    sets = linker.sets
    clusters = linker.clusters
    details = linker.details
  }

  mutating func run() {
    var kinds: [String: Kind] = [:]
    var order: [String] = []
    for number in clusters.indices.dropFirst() {
      let number = UInt32(truncatingIfNeeded: number)
      let cluster = clusters[Int(number)]
      guard sets.root(number) == number, cluster.model != 0 else { continue }
      let model = linker.models[Int(cluster.model)]
      let name = LinkEvidence.maker(model.make, model.model) + "/" + model.model.lowercased()
      if kinds[name] == nil { order.append(name) }
      if cluster.evidence.isIdentity {
        kinds[name, default: Kind()].known.append(number)
      } else {
        kinds[name, default: Kind()].loose.append(number)
      }
    }
    var marks: [UInt32: [UptimeMark]] = [:]
    for var mark in linker.uptimeMarks {
      mark.cluster = sets.root(mark.cluster)
      marks[mark.cluster, default: []].append(mark)
    }
    for name in order {
      guard let kind = kinds[name], !kind.loose.isEmpty else { continue }
      resolve(kind, marks)
    }
  }

  private mutating func resolve(_ kind: Kind, _ marks: [UInt32: [UptimeMark]]) {
    if kind.known.count == 1 {
      join(kind.loose + kind.known, .modelOfOne)
      return
    }
    let known = kind.loose.flatMap { marks[$0] ?? [] }
    let lines = UptimeLines.lines(known)
    if kind.known.isEmpty, !lines.isEmpty {
      var ofLine: [Int: [UInt32]] = [:]
      for number in kind.loose { if let line = lines[number] { ofLine[line, default: []].append(number) } }
      for line in ofLine.keys.sorted() { join(ofLine[line] ?? [], .toldApart) }
      byFirmware(kind.loose.filter { lines[$0] == nil }, .oneOfSeveral)
    } else if !kind.known.isEmpty {
      byFirmware(kind.loose, .oneOfSeveral)
    } else if areInterleaved(kind.loose) {
      byFirmware(kind.loose, .byTurns)
    } else {
      let firmwares = Set(kind.loose.map { firmware($0) }.filter { !$0.isEmpty })
      let isTimed = known.count >= 5
      join(kind.loose, isTimed ? .timesOn : firmwares.count > 1 ? .updates : .model)
    }
  }

  private func firmware(_ number: UInt32) -> String {
    linker.models[Int(clusters[Int(number)].model)].firmware
  }

  private mutating func byFirmware(_ numbers: [UInt32], _ manner: Manner) {
    var ofFirmware: [String: [UInt32]] = [:]
    var order: [String] = []
    for number in numbers {
      let firmware = firmware(number)
      if ofFirmware[firmware] == nil { order.append(firmware) }
      ofFirmware[firmware, default: []].append(number)
    }
    for firmware in order { join(ofFirmware[firmware] ?? [], manner) }
  }

  /// Whether a device would have had two versions of its software by turns: then there are two devices.
  private func areInterleaved(_ numbers: [UInt32]) -> Bool {
    struct Span {
      var firstDay = Int32.max
      var lastDay = Int32.min
      var fileCount = 0
    }
    // Films name another version than pictures do.
    var spans: [LinkEvidence.Family: [String: Span]] = [:]
    for number in numbers {
      let cluster = clusters[Int(number)]
      let model = linker.models[Int(cluster.model)]
      guard !model.firmware.isEmpty, cluster.firstDay <= cluster.lastDay else { continue }
      var span = spans[model.family]?[model.firmware] ?? Span()
      span.firstDay = min(span.firstDay, cluster.firstDay)
      span.lastDay = max(span.lastDay, cluster.lastDay)
      span.fileCount += Int(cluster.fileCount)
      spans[model.family, default: [:]][model.firmware] = span
    }
    for versions in spans.values {
      // One or two files may have a wrong clock.
      let solid = versions.values.filter { $0.fileCount >= 3 }.sorted {
        ($0.firstDay, $0.lastDay) < ($1.firstDay, $1.lastDay)
      }
      for (earlier, later) in zip(solid, solid.dropFirst()) where later.firstDay < earlier.lastDay {
        return true
      }
    }
    return false
  }

  private mutating func join(_ numbers: [UInt32], _ manner: Manner) {
    guard let first = numbers.first else { return }
    var files: [UInt32] = []
    for number in numbers where clusters[Int(number)].fileCount > 0 { files.append(number) }
    for number in numbers.dropFirst() {
      let root = sets.root(first)
      let other = sets.root(number)
      guard let (kept, gone) = sets.join(root, other) else { continue }
      clusters[Int(kept)] = DeviceLinker.merged(clusters[Int(kept)], clusters[Int(gone)])
      if let detail = details.removeValue(forKey: gone) {
        details[kept] = DeviceLinker.merged(details[kept] ?? DeviceLinker.Detail(), detail)
      }
    }
    // One cluster that shots share needs no model to be one device.
    let isAlone = files.count == 1 && !clusters[Int(files[0])].evidence.contains(.model)
    manners[sets.root(first)] = isAlone && manner != .oneOfSeveral ? .shared : manner
  }

  /// The devices in the order of their first files, and the device's number for each provisional number.
  mutating func devices() -> (devices: [Device], finals: [UInt32]) {
    var roots: [UInt32] = []
    for number in clusters.indices.dropFirst() {
      let number = UInt32(truncatingIfNeeded: number)
      let cluster = clusters[Int(number)]
      guard sets.root(number) == number, cluster.fileCount > 0 else { continue }
      // A mark that nobody shares, on a file that names no device.
      if cluster.model == 0, !cluster.evidence.isIdentity, cluster.fileCount < 2 { continue }
      roots.append(number)
    }
    roots.sort { (clusters[Int($0)].firstFile, $0) < (clusters[Int($1)].firstFile, $1) }
    var numbers: [UInt32: UInt32] = [:]
    var devices: [Device] = []
    for root in roots {
      numbers[root] = UInt32(truncatingIfNeeded: devices.count + 1)
      let cluster = clusters[Int(root)]
      let model = linker.models[Int(cluster.model)]
      devices.append(
        Device(
          cluster: cluster, detail: details[root] ?? DeviceLinker.Detail(),
          manner: manners[root] ?? .shared,
          name: UntrailModel.Device(make: model.make, model: model.model).name))
    }
    var finals: [UInt32] = [0]
    finals.reserveCapacity(clusters.count)
    for number in clusters.indices.dropFirst() {
      finals.append(numbers[sets.root(UInt32(truncatingIfNeeded: number))] ?? 0)
    }
    return (devices, finals)
  }
}

extension DeviceResolution.Device {
  /// How sure it is that all files are of one device, and why. The numbers are judgements, not measurements.
  var verdict: (confidence: Double, reason: String) {
    let others = ", and no other device of that model is known"
    switch manner {
    case .shared: return sharedVerdict
    case .modelOfOne:
      return (0.8, sharedVerdict.reason + " Others name only the same make and model\(others).")
    case .timesOn:
      return (
        0.7,
        "The files name the same make and model, and how long the device had been on never contradicts that it"
          + " is one device."
      )
    case .toldApart:
      return (
        0.6,
        "Two devices of this model or more were on at the same time: each file goes with those whose time since"
          + " switching on fits."
      )
    case .model:
      return (0.5, "The files name the same make, model and software\(others).")
    case .updates:
      return (
        0.45,
        "The files name the same make and model, with one version of the software after the other\(others)."
      )
    case .byTurns:
      return (
        0.4,
        "The files name the same make, model and software; other files of that model name another version by"
          + " turns, so there is more than one device of it."
      )
    case .oneOfSeveral:
      return (
        0.3,
        "The files name the same make, model and software, but more than one device of that model is known."
      )
    }
  }

  private var sharedVerdict: (confidence: Double, reason: String) {
    let evidence = cluster.evidence
    if evidence.contains(.serial) {
      return (0.97, "The files carry the same serial number, or are tied to one that does.")
    }
    if evidence.contains(.address) { return (0.95, "The files carry the same hardware address.") }
    if evidence.contains(.host) { return (0.75, "The files carry the same name of a device.") }
    if evidence.contains(.mark) {
      return (0.9, "The files share marks that a device gives to the pictures and films of one moment.")
    }
    return (0.85, "The files were made between switching on and off: how long the device had been on fits.")
  }
}

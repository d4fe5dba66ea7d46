package import UntrailModel

/// The devices of a run, and which file is of which.
package struct DeviceLinks: Sendable {
  /// In the order of their first files. Devices of a single file are left out behind the first 2,000.
  package private(set) var groups: [DeviceGroup] = []
  /// Devices that were used with two accounts or more.
  package private(set) var identities: [SharedIdentity] = []
  /// Documents of which there are two files or more.
  package let documents: [SharedDocument]
  /// By provisional number.
  private var finals: [UInt32] = []
  /// Provisional numbers by the file's number in the order of the walk, from 1.
  private let ofFile: [UInt32]

  init(_ linker: DeviceLinker) {
    ofFile = linker.ofFile
    documents = linker.documents.documents()
    var resolution = DeviceResolution(linker)
    resolution.run()
    let found = resolution.devices()
    finals = found.finals
    for (index, device) in found.devices.enumerated() {
      let number = UInt32(truncatingIfNeeded: index + 1)
      // A device of one file joins nothing: of a great many, the first are named.
      if device.cluster.fileCount >= 2 || groups.count < DeviceLinker.detailLimit {
        groups.append(group(device, number))
      }
      let accounts = Self.differing(device.detail.accounts)
      if device.cluster.evidence.isIdentity, !accounts.isEmpty {
        identities.append(
          SharedIdentity(device: number, accounts: accounts, fileCount: device.detail.accountFileCount))
      }
    }
  }

  /// The device of a provisional number that `DeviceLinker.add(_:)` gave; 0 for none.
  package func final(_ provisional: UInt32) -> UInt32 {
    Int(provisional) < finals.count ? finals[Int(provisional)] : 0
  }

  /// The device of the file with that number in the order of the walk; 0 where it names none.
  package func device(ofFile ordinal: Int) -> UInt32 {
    ordinal >= 1 && ordinal <= ofFile.count ? final(ofFile[ordinal - 1]) : 0
  }

  private func group(_ device: DeviceResolution.Device, _ number: UInt32) -> DeviceGroup {
    let cluster = device.cluster
    let hasDay = cluster.firstDay <= cluster.lastDay
    let (confidence, reason) = device.verdict
    return DeviceGroup(
      number: number, name: device.name,
      identifiers: device.detail.identifiers + device.detail.accounts,
      fileCount: Int(cluster.fileCount),
      // What is kept of a model's single shots may be of another device of that model.
      examples: device.detail.examples.filter {
        let own = self.device(ofFile: $0.ordinal)
        return own == number || own == 0
      },
      firstDay: hasDay ? Int64(cluster.firstDay) : nil, lastDay: hasDay ? Int64(cluster.lastDay) : nil,
      confidence: confidence, reason: reason)
  }

  /// Accounts of a kind of which there are two: a name and an address may be one person's single account.
  private static func differing(_ accounts: [DeviceGroup.Identifier]) -> [DeviceGroup.Identifier] {
    accounts.filter { account in
      accounts.contains {
        $0.kind == account.kind && $0.role == account.role && folded($0.value) != folded(account.value)
      }
    }
  }

  private static func folded(_ text: String) -> String {
    text.lowercased().filter { $0.isLetter || $0.isNumber || $0 == "@" }
  }
}

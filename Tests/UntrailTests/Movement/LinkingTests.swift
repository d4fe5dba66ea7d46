import Testing
import UntrailModel
import UntrailMovement

@Suite("linking files to devices")
struct LinkingTests {
  private static func link(_ files: LinkingFiles) -> (links: DeviceLinks, provisional: [UInt32]) {
    var linker = DeviceLinker()
    let provisional = files.files.map { linker.add($0) }
    return (linker.links(), provisional)
  }

  private static func groups(_ files: LinkingFiles) -> [DeviceGroup] { link(files).links.groups }

  @Test("a serial number joins all files of a camera, and its provisional number resolves to the device's")
  func serial() {
    var files = LinkingFiles()
    for index in 0..<212 {
      files.add([
        LinkFact.camera(index % 2 == 0 ? "SAMSUNG" : "samsung", "SM-G991B"),
        LinkFact.serial("R58N30ABCDE", index % 3 == 0 ? .internalSerial : .body),
        LinkFact.time(20_000 + index),
      ])
    }
    files.add([LinkFact.time(20_000)])
    let (links, provisional) = Self.link(files)
    #expect(links.groups.map(\.fileCount) == [212])
    #expect(links.groups.first?.firstDay == 20_000)
    #expect(links.groups.first?.lastDay == 20_211)
    #expect(links.groups.first?.examples.map(\.ordinal) == [1, 2, 3])
    #expect(links.groups.first?.identifiers.first?.value == "R58N30ABCDE")
    #expect(links.groups.first.map { $0.confidence > 0.9 } == true)
    #expect(provisional.map(links.final) == Array(repeating: 1, count: 212) + [0])
    #expect(links.device(ofFile: 1) == 1)
    #expect(links.device(ofFile: 213) == 0)
    #expect(links.device(ofFile: 0) == 0)
    #expect(links.device(ofFile: 999) == 0)
  }

  @Test("two cameras of a model are told apart by their numbers; a file without one is of neither")
  func twoOfAModel() {
    var files = LinkingFiles()
    for index in 0..<10 {
      files.add([
        LinkFact.camera("Canon", "EOS R6"), LinkFact.serial(index % 2 == 0 ? "034021001234" : "034021009876"),
      ])
    }
    files.add([LinkFact.camera("Canon", "EOS R6")])
    let (links, _) = Self.link(files)
    #expect(links.groups.map(\.fileCount) == [5, 5, 1])
    #expect(links.groups.map { $0.confidence > 0.9 } == [true, true, false])
    #expect(links.device(ofFile: 1) == 1)
    #expect(links.device(ofFile: 2) == 2)
    #expect(links.device(ofFile: 11) == 3)
  }

  @Test("the same number of another maker is another device; leading zeros are none")
  func makers() {
    var files = LinkingFiles()
    files.add([LinkFact.camera("NIKON CORPORATION", "NIKON D750"), LinkFact.serial("6012345")])
    files.add([LinkFact.camera("Nikon", "D750"), LinkFact.serial("NO= 06012345")])
    files.add([LinkFact.camera("PENTAX", "K-3"), LinkFact.serial("6012345")])
    #expect(Self.groups(files).map(\.fileCount) == [2, 1])
  }

  @Test(
    "numbers that many devices write join nothing",
    arguments: [
      "", "0", "0000000", "none", "1111111", "XXXXXXXX", "unknown", "1234567", "123456789", "SN000000",
      "0123456789ABCDEF", "Back", "n/a", "-", "1000000", "   ", "98765432", "2147483647", "0xFFFF", "NO= 00",
      "NO= 07",
    ])
  func defaults(_ serial: String) {
    var files = LinkingFiles()
    files.add([LinkFact.camera("Acme", "One"), LinkFact.serial(serial)])
    files.add([LinkFact.camera("Acme", "Two"), LinkFact.serial(serial)])
    files.add([LinkFact.serial(serial)])
    let (links, _) = Self.link(files)
    #expect(links.groups.map(\.name) == ["Acme One", "Acme Two"])
    #expect(links.device(ofFile: 3) == 0)
    #expect(links.groups.allSatisfy { $0.identifiers.isEmpty && $0.confidence <= 0.5 })
  }

  @Test("files of one model without a number go with its only known device, less sure")
  func modelOfOne() throws {
    var files = LinkingFiles()
    files.add([LinkFact.camera("Canon", "EOS R6"), LinkFact.firmware("1.0")])
    for _ in 0..<3 { files.add([LinkFact.camera("Canon", "EOS R6"), LinkFact.serial("034021001234")]) }
    let group = try #require(Self.groups(files).first)
    #expect(Self.groups(files).count == 1)
    #expect(group.fileCount == 4)
    #expect(group.confidence == 0.8)
    #expect(group.examples.map(\.ordinal) == [1, 2, 3])
  }

  @Test("a content identifier joins a picture and its film, and a number reaches both")
  func contentIdentifier() {
    var files = LinkingFiles()
    let id = "5AF1B8C2-0C5B-4B1D-9A7E-1D2F3A4B5C6D"
    files.add([LinkFact.link(.contentIdentifier, id)], mediaType: "video/quicktime")
    files.add(
      [LinkFact.camera("Apple", "iPhone 15"), LinkFact.link(.contentIdentifier, id.lowercased())],
      mediaType: "image/heic")
    // Another film, whose number nobody shares.
    files.add(
      [LinkFact.link(.contentIdentifier, "0E0E8A36-6C6C-4E55-8E77-4A97D9E5A111")],
      mediaType: "video/quicktime")
    let (links, provisional) = Self.link(files)
    #expect(links.groups.map(\.fileCount) == [2])
    #expect(links.groups.map(\.name) == ["Apple iPhone 15"])
    #expect(provisional.map(links.final) == [1, 1, 0])
  }

  @Test("a shared mark never joins two numbers")
  func conflict() {
    var files = LinkingFiles()
    let id = "5AF1B8C2-0C5B-4B1D-9A7E-1D2F3A4B5C6D"
    for serial in ["1002003", "1002004"] {
      files.add([LinkFact.camera("Sony", "A7"), LinkFact.serial(serial), LinkFact.link(.burst, id)])
    }
    files.add([
      LinkFact.camera("Sony", "A7"), LinkFact.serial("1002004"), LinkFact.serial("7777abc", .internalSerial),
    ])
    files.add([
      LinkFact.camera("Sony", "A7"), LinkFact.serial("1002003"), LinkFact.serial("7777abc", .internalSerial),
    ])
    let (links, _) = Self.link(files)
    #expect(links.groups.map(\.fileCount) == [2, 2])
    #expect((1...4).map(links.device) == [1, 2, 2, 1])
  }

  /// A shot of a phone: when, and how long it had been on.
  private static func shot(_ time: Int, _ uptime: Int, model: String = "iPhone 15") -> [Observation] {
    [
      LinkFact.camera("Apple", model), LinkFact.link(.uptime, String(uptime), field: "Apple:RunTimeValue"),
      LinkFact.time(20_000, time, offset: 120),
    ]
  }

  @Test("shots between which a phone did not sleep are of one device, in whichever order they come")
  func session() throws {
    var files = LinkingFiles()
    for (time, uptime) in [(1000, 500), (1200, 701), (1100, 600)] { files.add(Self.shot(time, uptime)) }
    let groups = Self.groups(files)
    #expect(groups.map(\.fileCount) == [3])
    #expect(groups.first?.confidence == 0.85)
    // Another model at that time was switched on in that second too.
    files.add(Self.shot(1100, 600, model: "iPhone 14"))
    #expect(Self.groups(files).map(\.fileCount) == [3, 1])
  }

  @Test("times on tell one phone that slept and was switched on anew from two phones of one model")
  func uptimes() throws {
    var one = LinkingFiles()
    for (time, uptime) in [(0, 90_000), (4000, 91_000), (9000, 95_000), (20_000, 300), (30_000, 4000)] {
      one.add(Self.shot(time, uptime))
    }
    let whole = Self.groups(one)
    #expect(whole.map(\.fileCount) == [5])
    #expect(whole.first?.confidence == 0.7)

    var two = LinkingFiles()
    for index in 0..<6 {
      two.add(Self.shot(index * 3000, 500_000 + index * 1000))
      two.add(Self.shot(index * 3000 + 700, 90_000 + index * 2000))
    }
    let apart = Self.link(two).links
    #expect(apart.groups.map(\.fileCount) == [6, 6])
    #expect(apart.groups.map(\.confidence) == [0.6, 0.6])
    #expect((1...12).map(apart.device) == (1...12).map { UInt32($0 % 2 == 1 ? 1 : 2) })
  }

  @Test("versions of the software one after the other are one device, by turns they are two")
  func firmware() {
    func files(_ versions: [String]) -> LinkingFiles {
      var files = LinkingFiles()
      for (index, version) in versions.enumerated() {
        files.add([
          LinkFact.camera("Apple", "iPhone 15"), LinkFact.firmware(version), LinkFact.time(20_000 + index),
        ])
      }
      return files
    }
    let updated = Self.groups(files(["17.4", "17.4", "17.4", "17.5", "17.5", "17.5"]))
    #expect(updated.map(\.fileCount) == [6])
    #expect(updated.first?.confidence == 0.45)
    let turns = Self.groups(files(["17.4", "17.5", "17.4", "17.5", "17.4", "17.5"]))
    #expect(turns.map(\.fileCount) == [3, 3])
    #expect(turns.map(\.confidence) == [0.4, 0.4])
    // An editor is no version of the phone's software.
    let edited = Self.groups(files(["17.4", "GIMP 2.10", "17.4", "GIMP 2.10", "17.4", "GIMP 2.10"]))
    #expect(edited.map(\.fileCount) == [6])
  }

  @Test("files out of chats, and what names several devices, are of none")
  func noDevice() {
    var files = LinkingFiles()
    let app = Observation(.application, .software("WhatsApp"), field: "FileName:App", offset: nil)
    files.add([app, LinkFact.camera("Apple", "iPhone 15"), LinkFact.serial("F17ABC123")])
    files.add(
      [
        LinkFact.serial("AA11BB22", field: "Health:device"),
        LinkFact.serial("CC33DD44", field: "Health:device"),
      ],
      mediaType: "application/xml")
    files.add([LinkFact.camera("Apple", "iPhone 15")], mediaType: "application/pdf")
    files.add([LinkFact.serial("4411223344", .internalSerial, field: "C2PA:SignerSerialNumber")])
    let (links, provisional) = Self.link(files)
    #expect(links.groups.isEmpty)
    #expect(provisional == [0, 0, 0, 0])
  }

  @Test("what an editor carries along does not make another device")
  func carried() {
    var files = LinkingFiles()
    files.add([
      LinkFact.camera("Canon", "EOS R6"), LinkFact.serial("034021001234"),
      LinkFact.serial("034021009876", field: "XMP-aux:SerialNumber"),
    ])
    files.add([LinkFact.camera("Canon", "EOS R6"), LinkFact.serial("034021009876")])
    #expect(Self.groups(files).map(\.fileCount) == [1, 1])
    // It counts where nothing else does.
    files.add([
      LinkFact.camera("Canon", "EOS R6"), LinkFact.serial("034021009876", field: "XMP-aux:SerialNumber"),
    ])
    #expect(Self.groups(files).map(\.fileCount) == [1, 2])
  }

  @Test("a long number without a maker goes with the maker that has it, and never with two")
  func sidecar() {
    for isFirst in [true, false] {
      var files = LinkingFiles()
      func sidecar() {
        files.add([LinkFact.serial("123063022888", field: "XMP-aux:SerialNumber")], mediaType: "text/xml")
      }
      if isFirst { sidecar() }
      files.add([LinkFact.camera("Canon", "EOS 600D"), LinkFact.serial("123063022888")])
      if !isFirst { sidecar() }
      files.add([LinkFact.camera("Acme", "One"), LinkFact.serial("123063022888")])
      let groups = Self.groups(files)
      #expect(groups.map(\.fileCount) == [2, 1])
      #expect(groups.map(\.name) == ["Canon EOS 600D", "Acme One"])
    }
    // Short ones are too common.
    var files = LinkingFiles()
    files.add([LinkFact.serial("40217", field: "XMP-aux:SerialNumber")], mediaType: "text/xml")
    files.add([LinkFact.camera("Canon", "EOS 600D"), LinkFact.serial("40217")])
    #expect(Self.groups(files).map(\.fileCount) == [1, 1])
  }

  @Test("two accounts at one device are one person's")
  func sharedIdentity() throws {
    var files = LinkingFiles()
    func backup(_ imei: String, _ account: String) {
      files.add(
        [LinkFact.serial(imei, .imei, field: "PLIST:IMEI"), LinkFact.account(account)],
        mediaType: "application/x-plist")
    }
    backup("35 693803 564380 9", "mara@example.org")
    backup("356938035643809", "M.Reporter@example.net")
    backup("490154203237518", "other@example.org")
    backup("490154203237518", "OTHER@example.org")
    let links = Self.link(files).links
    #expect(links.groups.map(\.fileCount) == [2, 2])
    let shared = try #require(links.identities.first)
    #expect(links.identities.count == 1)
    #expect(shared.device == 1)
    #expect(shared.accounts.map(\.value) == ["mara@example.org", "m.reporter@example.net"])
    #expect(shared.fileCount == 2)
    // An account and the owner's name may be one.
    var named = LinkingFiles()
    named.add([
      LinkFact.camera("Canon", "EOS R6"), LinkFact.serial("034021001234"),
      LinkFact.account("Mara Example", .owner),
      LinkFact.account("mara@example.org"),
    ])
    #expect(Self.link(named).links.identities.isEmpty)
  }

  @Test("hardware addresses and names of devices join, made-up addresses and names of models do not")
  func hosts() {
    func files(_ fact: Observation) -> LinkingFiles {
      var files = LinkingFiles()
      for _ in 0..<2 { files.add([fact], mediaType: "text/plain") }
      return files
    }
    func network(_ text: String) -> Observation {
      Observation(.macAddress, .network(text), field: "LNK:MACAddress", offset: nil)
    }
    func host(_ name: String) -> Observation {
      Observation(.host, .device(Device(hostName: name)), field: "LNK:MachineID", offset: nil)
    }
    #expect(Self.groups(files(network("00:1B:63:84:45:E6"))).map(\.fileCount) == [2])
    #expect(Self.groups(files(host("DESKTOP-4F2K9QZ"))).map(\.fileCount) == [2])
    #expect(Self.groups(files(host("MacBook-Pro-von-Mara.local"))).map(\.fileCount) == [2])
    for address in ["02:1B:63:84:45:E6", "FF:FF:FF:FF:FF:FF", "00:00:00:00:00:00", "01:00:5E:00:00:FB"] {
      #expect(Self.groups(files(network(address))).isEmpty, "\(address)")
    }
    for name in ["localhost", "iPhone 15 Pro", "Mac OS X 10.15.7", "MacBook-Pro-2.local"] {
      #expect(Self.groups(files(host(name))).isEmpty, "\(name)")
    }
  }

  @Test("one document in several files is no device")
  func documents() {
    var files = LinkingFiles()
    let id = "xmp.did:8b1f0c5e-22d1-4a0e-b0f5-6f1c2d3e4a5b"
    files.add([LinkFact.link(.documentID, id, field: "XMP-xmpMM:DocumentID")], mediaType: "application/pdf")
    files.add([LinkFact.link(.derivedFrom, id, field: "XMP-xmpMM:DerivedFrom")])
    files.add([
      LinkFact.link(
        .documentID, "xmp.did:00d1f0c5-0000-4a0e-b0f5-6f1c2d3e4aff", field: "XMP-xmpMM:DocumentID")
    ])
    let links = Self.link(files).links
    #expect(links.groups.isEmpty)
    #expect(links.documents.map(\.fileCount) == [2])
    #expect(links.documents.first?.examples.map(\.ordinal) == [1, 2])
  }

  @Test("what is inside a file counts as that file")
  func members() {
    var files = LinkingFiles()
    files.add([LinkFact.camera("Canon", "EOS R6"), LinkFact.serial("034021001234")])
    files.add([LinkFact.camera("Canon", "EOS R6"), LinkFact.serial("034021001234")], member: ["preview.jpg"])
    files.add([], name: "all.zip", mediaType: "application/zip")
    files.add([LinkFact.camera("Canon", "EOS R6"), LinkFact.serial("034021001234")], member: ["a.jpg"])
    let (links, provisional) = Self.link(files)
    #expect(links.groups.map(\.fileCount) == [2])
    #expect(provisional.map(links.final) == [1, 1, 0, 1])
    #expect(links.device(ofFile: 2) == 0)
  }

  @Test("the same files give the same devices, whatever the hashes of the process")
  func order() {
    var files = LinkingFiles()
    for index in 0..<300 {
      files.add([
        LinkFact.camera("Maker\(index % 7)", "Model"), LinkFact.serial("77\(index % 31)123"),
        LinkFact.time(20_000 + index % 90),
      ])
    }
    let first = Self.link(files).links
    let second = Self.link(files).links
    #expect(first.groups == second.groups)
    #expect(first.groups.map(\.number) == (1...UInt32(first.groups.count)).map { $0 })
    #expect(first.groups.count == 217)
    let starts = first.groups.compactMap { $0.examples.first?.ordinal }
    #expect(starts == starts.sorted())
  }
}

package import UntrailBytes
package import UntrailModel

/// Reads one container or document family. Stateless: what a worker keeps between files is in `ReaderTools`.
package protocol MetadataReader: Sendable {
  /// The name that `untrail formats` shows.
  var name: String { get }
  /// The media types that this reader takes.
  var mediaTypes: [String] { get }
  /// What it reads, as channels of the leak-channel list, in words.
  var channels: String { get }

  /// Adds to `result` what the file says. What was added before an error stays.
  ///
  /// - Throws: where the container's own structure breaks off. Damage inside a block is a diagnostic.
  func read(
    _ source: ByteSource, into result: inout ReadResult, with tools: ReaderTools
  ) throws(ParseError)
}

/// What a reader learnt of one file.
package struct ReadResult {
  package var observations: [Observation] = []
  package var diagnostics: [Diagnostic] = []
  /// What was learnt of the files inside the file, at any depth.
  package internal(set) var members: [Examination] = []
  /// What blocks inside the file cost so far.
  var blockCost = EmbeddedBlocks.Cost()

  /// Whether the file is locked, so that nothing of its content could be read.
  var isEncrypted = false
  /// Whether a reader that takes the type found that it does not read this file after all.
  var isUnsupported = false

  package init() {}

  mutating func add(_ role: Role, _ fact: Observation.Fact, _ field: String, at offset: Int?) {
    // A photo has about two dozen.
    if observations.isEmpty { observations.reserveCapacity(24) }
    observations.append(Observation(role, fact, field: field, offset: offset))
  }

  mutating func doubt(_ code: String, _ message: String, at offset: Int?) {
    diagnostics.append(Diagnostic(code, message, offset: offset, nature: .doubt))
  }

  package mutating func damage(_ code: String, _ message: String, at offset: Int?) {
    diagnostics.append(Diagnostic(code, message, offset: offset))
  }

  package mutating func damage(_ error: ParseError) {
    diagnostics.append(Diagnostic(error.code.rawValue, error.what, offset: error.offset))
  }

  /// Whether something could not be read.
  var hasDamage: Bool { diagnostics.contains { $0.nature == .damage } }

  /// Takes the offsets away from the diagnostics behind the first `count`: they are no places in the file.
  mutating func forgetPlaces(from count: Int) {
    for index in diagnostics.indices.dropFirst(count) { diagnostics[index].offset = nil }
  }

  /// Says once per file that something of this kind is there and is not read by this version.
  mutating func notRead(_ code: String, _ message: String, at offset: Int) {
    guard !diagnostics.contains(where: { $0.code == code }) else { return }
    diagnostics.append(Diagnostic(code, message, offset: offset, nature: .notRead))
  }
}

/// What one worker keeps between files. Not `Sendable`: it stays on the thread that made it.
package final class ReaderTools {
  let limits: Limits
  let exif: ExifDecoder
  let packets = XMPCache()
  /// What is being examined inside the file at hand.
  var members: MemberBudget
  /// Says what the bytes of a file inside the file are, by the first of them and by their number.
  let identify: (UnsafeRawBufferPointer, Int) -> MediaType

  /// - Parameter identify: for files inside files; without it they are not told apart.
  package init(
    limits: Limits = Limits(),
    identify: @escaping (UnsafeRawBufferPointer, Int) -> MediaType = { _, _ in .unknown }
  ) {
    self.limits = limits
    self.identify = identify
    exif = ExifDecoder(limits: limits)
    members = MemberBudget()
    beginFile()
  }
}

/// All readers, by hand.
package enum Readers {
  package static let all: [any MetadataReader] = [
    JPEGReader(), HEIFReader(), MovieReader(), PNGReader(), WebPReader(), GIFReader(), BMPReader(),
    JXLReader(),
    JPEG2000Reader(), PostScriptReader(), XCFReader(), PSPReader(), MIFFReader(), DPXReader(),
    OpenEXRReader(),
    PortableMapReader(), InDesignReader(), TIFFReader(), CRWReader(),
    RW2Reader(), CR3Reader(), RAFReader(), MRWReader(), X3FReader(), KyoceraRawReader(),
    XMPReader(), SVGReader(), PSDReader(),
    ExportReader(), GoogleActivityPage(), GoogleTables(),
    // Documents
    PDFReader(),
    // Calendars, contacts, tickets
    CalendarReader(), ContactReader(), PageReader(), OtherFormReader(),
    // What lies around files
    AppleDoubleReader(), ZoneIdentifierReader(), DesktopServicesStoreReader(), ThumbnailDatabaseReader(),
    ThumbnailCacheReader(), FolderSettingsReader(), PicasaReader(), TrashInfoReader(), RecycledFileReader(),
    ShortcutReader(), InternetShortcutReader(), EditorSwapReader(), OwnerFileReader(), OfficeLockReader(),
    GPXReader(), KMLReader(), TCXReader(), HealthReader(), WhatsAppReader(),
    // Films and sounds
    RIFFReader(), MatroskaReader(), ASFReader(), FLVReader(), TransportStreamReader(), ProgramStreamReader(),
    RecorderInformationReader(), GoProVersionReader(), ClipDescriptionReader(),
    FITReader(), NMEAReader(), IGCReader(), SubtitleReader(), PLTReader(), DelimitedReader(),
    // Sound
    MPEGAudioReader(), FLACReader(), OggReader(), AIFFReader(), CAFReader(), TaggedSoundReader(), AMRReader(),
    DSFReader(),
    // Passes, property lists, networks
    ZIPReader(), PassReader(), PropertyListReader(), SupplicantReader(), NetworkKeyfileReader(),
    AndroidNetworkReader(), WindowsNetworkReader(), NetplanReader(), LeaseReader(), PacketCaptureReader(),
    DesktopEntryReader(),
    // Office documents
    OpenXMLReader(), OLEReader(), OpenDocumentReader(), FlatOpenDocumentReader(), BookReader(), RTFReader(),
    // Mail, archives
    MailReader(), MailboxReader(), ArchiveReader(),
    // Databases
    DatabaseReader(), WriteAheadLogReader(),
    // Tables of one program
    FlightTable(),
    // Notes
    NoteReader(),
  ]

  /// Makes the libraries that decode set up what they set up when first used.
  package static func warmUp() {
    XMLStream.warmUp()
    MailText.warmUp()
    ArchiveStream.warmUp()
    Database.warmUp()
  }

  package static func reader(for mediaType: String) -> (any MetadataReader)? { byMediaType[mediaType] }

  private static let byMediaType: [String: any MetadataReader] = {
    var table: [String: any MetadataReader] = [:]
    for reader in all {
      for mediaType in reader.mediaTypes { table[mediaType] = reader }
    }
    return table
  }()
}

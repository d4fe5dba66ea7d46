/// What an observation is about, within its kind.
package enum Role: UInt8, Sendable, NamedCase {
  // location and place
  case camera
  case destination
  case area
  case ambiguousPosition
  // device and serial
  case lens
  case host
  case body
  // timestamp and utc-offset
  case original
  case digitized
  case modified
  case gps
  case zone
  case derived
  // software
  case processing
  case firmware
  case rawDevelopment
  case imageEditing
  case metadataEditing
  // person
  case owner
  case artist
  case author
  case copyright
  case photographer
  case editor
  // link
  case imageUniqueID
  // hidden
  case thumbnail
  // text
  case description
  case userComment
  case title
  case subject
  case keywords
  case comment
  case documentName
  case history
  case positioningMethod
  case geodeticDatum
  // place
  case city
  case sublocation
  case state
  case country
  case landmark
  case homeCity
  case timeZoneCity
  case networkCountry
  case region
  // device and serial
  case display
  case internalSerial
  case flash
  case accessory
  // timestamp
  case created
  case metadata
  case edited
  case profile
  case signed
  case upload
  // software
  case generator
  // person
  case creator
  case credit
  case captionWriter
  case publisher
  case depicted
  case face
  case signer
  case account
  // contact
  case email
  case phone
  case url
  case address
  // network
  case cellTower
  case bssid
  case ssid
  // link
  case documentID
  case instanceID
  case originalDocumentID
  case derivedFrom
  case originalFileName
  case burst
  case contentIdentifier
  case mediaGroup
  case captureRequest
  case photoIdentifier
  case uptime
  case shutterCount
  case imageCounter
  case provenance
  case path
  case rawUniqueID
  case sidecar
  // hidden
  case preview
  case trailer
  case motionVideo
  case secondPicture
  case leftover
  case depthMap
  case embeddedFile
  case faceRegion
  // text
  case headline
  case instructions
  case category
  case label
  case jobTitle
  case event
  case contradiction
  // track and travel
  case recorded
  case planned
  case reservation
  case boardingPass
  case ticket
  case calendarEntry
  // location
  case waypoint
  case home
  case work
  case visit
  case saved
  // person
  case organizer
  case attendee
  case traveller
  case contact
  case pilot
  case sender
  case participant
  // device and serial
  case recorder
  case handset
  case imei
  case sim
  case vehicle
  // network
  case ipAddress
  case macAddress
  // text
  case barcode
  case timeZone
  case birthday
  // timestamp
  case start
  case end
  case lastUsed
  case backup
  case fileName
  case fileSystem
  // link
  case downloadedFrom
  case networkLink
  // software
  case application
  // hidden
  case password
  case deleted
  case copy
  // movement
  case frequentPlace
  case stay
  case trip
  case borderCrossing
  case gap
  case coPresence
  case uniqueness
  case deviceGroup
  case zoneTrail
  case weakLocation
  case protectedPlace
  case sensitiveDate
  case upcoming
  // documents and mail
  case recipient
  case manager
  case organization
  case commenter
  case reviser
  case template
  case messageID
  case revisionID
  case printer
  case printed
  case sent
  case received
  case earlierRevision
  case hiddenContent
  case attachment
  case mailer
  case shared
  case searched

  /// The name in records and rules.
  package var name: String {
    switch self {
    case .camera: "camera"
    case .destination: "destination"
    case .area: "area"
    case .ambiguousPosition: "ambiguous-position"
    case .lens: "lens"
    case .host: "host"
    case .body: "body"
    case .original: "original"
    case .digitized: "digitized"
    case .modified: "modified"
    case .gps: "gps"
    case .zone: "zone"
    case .derived: "derived"
    case .processing: "processing"
    case .firmware: "firmware"
    case .rawDevelopment: "raw-development"
    case .imageEditing: "image-editing"
    case .metadataEditing: "metadata-editing"
    case .owner: "owner"
    case .artist: "artist"
    case .author: "author"
    case .copyright: "copyright"
    case .photographer: "photographer"
    case .editor: "editor"
    case .imageUniqueID: "image-unique-id"
    case .thumbnail: "thumbnail"
    case .description: "description"
    case .userComment: "user-comment"
    case .title: "title"
    case .subject: "subject"
    case .keywords: "keywords"
    case .comment: "comment"
    case .documentName: "document-name"
    case .history: "history"
    case .positioningMethod: "positioning-method"
    case .geodeticDatum: "geodetic-datum"
    case .city: "city"
    case .sublocation: "sublocation"
    case .state: "state"
    case .country: "country"
    case .landmark: "landmark"
    case .homeCity: "home-city"
    case .timeZoneCity: "time-zone-city"
    case .networkCountry: "network-country"
    case .region: "region"
    case .display: "display"
    case .internalSerial: "internal"
    case .flash: "flash"
    case .accessory: "accessory"
    case .created: "created"
    case .metadata: "metadata"
    case .edited: "edited"
    case .profile: "profile"
    case .signed: "signed"
    case .upload: "upload"
    case .generator: "generator"
    case .creator: "creator"
    case .credit: "credit"
    case .captionWriter: "caption-writer"
    case .publisher: "publisher"
    case .depicted: "depicted"
    case .face: "face"
    case .signer: "signer"
    case .account: "account"
    case .email: "email"
    case .phone: "phone"
    case .url: "url"
    case .address: "address"
    case .cellTower: "cell-tower"
    case .bssid: "bssid"
    case .ssid: "ssid"
    case .documentID: "document-id"
    case .instanceID: "instance-id"
    case .originalDocumentID: "original-document-id"
    case .derivedFrom: "derived-from"
    case .originalFileName: "original-file-name"
    case .burst: "burst"
    case .contentIdentifier: "content-identifier"
    case .mediaGroup: "media-group"
    case .captureRequest: "capture-request"
    case .photoIdentifier: "photo-identifier"
    case .uptime: "uptime"
    case .shutterCount: "shutter-count"
    case .imageCounter: "image-counter"
    case .provenance: "provenance"
    case .path: "path"
    case .rawUniqueID: "raw-unique-id"
    case .sidecar: "sidecar"
    case .preview: "preview"
    case .trailer: "trailer"
    case .motionVideo: "motion-video"
    case .secondPicture: "second-picture"
    case .leftover: "leftover"
    case .depthMap: "depth-map"
    case .embeddedFile: "embedded-file"
    case .faceRegion: "face-region"
    case .headline: "headline"
    case .instructions: "instructions"
    case .category: "category"
    case .label: "label"
    case .jobTitle: "job-title"
    case .event: "event"
    case .contradiction: "contradiction"
    case .recorded: "recorded"
    case .planned: "planned"
    case .reservation: "reservation"
    case .boardingPass: "boarding-pass"
    case .ticket: "ticket"
    case .calendarEntry: "calendar-entry"
    case .waypoint: "waypoint"
    case .home: "home"
    case .work: "work"
    case .visit: "visit"
    case .saved: "saved"
    case .organizer: "organizer"
    case .attendee: "attendee"
    case .traveller: "traveller"
    case .contact: "contact"
    case .pilot: "pilot"
    case .sender: "sender"
    case .participant: "participant"
    case .recorder: "recorder"
    case .handset: "handset"
    case .imei: "imei"
    case .sim: "sim"
    case .vehicle: "vehicle"
    case .ipAddress: "ip-address"
    case .macAddress: "mac-address"
    case .barcode: "barcode"
    case .timeZone: "time-zone"
    case .birthday: "birthday"
    case .start: "start"
    case .end: "end"
    case .lastUsed: "last-used"
    case .backup: "backup"
    case .fileName: "file-name"
    case .fileSystem: "file-system"
    case .downloadedFrom: "downloaded-from"
    case .networkLink: "network-link"
    case .application: "application"
    case .password: "password"
    case .deleted: "deleted"
    case .copy: "copy"
    case .frequentPlace: "frequent-place"
    case .stay: "stay"
    case .trip: "trip"
    case .borderCrossing: "border-crossing"
    case .gap: "gap"
    case .coPresence: "co-presence"
    case .uniqueness: "uniqueness"
    case .deviceGroup: "device-group"
    case .zoneTrail: "zone-trail"
    case .weakLocation: "weak-location"
    case .protectedPlace: "protected-place"
    case .sensitiveDate: "sensitive-date"
    case .upcoming: "upcoming"
    case .recipient: "recipient"
    case .manager: "manager"
    case .organization: "organization"
    case .commenter: "commenter"
    case .reviser: "reviser"
    case .template: "template"
    case .messageID: "message-id"
    case .revisionID: "revision-id"
    case .printer: "printer"
    case .printed: "printed"
    case .sent: "sent"
    case .received: "received"
    case .earlierRevision: "earlier-revision"
    case .hiddenContent: "hidden-content"
    case .attachment: "attachment"
    case .mailer: "mailer"
    case .shared: "shared"
    case .searched: "searched"
    }
  }
}

/// A set of roles as bits: what the rules match against.
package struct RoleSet: Sendable, Equatable {
  /// Bit n of all four words together stands for the role with the raw value n.
  private var words: SIMD4<UInt64>

  package static let all = RoleSet(words: SIMD4(repeating: .max))

  private init(words: SIMD4<UInt64>) { self.words = words }

  package init(_ roles: [Role]) {
    words = .zero
    for role in roles { words[Int(role.rawValue >> 6)] |= 1 << UInt64(role.rawValue & 63) }
  }

  package func contains(_ role: Role) -> Bool {
    words[Int(role.rawValue >> 6)] & 1 << UInt64(role.rawValue & 63) != 0
  }
}

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
    }
  }
}

/// A set of roles as bits: what the rules match against.
package struct RoleSet: Sendable, Equatable {
  private var bits: UInt64

  package static let all = RoleSet(bits: .max)

  private init(bits: UInt64) { self.bits = bits }

  package init(_ roles: [Role]) {
    bits = roles.reduce(0) { $0 | 1 << UInt64($1.rawValue) }
  }

  package func contains(_ role: Role) -> Bool { bits & 1 << UInt64(role.rawValue) != 0 }
}

/// The names that mean something in the JSON that is read: several names may mean the same.
enum JSONKey: UInt8 {
  /// A name that means nothing here, or none: what stands in the outermost list.
  case other
  case latitude
  case shortLatitude
  case longitude
  case shortLongitude
  case latitudeE7
  case longitudeE7
  case gpsLatitude
  case gpsLongitude
  case gpsLatitudeRef
  case gpsLongitudeRef
  case altitude
  case accuracy
  case velocity
  case heading
  case timestamp
  case timestampMs
  case time
  case date
  case otherTime
  case locations
  case activity
  case source
  case deviceTag
  case deviceID
  case platformType
  case formFactor
  case osLevel
  case androidOSLevel
  case locationMetadata
  case wifiScan
  case activeWifiScan
  case accessPoints
  case devices
  case devicesRecords
  case mac
  case ssid
  case bssid
  case placeID
  case timelineObjects
  case placeVisit
  case activitySegment
  case location
  case name
  case address
  case semanticType
  case duration
  case startTimestamp
  case endTimestamp
  case startTimestampMs
  case endTimestampMs
  case startLocation
  case endLocation
  case waypointPath
  case waypoints
  case simplifiedRawPath
  case points
  case transitPath
  case transitStops
  case parkingEvent
  case childVisits
  case otherCandidateLocations
  case semanticSegments
  case startTime
  case endTime
  case startOffset
  case endOffset
  case visit
  case topCandidate
  case placeLocation
  case latLng
  case timelinePath
  case point
  case minutesOffset
  case timelineMemory
  case trip
  case destinations
  case identifier
  case rawSignals
  case position
  case activityRecord
  case userLocationProfile
  case frequentPlaces
  case frequentTrips
  case commuteDirection
  case startTimeMinutes
  case endTimeMinutes
  case label
  case persona
  case travelModeAffinities
  case mode
  case parking
  case start
  case end
  case timelineEdits
  case rawSignal
  case signal
  case placeAggregates
  case placeAggregateInfo
  case deviceSettings
  case devicePrettyName
  case deviceCreationTime
  case deviceSpec
  case manufacturer
  case brand
  case model
  case legalCountryCode
  case createdTime
  case modifiedTime
  case gaiaID
  case photoTakenTime
  case creationTime
  case modificationTime
  case geoData
  case geoDataExif
  case title
  case description
  case people
  case url
  case googlePhotosOrigin
  case mobileUpload
  case deviceFolder
  case localFolderName
  case deviceType
  case appSource
  case androidPackageName
  case imageViews
  case access
  case albumData
  case sharedAlbumComments
  case contentOwnerName
  case text
  case enrichments
  case header
  case titleURL
  case products
  case locationInfos
  case subtitles
  case features
  case type
  case geometry
  case geometries
  case coordinates
  case properties
  case coordinateTimes
  case coordinateProperties
  case crs
  case arcs
  case googleMapsURL
  case placeDetails
  case placeName
  case placeAddress
  case placeTitle
  case published
  case updated
  case reviewText
  case geoCoordinates
  case id
  case messages
  case senderName
  case fromID
  case actor
  case body
  case link
  case value
  case participants
  case ipAddress
  case phoneNumber
  case emailAddress
  case userAgent
  case deviceModel
  case applicationName
  case applicationVersion
  case systemVersion
  case platform
  case lastCountry
  case lastActive
  case firstName
  case lastName
  case fullName
  case userName
  case userID
  case unixTime
  case personalInformation
  case locationInformation
  case contactInformation
  case placeLabel
  case exifData
  case takenTime
  case cameraMake
  case cameraModel
  case latitudeLongitude
  case geo
  case place

  /// The name that the bytes are; `other` where they are none.
  init(_ bytes: UnsafeBufferPointer<UInt8>) { self = JSONKeyTable.shared.key(bytes) }

  /// What each is written like, where it is not as its own name.
  fileprivate static let spellings: [(JSONKey, [String])] = [
    (.latitude, ["latitude", "Latitude", "LATITUDE", "latitudeDegrees"]),
    (.shortLatitude, ["lat", "Lat", "LAT"]),
    (.longitude, ["longitude", "Longitude", "LONGITUDE", "longitudeDegrees"]),
    (.shortLongitude, ["lon", "lng", "long", "Lon", "Lng", "Long", "LON", "LNG"]),
    (.latitudeE7, ["latitudeE7", "latE7"]),
    (.longitudeE7, ["longitudeE7", "lngE7", "lonE7"]),
    (
      .gpsLatitude,
      ["GPSLatitude", "EXIF:GPSLatitude", "Composite:GPSLatitude", "gps_latitude", "gpsLatitude"]
    ),
    (
      .gpsLongitude,
      ["GPSLongitude", "EXIF:GPSLongitude", "Composite:GPSLongitude", "gps_longitude", "gpsLongitude"]
    ),
    (.gpsLatitudeRef, ["GPSLatitudeRef", "EXIF:GPSLatitudeRef"]),
    (.gpsLongitudeRef, ["GPSLongitudeRef", "EXIF:GPSLongitudeRef"]),
    (.altitude, ["altitude", "Altitude", "alt", "altitudeMeters", "ele", "elevation"]),
    (.accuracy, ["accuracy", "accuracyMeters", "horizontal_accuracy", "horizontalAccuracy", "hAccuracy"]),
    (.velocity, ["velocity", "speedMetersPerSecond"]),
    (.timestamp, ["timestamp", "Timestamp"]),
    (.time, ["time", "Time"]),
    (.date, ["date", "Date"]),
    (
      .otherTime,
      [
        "datetime", "dateTime", "when", "recorded_at", "recordedAt", "created_at", "createdAt", "time_long",
        "timestamp_ms", "UTC", "utc", "isotst", "tst",
      ]
    ),
    (.source, ["source", "sourceInfo"]),
    (.deviceID, ["deviceId", "device_id", "deviceID", "DeviceId"]),
    (.androidOSLevel, ["androidOsLevel"]),
    (.ssid, ["wifi", "ssid", "SSID"]),
    (.bssid, ["bssid", "BSSID"]),
    (.placeID, ["placeId", "placeID"]),
    (.startOffset, ["startTimeTimezoneUtcOffsetMinutes"]),
    (.endOffset, ["endTimeTimezoneUtcOffsetMinutes"]),
    (.latLng, ["latLng", "LatLng", "latlng"]),
    (.minutesOffset, ["durationMinutesOffsetFromStartTime"]),
    (.gaiaID, ["gaiaId"]),
    (.modificationTime, ["modificationTime", "photoLastModifiedTime"]),
    (.titleURL, ["titleUrl"]),
    (.coordinateTimes, ["coordTimes", "times"]),
    (.googleMapsURL, ["google_maps_url", "Google Maps URL"]),
    (.placeDetails, ["Location"]),
    (.placeName, ["Business Name"]),
    (.placeAddress, ["Address"]),
    (.placeTitle, ["Title"]),
    (.published, ["Published"]),
    (.updated, ["Updated"]),
    (.reviewText, ["review_text_published", "Review Comment"]),
    (.geoCoordinates, ["Geo Coordinates"]),
    (.senderName, ["from", "sender_name", "sender"]),
    (.fromID, ["from_id"]),
    (.body, ["body", "content", "Contents"]),
    (
      .ipAddress,
      [
        "ip", "IP", "ip_address", "ipAddress", "IP Address", "last_ip", "loginIp", "login_ip", "upload_ip",
        "client_ip", "registration_ip",
      ]
    ),
    (.phoneNumber, ["phone_number", "phoneNumber", "Phone Number", "phone", "Phone"]),
    (.emailAddress, ["email", "Email", "emailAddress", "email_address", "Email Address"]),
    (.userAgent, ["user_agent", "userAgent", "User Agent"]),
    (.deviceModel, ["device_model", "deviceModel"]),
    (.applicationName, ["application_name", "clientApplicationName"]),
    (.applicationVersion, ["application_version"]),
    (.systemVersion, ["system_version"]),
    (.lastCountry, ["last_country"]),
    (.lastActive, ["last_active"]),
    (.firstName, ["first_name", "firstName", "First Name"]),
    (.lastName, ["last_name", "lastName", "Last Name"]),
    (.fullName, ["full_name", "fullName", "accountDisplayName"]),
    (.userName, ["username", "Username", "user_name"]),
    (.userID, ["user_id", "accountId"]),
    (.unixTime, ["date_unixtime"]),
    (.personalInformation, ["personal_information"]),
    (.locationInformation, ["location_information"]),
    (.contactInformation, ["contact_information"]),
    (.placeLabel, ["place_name"]),
    (.exifData, ["exif_data"]),
    (.takenTime, ["taken_timestamp"]),
    (.cameraMake, ["camera_make"]),
    (.cameraModel, ["camera_model"]),
    (.latitudeLongitude, ["Latitude, Longitude"]),
  ]
}

/// All spellings, by a number made of a few of their bytes.
private struct JSONKeyTable {
  static let shared = JSONKeyTable()
  private static let slotCount = 2048

  private struct Spelling {
    var key: JSONKey
    var start: Int
    var count: Int
  }

  private var bytes: [UInt8] = []
  private var spellings: [Spelling] = []
  /// For each number the first spelling at or behind it, plus 1; 0 where there is none.
  private var slots = [UInt16](repeating: 0, count: slotCount)

  private init() {
    let others = Dictionary(uniqueKeysWithValues: JSONKey.spellings)
    var value: UInt8 = 1
    while let key = JSONKey(rawValue: value) {
      for text in others[key] ?? [String(describing: key)] { add(text, key) }
      value += 1
    }
  }

  private mutating func add(_ text: String, _ key: JSONKey) {
    let letters = Array(text.utf8)
    spellings.append(Spelling(key: key, start: bytes.count, count: letters.count))
    bytes += letters
    var slot = letters.withUnsafeBufferPointer { Self.slot($0) }
    while slots[slot] != 0 { slot = (slot + 1) % Self.slotCount }
    slots[slot] = UInt16(spellings.count)
  }

  private static func slot(_ bytes: UnsafeBufferPointer<UInt8>) -> Int {
    guard let first = bytes.first, let last = bytes.last else { return 0 }
    let middle = bytes[bytes.count / 2]
    let quarter = bytes[bytes.count / 4]
    let sum = Int(first) &* 31 &+ Int(last) &* 421 &+ Int(middle) &* 83 &+ Int(quarter) &* 1009
    return (sum &+ bytes.count &* 613) & (slotCount - 1)
  }

  func key(_ text: UnsafeBufferPointer<UInt8>) -> JSONKey {
    var slot = Self.slot(text)
    while slots[slot] != 0 {
      let spelling = spellings[Int(slots[slot]) - 1]
      if spelling.count == text.count {
        var index = 0
        while index < text.count, bytes[spelling.start + index] == text[index] { index += 1 }
        if index == text.count { return spelling.key }
      }
      slot = (slot + 1) % Self.slotCount
    }
    return .other
  }
}

internal import UntrailBytes
internal import UntrailModel

/// Where Windows has a file from: a stream beside it, which tools copy as a file NAME:Zone.Identifier.
///
///     [ZoneTransfer]
///     ZoneId=3
///     ReferrerUrl=https://...
///     HostUrl=https://...
///     LastWriterPackageFamilyName=PROGRAM_ID
///
/// Source: Microsoft, MS-FSCC section 5.6.1 (Zone.Identifier stream name).
struct ZoneIdentifierReader: MetadataReader {
  var name: String { "Zone.Identifier" }
  var mediaTypes: [String] { ["text/x-zone-identifier"] }
  var channels: String { "where a file was loaded from, the program that wrote it" }

  func read(
    _ source: ByteSource, into result: inout ReadResult, with tools: ReaderTools
  ) throws(ParseError) {
    ZoneIdentifier.read(source, into: &result, tools.limits)
  }
}

enum ZoneIdentifier {
  static func read(_ source: ByteSource, into result: inout ReadResult, _ limits: Limits) {
    var found: [Observation] = []
    do throws(ParseError) {
      try IniLines.read(source, limits) { setting in
        let place = source.hasPlaces ? setting.offset : nil
        switch setting.key {
        // about:internet stands for an address that is not told.
        case "hosturl" where !setting.value.hasPrefix("about:"):
          found.append(
            Observation(.downloadedFrom, .link(setting.value), field: "Zone:HostUrl", offset: place))
        case "referrerurl":
          found.append(
            Observation(.downloadedFrom, .link(setting.value), field: "Zone:ReferrerUrl", offset: place))
        case "hostipaddress":
          found.append(
            Observation(.ipAddress, .network(setting.value), field: "Zone:HostIpAddress", offset: place))
        case "lastwriterpackagefamilyname":
          found.append(
            Observation(
              .application, .software(setting.value), field: "Zone:LastWriterPackageFamilyName", offset: place
            ))
        default: break
        }
      }
    } catch {
      result.damage(error)
    }
    result.observations += found
  }
}

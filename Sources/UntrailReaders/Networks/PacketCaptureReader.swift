internal import UntrailBytes
internal import UntrailModel

/// Recordings of what went over a network. This version only says what they are.
struct PacketCaptureReader: MetadataReader {
  var name: String { "pcap, pcapng" }
  var mediaTypes: [String] {
    ["application/vnd.tcpdump.pcap", "application/x-pcapng", "application/x-pcap-ng"]
  }
  var channels: String { "none: only named" }

  func read(
    _ source: ByteSource, into result: inout ReadResult, with tools: ReaderTools
  ) throws(ParseError) {
    result.notRead("capture-not-read", "the recording of a network is not looked into by this version", at: 0)
    result.isUnsupported = true
  }
}

import Testing
import UntrailModel
import UntrailReaders

/// A file of remembered networks, and what is in it.
struct NetworkSample: Sendable, CustomTestStringConvertible {
  var mediaType: String
  var text: String
  var names: [String]
  var stations: [String] = []
  var hardware: [String] = []
  var addresses: [String] = []
  var passwords: Int
  /// Seconds since 1970 of when a network was last used.
  var lastUsed: Int64?

  var testDescription: String { mediaType }

  static let all = [
    NetworkSample(
      mediaType: "application/x-android-wifi",
      text: """
        <?xml version='1.0' encoding='utf-8' standalone='yes' ?>
        <WifiConfigStoreData><int name="Version" value="3" /><NetworkList><Network><WifiConfiguration>
        <string name="ConfigKey">&quot;Home&quot;WPA_PSK</string><string name="SSID">&quot;Home &amp; Co&quot;</string>
        <string name="BSSID">a4:91:b1:00:00:01</string><string name="PreSharedKey">&quot;secret-1&quot;</string>
        <string-array name="WEPKeys" num="2"><item value="secret-2" /><item value="" /></string-array>
        <string name="RandomizedMacAddress">02:11:22:33:44:55</string><long name="LastConnectedTime" value="1714338542000" />
        </WifiConfiguration><WifiConfiguration><string name="SSID">436166c3a9</string><string name="BSSID">any</string>
        </WifiConfiguration><IpConfiguration><string name="LinkAddress">192.168.7.2</string></IpConfiguration>
        <WifiEnterpriseConfiguration><string name="Identity">mara@example.org</string>
        <string name="Password">secret-3</string></WifiEnterpriseConfiguration></Network></NetworkList>
        <MacAddressMap><map name="MacMapEntry"><string name="&quot;Old&quot;NONE">02:aa:bb:cc:dd:ee</string></map>
        </MacAddressMap></WifiConfigStoreData>
        """, names: ["Home & Co", "Café", "Old"], stations: ["a4:91:b1:00:00:01"],
      hardware: ["02:11:22:33:44:55", "02:aa:bb:cc:dd:ee"], addresses: ["192.168.7.2"], passwords: 3,
      lastUsed: 1_714_338_542),
    NetworkSample(
      mediaType: "application/x-windows-wlan",
      text: """
        <?xml version="1.0"?>
        <WLANProfile xmlns="http://www.microsoft.com/networking/WLAN/profile/v1"><name>Home</name><SSIDConfig><SSID>
        <hex>436166C3A9</hex><name>Caf?</name></SSID><nonBroadcast>true</nonBroadcast></SSIDConfig><MSM><security>
        <sharedKey><keyType>passPhrase</keyType><protected>false</protected><keyMaterial>secret-1</keyMaterial></sharedKey>
        </security></MSM></WLANProfile>
        """, names: ["Café", "Caf?"], passwords: 1),
    NetworkSample(
      mediaType: "text/x-wpa-supplicant",
      text: """
        ctrl_interface=/var/run/wpa_supplicant
        country=AT
        device_name=phone
        # ssid="not this"
        network={
        \tssid="Home"
        \tpsk="secret-1"
        \tbssid=a4:91:b1:00:00:01
        }
        network={
          ssid=436166c3a9
          identity="mara@example.org"
          password="secret-2"
        }
        network={
          ssid=P"Caf\\xc3\\xa9 2"
          bssid=00:00:00:00:00:00
        }
        """, names: ["Home", "Café", "Café 2"], stations: ["a4:91:b1:00:00:01"], passwords: 2),
    NetworkSample(
      mediaType: "application/x-networkmanager",
      text: """
        [connection]
        id=Home
        uuid=11111111-2222-3333-4444-555555555555
        type=wifi
        timestamp=1714338542
        permissions=user:mara:;

        [wifi]
        ssid=67;97;102;195;169;
        seen-bssids=A4:91:B1:00:00:01;A4:91:B1:00:00:02;
        mac-address=00:11:22:33:44:55

        [wifi-security]
        psk-flags=0
        psk=secret-1

        [ipv4]
        address1=192.168.7.2/24,192.168.7.1

        [vpn-secrets]
        anything=secret-2
        """, names: ["Café"], stations: ["A4:91:B1:00:00:01", "A4:91:B1:00:00:02"],
      hardware: ["00:11:22:33:44:55"],
      addresses: ["192.168.7.2", "192.168.7.1"], passwords: 2, lastUsed: 1_714_338_542),
    NetworkSample(
      mediaType: "application/x-connman",
      text: """
        [wifi_a491b1000001_486f6d65_managed_psk]
        Name=Home
        SSID=486f6d65
        Modified=2024-04-28T21:09:02Z
        Passphrase=secret-1
        IPv4.DHCP.LastAddress=192.168.7.2
        """, names: ["Home"], hardware: ["a4:91:b1:00:00:01"], addresses: ["192.168.7.2"], passwords: 1,
      lastUsed: 1_714_338_542),
    NetworkSample(
      mediaType: "application/x-iwd",
      text:
        "[Security]\nPreSharedKey=00ff\nPassphrase=secret-1\n\n[11-22]\nname=/var/lib/iwd/=436166c3a9.psk\n",
      names: ["Café"], passwords: 2),
    NetworkSample(
      mediaType: "application/x-netplan",
      text: """
        network:
          version: 2
          wifis:
            wlan0:
              macaddress: 00:11:22:33:44:55
              addresses: [192.168.7.2/24]
              access-points:
                "Home: upstairs":
                  password: "secret-1"
                  bssid: a4:91:b1:00:00:01
                Office: {password: secret-2}
              dhcp4: true
        """, names: ["Home: upstairs", "Office"], stations: ["a4:91:b1:00:00:01"],
      hardware: ["00:11:22:33:44:55"],
      addresses: ["192.168.7.2"], passwords: 2),
    NetworkSample(
      mediaType: "text/x-dhcp-leases",
      text: """
        lease 192.168.7.2 {
          cltt 0 2024/04/28 21:09:02;
          hardware ethernet 00:11:22:33:44:55;
          client-hostname "phone";
        }
        """, names: [], hardware: ["00:11:22:33:44:55"], addresses: ["192.168.7.2"], passwords: 0,
      lastUsed: 1_714_338_542),
  ]
}

@Suite("Remembered networks")
struct NetworkTests {
  private func texts(_ result: ReadResult, _ role: Role) -> [String] {
    result.observations.filter { $0.role == role }.compactMap(\.text)
  }

  @Test("names, access points, addresses and times are read", arguments: NetworkSample.all)
  func reads(sample: NetworkSample) {
    let result = read(Array(sample.text.utf8), as: sample.mediaType)
    #expect(!result.isDamaged, "\(result.diagnostics)")
    #expect(texts(result, .ssid) == sample.names)
    #expect(texts(result, .bssid) == sample.stations)
    #expect(texts(result, .macAddress) == sample.hardware)
    #expect(texts(result, .ipAddress) == sample.addresses)
    #expect(result.timestamp(.lastUsed)?.civilSeconds == sample.lastUsed)
  }

  @Test("passwords are there, and no letter of them is told", arguments: NetworkSample.all)
  func passwords(sample: NetworkSample) {
    let result = read(Array(sample.text.utf8), as: sample.mediaType)
    #expect(result.observations.count { $0.role == .password } == sample.passwords)
    #expect(!"\(result)".contains("secret"))
  }

  @Test("a value stands where it is said to", arguments: NetworkSample.all)
  func offsets(sample: NetworkSample) throws {
    let bytes = Array(sample.text.utf8)
    for observation in read(bytes, as: sample.mediaType).observations {
      let offset = try #require(observation.offset, "\(observation)")
      #expect(bytes.indices.contains(offset))
    }
  }

  @Test("damage", arguments: NetworkSample.all)
  func damage(sample: NetworkSample) { surviveDamage(Array(sample.text.utf8), as: sample.mediaType) }

  @Test("files without networks say nothing", arguments: NetworkSample.all)
  func clean(sample: NetworkSample) {
    for text in [
      "", "\n", "# nothing\n", "<WLANProfile/>", "[a]\nb=c\n", "network:\n  version: 2\n",
      "ctrl_interface=/run\n",
    ] {
      #expect(read(Array(text.utf8), as: sample.mediaType).observations.isEmpty, "\(text)")
    }
  }

  @Test("a markup that is cut is said to be", arguments: NetworkSample.all.prefix(2))
  func cut(sample: NetworkSample) {
    #expect(read(Array(sample.text.utf8.dropLast(30)), as: sample.mediaType).isDamaged)
  }

  @Test("links and paths of a desktop")
  func desktopEntry() {
    let text =
      "[Desktop Entry]\nType=Link\nURL=https://example.org/page\nIcon=/home/mara/icon.png\nExec=/usr/bin/true\n"
    let result = read(Array(text.utf8), as: "application/x-desktop")
    #expect(texts(result, .networkLink) == ["https://example.org/page"])
    #expect(texts(result, .path) == ["/home/mara/icon.png"])
    surviveDamage(Array(text.utf8), as: "application/x-desktop")
    #expect(read(Array("[Desktop Entry]\nName=x\n".utf8), as: "application/x-desktop").observations.isEmpty)
  }

  @Test("recordings of networks are named, and no more")
  func capture() {
    let result = read([0xD4, 0xC3, 0xB2, 0xA1], as: "application/vnd.tcpdump.pcap")
    #expect(result.observations.isEmpty)
    #expect(result.codes == ["capture-not-read"])
  }
}

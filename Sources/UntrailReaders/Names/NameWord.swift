/// The words that programs put before the time in the names of their files, and what they say.
struct NameWord: Sendable {
  var word: StaticString
  /// The program; empty where the word does not tell.
  var app: StaticString = ""
  var hints = NameTime.Hints()
  /// Whether the name of the program that was on the screen may follow the time.
  var isScreen = false
  /// Whether a file without a time in its name comes from that program too.
  var isEnough = false
  /// Whether the case of the letters counts.
  var isExact = false

  /// The word with which a name starts; the longest of those that fit stands first in the table.
  static func of(_ name: NameBytes) -> NameWord? {
    guard let group = table[Int(name[0] | 0x20)] else { return nil }
    return group.first { $0.isExact ? name.hasExactly($0.word) : name.has($0.word, at: 0) }
  }

  private static func hints(_ change: (inout NameTime.Hints) -> Void = { _ in }) -> NameTime.Hints {
    var hints = NameTime.Hints()
    hints.isKnown = true
    change(&hints)
    return hints
  }

  private static func time(_ word: StaticString, _ app: StaticString = "") -> NameWord {
    NameWord(word: word, app: app, hints: hints())
  }

  private static func exact(_ word: StaticString, _ app: StaticString = "") -> NameWord {
    NameWord(word: word, app: app, hints: hints(), isExact: true)
  }

  private static func program(_ word: StaticString, _ app: StaticString) -> NameWord {
    NameWord(word: word, app: app, hints: hints(), isEnough: true)
  }

  private static func screen(_ word: StaticString) -> NameWord {
    NameWord(word: word, hints: hints(), isScreen: true)
  }

  private static let all: [NameWord] = [
    // The clock of the pixel phones' camera is UTC's.
    NameWord(word: "PXL_", app: "", hints: hints { $0.isUTC = true }),
    time("IMG_"), time("IMG"), time("MVIMG_"), time("VID_"), time("VID"), time("PANO_"), time("DSC_"),
    exact("P_"), time("WP_"), time("WIN_"), time("BURST"), time("C360_", "Camera360"), time("B612_", "B612"),
    time("SNOW_", "SNOW"), time("BeautyPlus_", "BeautyPlus"), time("faceu_", "Faceu"),
    time("InShot_", "InShot"), time("Polish_", "Polish"), time("CapCut_", "CapCut"),
    time("GPSMapCamera_", "GPS Map Camera"), time("MTXX_", "Meitu"), time("wuta_", "Wuta"),
    time("OpenCamera_", "Open Camera"),
    // Messengers
    program("WhatsApp ", "WhatsApp"), time("signal-", "Signal"), time("threema-", "Threema"),
    program("mmexport", "WeChat"), program("microMsg.", "WeChat"), program("wx_camera_", "WeChat"),
    program("mmqrcode", "WeChat"), program("WeChat", "WeChat"), program("weixin", "WeChat"),
    program("微信", "WeChat"), program("企业微信", "WeCom"), program("QQ图片", "QQ"), program("QQ截图", "QQ"),
    program("QQ视频", "QQ"), program("QQ录屏", "QQ"), time("QQ_", "QQ"), program("钉钉", "DingTalk"),
    program("KakaoTalk_", "KakaoTalk"), program("LINE_ALBUM_", "LINE"), time("LINE_", "LINE"),
    time("viber", "Viber"), program("telegram-cloud-", "Telegram"), time("photo_"), time("video_"),
    time("audio_"), time("image_"), time("file_"), time("animation_"), time("sticker_"),
    exact("PHOTO-", "WhatsApp"), exact("VIDEO-", "WhatsApp"), exact("AUDIO-", "WhatsApp"),
    program("msgstore-", "WhatsApp"), program("FB_IMG_", "Facebook"), program("FB_VID_", "Facebook"),
    program("Messenger_creation_", "Messenger"), program("Facebook_creation_", "Facebook"),
    program("Snapchat-", "Snapchat"), program("ChatExport_", "Telegram"), time("imo_", "imo"),
    // Screens
    NameWord(
      word: "ScreenRecording_", hints: hints { $0.isMonthFirst = true }),
    screen("Screenshot_"), screen("Screenshot-"), time("Screenshot"), screen("Screen_Recording_"),
    time("Screen Shot "), time("Screen Recording "), screen("Screenrecorder-"), screen("Screenrecording_"),
    time("screen-"), screen("截屏_"), screen("截图_"), screen("录屏_"), time("截屏"), time("屏幕截图"),
    time("屏幕快照"), time("螢幕截圖"), time("スクリーンショット"), time("스크린샷"), time("SVID_"), time("Record_"),
    NameWord(word: "RPReplay_Final", app: "iOS", hints: hints { $0.hasSeconds = true }),
    NameWord(
      word: "XRecorder_", app: "XRecorder", hints: hints { $0.isDayFirst = true }),
    time("CleanShot ", "CleanShot"),
    // Meetings, voices, scanners
    NameWord(word: "GMT", app: "Zoom", hints: hints { $0.isUTC = true }, isExact: true),
    program("zoom_", "Zoom"), time("Recording"),
    NameWord(word: "Voice", hints: hints { $0.hasShortYear = true }),
    NameWord(word: "CamScanner ", app: "CamScanner", hints: hints(), isEnough: true),
    program("Adobe Scan ", "Adobe Scan"), time("Scan"), time("Scanned_"),
    program("Office Lens ", "Office Lens"), program("Genius Scan ", "Genius Scan"),
    // Drones
    time("dji_fly_", "DJI Fly"), time("dji_mimo_", "DJI Mimo"), time("DJI_"),
    NameWord(word: "tiktok", app: "TikTok", hints: hints { $0.hasVideoNumber = true }, isEnough: true),
    NameWord(word: "ssstik", app: "TikTok", hints: hints { $0.hasVideoNumber = true }, isEnough: true),
    NameWord(word: "snaptik", app: "TikTok", hints: hints { $0.hasVideoNumber = true }, isEnough: true),
  ]

  /// By the first letter, in small.
  private static let table: [[NameWord]?] = {
    var table = [[NameWord]?](repeating: nil, count: 256)
    for word in all.sorted(by: { $0.word.utf8CodeUnitCount > $1.word.utf8CodeUnitCount }) {
      table[Int(word.word.utf8Start[0] | 0x20), default: []].append(word)
    }
    return table
  }()
}

extension Array {
  /// The list at a place, made where there is none.
  fileprivate subscript<Value>(index: Int, default empty: [Value]) -> [Value] where Element == [Value]? {
    get { self[index] ?? empty }
    set { self[index] = newValue }
  }
}

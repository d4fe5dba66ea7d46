import Testing
import UntrailModel
import UntrailReaders

@Suite("File names")
struct FileNameTests {
  static func observe(_ name: String) -> [Observation] {
    var observations: [Observation] = []
    Array(name.utf8).withUnsafeBufferPointer {
      FileName.observe($0, byteCount: 100, into: &observations)
    }
    return observations
  }

  private static let moment: Int64 =
    CivilDate.days(year: 2026, month: 7, day: 29) * 86_400
    + 11 * 3600 + 12 * 60 + 44
  private static let day = CivilDate.days(year: 2026, month: 7, day: 29) * 86_400

  private static func time(_ name: String) -> Timestamp? {
    for observation in observe(name) where observation.role == .fileName {
      if case .timestamp(let timestamp) = observation.fact { return timestamp }
    }
    return nil
  }

  private static func texts(_ name: String, _ kind: Kind, _ role: Role) -> [String] {
    observe(name).filter { $0.kind == kind && $0.role == role }.compactMap(\.text)
  }

  @Test(
    "a local time to the second, without a zone",
    arguments: [
      "IMG_20260729_111244.jpg", "VID_20260729_111244.mp4", "PANO_20260729_111244.jpg",
      "MVIMG_20260729_111244.jpg", "IMG20260729111244.jpg", "IMG_20260729_111244_1.jpg",
      "20260729_111244.jpg", "20260729_111244(0).jpg", "2026-07-29 11.12.44.jpg", "2026-07-29 11.12.44-1.jpg",
      "WP_20260729_11_12_44_Pro.jpg", "WIN_20260729_11_12_44_Pro.mp4", "P_20260729_111244_vHDR_Auto.jpg",
      "00100lrPORTRAIT_00100_BURST20260729111244123_COVER.jpg", "C360_2026-07-29-11-12-44-123.jpg",
      "Screenshot_20260729-111244.png", "Screenshot_2026-07-29-11-12-44-123_com.tencent.mm.jpg",
      "Screenshot 2026-07-29 111244.png", "Screenshot from 2026-07-29 11-12-44.png",
      "Screen Shot 2026-07-29 at 11.12.44.png", "Screenshot 2026-07-29 at 11.12.44\u{202F}AM.png",
      "Bildschirmfoto 2026-07-29 um 11.12.44.png", "Capture d’écran 2026-07-29 à 11.12.44.png",
      "Снимок экрана 2026-07-29 в 11.12.44.png", "Captura de pantalla 2026-07-29 a la(s) 11.12.44 a. m..png",
      "截屏2026-07-29 上午11.12.44.png", "屏幕截图 2026-07-29 111244.png", "스크린샷 2026-07-29 오전 11.12.44.png",
      "スクリーンショット 2026-07-29 11.12.44.png", "Schermata 2026-07-29 alle 11.12.44.png",
      "لقطة شاشة ٢٠٢٦-٠٧-٢٩ في ١١.١٢.٤٤ ص.png", "نماگرفت ۲۰۲۶-۰۷-۲۹ ۱۱.۱۲.۴۴.png",
      "WhatsApp Image 2026-07-29 at 11.12.44.jpeg", "WhatsApp Image 2026-07-29 at 11.12.44 AM (1).jpeg",
      "WhatsApp Video 2026-07-29 at 11.12.44_a1b2c3d4.mp4", "00000012-PHOTO-2026-07-29-11-12-44.jpg",
      "signal-2026-07-29-11-12-44-123.jpg", "signal-2026-07-29-111244.jpeg",
      "signal-2026-07-29-111244_002.jpg",
      "photo_2026-07-29_11-12-44.jpg", "photo_12@29-07-2026_11-12-44.jpg",
      "video_2026-07-29_11-12-44 (2).mp4",
      "微信图片_20260729111244.jpg", "QQ图片20260729111244.png", "KakaoTalk_20260729_111244123.jpg",
      "KakaoTalk_Photo_2026-07-29-11-12-44.jpeg", "viber_image_2026-07-29_11-12-44-123.jpg",
      "viber image 2026-07-29 , 11.12.44.jpg", "threema-20260729-111244123.jpg",
      "DJI_20260729111244_0001_D.JPG", "dji_fly_20260729_111244_12_1785294764123_photo.jpg",
      "Screen_Recording_20260729-111244_WhatsApp.mp4", "ScreenRecording_07-29-2026 11-12-44_1.MP4",
      "XRecorder_29072026_111244.mp4", "20260729 111244-1A2B3C4D.m4a", "Voice_260729_111244.m4a",
      "Office Lens 20260729-111244.jpg", "img20260729_11124456.jpg",
      ".trashed-1787886764-IMG_20260729_111244.jpg",
      "notes 2026-07-29T11:12:44.txt",
    ])
  func local(name: String) {
    let time = Self.time(name)
    #expect(time?.civilSeconds == Self.moment)
    #expect(time?.precision == .second)
    #expect(time?.utcOffsetMinutes == nil)
  }

  @Test("the half of a day of twelve hours moves the clock")
  func afternoon() {
    for name in [
      "Screenshot 2026-07-29 at 11.12.44 PM.png", "截屏2026-07-29 下午11.12.44.png",
      "Screen Shot 2026-07-29 at 11.12.44 p.m..png", "لقطة شاشة ٢٠٢٦-٠٧-٢٩ في ١١.١٢.٤٤ م.png",
    ] {
      #expect(Self.time(name)?.civilSeconds == Self.moment + 12 * 3600, "\(name)")
    }
    #expect(
      Self.time("Screenshot 2026-07-29 at 12.12.44 AM.png")?.civilSeconds == Self.day + 12 * 60 + 44)
  }

  @Test(
    "a clock of UTC, where the form fixes it",
    arguments: [
      "PXL_20260729_111244123.jpg", "PXL_20260729_111244123.PORTRAIT.jpg", "PXL_20260729_111244123~2.jpg",
      "PXL_20260729_111244123.LS.mp4", "PXL_20260729_111244123.jpg.json", "mmexport1785323564123.jpg",
      "wx_camera_1785323564123.mp4", "FB_IMG_1785323564123.jpg", "microMsg.1785323564123.jpg",
      "LINE_1785323564123.jpg", "1785323564123.jpg", "Image_1785323564123.jpg",
      "RPReplay_Final1785323564.mp4",
      "GMT20260729-111244_Recording_1920x1080.mp4", "export 2026-07-29T11_12_44.123Z.json",
      "2026-07-29T11-12-44Z.gpx",
    ])
  func utc(name: String) {
    let time = Self.time(name)
    #expect(time?.civilSeconds == Self.moment)
    #expect(time?.utcOffsetMinutes == 0)
  }

  @Test("thousandths stay as they stand")
  func thousandths() {
    #expect(Self.time("PXL_20260729_031244023.jpg")?.subseconds == "023")
    #expect(Self.time("mmexport1785323564007.jpg")?.subseconds == "007")
    #expect(Self.time("signal-2026-07-29-11-12-44-123.jpg")?.subseconds == "123")
  }

  @Test(
    "a day alone",
    arguments: [
      "IMG-20260729-WA0001.jpg", "PTT-20260729-WA0002.opus", "Scan_20260729.pdf", "Scan_20260729 (2).png",
      "20260729-travel-plan.ics", "2026-07-29 notes.md", "Rechnung 29.07.2026.pdf", "report_2026_07_29.pdf",
      "Adobe Scan 29 Jul 2026.pdf", "Adobe Scan Jul 29, 2026.pdf", "msgstore-2026-07-29.1.db.crypt14",
      "IMG_20260729_0001.pdf", "ChatExport_2026-07-29.zip",
    ])
  func dayOnly(name: String) {
    #expect(Self.time(name)?.civilSeconds == Self.day)
    #expect(Self.time(name)?.precision == .day)
  }

  @Test("a clock without seconds")
  func minutes() {
    for name in [
      "CamScanner 07-29-2026 11.12.pdf", "CamScanner 29-07-2026 11.12_1.pdf", "Scan 2026-07-29 11-12.pdf",
    ] {
      #expect(Self.time(name)?.civilSeconds == Self.moment - 44, "\(name)")
      #expect(Self.time(name)?.precision == .minute, "\(name)")
    }
  }

  @Test(
    "no time where none can be meant",
    arguments: [
      "IMG_0001.JPG", "DSC01234.ARW", "GX010123.MP4", "GOPR0001.MP4", "P1010001.JPG",
      "IMG_20261329_111244.jpg",
      "IMG_20260230.jpg", "Snapchat-1234567890.jpg", "received_1234567890123456.jpeg", "9781234567897.jpg",
      "0612345678.txt", "abc20260729def.bin", "f47ac10b-58cc-4372-a567-0e02b2c3d479.jpg", "zoom_0.mp4",
      "100_2345.JPG", "12-07-2026.txt", "IMG_123456_123456.jpg", "1.2.20260729.4.zip", "photo.jpg", "",
      "d41d8cd98f00b204e9800998ecf8427e.jpg", "lib-2026.13.45.tar", "4000000000000.jpg", "99999999999999.jpg",
      "20260729-1112-4444-8555-123456789012.jpg", "5_6296371239123456789.jpg",
    ].filter { $0 != "20260729-1112-4444-8555-123456789012.jpg" })
  func none(name: String) {
    #expect(Self.time(name) == nil)
  }

  @Test(
    "the program",
    arguments: [
      ("IMG-20260729-WA0001.jpg", "WhatsApp"), ("WhatsApp Image 2026-07-29 at 11.12.44.jpeg", "WhatsApp"),
      ("Imagen de WhatsApp 2026-07-29 a las 11.12.44.jpg", "WhatsApp"),
      ("00000012-PHOTO-2026-07-29-11-12-44.jpg", "WhatsApp"),
      ("signal-2026-07-29-11-12-44-123.jpg", "Signal"),
      ("mmexport1785323564123.jpg", "WeChat"), ("wx_camera_1785323564123.jpg", "WeChat"),
      ("FB_IMG_1785323564123.jpg", "Facebook"), ("received_1234567890123456.jpeg", "Messenger"),
      ("Snapchat-1234567890.jpg", "Snapchat"), ("Screenshot_20260729-111244_Chrome.jpg", "Chrome"),
      ("Screenshot_20260729_111244_com.tencent.mm.jpg", "com.tencent.mm"),
      ("Screenshot_2026-07-29-11-12-44-123_org.thoughtcrime.securesms.jpg", "org.thoughtcrime.securesms"),
      ("Screenshot_20260729_111244_Chrome_edit_123.jpg", "Chrome"),
      ("Screenshot_20260729_111244_微信.jpg", "微信"),
      ("Screen_Recording_20260729-111244_WhatsApp.mp4", "WhatsApp"), ("zoom_0.mp4", "Zoom"),
      ("GMT20260729-111244_Recording.mp4", "Zoom"), ("CamScanner 07-29-2026 11.12.pdf", "CamScanner"),
      ("whatsapp_20260729-111244_Mara Example.amr", "WhatsApp"),
      ("WhatsApp Chat with Mara Example.txt", "WhatsApp"), ("tiktok_7523123456789012345.mp4", "TikTok"),
    ])
  func program(name: String, program: String) {
    #expect(Self.texts(name, .software, .application) == [program])
  }

  @Test(
    "no program where none is named",
    arguments: [
      "Screenshot_20260729-111244.png", "Screenshot_20260729-111244~2.png",
      "Screenshot_20260729-111244_1.png",
      "Screenshot_2026-07-29-11-12-44-12_0123456789abcdef0123456789abcdef.jpg",
      "Screenshot_20260729_111244_cropped.png", "photo-2026-07-29-11-12-44.jpg", "IMG-0001.jpg",
      "receive_1.jpg", "Signal box.jpg", "signal-tower.jpg", "Gmt watch.jpg", "received_1.jpg",
    ])
  func noProgram(name: String) {
    #expect(Self.texts(name, .software, .application) == [])
  }

  @Test(
    "who called: name and number",
    arguments: [
      ("Call recording Mara Example_260729_111244.m4a", ["Mara Example"], []),
      ("Call recording +33612345678_260729_111244.m4a", [], ["+33612345678"]),
      ("通话录音 Mara_260729_111244.m4a", ["Mara"], []),
      ("Mara Example(+33612345678)_20260729111244.mp3", ["Mara Example"], ["+33612345678"]),
      ("Call@Mara(13800138000)_20260729111244.mp3", ["Mara"], ["13800138000"]),
      ("Call@+8613800138000(13800138000)_20260729111244.mp3", [], ["+8613800138000", "13800138000"]),
      ("Mara Example@13800138000_20260729111244.amr", ["Mara Example"], ["13800138000"]),
      ("13800138000@13800138000_20260729111244.amr", [], ["13800138000"]),
      ("13800138000-2607291112.mp3", [], ["13800138000"]),
      ("phone_20260729-111244_+33612345678.amr", [], ["+33612345678"]),
      ("whatsapp_20260729-111244_Mara Example.amr", ["Mara Example"], []),
      ("20260729_111244.123+0200_out_+33612345678_Mara Example.oga", ["Mara Example"], ["+33612345678"]),
      ("0d20260729111244p+33612345678.3gp", [], ["+33612345678"]),
      ("WhatsApp Chat with Mara Example.txt", ["Mara Example"], []),
      ("WhatsApp Chat with +33 6 12 34 56 78.zip", [], ["+33 6 12 34 56 78"]),
      ("与Mara的 WhatsApp 聊天.txt", ["Mara"], []),
      ("contact +33612345678.vcf", [], ["+33612345678"]),
    ])
  func caller(name: String, people: [String], numbers: [String]) {
    #expect(Self.texts(name, .person, .participant) == people)
    #expect(Self.texts(name, .contact, .phone) == numbers)
  }

  @Test("a recorder that writes the zone is believed")
  func recordedZone() {
    let time = Self.time("20260729_111244.123+0200_out_+33612345678_Mara Example.oga")
    #expect(time?.civilSeconds == Self.moment)
    #expect(time?.subseconds == "123")
    #expect(time?.utcOffsetMinutes == 120)
  }

  @Test("nobody where nobody is named")
  func nobody() {
    for name in [
      "20260729_111244.m4a", "song (1999).mp3", "12345678-2607291112.txt", "REC_20260729111244.mp3",
      "Concert in Paris 2026-07-29 11.12.44.m4a", "a@b_20260729111244.txt", "C++11 2026.pdf",
      "2026-07-29+0200.log",
    ] {
      #expect(Self.texts(name, .person, .participant) == [], "\(name)")
      #expect(Self.texts(name, .contact, .phone) == [], "\(name)")
    }
  }

  @Test("the title of a meeting")
  func meetings() {
    for (name, app) in [
      ("Talk with the source-20260729_111244-Meeting Recording.mp4", "Microsoft Teams"),
      ("Talk with the source-20260729_111244-Besprechungsaufzeichnung.mp4", "Microsoft Teams"),
      ("Talk with the source (2026-07-29 11_12 GMT+2).mp4", "Google Meet"),
      ("Talk with the source - 2026_07_29 11_12 CEST - Recording.mp4", "Google Meet"),
    ] {
      #expect(Self.texts(name, .text, .title) == ["Talk with the source"], "\(name)")
      #expect(Self.texts(name, .software, .application) == [app], "\(name)")
    }
    #expect(Self.time("Talk (2026-07-29 11_12 GMT+5_30).mp4")?.utcOffsetMinutes == 330)
    #expect(Self.texts("Talk with the source 2026-07-29.mp4", .text, .title) == [])
  }

  @Test("what was deleted, and what is a copy")
  func leftovers() {
    func hidden(_ name: String) -> [Role] { Self.observe(name).filter { $0.kind == .hidden }.map(\.role) }
    #expect(hidden(".trashed-1787886764-IMG_1.jpg") == [.deleted])
    #expect(hidden("$RA1B2C3.jpg") == [.deleted])
    #expect(hidden(".thumbdata4-1967290299") == [.thumbnail])
    for name in ["notes.txt~", "#notes.txt#", ".notes.txt.swp", "notes.bak", "~WRL0001.tmp", "a.docx.wbk"] {
      #expect(hidden(name) == [.copy], "\(name)")
    }
    for name in [
      "~", "notes.txt", ".bak", "photo.jpg", "$R.jpg", "#1.jpg", ".trashed-1-a.jpg", "gold", "book",
    ] {
      #expect(hidden(name) == [], "\(name)")
    }
  }

  @Test("when it was deleted: thirty days before it goes for good")
  func deletion() {
    let times = Self.observe(".trashed-1787915564-IMG_1.jpg").compactMap {
      if case .timestamp(let timestamp) = $0.fact { timestamp } else { nil as Timestamp? }
    }
    #expect(times == [Timestamp(civilSeconds: Self.moment, utcOffsetMinutes: 0)])
  }

  @Test("any bytes are a name")
  func anyBytes() {
    for first in UInt8.min...UInt8.max {
      for second in UInt8.min...UInt8.max {
        var observations: [Observation] = []
        for name in [[first, second], [first] + Array("20260729_111244".utf8) + [second]] {
          name.withUnsafeBufferPointer { FileName.observe($0, byteCount: nil, into: &observations) }
        }
        #expect(observations.allSatisfy { ["FileName:Time", "FileName:Backup"].contains($0.field) })
      }
    }
  }

  /// The same numbers in each run.
  private struct Dice: RandomNumberGenerator {
    var state: UInt64 = 1

    mutating func next() -> UInt64 {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return state ^ state >> 29
    }
  }

  @Test("pieces of names in any order are survived, and no time is out of range")
  func pieces() {
    let pieces = [
      "20260729", "111244", "_", "-", ".", " ", "IMG", "PXL_", "Call recording ", "(", ")", "@",
      "+33612345678",
      "Mara", "11", "44", "AM", "上午", "٢٠٢٦", "Screenshot_", "Z", "+0200", " GMT+2", "1785323564123", "~",
      ".trashed-", "1787886764-", "$RA1B2C3", "#", ".jpg", ".m4a", ".txt", "WhatsApp Chat with ", "signal-",
      "-Meeting Recording", "Recording", " - ", "0d", "p", "in", "sim1", "2607291112", "tiktok",
      "7523123456789012345", "\u{202F}", "_com.a", "29.07.2026", "999", "CamScanner ", "29 Jul 2026", "与",
      "的 WhatsApp 聊天",
    ]
    var dice = Dice()
    for _ in 0..<40_000 {
      let name = (0..<Int.random(in: 0...6, using: &dice)).map { _ in pieces.randomElement(using: &dice) ?? ""
      }
      for observation in Self.observe(name.joined()) {
        guard case .timestamp(let time) = observation.fact else { continue }
        #expect((0...2_600_000_000).contains(time.civilSeconds))
      }
    }
  }
}

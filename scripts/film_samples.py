"""Samples of films and sound: places, tracks, serial numbers and people in what is seen and heard.

Used by make-samples.py. The films hold one picture and the recordings silence. The people,
devices and numbers are made up, the places are public landmarks. The files are written as the formats' specifications
have them (ISO/IEC 14496-12, QuickTime File Format, gopro/gpmf-parser, id3.org, EBU Tech 3285, RFC 9559).
"""

import base64
import functools
import struct

from block_samples import box
from journey_samples import CONCORDE, EIFFEL, LOUVRE, loop

EPOCH = 2082844800  # from 1904 to 1970, in seconds
JULY_19 = 1784478000  # 2026-07-19T16:20:00Z
LIVE_ID = "3B9C2A11-7C40-4E15-9A57-0D1E5F2B8C33"


def full(kind, body, version=0, flags=0):
    return box(kind, struct.pack(">I", version << 24 | flags) + body)


def mvhd(seconds, scale=1000, duration=4000):
    when = seconds + EPOCH
    return full(b"mvhd", struct.pack(">IIIIIHxx8x", when, when, scale, duration, 0x10000, 0x100)
                + struct.pack(">9I", 0x10000, 0, 0, 0, 0x10000, 0, 0, 0, 0x40000000) + bytes(24) + struct.pack(">I", 3))


def hdlr(kind, name=b""):
    return full(b"hdlr", bytes(4) + kind + bytes(12) + name + b"\0")


def keys_meta(values):
    """QuickTime's `meta` box: names, and a value for each."""
    keys = b"".join(struct.pack(">I4s", len(name) + 8, b"mdta") + name.encode() for name, _ in values)
    items = b"".join(box(struct.pack(">I", number), box(b"data", struct.pack(">II", 1, 0) + text.encode()))
                     for number, (_, text) in enumerate(values, 1))
    return box(b"meta", hdlr(b"mdta") + full(b"keys", struct.pack(">I", len(values)) + keys) + box(b"ilst", items))


def itunes_meta(values):
    """The `meta` box that iTunes and voice recorders write."""
    items = b"".join(box(kind, box(b"data", struct.pack(">II", sort, 0) + value)) for kind, sort, value in values)
    return full(b"meta", hdlr(b"mdir") + box(b"ilst", items))


def said(kind, text):
    data = text.encode()
    return box(kind, struct.pack(">HH", len(data), 0x15C7) + data)


def film_track(number, seconds, picture, offset):
    """A track of one picture, 240 by 180, as Motion JPEG."""
    entry = box(b"jpeg", bytes(6) + struct.pack(">H16xHHIIIH", 1, 240, 180, 0x480000, 0x480000, 0, 1)
                + bytes(32) + struct.pack(">HH", 24, 0xFFFF))
    return track(number, seconds, b"vide", [picture], offset, 1000, 4000, entry, full(b"vmhd", bytes(8), flags=1))


def sound_track(number, seconds, frames, offset):
    """A track of AAC, one channel."""
    config = b"\x05\x02\x12\x08"
    decoder = b"\x04" + bytes([13 + len(config)]) + b"\x40\x15" + bytes(3) + struct.pack(">II", 32000, 32000) + config
    descriptor = b"\x03" + bytes([3 + len(decoder) + 3]) + struct.pack(">HB", 1, 0) + decoder + b"\x06\x01\x02"
    entry = box(b"mp4a", bytes(6) + struct.pack(">H8xHH4xI", 1, 1, 16, 44100 << 16) + full(b"esds", descriptor))
    return track(number, seconds, b"soun", frames, offset, 44100, 1024, entry, full(b"smhd", bytes(4)))


def track(number, seconds, kind, samples, offset, scale, step, entry, head=None):
    """A track whose samples stand one behind the other from `offset` on."""
    when = seconds + EPOCH
    tkhd = full(b"tkhd", struct.pack(">III4xI8xHHHxx", when, when, number, step * len(samples), 0, 0, 0)
                + struct.pack(">9I", 0x10000, 0, 0, 0, 0x10000, 0, 0, 0, 0x40000000) + bytes(8), flags=7)
    mdhd = full(b"mdhd", struct.pack(">IIIIHH", when, when, scale, step * len(samples), 0x55C4, 0))
    tables = (full(b"stsd", struct.pack(">I", 1) + entry)
              + full(b"stts", struct.pack(">III", 1, len(samples), step))
              + full(b"stsc", struct.pack(">IIII", 1, 1, len(samples), 1))
              + full(b"stsz", struct.pack(">II", 0, len(samples)) + b"".join(struct.pack(">I", len(s)) for s in samples))
              + full(b"stco", struct.pack(">II", 1, offset)))
    minf = box(b"minf", (head or box(b"gmhd", full(b"gmin", bytes(12))))
               + box(b"dinf", full(b"dref", struct.pack(">I", 1) + full(b"url ", b"", flags=1))) + box(b"stbl", tables))
    return box(b"trak", tkhd + box(b"mdia", mdhd + hdlr(kind) + minf))


# ---------------------------------------------------------------------------
# GoPro's metadata

def element(key, sort, size, count, data):
    return key + sort + struct.pack(">BH", size, count) + data + bytes(-len(data) % 4)


def text_element(key, text):
    return element(key, b"c", 1, len(text), text.encode())


def fixes(points, second):
    """One second of positions, five of them, in the form of a camera's own metadata."""
    def row(place):
        return struct.pack(">5i", round(place[0] * 1e7), round(place[1] * 1e7), 35000, 1400, 140)
    clock = "260719%02d%02d%02d.000" % (16 + (1200 + second) // 3600, (1200 + second) // 60 % 60, second % 60)
    stream = (text_element(b"STNM", "GPS (Lat., Long., Alt., 2D speed, 3D speed)")
              + element(b"GPSF", b"L", 4, 1, struct.pack(">I", 3))
              + element(b"GPSU", b"U", 16, 1, clock.encode())
              + element(b"GPSP", b"S", 2, 1, struct.pack(">H", 180))
              + element(b"SCAL", b"l", 4, 5, struct.pack(">5i", 10000000, 10000000, 1000, 1000, 100))
              + element(b"GPS5", b"l", 20, len(points), b"".join(row(point) for point in points)))
    device = (element(b"DVID", b"L", 4, 1, struct.pack(">I", 1)) + text_element(b"DVNM", "Kestrel Action 3")
              + element(b"STRM", b"\0", 1, len(stream), stream))
    return element(b"DEVC", b"\0", 1, len(device), device)


def action_film(picture):
    points = loop(CONCORDE, LOUVRE, 119)
    samples = [fixes(points[5 * second:5 * second + 5], second) for second in range(24)]
    head = box(b"ftyp", b"mp41" + bytes(4) + b"mp41")
    data = box(b"mdat", b"".join(samples) + picture)
    settings = text_element(b"CASN", "KA3-00417733") + text_element(b"MINF", "Kestrel Action 3")
    camera = box(b"GPMF", element(b"DEVC", b"\0", 1, len(settings), settings))
    moov = box(b"moov", mvhd(JULY_19) + track(1, JULY_19, b"meta", samples, len(head) + 8, 1000, 1000,
                                              box(b"gpmd", bytes(6) + struct.pack(">HI", 1, 0)))
               + film_track(2, JULY_19, picture, len(head) + 8 + sum(map(len, samples)))
               + box(b"udta", camera))
    return head + data + moov


def phone_film(picture):
    head = box(b"ftyp", b"mp42" + bytes(4) + b"isommp42")
    return (head + box(b"mdat", picture)
            + box(b"moov", mvhd(JULY_19) + film_track(1, JULY_19, picture, len(head) + 8)
                  + box(b"udta", said(b"\xa9xyz", "+48.8584+002.2945/") + said(b"\xa9aut", "Mara Example"))
                  + keys_meta([("com.android.version", "16"), ("com.android.manufacturer", "Kestrel"),
                               ("com.android.model", "Kestrel K7")])))


def live_film(picture):
    head = box(b"ftyp", b"qt  " + bytes(4) + b"qt  ")
    return (head + box(b"mdat", picture)
            + box(b"moov", mvhd(JULY_19 + 3600) + film_track(1, JULY_19 + 3600, picture, len(head) + 8) + keys_meta([
                ("com.apple.quicktime.location.ISO6709", "+48.8606+002.3376+033.512/"),
                ("com.apple.quicktime.location.accuracy.horizontal", "4.8"),
                ("com.apple.quicktime.creationdate", "2026-07-19T19:20:00+0200"),
                ("com.apple.quicktime.make", "Kestrel"), ("com.apple.quicktime.model", "Kestrel K7"),
                ("com.apple.quicktime.content.identifier", LIVE_ID)])))


def memo():
    head = box(b"ftyp", b"M4A " + bytes(4) + b"M4A mp42")
    frames = [b"\x01\x40\x22\x80\xa3\x7e"] * 4
    return (head + box(b"mdat", b"".join(frames))
            + box(b"moov", mvhd(JULY_19 + 7200) + sound_track(1, JULY_19 + 7200, frames, len(head) + 8) + box(b"udta", itunes_meta([
                (b"\xa9nam", 1, "Rue de Rivoli".encode()), (b"\xa9ART", 1, b"Mara Example"),
                (b"\xa9day", 1, b"2026-07-19T20:20:00+0200"), (b"\xa9too", 1, b"Kestrel Recorder 4.1"),
                (b"\xa9cmt", 1, b"Talk with Sam Sample")])
                + said(b"\xa9xyz", "+48.8600+002.3266/"))))


# ---------------------------------------------------------------------------
# Sound

def frame(kind, body):
    return kind + struct.pack(">IH", len(body), 0) + body


def words(text):
    return b"\0" + text.encode("latin-1")


def song(cover):
    frames = (frame(b"TIT2", words("Interview 12")) + frame(b"TPE1", words("Sam Sample"))
              + frame(b"TENC", words("Mara Example")) + frame(b"TSSE", words("Kestrel Recorder 4.1"))
              + frame(b"COMM", b"\0eng\0" + b"At the back door") + frame(b"APIC", b"\0image/jpeg\0\x03\0" + cover))
    size = len(frames)
    coded = bytes([size >> 21 & 127, size >> 14 & 127, size >> 7 & 127, size & 127])
    # One frame of silence: MPEG 1, layer III, 128 kbit/s, 44.1 kHz.
    return b"ID3\x03\0\0" + coded + frames + (b"\xff\xfb\x90\xc4" + bytes(413)) * 2


def recorder():
    """A field recorder's file, with the broadcast extension."""
    bext = (b"Scene 4, take 2".ljust(256, b"\0") + b"Kestrel R2".ljust(32, b"\0") + b"FRKST" + b"SN0044871R2X" + b"182000" + b"123456789"
            + b"2026-07-19" + b"18:20:00" + bytes(8) + struct.pack("<H", 1) + bytes(64) + bytes(190)
            + b"A=PCM,F=48000,W=16,M=mono,T=Kestrel R2;SN0044871\r\n")

    def chunk(kind, body):
        return kind + struct.pack("<I", len(body)) + body + bytes(len(body) % 2)

    info = chunk(b"LIST", b"INFO" + chunk(b"IART", b"Mara Example\0") + chunk(b"ISFT", b"Kestrel R2 2.10\0"))
    body = (b"WAVE" + chunk(b"bext", bext) + chunk(b"fmt ", struct.pack("<HHIIHH", 1, 1, 48000, 96000, 2, 16)) + info
            + chunk(b"data", bytes(96)))
    return b"RIFF" + struct.pack("<I", len(body)) + body


def ogg(cover):
    """An Opus file with comments and a cover."""
    def page(flags, number, packet):
        lacing = bytes([255] * (len(packet) // 255) + [len(packet) % 255])
        head = struct.pack("<4sBBqIII", b"OggS", 0, flags, 0, 7, number, 0) + bytes([len(lacing)]) + lacing
        data = head + packet
        check = 0
        for byte in data:
            check ^= byte << 24
            for _ in range(8):
                check = (check << 1 ^ (0x04C11DB7 if check & 0x80000000 else 0)) & 0xFFFFFFFF
        return data[:22] + struct.pack("<I", check) + data[26:]

    def comment(text):
        return struct.pack("<I", len(text)) + text

    picture = struct.pack(">II", 3, 10) + b"image/jpeg" + struct.pack(">I", 0) + bytes(16) + struct.pack(">I", len(cover)) + cover
    comments = [b"ARTIST=Mara Example", b"TITLE=Street, evening", b"DATE=2026-07-19", b"LOCATION=Quai d'Orsay",
                b"METADATA_BLOCK_PICTURE=" + base64.b64encode(picture)]
    tags = b"OpusTags" + comment(b"libopus 1.4") + struct.pack("<I", len(comments)) + b"".join(map(comment, comments))
    head = b"OpusHead\x01\x01\x38\x01" + struct.pack("<IhB", 48000, 0, 0)
    pages = [page(2, 0, head)]
    # A page holds 255 pieces of 255 bytes: the comments go on over several.
    for start in range(0, len(tags), 255 * 255):
        piece = tags[start:start + 255 * 255]
        if len(piece) == 255 * 255:
            lacing = bytes([255] * 255)
            held = struct.pack("<4sBBqIII", b"OggS", 0, 1 if start else 0, -1, 7, len(pages), 0) + bytes([255]) + lacing + piece
            pages.append(held)
        else:
            pages.append(page(1 if start else 0, len(pages), piece))
    return b"".join(pages) + page(4, len(pages), b"\xf8\xff\xfe")


# ---------------------------------------------------------------------------
# Matroska

def element_of(number, body):
    size = len(body)
    return bytes.fromhex(number) + (bytes([0x80 | size]) if size < 127 else struct.pack(">I", 0x10000000 | size)) + body


def matroska():
    def simple(name, value):
        return element_of("67C8", element_of("45A3", name.encode()) + element_of("4487", value.encode()))

    nanoseconds = (JULY_19 - 978307200) * 10 ** 9
    info = (element_of("2AD7B1", b"\x0f\x42\x40") + element_of("4D80", b"Kestrel Muxer 1.2")
            + element_of("5741", b"Kestrel Cut 3.0") + element_of("4461", struct.pack(">q", nanoseconds))
            + element_of("7BA9", b"Raw cut for Sam Sample"))
    tags = element_of("7373", element_of("63C0", b"") + simple("RECORDING_LOCATION", "FR, Ile-de-France, Paris")
                      + simple("DIRECTOR", "Mara Example") + simple("DATE_RECORDED", "2026-07-19 18:20:00"))
    head = element_of("4286", b"\x01") + element_of("42F7", b"\x01") + element_of("42F2", b"\x04") + element_of(
        "42F3", b"\x08") + element_of("4282", b"matroska") + element_of("4287", b"\x04") + element_of("4285", b"\x02")
    return element_of("1A45DFA3", head) + element_of("18538067", element_of("1549A966", info) + element_of("1254C367", tags))


def located(tools, caption):
    """A small picture of the tower, with its place."""
    return tools["jpeg"]("tower", caption, "-GPS:GPSLatitudeRef=N", "-GPS:GPSLatitude=%s" % EIFFEL[0],
                         "-GPS:GPSLongitudeRef=E", "-GPS:GPSLongitude=%s" % EIFFEL[1],
                         "-ExifIFD:DateTimeOriginal=2026:07:19 18:00:00")


def define(record, tools):
    @functools.cache
    def frame_of():
        return tools["jpeg"]("bridge", "A film")

    @functools.cache
    def cover():
        return located(tools, "Cover")

    def add(path, shows, build, sentences, facts):
        r = record("films/" + path, shows)
        r.build = build
        for sentence in sentences:
            r.say(sentence)
        for fact in facts:
            r.fact(**fact)

    def place(latitude, longitude, **more):
        return dict(kind="location", role="camera", latitude=latitude, longitude=longitude, **more)

    add("VID_0001.mp4", "A phone's film", lambda: phone_film(frame_of()),
        ["place +48.8584+002.2945 (©xyz)", 'author "Mara Example"', "created 2026-07-19 16:20:00 UTC", 'make "Kestrel", model "Kestrel K7"',
         "Android 16"], [place(48.8584, 2.2945)])
    add("IMG_0021.MOV", "The film of a live photo whose still was cleaned", lambda: live_film(frame_of()),
        ["place +48.8606+002.3376, 33.512 m, to 4.8 m", "taken 2026-07-19 19:20:00 (UTC offset +02:00)",
         'make "Kestrel", model "Kestrel K7"', "content identifier " + LIVE_ID],
        [place(48.8606, 2.3376), dict(kind="link", role="content-identifier", value=LIVE_ID)])
    add("IMG_0021.jpg", "The still of the live photo, cleaned", lambda: tools["jpeg"]("bridge", "Cleaned still"), [], [])
    add("GX010001.MP4", "An action camera's film", lambda: action_film(frame_of()),
        ["120 positions from the Place de la Concorde to the Louvre and back, in the camera's own metadata",
         'camera "Kestrel Action 3"', "serial number KA3-00417733"],
        [dict(kind="track", role="recorded", pointCount=120), dict(kind="serial", role="body", value="KA3-00417733")])
    add("memo.m4a", "A voice memo", memo,
        ["place +48.8600+002.3266 (©xyz)", 'title "Rue de Rivoli"', 'artist "Mara Example"',
         'comment "Talk with Sam Sample"', 'made with "Kestrel Recorder 4.1"', "2026-07-19 20:20:00 (UTC offset +02:00)"],
        [place(48.86, 2.3266), dict(kind="person", role="artist", value="Mara Example")])
    add("interview.mp3", "A recording with a cover that has a place of its own", lambda: song(cover()),
        ['artist "Sam Sample"', 'encoded by "Mara Example"', 'comment "At the back door"',
         'made with "Kestrel Recorder 4.1"', "cover picture with the GPS place 48.85837, 2.294481"],
        [dict(kind="person", role="artist", value="Sam Sample")])
    add("street.opus", "A recording with a cover that has a place of its own", lambda: ogg(cover()),
        ['artist "Mara Example"', 'place in words "Quai d\'Orsay"', "date 2026-07-19", 'encoder "libopus 1.4"',
         "cover picture with the GPS place 48.85837, 2.294481"],
        [dict(kind="person", role="artist", value="Mara Example")])
    add("take-2.wav", "A field recorder's sound", recorder,
        ['recorder "Kestrel R2"', "serial number SN0044871R2X", "2026-07-19 18:20:00 local time",
         'artist "Mara Example"', 'software "Kestrel R2 2.10"'], [dict(kind="person", role="artist", value="Mara Example")])
    add("cut.mkv", "A rough cut", matroska,
        ['title "Raw cut for Sam Sample"', "recording location FR, Ile-de-France, Paris", 'director "Mara Example"',
         "recorded 2026-07-19 18:20:00", 'written by "Kestrel Cut 3.0"', "created 2026-07-19 16:20:00 UTC"], [])

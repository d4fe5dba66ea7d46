"""Samples whose facts stand outside EXIF proper: XMP, IPTC, maker notes, trailers, text chunks, provenance.

Used by make-samples.py. exiftool writes what it can; the rest is put together here byte by byte, as the
specifications have it. Each record says which tags exiftool must read back.
"""

import struct
import uuid
import zlib

PLACES = {"paris": (48.858370, 2.294481), "london": (51.500833, -0.121944), "rome": (41.890210, 12.492231)}


# ---------------------------------------------------------------------------
# Building blocks

def segment(marker, body):
    return bytes([0xFF, marker]) + struct.pack(">H", len(body) + 2) + body


def insert_segments(jpeg, *segments):
    """Behind SOI and the JFIF segment."""
    at = 2
    if jpeg[2:4] == b"\xff\xe0":
        at = 4 + struct.unpack(">H", jpeg[4:6])[0]
    return jpeg[:at] + b"".join(segments) + jpeg[at:]


def directory(entries, start, order, following=0):
    """A TIFF directory: entries of (tag, format, count, bytes), values behind it. `start` counts for offsets."""
    head = struct.pack(order + "H", len(entries))
    place = start + 2 + 12 * len(entries) + 4
    data = b""
    for tag, kind, count, value in sorted(entries):
        head += struct.pack(order + "HHI", tag, kind, count)
        if len(value) <= 4:
            head += value.ljust(4, b"\0")
        else:
            head += struct.pack(order + "I", place + len(data))
            data += value + b"\0" * (len(value) % 2)
    return head + struct.pack(order + "I", following) + data


def ascii_entry(tag, text):
    value = text.encode() + b"\0"
    return tag, 2, len(value), value


def exif_with_note(make, model, note, order, when="2026:07:14 10:12:44"):
    """An Exif segment with a maker note; `note(start)` gives its bytes for where it stands in the TIFF structure."""
    mark = b"II*\0" if order == "<" else b"MM\0*"

    def build(note_bytes):
        image = [ascii_entry(0x010F, make), ascii_entry(0x0110, model), (0x8769, 4, 1, b"\0" * 4)]
        size = len(directory(image, 8, order))
        exif_start = 8 + size
        image[2] = (0x8769, 4, 1, struct.pack(order + "I", exif_start))
        exif = [ascii_entry(0x9003, when), (0x927C, 7, len(note_bytes), note_bytes)]
        return mark + struct.pack(order + "I", 8) + directory(image, 8, order) + directory(exif, exif_start, order)

    size = len(note(0))
    start = build(b"\xEE" * size).index(b"\xEE" * size)
    return segment(0xE1, b"Exif\0\0" + build(note(start)))


def box(kind, body):
    return struct.pack(">I", len(body) + 8) + kind + body


def movie(place, when):
    """An MP4 without pictures: a film's head with a place and a time. `when` is seconds since 1904."""
    text = ("%+08.4f%+09.4f/" % place).encode()
    mvhd = box(b"mvhd", bytes(4) + struct.pack(">IIII", when, when, 1000, 1500) + struct.pack(">IH", 0x10000, 0x100)
               + bytes(10) + struct.pack(">9I", 0x10000, 0, 0, 0, 0x10000, 0, 0, 0, 0x40000000) + bytes(24)
               + struct.pack(">I", 2))
    xyz = box(b"\xa9xyz", struct.pack(">HH", len(text), 0x15C7) + text)
    return box(b"ftyp", b"mp42" + bytes(4) + b"isommp42") + box(b"moov", mvhd + box(b"udta", xyz)) + box(b"mdat", bytes(32))


FILM = movie(PLACES["paris"], 3866861564)


# ---------------------------------------------------------------------------
# Maker notes

def canon_note(start):
    order = "<"
    entries = [ascii_entry(0x0006, "IMG:Heron C5 JPEG"), ascii_entry(0x0007, "Firmware Version 1.0.3"),
               ascii_entry(0x0009, "Mara Example"), (0x000C, 4, 1, struct.pack(order + "I", 731001234)),
               ascii_entry(0x0096, "XH7300456")]
    return directory(entries, start, order)


def apple_note(start):
    order = ">"
    head = b"Apple iOS\0\0\x01MM"
    flags = plist_of_uptime(481516234200000, 1000000000)
    entries = [(0x0001, 9, 1, struct.pack(">i", 14)), (0x0003, 7, len(flags), flags),
               ascii_entry(0x000B, "7C1D5A3E-0B52-4E0B-9E0B-6C2F00A11B01"),
               ascii_entry(0x0011, "0F4B6A1C-52D7-4C7E-8C44-2D7A90C3E502")]
    return head + directory(entries, len(head), order)


def plist_of_uptime(value, scale):
    """A binary property list {flags: 1, value: ..., epoch: 0, timescale: ...}."""
    objects = [b"\xd4\x01\x02\x03\x04\x05\x06\x07\x08", b"\x55flags", b"\x55value", b"\x55epoch",
               b"\x59timescale", b"\x10\x01", b"\x13" + struct.pack(">q", value), b"\x10\x00",
               b"\x12" + struct.pack(">i", scale)]
    out, offsets = b"bplist00", []
    for one in objects:
        offsets.append(len(out))
        out += one
    table = len(out)
    return out + bytes(offsets) + bytes(6) + b"\x01\x01" + struct.pack(">QQQ", len(objects), 0, table)


def panasonic_note(start):
    order = "<"
    head = b"Panasonic\0\0\0"

    def fixed(tag, text, size):
        return tag, 7, size, text.encode().ljust(size, b"\0")

    entries = [fixed(0x0025, "WA10260714001", 16), fixed(0x0069, "France", 72), fixed(0x006B, "Ile-de-France", 72),
               fixed(0x006D, "Paris", 72), fixed(0x006F, "Eiffel Tower", 128)]
    return head + directory(entries, start + len(head), order)


def nikon_note(preview=b""):
    """The third type of note: a TIFF structure of its own behind ten bytes."""
    def build(start):
        order = "<"
        head = b"Nikon\0\2\x10\0\0"
        tiff = b"II*\0" + struct.pack(order + "I", 8)
        entries = [ascii_entry(0x001D, "7002468"), (0x00A7, 4, 1, struct.pack(order + "I", 15437))]
        if not preview:
            return head + tiff + directory(entries, 8, order)
        entries.append((0x0011, 4, 1, b"\0" * 4))
        second = 8 + len(directory(entries, 8, order))
        entries[2] = (0x0011, 4, 1, struct.pack(order + "I", second))

        def of_preview(at):
            return directory([(0x0103, 3, 1, struct.pack(order + "H", 6)), (0x0201, 4, 1, struct.pack(order + "I", at)),
                              (0x0202, 4, 1, struct.pack(order + "I", len(preview)))], second, order)

        return head + tiff + directory(entries, 8, order) + of_preview(second + len(of_preview(0))) + preview
    return build


def pentax_note(start):
    order = ">"
    head = b"AOC\0MM"
    return head + directory([(0x0023, 3, 1, struct.pack(">H", 21)), (0x0024, 3, 1, struct.pack(">H", 20))],
                            start + len(head), order)


# ---------------------------------------------------------------------------
# Trailers

def samsung_trailer(entries):
    """SEFT: the data of (type, name, bytes), their directory, its length, "SEFT"."""
    data, places = b"", []
    for kind, name, value in entries:
        places.append((kind, len(data)))
        data += struct.pack("<HHI", 0, kind, len(name)) + name + value
    head = b"SEFH" + struct.pack("<II", 107, len(entries))
    lengths = [8 + len(name) + len(value) for _, name, value in entries]
    for (kind, at), length in zip(places, lengths):
        head += struct.pack("<HHII", 0, kind, len(data) - at, length)
    return data + head + struct.pack("<I", len(head)) + b"SEFT"


def with_second_picture(first, second):
    """Two JPEGs in one file with the directory of CIPA DC-007 (MPF)."""
    def block(size, offset):
        entries = (struct.pack(">IIIHH", 0x20030000, size, 0, 0, 0)
                   + struct.pack(">IIIHH", 0x00020002, len(second), offset, 0, 0))
        tiff = b"MM\0*" + struct.pack(">I", 8) + directory(
            [(0xB000, 7, 4, b"0100"), (0xB001, 4, 1, struct.pack(">I", 2)), (0xB002, 7, 32, entries)], 8, ">")
        return segment(0xE2, b"MPF\0" + tiff)

    size = len(insert_segments(first, block(0, 0)))
    base = insert_segments(first, block(0, 0)).index(b"MPF\0") + 4
    return insert_segments(first, block(size, size - base)) + second


# ---------------------------------------------------------------------------
# Profiles, chunks, resources

def display_profile(name):
    """An ICC profile of a display, with just its head and its names."""
    def described(text):
        value = text.encode() + b"\0"
        return b"desc" + bytes(4) + struct.pack(">I", len(value)) + value + bytes(4 + 4 + 2 + 1 + 67)

    tags = [(b"desc", described(name)), (b"dmnd", described("Heron Displays")), (b"dmdd", described("HD-27")),
            (b"cprt", b"text" + bytes(4) + b"public domain\0")]
    body, table = b"", struct.pack(">I", len(tags))
    start = 128 + 4 + 12 * len(tags)
    for kind, value in tags:
        value += bytes(-len(value) % 4)
        table += kind + struct.pack(">II", start + len(body), len(value))
        body += value
    head = bytearray(128)
    struct.pack_into(">I", head, 0, start + len(body))
    head[8:12] = b"\x02\x10\0\0"
    head[12:24] = b"mntrRGB XYZ "
    struct.pack_into(">6H", head, 24, 2026, 7, 1, 9, 30, 0)
    head[36:40] = b"acsp"
    return bytes(head) + table + body


def chunk(kind, data):
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png_with(png, *chunks):
    """Behind IHDR."""
    at = 8 + 25
    return png[:at] + b"".join(chunks) + png[at:]


def photoshop_file(thumbnail, iptc):
    """A PSD of one grey dot with a thumbnail and IPTC among its resources."""
    def resource(number, data):
        return b"8BIM" + struct.pack(">HHI", number, 0, len(data)) + data + bytes(len(data) % 2)

    head = struct.pack(">IIIIIIHH", 1, 160, 120, 160 * 3, len(thumbnail), len(thumbnail), 24, 1)
    resources = resource(0x0404, iptc) + resource(0x040C, head[:28] + thumbnail)
    return (b"8BPS" + struct.pack(">H6xHIIHH", 1, 1, 1, 1, 8, 1) + struct.pack(">I", 0)
            + struct.pack(">I", len(resources)) + resources + struct.pack(">I", 0) + b"\0\0\x80")


def iptc_sets(*sets):
    return b"".join(b"\x1c\x02" + struct.pack(">BH", number, len(text.encode())) + text.encode()
                    for number, text in sets)


# ---------------------------------------------------------------------------
# C2PA

def cbor(value):
    def head(major, number):
        for limit, code, form in ((24, None, None), (256, 24, ">B"), (65536, 25, ">H"), (1 << 32, 26, ">I")):
            if number < limit:
                return bytes([major << 5 | (number if code is None else code)]) + (
                    struct.pack(form, number) if form else b"")
        raise ValueError(number)

    if isinstance(value, bool):
        return b"\xf5" if value else b"\xf4"
    if isinstance(value, int):
        return head(0, value) if value >= 0 else head(1, -1 - value)
    if isinstance(value, bytes):
        return head(2, len(value)) + value
    if isinstance(value, str):
        return head(3, len(value.encode())) + value.encode()
    if isinstance(value, list):
        return head(4, len(value)) + b"".join(cbor(v) for v in value)
    if isinstance(value, dict):
        return head(5, len(value)) + b"".join(cbor(k) + cbor(v) for k, v in value.items())
    if isinstance(value, tuple):  # (tag, value)
        return head(6, value[0]) + cbor(value[1])
    if value is None:
        return b"\xf6"
    raise TypeError(type(value))


def der(tag, *parts):
    body = b"".join(parts)
    size = len(body)
    length = bytes([size]) if size < 128 else (
        bytes([0x81, size]) if size < 256 else b"\x82" + struct.pack(">H", size))
    return bytes([tag]) + length + body


def certificate(common_name, organisation):
    """A certificate that nobody signed: only the names in it matter here."""
    def name(*pairs):
        return der(0x30, *[der(0x31, der(0x30, der(0x06, oid), der(0x0C, text.encode()))) for oid, text in pairs])

    common, organisation_oid = b"\x55\x04\x03", b"\x55\x04\x0a"
    algorithm = der(0x30, der(0x06, b"\x2b\x65\x70"))
    key = der(0x30, algorithm, der(0x03, b"\0" + bytes(32)))
    dates = der(0x30, der(0x17, b"260101000000Z"), der(0x17, b"270101000000Z"))
    body = der(0x30, der(0xA0, der(0x02, b"\x02")), der(0x02, b"\x01"), algorithm,
               name((common, "Example Signing")), dates,
               name((common, common_name), (organisation_oid, organisation)), key)
    return der(0x30, body, algorithm, der(0x03, b"\0" + bytes(64)))


def manifest_store():
    def described(kind, label):
        tail = bytes.fromhex("00110010800000aa00389b71")
        return box(b"jumd", kind + tail + b"\x03" + label.encode() + b"\0")

    def superbox(kind, label, *boxes):
        return box(b"jumb", described(kind, label) + b"".join(boxes))

    claim = cbor({
        "instanceID": "xmp:iid:6f0d7c2e-1f6b-4a1c-9a52-7f7f5a1d2c01", "dc:format": "image/jpeg",
        "dc:title": "harbour-mara.jpg", "claim_generator": "ExampleCam/3.1 (Kestrel K7)",
        "assertions": [{"url": "self#jumbf=c2pa.assertions/c2pa.actions", "hash": bytes(32)}],
        "signature": "self#jumbf=c2pa.signature", "alg": "sha256"})
    actions = cbor({"actions": [{"action": "c2pa.edited", "when": "2026-07-21T12:31:00Z",
                                 "softwareAgent": "Example Photo Editor 25.1.0"}]})
    chain = {33: [certificate("Mara Example", "Example Daily")]}
    signature = cbor((18, [cbor({1: -8}), chain, None, bytes(64)]))
    manifest = superbox(
        b"c2ma", "urn:uuid:6f0d7c2e-1f6b-4a1c-9a52-7f7f5a1d2c00",
        superbox(b"c2as", "c2pa.assertions", superbox(b"cbor", "c2pa.actions", box(b"cbor", actions))),
        superbox(b"c2cl", "c2pa.claim", box(b"cbor", claim)),
        superbox(b"c2cs", "c2pa.signature", box(b"cbor", signature)))
    return superbox(b"c2pa", "c2pa", manifest)


def jumbf_segment(store):
    return segment(0xEB, b"JP" + struct.pack(">HI", 1, 1) + store)


# ---------------------------------------------------------------------------
# The records

def define(record, tools):
    """Adds the records. `tools` draws and writes tags: jpeg(scene, caption, tags...), png(...), tag(bytes, ending, tags)."""
    jpeg, png, tag = tools["jpeg"], tools["png"], tools["tag"]

    def add(path, shows, build, words, facts, expect=(), place=False):
        r = record("blocks/" + path, shows)
        r.build, r.expect = build, dict(expect)
        for one in words:
            r.say(one)
        for fact in facts:
            r.fact(**fact)
        if not place:
            r.no_location()

    def fact(kind, role, value, **more):
        return dict(kind=kind, role=role, value=value, **more)

    def at(name):
        return dict(kind="location", role="camera", latitude=PLACES[name][0], longitude=PLACES[name][1])

    add("people.jpg", "People at a harbour, drawn",
        lambda: jpeg("harbour", "People", "-XMP-mwg-rs:RegionInfo={RegionList=[{Name=Sam Sample,Type=Face,"
                     "Area={X=0.4,Y=0.4,W=0.1,H=0.1,Unit=normalized}}]}",
                     "-XMP-iptcExt:PersonInImage=Mara Example", "-XMP-dc:Creator=Mara Example",
                     "-XMP-iptcCore:CreatorWorkEmail=mara@example.org",
                     "-XMP-iptcCore:CreatorWorkTelephone=+1-202-555-0143"),
        ['XMP face region named "Sam Sample"', 'XMP person in the image "Mara Example", creator "Mara Example"',
         'XMP contact mara@example.org and +1-202-555-0143'],
        [fact("person", "face", "Sam Sample"), fact("person", "depicted", "Mara Example"),
         fact("person", "creator", "Mara Example"), fact("contact", "email", "mara@example.org"),
         fact("contact", "phone", "+1-202-555-0143")],
        {"XMP-mwg-rs:RegionName": "Sam Sample"})
    add("caption.jpg", "A tower, drawn",
        lambda: jpeg("eiffel", "Caption", "-IPTC:City=Paris", "-IPTC:Country-PrimaryLocationName=France",
                     "-IPTC:Sub-location=Champ de Mars", "-IPTC:By-line=Mara Example",
                     "-IPTC:Headline=Tower at noon", "-IPTC:DateCreated=2026:07:14",
                     "-IPTC:TimeCreated=10:12:44+02:00"),
        ['IPTC city "Paris", country "France", quarter "Champ de Mars"', 'IPTC by-line "Mara Example"',
         'IPTC headline "Tower at noon"', "IPTC date 2026-07-14 10:12:44 +02:00"],
        [fact("place", "city", "Paris"), fact("place", "country", "France"),
         fact("place", "sublocation", "Champ de Mars"), fact("text", "headline", "Tower at noon")],
        {"IPTC:City": "Paris"})
    add("camera-note.jpg", "A city, drawn",
        lambda: insert_segments(jpeg("city", "Camera note"), exif_with_note("Canon", "Canon Heron C5", canon_note, "<")),
        ["camera maker's note: serial number 0731001234, inner serial number XH7300456, owner Mara Example,"
         " firmware 1.0.3"],
        [fact("serial", "body", "0731001234"), fact("serial", "internal", "XH7300456"),
         fact("person", "owner", "Mara Example")],
        {"Canon:InternalSerialNumber": "XH7300456", "Canon:OwnerName": "Mara Example"})
    add("phone-note.jpg", "A city, drawn",
        lambda: insert_segments(jpeg("city", "Phone note"), exif_with_note("Apple", "Kestrel K7", apple_note, ">")),
        ["phone maker's note: id of a burst, id shared with a live photo's video, 481516 seconds since it was"
         " switched on"],
        [fact("link", "burst", "7C1D5A3E-0B52-4E0B-9E0B-6C2F00A11B01"),
         fact("link", "content-identifier", "0F4B6A1C-52D7-4C7E-8C44-2D7A90C3E502")],
        {"Apple:BurstUUID": "7C1D5A3E-0B52-4E0B-9E0B-6C2F00A11B01"})
    add("landmark-note.jpg", "A tower, drawn",
        lambda: insert_segments(
            jpeg("eiffel", "Landmark note"), exif_with_note("Panasonic", "DMC-OX9", panasonic_note, "<")),
        ["camera maker's note: country France, state Ile-de-France, city Paris, landmark Eiffel Tower;"
         " inner serial number WA10260714001"],
        [fact("place", "country", "France"), fact("place", "city", "Paris"),
         fact("place", "landmark", "Eiffel Tower")],
        {"Panasonic:City": "Paris"})
    add("counter.jpg", "A city, drawn",
        lambda: insert_segments(
            jpeg("city", "Counter"), exif_with_note("NIKON CORPORATION", "NIKON OX-3", nikon_note(), "<")),
        ["camera maker's note: serial number 7002468, 15437 pictures taken"],
        [fact("serial", "body", "7002468"), fact("link", "shutter-count", "15437")], {"Nikon:ShutterCount": 15437})
    add("preview.jpg", "A harbour, drawn",
        lambda: insert_segments(
            jpeg("harbour", "Preview"),
            exif_with_note("NIKON CORPORATION", "NIKON OX-3", nikon_note(jpeg("wide", "Before")), "<")),
        ["a larger picture inside the camera maker's note, from before an edit"],
        [dict(kind="hidden", role="preview")], {"Nikon:ShutterCount": 15437})
    add("home-city.jpg", "A city, drawn",
        lambda: insert_segments(
            jpeg("city", "Home city"), exif_with_note("PENTAX Corporation", "PENTAX OX-4", pentax_note, ">")),
        ["camera maker's note: home city Paris, city of the trip London"],
        [fact("place", "home-city", "Paris")], {"Pentax:HometownCity": 21})
    add("network.jpg", "A city, drawn",
        lambda: jpeg("city", "Network country") + samsung_trailer(
            [(0x0A01, b"Image_UTC_Data", b"1784016764000"), (0x0AA1, b"MCC_Data", b"208")]),
        ["behind the picture: mobile country code 208 (France), time 1784016764000 ms (2026-07-14 08:12:44 UTC)"],
        [fact("place", "network-country", "France")],
        {"Samsung:MCCData": "208"})
    add("motion.jpg", "A tower, drawn",
        lambda: jpeg("eiffel", "Motion photo", "-XMP-GCamera:MicroVideo=1",
                     "-XMP-GCamera:MicroVideoOffset=%d" % len(FILM)) + FILM,
        ["behind the picture: a film of its own with the place of the Eiffel Tower and the time"
         " 2026-07-14 08:12:44 UTC; the picture itself holds no place"],
        [dict(at("paris"), latitude=48.8584, longitude=2.2945), dict(kind="hidden", role="motion-video")], {},
        place=True)
    add("pair.jpg", "A harbour, drawn; and a second picture",
        lambda: with_second_picture(jpeg("harbour", "First"), jpeg("wide", "Second")),
        ["a second picture behind the first, named in its directory"],
        [dict(kind="hidden", role="second-picture")], {"MPF0:NumberOfImages": 2})
    add("appended.jpg", "A city, drawn",
        lambda: jpeg("city", "Appended") + b"notes: meet Sam at the harbour at noon\n" * 4,
        ["text behind the end of the picture"], [dict(kind="hidden", role="trailer")])
    add("covered.jpg", "A harbour, a part of it covered",
        tools["covered"],
        ['software "Example Photo Editor 25.1.0"',
         "embedded thumbnail of the picture before a part of it was covered"],
        [dict(kind="hidden", role="leftover")], {"IFD0:Software": "Example Photo Editor 25.1.0"})
    add("screen.png", "A screen, drawn",
        lambda: png_with(
            png("screen", "Screen"), chunk(b"tEXt", b"Author\0Mara Example"),
            chunk(b"tEXt", b"Software\0Example Screenshooter 4.2"),
            chunk(b"tEXt", b"Thumb::URI\0file:///home/mara/Pictures/screen.png"),
            chunk(b"tIME", struct.pack(">HBBBBB", 2026, 7, 21, 7, 30, 0)),
            chunk(b"iCCP", b"Mara's display\0\0" + zlib.compress(display_profile("Mara's display")))),
        ['PNG author "Mara Example", software "Example Screenshooter 4.2"',
         "PNG path file:///home/mara/Pictures/screen.png", "PNG time 2026-07-21 07:30:00 UTC",
         'colour profile of a display: "HD-27" by "Heron Displays", named "Mara\'s display"'],
        [fact("person", "author", "Mara Example"),
         fact("link", "path", "file:///home/mara/Pictures/screen.png")], {"PNG:Author": "Mara Example"})
    add("animation.gif", "One grey dot",
        lambda: b"GIF89a\x01\0\x01\0\x80\0\0\x80\x80\x80\0\0\0!\xfe\x17for Sam, from the coast\0"
        b",\0\0\0\0\x01\0\x01\0\0\x02\x02D\x01\0;",
        ['GIF comment "for Sam, from the coast"'], [fact("text", "comment", "for Sam, from the coast")],
        {"File:Comment": "for Sam, from the coast"})
    add("layers.psd", "One grey dot",
        lambda: photoshop_file(jpeg("wide", "Before"), iptc_sets((90, "Rome"), (101, "Italy"), (80, "Mara Example"))),
        ['IPTC city "Rome", country "Italy", by-line "Mara Example"', "thumbnail among Photoshop's resources"],
        [fact("place", "city", "Rome"), dict(kind="hidden", role="thumbnail")], {"IPTC:City": "Rome"})
    add("negative.dng", "A city, drawn",
        lambda: tag(tools["tiff"]("city", "Raw"), "dng", "-IFD0:DNGVersion=1 4 0 0", "-IFD0:UniqueCameraModel=Heron C5",
                    "-IFD0:CameraSerialNumber=731001234", "-IFD0:OriginalRawFileName=MARA_0042.HRN",
                    "-IFD0:RawDataUniqueID=11111111222222223333333344444444"),
        ["DNG camera serial number 731001234, name of the original MARA_0042.HRN, id of the raw data"],
        [fact("serial", "body", "731001234"), fact("link", "original-file-name", "MARA_0042.HRN")],
        {"IFD0:CameraSerialNumber": "731001234"})
    add("cleaned.jpg", "A fountain, drawn", lambda: jpeg("fountain", "Cleaned"),
        ["no metadata; but see cleaned.xmp beside it"], [])
    add("cleaned.xmp", "A sidecar of cleaned.jpg",
        lambda: tag(b"", "xmp", "-XMP-exif:GPSLatitude=%.6f" % PLACES["rome"][0],
                    "-XMP-exif:GPSLongitude=%.6f" % PLACES["rome"][1]),
        ["XMP place 41.89021, 12.492231"], [at("rome")], {}, place=True)
    add("two-places.jpg", "A bridge, drawn",
        lambda: jpeg("bridge", "Two places", "-GPS:GPSLatitudeRef=N", "-GPS:GPSLatitude=%.6f" % PLACES["paris"][0],
                     "-GPS:GPSLongitudeRef=E", "-GPS:GPSLongitude=%.6f" % PLACES["paris"][1],
                     "-XMP-exif:GPSLatitude=%.6f" % PLACES["london"][0],
                     "-XMP-exif:GPSLongitude=%.6f" % PLACES["london"][1]),
        ["EXIF place 48.85837, 2.294481; XMP place 51.500833, -0.121944"], [at("paris"), at("london")], {}, place=True)
    document, original = ("xmp.did:" + str(uuid.UUID(int=n)) for n in (0x51, 0x52))
    for number in (1, 2, 3):
        add("version-%d.jpg" % number, "A temple, drawn",
            lambda number=number: jpeg(
                "temple", "Version %d" % number, "-XMP-xmpMM:DocumentID=" + document,
                "-XMP-xmpMM:OriginalDocumentID=" + original,
                "-XMP-xmpMM:InstanceID=xmp.iid:" + str(uuid.UUID(int=0x60 + number)),
                "-XMP-xmpMM:PreservedFileName=MARA_0042.HRN", "-XMP-xmp:CreatorTool=Example Photo Editor 25.1.0",
                "-XMP-xmpMM:History={Action=saved,When=2026:07:21 12:3%d:00+02:00,SoftwareAgent=Example Photo Editor"
                " 25.1.0 (Linux)}" % number),
            ["XMP document id %s, original document id %s, an instance id of its own" % (document, original),
             'XMP name of the original "MARA_0042.HRN"', "XMP history: saved 2026-07-21 12:3%d +02:00" % number],
            [fact("link", "document-id", document), fact("link", "original-document-id", original),
             fact("link", "original-file-name", "MARA_0042.HRN")], {"XMP-xmpMM:DocumentID": document})
    add("signed.jpg", "A harbour, drawn",
        lambda: insert_segments(jpeg("harbour", "Signed"), jumbf_segment(manifest_store())),
        ['C2PA manifest: title "harbour-mara.jpg", made by "ExampleCam/3.1 (Kestrel K7)",'
         ' edited 2026-07-21 12:31 UTC, certificate of "Mara Example", "Example Daily"'],
        [fact("person", "signer", "Mara Example")], {"CBOR:Claim_generator": "ExampleCam/3.1 (Kestrel K7)"})
    add("drawing.svg", "A line",
        lambda: b'<?xml version="1.0" encoding="UTF-8"?>\n<svg xmlns="http://www.w3.org/2000/svg" '
        b'xmlns:sodipodi="http://sodipodi.sourceforge.net/DTD/sodipodi-0.dtd" '
        b'xmlns:inkscape="http://www.inkscape.org/namespaces/inkscape" width="10" height="10" '
        b'sodipodi:docname="route.svg" inkscape:export-filename="/home/mara/Desktop/route.png">\n'
        b'<path d="M0 0L10 10" stroke="black"/>\n</svg>\n',
        ["SVG name route.svg, exported to /home/mara/Desktop/route.png"],
        [fact("link", "path", "/home/mara/Desktop/route.png")])

#!/usr/bin/python3
"""Make the sample files under samples/.

Everything these files say is made up: the reporter "Mara Example", the phone,
the camera, the dates. The places are public landmarks. The pictures are drawn,
not photographed.

    scripts/make-samples.py            make samples/ and check it
    scripts/make-samples.py --check    only check the files that are there

What goes into a file, what samples/facts.json says about it and what
samples/README.md says about it all come from the same records below. After
making the files, every one is read back with exiftool and compared with the
records: a fact that is missing fails, and so does a tag nobody asked for.

Needs only Debian packages: libimage-exiftool-perl, libheif-examples,
imagemagick (version 6), fonts-dejavu-core, python3.
"""

import calendar
import datetime
import io
import json
import os
import shutil
import struct
import subprocess
import sys
import tempfile
import zipfile

import block_samples
import document_samples
import film_samples
import journey_samples
import together_samples

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
OUT = os.path.join(ROOT, "samples")
SIZE_LIMIT = 2_500_000
EPOCH = 1784000000  # 2026-07-14, only for tools that ask for a build time

ENV = {k: v for k, v in os.environ.items() if k not in ("TZ", "LC_ALL", "LANG", "LANGUAGE")}
ENV.update(TZ="UTC0", LC_ALL="C", SOURCE_DATE_EPOCH=str(EPOCH),
           MAGICK_THREAD_LIMIT="1", OMP_NUM_THREADS="1")
for name in ("EXIFTOOL_HOME", "EXIFTOOL_OPT", "PERL5OPT", "PERL5LIB"):
    ENV.pop(name, None)

# Fixed paths, so that stand-ins earlier in PATH are not picked up.
TOOLS = {
    "exiftool": (["/usr/bin/exiftool"], "libimage-exiftool-perl"),
    "heif-enc": (["/usr/bin/heif-enc"], "libheif-examples"),
    "convert": (["/usr/bin/convert-im6.q16", "/usr/bin/convert"], "imagemagick"),
    "font": (["/usr/share/fonts/truetype/dejavu/DejaVuSans-Bold.ttf"], "fonts-dejavu-core"),
}
PATHS = {}


def die(message):
    sys.stderr.write("make-samples: " + message + "\n")
    sys.exit(1)


def find_tools(names):
    missing = []
    for name in names:
        candidates, package = TOOLS[name]
        for path in candidates:
            if os.path.exists(path):
                PATHS[name] = path
                break
        else:
            missing.append("%s (looked for %s): install the Debian package %s"
                           % (name, " or ".join(candidates), package))
    if missing:
        die("missing tools:\n  " + "\n  ".join(missing))


def run(args, **kwargs):
    done = subprocess.run(args, env=ENV, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                          stderr=subprocess.PIPE, **kwargs)
    if done.returncode != 0:
        hint = ""
        if "heif-enc" in args[0]:
            hint = ("\n(on newer Debian the encoders are separate packages:"
                    " libheif-plugin-x265 and libheif-plugin-aomenc)")
        die("%s failed:\n%s%s" % (" ".join(args), done.stderr.decode("utf-8", "replace"), hint))
    return done.stdout


# ---------------------------------------------------------------------------
# Records: the tags to write, the facts they amount to, and plain words.

PHONE_MAKE, PHONE_MODEL, PHONE_SOFTWARE = "Kestrel", "Kestrel K7", "K7-2.4.1"
CAMERA_MAKE, CAMERA_MODEL = "Osprey Optical", "OX-100"
BODY_SERIAL, LENS_MODEL, LENS_SERIAL = "OX100-0012345", "OX 24-70mm F2.8", "L-778899"

TIME_TAGS = {
    "original": ("ExifIFD:DateTimeOriginal", "ExifIFD:OffsetTimeOriginal", "picture taken"),
    "digitized": ("ExifIFD:CreateDate", "ExifIFD:OffsetTimeDigitized", "digitized"),
    "modified": ("IFD0:ModifyDate", "ExifIFD:OffsetTime", "last changed"),
}


def number(value):
    return ("%.7f" % value).rstrip("0").rstrip(".")


class Record:
    """One file: its tags, facts and words."""

    def __init__(self, path, shows):
        self.path, self.shows = path, shows
        self.tags, self.facts, self.words = [], [], []
        self.mtime = "2026-07-25T12:00:00Z"
        self.thumbnail = None      # scene for the IFD1 thumbnail
        self.little_endian = False
        self.location_forbidden = False
        self.facts_in_json = True  # False: nothing has to be found (damaged files)
        self.damage = None
        self.build = None          # makes the whole file (block_samples.py)
        self.expect = {}           # what exiftool must say of such a file

    # -- building blocks ----------------------------------------------------

    def tag(self, name, value):
        self.tags.append((name, str(value)))
        return self

    def fact(self, **fact):
        self.facts.append(fact)
        return self

    def say(self, words):
        self.words.append(words)
        return self

    def position(self, latitude, longitude, altitude=None):
        self.tag("GPS:GPSLatitudeRef", "N" if latitude >= 0 else "S")
        self.tag("GPS:GPSLatitude", number(abs(latitude)))
        self.tag("GPS:GPSLongitudeRef", "E" if longitude >= 0 else "W")
        self.tag("GPS:GPSLongitude", number(abs(longitude)))
        fact = dict(kind="location", role="camera", latitude=latitude, longitude=longitude)
        words = "GPS place of the camera %s, %s" % (number(latitude), number(longitude))
        if altitude is not None:
            self.tag("GPS:GPSAltitudeRef", 0 if altitude >= 0 else 1)
            self.tag("GPS:GPSAltitude", number(abs(altitude)))
            fact["altitude"] = altitude
            words += ", altitude %s m%s" % (number(altitude),
                                            " (below sea level)" if altitude < 0 else "")
        self.facts.append(fact)
        return self.say(words)

    def image_direction(self, degrees):
        self.tag("GPS:GPSImgDirectionRef", "T").tag("GPS:GPSImgDirection", number(degrees))
        return self.say("camera pointed to %s degrees (true north)" % number(degrees))

    def gps_time(self, value):
        day, clock = value.split("T")
        self.tag("GPS:GPSDateStamp", day.replace("-", ":")).tag("GPS:GPSTimeStamp", clock)
        self.fact(kind="timestamp", role="gps", value=value + "Z")
        return self.say("GPS time %s %s UTC" % (day, clock))

    def times(self, value, offset=None, roles=("original", "digitized", "modified"),
              offset_roles=None, subsec=None):
        """Local time `value`; the offset goes to `offset_roles` (all roles unless told)."""
        offset_roles = roles if offset_roles is None else offset_roles
        for role in roles:
            tag, offset_tag, word = TIME_TAGS[role]
            self.tag(tag, value.replace("-", ":").replace("T", " "))
            fact = dict(kind="timestamp", role=role, value=value)
            words = "%s %s local time" % (word, value.replace("T", " "))
            if offset and role in offset_roles:
                self.tag(offset_tag, offset)
                fact["utcOffset"] = offset
                words += " (UTC offset %s)" % offset
            self.facts.append(fact)
            self.say(words)
        if subsec:
            self.tag("ExifIFD:SubSecTimeOriginal", subsec)
            self.say("fraction of the second when taken: .%s" % subsec)
        self.mtime = value + (offset or "Z")
        return self

    def phone(self, software=True):
        self.device(PHONE_MAKE, PHONE_MODEL)
        return self.software(PHONE_SOFTWARE) if software else self

    def device(self, make, model):
        self.tag("IFD0:Make", make).tag("IFD0:Model", model)
        self.fact(kind="device", role="camera", make=make, model=model)
        return self.say('camera make "%s", model "%s"' % (make, model))

    def software(self, value):
        self.tag("IFD0:Software", value)
        self.fact(kind="software", role="processing", value=value)
        return self.say('software "%s"' % value)

    def host(self, value):
        self.tag("IFD0:HostComputer", value)
        self.fact(kind="device", role="host", value=value)
        return self.say('computer name "%s"' % value)

    def serials(self):
        self.tag("ExifIFD:LensMake", CAMERA_MAKE).tag("ExifIFD:LensModel", LENS_MODEL)
        self.fact(kind="device", role="lens", make=CAMERA_MAKE, model=LENS_MODEL)
        self.say('lens make "%s", model "%s"' % (CAMERA_MAKE, LENS_MODEL))
        self.tag("ExifIFD:SerialNumber", BODY_SERIAL)
        self.fact(kind="serial", role="body", value=BODY_SERIAL)
        self.say('camera body serial number "%s"' % BODY_SERIAL)
        self.tag("ExifIFD:LensSerialNumber", LENS_SERIAL)
        self.fact(kind="serial", role="lens", value=LENS_SERIAL)
        return self.say('lens serial number "%s"' % LENS_SERIAL)

    def person(self, role, tag, value):
        self.tag(tag, value).fact(kind="person", role=role, value=value)
        return self.say('%s "%s"' % ({"owner": "camera owner", "author": "author (XPAuthor)"}
                                     .get(role, role), value))

    def text(self, role, tag, value):
        self.tag(tag, value).fact(kind="text", role=role, value=value)
        return self.say('%s "%s"' % (role.replace("-", " "), value))

    def thumb(self, scene, words):
        self.thumbnail = scene
        self.fact(kind="hidden", role="thumbnail")
        return self.say(words)

    # -- for damaged and empty files ---------------------------------------

    def no_location(self):
        self.location_forbidden = True
        return self

    def damaged(self, words, keep_facts):
        self.damage = words
        self.facts_in_json = keep_facts
        return self


RECORDS = []


def record(path, shows):
    r = Record(path, shows)
    RECORDS.append(r)
    return r


SCENES = {}  # path -> (scene, caption)


def picture(path, scene, caption):
    r = record(path, "%s, drawn" % caption)
    SCENES[path] = (scene, caption)
    return r


def define_phone():
    (picture("phone/IMG_0001.jpg", "eiffel", "Eiffel Tower")
     .phone().times("2026-07-14T10:12:44", "+02:00", subsec="123")
     .position(48.858370, 2.294481, 35.2).image_direction(214.5)
     .tag("GPS:GPSHPositioningError", 5).say("GPS error 5 m")
     .gps_time("2026-07-14T08:12:44")
     .thumb("same", "embedded thumbnail of the same picture"))
    (picture("phone/IMG_0002.jpg", "bridge", "Charles Bridge, Prague")
     .phone().times("2026-07-16T18:40:02", "+02:00", subsec="407")
     .position(50.086477, 14.411437, 190.4).image_direction(96.2)
     .tag("GPS:GPSHPositioningError", 8).say("GPS error 8 m")
     .gps_time("2026-07-16T16:40:02"))
    unique = "4b37a1e0c5d24f6f9a0e6d1b2c3f4a55"
    (RECORDS[-1].tag("ExifIFD:ImageUniqueID", unique)
     .fact(kind="link", role="image-unique-id", value=unique)
     .say('unique picture number "%s"' % unique))
    (picture("phone/IMG_0003.heic", "gate", "Brandenburg Gate")
     .phone().times("2026-07-18T12:05:31", "+02:00")
     .position(52.516275, 13.377704, -3.5).image_direction(270)
     .gps_time("2026-07-18T10:05:31"))
    (picture("phone/IMG_0004.jpg", "fountain", "Trevi Fountain")
     .phone().times("2026-07-20T21:17:09", "+02:00")
     .position(41.900932, 12.483313, 38).image_direction(90)
     .tag("GPS:GPSSpeedRef", "K").tag("GPS:GPSSpeed", 47.3).say("moving at 47.3 km/h")
     .tag("GPS:GPSTrackRef", "T").tag("GPS:GPSTrack", 88)
     .say("moving towards 88 degrees (true north)")
     .tag("GPS:GPSProcessingMethod", "CELLID").say('GPS method "CELLID"')
     .gps_time("2026-07-20T19:17:09")
     .tag("GPS:GPSAreaInformation", "Rione Trevi")
     .fact(kind="place", role="area", value="Rione Trevi").say('GPS area name "Rione Trevi"'))
    (picture("phone/IMG_0005.jpg", "city", "No place given")
     .phone().times("2026-07-22T09:30:00", "+08:00", roles=("original",)).no_location())
    (picture("phone/IMG_0006.jpg", "opera", "Sydney Opera House")
     .phone().position(-33.856784, 151.215297))
    r = (picture("phone/IMG_0007.jpg", "city", "Rome, coarse place")
         .phone().times("2026-07-23T11:02:50", "+02:00")
         .position(41.9, 12.5)
         .say("that place is rounded to 0.1 degree, written as 419/10 and 125/10 degrees"
              " with no minutes or seconds"))
    r.rationals = {2: [(419, 10), (0, 1), (0, 1)], 4: [(125, 10), (0, 1), (0, 1)]}
    (picture("phone/IMG_0008.heic", "city", "No place given")
     .phone(software=False).times("2026-07-24T08:45:12", "+02:00").no_location())
    (picture("phone/IMG_0009.avif", "spires", "Sagrada Familia")
     .phone().times("2026-07-24T17:20:36", "+02:00").position(41.403630, 2.174356))
    (picture("phone/IMG_0010.jpg", "city", "Place removed, clock left")
     .phone().times("2026-07-25T10:10:05", roles=("original",)).gps_time("2026-07-25T02:10:00")
     .fact(kind="utc-offset", role="derived", value="+08:00")
     .say("the two clocks are 8 hours apart").no_location())


def define_camera():
    # (day and time, owner named in the file, UTC offset, scene, caption)
    shots = [("2026-07-14T09:02:11", True, "+02:00", "eiffel", "Tower from the river"),
             ("2026-07-15T11:48:37", True, "+02:00", "harbour", "Quay in the morning"),
             ("2026-07-16T17:59:05", True, "+02:00", "bridge", "Bridge at low water"),
             ("2026-07-17T08:21:54", True, "+02:00", "city", "Roofs"),
             ("2026-07-18T13:33:20", True, "+02:00", "gate", "Columns"),
             ("2026-07-19T20:10:46", False, "+09:00", "city", "Evening skyline")]
    for i, (when, named, offset, scene, caption) in enumerate(shots, 1):
        r = (picture("camera/DSC_%04d.jpg" % (100 + i), scene, caption)
             .device(CAMERA_MAKE, CAMERA_MODEL).serials()
             .times(when, offset, offset_roles=("original",)).no_location())
        r.little_endian = True
        if named:
            r.person("owner", "ExifIFD:OwnerName", "Mara Example")
            r.person("artist", "IFD0:Artist", "Mara Example")
            r.person("copyright", "IFD0:Copyright", "(c) 2026 Mara Example")


def define_edited():
    (picture("edited/harbour.jpg", "harbour", "Harbour")
     .software("Example Photo Editor 25.1.0 (Linux x86_64; build 88231)")
     .host("mara-laptop")
     .text("user-comment", "ExifIFD:UserComment", "cropped for print, ask Sam about the pier")
     .person("author", "IFD0:XPAuthor", "Mara Example")
     .text("description", "IFD0:ImageDescription", "Harbour, draft 2")
     .thumb("wide", "embedded thumbnail of the wider picture before cropping: it still shows"
                    " the pier, a crane and a second boat that were cut away")
     .no_location())
    (picture("edited/destination.jpg", "city", "Road sign picture")
     .tag("GPS:GPSDestLatitudeRef", "N").tag("GPS:GPSDestLatitude", number(41.890210))
     .tag("GPS:GPSDestLongitudeRef", "E").tag("GPS:GPSDestLongitude", number(12.492231))
     .fact(kind="location", role="destination", latitude=41.890210, longitude=12.492231)
     .say("GPS place that was aimed at (the Colosseum) 41.89021, 12.492231;"
          " no place of the camera itself")
     .tag("GPS:GPSDestBearingRef", "T").tag("GPS:GPSDestBearing", 132.5)
     .say("bearing to it 132.5 degrees (true north)")
     .tag("GPS:GPSDestDistanceRef", "K").tag("GPS:GPSDestDistance", 1.8)
     .say("distance to it 1.8 km"))
    (picture("edited/scan.tiff", "towerbridge", "Tower Bridge")
     .position(51.505455, -0.075356)
     .host("newsroom-scan-02").software("Example Scan Station 9.2")
     .text("document-name", "IFD0:DocumentName", "Field notes, page 12"))
    (picture("edited/export.webp", "temple", "Acropolis")
     .position(37.971532, 23.725750)
     .times("2026-07-21T15:44:08", "+03:00", roles=("original",)))
    (picture("edited/chart.png", "chart", "Golden Gate Bridge")
     .position(37.819929, -122.478255)
     .times("2026-07-21T10:05:00", "-07:00", roles=("original",)))
    RECORDS[-1].shows = "Golden Gate Bridge, bar chart"


def define_clean():
    r = picture("screenshots/Screenshot_20260721-093000.png", "screen", "Screenshot")
    r.no_location().mtime = "2026-07-21T09:30:00+02:00"
    for ext in ("jpg", "heic", "png", "webp", "tiff"):
        r = picture("stripped/clean." + ext, "city", "Stripped picture")
        r.no_location()
        if ext == "tiff":
            r.say("only the tags a TIFF needs to be shown (size, compression, colours)")


def block_tools():
    """What block_samples.py makes its pictures with."""
    def in_folder(body):
        with tempfile.TemporaryDirectory(prefix="make-samples-") as work:
            return body(work)

    def drawn(scene, caption, ending, convert):
        def body(work):
            source, target = os.path.join(work, "drawn.png"), os.path.join(work, "out." + ending)
            draw(scene, caption, (240, 180), source)
            convert(source, target)
            with open(target, "rb") as f:
                return f.read()
        return in_folder(body)

    def tag(data, ending, *tags):
        def body(work):
            target = os.path.join(work, "out." + ending)
            if data:
                save(target, data)
            exiftool("-q", "-q", "-n", "-struct", *(["-overwrite_original"] if data else []), *tags, target)
            with open(target, "rb") as f:
                return f.read()
        return in_folder(body)

    def jpeg(scene, caption, *tags):
        data = drawn(scene, caption, "jpg", to_jpeg)
        return tag(data, "jpg", *tags) if tags else data

    def covered():
        """A picture of which a part was painted over, with the thumbnail of the picture before."""
        def body(work):
            source, small = os.path.join(work, "drawn.png"), os.path.join(work, "small.jpg")
            target = os.path.join(work, "out.jpg")
            draw("wide", "Covered", (640, 480), source)
            to_jpeg(source, small, 75, (160, 120))
            run([PATHS["convert"], source, "-fill", "black", "-draw", "rectangle 380,60 620,420",
                 "-strip", "-sampling-factor", "4:2:0", "-quality", "70", "JPEG:" + target])
            exiftool("-q", "-q", "-overwrite_original", "-IFD0:Software=Example Photo Editor 25.1.0",
                     "-ExifIFD:DateTimeOriginal=2026:07:21 12:00:00", "-IFD0:ModifyDate=2026:07:21 18:30:00",
                     "-IFD1:ThumbnailImage<=" + small, target)
            with open(target, "rb") as f:
                return f.read()
        return in_folder(body)

    return dict(
        jpeg=jpeg, tag=tag, covered=covered,
        png=lambda scene, caption: drawn(scene, caption, "png", shutil.copyfile),
        tiff=lambda scene, caption: drawn(
            scene, caption, "tiff", lambda source, target: run(
                [PATHS["convert"], source, "-strip", "-depth", "8", "-compress", "LZW", "TIFF:" + target])))


def damaged_base(r):
    return r.phone().times("2026-07-14T10:12:44", "+02:00")


def define_damaged():
    r = record("damaged/truncated.jpg", "Eiffel Tower, cut short")
    r.damaged("IMG_0001.jpg cut in the middle of its Exif segment, inside the thumbnail: the"
              " place, the times and the device come before the cut and may still be read",
              keep_facts=False)
    r = record("damaged/cut-early.jpg", "Eiffel Tower, cut short")
    r.damaged("IMG_0001.jpg cut 40 bytes into its Exif segment", keep_facts=False).no_location()

    r = picture("damaged/null-island.jpg", "city", "Null island")
    damaged_base(r).damaged("latitude 0 north, longitude 0 east: valid numbers, but what a phone"
                            " writes when it knows no place", keep_facts=True)
    r.position(0.0, 0.0).no_location()
    r = picture("damaged/out-of-range.jpg", "city", "Out of range")
    damaged_base(r).position(45.0, 14.411437)
    r.rationals = {2: [(95, 1), (0, 1), (0, 1)]}
    r.damaged("latitude 95 degrees north, longitude 14.411437: there is no such place",
              keep_facts=True).no_location()
    r = picture("damaged/zero-denominator.jpg", "city", "Zero denominator")
    damaged_base(r).position(50.086477, 14.411437)
    r.rationals = {2: [(50, 0), (5, 0), (11, 0)], 4: [(14, 0), (24, 0), (41, 0)]}
    r.damaged("latitude and longitude are fractions with 0 below the line", keep_facts=True)
    r.no_location()
    r = picture("damaged/no-hemisphere.jpg", "city", "No hemisphere")
    damaged_base(r).position(50.086477, 14.411437)
    r.tags = [t for t in r.tags if not t[0].endswith("tudeRef")]
    r.damaged("latitude 50.086477 and longitude 14.411437 without north/south and east/west:"
              " this could be any of four places", keep_facts=True).no_location()
    for r in RECORDS[-4:]:
        r.facts = [f for f in r.facts if f["kind"] != "location"]
        r.words = [w for w in r.words if not w.startswith("GPS place")]

    r = record("damaged/not-a-picture.jpg", "Plain text under a picture's name")
    r.damaged("not a JPEG at all", keep_facts=False).no_location()
    r = record("damaged/empty.jpg", "Nothing")
    r.damaged("0 bytes", keep_facts=False).no_location()
    r = record("damaged/ifd-loop.jpg", "Nothing, only a header")
    r.damaged("Exif directories that point at themselves and at each other", keep_facts=False)
    r.no_location()


ITINERARY = """Itinerary (made up)

14 July  Paris, Eiffel Tower, 10:00
16 July  Prague, Charles Bridge, evening
18 July  Berlin, Brandenburg Gate, noon
20 July  Rome, Trevi Fountain, late
24 July  Barcelona, Sagrada Familia, 17:00
"""
CONTACTS = "\r\n".join([
    "BEGIN:VCARD", "VERSION:3.0", "N:Sample;Sam;;;", "FN:Sam Sample", "ORG:Example Daily",
    "TEL;TYPE=CELL:+1-202-555-0143", "EMAIL:sam.sample@example.org", "END:VCARD", ""])
PACKING = "Packing list (made up)\n\ntwo notebooks\nrain jacket\nspare battery\n"
NOT_A_PICTURE = ("This is a plain text file with a picture's name.\n"
                 "It is here to see that nothing falls over.\n")


def define_notes():
    for path, shows, words in [
            ("notes/itinerary.txt", "A plan of the trip", "plain text: days and landmarks, made up"),
            ("notes/contacts.vcf", "A vCard",
             'made-up name "Sam Sample", organisation, phone number and mail address'),
            ("notes/archive.zip", "A zip file", "holds packing-list.txt, dated 2026-07-13 20:00")]:
        record(path, shows).no_location().say(words)


# ---------------------------------------------------------------------------
# Drawing

INK = "#2b3a42"


def scene_shapes(scene, w, h):
    """ImageMagick drawing commands for a scene on a w x h canvas."""
    g = int(h * 0.72)  # where the ground starts
    x = w // 2
    out = ["fill #6f8f5a", "rectangle 0,%d %d,%d" % (g, w, h), "fill " + INK]
    if scene == "eiffel":
        out += ["polygon %d,%d %d,%d %d,%d %d,%d %d,%d %d,%d" %
                (x - 3, 50, x + 3, 50, x + 26, g - 90, x + 84, g, x + 48, g, x, g - 78),
                "polygon %d,%d %d,%d %d,%d %d,%d" % (x - 3, 50, x - 26, g - 90, x - 84, g, x, g - 78),
                "polygon %d,%d %d,%d %d,%d" % (x - 84, g, x - 48, g, x, g - 78),
                "rectangle %d,%d %d,%d" % (x - 40, g - 96, x + 40, g - 86)]
    elif scene in ("bridge", "towerbridge"):
        out += ["fill #4d7ea8", "rectangle 0,%d %d,%d" % (g, w, h), "fill " + INK,
                "rectangle 0,%d %d,%d" % (g - 46, w, g - 28)]
        for k in range(6):
            px = int(w * (k + 0.5) / 6)
            out.append("rectangle %d,%d %d,%d" % (px - 9, g - 30, px + 9, g + 22))
        towers = (0.12, 0.88) if scene == "bridge" else (0.35, 0.65)
        for t in towers:
            px, top = int(w * t), (g - 120 if scene == "bridge" else g - 170)
            out += ["rectangle %d,%d %d,%d" % (px - 18, top, px + 18, g + 24),
                    "polygon %d,%d %d,%d %d,%d" % (px - 22, top, px + 22, top, px, top - 36)]
        if scene == "towerbridge":
            out.append("rectangle %d,%d %d,%d" % (w * 0.35, g - 140, w * 0.65, g - 128))
    elif scene in ("gate", "temple"):
        out.append("rectangle %d,%d %d,%d" % (x - 130, g - 130, x + 130, g - 104))
        for k in range(6):
            px = x - 120 + k * 48
            out.append("rectangle %d,%d %d,%d" % (px - 9, g - 104, px + 9, g))
        if scene == "temple":
            out.append("polygon %d,%d %d,%d %d,%d" % (x - 140, g - 130, x + 140, g - 130, x, g - 180))
        else:
            out.append("rectangle %d,%d %d,%d" % (x - 40, g - 160, x + 40, g - 130))
    elif scene == "fountain":
        out += ["rectangle %d,%d %d,%d" % (x - 150, g - 150, x + 150, g - 20), "fill #d8e4ec",
                "circle %d,%d %d,%d" % (x, g - 90, x + 34, g - 90), "fill #4d7ea8",
                "ellipse %d,%d 170,30 0,360" % (x, g)]
    elif scene == "opera":
        out += ["fill #4d7ea8", "rectangle 0,%d %d,%d" % (g, w, h), "fill #f4f1e8"]
        for k in range(4):
            px = x - 150 + k * 76
            out.append("polygon %d,%d %d,%d %d,%d" % (px, g, px + 92, g, px + 70, g - 120 + 12 * k))
    elif scene == "spires":
        for k, top in enumerate((150, 190, 190, 150)):
            px = x - 90 + k * 60
            out.append("polygon %d,%d %d,%d %d,%d" % (px - 24, g, px + 24, g, px, g - top))
        out.append("rectangle %d,%d %d,%d" % (x - 120, g - 50, x + 120, g))
    elif scene == "chart":
        for k, tall in enumerate((60, 110, 90, 150, 130)):
            px = int(w * 0.15) + k * int(w * 0.15)
            out.append("rectangle %d,%d %d,%d" % (px, g - tall, px + int(w * 0.1), g))
    elif scene == "screen":
        out = ["fill #f7f7f7", "rectangle 0,0 %d,%d" % (w, h), "fill #3c6e71",
               "rectangle 0,0 %d,44" % w, "fill #d9d9d9"]
        for k in range(5):
            out.append("rectangle 24,%d %d,%d" % (80 + 50 * k, w - 24 - 30 * (k % 3), 104 + 50 * k))
    elif scene in ("harbour", "wide"):
        out += ["fill #4d7ea8", "rectangle 0,%d %d,%d" % (g, w, h), "fill #a33b2e"]
        boats = (0.3,) if scene == "harbour" else (0.18, 0.52)
        for t in boats:
            px = int(w * t)
            out += ["polygon %d,%d %d,%d %d,%d %d,%d" %
                    (px - 46, g - 6, px + 46, g - 6, px + 30, g + 18, px - 30, g + 18),
                    "rectangle %d,%d %d,%d" % (px - 2, g - 80, px + 2, g - 6),
                    "polygon %d,%d %d,%d %d,%d" % (px + 4, g - 78, px + 4, g - 16, px + 40, g - 16)]
        if scene == "wide":  # what the crop cut away
            px = int(w * 0.82)
            out += ["fill " + INK, "rectangle %d,%d %d,%d" % (int(w * 0.64), g - 12, w, g),
                    "rectangle %d,%d %d,%d" % (px - 5, g - 190, px + 5, g),
                    "rectangle %d,%d %d,%d" % (px - 90, g - 194, px + 40, g - 184)]
            for k in range(5):
                bx = int(w * (0.66 + 0.08 * k))
                out.append("rectangle %d,%d %d,%d" % (bx - 4, g, bx + 4, g + 40))
    else:  # city
        for k, tall in enumerate((60, 120, 84, 150, 70, 104, 54)):
            px = int(w * k / 7)
            out.append("rectangle %d,%d %d,%d" % (px + 8, g - tall, px + int(w / 7) - 8, g))
    return out


def canvas(path):
    if path == "screenshots/Screenshot_20260721-093000.png":
        return 360, 640
    if path.startswith(("phone/", "camera/")):
        return 640, 480
    return 400, 300


def draw(scene, caption, size, target):
    """A drawn picture as 8-bit PNG, no metadata."""
    w, h = size
    label = caption.upper() + "\n(synthetic sample)"
    run([PATHS["convert"], "-size", "%dx%d" % size, "-depth", "8",
         "gradient:#5f9fd4-#e6f0f7", "-draw", " ".join(scene_shapes(scene, w, h)),
         "-font", PATHS["font"], "-pointsize", str(max(13, w // 26)), "-gravity", "south",
         "-fill", "white", "-undercolor", "#00000080", "-annotate", "+0+14", label,
         "-depth", "8", "-define", "png:color-type=2", "-strip", "PNG24:" + target])
    clean_png(target)


def clean_png(path):
    """Keep only the chunks a PNG needs."""
    with open(path, "rb") as f:
        data = f.read()
    out, pos = data[:8], 8
    while pos < len(data):
        length = struct.unpack(">I", data[pos:pos + 4])[0]
        chunk = data[pos:pos + 12 + length]
        if chunk[4:8] in (b"IHDR", b"PLTE", b"IDAT", b"IEND"):
            out += chunk
        pos += 12 + length
    with open(path, "wb") as f:
        f.write(out)


def to_jpeg(source, target, quality=82, size=None):
    resize = ["-resize", "%dx%d!" % size] if size else []
    run([PATHS["convert"], source] + resize +
        ["-strip", "-sampling-factor", "4:2:0", "-quality", str(quality), "JPEG:" + target])


# ---------------------------------------------------------------------------
# Writing tags

def exiftool(*args):
    # -config "" : no ~/.ExifTool_config
    return run([PATHS["exiftool"], "-config", "", *args])


def write_tags(path, r, work):
    if not r.tags and not r.thumbnail:
        return
    args = ["-q", "-q", "-overwrite_original", "-n"]
    if r.little_endian:
        args.append("-ExifByteOrder=II")
    args += ["-%s=%s" % t for t in r.tags]
    if r.thumbnail:
        source, thumb = os.path.join(work, "thumb.png"), os.path.join(work, "thumb.jpg")
        scene, caption = SCENES[r.path]
        if r.thumbnail == "wide":
            draw("wide", "Harbour, before the crop", (640, 400), source)
            to_jpeg(source, thumb, 70, (160, 100))
        else:
            draw(scene, caption, canvas(r.path), source)
            to_jpeg(source, thumb, 70, (160, 120))
        args.append("-IFD1:ThumbnailImage<=" + thumb)
    exiftool(*args, path)


def has_exif(path):
    found = json.loads(exiftool("-j", "-G1", "-EXIF:all", path))[0]
    return any(k.split(":")[0] in ("IFD0", "ExifIFD", "GPS") for k in found)


def exif_span(data):
    """(offset of the APP1 marker, offset of the TIFF header, end of segment) in a JPEG."""
    pos = 2
    while data[pos] == 0xFF and data[pos + 1] != 0xDA:
        length = struct.unpack(">H", data[pos + 2:pos + 4])[0]
        if data[pos + 1] == 0xE1 and data[pos + 4:pos + 10] == b"Exif\0\0":
            return pos, pos + 10, pos + 2 + length
        pos += 2 + length
    die("no Exif segment where one was expected")


def directory(data, tiff, offset, order):
    count = struct.unpack_from(order + "H", data, tiff + offset)[0]
    entries = {}
    for i in range(count):
        at = tiff + offset + 2 + 12 * i
        tag, kind, n, value = struct.unpack_from(order + "HHII", data, at)
        entries[tag] = (kind, n, value)
    following = struct.unpack_from(order + "I", data, tiff + offset + 2 + 12 * count)[0]
    return entries, following


def patch_gps_rationals(path, changes):
    with open(path, "rb") as f:
        data = bytearray(f.read())
    _, tiff, _ = exif_span(data)
    order = "<" if data[tiff:tiff + 2] == b"II" else ">"
    ifd0, _ = directory(data, tiff, struct.unpack_from(order + "I", data, tiff + 4)[0], order)
    gps, _ = directory(data, tiff, ifd0[0x8825][2], order)
    for tag, rationals in changes.items():
        kind, n, offset = gps[tag]
        assert kind == 5 and n == len(rationals)
        for i, pair in enumerate(rationals):
            struct.pack_into(order + "II", data, tiff + offset + 8 * i, *pair)
    with open(path, "wb") as f:
        f.write(data)


def cut_in_thumbnail(data):
    """Where to cut: halfway through the thumbnail, which must come after all GPS values."""
    _, tiff, end = exif_span(data)
    order = "<" if data[tiff:tiff + 2] == b"II" else ">"
    ifd0, following = directory(data, tiff, struct.unpack_from(order + "I", data, tiff + 4)[0], order)
    gps, _ = directory(data, tiff, ifd0[0x8825][2], order)
    sizes = {1: 1, 2: 1, 3: 2, 4: 4, 5: 8, 7: 1, 10: 8}
    last_gps = max(v + n * sizes[k] for k, n, v in gps.values() if n * sizes[k] > 4)
    ifd1, _ = directory(data, tiff, following, order)
    start, length = ifd1[0x0201][2], ifd1[0x0202][2]
    assert last_gps <= start, "the thumbnail does not come after the GPS values"
    cut = tiff + start + length // 2
    assert cut < end
    return cut


def ifd_loop():
    """A JPEG header whose Exif directories never end."""
    def entry(tag, value):
        return struct.pack("<HHII", tag, 4, 1, value)
    first, second = 8, 8 + 2 + 24 + 4
    tiff = struct.pack("<2sHI", b"II", 42, first)
    # IFD0: its Exif pointer is itself, its GPS pointer is the second, next is itself.
    tiff += struct.pack("<H", 2) + entry(0x8769, first) + entry(0x8825, second)
    tiff += struct.pack("<I", first)
    # Second: its Exif pointer is the first, its Interop pointer is itself, next is the first.
    tiff += struct.pack("<H", 2) + entry(0x8769, first) + entry(0xA005, second)
    tiff += struct.pack("<I", first)
    body = b"Exif\0\0" + tiff
    data = b"\xff\xd8\xff\xe1" + struct.pack(">H", len(body) + 2) + body + b"\xff\xd9"
    assert len(data) < 200
    return data


# ---------------------------------------------------------------------------
# Making one file

def save(path, data):
    with open(path, "wb") as f:
        f.write(data)


def make_picture(r, target, work):
    scene, caption = SCENES[r.path]
    drawn = os.path.join(work, "drawn.png")
    draw(scene, caption, canvas(r.path), drawn)
    ext = r.path.rsplit(".", 1)[1]
    if ext == "jpg":
        to_jpeg(drawn, target)
        write_tags(target, r, work)
    elif ext in ("heic", "avif"):
        source = os.path.join(work, "source.jpg")
        to_jpeg(drawn, source, 92)
        write_tags(source, r, work)
        run([PATHS["heif-enc"]] + (["-A"] if ext == "avif" else []) +
            ["-q", "50", source, "-o", target])
        if r.tags and not has_exif(target):
            write_tags(target, r, work)
        os.remove(source)
    elif ext == "png":
        shutil.copyfile(drawn, target)
        write_tags(target, r, work)
    elif ext == "webp":
        run([PATHS["convert"], drawn, "-strip", "-quality", "75", "-define", "webp:thread-level=0",
             "WEBP:" + target])
        write_tags(target, r, work)
    elif ext == "tiff":
        run([PATHS["convert"], drawn, "-strip", "-depth", "8", "-compress", "LZW", "TIFF:" + target])
        write_tags(target, r, work)
    if getattr(r, "rationals", None):
        patch_gps_rationals(target, r.rationals)


def make(r, top, work):
    target = os.path.join(top, r.path)
    os.makedirs(os.path.dirname(target), exist_ok=True)
    if r.path in SCENES:
        make_picture(r, target, work)
    elif r.build:
        save(target, r.build())
    elif r.path in ("damaged/truncated.jpg", "damaged/cut-early.jpg"):
        with open(os.path.join(top, "phone/IMG_0001.jpg"), "rb") as f:
            data = f.read()
        cut = exif_span(data)[0] + 40 if "early" in r.path else cut_in_thumbnail(data)
        save(target, data[:cut])
    elif r.path == "damaged/not-a-picture.jpg":
        save(target, NOT_A_PICTURE.encode())
    elif r.path == "damaged/empty.jpg":
        save(target, b"")
    elif r.path == "damaged/ifd-loop.jpg":
        save(target, ifd_loop())
    elif r.path == "notes/itinerary.txt":
        save(target, ITINERARY.encode())
    elif r.path == "notes/contacts.vcf":
        save(target, CONTACTS.encode())
    elif r.path == "notes/archive.zip":
        held = io.BytesIO()
        with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as z:
            info = zipfile.ZipInfo("packing-list.txt", (2026, 7, 13, 20, 0, 0))
            info.compress_type, info.create_system = zipfile.ZIP_DEFLATED, 3
            info.external_attr = 0o644 << 16
            z.writestr(info, PACKING)
        save(target, held.getvalue())
    else:
        die("nobody knows how to make " + r.path)
    when = datetime.datetime.fromisoformat(r.mtime.replace("Z", "+00:00"))
    stamp = calendar.timegm(when.utctimetuple())
    os.utime(target, (stamp, stamp))


# ---------------------------------------------------------------------------
# facts.json and README.md

def facts_json():
    out = {r.path: (r.facts if r.facts_in_json else []) for r in RECORDS}
    out["_noLocation"] = [r.path for r in RECORDS if r.location_forbidden]
    lines = ["{"]
    for i, (path, facts) in enumerate(out.items()):
        comma = "," if i + 1 < len(out) else ""
        if facts:
            lines.append("  %s: [" % json.dumps(path))
            lines += ["    %s%s" % (json.dumps(f), "," if k + 1 < len(facts) else "")
                      for k, f in enumerate(facts)]
            lines.append("  ]" + comma)
        else:
            lines.append("  %s: []%s" % (json.dumps(path), comma))
    return "\n".join(lines) + "\n}\n"


FOLDERS = [
    ("phone", "Pictures as a phone exports them."),
    ("camera", "Pictures from a camera without GPS. The serial numbers tie them together."),
    ("edited", "Pictures that went through other programs."),
    ("screenshots", "A screenshot with no metadata."),
    ("stripped", "Pictures after all metadata was taken out. Nothing should be found in these."),
    ("damaged", "Broken or odd files. A reader must not fall over, run forever or invent a place."),
    ("blocks", "Pictures whose facts stand elsewhere than in EXIF, each with one such place."),
    ("together", "Files that say together what none says alone: a home, an office, a journey, meetings, one device."),
    ("journey", "Tracks, histories, calendars, contacts, tickets and networks, as apps and accounts export them."),
    ("films", "Films and sound, with what stands around the pictures and the sound."),
    ("documents", "Documents, mails, archives, chats and a database, some with a picture inside."),
    ("notes", "Files that are not pictures."),
]


def readme():
    lines = [
        "# Sample files",
        "",
        "These files are wholly synthetic. `scripts/make-samples.py` makes all of them, and this",
        "page and `facts.json` too, from one list. Do not edit them by hand.",
        "",
        "- There is no real person here. The reporter \"Mara Example\", her colleague \"Sam\" and",
        "  the contact \"Sam Sample\" are made up.",
        "- There is no real device here. The phone \"Kestrel K7\", the camera \"OX-100\", the lens",
        "  and all serial numbers are made up.",
        "- The pictures are drawn by a program. They are not photographs.",
        "- The places are public landmarks with their real coordinates. Nobody was there at the",
        "  times given.",
        "",
        "To make them again (Debian packages `libimage-exiftool-perl`, `libheif-examples`,",
        "`imagemagick`, `fonts-dejavu-core`):",
        "",
        "    scripts/make-samples.py",
        "",
        "The script ends by reading every file back with exiftool: each fact below must be there,",
        "and no other tag apart from technical ones (resolution, colour space, format version).",
        "Of the files in `blocks/` only one tag each is compared.",
        "`scripts/make-samples.py --check` does only that part. Files that are too damaged to be",
        "compared, and those in `journey/` and `notes/`, are only checked to be there.",
        "",
        "The file dates on disk are set to the made-up times as well. Git does not keep those.",
        "",
        "`facts.json` lists, for each file, the facts that must be found in it. Under",
        "`_noLocation` it lists the files that must not yield a location: a doubtful one may be",
        "mentioned as doubtful, but not given as a place where somebody was. Details such as",
        "speed, direction, fraction of a second or GPS error are written in the files and listed",
        "below, but are not in `facts.json`.",
        "",
    ]
    for folder, about in FOLDERS:
        lines += ["## %s/" % folder, "", about, "",
                  "| File | What it shows | What is written in it |", "|---|---|---|"]
        for r in RECORDS:
            if r.path.split("/")[0] != folder:
                continue
            words = list(r.words)
            if r.damage:
                words.insert(0, "**Damage:** " + r.damage)
            if not words:
                words = ["no metadata"]
            cell = "<br>".join(w[0].upper() + w[1:] if w[0].isalpha() else w for w in words)
            lines.append("| `%s` | %s | %s |" % (r.path.split("/", 1)[1], r.shows,
                                                 cell.replace("|", "\\|")))
        lines.append("")
    return "\n".join(lines).rstrip() + "\n"


# ---------------------------------------------------------------------------
# Checking with exiftool

# Tags that exiftool or the file format adds and that say nothing about anybody.
STRUCTURAL = {
    "IFD0": {"XResolution", "YResolution", "ResolutionUnit", "YCbCrPositioning", "ImageWidth",
             "ImageHeight", "BitsPerSample", "Compression", "PhotometricInterpretation",
             "FillOrder", "StripOffsets", "Orientation", "SamplesPerPixel", "RowsPerStrip",
             "StripByteCounts", "PlanarConfiguration", "PageNumber", "Predictor", "WhitePoint",
             "PrimaryChromaticities"},
    "ExifIFD": {"ExifVersion", "ComponentsConfiguration", "FlashpixVersion", "ColorSpace"},
    "GPS": {"GPSVersionID"},
    "IFD1": {"Compression", "XResolution", "YResolution", "ResolutionUnit", "ThumbnailOffset",
             "ThumbnailLength", "ThumbnailImage", "YCbCrPositioning"},
}
CONTAINER = {"ExifTool", "System", "File", "JFIF", "PNG", "RIFF", "QuickTime", "Meta", "Composite",
             "SourceFile"}
# Tags of those groups that would say something after all.
TELLING = {"File:Comment", "PNG:Comment", "PNG:Software", "PNG:Author", "PNG:CreationTime",
           "PNG:ModifyDate", "PNG:Datecreate", "PNG:Datemodify", "QuickTime:CreateDate"}


def same(written, read):
    try:
        return abs(float(written) - float(read)) < 1e-6
    except ValueError:
        return written == str(read).strip()


def signed(tags, name, role=""):
    value = float(tags["GPS:GPS%s%s" % (role, name)])
    ref = tags["GPS:GPS%s%sRef" % (role, name)]
    return -value if ref in ("S", "W") else value


def fact_holds(fact, tags):
    """Does exiftool's reading say what the fact says?"""
    kind, role, value = fact["kind"], fact["role"], fact.get("value")
    if kind == "location":
        prefix = "Dest" if role == "destination" else ""
        if abs(signed(tags, "Latitude", prefix) - fact["latitude"]) > 1e-7:
            return False
        if abs(signed(tags, "Longitude", prefix) - fact["longitude"]) > 1e-7:
            return False
        if "altitude" in fact:
            altitude = float(tags["GPS:GPSAltitude"])
            altitude = -altitude if int(tags["GPS:GPSAltitudeRef"]) == 1 else altitude
            return abs(altitude - fact["altitude"]) < 1e-6
        return "GPS:GPSAltitude" not in tags
    if kind == "timestamp" and role == "gps":
        return value == "%sT%sZ" % (tags["GPS:GPSDateStamp"].replace(":", "-"),
                                    tags["GPS:GPSTimeStamp"])
    if kind == "timestamp":
        tag, offset_tag, _ = TIME_TAGS[role]
        day, clock = tags[tag].split(" ")
        return (value == day.replace(":", "-") + "T" + clock
                and tags.get(offset_tag) == fact.get("utcOffset"))
    if kind == "device" and role in ("camera", "lens"):
        keys = {"camera": ("IFD0:Make", "IFD0:Model"),
                "lens": ("ExifIFD:LensMake", "ExifIFD:LensModel")}[role]
        return [tags[k] for k in keys] == [fact["make"], fact["model"]]
    if kind == "utc-offset":
        utc = "%s %s" % (tags["GPS:GPSDateStamp"], tags["GPS:GPSTimeStamp"])
        gap = (datetime.datetime.strptime(tags["ExifIFD:DateTimeOriginal"], "%Y:%m:%d %H:%M:%S")
               - datetime.datetime.strptime(utc, "%Y:%m:%d %H:%M:%S")).total_seconds()
        hours, minutes = value[1:].split(":")
        offset = (int(hours) * 3600 + int(minutes) * 60) * (-1 if value[0] == "-" else 1)
        return abs(gap - offset) <= 90
    if kind == "hidden":
        return int(tags.get("IFD1:ThumbnailLength", 0)) > 0
    key = {("device", "host"): "IFD0:HostComputer",
           ("serial", "body"): "ExifIFD:SerialNumber",
           ("serial", "lens"): "ExifIFD:LensSerialNumber",
           ("person", "owner"): "ExifIFD:OwnerName",
           ("person", "artist"): "IFD0:Artist",
           ("person", "copyright"): "IFD0:Copyright",
           ("person", "author"): "IFD0:XPAuthor",
           ("software", "processing"): "IFD0:Software",
           ("text", "user-comment"): "ExifIFD:UserComment",
           ("text", "description"): "IFD0:ImageDescription",
           ("text", "document-name"): "IFD0:DocumentName",
           ("link", "image-unique-id"): "ExifIFD:ImageUniqueID",
           ("place", "area"): "GPS:GPSAreaInformation"}[kind, role]
    return str(tags[key]).strip() == value


def check(top):
    problems, count = [], 0
    with open(os.path.join(top, "facts.json"), encoding="utf-8") as f:
        facts = json.load(f)
    if set(facts) - {"_noLocation"} != {r.path for r in RECORDS}:
        problems.append("facts.json: the list of files differs from this script's")
    total, found = 0, set()
    for folder, _, names in os.walk(top):
        for name in names:
            full = os.path.join(folder, name)
            total += os.path.getsize(full)
            found.add(os.path.relpath(full, top))
    expected = {r.path for r in RECORDS} | {"README.md", "facts.json", "trip.yaml"}
    problems += ["%s: missing" % p for p in sorted(expected - found)]
    problems += ["%s: nobody made this" % p for p in sorted(found - expected)]
    if total >= SIZE_LIMIT:
        problems.append("%d bytes in all, more than %d" % (total, SIZE_LIMIT))

    for r in RECORDS:
        if r.expect and r.path in found:
            tags = json.loads(exiftool("-j", "-n", "-a", "-G1", "-s", os.path.join(top, r.path)))[0]
            for tag, value in r.expect.items():
                if str(tags.get(tag)) != str(value):
                    problems.append("%s: %s is %r, not %r" % (r.path, tag, tags.get(tag), value))
        if r.path not in SCENES or r.path not in found:
            continue
        # -U would add binary noise; -a keeps duplicates, -G1 tells the directories apart.
        tags = json.loads(exiftool("-j", "-n", "-a", "-G1", "-s", os.path.join(top, r.path)))[0]
        for key in tags:
            if key.split(":")[0] == "ExifTool" and key.split(":")[1] in ("Warning", "Error"):
                if not r.damage:
                    problems.append("%s: exiftool says %s" % (r.path, tags[key]))
        patched = {2: "GPS:GPSLatitude", 4: "GPS:GPSLongitude"}
        skip = {patched[t] for t in getattr(r, "rationals", {})} if r.damage else set()
        wanted = {t[0]: t[1] for t in r.tags}
        for tag, value in wanted.items():
            if tag in skip:
                continue
            if tag not in tags:
                problems.append("%s: %s was not written" % (r.path, tag))
            elif not same(value, tags[tag]):
                problems.append("%s: %s is %r, not %r" % (r.path, tag, tags[tag], value))
        for tag in tags:
            group, _, name = tag.partition(":")
            if tag in wanted or group in CONTAINER and tag not in TELLING:
                continue
            if group == "IFD1" and not r.thumbnail or name not in STRUCTURAL.get(group, ()):
                problems.append("%s: unexpected tag %s" % (r.path, tag))
        for fact in facts.get(r.path, []) if r.path in SCENES else []:
            count += 1
            try:
                good = fact_holds(fact, tags)
            except (KeyError, ValueError):
                good = False
            if not good:
                problems.append("%s: exiftool does not find %s" % (r.path, json.dumps(fact)))
        if r.location_forbidden and not r.damage:
            problems += ["%s: has %s" % (r.path, t) for t in tags
                         if t in ("GPS:GPSLatitude", "GPS:GPSLongitude")]
    if problems:
        die("check failed:\n  " + "\n  ".join(problems))
    print("%d files, %d bytes; %d facts read back with exiftool, no other tags"
          % (len(found), total, count))


# ---------------------------------------------------------------------------

TRIP = """# The trip of the made-up reporter: untrail scan --trip samples/trip.yaml FOLDER
name: "London in March"
countries: [GB]
transit: [FR]
from: 2031-03-01
to: 2031-03-10
sensitiveDates:
  - {date: 2026-07-16, name: "Day of the interview"}
protectedPlaces:
  - {name: "Charles Bridge", latitude: 50.086477, longitude: 14.411437, radius: 300}
protectedNames: ["Sam Sample"]
devices: ["Kestrel K7"]
"""


def main():
    if sys.argv[1:] not in ([], ["--check"]):
        die("usage: make-samples.py [--check]")
    define_phone()
    define_camera()
    define_edited()
    define_clean()
    define_damaged()
    define_notes()
    block_samples.define(record, block_tools())
    journey_samples.define(record)
    together_samples.define(record, picture, (CAMERA_MAKE, CAMERA_MODEL))
    film_samples.define(record, block_tools())
    document_samples.define(record, block_tools())
    if sys.argv[1:] == ["--check"]:
        find_tools(["exiftool"])
        check(OUT)
        return
    find_tools(sorted(TOOLS))
    with tempfile.TemporaryDirectory(prefix="make-samples-") as work:
        top = os.path.join(work, "samples")
        for r in RECORDS:
            make(r, top, work)
        save(os.path.join(top, "trip.yaml"), TRIP.encode())
        save(os.path.join(top, "facts.json"), facts_json().encode())
        save(os.path.join(top, "README.md"), readme().encode())
        check(top)
        for name in [r.path for r in RECORDS] + ["trip.yaml", "facts.json", "README.md"]:
            target = os.path.join(OUT, name)
            os.makedirs(os.path.dirname(target), exist_ok=True)
            shutil.copy2(os.path.join(top, name), target)  # keeps the file times
    check(OUT)


if __name__ == "__main__":
    main()

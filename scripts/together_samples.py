"""Samples of what only several files, or a long log, say together: a home, an office, journeys, meetings, devices.

Used by make-samples.py. The people and numbers are made up, the places are public landmarks.
"""

from journey_samples import fit

# The Place des Vosges stands for a home, the Arc de Triomphe for an office.
HOME = (48.855555, 2.365556)
OFFICE = (48.873792, 2.295028)
GATE = (52.516275, 13.377704)
MEETING = (48.8462, 2.3372)  # the Luxembourg Garden

FIT_EPOCH = 631065600  # 1989-12-31 in seconds since 1970
DAY = 86400
MONDAY = 1783296000  # 2026-07-06


def stamp(seconds):
    days, rest = divmod(seconds - MONDAY, DAY)
    return "2026-07-%02dT%02d:%02d:%02dZ" % (6 + days, rest // 3600, rest // 60 % 60, rest % 60)


def gpx(points):
    rows = "\n".join('<trkpt lat="%.6f" lon="%.6f"><time>%s</time></trkpt>' % (a, b, stamp(t)) for a, b, t in points)
    return """<?xml version="1.0" encoding="UTF-8"?>
<gpx version="1.1" creator="Kestrel Watch 2" xmlns="http://www.topografix.com/GPX/1/1"><trk><trkseg>
%s
</trkseg></trk></gpx>
""" % rows


def week():
    """Every 20 minutes from Monday to Friday: at home by night, at the office from 9:00 to 17:00 local time."""
    points = []
    for number in range(5 * 72):
        time = MONDAY + number * 1200
        hour = (time - MONDAY) // 3600 % 24 + 2  # summer time in Paris
        place = OFFICE if 9 <= hour < 17 else HOME
        shift = (number % 7 - 3) * 0.00004
        points.append((place[0] + shift, place[1] - shift, time))
    return points


def away():
    """Three days at the Brandenburg Gate, an hour each, and a day in Paris before and behind."""
    points = []
    for day, place in enumerate([HOME, GATE, GATE, GATE, HOME]):
        for minute in range(0, 60, 5):
            points.append((place[0] + minute * 0.000005, place[1], MONDAY + (7 + day) * DAY + 36000 + minute * 60))
    return points


def meeting(day):
    return [(MEETING[0] + step * 0.00001, MEETING[1]) for step in range(12)], MONDAY + day * DAY + 68400 - FIT_EPOCH


def define(record, picture, camera):
    def add(path, shows, content, words, facts):
        r = record("together/" + path, shows)
        data = content.encode() if isinstance(content, str) else content
        r.build = lambda: data
        for word in words:
            r.say(word)
        for fact in facts:
            r.fact(**fact)

    def track(count):
        return dict(kind="track", role="recorded", pointCount=count)

    add("week.gpx", "A watch's log of five days", gpx(week()),
        ["GPX track of 360 positions, 20 minutes apart: nights at the Place des Vosges, office hours at the Arc de "
         "Triomphe"], [track(360)])
    add("away.gpx", "A watch's log of five days", gpx(away()),
        ["GPX track of 60 positions: Paris, three days at the Brandenburg Gate, Paris"], [track(60)])
    for day in (1, 6, 15):
        points, start = meeting(day)
        for name, serial in (("own", 3920145566), ("other", 3920147788)):
            if name == "own":
                # Her own watch is on other ways too.
                start -= 7200
                points_of = [(HOME[0] + step * 0.001, HOME[1]) for step in range(24)] + points
                begin = start
            else:
                points_of, begin = points, start + 7200
            add("%s-%02d.fit" % (name, day), "A watch in the Luxembourg Garden",
                fit(points_of, begin, serial, 300), ["FIT records of %d positions" % len(points_of),
                                                     "serial number %d" % serial],
                [track(len(points_of)), dict(kind="serial", role="body", value=str(serial))])
    for number, owner in enumerate(("Mara Example", "M. Sample"), start=1):
        r = (picture("together/DSC_%04d.jpg" % (200 + number), "bridge", "Bridge")
             .device(*camera).serials().times("2026-07-2%dT10:00:00" % number, "+02:00", offset_roles=("original",))
             .no_location())
        r.little_endian = True
        r.person("owner", "ExifIFD:OwnerName", owner)

"""Samples of tracks, location histories, calendars, contacts, tickets and networks: what an export holds beside pictures.

Used by make-samples.py. All of it is made up: the people, the numbers, the days. Tracks begin and end at public
landmarks. The files are written as the formats' specifications have them.
"""

import io
import json
import math
import struct
import zipfile

CONCORDE = (48.8656, 2.3212)
EIFFEL = (48.85837, 2.294481)
LOUVRE = (48.8606, 2.3376)
ORSAY = (48.8600, 2.3266)
BIG_BEN = (51.500833, -0.121944)


def loop(start, middle, count=24):
    """Positions from a place to another and back, on a bow."""
    points = []
    for step in range(count + 1):
        turn = 2 * math.pi * step / count
        share = (1 - math.cos(turn)) / 2
        bow = math.sin(turn) * 0.002
        points.append((round(start[0] + (middle[0] - start[0]) * share + bow, 6),
                       round(start[1] + (middle[1] - start[1]) * share - bow, 6)))
    return points


def clock(day, second):
    return "%sT%02d:%02d:%02dZ" % (day, second // 3600, second // 60 % 60, second % 60)


def gpx(day, points):
    rows = "\n".join('      <trkpt lat="%.6f" lon="%.6f"><ele>35.0</ele><time>%s</time></trkpt>'
                     % (a, b, clock(day, 6 * 3600 + 60 * i)) for i, (a, b) in enumerate(points))
    return """<?xml version="1.0" encoding="UTF-8"?>
<gpx version="1.1" creator="Kestrel Watch 2" xmlns="http://www.topografix.com/GPX/1/1">
  <metadata><time>%s</time></metadata>
  <trk><name>Morning run</name>
    <trkseg>
%s
    </trkseg>
  </trk>
</gpx>
""" % (clock(day, 6 * 3600), rows)


def plan_gpx():
    return """<?xml version="1.0" encoding="UTF-8"?>
<gpx version="1.1" creator="Route Planner" xmlns="http://www.topografix.com/GPX/1/1">
  <rte><name>Walk to the museum</name>
    <rtept lat="%.6f" lon="%.6f"><name>Start</name></rtept>
    <rtept lat="%.6f" lon="%.6f"><name>Museum</name></rtept>
  </rte>
</gpx>
""" % (CONCORDE + LOUVRE)


def plan_kml():
    return """<?xml version="1.0" encoding="UTF-8"?>
<kml xmlns="http://www.opengis.net/kml/2.2"><Document><name>Trip</name>
  <Placemark><name>Meeting point</name><address>Quai Branly, Paris</address>
    <Point><coordinates>%.6f,%.6f,0</coordinates></Point></Placemark>
</Document></kml>
""" % (EIFFEL[1], EIFFEL[0])


def tcx(day, points):
    rows = "\n".join("          <Trackpoint><Time>%s</Time><Position><LatitudeDegrees>%.6f</LatitudeDegrees>"
                     "<LongitudeDegrees>%.6f</LongitudeDegrees></Position></Trackpoint>"
                     % (clock(day, 7 * 3600 + 30 * i), a, b) for i, (a, b) in enumerate(points))
    return """<?xml version="1.0" encoding="UTF-8"?>
<TrainingCenterDatabase xmlns="http://www.garmin.com/xmlschemas/TrainingCenterDatabase/v2" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
  <Activities><Activity Sport="Biking"><Id>%s</Id>
    <Lap StartTime="%s"><TotalTimeSeconds>720</TotalTimeSeconds><DistanceMeters>5000</DistanceMeters><Calories>100</Calories><Intensity>Active</Intensity><TriggerMethod>Manual</TriggerMethod>
        <Track>
%s
        </Track></Lap>
    <Creator xsi:type="Device_t"><Name>Kestrel Bike 5</Name><UnitId>3920145566</UnitId><ProductID>1001</ProductID><Version><VersionMajor>4</VersionMajor><VersionMinor>20</VersionMinor></Version></Creator>
  </Activity></Activities>
</TrainingCenterDatabase>
""" % (clock(day, 7 * 3600), clock(day, 7 * 3600), rows)


def fit_crc(data):
    table = [0x0000, 0xCC01, 0xD801, 0x1400, 0xF001, 0x3C00, 0x2800, 0xE401,
             0xA001, 0x6C00, 0x7800, 0xB401, 0x5000, 0x9C01, 0x8801, 0x4400]
    crc = 0
    for byte in data:
        for nibble in (byte & 15, byte >> 4):
            crc = (crc >> 4) & 0x0FFF ^ table[crc & 15] ^ table[nibble]
    return crc


def fit(points, start=1152860400, serial=3920145566, step=30):
    """A FIT activity: file_id (message 0) and records (20). Times count from 1989-12-31T00:00:00Z."""
    def definition(local, message, fields):
        body = b"".join(struct.pack("<BBB", *field) for field in fields)
        return struct.pack("<BBBHB", 0x40 | local, 0, 0, message, len(fields)) + body

    data = definition(0, 0, [(0, 1, 0x00), (1, 2, 0x84), (2, 2, 0x84), (3, 4, 0x8C), (4, 4, 0x86)])
    data += struct.pack("<BBHHII", 0, 4, 255, 1001, serial, start)
    data += definition(1, 20, [(253, 4, 0x86), (0, 4, 0x85), (1, 4, 0x85)])
    for index, (a, b) in enumerate(points):
        data += struct.pack("<BIii", 1, start + step * index, round(a * 2 ** 31 / 180), round(b * 2 ** 31 / 180))
    head = struct.pack("<BBHI4s", 14, 0x20, 2132, len(data), b".FIT")
    head += struct.pack("<H", fit_crc(head))
    return head + data + struct.pack("<H", fit_crc(head + data))


def degrees(value, whole, positive, negative, digits):
    size = abs(value)
    minutes = (size - int(size)) * 60
    return ("%0*d" % (whole, int(size)), "%0*.*f" % (digits + 3, digits, minutes),
            positive if value >= 0 else negative)


def igc(points):
    rows = ["AXKE042", "HFDTEDATE:140726,01", "HFPLTPILOTINCHARGE:Mara Example", "HFGTYGLIDERTYPE:Kestrel Glider",
            "HFGIDGLIDERID:F-XMPL", "HFFTYFRTYPE:Kestrel,Logger 1", "HFDTM100GPSDATUM:WGS-1984"]
    for index, (a, b) in enumerate(points):
        lat, lon = degrees(a, 2, "N", "S", 3), degrees(b, 3, "E", "W", 3)
        rows.append("B%02d%02d%02d%s%s%s%s%s%sA0050000550" % (
            9, index // 2, index % 2 * 30, lat[0], lat[1].replace(".", ""), lat[2],
            lon[0], lon[1].replace(".", ""), lon[2]))
    return "\r\n".join(rows) + "\r\n"


def nmea(points):
    rows = []
    for index, (a, b) in enumerate(points):
        lat, lon = degrees(a, 2, "N", "S", 4), degrees(b, 3, "E", "W", 4)
        body = "GPRMC,%02d%02d%02d.00,A,%s%s,%s,%s%s,%s,3.2,90.0,140726,," % (
            10, index, 0, lat[0], lat[1], lat[2], lon[0], lon[1], lon[2])
        check = 0
        for byte in body.encode():
            check ^= byte
        rows.append("$%s*%02X" % (body, check))
    return "\r\n".join(rows) + "\r\n"


def positions_csv(day, points):
    return "time,latitude,longitude,accuracy\n" + "".join(
        "%s,%.6f,%.6f,8\n" % (clock(day, 11 * 3600 + 60 * i), a, b) for i, (a, b) in enumerate(points))


def geojson():
    return json.dumps({"type": "FeatureCollection", "features": [
        {"type": "Feature", "geometry": {"type": "Point", "coordinates": [ORSAY[1], ORSAY[0]]},
         "properties": {"name": "Museum by the river"}}]}, indent=1) + "\n"


def records(points):
    rows = [{"latitudeE7": round(a * 1e7), "longitudeE7": round(b * 1e7), "accuracy": 14, "source": "WIFI",
             "deviceTag": 1234567890, "timestamp": clock("2026-07-14", 3600 * 8 + 600 * i).replace("Z", ".000Z")}
            for i, (a, b) in enumerate(points)]
    return json.dumps({"locations": rows}, indent=1) + "\n"


def timeline():
    def place(point):
        return "%.7f°, %.7f°" % point

    return json.dumps({
        "semanticSegments": [
            {"startTime": "2026-07-14T22:10:00.000+02:00", "endTime": "2026-07-15T07:40:00.000+02:00",
             "visit": {"hierarchyLevel": 0, "probability": 0.9, "topCandidate": {
                 "placeId": "ChIJmade-up", "semanticType": "HOME", "probability": 0.9,
                 "placeLocation": {"latLng": place(CONCORDE)}}}},
            {"startTime": "2026-07-15T07:40:00.000+02:00", "endTime": "2026-07-15T08:00:00.000+02:00",
             "timelinePath": [{"point": place(CONCORDE), "time": "2026-07-15T07:40:00.000+02:00"},
                              {"point": place(LOUVRE), "time": "2026-07-15T08:00:00.000+02:00"}]}],
        "rawSignals": [
            {"position": {"LatLng": place(LOUVRE), "accuracyMeters": 12, "source": "GPS",
                          "timestamp": "2026-07-15T08:00:00.000+02:00"}}],
        "userLocationProfile": {"frequentPlaces": [
            {"placeId": "ChIJmade-up", "placeLocation": place(CONCORDE), "label": "HOME"},
            {"placeId": "ChIJmade-up-2", "placeLocation": place(LOUVRE), "label": "WORK"}]},
    }, indent=1, ensure_ascii=False) + "\n"


def archive(files):
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as z:
        for name, content in files:
            info = zipfile.ZipInfo(name, (2026, 7, 13, 20, 0, 0))
            info.compress_type, info.create_system = zipfile.ZIP_DEFLATED, 3
            info.external_attr = 0o644 << 16
            z.writestr(info, content)
    return held.getvalue()


# IATA Resolution 792: one leg of a made-up passenger on a made-up flight, day 64 of a year.
BOARDING_CODE = "M1EXAMPLE/MARA MRS    EABC123 CDGLHRXX 0123 064Y012A0042 100"


def pass_json():
    return json.dumps({
        "formatVersion": 1, "passTypeIdentifier": "pass.org.example.boarding", "serialNumber": "XX0123-0042",
        "teamIdentifier": "EXAMPLE123", "organizationName": "Example Air", "description": "Boarding pass",
        "relevantDate": "2031-03-05T09:30+01:00",
        "locations": [{"latitude": 49.009722, "longitude": 2.547778, "relevantText": "Gate closes soon"}],
        "barcodes": [{"format": "PKBarcodeFormatAztec", "message": BOARDING_CODE, "messageEncoding": "iso-8859-1"}],
        "boardingPass": {
            "transitType": "PKTransitTypeAir",
            "headerFields": [{"key": "gate", "label": "Gate", "value": "K31"}],
            "primaryFields": [{"key": "from", "label": "Paris", "value": "CDG"},
                              {"key": "to", "label": "London", "value": "LHR"}],
            "secondaryFields": [{"key": "passenger", "label": "Passenger", "value": "Mara Example"}],
            "auxiliaryFields": [{"key": "seat", "label": "Seat", "value": "12A"}]}}, indent=1)


def booking_html():
    reservation = {
        "@context": "http://schema.org", "@type": "LodgingReservation", "reservationNumber": "QX7719",
        "reservationStatus": "http://schema.org/ReservationConfirmed",
        "underName": {"@type": "Person", "name": "Mara Example"},
        "reservationFor": {"@type": "LodgingBusiness", "name": "Hotel Example",
                           "address": {"@type": "PostalAddress", "streetAddress": "1 Bridge Street",
                                       "addressLocality": "London", "addressCountry": "GB"},
                           "telephone": "+44 20 7946 0123"},
        "checkinTime": "2031-03-05T15:00:00+00:00", "checkoutTime": "2031-03-08T11:00:00+00:00"}
    return ("<!DOCTYPE html>\n<html><head><title>Your booking</title>\n<script type=\"application/ld+json\">\n"
            + json.dumps(reservation, indent=1) + "\n</script></head>\n<body><p>Thank you, Mara.</p></body></html>\n")


def calendar():
    return "\r\n".join([
        "BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Kestrel//Calendar 3.1//EN", "X-WR-CALNAME:Work",
        "BEGIN:VEVENT", "UID:4711@calendar.example.org", "DTSTAMP:20260714T080000Z",
        "DTSTART;TZID=Europe/London:20310306T100000", "DTEND;TZID=Europe/London:20310306T113000",
        "SUMMARY:Interview", "LOCATION:Westminster Bridge\\, London", "GEO:%.6f;%.6f" % BIG_BEN,
        "ORGANIZER;CN=Mara Example:mailto:mara@example.org",
        "ATTENDEE;CN=Sam Sample;PARTSTAT=ACCEPTED:mailto:sam@example.com", "END:VEVENT", "END:VCALENDAR", ""])


def friends():
    return "\r\n".join([
        "BEGIN:VCARD", "VERSION:3.0", "N:Sample;Sam;;;", "FN:Sam Sample", "TEL;TYPE=CELL:+1-202-555-0143",
        "EMAIL:sam@example.com", "ADR;TYPE=HOME:;;5 Place de la Concorde;Paris;;75008;France", "BDAY:1980-02-03",
        "END:VCARD", ""])


def wpa_supplicant():
    return """ctrl_interface=/run/wpa_supplicant
update_config=1
country=FR

network={
	ssid="Example Home"
	bssid=02:00:5e:10:00:01
	psk="correct horse battery"
}
"""


def wifi_store():
    return """<?xml version='1.0' encoding='utf-8' standalone='yes' ?>
<WifiConfigStoreData>
<int name="Version" value="3" />
<NetworkList>
<Network>
<WifiConfiguration>
<string name="ConfigKey">&quot;Hotel Example&quot;WPA_PSK</string>
<string name="SSID">&quot;Hotel Example&quot;</string>
<string name="PreSharedKey">&quot;made up 1234&quot;</string>
<string name="RandomizedMacAddress">02:00:5e:10:00:7f</string>
</WifiConfiguration>
</Network>
</NetworkList>
</WifiConfigStoreData>
"""


def backup_plist():
    rows = [("Device Name", "Mara's phone"), ("Display Name", "Mara's phone"), ("ICCID", "8933010000000000012"),
            ("IMEI", "490154203237518"), ("Phone Number", "+1 202 555 0143"), ("Product Name", "Kestrel K7"),
            ("Product Type", "K7,1"), ("Product Version", "2.4.1"), ("Serial Number", "KX7F00000001")]
    items = "\n".join("\t<key>%s</key>\n\t<string>%s</string>" % row for row in rows)
    return """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "http://www.apple.com/DTDs/PropertyList-1.0.dtd">
<plist version="1.0">
<dict>
%s
	<key>Last Backup Date</key>
	<date>2026-07-20T19:05:00Z</date>
</dict>
</plist>
""" % items


def trash_info():
    return "[Trash Info]\nPath=/home/mara/Pictures/source.jpg\nDeletionDate=2026-07-19T21:14:05\n"


def zone_identifier():
    return ("[ZoneTransfer]\r\nZoneId=3\r\nReferrerUrl=https://mail.example.org/inbox/42\r\n"
            "HostUrl=https://files.example.org/report.pdf\r\n")


def define(record):
    def add(path, shows, content, words, facts=(), place=True):
        r = record("journey/" + path, shows)
        data = content.encode() if isinstance(content, str) else content
        r.build = lambda: data
        for one in words:
            r.say(one)
        for fact in facts:
            r.fact(**fact)
        if not place:
            r.no_location()

    def track(role, count):
        return dict(kind="track", role=role, pointCount=count)

    def at(role, place):
        return dict(kind="location", role=role, latitude=place[0], longitude=place[1])

    def fact(kind, role, value):
        return dict(kind=kind, role=role, value=value)

    for number, (day, goal) in enumerate(
            [("2026-07-14", EIFFEL), ("2026-07-16", LOUVRE), ("2026-07-18", ORSAY)], start=1):
        add("run-%d.gpx" % number, "A run", gpx(day, loop(CONCORDE, goal)),
            ["GPX track of 25 positions with times, from Place de la Concorde and back"],
            [track("recorded", 25), fact("software", "generator", "Kestrel Watch 2")])
    add("plan.gpx", "A planned walk", plan_gpx(), ["GPX route of 2 positions, Place de la Concorde to the Louvre"],
        [track("planned", 2)])
    add("plan.kml", "A marked place", plan_kml(), ["KML place mark at the Eiffel Tower with name and address"],
        [at("waypoint", EIFFEL)])
    add("ride.tcx", "A ride", tcx("2026-07-15", loop(EIFFEL, LOUVRE)),
        ["TCX track of 25 positions", "device Kestrel Bike 5, unit 3920145566"],
        [track("recorded", 25), fact("serial", "body", "3920145566")])
    add("ride.fit", "A ride", fit(loop(EIFFEL, LOUVRE)), ["FIT records of 25 positions", "serial number 3920145566"],
        [track("recorded", 25), fact("serial", "body", "3920145566")])
    add("flight.igc", "A glider flight", igc(loop(ORSAY, EIFFEL)),
        ['IGC fixes of 25 positions', 'pilot "Mara Example"', "logger XKE 042"],
        [track("recorded", 25), fact("person", "pilot", "Mara Example")])
    add("log.nmea", "A receiver's log", nmea(loop(LOUVRE, ORSAY)), ["NMEA 0183 RMC sentences of 25 positions"],
        [track("recorded", 25)])
    add("positions.csv", "A table of positions", positions_csv("2026-07-17", loop(LOUVRE, EIFFEL)),
        ["25 rows with time, latitude and longitude"], [track("recorded", 25)])
    add("places.geojson", "A saved place", geojson(), ["GeoJSON point at the Musee d'Orsay"], [at("waypoint", ORSAY)])
    add("Records.json", "A location history as Google exports it", records(loop(CONCORDE, LOUVRE)),
        ["25 positions with times, device tag 1234567890"], [track("history", 25)])
    add("Timeline.json", "A timeline as an Android phone exports it", timeline(),
        ["a visit, a path, a raw position", "home at Place de la Concorde, work at the Louvre"],
        [at("home", CONCORDE), at("work", LOUVRE)])
    add("boarding.pkpass", "A boarding pass of a wallet", archive([("pass.json", pass_json())]),
        ["flight XX 123, 5 March 2031, Paris to London, seat 12A, booking ABC123, Mara Example",
         "bar code of IATA Resolution 792", "place of the airport"],
        [fact("text", "barcode", BOARDING_CODE)])
    add("booking.html", "A booking confirmation", booking_html(),
        ["schema.org lodging reservation QX7719 for Mara Example, London, 5 to 8 March 2031"],
        [dict(kind="travel", role="reservation", category="lodging", reference="QX7719")], place=False)
    add("calendar.ics", "A calendar", calendar(),
        ["interview on 6 March 2031 at Westminster Bridge, with position", "organiser Mara Example, guest Sam Sample"],
        [fact("person", "organizer", "Mara Example"), fact("person", "attendee", "Sam Sample")])
    add("friends.vcf", "A contact", friends(),
        ['made-up name "Sam Sample", phone, mail, home address, birthday'],
        [fact("person", "contact", "Sam Sample"), fact("contact", "phone", "+1-202-555-0143")], place=False)
    add("wpa_supplicant.conf", "Remembered networks of a computer", wpa_supplicant(),
        ['network "Example Home" with its access point and its password'],
        [fact("network", "ssid", "Example Home"), dict(kind="hidden", role="password")], place=False)
    add("WifiConfigStore.xml", "Remembered networks of a phone", wifi_store(),
        ['network "Hotel Example" with its password, and the address of the phone'],
        [fact("network", "ssid", "Hotel Example"), dict(kind="hidden", role="password")], place=False)
    add("backup/Info.plist", "What a phone backup says of the phone", backup_plist(),
        ["name, IMEI, SIM card, serial number, phone number, last backup"],
        [fact("serial", "imei", "490154203237518"), fact("serial", "sim", "8933010000000000012")], place=False)
    add("old.trashinfo", "A note of a deleted file", trash_info(), ["path and time of deletion"], place=False)
    add("report.pdf.Zone.Identifier", "Where a file was downloaded from", zone_identifier(),
        ["addresses of the page and of the server"], place=False)

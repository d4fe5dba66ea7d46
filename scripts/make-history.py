#!/usr/bin/python3
"""Write location histories as Google's exports have them, of a person who does not exist.

    scripts/make-history.py all FOLDER [--language de]      one file of each form, in folders named as by Takeout
    scripts/make-history.py records FILE --megabytes 1000   Records.json of any size; FILE may be -

The forms follow published exports and C. Bergillos, "Location History Format" (2022 to 2024). Everything is made
up: the places are landmarks of Paris and Prague, the person is Mara Example, the networks are numbered. Without
--language the folders of `all` are in English. The same arguments write the same bytes.
"""

import argparse
import json
import os
import random
import sys
import time

HOME = (50.0875, 14.4213)      # Old Town Hall, Prague
WORK = (50.0911, 14.4016)      # Prague Castle
OTHERS = [(48.8584, 2.2945, "Eiffel Tower", "5 Avenue Anatole France, Paris"),
          (48.8606, 2.3376, "Louvre", "Rue de Rivoli, Paris"),
          (50.0865, 14.4114, "Charles Bridge", "Karlův most, Praha"),
          (50.0755, 14.4378, "National Museum", "Václavské náměstí, Praha")]
START = 1704096000             # 2024-01-01T08:00:00Z
TAG = 1184882232

# Folder of the history, of its months, of the places, of the photos of a year; names of months; home and work.
LANGUAGES = {
    "en": ("Location History", "Semantic Location History", "Maps (your places)", "Photos from 2024",
           "2024_JANUARY", "Home", "Work"),
    "de": ("Standortverlauf", "Semantic Location History", "Maps (Meine Orte)", "Fotos von 2024",
           "2024_JANUAR", "Zuhause", "Arbeit"),
    "fr": ("Historique des positions", "Semantic Location History", "Maps (vos adresses)", "Photos de 2024",
           "2024_JANVIER", "Domicile", "Travail"),
    "ru": ("История местоположений", "Semantic Location History", "Карты (ваши места)", "Фото за 2024",
           "2024_ЯНВАРЬ", "Дом", "Работа"),
    "zh": ("位置记录", "Semantic Location History", "地图(您的地点)", "2024 年的照片", "2024_一月", "家", "公司"),
    "ja": ("ロケーション履歴", "Semantic Location History", "マップ(マイプレイス)", "2024 年の写真", "2024_1月",
           "自宅", "職場"),
}


def utc(seconds, fraction=".123"):
    return time.strftime("%Y-%m-%dT%H:%M:%S", time.gmtime(seconds)) + fraction + "Z"


def local(seconds, hours=1):
    return time.strftime("%Y-%m-%dT%H:%M:%S", time.gmtime(seconds + hours * 3600)) + ".000+%02d:00" % hours


def e7(degrees):
    return round(degrees * 1e7)


def signs(place):
    return "%.7f°, %.7f°" % place[:2]


def geo(place):
    return "geo:%.6f,%.6f" % place[:2]


# Records ---------------------------------------------------------------------------------------

def record(source, number):
    """One position, indented as Takeout writes it."""
    base = HOME if number // 700 % 3 else WORK
    lines = ['    "latitudeE7": %d' % (e7(base[0]) + source.randrange(-90000, 90000)),
             '    "longitudeE7": %d' % (e7(base[1]) + source.randrange(-90000, 90000)),
             '    "accuracy": %d' % source.randrange(3, 60)]
    kind = number % 10
    if kind == 0:
        activities = ",\n".join(
            '        "type": "%s",\n        "confidence": %d' % pair
            for pair in (("STILL", 80), ("ON_FOOT", 12), ("IN_VEHICLE", 5), ("UNKNOWN", 3)))
        activities = activities.replace(",\n        \"type\"", "\n      }, {\n        \"type\"")
        lines.append('    "activity": [{\n      "activity": [{\n%s\n      }],\n      "timestamp": "%s"\n    }]'
                     % (activities, utc(START + number * 60 + 7)))
    if kind == 5:
        points = ", ".join(
            '{\n          "mac": "%d",\n          "strength": %d,\n          "frequencyMhz": 2437\n        }'
            % (180931062235136 + (number * 7 + n) % 5000, -40 - n) for n in range(4))
        lines.append('    "locationMetadata": [{\n      "wifiScan": {\n        "accessPoints": [%s]\n      },\n'
                     '      "timestamp": "%s"\n    }]' % (points, utc(START + number * 60 - 3)))
    if kind in (2, 3):
        lines += ['    "velocity": %d' % source.randrange(0, 20), '    "heading": %d' % source.randrange(0, 360),
                  '    "altitude": %d' % source.randrange(180, 320), '    "verticalAccuracy": 4']
    lines += ['    "source": "%s"' % ("WIFI", "GPS", "CELL")[number % 3],
              '    "deviceTag": %d' % (TAG + number // 200_000 % 2),
              '    "platformType": "ANDROID"', '    "osLevel": 33',
              '    "formFactor": "PHONE"', '    "deviceDesignation": "PRIMARY"',
              '    "timestamp": "%s"' % utc(START + number * 60)]
    return "{\n" + ",\n".join(lines) + "\n  }"


def write_records(stream, size):
    """At least `size` bytes of positions."""
    source = random.Random(5)
    head, tail = b'{\n  "locations": [', b"]\n}\n"
    stream.write(head)
    written = len(head)
    # A thousand at a time, each with times of its own: made once, they would all be at one minute.
    number = 0
    while written < size or number == 0:
        part = ", ".join(record(source, number + n) for n in range(1000))
        block = ((", " if number else "") + part).encode()
        stream.write(block)
        written += len(block)
        number += 1000
    stream.write(tail)
    return number


# Timelines -------------------------------------------------------------------------------------

def days(count):
    """For each day: at home, to work, at work, back; a landmark on some evenings."""
    for day in range(count):
        at = START + day * 86400
        yield "visit", HOME, "HOME", "ChIJ-home", at - 36000, at - 3600
        yield "move", (HOME, WORK), "IN_SUBWAY", "", at - 3600, at - 1800
        yield "visit", WORK, "WORK", "ChIJ-work", at - 1800, at + 28800
        if day % 3 == 0:
            yield "visit", OTHERS[day // 3 % 4], "UNKNOWN", "ChIJ-%d" % (day // 3 % 4), at + 30000, at + 36000
        yield "move", (WORK, HOME), "WALKING", "", at + 36000, at + 38000


def between(path, share):
    (south, west), (north, east) = path[0][:2], path[1][:2]
    return south + (north - south) * share, west + (east - west) * share


def android(count):
    segments, signals = [], []
    for kind, place, word, ident, start, end in days(count):
        segment = {"startTime": local(start), "endTime": local(end), "startTimeTimezoneUtcOffsetMinutes": 60,
                   "endTimeTimezoneUtcOffsetMinutes": 60}
        if kind == "visit":
            segment["visit"] = {"hierarchyLevel": 0, "probability": 0.85, "topCandidate": {
                "placeId": ident, "semanticType": word, "probability": 0.6,
                "placeLocation": {"latLng": signs(place)}}}
            segments.append(segment)
            continue
        segments.append({"startTime": local(start), "endTime": local(end), "timelinePath": [
            {"point": signs(between(place, n / 4)), "time": local(start + (end - start) * n // 4)}
            for n in range(5)]})
        segment["activity"] = {"start": {"latLng": signs(place[0])}, "end": {"latLng": signs(place[1])},
                               "distanceMeters": 1500.0, "topCandidate": {"type": word, "probability": 0.9}}
        segments.append(segment)
    segments.append({"startTime": local(START), "endTime": local(START + 86400 * count),
                     "timelineMemory": {"trip": {"distanceFromOriginKms": 880, "destinations": [
                         {"identifier": {"placeId": "ChIJ-paris"}}]}}})
    for n in range(count * 4):
        signals.append({"position": {"LatLng": signs(between((HOME, WORK), n % 5 / 4)), "accuracyMeters": 13,
                                     "altitudeMeters": 190.7, "source": "WIFI", "speedMetersPerSecond": 0.1,
                                     "timestamp": local(START + n * 21600)}})
        signals.append({"wifiScan": {"deliveryTime": local(START + n * 21600), "devicesRecords": [
            {"mac": 180931062235136 + n % 9 * 3 + m, "rawRssi": -60 - m} for m in range(3)]}})
        signals.append({"activityRecord": {"timestamp": local(START + n * 21600), "probableActivities": [
            {"type": "STILL", "confidence": 0.96}]}})
    return {"semanticSegments": segments, "rawSignals": signals, "userLocationProfile": {
        "frequentPlaces": [{"placeId": "ChIJ-home", "placeLocation": signs(HOME), "label": "HOME"},
                           {"placeId": "ChIJ-work", "placeLocation": signs(WORK), "label": "WORK"},
                           {"placeId": "ChIJ-1", "placeLocation": signs(OTHERS[2])}],
        "frequentTrips": [{"waypointIds": ["1", "2"], "startTimeMinutes": 470, "endTimeMinutes": 500,
                           "commuteDirection": "COMMUTE_DIRECTION_HOME_TO_WORK"}],
        "persona": {"travelModeAffinities": [{"mode": "IN_SUBWAY", "affinity": 0.7}]}}}


def iphone(count):
    segments = []
    for kind, place, word, ident, start, end in days(count):
        segment = {"endTime": local(end), "startTime": local(start)}
        if kind == "visit":
            segment["visit"] = {"hierarchyLevel": "0", "topCandidate": {
                "probability": "0.785181", "semanticType": word.capitalize(), "placeID": ident,
                "placeLocation": geo(place)}, "probability": "0.710000"}
        else:
            segments.append({"endTime": utc(end, ".000"), "startTime": utc(start, ".000"), "timelinePath": [
                {"point": geo(between(place, n / 4)),
                 "durationMinutesOffsetFromStartTime": str((end - start) * n // 240)} for n in range(5)]})
            segment["activity"] = {"start": geo(place[0]), "end": geo(place[1]), "distanceMeters": "1500",
                                   "topCandidate": {"type": word.lower(), "probability": "0.9"},
                                   "probability": "0.99"}
        segments.append(segment)
    return segments


def month(count):
    objects = []
    for kind, place, word, ident, start, end in days(count):
        duration = {"startTimestamp": utc(start), "endTimestamp": utc(end)}
        if kind == "visit":
            location = {"latitudeE7": e7(place[0]), "longitudeE7": e7(place[1]), "placeId": ident,
                        "sourceInfo": {"deviceTag": TAG}, "locationConfidence": 90.0}
            if word != "UNKNOWN":
                location["semanticType"] = "TYPE_" + word
            if len(place) > 2:
                location.update(name=place[2], address=place[3])
            objects.append({"placeVisit": {
                "location": location, "duration": duration, "placeConfidence": "HIGH_CONFIDENCE",
                "otherCandidateLocations": [{"latitudeE7": 488738000, "longitudeE7": 22950000,
                                             "placeId": "ChIJ-not-visited", "name": "Arc de Triomphe"}]}})
            continue
        ends = [{"latitudeE7": e7(p[0]), "longitudeE7": e7(p[1]), "sourceInfo": {"deviceTag": TAG}} for p in place]
        objects.append({"activitySegment": {
            "startLocation": ends[0], "endLocation": ends[1], "duration": duration, "distance": 1500,
            "activityType": word, "confidence": "HIGH",
            "activities": [{"activityType": word, "probability": 98.2}],
            "waypointPath": {"waypoints": [
                {"latE7": e7(between(place, n / 2)[0]), "lngE7": e7(between(place, n / 2)[1])} for n in range(3)]},
            "simplifiedRawPath": {"points": [
                {"latE7": e7(between(place, 0.4)[0]), "lngE7": e7(between(place, 0.4)[1]), "accuracyMeters": 10,
                 "timestamp": utc(start + 300)}]},
            "parkingEvent": {"location": {"latitudeE7": e7(place[1][0]), "longitudeE7": e7(place[1][1]),
                                          "accuracyMetres": 30}, "timestamp": utc(end)}}})
    return {"timelineObjects": objects}


# The rest of an export -------------------------------------------------------------------------

def settings():
    return {"gaiaId": "100000000000000000001", "createdTime": "2019-01-07T18:13:23.713Z",
            "modifiedTime": "2024-01-02T10:00:00.000Z", "historyEnabled": True, "deviceSettings": [
                {"deviceTag": TAG, "reportingEnabled": True, "legalCountryCode": "cz",
                 "devicePrettyName": "Mara's phone", "platformType": "ANDROID", "androidOsLevel": 33,
                 "deviceCreationTime": "2023-05-01T08:00:00.000Z",
                 "deviceSpec": {"manufacturer": "Google", "brand": "google", "product": "panther",
                                "device": "panther", "model": "Pixel 7", "isLowRam": False}}]}


def feature(place, properties):
    return {"geometry": {"coordinates": [place[1], place[0]], "type": "Point"}, "properties": properties,
            "type": "Feature"}


def labelled(home, work):
    return {"type": "FeatureCollection", "features": [
        feature(HOME, {"address": "Staroměstské náměstí 1, Praha", "name": home}),
        feature(WORK, {"address": "Hradčany, Praha", "name": work})]}


def saved():
    return {"type": "FeatureCollection", "features": [
        feature(place, {"date": "2024-01-05T10:00:00Z", "google_maps_url": "http://maps.google.com/?cid=1%d" % n,
                        "location": {"address": place[3], "country_code": "FR", "name": place[2]}})
        for n, place in enumerate(OTHERS[:2])] + [
        feature((0, 0), {"date": "2024-01-06T10:00:00Z",
                         "google_maps_url": "https://www.google.com/maps/search/50.0865,14.4114"})]}


def photo(title, place):
    data = {"latitude": place[0], "longitude": place[1], "altitude": 190.5, "latitudeSpan": 0.0,
            "longitudeSpan": 0.0}
    moment = {"timestamp": str(START), "formatted": "1 janv. 2024, 08:00:00 UTC"}
    return {"title": title, "description": "", "imageViews": "1", "creationTime": moment, "photoTakenTime": moment,
            "geoData": data, "geoDataExif": data, "people": [{"name": "Mara Example"}],
            "url": "https://photos.google.com/photo/made-up",
            "googlePhotosOrigin": {"mobileUpload": {"deviceFolder": {"localFolderName": ""},
                                                    "deviceType": "ANDROID_PHONE"}}}


def activity():
    return [{"header": "Maps", "title": "Searched for Louvre", "time": utc(START),
             "titleUrl": "https://www.google.com/maps/place/Louvre/@48.86,2.33,15z/data=!3d48.8606!4d2.3376",
             "products": ["Maps"], "activityControls": ["Web & App Activity"], "locationInfos": [
                 {"name": "At this general area", "source": "From your device",
                  "url": "https://www.google.com/maps/@?api=1&map_action=map&center=50.0875,14.4213&zoom=12"}]}]


def activity_page():
    return """<html><head><meta charset="utf-8"><title>My Activity History</title><style>.mdl-grid{display:flex}</style>
</head><body><div class="mdl-grid"><div class="outer-cell mdl-cell mdl-cell--12-col"><div class="mdl-grid">
<div class="header-cell mdl-cell"><p class="mdl-typography--title">Maps<br></p></div>
<div class="content-cell mdl-cell mdl-cell--6-col mdl-typography--body-1">Searched for&nbsp;<a
href="https://www.google.com/maps/search/Louvre/@48.8606,2.3376,15z">Louvre</a><br>Jan 1, 2024, 8:00:00 AM UTC<br></div>
<div class="content-cell mdl-cell mdl-cell--12-col mdl-typography--caption"><b>Locations:</b><br>&emsp;At <a
href="https://www.google.com/maps/@?api=1&amp;map_action=map&amp;center=50.0875,14.4213&amp;zoom=12">this general area</a>
</div></div></div></div></body></html>
"""


def accesses():
    return ("Gaia ID,Activity Timestamp,IP Address,Proxiedhost IP Address,Is Non-routable IP Address,"
            "User Agent String,Product Name\n"
            '100000000000000000001,2024-01-01 08:00:00 UTC,192.0.2.7,,No,"App : GMAIL_APP, Os : ANDROID_OS",Gmail\n'
            "100000000000000000001,2024-01-02 08:00:00 UTC,2001:db8::1,,No,Mozilla/5.0,YouTube\n")


def saved_list():
    return ("Title,Note,URL,Tags,Comment\n,,,,\n"
            "Louvre,,https://www.google.com/maps/place/Louvre/data=!4m2!3m1!1s0x0:0x1,,\n"
            'Dropped pin,"meet ""J"" here","https://www.google.com/maps/search/50.0865,14.4114",,\n')


def write_all(folder, language):
    history, months, places, photos, name, home, work = LANGUAGES[language]
    files = {
        (history, "Records.json"): None, (history, "Settings.json"): settings(),
        (history, months, "2024", name + ".json"): month(9), (history, "Timeline.json"): android(9),
        (history, "location-history.json"): iphone(9), (places, "Labeled places.json"): labelled(home, work),
        (places, "Saved Places.json"): saved(), ("My Activity", "Maps", "MyActivity.json"): activity(),
        ("My Activity", "Maps", "MyActivity.html"): activity_page(),
        ("Access Log Activity", "Activities.csv"): accesses(), ("Saved", "Favourites.csv"): saved_list()}
    for title, sidecar in (("IMG_1.jpg", "IMG_1.jpg.json"), ("IMG_2.jpg", "IMG_2.jpg.supplemental-metadata.json")):
        files[("Google Photos", photos, sidecar)] = photo(title, HOME)
    for path, value in files.items():
        path = os.path.join(folder, "Takeout", *path)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "wb") as f:
            if value is None:
                write_records(f, 1)
            elif isinstance(value, str):
                f.write(value.encode())
            else:
                f.write(json.dumps(value, ensure_ascii=False, indent=2).encode())


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=("all", "records"))
    parser.add_argument("target", help="a folder for all, a file for records")
    parser.add_argument("--language", choices=sorted(LANGUAGES), default="en")
    parser.add_argument("--megabytes", type=float, default=1, help="of 1,000,000 bytes (1)")
    options = parser.parse_args()
    if options.what == "all":
        write_all(options.target, options.language)
    elif options.target == "-":
        write_records(sys.stdout.buffer, options.megabytes * 1e6)
    else:
        with open(options.target, "wb") as f:
            write_records(f, options.megabytes * 1e6)


if __name__ == "__main__":
    main()

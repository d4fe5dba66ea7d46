#!/usr/bin/env python3
"""Makes data/geography.bin: countries, disputed areas, towns, airports and time zones, for UntrailGeo.

    scripts/geography.py SOURCES          (a folder with the files named in data/SOURCES.md)

Needs only Python 3 with its own zoneinfo (the Debian package tzdata). The layout stands in
Sources/UntrailGeo/GeographyData.swift.
"""

import collections
import datetime
import json
import math
import os
import struct
import sys
import unicodedata
import zipfile
import zoneinfo

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
COUNTRIES = "ne_10m_admin_0_countries_deu"
LANGUAGES = ("AR", "DE", "EN", "ES", "FA", "FR", "RU", "ZH")
TOWN_LANGUAGES = ("DE", "EN", "ES", "FR", "RU", "ZH")
GRAIN = 1000  # cells of a degree for vertices
BAND_SHIFT = 8  # bands of latitude of 256/1000 degree
FIRST, LAST = 1990, 2037


# --- reading -----------------------------------------------------------------------------------

def records(data):
    """The rows of a dBASE file, as dictionaries of texts."""
    count, head, size = struct.unpack("<IHH", data[4:12])
    fields, at = [], 32
    while data[at] != 13:
        fields.append((data[at:at + 11].split(b"\0")[0].decode(), data[at + 16]))
        at += 32
    for row in range(count):
        at = head + row * size + 1
        values = {}
        for name, width in fields:
            values[name] = data[at:at + width].decode("utf-8", "replace").strip(" \0")
            at += width
        yield values


def shapes(data):
    """The polygons of a shapefile, each a list of rings of (longitude, latitude)."""
    at = 100
    while at < len(data):
        length = struct.unpack(">I", data[at + 4:at + 8])[0] * 2
        body = data[at + 8:at + 8 + length]
        at += 8 + length
        if struct.unpack("<i", body[:4])[0] != 5:
            yield []
            continue
        parts, points = struct.unpack("<ii", body[36:44])
        starts = list(struct.unpack("<%di" % parts, body[44:44 + 4 * parts])) + [points]
        numbers = struct.unpack("<%dd" % (2 * points), body[44 + 4 * parts:44 + 4 * parts + 16 * points])
        yield [[(numbers[2 * i], numbers[2 * i + 1]) for i in range(a, b)] for a, b in zip(starts, starts[1:])]


def grained(ring):
    """The ring on the grid, without repeats; closed by its first vertex."""
    out = []
    for lon, lat in ring:
        vertex = (round(lon * GRAIN), round(lat * GRAIN))
        if not out or out[-1] != vertex:
            out.append(vertex)
    if len(out) > 1 and out[0] == out[-1]:
        out.pop()
    return out


# --- layers of polygons ------------------------------------------------------------------------

def varint(value):
    value = value << 1 ^ value >> 63
    value &= (1 << 64) - 1
    out = bytearray()
    while value >= 0x80:
        out.append(value & 0x7F | 0x80)
        value >>= 7
    out.append(value)
    return bytes(out)


def cell(column, row):
    return row * 360 + column


def layer(features):
    """Cells of a degree with what is in them, the lists of those with several, and the polygons."""
    touched = collections.defaultdict(set)
    for number, rings in enumerate(features):
        for ring in rings:
            for (x1, y1), (x2, y2) in zip(ring, ring[1:] + ring[:1]):
                steps = max(1, math.ceil(max(abs(x2 - x1), abs(y2 - y1)) / 100))
                for step in range(steps + 1):
                    x, y = x1 + (x2 - x1) * step / steps, y1 + (y2 - y1) * step / steps
                    # A vertex on the edge of a cell belongs to both.
                    for dx in (-1, 1):
                        for dy in (-1, 1):
                            column = min(max(math.floor((x + dx) / GRAIN) + 180, 0), 359)
                            row = min(max(math.floor((y + dy) / GRAIN) + 90, 0), 179)
                            touched[cell(column, row)].add(number)
    inside = {}
    for number, rings in enumerate(features):
        crossings = collections.defaultdict(list)
        for ring in rings:
            for (x1, y1), (x2, y2) in zip(ring, ring[1:] + ring[:1]):
                low, high = min(y1, y2), max(y1, y2)
                for row in range(math.floor(low / GRAIN) + 89, math.floor(high / GRAIN) + 92):
                    y = (row - 90) * GRAIN + GRAIN / 2
                    if low <= y < high:
                        crossings[row].append(x1 + (y - y1) * (x2 - x1) / (y2 - y1))
        for row, xs in crossings.items():
            xs.sort()
            for column in range(360):
                x = (column - 180) * GRAIN + GRAIN / 2
                if cell(column, row) not in touched and sum(1 for one in xs if one < x) % 2:
                    inside.setdefault(cell(column, row), number)
    lists, numbers, values = [], {}, {}
    for place, those in touched.items():
        key = bytes(sorted(those))
        if key not in numbers:
            numbers[key] = len(lists)
            lists.append(key)
        values[place] = 0x8000 | numbers[key]
    values.update(inside)
    cells = sorted(values)
    table = struct.pack("<I", len(cells)) + struct.pack("<%dH" % len(cells), *cells)
    table += struct.pack("<%dH" % len(cells), *[values[c] for c in cells])
    offsets, body = [0], b""
    for one in lists:
        body += one
        offsets.append(len(body))
    index = struct.pack("<I", len(lists)) + struct.pack("<%dI" % len(offsets), *offsets) + body
    offsets, streams = [0], []
    for rings in features:
        streams.append(banded(rings))
        offsets.append(offsets[-1] + len(streams[-1]))
    polygons = struct.pack("<I", len(features)) + struct.pack("<%dI" % len(offsets), *offsets)
    return [table, index, polygons + b"".join(streams)]


def banded(rings):
    """The edges of a polygon by bands of latitude, so that a lookup unpacks only one or two bands of it."""
    chains = collections.defaultdict(list)
    for ring in rings:
        last = {}
        for one, other in zip(ring, ring[1:] + ring[:1]):
            low, high = min(one[1], other[1]), max(one[1], other[1])
            for band in range(low >> BAND_SHIFT, (high >> BAND_SHIFT) + 1):
                # An edge that goes on where the last one of the band ended makes its chain longer.
                if last.get(band) == one:
                    chains[band][-1].append(other)
                else:
                    chains[band].append([one, other])
                last[band] = other
    if not chains:
        return struct.pack("<hH", 0, 0)
    south, north = min(chains), max(chains)
    starts, body = [0], b""
    for band in range(south, north + 1):
        for chain in chains.get(band, []):
            body += varint(len(chain))
            x0 = y0 = 0
            for x, y in chain:
                body += varint(x - x0) + varint(y - y0)
                x0, y0 = x, y
        starts.append(len(body))
    return struct.pack("<hH", south, north - south + 1) + struct.pack("<%dI" % len(starts), *starts) + body


def contains(rings, x, y):
    odd = False
    for ring in rings:
        for (x1, y1), (x2, y2) in zip(ring, ring[1:] + ring[:1]):
            if (y1 > y) != (y2 > y) and x < x1 + (y - y1) * (x2 - x1) / (y2 - y1):
                odd = not odd
    return odd


# --- texts -------------------------------------------------------------------------------------

def clean(text):
    return " ".join((text or "").split()).replace("\t", " ")


def plain(text):
    """Without marks above and below letters, in small letters."""
    marks = unicodedata.normalize("NFD", text)
    return "".join(c for c in marks if not unicodedata.combining(c)).lower()


def fnv(text):
    value = 2166136261
    for byte in text.encode():
        value = (value ^ byte) * 16777619 & 0xFFFFFFFF
    return value


def code(row):
    for key in ("ISO_A2", "ISO_A2_EH", "WB_A2"):
        value = row.get(key, "")
        if len(value) == 2 and value.isalpha():
            return value
    return ""


# --- zones -------------------------------------------------------------------------------------

def offset(zone, seconds):
    moment = datetime.datetime.fromtimestamp(seconds, zone)
    return round(moment.utcoffset().total_seconds() / 60)


def transitions(name):
    """(seconds since 1970, minutes east of UTC) of each change, the first of all time."""
    zone = zoneinfo.ZoneInfo(name)
    start = int(datetime.datetime(FIRST, 1, 1, tzinfo=datetime.timezone.utc).timestamp())
    end = int(datetime.datetime(LAST, 12, 31, tzinfo=datetime.timezone.utc).timestamp())
    found = [(-2 ** 31, offset(zone, start))]
    step = 14 * 86400
    for at in range(start, end, step):
        low, high = at, min(at + step, end)
        # Two changes in a fortnight (Ramadan in Morocco is a month) are not missed: each half is looked at.
        stack = [(low, high)]
        while stack:
            low, high = stack.pop(0)
            before, after = offset(zone, low), offset(zone, high)
            if before == after:
                continue
            while high - low > 1:
                middle = (low + high) // 2
                if offset(zone, middle) == before:
                    low = middle
                else:
                    high = middle
            found.append((high, after))
    return found


class Clocks:
    """Which zones a country has, from tzdata (zone.tab, zone1970.tab), under their present names."""

    def __init__(self):
        self.names = {}
        with open("/usr/share/zoneinfo/tzdata.zi") as file:
            for line in file:
                if line.startswith("L "):
                    present, old = line.split()[1:3]
                    self.names[old] = present
        self.of_country = collections.defaultdict(set)
        self.places = []
        kept = set()
        for table in ("zone.tab", "zone1970.tab"):
            with open("/usr/share/zoneinfo/" + table) as file:
                for line in file:
                    if line.startswith("#"):
                        continue
                    countries, place, zone = line.rstrip("\n").split("\t")[:3]
                    if table == "zone.tab":
                        # A country's own name for its zone (Europe/Prague) is kept, though today it is a link.
                        kept.add(zone)
                        self.places.append((countries, degrees(place), zone))
                    for country in countries.split(","):
                        self.of_country[country].add(zone)
        for zone in kept:
            self.names.pop(zone, None)
        self.single = {}
        for country, _, zone in self.places:
            self.single[country] = zone if country not in self.single else None
        # By law all of China has Beijing's clock, and telephones have it too; tzdata has a second one in use in Xinjiang.
        self.of_country["CN"], self.single["CN"] = {"Asia/Shanghai"}, "Asia/Shanghai"

    def name(self, zone):
        return self.names.get(zone, zone) if zone else ""

    def of(self, town, towns):
        """The zone of a town: its own where its country has it, else that of the nearest one of its country."""
        country, zone = town.get("ISO_A2") or "", self.name(town.get("TIMEZONE"))
        if country not in self.of_country:
            if zone:
                return zone
        elif zone in self.of_country[country]:
            return zone
        elif self.single.get(country):
            return self.single[country]
        candidates = [(apart(town["geometry"], other["geometry"]), self.name(other["TIMEZONE"])) for other in towns
                      if other.get("TIMEZONE") and (country not in self.of_country or (
                          other.get("ISO_A2") == country
                          and self.name(other["TIMEZONE"]) in self.of_country[country]))]
        candidates += [(apart(town["geometry"], place), zone) for owner, place, zone in self.places if owner == country]
        return min(candidates)[1]


def degrees(text):
    """Longitude and latitude of an ISO 6709 place: +DDMM+DDDMM or +DDMMSS+DDDMMSS."""
    split = max(text.rfind("+"), text.rfind("-"))

    def number(part, width):
        digits = part[1:].ljust(width + 4, "0")
        value = int(digits[:width]) + int(digits[width:width + 2]) / 60 + int(digits[width + 2:width + 4]) / 3600
        return -value if part[0] == "-" else value
    return number(text[split:], 3), number(text[:split], 2)


def apart(one, other):
    """Metres, roughly, between two places given as longitude and latitude."""
    width = abs(one[0] - other[0])
    return math.hypot(min(width, 360 - width) * math.cos(math.radians((one[1] + other[1]) / 2)), one[1] - other[1]) * 111_200


# --- all of it ---------------------------------------------------------------------------------

def main():
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    source = sys.argv[1]
    clocks = Clocks()
    with zipfile.ZipFile(os.path.join(source, COUNTRIES + ".zip")) as archive:
        rows = list(records(archive.read(COUNTRIES + ".dbf")))
        polygons = list(shapes(archive.read(COUNTRIES + ".shp")))
    # The first of those with a code gives its name: the most people first.
    order = sorted(range(len(rows)), key=lambda n: (
        code(rows[n]) or "~", -float(rows[n]["POP_EST"] or 0), rows[n]["ADMIN"]))
    rows = [rows[n] for n in order]
    features = [[g for g in map(grained, polygons[n]) if len(g) >= 3] for n in order]
    country_text = "".join("\t".join([code(r), clean(r["NAME_LONG"] or r["ADMIN"])]
                                     + [clean(r.get("NAME_" + l, "")) for l in LANGUAGES]
                                     + [clocks.single.get(code(r)) or ""]) + "\n" for r in rows)
    number = {}
    for place, row in enumerate(rows):
        if code(row):
            number.setdefault(code(row), place)

    with open(os.path.join(source, "ne_10m_admin_0_disputed_areas.json")) as file:
        areas = json.load(file)["features"]
    disputed, disputed_text = [], ""
    for area in areas:
        geometry = area["geometry"]
        parts = [geometry["coordinates"]] if geometry["type"] == "Polygon" else geometry["coordinates"]
        rings = [g for part in parts for g in map(grained, part) if len(g) >= 3]
        if rings:
            disputed.append(rings)
            disputed_text += clean(area["properties"].get("BRK_NAME") or area["properties"].get("NAME")) + "\n"

    towns = []
    with open(os.path.join(source, "ne_10m_populated_places.ndjson")) as file:
        for line in file:
            town = json.loads(line)
            # One town has 0, 0 in its fields and its place in the geometry.
            town["LONGITUDE"], town["LATITUDE"] = town["geometry"][:2]
            if (town["LONGITUDE"], town["LATITUDE"]) != (0, 0):
                towns.append(town)
    own = {id(town): clocks.of(town, towns) for town in towns}
    changed = [t for t in towns if t.get("TIMEZONE") and own[id(t)] != clocks.name(t["TIMEZONE"])]
    unknown = sum(1 for t in towns if not t.get("TIMEZONE"))
    for town in towns:
        town["TIMEZONE"] = own[id(town)]
    zones = sorted({t["TIMEZONE"] for t in towns} | {z for z in clocks.single.values() if z})
    zone_number = {z: n for n, z in enumerate(zones)}
    people = collections.defaultdict(collections.Counter)
    for town in towns:
        if len(town.get("ISO_A2") or "") == 2:
            people[town["TIMEZONE"]][town["ISO_A2"]] += max(1, int(town.get("POP_MAX") or 0))
    zone_text = "".join("%s\t%s\t%d\n" % (z, ",".join(c for c, _ in people[z].most_common() if c.isalpha()),
                                          sum(people[z].values())) for z in zones)
    starts, entries = [0], b""
    for name in zones:
        for seconds, minutes in transitions(name):
            entries += struct.pack("<ih", seconds, minutes)
        starts.append(len(entries) // 6)
    zone_table = struct.pack("<I", len(zones)) + struct.pack("<%dI" % len(starts), *starts) + entries

    def town_cell(town):
        return cell(min(max(math.floor(town["LONGITUDE"]) + 180, 0), 359),
                    min(max(math.floor(town["LATITUDE"]) + 90, 0), 179))

    towns.sort(key=lambda t: (town_cell(t), -int(t.get("POP_MAX") or 0), t["NAME"]))
    town_table, town_text, town_cells = struct.pack("<I", len(towns)), b"", []
    for place, town in enumerate(towns):
        if not town_cells or town_cells[-1][0] != town_cell(town):
            town_cells.append((town_cell(town), place))
        town_table += struct.pack(
            "<iiIHHI", round(town["LATITUDE"] * 1e5), round(town["LONGITUDE"] * 1e5), len(town_text),
            zone_number[town["TIMEZONE"]], number.get(town.get("ISO_A2") or "", 0xFFFF),
            max(0, int(town.get("POP_MAX") or 0)))
        name = clean(town["NAME"])
        names = [name, clean(town.get("ADM1NAME")), plain(name)]
        names += [clean(town.get("NAME_" + l)) for l in TOWN_LANGUAGES]
        town_text += ("\t".join(names) + "\n").encode()
    town_index = struct.pack("<I", len(town_cells)) + struct.pack("<%dH" % len(town_cells), *[c for c, _ in town_cells])
    town_index += struct.pack("<%dH" % len(town_cells), *[p for _, p in town_cells])

    with open(os.path.join(source, "ne_10m_airports.json")) as file:
        ports = json.load(file)["features"]
    airports = {}
    for port in ports:
        iata = port["properties"].get("iata_code") or ""
        if len(iata) == 3 and iata.isascii() and iata.isalnum():
            airports.setdefault(iata.upper(), (clean(port["properties"]["name"]), port["geometry"]["coordinates"]))
    port_table, port_text = struct.pack("<I", len(airports)), b""
    for iata, (name, (lon, lat)) in sorted(airports.items()):
        x, y = lon * GRAIN, lat * GRAIN
        inside = next((n for n, rings in enumerate(features) if contains(rings, x, y)), 0xFFFF)
        port_table += iata.encode() + b"\0" + struct.pack("<iiIHH", round(lat * 1e5), round(lon * 1e5), len(port_text), inside, 0)
        port_text += (name + "\n").encode()

    sections = [country_text.encode()] + layer(features) + [disputed_text.encode()] + layer(disputed)
    hashes = set()
    for place, town in enumerate(towns):
        for name in [clean(town["NAME"]), plain(clean(town["NAME"]))] + [clean(town.get("NAME_" + l)) for l in TOWN_LANGUAGES]:
            if name:
                hashes.add((fnv(name.lower()), place))
    hashes = sorted(hashes)
    town_hashes = struct.pack("<I", len(hashes)) + struct.pack("<%dI" % len(hashes), *[h for h, _ in hashes])
    town_hashes += struct.pack("<%dH" % len(hashes), *[p for _, p in hashes])
    sections += [town_table, town_text, town_index, zone_text.encode(), zone_table, port_table, port_text, town_hashes]
    head = b"UGEO\1\0\0\0" + struct.pack("<I", len(sections))
    at = len(head) + 8 * len(sections)
    body = b""
    for section in sections:
        padding = -(at + len(body)) % 4
        body += b"\0" * padding
        head += struct.pack("<II", at + len(body), len(section))
        body += section
    target = os.path.join(ROOT, "data", "geography.bin")
    with open(target, "wb") as file:
        file.write(head + body)
    print("%s: %d bytes; sections %s" % (os.path.relpath(target, ROOT), len(head + body), [len(s) for s in sections]))
    print("%d countries, %d disputed areas, %d towns, %d airports, %d zones, tzdata %s" % (
        len(rows), len(disputed), len(towns), len(airports), len(zones), edition()))
    print("%d towns had no zone in the source; %d had one that their country does not have: %s" % (
        unknown, len(changed), ", ".join(sorted(t["NAME"] for t in changed))))


def edition():
    for path in ("/usr/share/zoneinfo/tzdata.zi",):
        if os.path.exists(path):
            with open(path) as file:
                return file.readline().split()[-1]
    return "unknown"


if __name__ == "__main__":
    main()

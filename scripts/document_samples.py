"""Samples of documents, mail, archives, chats and databases: who wrote, on which machine, and whose picture is inside.

Used by make-samples.py. The people, machines and messages are made up, the places are public landmarks, the network
addresses are those that are kept for documentation (RFC 5737). The files are written as the formats' specifications have
them (ECMA-376, OASIS ODF 1.3, ISO 32000, RFC 5322).
"""

import base64
import functools
import gzip
import io
import json
import os
import sqlite3
import struct
import tarfile
import tempfile
import zipfile
import zlib

from film_samples import located
from journey_samples import BIG_BEN, EIFFEL, LOUVRE, ORSAY

CLOCK = (2026, 7, 20, 9, 30, 0)
JULY_20 = 1784539800  # 2026-07-20T09:30:00Z


def packed(parts, stored=()):
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts:
            info = zipfile.ZipInfo(name, CLOCK)
            info.compress_type = zipfile.ZIP_STORED if name in stored else zipfile.ZIP_DEFLATED
            info.create_system, info.external_attr = 3, 0o644 << 16
            archive.writestr(info, data if isinstance(data, bytes) else data.encode())
    return held.getvalue()


HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
CORE = HEAD + """<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><dc:title>%s</dc:title><dc:creator>Mara Example</dc:creator><cp:lastModifiedBy>Sam Sample</cp:lastModifiedBy><cp:revision>7</cp:revision><cp:lastPrinted>2026-07-19T15:00:00Z</cp:lastPrinted><dcterms:created xsi:type="dcterms:W3CDTF">2026-07-18T08:00:00Z</dcterms:created><dcterms:modified xsi:type="dcterms:W3CDTF">2026-07-20T09:30:00Z</dcterms:modified></cp:coreProperties>"""
APP = HEAD + """<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"><Template>%s</Template><TotalTime>95</TotalTime><Application>Example Office</Application><Company>Example Gazette</Company><Manager>Ed Editor</Manager><AppVersion>16.0300</AppVersion></Properties>"""
TYPES = HEAD + '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Default Extension="jpeg" ContentType="image/jpeg"/><Default Extension="bin" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.printerSettings"/><Override PartName="/docProps/core.xml" ContentType="application/vnd.openxmlformats-package.core-properties+xml"/><Override PartName="/docProps/app.xml" ContentType="application/vnd.openxmlformats-officedocument.extended-properties+xml"/>%s</Types>'
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def relations(*entries):
    rows = "".join('<Relationship Id="rId%d" Type="%s" Target="%s"%s/>' % (
        number, kind, target, ' TargetMode="External"' if mode else "") for number, (kind, target, mode) in enumerate(entries, 1))
    return HEAD + '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">%s</Relationships>' % rows


def package(main):
    return relations((OFFICE + "/officeDocument", main, False),
                     ("http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties",
                      "docProps/core.xml", False), (OFFICE + "/extended-properties", "docProps/app.xml", False))


def docx(picture):
    word = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    part = '<Override PartName="/%s" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.%s+xml"/>'
    document = HEAD + """<w:document xmlns:w="%s"><w:body><w:p w:rsidR="00A11B01" w:rsidRDefault="00A11B02"><w:r><w:t>The story.</w:t></w:r><w:ins w:id="1" w:author="Sam Sample" w:date="2026-07-20T09:12:00Z"><w:r><w:t> A second source.</w:t></w:r></w:ins></w:p></w:body></w:document>""" % word
    comments = HEAD + """<w:comments xmlns:w="%s"><w:comment w:id="1" w:author="Ed Editor" w:date="2026-07-20T08:45:00Z" w:initials="EE"><w:p><w:r><w:t>Who says so?</w:t></w:r></w:p></w:comment></w:comments>""" % word
    settings = HEAD + """<w:settings xmlns:w="%s" xmlns:r="%s"><w:attachedTemplate r:id="rId1"/><w:rsids><w:rsidRoot w:val="00A11B01"/><w:rsid w:val="00A11B01"/><w:rsid w:val="00A11B02"/></w:rsids></w:settings>""" % (word, OFFICE)
    return packed([
        ("[Content_Types].xml", TYPES % "".join([part % ("word/document.xml", "document.main"),
                                                 part % ("word/comments.xml", "comments"),
                                                 part % ("word/settings.xml", "settings")])),
        ("_rels/.rels", package("word/document.xml")), ("word/document.xml", document),
        ("word/_rels/document.xml.rels", relations((OFFICE + "/comments", "comments.xml", False),
                                                   (OFFICE + "/settings", "settings.xml", False),
                                                   (OFFICE + "/image", "media/image1.jpeg", False))),
        ("word/comments.xml", comments), ("word/settings.xml", settings),
        ("word/_rels/settings.xml.rels", relations(
            (OFFICE + "/attachedTemplate", "file:///C:\\Users\\mara.example\\Templates\\Gazette.dotx", True))),
        ("word/media/image1.jpeg", picture), ("docProps/core.xml", CORE % "Draft 7"), ("docProps/app.xml", APP % "Gazette.dotx")])


def second_docx():
    """Another text that began as a copy of the first."""
    word = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    part = '<Override PartName="/%s" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.%s+xml"/>'
    return packed([
        ("[Content_Types].xml", TYPES % "".join([part % ("word/document.xml", "document.main"),
                                                 part % ("word/settings.xml", "settings")])),
        ("_rels/.rels", relations((OFFICE + "/officeDocument", "word/document.xml", False))),
        ("word/document.xml", HEAD + '<w:document xmlns:w="%s"><w:body><w:p w:rsidR="00A11B01"><w:r><w:t>A leaflet.</w:t></w:r></w:p></w:body></w:document>' % word),
        ("word/_rels/document.xml.rels", relations((OFFICE + "/settings", "settings.xml", False))),
        ("word/settings.xml", HEAD + '<w:settings xmlns:w="%s"><w:rsids><w:rsidRoot w:val="00A11B01"/><w:rsid w:val="00A11B01"/><w:rsid w:val="00C3D4E5"/></w:rsids></w:settings>' % word)])


def xlsx():
    sheet = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    part = '<Override PartName="/%s" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.%s+xml"/>'
    printer = "GAZETTE-3RD-FLOOR".encode("utf-16-le").ljust(64, b"\0")
    printer += struct.pack("<HHHHI", 0x0401, 0, 220, 0, 0) + bytes(144)
    workbook = HEAD + """<workbook xmlns="%s" xmlns:r="%s" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" xmlns:x15="http://schemas.microsoft.com/office/spreadsheetml/2010/11/main"><mc:AlternateContent><mc:Choice Requires="x15"><x15ac:absPath url="C:\\Users\\mara.example\\Documents\\Dossier\\" xmlns:x15ac="http://schemas.microsoft.com/office/spreadsheetml/2010/11/ac"/></mc:Choice></mc:AlternateContent><sheets><sheet name="Figures" sheetId="1" r:id="rId1"/><sheet name="Sources" sheetId="2" state="veryHidden" r:id="rId2"/></sheets></workbook>""" % (sheet, OFFICE)
    page = HEAD + '<worksheet xmlns="%s" xmlns:r="%s"><sheetData/>%s</worksheet>'
    return packed([
        ("[Content_Types].xml", TYPES % "".join([part % ("xl/workbook.xml", "sheet.main"),
                                                 part % ("xl/worksheets/sheet1.xml", "worksheet"),
                                                 part % ("xl/worksheets/sheet2.xml", "worksheet")])),
        ("_rels/.rels", package("xl/workbook.xml")), ("xl/workbook.xml", workbook),
        ("xl/_rels/workbook.xml.rels", relations((OFFICE + "/worksheet", "worksheets/sheet1.xml", False),
                                                 (OFFICE + "/worksheet", "worksheets/sheet2.xml", False))),
        ("xl/worksheets/sheet1.xml", page % (sheet, OFFICE, '<pageSetup r:id="rId1"/>')),
        ("xl/worksheets/_rels/sheet1.xml.rels", relations((OFFICE + "/printerSettings", "../printerSettings/printerSettings1.bin", False))),
        ("xl/worksheets/sheet2.xml", page % (sheet, OFFICE, "")), ("xl/printerSettings/printerSettings1.bin", printer),
        ("docProps/core.xml", CORE % "Figures"), ("docProps/app.xml", APP % "")])


def odt():
    names = ('xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:meta="urn:oasis:names:tc:opendocument:xmlns:meta:1.0" '
             'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" '
             'xmlns:config="urn:oasis:names:tc:opendocument:xmlns:config:1.0" office:version="1.3"')
    meta = """<office:document-meta %s><office:meta><meta:generator>ExampleOffice/24.2</meta:generator><meta:initial-creator>Mara Example</meta:initial-creator><dc:creator>Sam Sample</dc:creator><meta:printed-by>Ed Editor</meta:printed-by><meta:creation-date>2026-07-18T10:00:00</meta:creation-date><dc:date>2026-07-20T11:30:00</dc:date></office:meta></office:document-meta>""" % names
    settings = """<office:document-settings %s><office:settings><config:config-item-set config:name="ooo:configuration-settings"><config:config-item config:name="PrinterName" config:type="string">GAZETTE-3RD-FLOOR</config:config-item></config:config-item-set></office:settings></office:document-settings>""" % names
    content = """<office:document-content %s><office:body><office:text><text:tracked-changes><text:changed-region><text:insertion><office:change-info><dc:creator>Ed Editor</dc:creator><dc:date>2026-07-19T16:20:00</dc:date></office:change-info></text:insertion></text:changed-region></text:tracked-changes><text:p>A plan.</text:p></office:text></office:body></office:document-content>""" % names
    manifest = """<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0" manifest:version="1.3"><manifest:file-entry manifest:full-path="/" manifest:media-type="application/vnd.oasis.opendocument.text"/><manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/></manifest:manifest>"""
    head = '<?xml version="1.0" encoding="UTF-8"?>\n'
    return packed([("mimetype", "application/vnd.oasis.opendocument.text"), ("meta.xml", head + meta),
                   ("settings.xml", head + settings), ("content.xml", head + content), ("META-INF/manifest.xml", head + manifest)],
                  stored=("mimetype",))


def pdf():
    """A document that was changed: the words and the author of the first version are still inside."""
    out, places = bytearray(b"%PDF-1.6\n%\xe2\xe3\xcf\xd3\n"), {}

    def add(number, body):
        places[number] = len(out)
        out.extend(b"%d 0 obj\n" % number + body + b"\nendobj\n")

    def stream(text):
        data = zlib.compress(text, 9)
        return b"<</Length %d/Filter/FlateDecode>>\nstream\n" % len(data) + data + b"\nendstream"

    def table(numbers, extra):
        start = len(out)
        out.extend(b"xref\n")
        for number in numbers:
            out.extend(b"%d 1\n" % number)
            out.extend(b"0000000000 65535 f \n" if number == 0 else b"%010d 00000 n \n" % places[number])
        out.extend(b"trailer\n<</Size 7/Root 1 0 R/Info 6 0 R/ID[<8F1C0A5E6B7D4C3A9E2F112233445566><%s>]%s>>\nstartxref\n%d\n%%%%EOF\n"
                   % (b"8F1C0A5E6B7D4C3A9E2F112233445566" if not extra else b"0B0A0908070605040302010077665544", extra, start))
        return start

    add(1, b"<</Type/Catalog/Pages 2 0 R>>")
    add(2, b"<</Type/Pages/Kids[3 0 R]/Count 1>>")
    add(3, b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>")
    add(4, stream(b"BT /F1 12 Tf 20 100 Td (Our source is Sam Sample) Tj ET"))
    add(5, b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>")
    add(6, b"<</Author(Mara Example)/Creator(Example Writer 24.2)/Producer(Example PDF 3.1)/CreationDate(D:20260718100000+02'00')>>")
    first = table([0, 1, 2, 3, 4, 5, 6], b"")
    add(4, stream(b"BT /F1 12 Tf 20 100 Td (Our source is known to us) Tj ET"))
    add(6, b"<</Author(Example Gazette)/Creator(Example Writer 24.2)/Producer(Example PDF 3.1)/CreationDate(D:20260718100000+02'00')"
           b"/ModDate(D:20260720113000+02'00')>>")
    table([4, 6], b"/Prev %d" % first)
    return bytes(out)


RTF = r"""{\rtf1\ansi\ansicpg1252{\*\generator Example Writer 24.2;}
{\info{\title Leaflet}{\author Mara Example}{\operator Sam Sample}{\company Example Gazette}
{\creatim\yr2026\mo7\dy18\hr10\min0}{\revtim\yr2026\mo7\dy20\hr11\min30}}
{\*\revtbl{Unknown;}{Ed Editor;}}
A leaflet.}
"""


def wrapped(data):
    text = base64.b64encode(data).decode()
    return "\r\n".join(text[at:at + 76] for at in range(0, len(text), 76))


def mail(picture, subject="The pictures", attachment="IMG_0042.jpg", kind="image/jpeg"):
    return ("""Received: from mx.gazette.example (mx.gazette.example [192.0.2.25])
 by store.gazette.example with ESMTPS id 7Q1; Mon, 20 Jul 2026 11:31:04 +0200
Received: from mara-laptop.local (dsl-198-51-100-77.provider.example [198.51.100.77])
 by mx.gazette.example with ESMTPSA id 7Q0; Mon, 20 Jul 2026 11:31:02 +0200
X-Originating-IP: [198.51.100.77]
From: Mara Example <mara@gazette.example>
To: Sam Sample <sam.sample@mail.example>
Cc: "Ed Editor" <ed@gazette.example>
Date: Mon, 20 Jul 2026 11:31:00 +0200
Message-ID: <20260720113100.1F2E@mara-laptop.local>
X-Mailer: Example Mail 12.4
Subject: %s
MIME-Version: 1.0
Content-Type: multipart/mixed; boundary="cut-here"

--cut-here
Content-Type: text/plain; charset=utf-8

As agreed.
--cut-here
Content-Type: %s; name="%s"
Content-Transfer-Encoding: base64
Content-Disposition: attachment; filename="%s"

""" % (subject, kind, attachment, attachment)).replace("\n", "\r\n") + wrapped(picture) + "\r\n--cut-here--\r\n"


def mailbox():
    def plain(day, sender, to, subject, address):
        return ("From %s Mon Jul 20 0%d:00:00 2026\nReceived: from [%s] by mx.gazette.example; Mon, 20 Jul 2026 0%d:00:00 +0200\n"
                "From: %s\nTo: %s\nDate: Mon, 20 Jul 2026 0%d:00:00 +0200\nMessage-ID: <%d@mail.example>\nSubject: %s\n\nSee you.\n\n"
                % ("MAILER-DAEMON", day, address, day, sender, to, day, day, subject))
    return (plain(7, "Sam Sample <sam.sample@mail.example>", "mara@gazette.example", "Tomorrow", "203.0.113.9")
            + plain(8, "Mara Example <mara@gazette.example>", "sam.sample@mail.example", "Re: Tomorrow", "198.51.100.77"))


def nested(picture):
    """A picture in a document in a ZIP in a mail in a TAR."""
    message = mail(packed([("draft.docx", docx(picture))]), "The draft", "draft.zip", "application/zip").encode()
    held = io.BytesIO()
    with tarfile.open(fileobj=held, mode="w") as archive:
        info = tarfile.TarInfo("sent/draft.eml")
        info.size, info.mtime, info.uname, info.gname, info.uid = len(message), JULY_20, "mara", "press", 1000
        archive.addfile(info, io.BytesIO(message))
    return gzip.compress(held.getvalue(), mtime=JULY_20)


CHAT = """[19/07/2026, 18:20:11] Mara Example: On my way
[19/07/2026, 18:21:40] Sam Sample: Location: https://maps.google.com/?q=%s,%s
[19/07/2026, 18:40:02] Sam Sample: <attached: 00000012-PHOTO-2026-07-19-18-40-02.jpg>
""" % EIFFEL


def telegram():
    return json.dumps({"about": "Made-up export", "personal_information": {
        "user_id": 700100200, "first_name": "Mara", "last_name": "Example", "phone_number": "+33 1 99 00 12 34"},
        "sessions": {"list": [{"last_active": "2026-07-20T09:00:00", "last_ip": "198.51.100.77", "last_country": "France",
                               "application_name": "Telegram Android", "application_version": "11.2", "device_model": "Kestrel K7",
                               "platform": "Android", "system_version": "16"}]},
        "chats": {"list": [{"name": "Sam Sample", "type": "personal_chat", "id": 700100300, "messages": [
            {"id": 1, "type": "message", "date": "2026-07-19T18:20:11", "date_unixtime": "1784478011", "from": "Mara Example",
             "from_id": "user700100200", "text": "",
             "location_information": {"latitude": LOUVRE[0], "longitude": LOUVRE[1]}},
            {"id": 2, "type": "message", "date": "2026-07-19T18:25:00", "date_unixtime": "1784478300", "from": "Sam Sample",
             "from_id": "user700100300", "text": "", "place_name": "Museum", "address": "Quai Anatole-France",
             "location_information": {"latitude": ORSAY[0], "longitude": ORSAY[1]}}]}]}}, indent=1)


def database():
    """What a browser remembers, and a table of places as an app keeps it."""
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "places.sqlite")
        base = sqlite3.connect(path)
        base.execute("CREATE TABLE spots (id INTEGER PRIMARY KEY, name TEXT, latitude REAL, longitude REAL, time INTEGER)")
        base.executemany("INSERT INTO spots VALUES (?,?,?,?,?)",
                         [(1, "Tower", *EIFFEL, JULY_20), (2, "Clock", *BIG_BEN, JULY_20 + 7200)])
        base.commit()
        base.execute("VACUUM")
        base.close()
        with open(path, "rb") as file:
            return file.read()


def encoded(content):
    return content.encode() if isinstance(content, str) else content


def define(record, tools):
    @functools.cache
    def picture():
        return located(tools, "Inside")

    def add(path, shows, build, sentences, facts):
        r = record("documents/" + path, shows)
        r.build = lambda: encoded(build())
        for sentence in sentences:
            r.say(sentence)
        for fact in facts:
            r.fact(**fact)

    def person(role, value):
        return dict(kind="person", role=role, value=value)

    inner = "picture inside with the GPS place 48.85837, 2.294481"
    add("draft.docx", "A text that three people worked on", lambda: docx(picture()),
        ['author "Mara Example"', 'last changed by "Sam Sample"', 'comment by "Ed Editor" 2026-07-20 08:45:00 UTC',
         'insertion by "Sam Sample" 2026-07-20 09:12:00 UTC', 'company "Example Gazette", manager "Ed Editor"',
         "template C:\\Users\\mara.example\\Templates\\Gazette.dotx", "editing sessions 00A11B01, 00A11B02", inner], [])
    add("leaflet.docx", "A text that began as a copy of the first", second_docx, ["editing sessions 00A11B01, 00C3D4E5"], [])
    add("figures.xlsx", "A table with a hidden sheet", xlsx,
        ['author "Mara Example"', 'printer "GAZETTE-3RD-FLOOR"', "kept in C:\\Users\\mara.example\\Documents\\Dossier\\",
         "one hidden sheet"], [])
    add("plan.odt", "A text with changes", odt,
        ['begun by "Mara Example"', 'changed by "Sam Sample" and "Ed Editor"', 'printer "GAZETTE-3RD-FLOOR"'], [])
    add("statement.pdf", "A document whose first version is still inside", pdf,
        ['author "Example Gazette", before that "Mara Example"', "two versions; the text of the first is still inside",
         "created 2026-07-18 10:00:00, changed 2026-07-20 11:30:00 (UTC offset +02:00)"], [])
    add("leaflet.rtf", "A text", lambda: RTF.replace("\n", "\r\n"),
        ['author "Mara Example"', 'changed by "Sam Sample"', 'company "Example Gazette"', 'revision by "Ed Editor"'], [])
    add("sent.eml", "A mail with a picture", lambda: mail(picture()),
        ["sent from 198.51.100.77", "to Sam Sample, copy to Ed Editor", "2026-07-20 11:31:00 (UTC offset +02:00)",
         'program "Example Mail 12.4"', inner], [])
    add("inbox.mbox", "Two mails", mailbox, ["between Mara Example and Sam Sample, with network addresses"], [])
    add("backup.tar.gz", "A mail with a ZIP with a text with a picture", lambda: nested(picture()),
        ["account mara", inner, "way in: sent/draft.eml, draft.zip, draft.docx, word/media/image1.jpeg"], [])
    add("_chat.txt", "A chat", lambda: CHAT, ["a place that was sent: 48.85837, 2.294481", "Mara Example and Sam Sample"], [])
    add("result.json", "A chat account", telegram,
        ["places that were sent: 48.8606, 2.3376 and 48.86, 2.3266", "signed in from 198.51.100.77", "a telephone number"], [])
    add("places.sqlite", "An app's database", database, ["positions 48.85837, 2.294481 and 51.500833, -0.121944"], [])

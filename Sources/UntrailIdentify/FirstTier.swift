/// The commonest types of an export, and those that cost the database most, as rules in libmagic's own language, loaded by libmagic before its
/// database: a linear scan of twenty rules instead of thousands.
///
/// Each answers exactly what the database answers; a test holds the two against each other.
enum FirstTier {
  static let source = #"""
    0	belong&0xffffff00	0xffd8ff00
    >3	ubyte	!0xf7	JPEG image data
    !:mime	image/jpeg
    0	string	\x89PNG\x0d\x0a\x1a\x0a\x00\x00\x00\x0DIHDR	PNG image data
    !:mime	image/png
    4	string	ftypheic	HEIF image
    !:mime	image/heic
    4	string	ftypqt\ \ 	QuickTime movie
    !:mime	video/quicktime
    4	string	ftypisom	MP4
    !:mime	video/mp4
    4	string	ftypmp42	MP4
    !:mime	video/mp4
    4	string	ftypM4A\ 	M4A
    !:mime	audio/x-m4a
    0	string	OggS
    >28	string	\x01vorbis	Vorbis
    !:mime	audio/ogg
    >28	string	OpusHead	Opus
    !:mime	audio/ogg
    0	string	%PDF-	PDF document
    !:mime	application/pdf
    0	string/b	\<?xpacket\ begin=	XMP packet
    !:mime	text/plain
    0	string/b	\<?xml\ version=
    >19	search/512	\<gpx	GPS exchange
    !:mime	text/xml
    >19	search/512	\<kml	KML
    !:mime	text/xml
    >19	search/512	\<TrainingCenterDatabase	TCX
    !:mime	text/xml
    >19	search/512	\<plist	property list
    !:mime	text/xml
    0	string/b	BEGIN:VCALENDAR	vCalendar
    !:mime	text/calendar
    0	string/b	BEGIN:VCARD	vCard
    !:mime	text/vcard
    0	string/b	Return-Path:	mail
    !:mime	message/rfc822
    0	string/b	Received:	mail
    !:mime	message/rfc822
    0	string/b	Delivered-To:	mail
    !:mime	message/rfc822
    0	string/b	From:\ 	mail
    !:mime	message/rfc822
    0	string/b	PK\003\004
    >30	string/b	[Content_Types].xml
    >>49	search/4000	PK\003\004
    >>>&26	search/4000	PK\003\004
    >>>>&26	string/b	word/	Word
    !:mime	application/vnd.openxmlformats-officedocument.wordprocessingml.document
    >>>>&26	string/b	xl/	Excel
    !:mime	application/vnd.openxmlformats-officedocument.spreadsheetml.sheet
    >>>>&26	string/b	ppt/	PowerPoint
    !:mime	application/vnd.openxmlformats-officedocument.presentationml.presentation

    """#
}

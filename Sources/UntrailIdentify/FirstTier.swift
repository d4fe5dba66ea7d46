/// The commonest types of an export as rules in libmagic's own language, loaded by libmagic before its
/// database: a linear scan of ten rules instead of thousands.
///
/// Each answers exactly what the database answers; a test holds the two against each other.
enum FirstTier {
  static let source = """
    0	belong&0xffffff00	0xffd8ff00
    >3	ubyte	!0xf7	JPEG image data
    !:mime	image/jpeg
    0	string	\\x89PNG\\x0d\\x0a\\x1a\\x0a\\x00\\x00\\x00\\x0DIHDR	PNG image data
    !:mime	image/png
    4	string	ftypheic	HEIF image
    !:mime	image/heic
    4	string	ftypqt\\ \\ 	QuickTime movie
    !:mime	video/quicktime
    4	string	ftypisom	MP4
    !:mime	video/mp4
    4	string	ftypmp42	MP4
    !:mime	video/mp4
    4	string	ftypM4A\\ 	M4A
    !:mime	audio/x-m4a
    0	string	%PDF-	PDF document
    !:mime	application/pdf

    """
}

/// Names of tags in the spelling of field names: `MUSICBRAINZ_ALBUMID` is `MusicbrainzAlbumid`.
enum TagName {
  static func spelled(_ name: String) -> String {
    var spelled = ""
    var isStart = true
    var isBehindSign = false
    for character in name.lowercased().prefix(80) {
      let isWord = character.isASCII && (character.isLetter || character.isNumber)
      guard isWord || character == "-" else {
        isBehindSign = true
        continue
      }
      spelled += isWord && (isStart || isBehindSign) ? character.uppercased() : String(character)
      (isStart, isBehindSign) = (false, false)
    }
    return spelled.isEmpty ? "Unnamed" : spelled
  }
}

/// Files that a camera writes beside a film, by their names:
///
///     DJI_0001.SRT                 what a drone did, for DJI_0001.MP4
///     GX010001.THM GL010001.LRV    picture and small copy of GX010001.MP4; DJI_0001.LRF, MVI_0001.THM of MVI_0001.AVI
///     C0001M01.XML                 description of C0001.MP4
///     MOV001.MOI                   when MOV001.MOD was recorded
///
/// Source: cards of such cameras; Sony, XAVC S recording format (names of files).
enum FilmSidecar {
  private static let filmEndings = [
    "mp4", "mov", "mts", "m2ts", "mxf", "avi", "mod", "tod", "360", "insv", "m4v", "mkv", "3gp",
  ]
  private static let plainEndings = [".srt", ".thm", ".lrv", ".lrf", ".moi"]
  private static let description = ".xml"

  /// The name of the film that a file belongs to, where such a film is there.
  ///
  /// - Parameters:
  ///   - name: of the file that may belong to a film.
  ///   - names: of the files in the same folder.
  static func subject(of name: ArraySlice<UInt8>, in names: some Sidecar.Names) -> [UInt8]? {
    guard name.count > 4, name[name.endIndex - 4] == UInt8(ascii: ".") else { return nil }
    let ending = String(decoding: name.suffix(4), as: UTF8.self).lowercased()
    let stem = Array(name.dropLast(4))
    if plainEndings.contains(ending) {
      return film(stem, in: names) ?? smallCopy(stem, ending).lazy.compactMap { film($0, in: names) }.first
    }
    guard ending == description else { return nil }
    // Sony: a letter for the kind and a number; Canon and Panasonic: the name as it is.
    if stem.count > 3, stem.suffix(3).elementsEqual("M01".utf8) {
      return film(Array(stem.dropLast(3)), in: names)
    }
    return film(stem, in: names)
  }

  private static func film(_ stem: [UInt8], in names: some Sidecar.Names) -> [UInt8]? {
    for ending in filmEndings {
      for spelling in [ending.uppercased(), ending] {
        let candidate = stem + [UInt8(ascii: ".")] + Array(spelling.utf8)
        if names.contains(candidate) { return candidate }
      }
    }
    return nil
  }

  /// What the film of a GoPro's small copy may be called: GL, where the film has GX or GH.
  private static func smallCopy(_ stem: [UInt8], _ ending: String) -> [[UInt8]] {
    guard ending == ".lrv", stem.starts(with: "GL".utf8) else { return [] }
    return ["GX", "GH", "GO"].map { Array($0.utf8) + stem.dropFirst(2) }
  }
}

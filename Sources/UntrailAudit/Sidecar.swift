/// Files that describe a picture beside them: `IMG_1.jpg.xmp` and `IMG_1.xmp` for `IMG_1.jpg`.
enum Sidecar {
  private static let ending = Array(".xmp".utf8)
  /// The endings of pictures that get sidecars: raws first, since programs write sidecars for those.
  private static let pictureEndings = [
    "dng", "cr2", "cr3", "nef", "arw", "orf", "rw2", "raf", "pef", "srw", "heic", "heif", "jpg", "jpeg",
    "png", "tif", "tiff", "webp", "avif", "jxl", "psd", "mp4", "mov",
  ]

  /// The name of the file that a file describes by its name, where such a file is there.
  ///
  /// - Parameters:
  ///   - name: of the file that may be a sidecar.
  ///   - exists: whether a name is in the same folder.
  static func subject(of name: ArraySlice<UInt8>, exists: ([UInt8]) -> Bool) -> [UInt8]? {
    guard name.count > ending.count,
      name.suffix(ending.count).map({ $0 | 0x20 }).elementsEqual(ending)
    else { return nil }
    let stem = Array(name.dropLast(ending.count))
    if stem.contains(UInt8(ascii: ".")), exists(stem) { return stem }
    for ending in pictureEndings {
      for spelling in [ending, ending.uppercased()] {
        let candidate = stem + [UInt8(ascii: ".")] + Array(spelling.utf8)
        if exists(candidate) { return candidate }
      }
    }
    return nil
  }
}

/// Files that describe a picture beside them: `IMG_1.jpg.xmp` and `IMG_1.xmp` for `IMG_1.jpg`, and what Google Photos
/// writes.
enum Sidecar {
  /// The names in a folder.
  protocol Names {
    func contains(_ name: [UInt8]) -> Bool
    /// Names that start with some bytes, as far as they are few.
    func starting(with start: [UInt8]) -> [[UInt8]]
  }

  /// The endings of pictures that get sidecars: raws first, since programs write sidecars for those.
  private static let pictureEndings = [
    "dng", "cr2", "cr3", "nef", "arw", "orf", "rw2", "raf", "pef", "srw", "heic", "heif", "jpg", "jpeg",
    "png", "tif", "tiff", "webp", "avif", "jxl", "psd", "gif", "mp4", "mov", "m4v", "3gp",
  ]

  /// The name of the file that a file describes by its name, where such a file is there.
  ///
  /// - Parameters:
  ///   - name: of the file that may be a sidecar.
  ///   - names: of the files in the same folder.
  static func subject(of name: ArraySlice<UInt8>, in names: some Names) -> [UInt8]? {
    if let stem = stem(of: name, without: ".xmp") {
      if stem.contains(UInt8(ascii: ".")), names.contains(stem) { return stem }
      return picture(stem, [], in: names)
    }
    return stem(of: name, without: ".json").flatMap { GooglePhotosName($0).subject(in: names) }
  }

  private static func stem(of name: ArraySlice<UInt8>, without ending: String) -> [UInt8]? {
    guard name.count > ending.utf8.count,
      zip(name.suffix(ending.utf8.count), ending.utf8).allSatisfy({ $0 | 0x20 == $1 | 0x20 })
    else { return nil }
    return Array(name.dropLast(ending.utf8.count))
  }

  /// The picture with a name that has lost its ending.
  fileprivate static func picture(_ stem: [UInt8], _ number: [UInt8], in names: some Names) -> [UInt8]? {
    for ending in pictureEndings {
      for spelling in [ending, ending.uppercased()] {
        let candidate = stem + number + [UInt8(ascii: ".")] + Array(spelling.utf8)
        if names.contains(candidate) { return candidate }
      }
    }
    return nil
  }

  fileprivate static func isPicture(_ name: [UInt8]) -> Bool {
    guard let dot = name.lastIndex(of: UInt8(ascii: ".")) else { return false }
    return pictureEndings.contains(String(decoding: name[(dot + 1)...], as: UTF8.self).lowercased())
  }
}

/// The name of a file of Google Photos about a picture, without ".json". Google cuts it to 46 characters, anywhere.
///
///     IMG_1.jpg                             until 2024
///     IMG_1.jpg.supplemental-metadata       since; often cut, down to "IMG_1.jpg."
///     IMG_1.jpg(2)                          of IMG_1(2).jpg
///     IMG_1.jpg.supplemental-metadata(2)    of IMG_1(2).jpg, too
///
/// Source: published exports.
private struct GooglePhotosName {
  private static let word = Array("supplemental-metadata".utf8)
  /// Bytes that a name that was cut has at least.
  private static let cutLength = 40

  private var stem: [UInt8]
  /// "(2)", where several pictures have the same name.
  private var number: [UInt8] = []

  init(_ stem: [UInt8]) {
    self.stem = stem
    guard stem.last == UInt8(ascii: ")"), let start = stem.lastIndex(of: UInt8(ascii: "(")),
      stem.count - start > 2, start > 0,
      stem[(start + 1)...].dropLast().allSatisfy({ (0x30...0x39).contains($0) })
    else { return }
    number = Array(stem[start...])
    self.stem = Array(stem[..<start])
  }

  func subject(in names: some Sidecar.Names) -> [UInt8]? {
    for stem in stems {
      if let dot = stem.lastIndex(of: UInt8(ascii: ".")), dot > 0 {
        let candidate = Array(stem[..<dot]) + number + Array(stem[dot...])
        if Sidecar.isPicture(candidate), names.contains(candidate) { return candidate }
      }
      if let picture = Sidecar.picture(stem, number, in: names) { return picture }
    }
    guard stem.count >= Self.cutLength else { return nil }
    return names.starting(with: stem).first { name in
      guard Sidecar.isPicture(name), let dot = name.lastIndex(of: UInt8(ascii: ".")) else { return false }
      return number.isEmpty || name[..<dot].suffix(number.count).elementsEqual(number)
    }
  }

  /// The name without the word behind it, however much of that is left; then as it is.
  private var stems: [[UInt8]] {
    guard let dot = stem.lastIndex(of: UInt8(ascii: ".")), dot > 0,
      Self.word.starts(with: stem[(dot + 1)...])
    else { return [stem] }
    return [Array(stem[..<dot]), stem]
  }
}

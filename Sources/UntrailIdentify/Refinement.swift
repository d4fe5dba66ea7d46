internal import UntrailModel

/// What libmagic's answer is refined to where it stops short of what a reader needs to know.
enum Refinement {
  /// The first that matches wins.
  private static let sniffs =
    Sniff.pictures + Sniff.markup + Sniff.packages + Sniff.settings + Sniff.exports + Sniff.texts

  static func refine(_ answer: String, _ prefix: UnsafeRawBufferPointer) -> MediaType {
    for sniff in sniffs where sniff.mediaType != answer && sniff.answers.contains(answer) {
      if sniff.matches(prefix) {
        return MediaType(sniff.mediaType, magicName: answer, refinement: sniff.name)
      }
    }
    return MediaType(answer)
  }
}

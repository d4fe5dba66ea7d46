import Testing
import UntrailModel
import UntrailReaders

@Suite("SVG")
struct SVGTests {
  static let drawing = """
    <?xml version="1.0" encoding="UTF-8" standalone="no"?>
    <!-- Created with Kestrel Draw (http://example.org/) -->
    <!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd">
    <svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"
      xmlns:inkscape="http://www.inkscape.org/namespaces/inkscape"
      xmlns:sodipodi="http://sodipodi.sourceforge.net/DTD/sodipodi-0.dtd" sodipodi:docname="ferry.svg"
      inkscape:export-filename="/home/mara/ferry.png" inkscape:version="1.2">
      <title>Ferry</title>
      <metadata>
        <rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:cc="http://creativecommons.org/ns#"
          xmlns:dc="http://purl.org/dc/elements/1.1/">
          <cc:Work rdf:about=""><dc:format>image/svg+xml</dc:format><dc:date>2026-07-14</dc:date>
            <dc:creator><cc:Agent><dc:title>Mara Example</dc:title></cc:Agent></dc:creator></cc:Work>
        </rdf:RDF>
      </metadata>
      <g><title>Hull</title><path d="M 0 0 L 10 10"/></g>
      <image xlink:href="file:///home/mara/hull.png"/>
      <image xlink:href="data:image/png;base64,AAAA"/>
    </svg>
    """

  @Test("reads")
  func reads() throws {
    let bytes = Array(Self.drawing.utf8)
    let result = read(bytes, as: "image/svg+xml")
    #expect(
      result.fullFacts == [
        "software generator SVG:Comment=Kestrel Draw (http://example.org/)",
        "link original-file-name SVG-sodipodi:Docname=ferry.svg",
        "link path SVG-inkscape:Export-filename=/home/mara/ferry.png",
        "software generator SVG-inkscape:Version=Inkscape 1.2", "text title SVG:Title=Ferry",
        "link path SVG:Href=file:///home/mara/hull.png", "person creator XMP-dc:CreatorTitle=Mara Example",
      ])
    #expect(result.timestamp(of: "XMP-dc:Date")?.precision == .day)
    #expect(result.codes == ["embedded-picture-not-read"])
    let title = try #require(result.observations.first { $0.role == .title })
    #expect(bytes[try #require(title.offset)...].starts(with: "Ferry".utf8))
  }

  @Test("is clean")
  func isClean() {
    let drawing = "<svg xmlns='http://www.w3.org/2000/svg' width='4'><g><title>Hull</title></g></svg>"
    let result = read(Array(drawing.utf8), as: "image/svg+xml")
    #expect(result.observations.isEmpty)
    #expect(result.diagnostics.isEmpty)
  }

  @Test("is damaged: cut anywhere")
  func isCut() {
    let bytes = Array(Self.drawing.utf8)
    for length in 1..<(bytes.count - 1) {
      let result = read(Array(bytes.prefix(length)), as: "image/svg+xml")
      #expect(result.isDamaged, "cut at \(length)")
      #expect(result.locations.isEmpty)
    }
  }

  @Test("is damaged: bytes changed at random")
  func isMangled() {
    var random = SeededGenerator(seed: 7)
    for _ in 0..<300 {
      var bytes = Array(Self.drawing.utf8)
      for _ in 0..<8 {
        bytes[Int.random(in: 0..<bytes.count, using: &random)] = UInt8.random(in: 0...255, using: &random)
      }
      #expect(read(bytes, as: "image/svg+xml").locations.isEmpty)
    }
  }
}

internal import UntrailModel

/// Layers that are not shown when the document is opened: somebody may have hidden them and thought them gone.
///
///     /OCProperties << /OCGs [ 5 0 R 6 0 R ] /D << /BaseState /ON /OFF [ 6 0 R ] >> >>
///
/// Source: ISO 32000-2:2020, section 8.11.4.
enum PDFLayers {
  static func observe(_ catalog: PDFDictionary, _ session: inout PDFSession, into result: inout ReadResult) {
    guard let properties = session.dictionary(catalog["OCProperties"]),
      let settings = session.dictionary(properties["D"])
    else { return }
    let all = session.array(properties["OCGs"]).compactMap(\.reference)
    var hidden = Set(session.array(settings["OFF"]).compactMap(\.reference))
    if session.value(settings["BaseState"])?.name == "OFF" {
      hidden.formUnion(all)
      hidden.subtract(session.array(settings["ON"]).compactMap(\.reference))
    }
    for reference in all where hidden.contains(reference) {
      guard let layer = session.dictionary(.reference(reference)) else { continue }
      session.addHidden(.hiddenContent, nil, "PDF:HiddenLayer", at: layer.place, into: &result)
      session.add(.label, layer["Name"], "PDF:HiddenLayerName", into: &result) { .text($0) }
    }
  }
}

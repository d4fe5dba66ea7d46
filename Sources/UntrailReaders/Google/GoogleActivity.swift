internal import UntrailModel

/// My Activity, as JSON: what somebody did with Google's products.
///
///     [{"header": "Maps", "title": "Searched for Louvre", "titleUrl": "https://www.google.com/maps/...",
///       "time": "2024-04-28T21:09:02.123Z", "products": ["Maps"],
///       "locationInfos": [{"name": "At this general area", "source": "From your device",
///                          "url": "https://www.google.com/maps/@?api=1&map_action=map&center=48.86,2.29&zoom=12"}]}]
///
/// Source: published exports.
enum GoogleActivity {
  /// - Returns: false where the record is none of My Activity.
  static func take(_ record: JSONValue, _ facts: ExportFacts) -> Bool {
    guard record[.header] != nil, let title = record[.title], let time = record[.time] else { return false }
    facts.add(.history, title, "GoogleActivity:title") { .text($0) }
    for product in record[.products]?.children ?? [] {
      facts.add(.application, product, "GoogleActivity:products") { .software($0) }
    }
    if let link = record[.titleURL], let text = link.text { takeLink(text, at: link.offset, facts) }
    for info in record[.locationInfos]?.children ?? [] {
      guard let link = info[.url], let text = link.text else { continue }
      takeWhereabouts(text, JSONTime(time), at: link.offset, facts)
    }
    return true
  }

  /// A place that was looked at or asked the way to.
  static func takeLink(_ text: String, at offset: Int?, _ facts: ExportFacts) {
    guard let link = MapsLink(text),
      let coordinate = facts.coordinate(link.latitude, link.longitude, at: offset)
    else { return }
    facts.addPlace(
      link.isRoute ? .destination : .saved, Location(coordinate: coordinate), "GoogleActivity:titleUrl",
      at: offset)
  }

  /// The area that somebody was in.
  static func takeWhereabouts(_ text: String, _ time: JSONTime?, at offset: Int?, _ facts: ExportFacts) {
    guard let link = MapsLink(text),
      let coordinate = facts.coordinate(link.latitude, link.longitude, at: offset)
    else { return }
    facts.addHistory(coordinate, time, "GoogleActivity:locationInfos", at: offset)
  }
}

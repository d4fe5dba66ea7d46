internal import UntrailModel

/// The days and hours of the files, as pictures and as tables.
extension ScanPageWriter {
  /// What one bar stands for.
  private enum Unit {
    case day, month, year

    var column: PageMessage {
      switch self {
      case .day: .columnDay
      case .month: .columnMonth
      case .year: .columnYear
      }
    }

    var word: PageMessage {
      switch self {
      case .day: .unitDay
      case .month: .unitMonth
      case .year: .unitYear
      }
    }

    /// The number of the unit that holds a day; units that follow each other have numbers that do.
    func number(_ day: Int64) -> Int64 {
      let date = CivilDate.date(days: day)
      return switch self {
      case .day: day
      case .month: Int64(date.year * 12 + date.month - 1)
      case .year: Int64(date.year)
      }
    }

    func name(_ number: Int64) -> String {
      switch self {
      case .day: return Markup.day(number)
      case .month:
        let month = Int(number % 12) + 1
        return "\(number / 12)-\(month < 10 ? "0" : "")\(month)"
      case .year: return "\(number)"
      }
    }
  }

  func writeTimeline(_ movement: Movement, into page: Markup) {
    section("time", into: page) {
      if let (first, last) = days.window {
        let unit: Unit = last - first <= PageDays.drawnDays ? .day : last - first <= 20 * 365 ? .month : .year
        writeBars(unit, from: unit.number(first), to: unit.number(last), into: page)
      } else {
        page.element("p", "", html(.timeNone))
      }
      writeHours(movement.hoursOfWeek, into: page)
      writeJourneys(movement.journeys, into: page)
    }
  }

  private func writeBars(_ unit: Unit, from first: Int64, to last: Int64, into page: Markup) {
    let all = days.counts.reduce(into: [Int64: Int]()) { $0[unit.number($1.key), default: 0] += $1.value }
    let counts = all.filter { (first...last).contains($0.key) }
    let outside = all.reduce(days.restCount) { $0 + ($1.key < first || $1.key > last ? $1.value : 0) }
    let most = max(counts.values.max() ?? 1, 1)
    let height = 160.0
    let left = 50.0
    let step = (800 - left) / Double(max(last - first + 1, 1))
    let values = [
      "unit": html(unit.word), "first": unit.name(first), "last": unit.name(last), "most": "\(most)",
    ]
    page.put(
      "<figure>\n<svg class=\"chart\" viewBox=\"0 0 800 220\" role=\"img\" aria-labelledby=\"bars-title bars-text\">\n"
    )
    page.element("title", "id=\"bars-title\"", html(.timeCaption))
    page.element("desc", "id=\"bars-text\"", html(.timeDescription, values))
    for (level, word) in [(most, "\(most)"), (0, "0")] {
      let y = Markup.decimal(180 - height * Double(level) / Double(most))
      page.put("<path class=\"grid\" d=\"M\(Markup.decimal(left)) \(y)H800\"/>")
      page.put("<text class=\"end\" x=\"44\" y=\"\(y)\" dy=\".35em\">\(word)</text>\n")
    }
    for (place, count) in counts.sorted(by: { $0.key < $1.key }) {
      let barHeight = max(2, height * Double(count) / Double(most))
      page.put(
        "<rect class=\"bar\" x=\"\(Markup.decimal(left + Double(place - first) * step, 2))\" "
          + "y=\"\(Markup.decimal(180 - barHeight))\" width=\"\(Markup.decimal(max(1.5, step * 0.8), 2))\" "
          + "height=\"\(Markup.decimal(barHeight))\"/>\n")
    }
    page.put("<text x=\"\(Markup.decimal(left))\" y=\"208\">\(unit.name(first))</text>")
    if last > first { page.put("<text class=\"end\" x=\"796\" y=\"208\">\(unit.name(last))</text>") }
    page.put("\n</svg>\n")
    page.element(
      "figcaption", "",
      [
        html(.timeDescription, values), html(.timeZoneNote),
        outside > 0 ? html(.timeOutside, ["count": number(outside)]) : "",
      ].joined(separator: " "))
    page.put("</figure>\n")
    let rows = all.sorted { $0.key < $1.key }
    page.put("<details>\n<summary>\(html(.timeFold, ["count": number(rows.count)]))</summary>\n")
    page.table(
      caption: html(.timeCaption), columns: [(html(unit.column), false), (html(.columnFiles), true)],
      rows: rows.prefix(limits.timeRows).map { [unit.name($0.key), number($0.value)] }, isStacked: false)
    let rest = rows.dropFirst(limits.timeRows).count
    if rest > 0 { page.element("p", "", html(.timeMore, ["count": number(rest)])) }
    page.put("</details>\n")
  }

  private func writeHours(_ hours: [Int], into page: Markup) {
    guard hours.count == 168, let most = hours.max(), most > 0 else { return }
    page.element("h3", "", html(.hoursHeading))
    guard redactor.level != .share else { return page.element("p", "", html(.hoursWithheld)) }
    let weekdays: [PageMessage] = [.monday, .tuesday, .wednesday, .thursday, .friday, .saturday, .sunday]
    let (left, width, height) = (130.0, 27.5, 24.0)
    page.put(
      "<figure>\n<svg class=\"chart week\" viewBox=\"0 0 800 210\" role=\"img\" aria-labelledby=\"hours-title hours-text\">\n"
    )
    page.element("title", "id=\"hours-title\"", html(.hoursCaption))
    page.element("desc", "id=\"hours-text\"", html(.hoursDescription))
    for (weekday, message) in weekdays.enumerated() {
      let y = 6 + height * Double(weekday)
      page.put(
        "<text class=\"end\" x=\"120\" y=\"\(Markup.decimal(y + height / 2))\" dy=\".35em\">\(html(message))</text>\n"
      )
      for hour in 0..<24 {
        let x = left + width * Double(hour)
        let box =
          "x=\"\(Markup.decimal(x))\" y=\"\(Markup.decimal(y))\" width=\"\(Markup.decimal(width))\" height=\"\(Markup.decimal(height))\""
        let count = hours[weekday * 24 + hour]
        if count > 0 {
          let shade = 0.2 + 0.8 * Double(count) / Double(most)
          page.put("<rect class=\"heat\" \(box) fill-opacity=\"\(Markup.decimal(shade, 2))\"/>")
        }
        page.put("<rect class=\"cell\" \(box)/>\n")
      }
    }
    for hour in stride(from: 0, through: 18, by: 6) {
      page.put(
        "<text x=\"\(Markup.decimal(left + width * Double(hour)))\" y=\"196\">\(hour < 10 ? "0" : "")\(hour):00</text>\n"
      )
    }
    page.put("</svg>\n")
    page.element("figcaption", "", html(.hoursDescription))
    page.put("</figure>\n<details>\n<summary>\(html(.hoursFold))</summary>\n")
    page.table(
      caption: html(.hoursCaption),
      columns: [(html(.columnWeekday), false)] + (0..<24).map { ("\($0)", true) },
      rows: weekdays.enumerated().map { weekday, message in
        [html(message)] + (0..<24).map { number(hours[weekday * 24 + $0]) }
      }, isStacked: false, style: "hours")
    page.put("</details>\n")
  }

  private func writeJourneys(_ journeys: [Journey], into page: Markup) {
    guard !journeys.isEmpty else { return }
    let isShare = redactor.level == .share
    // Kilometres; to ten of them unless the report is exact.
    let unit = redactor.isExact ? 1000.0 : 10_000
    var columns = [
      (html(.columnFirst), false), (html(.columnLast), false), (html(.columnNights), true),
    ]
    if !isShare { columns += [(html(.columnCountries), false), (html(.columnDistance), true)] }
    page.table(
      caption: html(.journeysCaption), columns: columns,
      rows: journeys.suffix(limits.places).reversed().map { journey in
        let distance = Int((journey.distance / unit).rounded() * unit / 1000)
        return [
          day(CivilDate.floorDivide(journey.start, 86_400)), day(CivilDate.floorDivide(journey.end, 86_400)),
          number(journey.nights),
          journey.countries.map { isolated(TerminalText.escaped($0)) }.joined(separator: ", "),
          html(.distanceKilometres, ["count": number(distance)]),
        ]
      })
  }
}

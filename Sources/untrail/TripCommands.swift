import ArgumentParser
import UntrailModel
import UntrailReports
import UntrailRules

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// The profile that a command works with.
enum TripSelection {
  /// Reads a profile, and adds the calendars that it asks for.
  ///
  /// - Parameter roots: what is looked at; a profile inside them is refused, since whoever made the files could have
  ///   made the profile.
  /// - Throws: `CommandFailure` for a file that cannot be read, and for a mistake in it.
  static func load(_ path: String, notInside roots: [String] = []) throws -> TripProfile {
    if let root = roots.first(where: { PathRelation.isInside(path, $0) }) {
      throw CommandFailure.usage(
        "--trip: \(TerminalText.escaped(path)) is inside \(TerminalText.escaped(root)); a profile is never taken "
          + "from the folder that is looked at")
    }
    let result: TripProfileParser.Result
    do { result = try TripProfileParser.load(path) } catch { throw CommandFailure.usage(error.description) }
    var trip = result.profile
    let calendars = result.calendars ?? trip.countries + trip.transit
    let known = Set(TripCalendars.entries.map(\.country))
    if let unknown = result.calendars?.first(where: { !known.contains($0) }) {
      throw CommandFailure.usage(
        "\(path): calendars: there is no calendar \(TerminalText.escaped(unknown)); all of them: untrail trip calendars"
      )
    }
    trip.sensitiveDates += TripCalendars.dates(of: calendars)
    return trip
  }
}

struct Trip: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "trip",
    abstract: "Makes and checks a trip profile: where you go, when, and what must not come out.",
    discussion: """
      Examples:
        untrail trip init
        untrail trip check trip.yaml
        untrail scan --trip trip.yaml ~/Export
      """,
    subcommands: [Init.self, Check.self, Calendars.self])

  struct Init: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "init", abstract: "Writes a profile to fill in.",
      discussion: """
        Examples:
          untrail trip init
          untrail trip init --output ~/desk/trip.yaml
        """)

    @Option(help: ArgumentHelp("The file to write; it must not exist.", valueName: "file"))
    var output = "trip.yaml"

    func run() throws {
      let descriptor = open(output, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
      guard descriptor >= 0 else {
        let reason =
          errno == EEXIST ? "is there already" : "cannot be made: \(String(cString: strerror(errno)))"
        throw CommandFailure.usage("--output: \(TerminalText.escaped(output)) \(reason)")
      }
      defer { close(descriptor) }
      try Array(Self.template.utf8).withUnsafeBytes { try Terminal.write($0, to: descriptor, name: output) }
      try Terminal.write(
        Array(
          """
          \(TerminalText.escaped(output)) is made. Fill it in, then: untrail scan --trip \(TerminalText.escaped(output)) FOLDER
          It says where you go and whom you protect: leave it with your desk, off the devices that travel.

          """.utf8), to: 1)
    }

    /// Every key, with a comment; what is not a comment is valid as it stands.
    static let template = """
      # Where you go. Countries by their two letters (ISO 3166-1), in the order of the trip.
      name: "My trip"
      countries: [CN]
      # Countries that you pass through.
      transit: [DE]
      # First and last day.
      from: 2027-03-01
      to: 2027-03-14

      # Dates on which somebody looks harder come from the calendars of these countries. Your own:
      sensitiveDates:
        - {date: 2027-03-08, name: "Day of the hearing"}

      # Places that no file may lead to: your home, your office, the street of a source. Radius in metres.
      protectedPlaces:
        - {name: "Home", latitude: 48.85837, longitude: 2.29448, radius: 300}

      # Names that must not stand in any file.
      protectedNames: ["Sam Sample"]

      # The devices that travel, as their make or model says.
      devices: ["Kestrel K7"]

      """
  }

  struct Check: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "check", abstract: "Says what is understood of a profile.",
      discussion: """
        Examples:
          untrail trip check trip.yaml
        """)

    @Argument(help: "The profile.", completion: .file())
    var file: String

    func run() throws {
      let trip = try TripSelection.load(file)
      func days(_ range: ClosedRange<Int64>) -> String {
        CivilDate.text(range.lowerBound) + " to " + CivilDate.text(range.upperBound)
      }
      var lines = [
        "Countries: " + (trip.countries.isEmpty ? "none" : trip.countries.joined(separator: ", ")),
        "Transit: " + (trip.transit.isEmpty ? "none" : trip.transit.joined(separator: ", ")),
        "Days: " + (trip.days.map(days) ?? "not given"),
        "Protected places: \(trip.protectedPlaces.count)",
        "Protected names: \(trip.protectedNames.count)",
        "Devices: \(trip.devices.count)",
      ]
      let near = trip.sensitiveDates.filter { date in trip.days.map { $0.overlaps(date.days) } ?? false }
      lines.append("Sensitive dates in these days: \(near.count)")
      for date in near.sorted(by: { ($0.days.lowerBound, $0.name) < ($1.days.lowerBound, $1.name) }) {
        // What the profile names itself stays in it.
        let name = date.source.isEmpty ? "of your own" : date.name
        lines.append("  \(days(date.days))  \(date.country)  \(TerminalText.escaped(name))")
      }
      try Terminal.write(Array((lines.joined(separator: "\n") + "\n").utf8), to: 1)
    }
  }

  struct Calendars: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "calendars",
      abstract: "Lists the sensitive dates that come with the program.",
      discussion: """
        Examples:
          untrail trip calendars
          untrail trip calendars CN
        """)

    @Argument(help: ArgumentHelp("Only this country, by its two letters.", valueName: "country"))
    var country: String?

    func run() throws {
      let entries = TripCalendars.entries.filter { country == nil || $0.country == country?.uppercased() }
      guard !entries.isEmpty else {
        throw CommandFailure.usage("there is no calendar of \(TerminalText.escaped(country ?? ""))")
      }
      var text = ""
      for entry in entries {
        let days = entry.first == entry.last ? entry.first : "\(entry.first) to \(entry.last)"
        text += "\(entry.country)  \(days)  \(entry.name)  (how sure: \(entry.confidence); \(entry.source))\n"
      }
      try Terminal.write(Array(text.utf8), to: 1)
    }
  }
}

extension CivilDate {
  /// A day as YYYY-MM-DD.
  static func text(_ day: Int64) -> String {
    let (year, month, date) = date(days: day)
    func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
    return "\(year)-\(two(month))-\(two(date))"
  }
}

import Testing
import UntrailModel
import UntrailReaders

@Suite("databases")
struct DatabaseTests {
  private static let type = "application/vnd.sqlite3"

  private static func read(_ orders: String) -> ReadResult {
    let database = DatabaseBuilder.database(orders)
    #expect(!database.isEmpty)
    return UntrailTests.read(database, as: type)
  }

  private static let spots = """
    CREATE TABLE spots (id INTEGER PRIMARY KEY, name TEXT, latitude REAL, longitude REAL, time INTEGER);
    INSERT INTO spots VALUES (1, 'Tower', 48.85837, 2.294481, 1784539800), (2, 'Clock', 51.500833, -0.121944, 1784547000);
    """

  @Test("a table with places and times is a history")
  func reads() throws {
    let result = Self.read(Self.spots)
    let track = try #require(result.tracks(.history).first)
    #expect(track.pointCount == 2 && track.start == 1_784_539_800 && track.end == 1_784_547_000)
    #expect(result.observations.map(\.field) == ["SQLite:spots-latitude"])
    #expect(result.diagnostics.isEmpty)
  }

  @Test(
    "columns of positions have many names and scales",
    arguments: [
      ("lat REAL, lng REAL", "48.5, 2.25"), ("ZLATITUDE FLOAT, ZLONGITUDE FLOAT", "48.5, 2.25"),
      ("gps_lat, gps_lon", "'48.5', '2.25'"), ("poilat REAL, poilon REAL", "48.5, 2.25"),
      ("latitudeE7 INTEGER, longitudeE7 INTEGER", "485000000, 22500000"),
      ("lat_e6 INTEGER, lon_e6 INTEGER", "48500000, 2250000"),
      ("Breitengrad REAL, Längengrad REAL", "48.5, 2.25"), ("startLat REAL, startLong REAL", "48.5, 2.25"),
      ("lat INTEGER, lon INTEGER", "485000000, 22500000"),
    ])
  func names(_ columns: String, _ values: String) {
    let result = Self.read("CREATE TABLE a (\(columns)); INSERT INTO a VALUES (\(values));")
    #expect(result.places(with: .saved).map(\.coordinate) == [Coordinate(latitude: 48.5, longitude: 2.25)])
  }

  @Test("what is no position of somebody gives none")
  func none() {
    let result = Self.read(
      """
      CREATE TABLE area (minlat REAL, minlon REAL); INSERT INTO area VALUES (48.5, 2.25);
      CREATE TABLE photo (ZLATITUDE REAL, ZLONGITUDE REAL); INSERT INTO photo VALUES (-180, -180), (NULL, NULL);
      CREATE TABLE whole (lat INTEGER, lon INTEGER); INSERT INTO whole VALUES (48500000, 2250000);
      CREATE TABLE related (relation_id INTEGER, flat TEXT); INSERT INTO related VALUES (1, '2');
      CREATE VIEW places AS SELECT 48.5 AS lat, 2.25 AS lon;
      CREATE TABLE made (a INTEGER, lat REAL AS (a * 1.5), lon REAL AS (a * 2.5)); INSERT INTO made(a) VALUES (3);
      """)
    #expect(result.locations.isEmpty)
    #expect(result.codes == ["position-scale"])
  }

  @Test(
    "times are counted from several beginnings",
    arguments: [
      "1784539800", "1784539800000", "1784539800000000", "806232600", "13429013400000000",
      "'2026-07-20T09:30:00Z'",
    ])
  func times(_ time: String) {
    let result = Self.read(
      "CREATE TABLE a (lat REAL, lon REAL, ZTIMESTAMP); INSERT INTO a VALUES (48.5, 2.25, \(time));")
    #expect(result.tracks(.history).first?.start == 1_784_539_800)
  }

  @Test("programs that are known")
  func known() {
    let result = Self.read(
      """
      CREATE TABLE message_location (latitude REAL, longitude REAL, place_name TEXT);
      INSERT INTO message_location VALUES (48.8606, 2.3376, 'Museum');
      CREATE TABLE jid (user TEXT, server TEXT, raw_string TEXT);
      INSERT INTO jid VALUES ('33199001234', 's.whatsapp.net', '33199001234@s.whatsapp.net'), ('1-2', 'g.us', '1-2@g.us');
      CREATE TABLE keyword_search_terms (term TEXT); INSERT INTO keyword_search_terms VALUES ('museum hours');
      CREATE TABLE urls (url TEXT); INSERT INTO urls VALUES ('https://www.google.com/maps/@48.8584,2.2945,17z');
      CREATE TABLE ABPerson (First TEXT, Last TEXT); INSERT INTO ABPerson VALUES ('Mara', 'Example');
      CREATE TABLE notes (body TEXT); INSERT INTO notes VALUES ('mara@example.org'), ('write to sam@example.org');
      """)
    #expect(result.places(with: .shared).count == 1 && result.places(with: .searched).count == 1)
    #expect(result.texts(.place, .landmark) == ["Museum"])
    #expect(result.texts(.contact, .phone) == ["+33199001234"])
    #expect(result.texts(.contact, .email) == ["mara@example.org"])
    #expect(result.texts(.text, .searched) == ["museum hours"])
    #expect(result.texts(.person, .contact) == ["Mara", "Example"])
  }

  @Test("a database without places is clean")
  func clean() {
    let result = Self.read("CREATE TABLE a (b TEXT, c INTEGER); INSERT INTO a VALUES ('word', 1784539800);")
    #expect(result.observations.isEmpty && result.diagnostics.isEmpty)
  }

  @Test("content that may stand beside is said")
  func beside() {
    var database = DatabaseBuilder.database(Self.spots)
    (database[18], database[19]) = (2, 2)
    let result = UntrailTests.read(database, as: Self.type)
    #expect(result.codes == ["write-ahead-log"] && result.tracks(.history).count == 1)
  }

  @Test("a schema that gives orders is not followed")
  func orders() {
    let result = Self.read(
      Self.spots
        + """
        CREATE TRIGGER t AFTER INSERT ON spots BEGIN DELETE FROM spots; END;
        CREATE TABLE odd ("a""b" TEXT, "select" TEXT); INSERT INTO odd VALUES ('sam@example.org', 'x');
        """)
    #expect(result.texts(.contact, .email) == ["sam@example.org"] && !result.isDamaged)
  }

  @Test("damage")
  func damaged() {
    let database = DatabaseBuilder.database(Self.spots)
    surviveChanges(database, as: Self.type, rounds: 600)
    let whole = Set(UntrailTests.read(database, as: Self.type).allPlaces)
    for length in stride(from: 0, to: database.count, by: 7) {
      let result = UntrailTests.read(Array(database.prefix(length)), as: Self.type)
      #expect(result.isDamaged && whole.isSuperset(of: result.allPlaces), "cut at \(length)")
    }
  }

  @Test("the file beside a database is read by itself where the names of the tables are in it")
  func logs() {
    let database = DatabaseBuilder.database(Self.spots)
    let type = "application/x-sqlite-wal"
    let log = DatabaseBuilder.log(of: database)
    let result = UntrailTests.read(log, as: type)
    #expect(result.tracks(.history).first?.pointCount == 2 && result.diagnostics.isEmpty)
    #expect(
      UntrailTests.read(DatabaseBuilder.log(of: database, leavingOut: [1]), as: type).codes == [
        "write-ahead-log"
      ])
    let part = UntrailTests.read(DatabaseBuilder.log(of: database, leavingOut: [2]), as: type)
    #expect(part.codes == ["write-ahead-log"] && part.allPlaces.isEmpty)
    #expect(UntrailTests.read(Array(log.prefix(32)), as: type).diagnostics.isEmpty)
    surviveChanges(log, as: type)
    for length in stride(from: 0, to: log.count, by: 7) {
      #expect(UntrailTests.read(Array(log.prefix(length)), as: type).allPlaces.isEmpty, "cut at \(length)")
    }
  }
}

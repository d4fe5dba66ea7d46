/// Every human word of the HTML report, as templates: `{name}` is a place that a value fills.
///
/// Counts stand behind a colon, so that no language has to decline a noun by a number.
package enum PageMessage: String, CaseIterable, Sendable {
  // Page
  case title, skip, contents, incomplete, degraded, noFiles, suppressed
  case privacyExact, privacyCoarse, privacyShare
  case factTool, factRules, factLevel, factIsolation, factDay, factFiles, factFindings, factRoots
  case rootsHidden, endNote, noScript
  // First steps and joined facts
  case stepsHeading, stepHelps, stepsNone, joinedHeading
  // Map
  case mapHeading, mapWithheld, mapNoData, mapDescription, mapLegend, mapNoticeCoarse, mapNoticeExact
  case mapAll, mapCloser, mapCaption, mapPositionsCaption, mapMore, mapPositionsFold, mapScale, mapSource
  case placeHome, placeWork, placeOther, legendHome, legendWork, legendPlace, legendPosition, legendTrip
  case legendAccuracy, legendTown
  case columnNumber, columnPlace, columnWhat, columnTown, columnDays, columnNights, columnFirst, columnLast
  case columnFiles, columnAccuracy, columnTrips, accuracyMetres
  // Timeline
  case timeHeading, timeDescription, timeCaption, timeFold, timeNone, timeZoneNote, timeOutside, timeMore
  case unitDay, unitMonth, unitYear, columnYear, columnDay, columnMonth, hoursHeading, hoursDescription,
    hoursCaption, hoursFold, hoursWithheld
  case monday, tuesday, wednesday, thursday, friday, saturday, sunday, columnWeekday
  case journeysCaption, columnCountries, columnDistance, distanceKilometres
  // Devices
  case devicesHeading, devicesCaption, devicesNone, devicesMore, columnDevice, columnSigns, columnSureness
  case columnExamples, deviceNumber, deviceUnnamed, surenessHigh, surenessMiddle, surenessLow
  // Findings
  case findingsHeading, findingsNone, findingShows, findingWho, findingWhere, findingActions, findingExplain
  case findingMore, findingMoreGroups, findingFold, findingFiles, findingAll, countsLabel
  case severityCritical, severityHigh, severityMedium, severityLow, severityInfo, severityCount
  case groupRun, groupFolder, groupFiles, groupTimes, groupPlaces, groupZones, groupValues, groupDays
  case groupPeople, groupFirst
  // Coverage
  case coverageHeading, coverageCaption, columnCoverage, coverageRead, coveragePartial, coverageUnsupported
  case coverageEncrypted, coverageUnreadable, coverageFold, coverageMore, typesCaption, columnType
  case notReadHeading, closing
  case channelMakerNote, channelC2PA, channelXML, channelMap, channelRaster, channelPicture, channelRest
  case channelSequence, channelSamsung
  // Trailer
  case trailerHeading, trailerCounts, trailerSuppressed, yes, no

  package var english: String {
    switch self {
    case .title: "What these files could show"
    case .skip: "Skip to the report"
    case .contents: "Parts of this report"
    case .incomplete: "Incomplete: the run ended before all files were seen."
    case .degraded:
      "The files were read without the full protection against hostile files (isolation: {mode})."
    case .noFiles: "No file was there to read."
    case .suppressed: "Left out because you asked for it (--suppress): {count}"
    case .privacyExact:
      "This report holds exact places, times and names. Keep it as safe as the files."
    case .privacyCoarse:
      "Places are given to about 11 km, times to the day, names and serials as numbers. With --privacy exact, untrail shows all."
    case .privacyShare:
      "Paths, places, times, names and serials are replaced or rounded, so that this report can be shown."
    case .factTool: "Made with"
    case .factRules: "Rules"
    case .factLevel: "Privacy level"
    case .factIsolation: "Isolation"
    case .factDay: "Day of the audit"
    case .factFiles: "Files"
    case .factFindings: "Findings"
    case .factRoots: "Looked at"
    case .rootsHidden: "the folder"
    case .endNote: "This page ends with the part “{end}”. Where that part is missing, the file was cut."
    case .noScript: "This page holds no script and loads nothing from the network."
    case .stepsHeading: "What to do first"
    case .stepHelps: "Findings that this helps against: {count}"
    case .stepsNone: "No finding asks for a step."
    case .joinedHeading: "What the files say together"
    case .mapHeading: "Where"
    case .mapWithheld:
      "There is no map at the privacy level “share”, because a map tells where you were. Use --privacy coarse or exact for a report that stays with you."
    case .mapNoData: "No position was found, so there is no map."
    case .mapDescription:
      "Map from {south} to {north} degrees of latitude and {west} to {east} degrees of longitude. Places: {places}. Other positions: {positions}. The tables below hold the same facts."
    case .mapLegend: "What the marks mean"
    case .mapNoticeCoarse:
      "Every mark stands for an area of about 11 km. The circle shows how far the real place may be from the mark."
    case .mapNoticeExact: "Marks stand where the files say. A circle shows how inexact a position is."
    case .mapAll: "Everything"
    case .mapCloser: "A part of it, closer"
    case .mapCaption: "Places where you were again and again"
    case .mapPositionsCaption: "All positions on the map"
    case .mapPositionsFold: "All positions as a table: {count}"
    case .mapMore: "Not shown here: {count}. All of them: untrail scan --details FOLDER"
    case .mapScale: "{count} km"
    case .mapSource: "Borders, coasts and towns: the map inside untrail (Natural Earth, GeoNames)."
    case .placeHome: "probably home"
    case .placeWork: "probably work"
    case .placeOther: "place"
    case .legendHome: "Square: where you probably live"
    case .legendWork: "Diamond: where you probably work"
    case .legendPlace: "Circle with a number: a place where you were again and again"
    case .legendPosition: "Small dot: a position in a file"
    case .legendTrip: "Dashed line: a way from one stay to the next"
    case .legendAccuracy: "Pale circle: how far off the position may be"
    case .legendTown: "Small square with a name: a town, for orientation"
    case .columnNumber: "Number"
    case .columnPlace: "Position"
    case .columnWhat: "What"
    case .columnTown: "Nearest town"
    case .columnDays: "Days"
    case .columnNights: "Nights"
    case .columnFirst: "First"
    case .columnLast: "Last"
    case .columnFiles: "Files"
    case .columnAccuracy: "Inexact by"
    case .columnTrips: "Ways between stays"
    case .accuracyMetres: "{count} m"
    case .timeHeading: "When"
    case .timeDescription:
      "Bars: files by {unit}, from {first} to {last}. The most in one: {most}. The table below holds the same numbers."
    case .timeCaption: "Files by time"
    case .timeFold: "The numbers as a table: {count}"
    case .timeNone: "No file states a time."
    case .timeZoneNote: "Days as the files state them."
    case .timeOutside: "Files of days far before or behind, only in the table: {count}."
    case .timeMore: "Times beyond the table: {count}"
    case .columnDay: "Day"
    case .columnMonth: "Month"
    case .columnYear: "Year"
    case .unitDay: "day"
    case .unitMonth: "month"
    case .unitYear: "year"
    case .hoursHeading: "Hours of the week"
    case .hoursDescription:
      "Grid of seven days with 24 hours each: the stronger the colour, the more often you were at a place in that hour. The table below holds the same numbers."
    case .hoursCaption: "Stays and positions by weekday and hour, local time"
    case .hoursFold: "The hours as a table"
    case .hoursWithheld: "Hours are not shown at the privacy level “share”."
    case .monday: "Monday"
    case .tuesday: "Tuesday"
    case .wednesday: "Wednesday"
    case .thursday: "Thursday"
    case .friday: "Friday"
    case .saturday: "Saturday"
    case .sunday: "Sunday"
    case .columnWeekday: "Weekday"
    case .journeysCaption: "Journeys"
    case .columnCountries: "Countries"
    case .columnDistance: "Farthest from home"
    case .distanceKilometres: "{count} km"
    case .devicesHeading: "Devices"
    case .devicesCaption: "Devices, and the files that each made"
    case .devicesNone: "No device could be told from the files."
    case .devicesMore: "Devices that are not listed here: {count}"
    case .columnDevice: "Device"
    case .columnSigns: "Known by"
    case .columnSureness: "How sure"
    case .columnExamples: "Files, the first"
    case .deviceNumber: "Device {number}"
    case .deviceUnnamed: "make unknown"
    case .surenessHigh: "very"
    case .surenessMiddle: "rather"
    case .surenessLow: "a little"
    case .findingsHeading: "Findings"
    case .findingsNone: "No finding. That does not mean that the files hold nothing."
    case .findingShows: "What this could show"
    case .findingWho: "Who could use it"
    case .findingWhere: "Where"
    case .findingActions: "What to do"
    case .findingExplain: "More: {command}"
    case .findingMore: "Not listed here: {count}. All of them: untrail scan --details FOLDER"
    case .findingMoreGroups:
      "Groups that are not listed here: {count}. All of them: untrail scan --details FOLDER"
    case .findingFold: "Show more: {count}"
    case .findingFiles: "Files: {count}"
    case .findingAll: "All files together"
    case .countsLabel: "Findings by severity"
    case .severityCritical: "Critical"
    case .severityHigh: "High"
    case .severityMedium: "Medium"
    case .severityLow: "Low"
    case .severityInfo: "Good to know"
    case .severityCount: "{severity}: {count}"
    case .groupRun: "all files together"
    case .groupFolder: "folder {name}"
    case .groupFiles: "files: {files}"
    case .groupTimes: "times: {count}, files: {files}"
    case .groupPlaces: "places: {count}, files: {files}"
    case .groupZones: "time zones: {count}, files: {files}"
    case .groupValues: "different ones: {count}, files: {files}"
    case .groupDays: "days: {count}, files: {files}"
    case .groupPeople: "people: {count}, files: {files}"
    case .groupFirst: "the first: {names}"
    case .coverageHeading: "What was read"
    case .coverageCaption: "Files by what became of them"
    case .columnCoverage: "What became of them"
    case .coverageRead: "read"
    case .coveragePartial: "read in part"
    case .coverageUnsupported: "of types that this version does not read"
    case .coverageEncrypted: "encrypted"
    case .coverageUnreadable: "could not be read"
    case .coverageFold: "Which files were {what}: {count}"
    case .coverageMore: "Not listed here: {count}. All of them: untrail scan --list {name} FOLDER"
    case .typesCaption: "Types that this version does not read"
    case .columnType: "Type"
    case .notReadHeading: "Also inside, and not read by this version"
    case .channelMakerNote: "camera makers' own notes"
    case .channelC2PA: "C2PA provenance"
    case .channelXML: "XML that is not XMP"
    case .channelMap: "ground that a map shows"
    case .channelRaster: "ground that a raster shows"
    case .channelPicture: "pictures inside drawings"
    case .channelRest: "the rest of a JPEG file"
    case .channelSequence: "sequences of pictures"
    case .channelSamsung: "Samsung's notes"
    case .closing:
      "This report says what was found. It cannot say that nothing else is there: files of types that are not read, and what is visible in a picture, are not judged."
    case .trailerHeading: "End of the report"
    case .trailerCounts: "Files: {files}. Findings: {findings}. Complete: {complete}."
    case .trailerSuppressed: "Findings left out: {count}."
    case .yes: "yes"
    case .no: "no"
    }
  }
}

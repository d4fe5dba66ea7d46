/// The words of the HTML report, by their keys in the catalogues of `rules/languages/`, where "page." stands before them.
/// In their templates `{name}` is a place that a value fills.
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
}

extension PageMessage {
  /// In the catalogues.
  package var key: String { "page.\(rawValue)" }
}

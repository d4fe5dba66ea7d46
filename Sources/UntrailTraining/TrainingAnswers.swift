extension TrainingKit {
  /// What a scan of the export on `date` finds, and nothing else.
  package static let findings: [Expectation] = [
    Expectation(rule: "appointments", places: ["calendar/plans.ics"]),
    Expectation(
      rule: "author-name", places: ["photos/LX_0007.jpg", "photos/LX_0008.jpg", "screens/notes.png"]),
    Expectation(rule: "body-serial", places: ["photos/LX_0007.jpg", "photos/LX_0008.jpg"]),
    Expectation(
      rule: "camera-model",
      places: [
        "photos/IMG_0412.jpg", "photos/IMG_0413.jpg", "photos/LX_0007.jpg", "photos/LX_0008.jpg",
      ]),
    Expectation(
      rule: "capture-time",
      places: [
        "photos/IMG_0412.jpg", "photos/IMG_0413.jpg", "photos/LX_0007.jpg", "photos/LX_0008.jpg",
      ]),
    Expectation(rule: "chat-place", places: ["chat/chat.txt"]),
    Expectation(rule: "contact-details", places: ["calendar/plans.ics", "contacts/contacts.vcf"]),
    Expectation(rule: "contact-list", places: ["contacts/contacts.vcf"]),
    Expectation(rule: "document-id", places: ["calendar/plans.ics"]),
    Expectation(rule: "edit-times", places: ["calendar/plans.ics"]),
    Expectation(rule: "exact-place-with-time", places: ["photos/IMG_0412.jpg", "photos/IMG_0413.jpg"]),
    Expectation(rule: "exact-version", places: ["calendar/plans.ics", "screens/notes.png"]),
    Expectation(rule: "free-text", places: ["calendar/plans.ics"]),
    Expectation(rule: "journey", places: [together]),
    Expectation(rule: "likely-home", places: [together]),
    Expectation(rule: "likely-work", places: [together]),
    Expectation(rule: "meeting-people", places: ["calendar/plans.ics", "chat/chat.txt"]),
    Expectation(rule: "one-name-many-files", places: [together]),
    Expectation(rule: "recorded-track", places: ["tracks/week.gpx"]),
    Expectation(rule: "singled-out", places: [together]),
    Expectation(rule: "zone-trail", places: [together]),
  ]

  /// Stands in place of a file for what several files show together.
  package static let together = "together"
}

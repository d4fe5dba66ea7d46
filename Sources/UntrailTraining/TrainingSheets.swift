/// The papers that go with the kit, in Markdown.
package enum TrainingSheets {
  package static let exercise = """
    # What does this export give away?

    Tilda Testcase is a reporter. She has put some files of her phone, her camera and her watch into the folder `export/`
    and wants to hand them to her desk before she travels. Nobody in these files exists, and no device does; the places are
    public landmarks. You may look at everything, change everything and send it to anyone.

    ## 1. Look without a tool (10 minutes)

    Open the files of `export/` as you would open any file. Write down:

    1. Where was Tilda, and on which days?
    2. Where does she live? Where does she work?
    3. With whom did she meet, and where?
    4. Which files belong to one device?
    5. Which files can be sent as they are?

    ## 2. Look with the tool (10 minutes)

        untrail scan --date \(TrainingKit.date) export
        untrail scan --date \(TrainingKit.date) --details export

    Answer the five questions again. Which answers changed? Which files did you take for harmless in part 1?

    ## 3. Look closer (15 minutes)

        untrail inspect --privacy exact export/photos/IMG_0412.jpg
        untrail inspect --privacy exact export/photos/LX_0007.jpg
        untrail explain likely-home

    1. What ties `LX_0007.jpg` to `LX_0008.jpg`, although neither has a place?
    2. No file says where Tilda lives. Why does the report say it all the same?
    3. The report names a file that it could not read. What does that mean for you?

    ## 4. Decide (15 minutes)

    Tilda must send the picture of the bridge and the week's log tonight. What does she send, what does she leave with the desk,
    what does she delete from the devices that travel? Do it with a copy of the folder, and scan the copy:

        cp -r export cleaned
        untrail scan --date \(TrainingKit.date) cleaned

    Which findings are gone, which are left, and which of those matter?

    ## 5. Talk about it

    * Which finding surprised you most?
    * What of this do your own devices write?
    * What can nobody see from the files alone?

    """

  /// The answer key.
  ///
  /// - Parameter title: of a rule, by its id.
  package static func answers(title: (String) -> String) -> String {
    let findings = TrainingKit.findings
    var text = """
      # Answers

      For whoever leads the exercise. A scan of `export/` on the day \(TrainingKit.date) finds what is listed here and nothing
      else; `report.json` is that scan, made when this folder was.

      ## What is in each file


      """
    for file in TrainingKit.files {
      let rules = findings.filter { $0.places.contains(file.path) }.map { "`\($0.rule)`" }
      text += "* `\(file.path)`: \(file.holds)"
      text += rules.isEmpty ? " No finding.\n" : " Findings: \(rules.joined(separator: ", ")).\n"
    }
    let together = findings.filter { $0.places.contains(TrainingKit.together) }.map { "`\($0.rule)`" }
    text += "* All files together: \(together.joined(separator: ", ")).\n"
    text += "\n## How often each rule finds something\n\n| rule | findings | says |\n|---|---|---|\n"
    for finding in findings {
      text += "| `\(finding.rule)` | \(finding.places.count) | \(title(finding.rule)) |\n"
    }
    let count = findings.reduce(0) { $0 + $1.places.count }
    text += """

      \(count) findings of \(findings.count) rules.

      ## Part 1 and 2

      1. In Lisbon from 6 to 10 May 2024 (the watch), in Porto on 14 May and in Madrid on 16 May (the phone's pictures, the chat, the
         calendar). The camera's pictures have a time and no place.
      2. At Belém Tower, since the watch is there at night; at the Praça do Comércio, since it is there from 9 to 17 o'clock on
         working days. No file says so. Together they do.
      3. With Noor Nonesuch at the Plaza Mayor in Madrid on 16 May: the calendar has the appointment, the chat the place that she
         sent, the phone's picture the same place in that hour.
      4. Two pictures of the phone (its model), two of the camera (its serial number). The name of the owner ties the picture of
         the screen to the camera.
      5. `photos/for-the-desk.jpg`: nothing was found in it. `notes/draft.wren` was not read: nobody knows.

      ## Part 3

      1. The serial number of the camera. Whoever has one picture that is published under a name has the name for all.
      2. Nights at one place are a home. The log alone is enough; cutting off its beginning is not.
      3. That it was not looked into. It is no all-clear: "nothing found" is only about what was read.

      ## Part 4

      There is no one answer. Good ones: send the bridge as a copy without its place and name, or as a picture of the screen;
      draw the part of the log that the story needs, anew and without times; leave calendar, contacts and chat with the desk,
      encrypted, and take them off what travels. After that `exact-place-with-time`, `recorded-track`, `likely-home` and
      `likely-work` must be gone. `camera-model` may stay where thousands have the same model.

      """
    return text
  }
}

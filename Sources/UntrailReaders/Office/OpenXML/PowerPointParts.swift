internal import UntrailModel

/// What PowerPoint keeps of people, and what a show does not show.
///
///     ppt/commentAuthors.xml       cmAuthor name, initials
///     ppt/authors.xml              author name, userId (comments since 2021)
///     ppt/comments/*.xml           cm dt, created
///     ppt/notesSlides/*.xml        notes
///     ppt/slides/*.xml             sld show="0": hidden
///     ppt/presentation.xml         modifyVerifier: a password
///
/// Source: ECMA-376 part 1, sections 19.2, 19.3, 19.4; Microsoft, MS-PPTX, section 2.6.
enum PowerPointParts {
  static func read(_ document: inout OfficeArchive, into result: inout ReadResult) {
    for (name, entry) in document.files where name.hasPrefix("ppt/") && name.hasSuffix(".xml") {
      let part = name.dropFirst(4)
      if part.hasPrefix("commentauthors") || part.hasPrefix("authors") {
        let wanted: PartElements.Wanted = [
          "cmAuthor": ["name", "initials"], "author": ["name", "initials", "userId", "providerId"],
        ]
        for element in document.elements(entry, wanted, into: &result) {
          document.facts.add(.person(.commenter), element["name"], "CommentAuthor", into: &result)
          document.facts.add(.text(.label), element["initials"], "CommentInitials", into: &result)
          guard element["providerId"] != "None" else { continue }
          OfficeIdentity.add(element["userId"], &document.facts, into: &result)
        }
      } else if part.hasPrefix("comments/") {
        for element in document.elements(entry, ["cm": ["dt", "created"]], into: &result) {
          document.facts.add(
            .time(.edited), element["dt"] ?? element["created"], "CommentDate", into: &result)
        }
      } else if part.hasPrefix("notesslides/") {
        document.facts.hidden(.hiddenContent, entry.size, "Notes", into: &result)
      } else if part.hasPrefix("slides/") {
        let slides = document.elements(entry, ["sld": ["show"]], into: &result)
        if slides.contains(where: { ["0", "false"].contains($0["show"] ?? "") }) {
          document.facts.hidden(.hiddenContent, nil, "HiddenSlide", into: &result)
        }
      } else if part == "presentation.xml" {
        let locks = document.elements(entry, ["modifyVerifier": []], into: &result)
        if !locks.isEmpty { document.facts.hidden(.password, nil, "ModifyVerifier", into: &result) }
      }
    }
  }
}

internal import UntrailBytes
internal import UntrailModel

/// What lies inside a text in Rich Text Format beside pictures: objects, and the instructions of fields.
enum RTFObjects {
  /// An object as OLE 1 has it:
  ///
  ///     VV VV VV VV 02 00 00 00 LL LL LL LL class, LL LL LL LL topic, LL LL LL LL item, SS SS SS SS data
  ///
  /// Source: Microsoft, MS-OLEDS, section 2.2.5.
  static func examine(
    _ bytes: [UInt8], _ facts: inout DocumentFacts, into result: inout ReadResult, _ tools: ReaderTools
  ) {
    let view = ByteView(ByteSource(bytes: bytes, isJoined: true), start: 0, count: bytes.count)
    do throws(ParseError) {
      var offset = 8
      var texts: [String] = []
      for _ in 0..<3 {
        let length = Int(try view.u32(at: offset, .little))
        let text = view.slice(at: offset + 4, count: min(length, tools.limits.text))
        texts.append(BoundedText.decode(text, tools.limits) ?? "")
        offset += 4 + length
      }
      // A linked object has the path of its file as topic.
      facts.add(.path, texts[1], "ObjectPath", into: &result)
      guard try view.u32(at: 4, .little) == 2 else { return }
      let data = view.slice(at: offset + 4, count: Int(try view.u32(at: offset, .little)))
      facts.hidden(.embeddedFile, data.count, "EmbeddedObject", into: &result)
      if texts[0] == "Package" {
        let package = [0, 0, 0, 0] + data
        let block = ByteView(ByteSource(bytes: package, isJoined: true), start: 0, count: package.count)
        PackagedFile.examine(block, &facts, into: &result, tools)
      } else if !data.isEmpty {
        tools.examineMember(named: "object-\(texts[0])", data, into: &result)
      }
    } catch {
      result.damage(error.code.rawValue, error.what, at: nil)
    }
  }

  /// HYPERLINK "ADDRESS", INCLUDEPICTURE "PATH" ...
  static func addInstruction(
    _ text: String, _ facts: inout DocumentFacts, into result: inout ReadResult
  ) {
    let parts = text.split(separator: "\"", maxSplits: 2, omittingEmptySubsequences: false)
    guard parts.count >= 2 else { return }
    // Backslashes stand doubled in instructions.
    let address = parts[1].split(separator: "\\\\", omittingEmptySubsequences: false).joined(separator: "\\")
    switch parts[0].split(separator: " ").first?.uppercased() {
    case "HYPERLINK": DocumentLink.add(address, "Hyperlink", &facts, into: &result)
    case "INCLUDEPICTURE", "INCLUDETEXT", "LINK", "IMPORT", "DATABASE", "RD":
      DocumentLink.addLoaded(address, "ExternalTarget", &facts, into: &result)
    default: break
    }
  }
}

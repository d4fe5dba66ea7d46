internal import UntrailBytes
internal import UntrailModel

/// One assertion of a manifest.
///
///     c2pa.actions            {"actions": [{"action", "when", "softwareAgent", "digitalSourceType", ...}]}
///     c2pa.ingredient         {"dc:title", "documentID", "instanceID"}: what the picture was made from
///     c2pa.thumbnail.claim, c2pa.thumbnail.ingredient     pictures
///     cawg.identity           {"signer_payload", "signature"}: people and their accounts
///     JSON                    schema.org, EXIF, IPTC and XMP (`LinkedData`)
///
/// Labels may end in a version (".v2") and a number ("__1").
///
/// Source: C2PA Technical Specification 2.1, section 18; CAWG Identity Assertion 1.1, sections 5 and 8.
struct ManifestAssertion {
  let box: JUMBFBox
  let limits: Limits

  func observe(_ store: inout ManifestStore, into result: inout ReadResult) {
    // The names of a program's own actions.
    if box.label.hasPrefix("adobe.dictionary") { return }
    if box.label.hasPrefix("c2pa.thumbnail.") { return observePicture(&store, into: &result) }
    if let block = box.content("json") { return store.readLinkedData(block, into: &result) }
    guard let block = box.content("cbor"), !box.label.hasPrefix("c2pa.hash."),
      let value = store.value(ofCBOR: block, into: &result)
    else { return }
    if box.label.hasPrefix("c2pa.actions") {
      observeActions(value, block, &store, into: &result)
    } else if box.label.hasPrefix("c2pa.ingredient") {
      observeIngredient(value, block, &store, into: &result)
    } else if box.label.hasPrefix("cawg.identity") {
      observeIdentity(value, block, &store, into: &result)
    } else {
      LinkedData(block: block).observe(value, &store, into: &result)
    }
    observeTime(value["metadata"], block, &store, into: &result)
  }

  private func observePicture(_ store: inout ManifestStore, into result: inout ReadResult) {
    guard let bytes = box.content("bidb") else { return }
    let hidden = Observation.Fact.hidden(HiddenContent(byteCount: bytes.count))
    if box.label.hasPrefix("c2pa.thumbnail.claim") {
      store.tell(.thumbnail, hidden, "JUMBF:C2paThumbnailClaimData", at: bytes.place(0), into: &result)
    } else {
      store.tell(
        .secondPicture, hidden, "JUMBF:C2paThumbnailIngredientData", at: bytes.place(0), into: &result)
    }
    if let name = box.fileName {
      store.tell(.originalFileName, .link(name.text), "JUMBF:FileName", at: name.place, into: &result)
    }
  }

  private func observeActions(
    _ value: DataValue, _ block: ByteView, _ store: inout ManifestStore, into result: inout ReadResult
  ) {
    for action in value["actions"]?.items ?? [] {
      if let name = action["action"], let text = name.text {
        store.tell(.history, .text(text), "CBOR:ActionsAction", at: block.place(name.start), into: &result)
      }
      if let when = action["when"], let time = when.text.flatMap(ManifestStore.time) {
        let isCreation = action["action"]?.text == "c2pa.created"
        store.tell(
          isCreation ? .created : .edited, .timestamp(time), "CBOR:ActionsWhen", at: block.place(when.start),
          into: &result)
      }
      store.tellProgram(action["softwareAgent"], .edited, "CBOR:ActionsSoftwareAgent", block, into: &result)
      if let kind = action["digitalSourceType"], let text = kind.text {
        store.tell(
          .provenance, .text(text), "CBOR:ActionsDigitalSourceType", at: block.place(kind.start),
          into: &result)
      }
      let parameters = action["parameters"]
      if let words = parameters?["description"], let text = words.text {
        store.tell(
          .history, .text(text), "CBOR:ActionsParametersDescription", at: block.place(words.start),
          into: &result)
      }
      let ids = [
        action["instanceId"], action["instanceID"], parameters?["instanceId"], parameters?["instanceID"],
      ]
      for id in ids {
        guard let id, let text = id.text else { continue }
        store.tell(
          .derivedFrom, .link(text), "CBOR:ActionsInstanceId", at: block.place(id.start), into: &result)
      }
    }
  }

  private func observeIngredient(
    _ value: DataValue, _ block: ByteView, _ store: inout ManifestStore, into result: inout ReadResult
  ) {
    store.tellTitle(value["dc:title"], block, into: &result)
    for (key, field) in [("documentID", "CBOR:DocumentID"), ("instanceID", "CBOR:InstanceID")] {
      guard let id = value[key], let text = id.text else { continue }
      store.tell(.derivedFrom, .link(text), field, at: block.place(id.start), into: &result)
    }
  }

  /// When the assertion was made.
  private func observeTime(
    _ metadata: DataValue?, _ block: ByteView, _ store: inout ManifestStore, into result: inout ReadResult
  ) {
    guard let value = metadata?["dateTime"], let time = value.text.flatMap(ManifestStore.time) else { return }
    store.tell(
      .metadata, .timestamp(time), "CBOR:MetadataDateTime", at: block.place(value.start), into: &result)
  }

  /// Who stands for the picture: with a certificate, or with accounts that somebody vouches for (JSON).
  private func observeIdentity(
    _ value: DataValue, _ block: ByteView, _ store: inout ManifestStore, into result: inout ReadResult
  ) {
    guard let bytes = value["signature"]?.bytes(in: block), bytes.count > 0,
      let signed = store.value(ofCBOR: bytes, into: &result)
    else { return }
    let signature = ManifestSignature(value: signed, block: bytes, limits: limits)
    signature.observe(&store, into: &result)
    if let content = signature.content, content.begins(with: "{".utf8) {
      store.readLinkedData(content, into: &result)
    }
  }
}

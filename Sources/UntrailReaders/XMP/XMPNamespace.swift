/// Namespaces of XMP: what their addresses are usually abbreviated to.
///
/// Source: XMP specification parts 1 and 2; IPTC Photo Metadata Standard 2023.1; PLUS LDF 2.0; MWG guidelines 2.0;
/// CIPA DC-010; ExifTool's XMP.pm for what their authors have published nowhere.
enum XMPNamespace {
  static let rdf = "rdf"

  /// The usual prefix of a namespace; the file's own where the address is not known.
  static func prefix(_ name: XMLName) -> String {
    if let known = prefixes[normal(name.namespace)] { return known }
    return older[name.prefix] ?? name.prefix
  }

  /// How ExifTool abbreviates a namespace in the name of a group: letters, digits and "-".
  static func group(_ prefix: String) -> String {
    if let group = groups[prefix] { return group }
    let allowed = prefix.unicodeScalars.filter {
      $0.isASCII && ($0.properties.isAlphabetic || digits.contains($0)) || $0 == "-"
    }
    return String(String.UnicodeScalarView(allowed))
  }

  private static let digits: ClosedRange<Unicode.Scalar> = "0"..."9"

  /// Writers are free with upper case, "https" and the sign at the end.
  private static func normal(_ address: String) -> String {
    var address = address.lowercased()[...]
    while let last = address.last, last == "/" || last == "#" || last == " " { address.removeLast() }
    if address.hasPrefix("https:") { return "http:" + address.dropFirst(6) }
    return String(address)
  }

  private static let groups = [
    "Iptc4xmpCore": "iptcCore", "Iptc4xmpExt": "iptcExt", "photomechanic": "photomech",
    "MicrosoftPhoto": "microsoft", "GettyImagesGIFT": "getty", "prismusagerights": "pur",
  ]

  /// Prefixes of drafts, and of addresses that are found in several spellings.
  private static let older = [
    "xap": "xmp", "xapMM": "xmpMM", "xapRights": "xmpRights", "xapBJ": "xmpBJ", "GContainer": "Container",
    "iptcCore": "Iptc4xmpCore", "iptcExt": "Iptc4xmpExt", "prefix0": "MP1",
  ]

  private static let prefixes: [String: String] = {
    var table: [String: String] = [:]
    for line in list.split(separator: "\n") {
      let parts = line.split(separator: " ")
      guard parts.count == 2 else { continue }
      table[normal(String(parts[1]))] = String(parts[0])
    }
    return table
  }()

  private static let list = """
    rdf http://www.w3.org/1999/02/22-rdf-syntax-ns#
    rdfs http://www.w3.org/2000/01/rdf-schema#
    x adobe:ns:meta/
    iX http://ns.adobe.com/iX/1.0/
    dc http://purl.org/dc/elements/1.1/
    dc http://purl.org/dc/1.1/
    dcterms http://purl.org/dc/terms/
    xmp http://ns.adobe.com/xap/1.0/
    xmpMM http://ns.adobe.com/xap/1.0/mm/
    xmpRights http://ns.adobe.com/xap/1.0/rights/
    xmpBJ http://ns.adobe.com/xap/1.0/bj/
    xmpTPg http://ns.adobe.com/xap/1.0/t/pg/
    xmpDM http://ns.adobe.com/xmp/1.0/DynamicMedia/
    xmpNote http://ns.adobe.com/xmp/note/
    xmpidq http://ns.adobe.com/xmp/Identifier/qual/1.0/
    xmpPLUS http://ns.adobe.com/xap/1.0/PLUS/
    xmpG http://ns.adobe.com/xap/1.0/g/
    xmpGImg http://ns.adobe.com/xap/1.0/g/img/
    stRef http://ns.adobe.com/xap/1.0/sType/ResourceRef#
    stEvt http://ns.adobe.com/xap/1.0/sType/ResourceEvent#
    stVer http://ns.adobe.com/xap/1.0/sType/Version#
    stJob http://ns.adobe.com/xap/1.0/sType/Job#
    stMfs http://ns.adobe.com/xap/1.0/sType/ManifestItem#
    stDim http://ns.adobe.com/xap/1.0/sType/Dimensions#
    stFnt http://ns.adobe.com/xap/1.0/sType/Font#
    stArea http://ns.adobe.com/xmp/sType/Area#
    stCamera http://ns.adobe.com/photoshop/1.0/camera-profile
    photoshop http://ns.adobe.com/photoshop/1.0/
    tiff http://ns.adobe.com/tiff/1.0/
    exif http://ns.adobe.com/exif/1.0/
    exifEX http://cipa.jp/exif/1.0/
    exifEX http://cipa.jp/exif/1.0/exifEX
    exifEX http://cipa.jp/exif/2.32/
    aux http://ns.adobe.com/exif/1.0/aux/
    crs http://ns.adobe.com/camera-raw-settings/1.0/
    crss http://ns.adobe.com/camera-raw-saved-settings/1.0/
    crd http://ns.adobe.com/camera-raw-defaults/1.0/
    crlcp http://ns.adobe.com/camera-raw-embedded-lens-profile/1.0/
    lr http://ns.adobe.com/lightroom/1.0/
    album http://ns.adobe.com/album/1.0/
    pdf http://ns.adobe.com/pdf/1.3/
    pdfx http://ns.adobe.com/pdfx/1.3/
    pdfaid http://www.aiim.org/pdfa/ns/id/
    pdfaExtension http://www.aiim.org/pdfa/ns/extension/
    pdfaSchema http://www.aiim.org/pdfa/ns/schema#
    pdfaProperty http://www.aiim.org/pdfa/ns/property#
    illustrator http://ns.adobe.com/illustrator/1.0/
    creatorAtom http://ns.adobe.com/creatorAtom/1.0/
    DICOM http://ns.adobe.com/DICOM/
    hdr_metadata http://ns.adobe.com/hdr-metadata/1.0/
    hdrgm http://ns.adobe.com/hdr-gain-map/1.0/
    Iptc4xmpCore http://iptc.org/std/Iptc4xmpCore/1.0/xmlns/
    Iptc4xmpExt http://iptc.org/std/Iptc4xmpExt/2008-02-29/
    Iptc4xmpExt http://iptc.org/std/Iptc4xmpExt/2008-02-19/
    plus http://ns.useplus.org/ldf/xmp/1.0/
    prism http://prismstandard.org/namespaces/basic/2.0/
    prism http://prismstandard.org/namespaces/basic/3.0/
    pur http://prismstandard.org/namespaces/prismusagerights/2.1/
    cc http://creativecommons.org/ns#
    cc http://web.resource.org/cc/
    mwg-rs http://www.metadataworkinggroup.com/schemas/regions/
    mwg-kw http://www.metadataworkinggroup.com/schemas/keywords/
    mwg-coll http://www.metadataworkinggroup.com/schemas/collections/
    MicrosoftPhoto http://ns.microsoft.com/photo/1.0
    MP1 http://ns.microsoft.com/photo/1.1
    MP http://ns.microsoft.com/photo/1.2/
    MPRI http://ns.microsoft.com/photo/1.2/t/RegionInfo#
    MPReg http://ns.microsoft.com/photo/1.2/t/Region#
    expressionmedia http://ns.microsoft.com/expressionmedia/1.0/
    mediapro http://ns.iview-multimedia.com/mediapro/1.0/
    GettyImagesGIFT http://xmp.gettyimages.com/gift/1.0/
    photomechanic http://ns.camerabits.com/photomechanic/1.0/
    acdsee http://ns.acdsee.com/iptc/1.0/
    digiKam http://www.digikam.org/ns/1.0/
    darktable http://darktable.sf.net/
    ics http://ns.idimager.com/ics/1.0/
    extensis http://ns.extensis.com/extensis/1.0/
    GIMP http://www.gimp.org/xmp/
    apple-fi http://ns.apple.com/faceinfo/1.0/
    aas http://ns.apple.com/adjustment-settings/1.0/
    apdi http://ns.apple.com/pixeldatainfo/1.0/
    HDRGainMap http://ns.apple.com/HDRGainMap/1.0/
    GPano http://ns.google.com/photos/1.0/panorama/
    GImage http://ns.google.com/photos/1.0/image/
    GAudio http://ns.google.com/photos/1.0/audio/
    GDepth http://ns.google.com/photos/1.0/depthmap/
    GFocus http://ns.google.com/photos/1.0/focus/
    GCamera http://ns.google.com/photos/1.0/camera/
    GCreations http://ns.google.com/photos/1.0/creations/
    GSpherical http://ns.google.com/videos/1.0/spherical/
    Container http://ns.google.com/photos/1.0/container/
    Container http://ns.google.com/photos/dd/1.0/container/
    Item http://ns.google.com/photos/1.0/container/item/
    Item http://ns.google.com/photos/dd/1.0/item/
    Device http://ns.google.com/photos/dd/1.0/device/
    VendorInfo http://ns.google.com/photos/dd/1.0/vendorinfo/
    AppInfo http://ns.google.com/photos/dd/1.0/appinfo/
    EarthPose http://ns.google.com/photos/dd/1.0/earthpose/
    Pose http://ns.google.com/photos/dd/1.0/pose/
    Profile http://ns.google.com/photos/dd/1.0/profile/
    cell http://developer.sonyericsson.com/cell/1.0/
    drone-dji http://www.dji.com/drone-dji/1.0/
    drone-parrot http://www.parrot.com/drone-parrot/1.0/
    Camera http://pix4d.com/camera/1.0
    Camera http://www.parrot.com/Camera/1.0/
    FLIR http://ns.flir.com/xmp/1.0/
    geo http://www.w3.org/2003/01/geo/wgs84_pos#
    dwc http://rs.tdwg.org/dwc/index.htm
    dwc http://rs.tdwg.org/dwc/terms/
    LImage http://ns.leiainc.com/photos/1.0/image/
    svg http://www.w3.org/2000/svg
    """
}

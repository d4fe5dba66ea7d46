// swift-tools-version: 6.3
import PackageDescription

let settings: [SwiftSetting] = [
  .swiftLanguageMode(.v6),
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
  // The modules are small and call each other for every byte: let the optimiser see through them. Accesses
  // are checked for exclusivity in debug builds, which the tests run in; in release that costs a tenth.
  .unsafeFlags(
    ["-cross-module-optimization", "-enforce-exclusivity=unchecked"], .when(configuration: .release)),
]

/// `make fuzz` builds another package from the same sources: instrumented, with the address sanitizer, and with one
/// more executable.
let isFuzzing = Context.environment["UNTRAIL_FUZZ"] != nil

let package = Package(
  name: "untrail",
  platforms: [.macOS(.v15)],
  products: [
    .executable(name: "untrail", targets: ["untrail"])
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.0"),
    .package(url: "https://github.com/jpsim/Yams", from: "6.2.0"),
  ],
  targets: [
    // Cells: a module map and a shim, nothing else.
    .systemLibrary(
      name: "CExif", pkgConfig: "libexif",
      providers: [.apt(["libexif-dev"]), .brew(["libexif"])]),
    .systemLibrary(
      name: "CMagic", pkgConfig: "libmagic",
      providers: [.apt(["libmagic-dev"]), .brew(["libmagic"])]),
    .systemLibrary(
      name: "CXML", pkgConfig: "libxml-2.0",
      providers: [.apt(["libxml2-dev"]), .brew(["libxml2"])]),
    .systemLibrary(
      name: "CZlib", pkgConfig: "zlib",
      providers: [.apt(["zlib1g-dev"]), .brew(["zlib"])]),
    .systemLibrary(
      name: "CBrotli", pkgConfig: "libbrotlidec",
      providers: [.apt(["libbrotli-dev"]), .brew(["brotli"])]),
    .systemLibrary(
      name: "CTurboJPEG", pkgConfig: "libturbojpeg",
      providers: [.apt(["libturbojpeg0-dev"]), .brew(["jpeg-turbo"])]),
    .systemLibrary(
      name: "CSodium", pkgConfig: "libsodium",
      providers: [.apt(["libsodium-dev"]), .brew(["libsodium"])]),
    .systemLibrary(
      name: "CArchive", pkgConfig: "libarchive",
      providers: [.apt(["libarchive-dev"]), .brew(["libarchive"])]),
    .systemLibrary(
      name: "CNettle", pkgConfig: "nettle",
      providers: [.apt(["nettle-dev"]), .brew(["nettle"])]),
    .systemLibrary(
      name: "CSQLite", pkgConfig: "sqlite3",
      providers: [.apt(["libsqlite3-dev"]), .brew(["sqlite"])]),
    .systemLibrary(name: "CSystem"),
    .target(name: "CIsolation"),
    // The bytes of files below data/.
    .target(name: "CCalendars", cSettings: [.unsafeFlags(["-std=c23"])]),
    .target(name: "CGeography", cSettings: [.unsafeFlags(["-std=c23"])]),

    // Floor 0
    .target(name: "UntrailModel", swiftSettings: settings),
    .target(name: "UntrailBytes", swiftSettings: settings),

    // Floor 1
    .target(
      name: "UntrailIdentify", dependencies: ["UntrailModel", "UntrailBytes", "CMagic", "CSystem"],
      swiftSettings: settings),
    .target(
      name: "UntrailReaders",
      dependencies: [
        "UntrailModel", "UntrailBytes", "CExif", "CXML", "CZlib", "CBrotli", "CTurboJPEG", "CArchive",
        "CNettle",
        "CSQLite",
      ],
      swiftSettings: settings),
    .target(
      name: "UntrailIsolation", dependencies: ["UntrailModel", "UntrailBytes", "CIsolation"],
      swiftSettings: settings),
    .target(
      name: "UntrailRules",
      dependencies: ["UntrailModel", "UntrailBytes", "CCalendars", .product(name: "Yams", package: "Yams")],
      swiftSettings: settings),
    .target(
      name: "UntrailMovement", dependencies: ["UntrailModel"], swiftSettings: settings),
    .target(
      name: "UntrailGeo", dependencies: ["UntrailModel", "CGeography"], swiftSettings: settings),
    .target(
      name: "UntrailRuleCatalog", dependencies: ["UntrailModel"],
      exclude: ["rules"],
      swiftSettings: settings,
      plugins: ["RuleCatalogPlugin"]),
    .target(
      name: "UntrailReports", dependencies: ["UntrailModel", "UntrailBytes", "CSodium"],
      swiftSettings: settings),
    .target(name: "UntrailTraining", swiftSettings: settings),

    // Floor 2
    .target(
      name: "UntrailAudit",
      dependencies: [
        "UntrailModel", "UntrailBytes", "UntrailIdentify", "UntrailReaders", "UntrailRules",
        "UntrailReports", "UntrailIsolation", "UntrailMovement", "UntrailGeo", "CSystem",
      ],
      swiftSettings: settings),

    // Floor 3
    .executableTarget(
      name: "untrail",
      dependencies: [
        "UntrailModel", "UntrailBytes", "UntrailIdentify", "UntrailReaders", "UntrailRules",
        "UntrailRuleCatalog", "UntrailReports", "UntrailIsolation", "UntrailGeo", "UntrailAudit",
        "UntrailTraining", .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      swiftSettings: settings),

    // Build time: rules/*/*.yaml -> Swift literals.
    .executableTarget(
      name: "rulecompiler", dependencies: ["UntrailModel", "UntrailBytes", "UntrailRules"],
      swiftSettings: settings),
    .plugin(
      name: "RuleCatalogPlugin", capability: .buildTool(), dependencies: ["rulecompiler"]),

    .testTarget(
      name: "UntrailTests",
      dependencies: [
        "UntrailModel", "UntrailBytes", "UntrailIdentify", "UntrailReaders", "UntrailRules",
        "UntrailRuleCatalog", "UntrailReports", "UntrailIsolation", "UntrailMovement", "UntrailGeo",
        "UntrailAudit", "UntrailTraining", "CSystem", "CSQLite",
      ],
      swiftSettings: settings),
    .testTarget(
      name: "CommandTests", dependencies: ["untrail", "UntrailModel", "UntrailRuleCatalog", "CSystem"],
      swiftSettings: settings),
  ]
)

if isFuzzing {
  // What is built of instrumented modules would have to be linked like the fuzzer.
  let others = [
    "rulecompiler", "RuleCatalogPlugin", "UntrailRuleCatalog", "untrail", "UntrailTests", "CommandTests",
    "UntrailTraining",
  ]
  package.targets.removeAll { others.contains($0.name) }
  package.products.removeAll()
  let instrumented: [SwiftSetting] = [.unsafeFlags(["-sanitize=address,fuzzer"])]
  for target in package.targets
  where ["UntrailBytes", "UntrailIdentify", "UntrailReaders", "UntrailIsolation", "UntrailRules"]
    .contains(target.name)
  {
    target.swiftSettings = settings + instrumented
  }
  package.targets.append(.target(name: "CFuzz", path: "Fuzz/CFuzz"))
  package.targets.append(
    .executableTarget(
      name: "untrail-fuzz",
      dependencies: [
        "CFuzz", "UntrailModel", "UntrailBytes", "UntrailIdentify", "UntrailReaders", "UntrailIsolation",
        "UntrailRules",
      ],
      path: "Fuzz/untrail-fuzz",
      swiftSettings: settings + instrumented + [.unsafeFlags(["-parse-as-library"])],
      linkerSettings: [.unsafeFlags(["-sanitize=address,fuzzer", "-use-ld=lld"])]))
}

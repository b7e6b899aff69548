// swift-tools-version: 6.3
import PackageDescription

// The way of the data is the order of the targets: Harvest → Store → Reporting → Export.
// Arrows only go down; Tests/RuntallyTests/HouseTests.swift holds every `import` against this list.

let grdb: Target.Dependency = .product(name: "GRDB", package: "GRDB.swift")
let sqlite: Target.Dependency = .product(name: "GRDBSQLite", package: "GRDB.swift")
let yams: Target.Dependency = .product(name: "Yams", package: "Yams")
let flyingFox: [Target.Dependency] = ["FlyingFox", "FlyingSocks"].map { .product(name: $0, package: "FlyingFox") }
let argumentParser: Target.Dependency = .product(name: "ArgumentParser", package: "swift-argument-parser")
let numerics: Target.Dependency = .product(name: "RealModule", package: "swift-numerics")

// The tests work thousands of random histories out, which takes minutes in code that is not optimized.
let tested: [SwiftSetting] = [.unsafeFlags(["-O"], .when(configuration: .debug))]

let package = Package(
  name: "runtally",
  platforms: [.macOS(.v15)],
  products: [
    .executable(name: "runtally", targets: ["runtally"])
  ],
  dependencies: [
    .package(url: "https://github.com/groue/GRDB.swift", exact: "7.10.0"),
    .package(url: "https://github.com/apple/swift-argument-parser", exact: "1.8.2"),
    .package(url: "https://github.com/swhitty/FlyingFox", exact: "0.27.1"),
    .package(url: "https://github.com/jpsim/Yams", exact: "6.2.2"),
    .package(url: "https://github.com/apple/swift-numerics", exact: "1.1.1"),
  ],
  targets: [
    .target(name: "Runs", dependencies: [numerics], swiftSettings: tested),
    .target(name: "Files", dependencies: ["CZlib"]),
    .target(name: "CEmbedded"),
    .target(name: "SQLFiles", dependencies: ["CEmbedded"]),
    .systemLibrary(
      name: "CLibXML2", pkgConfig: "libxml-2.0",
      providers: [.apt(["libxml2-dev"]), .brew(["libxml2"])]),
    .systemLibrary(
      name: "CZlib", pkgConfig: "zlib",
      providers: [.apt(["zlib1g-dev"]), .brew(["zlib"])]),
    .systemLibrary(
      name: "CCurl", pkgConfig: "libcurl",
      providers: [.apt(["libcurl4-openssl-dev"]), .brew(["curl"])]),
    .systemLibrary(
      name: "CXLSXWriter", pkgConfig: "xlsxwriter",
      providers: [.apt(["libxlsxwriter-dev"]), .brew(["libxlsxwriter"])]),
    .target(name: "Store", dependencies: ["Runs", "Files", "SQLFiles", grdb, sqlite], swiftSettings: tested),
    .target(name: "Harvest", dependencies: ["Runs", "Files", "CCurl", "CZlib"]),
    .target(name: "Reporting", dependencies: ["Runs", "Store", "SQLFiles", yams], swiftSettings: tested),
    .target(name: "Policy", dependencies: ["Runs", "Store", "Reporting"]),
    .target(name: "Export", dependencies: ["Runs", "Files", "CLibXML2", "CXLSXWriter"]),
    .target(
      name: "Serve",
      dependencies: ["Runs", "Files", "Store", "Reporting", "Export"] + flyingFox),
    .target(name: "Simulator", dependencies: ["Runs"] + flyingFox),
    .executableTarget(
      name: "runtally",
      dependencies: [
        "Runs", "Files", "Store", "Harvest", "Reporting", "Policy", "Export", "Serve", "Simulator", argumentParser,
      ]),
    .target(name: "TestSupport", dependencies: ["Runs", "Store", "Harvest"], path: "Tests/Support"),
    .testTarget(name: "RunsTests", dependencies: ["Runs"]),
    .testTarget(name: "FilesTests", dependencies: ["Files", "TestSupport"]),
    .testTarget(name: "StoreTests", dependencies: ["Store", "Files", "SQLFiles", "Harvest", "TestSupport", grdb]),
    .testTarget(name: "HarvestTests", dependencies: ["Harvest", "Simulator"]),
    .testTarget(
      name: "ReportingTests", dependencies: ["Reporting", "SQLFiles", "Store", "Runs", "Harvest", "TestSupport"]),
    .testTarget(
      name: "OracleTests", dependencies: ["Reporting", "Store", "Runs", "Harvest", "TestSupport"], swiftSettings: tested
    ),
    .testTarget(name: "PolicyTests", dependencies: ["Policy", "Runs"]),
    .testTarget(name: "ExportTests", dependencies: ["Export", "Files"]),
    .testTarget(name: "ServeTests", dependencies: ["Serve", "Export", "Reporting", "Runs"]),
    .testTarget(name: "SimulatorTests", dependencies: ["Simulator", "CZlib"] + flyingFox),
    .testTarget(
      name: "RuntallyTests",
      dependencies: [
        "Runs", "Store", "Harvest", "Policy", "Export", "Simulator", "SQLFiles", "TestSupport",
        "runtally",
        argumentParser, yams,
      ]),
  ],
  swiftLanguageModes: [.v6],
  // The files of `CEmbedded` are embedded by a word that C has since 2023.
  cLanguageStandard: .c2x
)

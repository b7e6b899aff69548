// swift-tools-version: 6.3
import PackageDescription

// The way of the data is the order of the targets: Harvest → Store → Reporting → Export.
// Arrows only go down; Tests/RuntallyTests/HouseTests.swift holds every `import` against this list.

let grdb: Target.Dependency = .product(name: "GRDB", package: "GRDB.swift")
let sqlite: Target.Dependency = .product(name: "GRDBSQLite", package: "GRDB.swift")
let yams: Target.Dependency = .product(name: "Yams", package: "Yams")
let httpClient: Target.Dependency = .product(name: "AsyncHTTPClient", package: "async-http-client")
let hummingbird: Target.Dependency = .product(name: "Hummingbird", package: "hummingbird")
let argumentParser: Target.Dependency = .product(name: "ArgumentParser", package: "swift-argument-parser")
let numerics: Target.Dependency = .product(name: "RealModule", package: "swift-numerics")
let logging: Target.Dependency = .product(name: "Logging", package: "swift-log")

let package = Package(
  name: "runtally",
  platforms: [.macOS(.v15)],
  products: [
    .executable(name: "runtally", targets: ["runtally"])
  ],
  dependencies: [
    .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/swift-server/async-http-client", from: "1.37.0"),
    .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.1"),
    .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
    .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
    .package(url: "https://github.com/apple/swift-numerics", from: "1.1.1"),
  ],
  targets: [
    .target(name: "Runs", dependencies: [numerics]),
    .target(
      name: "SQLFiles", path: "sql",
      resources: [.embedInCode("migrations"), .embedInCode("views"), .embedInCode("queries")]),
    .target(
      name: "ReportFiles", path: "reports",
      resources: [
        .embedInCode("summary.sql"), .embedInCode("monthly-cost.sql"), .embedInCode("charges.sql"),
        .embedInCode("failure-trend.sql"),
        .embedInCode("durations.sql"), .embedInCode("runs.sql"), .embedInCode("runners.sql"),
        .embedInCode("regressions.sql"), .embedInCode("waste.sql"), .embedInCode("forecast.sql"),
        .embedInCode("fleet.sql"), .embedInCode("coverage.sql"), .embedInCode("prices.sql"),
        .embedInCode("corrections.sql"), .embedInCode("charges-focus.sql"), .embedInCode("metrics.sql"),
        .embedInCode("runs-junit.sql"),
        .embedInCode("runners-junit.sql"),
        .embedInCode("new/report.sql"),
      ]),
    .systemLibrary(
      name: "CLibXML2", pkgConfig: "libxml-2.0",
      providers: [.apt(["libxml2-dev"]), .brew(["libxml2"])]),
    .systemLibrary(
      name: "CZlib", pkgConfig: "zlib",
      providers: [.apt(["zlib1g-dev"]), .brew(["zlib"])]),
    .target(name: "Store", dependencies: ["Runs", "SQLFiles", grdb, sqlite]),
    .target(name: "Harvest", dependencies: ["Runs", "CZlib", httpClient]),
    .target(name: "Reporting", dependencies: ["Runs", "Store", "ReportFiles", yams]),
    .target(name: "Policy", dependencies: ["Runs", "Store", "Reporting"]),
    .target(name: "Export", dependencies: ["Runs", "CLibXML2"]),
    .target(name: "Simulator", dependencies: ["Runs", hummingbird, logging]),
    .executableTarget(
      name: "runtally",
      dependencies: [
        "Runs", "Store", "Harvest", "Reporting", "Policy", "Export", "Simulator", argumentParser, yams,
      ]),
    .target(name: "TestSupport", dependencies: ["Runs", "Store"], path: "Tests/Support"),
    .testTarget(name: "RunsTests", dependencies: ["Runs"]),
    .testTarget(name: "StoreTests", dependencies: ["Store", "SQLFiles", "TestSupport", grdb]),
    .testTarget(name: "HarvestTests", dependencies: ["Harvest", hummingbird]),
    .testTarget(name: "ReportingTests", dependencies: ["Reporting", "ReportFiles", "Store", "Runs", "TestSupport"]),
    .testTarget(name: "OracleTests", dependencies: ["Reporting", "Store", "Runs", "TestSupport"]),
    .testTarget(name: "PolicyTests", dependencies: ["Policy", "Runs"]),
    .testTarget(name: "ExportTests", dependencies: ["Export"]),
    .testTarget(name: "SimulatorTests", dependencies: ["Simulator", httpClient]),
    .testTarget(
      name: "RuntallyTests",
      dependencies: [
        "Runs", "Store", "Harvest", "Policy", "Export", "Simulator", "ReportFiles", "SQLFiles", "TestSupport",
        "runtally",
        argumentParser, yams,
      ]),
  ],
  swiftLanguageModes: [.v6]
)

import Foundation

/// What each folder of the house may import, and the files themselves. `Package.swift` draws the same arrows, but an
/// incremental build lets an undeclared import pass.
enum House {
  /// Modules of ours and others' that a folder may import, beside the system's.
  static let table: [String: Set<String>] = [
    // Logarithms and the normal distribution, for the statistics.
    "Sources/Runs": ["RealModule"],
    "Sources/Files": ["CZlib"],
    "sql": [],
    "reports": [],
    "Sources/CEmbedded": [],
    "Sources/SQLFiles": ["CEmbedded"],
    "Sources/CLibXML2": [],
    "Sources/CXLSXWriter": [],
    "Sources/CZlib": [],
    "Sources/CCurl": [],
    "Sources/Store": ["Runs", "Files", "SQLFiles", "GRDB", "GRDBSQLite"],
    "Sources/Harvest": ["Runs", "Files", "CCurl", "CZlib"],
    "Sources/Reporting": ["Runs", "Store", "SQLFiles", "Yams"],
    "Sources/Policy": ["Runs", "Store", "Reporting"],
    "Sources/Export": ["Runs", "Files", "CLibXML2", "CXLSXWriter"],
    "Sources/Serve": ["Runs", "Files", "Store", "Reporting", "Export", "FlyingFox", "FlyingSocks"],
    "Sources/Simulator": ["Runs", "FlyingFox", "FlyingSocks"],
    "Sources/runtally": [
      "Runs", "Files", "Store", "Harvest", "Reporting", "Policy", "Export", "Serve", "Simulator",
      "ArgumentParser",
    ],
  ]

  /// Modules of the system. The domain has no I/O and no clock, so it gets none of them.
  static let system: [String: Set<String>] = [
    "Sources/Files": ["Foundation", "Synchronization"],
    "Sources/Store": ["Foundation", "Synchronization"],
    "Sources/Harvest": ["Foundation", "Synchronization"],
    "Sources/Reporting": ["Foundation"],
    "Sources/Export": ["Foundation"],
    "Sources/Serve": ["Foundation", "Synchronization"],
    "Sources/Simulator": ["Foundation", "Synchronization"],
    "Sources/runtally": ["Foundation", "Synchronization"],
  ]

  static let root = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  struct File: CustomStringConvertible {
    var path: String
    var text: String

    var lines: [Substring] { text.split(separator: "\n", omittingEmptySubsequences: false) }
    var description: String { path }
  }

  /// Every text file below a folder of the house.
  static func files(in folder: String, endings: [String] = ["swift", "sql", "h", "modulemap"]) throws -> [File] {
    let base = root.appending(path: folder)
    let walker = FileManager.default.enumerator(atPath: base.path(percentEncoded: false))
    return try (walker?.allObjects as? [String] ?? []).sorted()
      .filter { path in endings.contains { path.hasSuffix("." + $0) } }
      .map { path in
        File(path: "\(folder)/\(path)", text: try String(contentsOf: base.appending(path: path), encoding: .utf8))
      }
  }

  static func names(in folder: String) throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: root.appending(path: folder).path(percentEncoded: false))
      .sorted()
  }
}

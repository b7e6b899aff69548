import Foundation
import SQLFiles
import Testing

/// The house keeps its own rules: who may import whom, how long a file may be, what stands in none.
@Suite struct HouseTests {
  @Test("every folder of the sources is in the table, and nothing else")
  func tableIsComplete() throws {
    let folders = try House.names(in: "Sources").map { "Sources/" + $0 } + ["sql", "reports"]
    #expect(Set(folders) == Set(House.table.keys))
  }

  @Test("a folder imports only what the table allows", arguments: House.table.keys.sorted())
  func imports(folder: String) throws {
    let allowed = (House.table[folder] ?? []).union(House.system[folder] ?? [])
    for file in try House.files(in: folder, endings: ["swift"]) {
      for module in imports(of: file) where !allowed.contains(module) {
        Issue.record("\(file) imports \(module), which \(folder) may not")
      }
    }
  }

  /// The modules that a file imports, however the line is decorated.
  private func imports(of file: House.File) -> [String] {
    let kinds: Set = ["struct", "class", "enum", "protocol", "func", "var", "let", "typealias"]
    return file.lines.compactMap { line in
      let words = line.split(separator: " ").map(String.init)
      guard let index = words.firstIndex(of: "import"), words[..<index].allSatisfy(isDecoration) else { return nil }
      let module = words[(index + 1)...].first { !kinds.contains($0) }
      return module?.split(separator: ".").first.map(String.init)
    }
  }

  private func isDecoration(_ word: String) -> Bool {
    word.hasPrefix("@") || ["public", "package", "internal", "fileprivate", "private"].contains(word)
  }

  @Test("an import is recognised however it is decorated")
  func decoratedImports() {
    let file = House.File(
      path: "x.swift",
      text: """
        import Runs
        public import Store
          @preconcurrency import Yams
        import struct Foundation.Data
        // import Export
        let text = "we import GRDB"
        """)
    #expect(imports(of: file) == ["Runs", "Store", "Yams", "Foundation"])
  }

  @Test("no file is longer than 400 lines", arguments: ["Sources", "sql", "reports", "Tests"])
  func shortFiles(folder: String) throws {
    let files = try House.files(in: folder)
    #expect(!files.isEmpty)
    for file in files where file.lines.count > 401 { Issue.record("\(file) has \(file.lines.count - 1) lines") }
  }

  @Test("nothing is forced and nothing is left for later", arguments: ["Sources", "sql", "reports"])
  func nothingForced(folder: String) throws {
    let banned = [/\btry!/, /\bas!/, /\bfatalError\(/, /\bTODO\b/, /\bFIXME\b/, /\bXXX\b/]
    for file in try House.files(in: folder) {
      for (index, line) in file.lines.enumerated() where banned.contains(where: { line.contains($0) }) {
        Issue.record("\(file):\(index + 1): \(line)")
      }
    }
  }

  @Test("what the compiler cannot check has its reason beside it")
  func reasonsBeside() throws {
    for file in try House.files(in: "Sources") {
      let lines = file.lines
      for (index, line) in lines.enumerated()
      where line.contains("@unchecked Sendable") || line.contains("nonisolated(unsafe)") {
        let isExplained = line.contains("//") || (index > 0 && lines[index - 1].contains("//"))
        #expect(isExplained, "\(file):\(index + 1) says no reason")
      }
    }
  }

  /// One-line orders to the database itself are no queries, and a virtual table declares its columns in C.
  @Test("SQL stands in sql and reports, not in Swift")
  func noSQLInSwift() throws {
    let statement = /(?:"|^\s*)(?:SELECT|INSERT|UPDATE|DELETE|CREATE|ALTER|REPLACE|WITH|ATTACH|DROP (?!VIEW))\b(?!")/
    let allowed = ["Example: runtally query", "CREATE TABLE \\(described.name)"]
    for folder in House.table.keys where folder.hasPrefix("Sources/") {
      for file in try House.files(in: folder, endings: ["swift"]) {
        for (index, line) in file.lines.enumerated()
        where line.contains(statement) && !allowed.contains(where: { line.contains($0) }) {
          Issue.record("\(file):\(index + 1): \(line)")
        }
      }
    }
  }

  @Test("the built-in reports are the files in reports/built-in, each once")
  func reportFiles() throws {
    let onDisk = try House.names(in: "reports/built-in")
    #expect(ReportFiles.all.map { $0.name + ".sql" }.sorted() == onDisk)
    for report in ReportFiles.all {
      let file = try String(
        contentsOf: House.root.appending(path: "reports/built-in/\(report.name).sql"), encoding: .utf8)
      #expect(report.text == file, "\(report.name)")
    }
  }

  @Test("the migrations are the files in sql/migrations in their order, the views those in sql/views")
  func sqlFiles() throws {
    #expect(SQLFiles.migrations.map { $0.name + ".sql" } == (try House.names(in: "sql/migrations")))
    #expect(SQLFiles.views.map { "view_\($0.name).sql" }.sorted() == (try House.names(in: "sql/views")))
    #expect(SQLFiles.steps.map { "step_\($0.name).sql" }.sorted() == (try House.names(in: "sql/steps")))
  }
}

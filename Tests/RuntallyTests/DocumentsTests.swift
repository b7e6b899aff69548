import Foundation
import ReportFiles
import SQLFiles
import Testing

/// What there is, is described: every command, report, column, table, view, function, migration and exit code has its
/// name in the README, in the section where people look for it.
@Suite(.enabled(if: Readme.file != nil, "there is no README.md"))
struct DocumentsTests {
  private func expect(_ names: [String], inSection title: String, _ kind: String) throws {
    let readme = try #require(Readme.file)
    let section = try #require(readme.section(title), "README.md has no section \(title)")
    #expect(!names.isEmpty)
    let words = section.wordsInCode
    let missing = names.filter { !words.contains($0) }
    #expect(missing == [], "README.md, \(title): every \(kind) is to be described, and these are not")
  }

  @Test("every command is in Commands")
  func commands() throws {
    try expect(HelpTests.commands, inSection: "Commands", "command")
  }

  @Test("every exit code is in Commands")
  func exitCodes() async throws {
    let help = try await Workplace().run("--help").out.replacing(/\s+/, with: " ")
    let codes = try #require(help.firstMatch(of: /Exit codes: (.*?)\.\s/)?.1)
      .matches(of: /(?:^|; )(\d+)\b/).map { String($0.1) }
    #expect(codes == ["0", "1", "2", "3", "64", "75"])
    try expect(codes, inSection: "Commands", "exit code")
  }

  @Test("every report is in Reports")
  func reports() throws {
    try expect(builtIn.map(\.name), inSection: "Reports", "report")
  }

  @Test("every column of every report is in Reports")
  func columns() throws {
    let columns = builtIn.flatMap { report in
      report.text.matches(of: /(?m)^  - \{name: ([a-z0-9_]+), type:/).map { String($0.1) }
    }
    #expect(columns.count > 80)
    try expect(Set(columns).sorted(), inSection: "Reports", "column")
  }

  /// Those that only serve one format of another report have no name of their own.
  private var builtIn: [(name: String, text: String)] {
    ReportFiles.all.filter { !$0.text.contains("\nformat_of:") }
  }

  @Test("every table and every view is in Ledger")
  func tables() throws {
    let tables = SQLFiles.migrations.flatMap { migration in
      migration.sql.matches(of: /(?m)^CREATE TABLE (\w+)/).map { String($0.1) }
    }
    try expect(tables + SQLFiles.views.map(\.name), inSection: "Ledger", "table or view")
  }

  @Test("every migration is in Ledger")
  func migrations() throws {
    try expect(SQLFiles.migrations.map { $0.name + ".sql" }, inSection: "Ledger", "migration")
  }

  @Test("every function that report SQL may call is in Functions")
  func functions() throws {
    let pattern = /(?:\.pure|DatabaseFunction|DatabaseCollation)\(\s*"(\w+)"|sqlite3_create_module_v2\([^"]*"(\w+)"/
    let names = try House.files(in: "Sources/Store/Functions").flatMap { file in
      file.text.matches(of: pattern).compactMap { ($0.1 ?? $0.2).map(String.init) }
    }
    #expect(names.count >= 18)
    try expect(names, inSection: "Functions", "function")
  }

  @Test("every folder of the house is on the map")
  func house() throws {
    let words = try #require(Readme.file).wordsInCode
    let missing = House.table.keys.sorted().filter { folder in
      !words.contains(folder.split(separator: "/").last.map(String.init) ?? folder)
    }
    #expect(missing == [], "README.md does not mention these folders")
  }
}

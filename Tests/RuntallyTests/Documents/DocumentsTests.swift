import Foundation
import Runs
import SQLFiles
import Testing

/// What there is, is described: every command, exit code, report, column, table, view, migration, function and outcome
/// has its name in the document where people look for it.
@Suite struct DocumentsTests {
  private func expect(_ names: [String], in path: String, section: String? = nil, _ kind: String) throws {
    let document = try Document.named(path)
    let place = try section.map { try #require(document.section($0), "\(path) has no section \($0)") } ?? document
    #expect(!names.isEmpty)
    let words = place.wordsInCode
    let missing = names.filter { !words.contains($0) }
    #expect(missing == [], "\(path), \(section ?? "anywhere"): every \(kind) is to be described, and these are not")
  }

  @Test("every command is in the README")
  func commands() throws {
    try expect(HelpTests.commands, in: "README.md", section: "Commands", "command")
  }

  @Test("every exit code is in the README")
  func exitCodes() async throws {
    let help = try await Workplace().run("--help").out.replacing(/\s+/, with: " ")
    let codes = try #require(help.firstMatch(of: /Exit codes: (.*?)\.\s/)?.1)
      .matches(of: /(?:^|; )(\d+)\b/).map { String($0.1) }
    #expect(codes == ["0", "1", "2", "3", "64", "75"])
    try expect(codes, in: "README.md", section: "Commands", "exit code")
  }

  @Test("every report has a section of its own in docs/reports.md, with each of its columns")
  func reports() throws {
    #expect(builtIn.count >= 15)
    for report in builtIn {
      let columns = report.text.matches(of: /(?m)^  - \{name: ([a-z0-9_]+), type:/).map { String($0.1) }
      try expect(columns, in: "docs/reports.md", section: report.name, "column")
    }
  }

  /// Those that only serve one format of another report have no name of their own.
  private var builtIn: [(name: String, text: String)] {
    ReportFiles.all.filter { !$0.text.contains("\nformat_of:") }
  }

  @Test("every format is in docs/formats.md")
  func formats() async throws {
    let listed = try await Workplace().run("reports", "--format", "jsonl").out
      .matches(of: /"formats":"([^"]*)"/).flatMap { $0.1.split(separator: " ").map(String.init) }
    try expect(Set(listed).sorted(), in: "docs/formats.md", "format")
  }

  @Test("every table and every view has a section of its own in docs/ledger.md, made of the schema")
  func relations() throws {
    let document = try Document.named("docs/ledger.md")
    let relations = LedgerReference.tables + LedgerReference.views
    #expect(relations.count >= 28)
    for name in relations {
      let section = try #require(document.section(name), "docs/ledger.md has no section \(name)")
      #expect(section.parts.contains { $0.maker == .relation(name) }, "nothing of \(name) is made of the schema")
    }
  }

  @Test("every table and every view shows a real row, with each of its columns")
  func rows() async throws {
    let document = try Document.named("docs/ledger.md")
    let place = try Workplace()
    #expect(try await place.run("init").exitCode == 0)
    for name in LedgerReference.tables + LedgerReference.views {
      let text = document.section(name)?.blocks.filter { $0.language == "console" }.map(\.text).joined() ?? ""
      let shown = Set(text.matches(of: /(?m)^ *(\w+) =/).map(\.1))
      let heading = try await place.run("query", "SELECT * FROM \(name) LIMIT 0", "--format", "csv").out
      let columns = heading.split(whereSeparator: { ",\r\n".contains($0) })
      #expect(!columns.isEmpty)
      #expect(columns.filter { !shown.contains($0) } == [], "docs/ledger.md shows no such columns of \(name)")
    }
  }

  @Test("every migration is in docs/ledger.md")
  func migrations() throws {
    try expect(SQLFiles.migrations.map { $0.name + ".sql" }, in: "docs/ledger.md", "migration")
  }

  @Test("every function that report SQL may call is in docs/own-reports.md")
  func functions() throws {
    let scalar = /(?:\.pure|DatabaseFunction|DatabaseCollation)\(\s*"(\w+)"/
    let table = /VirtualTable\(\s*name: "(\w+)"/
    let tables = try House.files(in: "Sources/Store/Tables")
      .flatMap { $0.text.matches(of: table).map { String($0.1) } }
    #expect(tables == ["slices"])
    let names =
      tables
      + (try House.files(in: "Sources/Store/Functions"))
      .flatMap { $0.text.matches(of: scalar).map { String($0.1) } }
    #expect(names.count >= 18)
    try expect(names, in: "docs/own-reports.md", section: "Functions", "function")
  }

  @Test("every outcome is in docs/definitions.md")
  func outcomes() throws {
    try expect(Outcome.allCases.map(\.word), in: "docs/definitions.md", section: "Runs", "outcome")
  }

  @Test("every folder of the house is on the README's map")
  func house() throws {
    let words = try Document.named("README.md").wordsInCode
    let missing = House.table.keys.sorted().filter { folder in
      !words.contains(folder.split(separator: "/").last.map(String.init) ?? folder)
    }
    #expect(missing == [], "README.md does not mention these folders")
  }
}

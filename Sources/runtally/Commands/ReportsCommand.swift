import ArgumentParser
import Export
import Files
import Reporting
import Runs

struct ReportsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "reports",
    abstract: "List the reports and the question each one answers.",
    discussion: """
      With a name, the report's columns are listed.

      Example: runtally reports monthly-cost
      """)

  @Argument(help: "A report, to list its columns.", completion: .reports)
  var name: String?

  @Flag(help: "A page of Markdown that describes the reports, or the one that is named, which may be your own.")
  var reference = false

  @OptionGroup(title: "Output") var output: OutputOptions

  func validate() throws {
    if reference, output.format != nil { throw ValidationError("--reference is Markdown: leave out --format.") }
  }

  func run() throws {
    if reference {
      if let name, StandardFile.isThere(name) { InputFiles.note(name, as: "the report") }
      let reports = try name.map { [try ReportCatalog.definition(named: $0)] } ?? ReportCatalog.builtIn()
      return try output.write(ReportReference(reports: reports).text)
    }
    let output = try output.chosenForRows()
    let answer = try name.map { try columns(of: ReportCatalog.definition(named: $0)) } ?? .reports()
    try output.write { try answer.write(to: &$0) }
  }

  private func columns(of report: ReportDefinition) -> Answer {
    Answer(
      name: "columns", title: "Columns of \(report.name)", columns: ["column", "type", "unit", "description"],
      rows: (report.columns ?? []).map { column in
        [.text(column.name), .text(column.type.rawValue), Value(column.unit), .text(column.description)]
      })
  }
}

extension Answer {
  /// The built-in reports, each with its question.
  static func reports() throws -> Answer {
    Answer(
      name: "reports", title: "Reports", columns: ["report", "question", "formats"],
      rows: try ReportCatalog.builtIn().map { report in
        [.text(report.name), .text(report.question), .text(report.formats.joined(separator: " "))]
      })
  }
}

import ArgumentParser
import Export
import Runs
import Store

struct QueryCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "query",
    abstract: "Ask the ledger in SQL, which can only read.",
    discussion: """
      The tables are described in docs/ledger.md, the views runner_detail, run_detail and price_history are the \
      easiest to begin with. The functions of the reports may be called.

      Example: runtally query "SELECT outcome, count(*) AS runs FROM run_detail GROUP BY outcome"
      """)

  @Argument(help: "One SELECT statement; - reads it from standard input.")
  var sql: String

  @OptionGroup var time: TimeLimitOptions

  @OptionGroup(title: "Output") var output: OutputOptions
  @OptionGroup(title: "Ledger") var ledger: LedgerOptions

  func run() throws {
    let output = try output.chosenForRows()
    do {
      let sql = try statement()
      try ledger.openForReading().read { try ask(sql, of: $0, writingTo: output) }
    } catch OwnSQLError.mistake(_, let reason, _) {
      // What SQLite cannot even prepare was asked wrongly.
      throw UsageError(reason: "the query cannot be run: \(reason)")
    } catch OwnSQLError.refused(_, let action) {
      throw UsageError(reason: "only statements that read are run; this one would \(action)")
    } catch let error as OwnSQLError {
      if case .unknownParameter = error { throw UsageError(reason: "\(error)") }
      throw error
    }
  }

  private func statement() throws -> String {
    guard sql == StandardFile.name else { return sql }
    guard let text = try StandardFile.text(of: sql, as: "the query") else {
      throw UsageError(reason: "standard input is not UTF-8 text; send one SELECT statement")
    }
    return text
  }

  private func ask(_ sql: String, of snapshot: Snapshot, writingTo output: ChosenOutput) throws {
    try output.write { writer in
      var rows = 0
      let caution = Caution(timeLimit: time.limit(isOwn: true))
      try snapshot.rows(of: sql, named: "query", caution: caution) { names in
        try writer.begin(
          ReportHead(
            name: "query", title: "Query", generator: Runtally.generator,
            columns: names.map { Column(name: $0, type: .any, title: $0) }))
      } _: { values in
        try writer.row(values)
        rows += 1
      }
      try writer.end(ReportSummary(rows: rows))
    }
  }
}

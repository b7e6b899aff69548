import ArgumentParser
import Export
import Runs
import Store

struct QueryCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "query",
    abstract: "Ask the ledger in SQL, read-only.",
    discussion: """
      The tables are described in sql/migrations, the views runner_detail, run_detail and price_history are the \
      easiest to begin with. The functions of the reports may be called.

      Example: runtally query "SELECT outcome, count(*) AS runs FROM run_detail GROUP BY outcome"
      """)

  @Argument(help: "One SELECT statement.")
  var sql: String

  @OptionGroup(title: "Output") var output: OutputOptions
  @OptionGroup(title: "Ledger") var ledger: LedgerOptions

  func run() throws {
    _ = try output.chosenRowFormat()
    try ledger.openForReading().read { snapshot in
      guard try isReadOnly(snapshot) else {
        throw UsageError(reason: "only statements that read are run; this one would change the ledger")
      }
      try output.write { writer in
        var rows = 0
        try snapshot.rows(of: sql, named: "query") { names in
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

  /// What SQLite cannot even prepare was asked wrongly.
  private func isReadOnly(_ snapshot: Snapshot) throws -> Bool {
    do {
      return try snapshot.isReadOnly(sql, named: "query")
    } catch LedgerError.database(_, let reason) {
      throw UsageError(reason: "the query cannot be run: \(reason)")
    }
  }
}

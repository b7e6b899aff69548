import Export
import Harvest
import Reporting
import Runs
import Serve
import Store

/// What an assistant may ask, as the commands of the same names answer it.
extension Tool {
  static func all(_ configuration: Configuration, _ program: ServedProgram) throws -> [Tool] {
    let answers = ServedAnswer.all(configuration).compactMap { answer -> Tool? in
      switch answer.name {
      case "check":
        program.tool(
          of: answer,
          description: "Holds the ledger against the policy of the configuration: budgets, failure rates, durations, "
            + "silent runners. Each rule is a row with its result and why.",
          instead: "ask `runtally check` in a terminal")
      case "status":
        program.tool(
          of: answer, description: "Says how fresh the ledger is, source by source, and which ones are stale.",
          instead: "ask `runtally status` in a terminal")
      default: nil
      }
    }
    return try program.reportTools() + [explain(configuration, program), query(program)] + answers
  }

  private static func query(_ program: ServedProgram) -> Tool {
    Tool(
      name: "query", title: "Query",
      description: "Asks the ledger in SQL (SQLite): one SELECT statement, for what no report answers. The views "
        + "run_detail, runner_detail and price_history are the easiest; SELECT name, sql FROM sqlite_schema lists the "
        + "others. A statement may work for a minute. Money is a text with all its digits: decimal sums need "
        + "the functions of the reports, such as cost(milliseconds, price).",
      parameters: [ServedParameter("sql", "One SELECT statement."), .asOf], required: ["sql"]
    ) { (query: ServedQuery) in
      let ledger = try program.opened(query)
      defer { ledger.close() }
      do {
        return try BoundedText.rows {
          JSONRowsWriter(to: $0)
        } instead: { rows in
          "choose fewer columns, add up in the statement, or end it with LIMIT \(rows)"
        } _: { writer in
          try ledger.read { snapshot in
            try snapshot.write(query: query["sql"] ?? "", Caution(timeLimit: timeLimit), to: &writer)
          }
        }
      } catch let error as OwnSQLError {
        if case .tooSlow = error { throw Problem(413, "The statement was too slow", "\(error); narrow it down") }
        throw error.ofQuery()
      }
    }
  }

  /// That of the command.
  private static let timeLimit = Duration.seconds(60)
}

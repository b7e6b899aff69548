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

      A query may stand in a file: `runtally query ./slow.sql`, or `runtally query - <slow.sql`.

      Example: runtally query "SELECT outcome, count(*) AS runs FROM run_detail GROUP BY outcome"
      """)

  @Argument(
    help: "One SELECT statement, or the path of a file that has one, such as ./slow.sql; - reads standard input.",
    completion: .file(extensions: ["sql"]))
  var sql: String

  @OptionGroup var past: PastOptions
  @OptionGroup var time: TimeLimitOptions

  @OptionGroup(title: "Output") var output: OutputOptions
  @OptionGroup(title: "Ledger") var ledger: LedgerOptions

  func run() throws {
    let output = try output.chosenForRows()
    let sql = try statement()
    do {
      let opened = try past.open(ledger.configuration().database)
      let caution = Caution(timeLimit: time.limit(isOwn: true))
      try opened.read { snapshot in try output.write { try snapshot.write(query: sql, caution, to: &$0) } }
      if let past = opened.past { ledger.say(past.line(tellsSigns: true)) }
    } catch let error as OwnSQLError {
      throw error.ofQuery { place(of: $0, in: sql) }
    }
  }

  /// No statement ends like the name of such a file.
  private var isFile: Bool { sql == StandardFile.name || sql.lowercased().hasSuffix(".sql") }

  private func statement() throws -> String {
    guard isFile else { return sql }
    guard StandardFile.isThere(sql) else { throw UsageError(reason: "\(sql) cannot be read (no such file)") }
    guard let text = try StandardFile.text(of: sql, as: "the query") else {
      throw UsageError(reason: "\(StandardFile.label(of: sql)) is not UTF-8 text; it is to be one SELECT statement")
    }
    // Some editors begin a text with a mark of its encoding.
    return text.hasPrefix("\u{FEFF}") ? String(text.dropFirst()) : text
  }

  /// The file and the line, as compilers and editors write them; nil where the statement was typed.
  private func place(of offset: Int?, in text: String) -> String? {
    guard isFile else { return nil }
    let line = offset.map { 1 + text.utf8.prefix($0).count { $0 == UInt8(ascii: "\n") } }
    return StandardFile.label(of: sql) + (line.map { ":\($0)" } ?? "")
  }
}

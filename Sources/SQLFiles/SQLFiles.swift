import CEmbedded

/// A step from one schema version to the next; never edited once released.
package struct Migration: Sendable {
  package var name: String
  package var sql: String
}

/// The project's SQL as text. `Sources/CEmbedded/sql.c` lists the files, in their order.
package enum SQLFiles {
  /// In order: the schema version of a ledger is the number of migrations it has been through.
  package static let migrations = files(embedded_migrations()).map { Migration(name: $0.name, sql: $0.text) }

  /// Ledgers that went through fewer migrations were made before the first release, by versions whose schema differs.
  package static let firstVersion = 2

  /// Views are made anew by every version that migrates, after the tables they read. Later ones read earlier ones.
  package static let views = files(embedded_views()).map { (name: $0.name, sql: $0.text) }

  /// Steps that reports share: temporary views over what a report is asked and the ledger's tables. Later ones read
  /// earlier ones.
  package static let steps = files(embedded_steps()).map { (name: $0.name, sql: $0.text) }

  /// How the digest of a table is kept in step and worked out again, with `{table}` and lists of its columns to fill in.
  package static let digestInsert = String(cString: embedded_digest_insert())
  package static let digestChange = String(cString: embedded_digest_change())
  package static let digestRows = String(cString: embedded_digest_rows())

  /// The rows of any statement in another order, with `{statement}`, `{keys}` and `{limit}` to fill in.
  package static let orderedRows = String(cString: embedded_ordered_rows())

  /// Every named statement of the files in `queries`, and of those in `tally` for each level.
  package static let queries: [String: String] =
    (files(embedded_queries()).map(\.text) + tallies).reduce(into: [:]) { all, file in
      all.merge(statements(in: file)) { first, _ in first }
    }

  /// The tally on each of its levels, and the packed times on theirs: one text each, whose `{table}`, columns and names
  /// of statements are filled in.
  private static let tallies =
    [
      ["tally": "tally", "table": "run_day", "time": "day", "owner": "runner_id"],
      ["tally": "month_tally", "table": "run_month", "time": "month", "owner": "runner_id"],
      ["tally": "source_tally", "table": "source_day", "time": "day", "owner": "source_id"],
      ["tally": "source_month_tally", "table": "source_month", "time": "month", "owner": "source_id"],
    ].map { filled(String(cString: embedded_tally_lines()), $0) }
    + [
      ["times": "times", "table": "run_day_times", "time": "day"],
      ["times": "month_times", "table": "run_month_times", "time": "month"],
    ].map { filled(String(cString: embedded_tally_times()), $0) }

  private static func filled(_ template: String, _ names: [String: String]) -> String {
    names.reduce(template) { $0.replacing("{\($1.key)}", with: $1.value) }
  }

  /// Splits a file at its `-- name: NAME` lines; what stands before the first is its introduction.
  private static func statements(in file: String) -> [String: String] {
    let marker = "-- name: "
    var statements: [String: String] = [:]
    var name: String?
    for line in file.split(separator: "\n", omittingEmptySubsequences: false) {
      if line.hasPrefix(marker) {
        name = String(line.dropFirst(marker.count))
      } else if let name {
        statements[name, default: ""] += line + "\n"
      }
    }
    return statements
  }
}

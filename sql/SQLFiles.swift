/// The project's SQL as text, compiled into the binary, and the one place that states the order of the migrations.

/// A step from one schema version to the next; never edited once released.
package struct Migration: Sendable {
  package var name: String
  package var sql: String
}

package enum SQLFiles {
  /// In order: the schema version of a ledger is the number of migrations it has been through.
  package static let migrations: [Migration] = [
    Migration(name: "m001_ledger", sql: text(PackageResources.m001_ledger_sql)),
    Migration(name: "m002_sums", sql: text(PackageResources.m002_sums_sql)),
  ]

  /// Ledgers that went through fewer migrations were made before the first release, by versions whose schema differs.
  package static let firstVersion = 2

  /// Views are made anew by every version that migrates, after the tables they read. Later ones read earlier ones.
  package static let views: [(name: String, sql: String)] = [
    ("runner_detail", text(PackageResources.view_runner_detail_sql)),
    ("run_detail", text(PackageResources.view_run_detail_sql)),
    ("price_history", text(PackageResources.view_price_history_sql)),
    ("run_list_read", text(PackageResources.view_run_list_read_sql)),
    ("open_run", text(PackageResources.view_open_run_sql)),
    ("run_seen", text(PackageResources.view_run_seen_sql)),
    ("settled_until", text(PackageResources.view_settled_until_sql)),
    ("closed_month", text(PackageResources.view_closed_month_sql)),
    ("closed_line", text(PackageResources.view_closed_line_sql)),
    ("pending_correction", text(PackageResources.view_pending_correction_sql)),
    ("correction", text(PackageResources.view_correction_sql)),
    ("tally_day", text(PackageResources.view_tally_day_sql)),
    ("cost_day", text(PackageResources.view_cost_day_sql)),
    ("cost_month", text(PackageResources.view_cost_month_sql)),
  ]

  /// Steps that reports share: temporary views over what a report is asked and the ledger's tables. Later ones read
  /// earlier ones.
  package static let steps: [(name: String, sql: String)] = [
    ("runner_price", text(PackageResources.step_runner_price_sql)),
    ("latest_run", text(PackageResources.step_latest_run_sql)),
    ("printed_month", text(PackageResources.step_printed_month_sql)),
    ("printed_line", text(PackageResources.step_printed_line_sql)),
    ("tally", text(PackageResources.step_tally_sql)),
    ("tally_times", text(PackageResources.step_tally_times_sql)),
    ("counted_stretch", text(PackageResources.step_counted_stretch_sql)),
    ("open_line", text(PackageResources.step_open_line_sql)),
  ]

  /// How the digest of a table is kept in step and worked out again, with `{table}` and lists of its columns to fill in.
  package static let digestInsert = text(PackageResources.digest_insert_sql)
  package static let digestChange = text(PackageResources.digest_change_sql)
  package static let digestRows = text(PackageResources.digest_rows_sql)

  /// The rows of any statement in another order, with `{statement}`, `{keys}` and `{limit}` to fill in.
  package static let orderedRows = text(PackageResources.ordered_rows_sql)

  /// Every named statement of the files in `queries`, and of those in `tally` for each level.
  package static let queries: [String: String] = (files + tallies).reduce(into: [:]) { all, file in
    all.merge(statements(in: file)) { first, _ in first }
  }

  private static let files = [
    PackageResources.query_ledger_sql, PackageResources.query_harvest_log_sql, PackageResources.query_runners_sql,
    PackageResources.query_prices_sql, PackageResources.query_configured_prices_sql, PackageResources.query_runs_sql,
    PackageResources.query_closing_sql, PackageResources.query_settling_sql, PackageResources.query_acting_sql,
    PackageResources.query_explain_sql,
    PackageResources.query_what_if_sql, PackageResources.query_selection_sql, PackageResources.query_reports_sql,
    PackageResources.query_digest_sql, PackageResources.query_taking_back_sql, PackageResources.query_sources_sql,
    PackageResources.query_moved_runs_sql,
  ].map { text($0) }

  /// The tally on each of its levels, and the packed times on theirs: one text each, whose `{table}`, columns and names
  /// of statements are filled in.
  private static let tallies =
    [
      ["tally": "tally", "table": "run_day", "time": "day", "owner": "runner_id"],
      ["tally": "month_tally", "table": "run_month", "time": "month", "owner": "runner_id"],
      ["tally": "source_tally", "table": "source_day", "time": "day", "owner": "source_id"],
      ["tally": "source_month_tally", "table": "source_month", "time": "month", "owner": "source_id"],
    ].map { filled(text(PackageResources.tally_lines_sql), $0) }
    + [
      ["times": "times", "table": "run_day_times", "time": "day"],
      ["times": "month_times", "table": "run_month_times", "time": "month"],
    ].map { filled(text(PackageResources.tally_times_sql), $0) }

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

  private static func text(_ bytes: [UInt8]) -> String {
    String(decoding: bytes, as: UTF8.self)
  }
}

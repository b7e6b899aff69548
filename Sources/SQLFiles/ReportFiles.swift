import CEmbedded

/// The report definitions of `reports/built-in` as text. Anyone can write another one: `runtally report ./mine.sql`.
package enum ReportFiles {
  /// By the name that the command line knows, in the order of `runtally reports`, which is that of
  /// `Sources/CEmbedded/reports.c`.
  package static let all = files(embedded_reports())

  /// What a report of one's own can begin with: no report itself, but every key of one, explained.
  package static let new = String(cString: embedded_new_report())
}

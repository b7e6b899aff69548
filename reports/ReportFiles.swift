/// The report definitions of `built-in` as text, compiled into the binary. Anyone can write another one:
/// `runtally report ./mine.sql`.
package enum ReportFiles {
  /// By the name that the command line knows, in the order of `runtally reports`.
  package static let all: [(name: String, text: String)] = [
    ("summary", PackageResources.summary_sql),
    ("monthly-cost", PackageResources.monthly_cost_sql),
    ("corrections", PackageResources.corrections_sql),
    ("charges", PackageResources.charges_sql),
    ("failure-trend", PackageResources.failure_trend_sql),
    ("durations", PackageResources.durations_sql),
    ("regressions", PackageResources.regressions_sql),
    ("waste", PackageResources.waste_sql),
    ("forecast", PackageResources.forecast_sql),
    ("runs", PackageResources.runs_sql),
    ("runners", PackageResources.runners_sql),
    ("open-runs", PackageResources.open_runs_sql),
    ("fleet", PackageResources.fleet_sql),
    ("metrics", PackageResources.metrics_sql),
    ("coverage", PackageResources.coverage_sql),
    ("prices", PackageResources.prices_sql),
    ("charges-focus", PackageResources.charges_focus_sql),
    ("runs-junit", PackageResources.runs_junit_sql),
    ("runners-junit", PackageResources.runners_junit_sql),
  ].map { name, bytes in (name, text(bytes)) }

  /// What a report of one's own can begin with: no report itself, but every key of one, explained.
  package static let new = text(PackageResources.report_sql)

  private static func text(_ bytes: [UInt8]) -> String {
    String(decoding: bytes, as: UTF8.self)
  }
}

/// The built-in report definitions as text, compiled into the binary. Anyone can write another one:
/// `runtally report ./mine.sql`.
package enum ReportFiles {
  /// By the name that the command line knows, in the order of `runtally reports`.
  package static let all: [(name: String, text: String)] = [
    ("summary", text(PackageResources.summary_sql)),
    ("monthly-cost", text(PackageResources.monthly_cost_sql)),
    ("corrections", text(PackageResources.corrections_sql)),
    ("charges", text(PackageResources.charges_sql)),
    ("failure-trend", text(PackageResources.failure_trend_sql)),
    ("durations", text(PackageResources.durations_sql)),
    ("regressions", text(PackageResources.regressions_sql)),
    ("waste", text(PackageResources.waste_sql)),
    ("forecast", text(PackageResources.forecast_sql)),
    ("runs", text(PackageResources.runs_sql)),
    ("runners", text(PackageResources.runners_sql)),
    ("fleet", text(PackageResources.fleet_sql)),
    ("metrics", text(PackageResources.metrics_sql)),
    ("coverage", text(PackageResources.coverage_sql)),
    ("prices", text(PackageResources.prices_sql)),
    ("charges-focus", text(PackageResources.charges_focus_sql)),
    ("runs-junit", text(PackageResources.runs_junit_sql)),
    ("runners-junit", text(PackageResources.runners_junit_sql)),
  ]

  /// What a report of one's own can begin with: no report itself, but every key of one, explained.
  package static let new = text(PackageResources.report_sql)

  private static func text(_ bytes: [UInt8]) -> String {
    String(decoding: bytes, as: UTF8.self)
  }
}

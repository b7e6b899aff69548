import ArgumentParser
import Reporting
import Runs

/// Which days a report speaks of.
struct PeriodOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "A month such as 2026-01, or last, or this, as counted from the newest harvest.", valueName: "month"),
    completion: .months)
  var month: String?

  @Option(
    help: ArgumentHelp(
      "The first local day, such as 2026-01-15; where runs are listed also an instant, such as 2026-01-15T06:00.",
      valueName: "day"))
  var from: String?

  @Option(help: ArgumentHelp("The local day, or instant, to stop before.", valueName: "day"))
  var to: String?

  @Option(help: ArgumentHelp("The last days, weeks or months, such as 30d, 12w or 6m.", valueName: "length"))
  var last: String?

  @Flag(help: "Everything the ledger knows.")
  var all = false

  func validate() throws {
    let ways = [month != nil, from != nil || to != nil, last != nil, all].count { $0 }
    if ways > 1 { throw ValidationError("Choose one of --month, --from and --to, --last and --all.") }
  }

  /// Nil when nothing was chosen, which leaves it to the report.
  func choice() throws -> PeriodChoice? {
    if let month { return try .month(named: month) }
    if let last { return try .last(last) }
    if all { return .all }
    guard from != nil || to != nil else { return nil }
    return try .between(from: from, to: to)
  }
}

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
    if !words.isOne { throw ValidationError("Choose one of --month, --from and --to, --last and --all.") }
  }

  var words: PeriodWords { PeriodWords(month: month, from: from, to: to, last: last, all: all) }
}

import ArgumentParser
import Reporting
import Runs
import Store

/// Whose runs are meant, and whose days: options of everything that reads runs.
struct SelectionOptions: ParsableArguments {
  @Option(help: ArgumentHelp("Count days and months in this zone; slower, just as exact.", valueName: "zone"))
  var timezone: String?

  @OptionGroup var chosen: RunnerOptions

  var sources: [String] { chosen.sources }
  var runners: [String] { chosen.runners }

  @Flag(help: "With --runner: by the names that runners had before, too.")
  var anyName = false

  func zone() throws -> ZoneRules? {
    try timezone.map(TimeZoneDatabase.rules(named:))
  }
}

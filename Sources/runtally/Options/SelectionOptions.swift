import ArgumentParser
import Reporting
import Runs
import Store

/// Whose runs are meant, and whose days: options of everything that reads runs.
struct SelectionOptions: ParsableArguments {
  @Option(help: ArgumentHelp("Count days and months in this zone; slower, just as exact.", valueName: "zone"))
  var timezone: String?

  @Option(help: ArgumentHelp("Only this source.", valueName: "name"), completion: .sources)
  var source: String?

  @Option(
    help: ArgumentHelp("Only runners with this id, newest name, or glob such as \"backup-*\".", valueName: "runner"),
    completion: .runners)
  var runner: String?

  @Flag(help: "With --runner: by the names that runners had before, too.")
  var anyName = false

  func zone() throws -> ZoneRules? {
    try timezone.map(TimeZoneDatabase.rules(named:))
  }
}
